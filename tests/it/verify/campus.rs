//! A campus whose partner is right, and the verdicts on it.
use crate::harness::{site, told};
use crate::verify::right;
use last_resort::engine::journal::SignOff;
use last_resort::engine::judge::{Finding, Report, Snapshot, verify};
use last_resort::engine::observed::{ExportKey, Observation, PartnerRecord, WireFormat};
use last_resort::recipe::{Channel, Expectation, Field, FieldKey, Recipe, StepId};
use last_resort::secret::ApiKey;
use last_resort::site::Site;
use serde_json::Value;

/// A campus, and the snapshot of its systems.
#[derive(Clone)]
pub(crate) struct Campus {
    pub(crate) site: Site,
    pub(crate) snapshot: Snapshot,
}

/// Returns the export key that is stored on this machine.
pub(crate) fn our_key() -> ApiKey {
    told().keys.export_key.got().expect("a key").1.clone()
}

impl Campus {
    /// Returns a campus where every value in Alma is right and nothing is signed off.
    pub(crate) fn right() -> Self {
        let mut desk = Self::without_partner();
        let body = right::record(&desk.site, &desk.snapshot);
        desk.snapshot.alma.partner =
            Observation::Got(PartnerRecord { body, key: ExportKey::Clear(our_key()), wire: WireFormat::Json });
        desk
    }

    /// Returns the same campus before the partner is created.
    pub(crate) fn without_partner() -> Self {
        Self { site: site(&[]), snapshot: told() }
    }

    /// Adds a sign-off for every screen field.
    pub(crate) fn signed_off(mut self) -> Self {
        let screen = Recipe::embedded().fields().filter(|field| field.channel == Channel::Screen);
        self.snapshot.journal.sign_offs = screen.map(|field| self.word_on(field)).collect();
        self
    }

    /// Returns a sign-off for the value that a field should have today.
    pub(crate) fn word_on(&self, field: &Field) -> SignOff {
        let report = self.report();
        let want = found(&report, &field.key).want.clone().expect("wanted");
        SignOff {
            key: field.key.clone(),
            want,
            who: "staff".into(),
            when: self.snapshot.at,
            note: None,
            export_key: None,
        }
    }

    pub(crate) fn partner(&mut self) -> &mut PartnerRecord {
        match &mut self.snapshot.alma.partner {
            Observation::Got(record) => record,
            other => panic!("no partner: {other:?}"),
        }
    }

    /// Returns the campus with this value at that pointer of the partner. `None` removes the member.
    pub(crate) fn with(&self, pointer: &str, value: Option<&Value>) -> Self {
        let mut desk = self.clone();
        match value {
            Some(value) => right::put(&mut desk.partner().body, pointer, value.clone()),
            None => right::take_out(&mut desk.partner().body, pointer),
        }
        desk
    }

    /// Returns the report of all steps.
    pub(crate) fn report(&self) -> Report {
        verify(Recipe::embedded(), &self.site, &self.snapshot, &StepId::ALL)
    }
}

/// Returns the finding of a key.
#[track_caller]
pub(crate) fn found<'a>(report: &'a Report, key: &FieldKey) -> &'a Finding {
    report.findings().find(|finding| finding.key == *key).unwrap_or_else(|| panic!("no finding {key}"))
}

/// Returns the field for the export key.
pub(crate) fn key_field() -> &'static Field {
    let secret = |field: &&Field| matches!(field.want, Expectation::Secret(_));
    Recipe::embedded().fields().find(secret).expect("the export key")
}

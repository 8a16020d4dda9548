//! The systems that an entry of the journal is about. What was seen in one ILLiad, zone or environment says nothing about
//! another.
use super::probe::System;
use crate::recipe::{FieldKey, StepId};
use crate::site::{Environment, Site};
use serde::{Deserialize, Serialize};

/// The systems that a sign-off, evidence, a proof or a test request is about. It counts only for its zone and
/// environment, and what was seen in ILLiad only for its ILLiad host.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    pub environment: Environment,
    /// Base URL of ILLiad's Web Platform.
    pub illiad: String,
    /// Code of the Alma zone. `None` in an entry from before this was kept, and then it is the journal's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
    /// Base URL of Alma's API. `None` in an entry from before this was kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alma: Option<String>,
}

impl Target {
    /// The systems that the campus file names now.
    pub fn of(site: &Site) -> Self {
        Self {
            environment: site.environment,
            illiad: site.illiad_url.to_string(),
            zone: Some(site.institution.to_string()),
            alma: Some(site.alma_url.to_string()),
        }
    }

    /// Whether a sign-off or evidence for this target counts for a field of the target `now`.
    pub(crate) fn counts_for(&self, key: &FieldKey, now: &Self) -> bool {
        let of_illiad = key.step() == Some(StepId::Illiad);
        self.is_same_zone(now) && (!of_illiad || is_same_address(&self.illiad, &now.illiad))
    }

    /// Whether what was seen to work in this target counts in the target `now`: the zone, the environment and the ILLiad
    /// host are the same.
    pub(crate) fn is_same(&self, now: &Self) -> bool {
        self.is_same_zone(now) && is_same_address(&self.illiad, &now.illiad)
    }

    fn is_same_zone(&self, now: &Self) -> bool {
        let same = |one: &String, other: &String| one.eq_ignore_ascii_case(other);
        self.environment == now.environment && self.zone.as_ref().zip(now.zone.as_ref()).is_none_or(|(a, b)| same(a, b))
    }

    /// Where this target's system is, seen from the target `now`.
    pub(crate) fn place(&self, system: System, now: &Self) -> ProbePlace {
        let (there, here) = match system {
            System::Illiad => (Some(&self.illiad), Some(&now.illiad)),
            System::Alma => (self.alma.as_ref(), now.alma.as_ref()),
        };
        let Some((there, here)) = there.zip(here) else { return ProbePlace::Unknown };
        match (self.is_same_zone(now), is_same_address(there, here)) {
            (true, true) => ProbePlace::Here,
            (true, false) => ProbePlace::Elsewhere(there.clone()),
            (false, _) => {
                let zone = self.zone.as_ref().map(|zone| format!("{zone}, ")).unwrap_or_default();
                ProbePlace::Elsewhere(format!("{there} ({zone}{})", self.environment.as_str()))
            }
        }
    }
}

/// Where a test request was made, seen from the campus file as it is now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum ProbePlace {
    /// On the host that the campus file names.
    Here,
    /// On another host, or in another zone or environment. Holds its address.
    Elsewhere(String),
    /// The journal does not say.
    #[default]
    Unknown,
}

/// Whether two base URLs are of one host and path. Letter case does not matter in ILLiad's paths (facts/illiad.md §1.2).
fn is_same_address(one: &str, other: &str) -> bool {
    one.trim_end_matches('/').eq_ignore_ascii_case(other.trim_end_matches('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target(illiad: &str, zone: Option<&str>, environment: Environment) -> Target {
        let zone = zone.map(str::to_owned);
        Target { environment, illiad: illiad.into(), zone, alma: Some("https://api-na.example.org".into()) }
    }

    #[test]
    fn what_was_seen_counts_for_its_host_zone_and_environment_alone() {
        let here = target("https://qc.illiad.example.org/ILLiadWebPlatform", Some("01CUNY_QC"), Environment::Sandbox);
        let same = |illiad: &str, zone, environment| target(illiad, zone, environment).is_same(&here);
        assert!(same("https://qc.illiad.example.org/illiadwebplatform/", Some("01cuny_qc"), Environment::Sandbox));
        assert!(same(&here.illiad, None, Environment::Sandbox), "the journal's own zone");
        assert!(!same("https://bc.illiad.example.org/ILLiadWebPlatform", None, Environment::Sandbox));
        assert!(!same("https://qc.illiad.example.org:444/ILLiadWebPlatform", None, Environment::Sandbox));
        assert!(!same(&here.illiad, Some("01CUNY_BC"), Environment::Sandbox));
        assert!(!same(&here.illiad, None, Environment::Production));
    }

    #[test]
    fn each_system_has_its_own_place() {
        let made = target("https://qc.example.org", Some("01CUNY_QC"), Environment::Sandbox);
        let mut now = Target { illiad: "https://bc.example.org".into(), ..made.clone() };
        assert_eq!(made.place(System::Illiad, &now), ProbePlace::Elsewhere("https://qc.example.org".into()));
        assert_eq!(made.place(System::Alma, &now), ProbePlace::Here);
        now.environment = Environment::Production;
        let words = "https://api-na.example.org (01CUNY_QC, sandbox)";
        assert_eq!(made.place(System::Alma, &now), ProbePlace::Elsewhere(words.into()));
        let older = Target { alma: None, ..made.clone() };
        assert_eq!(older.place(System::Alma, &made), ProbePlace::Unknown);
    }
}

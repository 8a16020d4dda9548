//! Judges whether the EMPLID in Alma equals the username in ILLiad. A difference is the most common failure, and a
//! silent one (facts/alma.md §9).
use super::access::of_this_campus;
use super::snapshot::Snapshot;
use super::verdict::{Evidence, FieldPlace, Finding, Verdict, Weight};
use crate::engine::forecast::{COMPARE, NameMatch, UNKNOWN_TO_ALMA};
use crate::engine::observed::{AccountState, IlliadUser, Observation, PatronObservation, UnreadReason};
use crate::recipe::{FieldKey, StepId};
use crate::site::Site;
use crate::text::clean;

/// The step's own words say what a difference leads to.
const WHY: &str = "The username in ILLiad must be exactly this EMPLID.";

/// What to do where ILLiad has no account under the EMPLID: it may have one under another name.
const RENAME: &str = "FAQ 383002: send OCLC the list of old usernames and EMPLIDs";

impl Finding {
    /// Whether a sample patron may get a second account, which a forecast shows and OCLC prevents.
    pub fn asks_for_a_forecast(&self) -> bool {
        self.hint.as_deref() == Some(RENAME)
    }
}

/// All findings of the step `patrons`.
pub(crate) fn findings(site: &Site, snapshot: &Snapshot) -> Vec<Finding> {
    if site.sample.is_empty() {
        let why = "no sample patrons yet; the sample is the EMPLIDs of staff who agreed to be looked up";
        let hint = Some(site.sample_command());
        return vec![finding("sample", "Sample patrons", None, Verdict::Waiting(why.into()), hint)];
    }
    let mut all: Vec<Finding> = snapshot.patrons.iter().map(|patron| judge(site, snapshot, patron)).collect();
    if all.is_empty() {
        all = site
            .sample
            .iter()
            .map(|id| finding(id, id, None, Verdict::Unread(UnreadReason::not_asked()), None))
            .collect();
    }
    all.extend(snapshot.patrons.first().and_then(mapping));
    all
}

fn finding(name: &str, label: &str, got: Option<String>, verdict: Verdict, hint: Option<String>) -> Finding {
    let name = clean(name, 100);
    Finding {
        key: FieldKey::new(StepId::Patrons, &name),
        label: clean(label, 100),
        group: "Alma's primary identifier = ILLiad's username".to_owned(),
        want: Some(format!("{name} in both systems")),
        got,
        verdict,
        when: None,
        origin: None,
        weight: Weight::Counts,
        agreed: None,
        place: FieldPlace::Api("/almaws/v1/users, Users".to_owned()),
        why: WHY.to_owned(),
        hint,
    }
}

fn judge(site: &Site, snapshot: &Snapshot, patron: &PatronObservation) -> Finding {
    let alma = of_this_campus(site, snapshot, &patron.alma);
    let id = &patron.emplid;
    if let Some(why) = alma.unread().or(patron.illiad.unread()) {
        let hint = Some(why.next.clone());
        return finding(id, id, None, Verdict::Unread(why.clone()), hint);
    }
    if alma == Observation::NotThere {
        return unknown_to_alma(id, &patron.illiad);
    }
    let mut wrong: Vec<String> = Vec::new();
    match &alma {
        Observation::Got(user) if user.primary_id != *id => {
            wrong.push(format!("Alma's primary identifier is {}", clean(&user.primary_id, 60)));
        }
        Observation::Got(user) if user.rs_libraries.is_empty() => {
            wrong.push("not affiliated with a resource sharing library in Alma".to_owned());
        }
        _ => {}
    }
    let account = patron.illiad.got();
    match account {
        Some(user) => wrong.extend(other_name(id, user)),
        None => wrong.push(
            "no ILLiad user of that name: Alma would create one, a second account if this person has one under another name"
                .to_owned(),
        ),
    }
    let known = wrong.len();
    let trouble = account.and_then(|user| user.state().trouble());
    wrong.extend(trouble.map(|trouble| format!("the ILLiad account {trouble}")));
    if wrong.is_empty() {
        let cleared = match account.map(IlliadUser::state) {
            Some(AccountState::NotCleared) => "; ILLiad has not cleared the account yet, which does not stop requests",
            _ => "",
        };
        let got = Some(format!("{id} in both systems{cleared}"));
        return finding(id, id, got, Verdict::Same(Evidence::Read), None);
    }
    let hint = match known {
        0 => {
            "open the account in the ILLiad client; if it was merged away, agree with OCLC which account the EMPLID belongs to"
        }
        _ => RENAME,
    };
    let hint = Some(hint.to_owned());
    finding(id, id, Some(wrong.join("; ")), Verdict::Differs(Evidence::Read), hint)
}

/// Says that ILLiad's account has another name than the EMPLID, and in what way.
fn other_name(id: &str, user: &IlliadUser) -> Option<String> {
    let name = clean(&user.user_name, 60);
    match NameMatch::of(id, &user.user_name) {
        NameMatch::Exact => None,
        NameMatch::TrailingBlank => Some("ILLiad's UserName ends with a space".to_owned()),
        NameMatch::OtherCase | NameMatch::Another => Some(format!("ILLiad's UserName is {name}")),
    }
}

/// If Alma does not know a person, it creates no account, whatever ILLiad has.
fn unknown_to_alma(id: &str, illiad: &Observation<IlliadUser>) -> Finding {
    let beside = match illiad {
        Observation::Got(user) if user.user_name == *id => "; ILLiad has a user of that name".to_owned(),
        Observation::Got(user) => format!("; ILLiad has a user {}", clean(&user.user_name, 60)),
        _ => "; ILLiad has no user of that name either".to_owned(),
    };
    let got = Some(format!("{UNKNOWN_TO_ALMA}{beside}"));
    let found = finding(id, id, got, Verdict::Differs(Evidence::Read), Some(COMPARE.to_owned()));
    Finding { why: "Both systems must know each sample patron.".to_owned(), ..found }
}

/// `ExternalUserIDMapping` of the key record should name the field with the EMPLID. This is advisory only.
fn mapping(patron: &PatronObservation) -> Option<Finding> {
    let (Observation::Got(_), Observation::NotThere) = (&patron.illiad, &patron.by_external_id) else { return None };
    let got = Some("ILLiad finds the patron by username, not by external id".to_owned());
    let hint = Some(
        "ILLiad Customization Manager > System > Integration > WebPlatformConfig: ExternalUserIDMapping should name Username"
            .to_owned(),
    );
    let name = "external_user_id_mapping";
    Some(Finding {
        want: Some("the ILLiad field that holds the EMPLID".to_owned()),
        weight: Weight::Advisory,
        why: "Alma looks the patron up by the field that the key record names.".to_owned(),
        ..finding(name, "ExternalUserIDMapping", got, Verdict::Differs(Evidence::Read), hint)
    })
}

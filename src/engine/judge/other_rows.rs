//! Judges the other rows of an imported list: whether one of them gets in the way of ours.
use super::snapshot::Snapshot;
use super::verdict::{Evidence, FieldPlace, Finding, Verdict, Weight};
use crate::engine::journal::{ExportedList, ListEvidence, age_in_days};
use crate::recipe::StepId;
use crate::site::Site;
use crate::text::clean;

/// One finding for each list of a step that was ever imported.
pub(crate) fn findings(site: &Site, snapshot: &Snapshot, step: StepId) -> Vec<Finding> {
    let lists = ExportedList::ALL.into_iter().filter(|list| list.step() == step);
    lists.filter_map(|list| snapshot.journal.evidence.list(list)).map(|shown| finding(site, snapshot, shown)).collect()
}

fn finding(site: &Site, snapshot: &Snapshot, shown: &ListEvidence) -> Finding {
    let origin = &shown.origin;
    let age = age_in_days(origin.since(), snapshot.at);
    let troubles: Vec<String> = shown.troubles.iter().map(|trouble| clean(trouble, 300)).collect();
    let (got, verdict, weight) = if age > site.evidence_days {
        let why = format!("what {} showed ({}) is {age} days old; import the list again", origin.who, origin.source);
        (None, Verdict::Waiting(why), Weight::Advisory)
    } else if troubles.is_empty() {
        (Some("nothing in the way".to_owned()), Verdict::Same(Evidence::Imported), Weight::Counts)
    } else {
        (Some(troubles.join("; ")), Verdict::Differs(Evidence::Imported), Weight::Counts)
    };
    let hint = match verdict {
        Verdict::Same(_) => None,
        _ => Some(format!("last-resort evidence import FILE --campus {}", site.institution)),
    };
    Finding {
        key: shown.list.key(),
        label: "Other rows".to_owned(),
        group: shown.list.title().to_owned(),
        want: Some("nothing in the way".to_owned()),
        got,
        verdict,
        when: Some(origin.when),
        origin: Some(origin.clone()),
        weight,
        place: FieldPlace::Screen(shown.list.title().to_owned()),
        why: "Another row can win first, or stop ours from running, though every value of ours is right.".to_owned(),
        hint,
    }
}

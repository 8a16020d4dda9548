//! Sample patrons whom one system or both do not know.
use crate::verify::campus::{Campus, found};
use last_resort::engine::judge::{Evidence, Finding, Verdict};
use last_resort::engine::observed::Observation;

fn judged(disturb: impl Fn(&mut Campus)) -> Finding {
    let mut desk = Campus::right();
    disturb(&mut desk);
    let id = desk.snapshot.patrons[0].emplid.clone();
    found(&desk.report(), &format!("patrons.{id}").as_str().into()).clone()
}

/// Alma cannot send a request of a patron it does not know, so no ILLiad account would be created.
#[test]
fn nobody_whom_alma_does_not_know_gets_a_second_account() {
    let nowhere = judged(|desk| {
        desk.snapshot.patrons[0].alma = Observation::NotThere;
        desk.snapshot.patrons[0].illiad = Observation::NotThere;
    });
    let in_illiad = judged(|desk| desk.snapshot.patrons[0].alma = Observation::NotThere);
    for unknown in [&nowhere, &in_illiad] {
        let got = unknown.got.as_deref().expect("words");
        assert_eq!(unknown.verdict, Verdict::Differs(Evidence::Read));
        assert!(got.contains("Alma has no user with this identifier, so no request can come from there"), "{got}");
        assert!(!got.contains("second account"), "{got}");
        let hint = unknown.hint.as_deref().expect("a hint");
        assert!(hint.contains("compare the number") && !hint.contains("383002"), "{hint}");
    }
    let beside = |found: &Finding, words: &str| found.got.as_deref().is_some_and(|got| got.contains(words));
    assert!(beside(&nowhere, "ILLiad has no user of that name either") && beside(&in_illiad, "ILLiad has a user of"));
    let new = judged(|desk| desk.snapshot.patrons[0].illiad = Observation::NotThere);
    assert!(beside(&new, "a second account") && new.hint.is_some_and(|hint| hint.contains("383002")));
}

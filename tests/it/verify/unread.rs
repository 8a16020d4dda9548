//! "Could not look" is never "missing": a value that could not be read, and everything that depends on it, is unread
//! with the original reason.
use crate::verify::campus::{Campus, found};
use crate::verify::right::{self, api_fields};
use last_resort::engine::judge::{Finding, Report, Verdict};
use last_resort::engine::observed::{General, Observation, UnreadKind, UnreadReason};
use last_resort::recipe::{CampusValue, Channel, Expectation, Field, KeySlot, Recipe};
use last_resort::site::Environment;
use rstest::rstest;
use serde_json::json;

const REASONS: [UnreadKind; 11] = [
    UnreadKind::NoKey(KeySlot::Alma),
    UnreadKind::KeyUnfit,
    UnreadKind::KeyRefused,
    UnreadKind::NotAllowed,
    UnreadKind::WrongCampus,
    UnreadKind::Network,
    UnreadKind::Down,
    UnreadKind::Limit,
    UnreadKind::Nonsense,
    UnreadKind::Unaskable,
    UnreadKind::NotAsked,
];

fn why(kind: UnreadKind) -> UnreadReason {
    UnreadReason::new(kind, format!("what came back: {kind:?}"), format!("what to do about {kind:?}"))
}

/// Fails unless every API field is unread, and returns the reasons. The screen fields wait as usual.
#[track_caller]
fn all_unread(report: &Report) -> Vec<UnreadReason> {
    let screen = Recipe::embedded().fields().filter(|field| field.channel == Channel::Screen);
    for field in screen {
        assert!(matches!(found(report, &field.key).verdict, Verdict::Waiting(_)), "{}", field.key);
    }
    let unread = |(field, _): (&Field, &str)| match found(report, &field.key) {
        Finding { verdict: Verdict::Unread(unread), got: None, hint: Some(hint), .. } if *hint == unread.next => {
            unread.clone()
        }
        other => panic!("{other:?}"),
    };
    api_fields().map(unread).collect()
}

#[test]
fn a_partner_that_could_not_be_read_gives_its_reason_to_every_field() {
    for kind in REASONS {
        let mut desk = Campus::right();
        desk.snapshot.alma.partner = Observation::Unread(why(kind));
        let report = desk.report();
        assert_eq!(all_unread(&report), vec![why(kind); 37]);
        assert_eq!(report.exit_code(), 1);
        assert!(report.steps.iter().all(|step| step.state().as_str() != "blocked"), "not known to be missing");
    }
}

#[rstest]
#[case::campus("01CUNY_BC", Some(Environment::Sandbox), "01CUNY_BC")]
#[case::environment("01CUNY_QC", Some(Environment::Production), "production")]
fn a_key_of_elsewhere_shows_nothing_of_this_campus(
    #[case] institution: &str,
    #[case] environment: Option<Environment>,
    #[case] names: &str,
) {
    for desk in [Campus::right(), Campus::without_partner()] {
        let mut desk = desk;
        desk.snapshot.alma.general =
            Observation::Got(General { institution: institution.into(), name: None, environment });
        let report = desk.report();
        for unread in all_unread(&report) {
            assert_eq!(unread.why, UnreadKind::WrongCampus);
            assert!(unread.what.contains(names) && unread.next.contains("keys set"), "{unread:?}");
        }
        let patron = report.findings().find(|finding| finding.key.as_str() == "patrons.10000001").expect("the patron");
        assert!(matches!(patron.verdict, Verdict::Unread(_)), "{patron:?}");
    }
}

#[test]
fn where_nobody_knows_whose_key_it_is_the_record_is_still_judged() {
    let mut desk = Campus::right();
    desk.snapshot.alma.general = Observation::Unread(why(UnreadKind::NotAllowed));
    assert!(api_fields().all(|(field, _)| found(&desk.report(), &field.key).verdict.as_str() == "same"));
}

/// Makes the list for a field's value unreadable. Returns false if the field needs no list.
fn without_its_list(desk: &mut Campus, field: &Field) -> bool {
    let alma = &mut desk.snapshot.alma;
    match &field.want {
        Expectation::Coded { table, .. } => {
            drop(alma.tables.insert(*table, Observation::Unread(why(UnreadKind::Network))))
        }
        Expectation::Location(_) => alma.locations = Observation::Unread(why(UnreadKind::Network)),
        Expectation::FromSite(CampusValue::ReceiveDesk) => alma.desks = Observation::Unread(why(UnreadKind::Network)),
        Expectation::FromSite(CampusValue::Library | CampusValue::PickupLibrary) => {
            alma.libraries = Observation::Unread(why(UnreadKind::Network));
        }
        _ => return false,
    }
    true
}

#[test]
fn without_its_list_a_value_is_judged_by_its_name_or_not_at_all() {
    let right = Campus::right();
    let mut looked_up = 0;
    for (field, pointer) in api_fields() {
        let mut desk = right.clone();
        if !without_its_list(&mut desk, field) {
            continue;
        }
        looked_up += 1;
        let judged = |value| found(&desk.with(pointer, Some(&value)).report(), &field.key).clone();
        let label = found(&right.report(), &field.key).want.clone().expect("a label");
        // An identifier without a name may be the right one, so it is unread, unless another field shows which identifier Alma uses.
        let nameless = judged(json!({"value": "12.34"}));
        let shown_elsewhere = api_fields().any(|(other, _)| other.key != field.key && other.want == field.want);
        match &nameless.verdict {
            Verdict::Unread(unread) => assert!(unread.what.contains("12.34") && !shown_elsewhere, "{nameless:?}"),
            verdict => assert!(verdict.as_str() == "differs" && shown_elsewhere, "{nameless:?}"),
        }
        let by_campus_file = matches!(field.want, Expectation::FromSite(_));
        let elsewhere = judged(json!({"value": "12.34", "desc": "Something else"}));
        if by_campus_file {
            // The campus file may use another name for the same place, so a different name is not a wrong value either.
            assert!(
                matches!(&elsewhere.verdict, Verdict::Unread(unread) if unread.what.contains("what came back")),
                "{elsewhere:?}"
            );
        } else {
            assert_eq!(elsewhere.verdict.as_str(), "differs", "{elsewhere:?}");
            let named = judged(json!({"value": "12.34", "desc": label}));
            assert_eq!(named.verdict.as_str(), "same", "{named:?}");
        }
        let empty = judged(json!(null));
        assert_eq!((empty.verdict.as_str(), &empty.got), ("differs", &None), "an empty value needs no list: {empty:?}");
    }
    assert_eq!(looked_up, 9);
}

#[test]
fn a_list_that_cannot_be_read_spoils_no_value_that_is_known_without_it() {
    let right = Campus::right();
    for (field, _) in api_fields() {
        let mut desk = right.clone();
        if !without_its_list(&mut desk, field) {
            continue;
        }
        for (other, _) in api_fields() {
            let (before, after) = (right::list(&right.snapshot, other), right::list(&desk.snapshot, other));
            let (was, is) = (found(&right.report(), &other.key).clone(), found(&desk.report(), &other.key).clone());
            if before == after {
                assert_eq!(is.verdict, was.verdict, "{} without the list of {}", other.key, field.key);
            } else {
                assert!(["same", "unread"].contains(&is.verdict.as_str()), "{is:?}");
            }
        }
    }
}

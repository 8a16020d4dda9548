//! Every field with its right value, with every kind of wrong value, and without a value. A change never affects any other field.
use crate::verify::campus::{Campus, found};
use crate::verify::right::{self, api_fields};
use crate::verify::wrong::{Judged, ways};
use last_resort::engine::judge::{Evidence, Finding, Report, Verdict};
use last_resort::engine::observed::Observation;
use last_resort::engine::plan::{Action, plan};
use last_resort::recipe::{Channel, FieldKey, Recipe, StepId};

/// Returns all findings except one.
fn others<'a>(report: &'a Report, key: &FieldKey) -> Vec<&'a Finding> {
    report.findings().filter(|finding| finding.key != *key).collect()
}

#[test]
fn what_is_right_is_the_same_and_what_has_no_api_waits() {
    let report = Campus::right().report();
    let mut judged = 0;
    for field in Recipe::embedded().fields() {
        let finding = found(&report, &field.key);
        match field.channel {
            Channel::Api { .. } => {
                assert_eq!(finding.verdict, Verdict::Same(Evidence::Read), "{finding:?}");
                assert_eq!((&finding.got, &finding.hint), (&finding.want, &None), "{finding:?}");
            }
            Channel::Screen => {
                assert!(matches!(finding.verdict, Verdict::Waiting(_)), "{finding:?}");
                assert_eq!(finding.got, None, "{finding:?}");
                assert!(finding.hint.as_ref().is_some_and(|hint| hint.contains(field.key.as_str())), "{finding:?}");
            }
        }
        assert!(finding.want.is_some() && !finding.why.is_empty(), "{finding:?}");
        judged += 1;
    }
    assert_eq!(judged, 61);
}

#[test]
fn each_field_in_each_way_alone_is_judged_and_no_other_one_is_touched() {
    let desk = Campus::right();
    let before = desk.report();
    let mut tried = 0;
    for (field, pointer) in api_fields() {
        for (way, value, judged) in ways(&desk, field) {
            let context = format!("{}, {way}: {value:?}", field.key);
            let after = desk.with(pointer, value.as_ref()).report();
            let finding = found(&after, &field.key);
            let expected = match judged {
                Judged::Same => ("same", Some(Evidence::Read)),
                Judged::Differs | Judged::Empty => ("differs", Some(Evidence::Read)),
                Judged::Odd => ("unread", None),
            };
            assert_eq!((finding.verdict.as_str(), finding.verdict.evidence()), expected, "{context}: {finding:?}");
            match judged {
                Judged::Same => assert_eq!(finding.got, finding.want, "{context}"),
                Judged::Empty | Judged::Odd => assert_eq!(finding.got, None, "{context}"),
                Judged::Differs => {
                    assert!(finding.got.is_some(), "{context}: a value is shown");
                    assert_ne!(finding.got, finding.want, "{context}: the two texts look alike");
                    let step = field.key.step().expect("a step");
                    let next = format!("last-resort apply {step} --campus {}", desk.site.institution);
                    assert_eq!(finding.hint, Some(next), "{context}");
                }
            }
            assert_eq!(others(&after, &field.key), others(&before, &field.key), "{context}");
            tried += 1;
        }
    }
    assert!(tried > 400, "{tried} ways");
}

#[test]
fn where_there_is_no_record_every_api_field_is_absent_and_the_screens_still_wait() {
    let report = Campus::without_partner().report();
    for field in Recipe::embedded().fields() {
        let finding = found(&report, &field.key);
        match field.channel {
            Channel::Api { .. } => {
                assert_eq!(finding.verdict, Verdict::Absent, "{finding:?}");
                assert!(finding.hint.as_ref().is_some_and(|hint| hint.contains(" apply ")), "{finding:?}");
            }
            Channel::Screen => assert!(matches!(finding.verdict, Verdict::Waiting(_)), "{finding:?}"),
        }
        assert_eq!(finding.got, None, "{finding:?}");
    }
}

#[test]
fn a_word_counts_for_its_own_field_and_for_the_value_it_was_given_for() {
    let desk = Campus::right();
    let before = desk.report();
    for field in Recipe::embedded().fields().filter(|field| field.channel == Channel::Screen) {
        let mut signed = desk.clone();
        signed.snapshot.journal.sign_offs = vec![desk.word_on(field)];
        let report = signed.report();
        let finding = found(&report, &field.key);
        assert_eq!(finding.verdict, Verdict::Attested(desk.word_on(field)), "{finding:?}");
        assert_eq!((&finding.got, &finding.hint), (&finding.want, &None), "{finding:?}");
        assert_eq!(others(&report, &field.key), others(&before, &field.key), "{}", field.key);

        signed.snapshot.journal.sign_offs[0].want.push(' ');
        let report = signed.report();
        let finding = found(&report, &field.key);
        assert!(matches!(&finding.verdict, Verdict::Waiting(why) if why.contains("no longer")), "{finding:?}");
        assert_eq!(others(&report, &field.key), others(&before, &field.key), "{}", field.key);
    }
}

#[test]
fn a_word_on_what_the_api_tells_changes_nothing() {
    let mut desk = Campus::right();
    let before = desk.report();
    let key = crate::verify::campus::key_field();
    desk.snapshot.journal.sign_offs =
        api_fields().filter(|(field, _)| *field != key).map(|(field, _)| desk.word_on(field)).collect();
    assert_eq!(desk.snapshot.journal.sign_offs.len(), 36);
    assert_eq!(desk.report(), before);
    desk.snapshot.alma.partner = Observation::NotThere;
    assert!(api_fields().all(|(field, _)| found(&desk.report(), &field.key).verdict == Verdict::Absent));
}

/// The record pairs the right name with an identifier that has another name in Alma's list. The list decides.
#[test]
fn an_identifier_that_alma_lists_under_another_name_is_believed_from_the_list() {
    let desk = Campus::right();
    let pairs = [
        ("check_out_item.default_location", "8102"),
        ("accept_item.default_location", "8101"),
        ("general.default_library_owner", "76"),
        ("accept_item.default_pickup_library", "76"),
    ];
    for (name, other_id) in pairs {
        let (field, pointer) =
            api_fields().find(|(field, _)| field.key.as_str().ends_with(name)).expect("a field of that name");
        let mut value = right::value(&desk.site, &desk.snapshot, field);
        value["value"] = other_id.into();
        let report = desk.with(pointer, Some(&value)).report();
        let finding = found(&report, &field.key);
        assert_eq!(finding.verdict, Verdict::Differs(Evidence::Read), "{finding:?}");
        assert_ne!(finding.got, finding.want);
    }
}

/// The plan either writes the right value, or leaves the field to a person.
#[test]
fn whatever_stands_there_the_plan_mends_that_field_alone_or_leaves_it_to_a_person() {
    let desk = Campus::right();
    let (recipe, steps) = (Recipe::embedded(), [StepId::Partner, StepId::Parameters]);
    let (mut mended, mut by_hand) = (0, 0);
    for (field, pointer) in api_fields() {
        let due = |way: &crate::verify::wrong::Way| !matches!(way.2, Judged::Same | Judged::Odd);
        for (way, value, judged) in ways(&desk, field).into_iter().filter(due) {
            let context = format!("{}, {way}: {value:?}", field.key);
            let mut wrong = desk.with(pointer, value.as_ref());
            let report = wrong.report();
            let plan = plan(recipe, &wrong.site, &wrong.snapshot, &report, &steps);
            let change = plan.changes.iter().find(|change| change.key == field.key).expect("planned");
            assert_eq!(change.from, found(&report, &field.key).got, "{context}");
            if plan.writes_anything() {
                assert_eq!(plan.pointers().collect::<Vec<_>>(), [pointer], "{context}");
                wrong.partner().body = plan.record();
                assert_eq!(found(&wrong.report(), &field.key).verdict, Verdict::Same(Evidence::Read), "{context}");
                mended += 1;
            } else {
                assert!(change.action == Action::ByHand && !plan.obstacles.is_empty(), "{context}: {judged:?}");
                by_hand += 1;
            }
        }
    }
    assert!(mended > 300 && by_hand > 0, "{mended} and {by_hand}");
}

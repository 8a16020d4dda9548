//! Pairs of values that must agree: nothing is reported while they do, and each broken pair is reported once.
use crate::verify::campus::{Campus, found};
use last_resort::engine::card::broken_ties;
use last_resort::engine::judge::Report;
use last_resort::recipe::{FieldKey, Recipe, TieKind};

fn complete() -> Report {
    let report = Campus::right().signed_off().report();
    assert!(Recipe::embedded().fields().all(|field| found(&report, &field.key).got.is_some()));
    report
}

/// Returns the report with another value seen for a key.
fn with_got(mut report: Report, key: &FieldKey, got: Option<&str>) -> Report {
    for finding in report.steps.iter_mut().flat_map(|step| &mut step.findings).filter(|finding| finding.key == *key) {
        finding.got = got.map(str::to_owned);
    }
    report
}

#[test]
fn what_is_right_breaks_no_tie() {
    assert_eq!(broken_ties(Recipe::embedded(), &complete()), Vec::<String>::new());
    assert_eq!(
        broken_ties(Recipe::embedded(), &Campus::without_partner().report()),
        Vec::<String>::new(),
        "values that were not seen break no tie"
    );
}

#[test]
fn either_side_alone_breaks_its_own_ties_and_no_other() {
    let recipe = Recipe::embedded();
    for tie in &recipe.ties {
        for (key, other) in [(&tie.a, &tie.b), (&tie.b, &tie.a)] {
            let told = broken_ties(recipe, &with_got(complete(), key, Some("Something else")));
            assert_eq!(told.len(), recipe.ties_of(key).count(), "{key}: {told:?}");
            let label = &recipe.field(other).expect("a field").label;
            assert!(told.iter().any(|line| line.contains(&tie.why) && line.contains(label)), "{key}: {told:?}");
            // A value that was not seen breaks no tie.
            assert_eq!(broken_ties(recipe, &with_got(complete(), key, None)), Vec::<String>::new(), "{key}");
        }
        let both = with_got(with_got(complete(), &tie.a, Some("ILL")), &tie.b, Some("ILL"));
        let named = broken_ties(recipe, &both).iter().any(|line| line.contains(&tie.why));
        assert_eq!(named, tie.kind == TieKind::ColumnIn, "equal but wrong values break no tie: {}", tie.why);
    }
}

#[test]
fn names_agree_letter_by_letter_and_columns_in_any_case() {
    for tie in &Recipe::embedded().ties {
        let report = complete();
        let got = |key| found(&report, key).got.clone().expect("seen");
        let (a, b) = (got(&tie.a), got(&tie.b));
        assert!(tie.holds(&a, &b));
        assert_eq!(tie.holds(&a.to_uppercase(), &b), tie.kind == TieKind::ColumnIn, "{a} and {b}");
        assert!(!tie.holds(&format!("{a} "), &b), "{a} and {b}");
        assert!(!tie.holds(&a[1..], &b), "part of a name is not the same name: {a} and {b}");
    }
}

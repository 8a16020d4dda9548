//! Verdicts are folded into the state of a step, the state of the campus and the exit code as the contract says. This
//! is an independent calculation.
use crate::verify::campus::Campus;
use last_resort::engine::journal::SignOff;
use last_resort::engine::judge::{Evidence, Prerequisite, Report, StepReport, StepState, Verdict, Weight};
use last_resort::engine::observed::{Observation, UnreadReason};
use last_resort::recipe::{Owner, StepId};

/// One of every verdict, with the state it leads to and the exit code it calls for (0 for none).
fn verdicts() -> Vec<(Verdict, &'static str, u8)> {
    let desk = Campus::right();
    let said = SignOff {
        key: "rota.code".into(),
        want: String::new(),
        who: "staff".into(),
        when: desk.snapshot.at,
        note: None,
        export_key: None,
    };
    vec![
        (Verdict::Unread(UnreadReason::not_asked()), "unread", 1),
        (Verdict::Differs(Evidence::Read), "differs", 3),
        (Verdict::Absent, "differs", 3),
        (Verdict::Waiting(String::new()), "waiting", 4),
        (Verdict::Attested(said), "attested", 0),
        (Verdict::Same(Evidence::Proved), "verified", 0),
    ]
}

/// The contract's order of states: the first one that applies wins.
const ORDER: [&str; 6] = ["blocked", "unread", "differs", "waiting", "attested", "verified"];

fn first_that_holds<'a>(states: impl Iterator<Item = &'a str>) -> &'a str {
    states.min_by_key(|state| ORDER.iter().position(|known| known == state)).unwrap_or("verified")
}

fn step(verdicts: impl Iterator<Item = (Verdict, Weight)>) -> StepReport {
    let mould = Campus::right().report().steps[2].findings[0].clone();
    let findings = verdicts.map(|(verdict, weight)| {
        let mut finding = mould.clone();
        (finding.verdict, finding.weight) = (verdict, weight);
        finding
    });
    StepReport {
        id: StepId::Partner,
        title: "Partner".into(),
        owner: Owner::Ols,
        ground: Prerequisite::Firm,
        findings: findings.collect(),
    }
}

fn campus(steps: Vec<StepReport>) -> Report {
    Report { at: Campus::right().snapshot.at, steps }
}

#[test]
fn every_set_of_verdicts_folds_to_the_first_that_holds() {
    let all = verdicts();
    for set in 1_u32..1 << all.len() {
        let chosen: Vec<_> = all.iter().enumerate().filter(|(at, _)| set >> at & 1 == 1).map(|(_, row)| row).collect();
        let report = step(chosen.iter().map(|(verdict, ..)| (verdict.clone(), Weight::Counts)));
        let expected = first_that_holds(chosen.iter().map(|(_, state, _)| *state));
        assert_eq!(report.state().as_str(), expected, "{chosen:?}");
        let codes: Vec<u8> = chosen.iter().map(|(.., code)| *code).collect();
        let code = [1, 3, 4].into_iter().find(|code| codes.contains(code)).unwrap_or(0);
        // The result is the same in any order, and whether the findings are in one step or in several.
        let mut turned = report.clone();
        turned.findings.reverse();
        let spread = chosen.iter().map(|(verdict, ..)| step([(verdict.clone(), Weight::Counts)].into_iter())).collect();
        for campus in [campus(vec![report.clone()]), campus(vec![turned]), campus(spread)] {
            assert_eq!((campus.state().as_str(), campus.exit_code()), (expected, code), "{chosen:?}");
        }
    }
}

#[test]
fn advice_folds_into_nothing_unless_it_is_all_there_is() {
    let all = verdicts();
    for (advice, said, exit) in &all {
        for (verdict, state, code) in &all {
            let report = step([(advice.clone(), Weight::Advisory), (verdict.clone(), Weight::Counts)].into_iter());
            assert_eq!(report.state().as_str(), *state, "{advice:?} beside {verdict:?}");
            assert_eq!(campus(vec![report]).exit_code(), *code, "{advice:?} beside {verdict:?}");
        }
        let alone = campus(vec![step([(advice.clone(), Weight::Advisory)].into_iter())]);
        // A step must not be called verified if nothing in it was checked.
        assert_eq!((alone.exit_code(), alone.state().as_str()), (*exit, *said), "{advice:?}");
    }
    assert_eq!(campus(Vec::new()).state(), StepState::Verified, "without steps nothing is wrong");
}

#[test]
fn blocked_comes_first_and_says_nothing_of_the_exit_code() {
    for (verdict, _, code) in verdicts() {
        let mut report = step([(verdict, Weight::Counts)].into_iter());
        report.ground = Prerequisite::Missing(StepId::Connect);
        assert_eq!(report.state(), StepState::Blocked);
        let campus = campus(vec![report]);
        assert_eq!((campus.state(), campus.exit_code()), (StepState::Blocked, code));
    }
}

fn states(desk: &Campus) -> Vec<(&'static str, &'static str)> {
    desk.report().steps.iter().map(|step| (step.id.as_str(), step.state().as_str())).collect()
}

#[test]
fn a_step_is_blocked_by_what_is_known_not_to_be_there_however_far_down() {
    let fresh = states(&Campus::without_partner());
    for (id, state) in [
        ("connect", "verified"),
        ("partner", "differs"),
        ("parameters", "differs"),
        ("rota", "blocked"),
        ("rule", "blocked"),
        ("illiad", "waiting"),
        ("prove", "blocked"),
    ] {
        assert!(fresh.contains(&(id, state)), "{id} {state}: {fresh:?}");
    }
    let mut no_library = Campus::right();
    no_library.snapshot.alma.libraries = Observation::NotThere;
    let all = states(&no_library);
    assert_eq!(all[0], ("connect", "differs"));
    assert!(all[1..].iter().all(|(_, state)| *state == "blocked"), "{all:?}");
}

#[test]
fn everything_signed_off_is_attested_and_everything_seen_is_verified() {
    let desk = Campus::right();
    assert_eq!((desk.report().state(), desk.report().exit_code()), (StepState::Waiting, 4));
    let desk = desk.signed_off();
    assert_eq!((desk.report().state(), desk.report().exit_code()), (StepState::Attested, 0));
    let parameters = desk.report().step(StepId::Parameters).expect("the step").state();
    assert_eq!(parameters, StepState::Verified);
}

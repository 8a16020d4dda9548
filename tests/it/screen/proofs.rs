//! Proofs in the wizard: they need the campus code, are shown live, and are stopped and cancelled before the program exits.
use crate::screen::models::{consent, done, judge, noon, press, read, ticket_of, type_text, written};
use crate::screen::pictures::Picture;
use crate::screen::setups::later;
use last_resort::engine::handoff;
use last_resort::engine::journal::{
    Milestone, ProbeEnd, ProbeKind, ProbePlace, ProbeRecord, ProbeSide, Proof, ProofResult, ProofScope, ProofStatus,
    System,
};
use last_resort::engine::judge::{Report, Route, Verdict, verify};
use last_resort::engine::observed::Observation;
use last_resort::engine::probe::{ProbeEnding, ProofProgress, ProofWait};
use last_resort::engine::results::{Conclusion, ProofRun};
use last_resort::failure::{Failure, FailureKind};
use last_resort::recipe::{Recipe, StepId};
use last_resort::site::{Environment, Site, Stance};
use last_resort::tui::keys::Key;
use last_resort::tui::model::{Model, Screen};
use last_resort::tui::msg::{Effect, Msg, Ticket, Work};
use last_resort::tui::screen::set_up::SetUpScreen;
use last_resort::tui::screen::steps::StepsScreen;
use last_resort::tui::update::update;
use last_resort::tui::watch::WorkState;
use std::time::Duration;

const CODE: &str = "01CUNY_QC";

/// The screen that explains the proof and asks for the campus code.
pub(crate) fn asking() -> Model {
    let mut model = read(&written(), StepId::Prove);
    assert_eq!(press(&mut model, Key::Enter), []);
    model
}

/// The code was typed and sent.
fn sent(mut model: Model) -> (Model, Ticket) {
    let effects = consent(&mut model, CODE);
    let ticket = ticket_of(&effects);
    assert!(matches!(&effects[..], [Effect::Work(Work::Prove { .. })]), "{effects:?}");
    (model, ticket)
}

fn told(model: &mut Model, ticket: Ticket, about: ProbeKind, words: &str) {
    let progress = ProofProgress { about: Some(about), words: words.to_owned(), wait: None };
    assert_eq!(update(model, Msg::Proving { ticket, progress }), []);
}

/// Both test requests were made and are being watched.
fn running() -> (Model, Ticket) {
    let (mut model, ticket) = sent(asking());
    told(
        &mut model,
        ticket,
        ProbeKind::Probe,
        "creating it in ILLiad, with CitedIn 01CUNY_QC-lastresort-202611230a1b2c3d4e",
    );
    later(&mut model, 1);
    told(&mut model, ticket, ProbeKind::Probe, "410002 stands in \"Awaiting Request Processing\"");
    told(&mut model, ticket, ProbeKind::Negative, "410003 stands in \"Awaiting Request Processing\"");
    let then = "If nothing moved it by then, the rule did not work. Either way the test requests are cancelled.";
    let wait = Some(ProofWait { at_most: Duration::from_secs(185), then });
    let progress = ProofProgress { about: None, words: "watching where ILLiad puts it".to_owned(), wait };
    assert_eq!(update(&mut model, Msg::Proving { ticket, progress }), []);
    later(&mut model, 16);
    told(&mut model, ticket, ProbeKind::Probe, "410002 stands in \"Request Imported from Alma\"");
    (model, ticket)
}

fn made(kind: ProbeKind, number: &str, end: Option<ProbeEnd>) -> ProbeRecord {
    ProbeRecord {
        token: "202611230a1b2c3d4e".to_owned().try_into().expect("a token"),
        kind,
        patron: "10000001".to_owned(),
        begun: noon(),
        tag: None,
        by_hand: None,
        alma: ProbeSide::default(),
        illiad: ProbeSide { number: Some(number.to_owned()), statuses: Vec::new(), end, place: ProbePlace::Here },
    }
}

fn showed(shows: ProofStatus, words: &str, next: Option<&str>) -> ProofResult {
    ProofResult {
        half: ProofScope::Illiad,
        environment: Environment::Sandbox,
        shows,
        words: words.to_owned(),
        next: next.map(str::to_owned),
        number: Some(410_002),
        key: None,
    }
}

fn result(showed: ProofResult, cancelled: bool) -> (ProofRun, Report) {
    let end = || cancelled.then(|| ProbeEnd::Cancelled("Cancelled by ILL Staff".to_owned()));
    let made = vec![made(ProbeKind::Probe, "410002", end()), made(ProbeKind::Negative, "410003", end())];
    let mut seen = written();
    seen.journal.proofs =
        vec![Proof { showed: showed.clone(), who: "staff".to_owned(), when: noon(), live_since: None }];
    let run = ProofRun {
        left: made.iter().filter(|one| one.is_open(System::Illiad)).cloned().collect(),
        made,
        conclusion: Conclusion::Watched(showed, "routed"),
        failure: None,
    };
    (run, judge(&seen, &[StepId::Parameters, StepId::Prove]))
}

/// A proof that ended with this result.
fn ended(result: Result<(ProofRun, Report), Failure>) -> Model {
    let (mut model, ticket) = running();
    assert_eq!(update(&mut model, Msg::Proved { ticket, result: result.map(Box::new) }), []);
    model
}

/// The proof failed with this message, after `answers`.
pub(crate) fn failed(what: String, answers: Msg) -> Model {
    let mut model = ended(Err(Failure::new(FailureKind::Refused, what)));
    update(&mut model, answers);
    model
}

fn proved() -> Model {
    let words = "Test request 410002: it was routed to \"Request Imported from Alma\"; the control request was left alone, in \"Awaiting Request Processing\"";
    ended(Ok(result(showed(ProofStatus::Proved, words, None), true)))
}

/// Every screen of a proof.
pub(crate) fn pictures() -> Vec<Picture> {
    let named = |name: &str, model: Model| (name.to_owned(), model);
    let mut chain = asking();
    press(&mut chain, Key::Tab);
    let mut wrong = asking();
    consent(&mut wrong, "QC");
    let mut production = asking();
    production.campus.as_mut().expect("a campus").site = crate::screen::models::campus_in("production");
    let mut stopping = running().0;
    press(&mut stopping, Key::Esc);
    let mut leaving = running().0;
    press(&mut leaving, Key::Ctrl('c'));
    let cause = "Test request 410002: it was routed to \"Request Imported from Alma\"; the control request, which does not come from Alma, was routed there too: the rule catches every request";
    let next = "copy MatchString from the value card, parentheses and all: last-resort --step illiad";
    let mut left = result(
        showed(ProofStatus::Waiting, "Test request 410002: it still stood there when the watch ended early", None),
        false,
    );
    left.0.failure = Some(
        Failure::new(FailureKind::Refused, "probe 410002 in ILLiad is not cancelled: HTTP 500.")
            .hint("try again later: last-resort prove --clean --campus 01CUNY_QC --confirm 01CUNY_QC"),
    );
    let words = "Request 41001 of the test patron came from Alma and stands in its queue: nothing was probed.";
    let (_, report) = result(showed(ProofStatus::Proved, "", None), true);
    let traffic = (ProofRun::real_traffic(words.to_owned()), report);
    let failure =
        Failure::new(FailureKind::Refused, "ILLiad knows no user with the test patron's EMPLID; nothing was made.")
            .hint("last-resort check patrons --campus 01CUNY_QC");
    let mut after = proved();
    press(&mut after, Key::Enter);
    vec![
        named("prove", asking()),
        named("prove-chain", chain),
        named("prove-wrong-code", wrong),
        named("prove-production", production),
        named("proving", running().0),
        named("proving-stopped", stopping),
        named("proving-then-leaving", leaving),
        named("proved", proved()),
        named("proved-wrong", ended(Ok(result(showed(ProofStatus::Wrong, cause, Some(next)), true)))),
        named("proved-left", ended(Ok(left))),
        named("proved-by-traffic", ended(Ok(traffic))),
        named("proof-failed", ended(Err(failure))),
        named("step-prove-proved", after),
    ]
}

/// The help over the screens that have one.
pub(crate) fn helps() -> Vec<Picture> {
    [("prove", asking()), ("proved", proved())]
        .into_iter()
        .map(|(name, mut model)| {
            press(&mut model, Key::F(1));
            (format!("help-{name}"), model)
        })
        .collect()
}

#[test]
fn only_the_exact_code_makes_anything() {
    for code in ["", "QC", "01cuny_q", "01CUNY_QC "] {
        let mut model = asking();
        type_text(&mut model, code);
        assert_eq!(press(&mut model, Key::Enter), [], "{code:?}");
        assert!(matches!(&model.screen, Screen::Prove(screen) if screen.code.refused.is_some()));
    }
    let mut model = asking();
    press(&mut model, Key::Tab);
    let effects = consent(&mut model, CODE);
    assert!(matches!(effects[..], [Effect::Work(Work::Prove { half: ProofScope::Chain, .. })]), "{effects:?}");
}

#[test]
fn esc_stops_once_and_the_answer_ends_it() {
    let (mut model, ticket) = running();
    assert_eq!(press(&mut model, Key::Esc), [Effect::StopWork]);
    assert_eq!(press(&mut model, Key::Esc), [], "once");
    assert!(matches!(&model.screen, Screen::Proving(screen) if screen.watched == WorkState::Stopping));
    told(&mut model, ticket, ProbeKind::Probe, "410002 is cancelled");
    let proved = result(showed(ProofStatus::Waiting, "x", None), true);
    assert_eq!(update(&mut model, Msg::Proved { ticket, result: Ok(Box::new(proved)) }), []);
    assert!(matches!(model.screen, Screen::ProofResult(_)));
}

#[test]
fn whoever_leaves_waits_for_the_cancelling() {
    for leave in [Msg::Leave(143), Msg::Leave(129)] {
        let (mut model, ticket) = running();
        assert_eq!(update(&mut model, leave.clone()), [Effect::StopWork], "{leave:?}");
        assert_eq!(press(&mut model, Key::Ctrl('c')), [], "the program is leaving already");
        let Msg::Leave(code) = leave else { unreachable!("both leave") };
        let proved = result(showed(ProofStatus::Waiting, "x", None), true);
        assert_eq!(update(&mut model, Msg::Proved { ticket, result: Ok(Box::new(proved)) }), [Effect::Quit(code)]);
    }
}

/// A second Ctrl-C, or another signal, does not wait for the cancelling. A second hang-up does: a closed terminal reports it twice.
#[test]
fn whoever_asks_twice_does_not_wait_for_the_cancelling() {
    let (mut model, _) = running();
    assert_eq!(press(&mut model, Key::Ctrl('c')), [Effect::StopWork]);
    assert_eq!(update(&mut model, Msg::Leave(129)), []);
    assert_eq!(press(&mut model, Key::Ctrl('c')), [Effect::LeaveWork]);
    let (mut model, _) = running();
    assert_eq!(update(&mut model, Msg::Leave(143)), [Effect::StopWork]);
    assert_eq!(update(&mut model, Msg::Leave(143)), [Effect::LeaveWork]);
}

#[test]
fn what_an_older_proof_tells_is_dropped() {
    let (mut model, ticket) = running();
    let before = model.clone();
    let older = Ticket(ticket.0 + 100);
    told(&mut model, older, ProbeKind::Probe, "late");
    let proved = result(showed(ProofStatus::Proved, "x", None), true);
    assert_eq!(update(&mut model, Msg::Proved { ticket: older, result: Ok(Box::new(proved)) }), []);
    assert_eq!(model, before);
}

#[test]
fn the_step_shows_what_was_proved() {
    let mut model = proved();
    press(&mut model, Key::Enter);
    assert_eq!(model.screen, Screen::Steps(StepsScreen));
    let campus = model.campus.as_ref().expect("a campus");
    let routing = campus.find(&"prove.routing".into()).expect("there");
    assert!(matches!(routing.verdict, Verdict::Same(_)), "{routing:?}");
    press(&mut model, Key::Enter);
    assert!(matches!(model.screen, Screen::Summary(_)), "nothing is left to prove");
}

#[test]
fn without_a_test_patron_the_campus_file_comes_first() {
    let mut model = read(&written(), StepId::Prove);
    model.campus.as_mut().expect("a campus").site.sample.clear();
    press(&mut model, Key::Enter);
    assert_eq!(model.screen, Screen::SetUp(SetUpScreen));
}

/// A probe is a request in ILLiad, so the label must not say "Alma has". The whole chain concerns both systems, so
/// its label says "the proof failed".
#[test]
fn what_a_proof_found_is_nothing_that_alma_has() {
    let mut snapshot = written();
    let stands = "Test request 410002: it still stands in \"Awaiting Request Processing\"";
    let of = |half: ProofScope, words: &str| ProofResult { half, ..showed(ProofStatus::Wrong, words, None) };
    let chain = of(ProofScope::Chain, "Alma's half is not proved: nothing was exported");
    snapshot.journal.proofs = [of(ProofScope::Illiad, stands), chain]
        .map(|showed| Proof { showed, who: "staff".to_owned(), when: noon(), live_since: None })
        .into();
    for (key, head) in [("prove.routing", "the proof failed"), ("prove.chain", "the proof failed")] {
        let mut model = read(&snapshot, StepId::Prove);
        crate::screen::pictures::choose(&mut model, key);
        let seen = crate::screen::paint::words(&model, (120, 40));
        assert!(!seen.contains("Alma has"), "{seen}");
        assert!(seen.lines().any(|line| line.contains(head)), "{head} in {seen}");
    }
}

/// Returns the step at 80x24 after a proof with this result.
fn step_after(shows: ProofStatus, words: &str, next: Option<&str>) -> Vec<String> {
    let mut snapshot = written();
    let showed = showed(shows, words, next);
    snapshot.journal.proofs = vec![Proof { showed, who: "staff".to_owned(), when: noon(), live_since: None }];
    let model = read(&snapshot, StepId::Prove);
    crate::screen::paint::words(&model, (80, 24)).lines().map(|line| line.trim_end().to_owned()).collect()
}

/// A failed proof must not be called proved. Even the longest advice fits on the screen when there are few rows.
#[test]
fn after_a_failed_proof_the_step_says_tried_and_what_to_do_next() {
    for ending in [
        ProbeEnding::NotRouted("Awaiting Request Processing".to_owned()),
        ProbeEnding::OtherQueue("Awaiting RAPID Request Sending".to_owned()),
    ] {
        let route = Route::of_procedure(Recipe::embedded(), &crate::screen::models::campus_in("sandbox"));
        let next = ending.next().expect("something to do");
        let shown =
            step_after(ProofStatus::Wrong, &format!("Test request 410002: {}", ending.words(&route)), Some(next));
        let header = shown.iter().find(|line| line.contains("differs")).expect("a header");
        assert!(header.contains("tried 20:14:03") && !header.contains("proved"), "{header}");
        let right: Vec<&str> = shown.iter().filter_map(|line| line.get(20..)).map(str::trim).collect();
        let told = right.join(" ");
        assert!(told.contains(&format!("next: {next}")), "{next} in {shown:#?}");
        let beside: Vec<String> = shown.iter().map(|line| line.chars().skip(24).collect::<String>()).collect();
        let whole = beside.iter().map(|line| line.trim()).collect::<Vec<_>>().join(" ");
        assert!(whole.contains(&ending.words(&route)), "the reason is shown whole: {shown:#?}");
    }
    let proved = step_after(ProofStatus::Proved, "Test request 410002: it was routed; both are cancelled now", None);
    assert!(proved.iter().any(|line| line.contains("proved 20:14:03")), "{proved:#?}");
    assert!(
        proved.join(" ").contains("prove only ILLiad's half"),
        "test requests prove ILLiad's half only: {proved:#?}"
    );
}

/// After going live, the earlier proof is still shown, with the advice to prove again.
#[test]
fn the_summary_remembers_that_the_last_proof_was_before_going_live() {
    let summary = |live_since: Option<jiff::Timestamp>| {
        let mut snapshot = done();
        snapshot.illiad.requests = Observation::Got(Vec::new().into());
        let showed = showed(ProofStatus::Proved, "Test request 410002: it was routed", None);
        snapshot.journal.proofs = vec![Proof { showed, who: "staff".to_owned(), when: noon(), live_since }];
        snapshot.journal.milestones.live = Some(Milestone { at: noon(), by: "staff".to_owned() });
        let site = Site { stance: Stance::Live, ..crate::screen::models::campus_in("sandbox") };
        let report = verify(Recipe::embedded(), &site, &snapshot, &StepId::ALL);
        let told = handoff::build(Recipe::embedded(), &site, &snapshot, &report, &[], handoff::Systems::Campus, None);
        let mut model = crate::screen::pictures::summary(&snapshot);
        let campus = model.campus.as_mut().expect("a campus");
        campus.site = site;
        for (standing, step) in campus.steps.iter_mut().zip(report.steps) {
            standing.report = step;
        }
        let shown = crate::screen::paint::words(&model, (80, 24));
        (shown.split_whitespace().collect::<Vec<_>>().join(" "), handoff::text(&told).join("\n"))
    };
    let (shown, report) = summary(Some(noon()));
    assert!(shown.contains("waits for a person: Proved since going live"), "{shown}");
    assert!(report.contains("Proved since going live: the last proof ("), "{report}");
    let (shown, report) = summary(None);
    assert!(!shown.contains("since going live") && !report.contains("since going live"), "{shown} {report}");
}

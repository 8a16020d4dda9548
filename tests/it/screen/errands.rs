//! Going live, the hand-off and the forecast in the wizard: every state has a picture, and nothing changes without the campus code.
use crate::screen::models::{
    campus_in, consent, done, drifted, fresh, judge, noon, press, read, ticket_of, type_text, written,
};
use crate::screen::pictures::{Picture, summary};
use crate::screen::setups::later;
use last_resort::engine::forecast::{
    AlmaAccount, Forecast, IlliadAccount, OtherName, Person, PersonFacts, PersonForecast, PersonKnowledge, PersonNames,
};
use last_resort::engine::golive::{GatePassage, GateStatus, back_out_card, enable_card, gate_lines, gates};
use last_resort::engine::handoff;
use last_resort::engine::journal::{JournalEntry, JournalEvent, JournalFacts, Proof, ProofResult, ProofStatus, Target};
use last_resort::engine::judge::{Snapshot, verify};
use last_resort::engine::observed::{AccountState, UnreadKind, UnreadReason};
use last_resort::failure::{Failure, FailureKind};
use last_resort::recipe::{Recipe, StepId};
use last_resort::site::{CampusField, Environment, Site, Stance};
use last_resort::tui::keys::Key;
use last_resort::tui::model::{Model, Screen};
use last_resort::tui::msg::{Effect, ForecastResult, GateRun, HandOffResult, Msg, Ticket, Work};
use last_resort::tui::screen::set_up::SetUpScreen;
use last_resort::tui::screen::steps::StepsScreen;
use last_resort::tui::screen::summary::SummaryScreen;
use last_resort::tui::setup::{Question, Setup};
use last_resort::tui::update::update;
use last_resort::tui::watch::WorkState;

const CODE: &str = "01CUNY_QC";

fn named(name: &str, model: Model) -> Picture {
    (name.to_owned(), model)
}

/// Everything is done, and a probe proved the routing.
fn ready() -> Snapshot {
    let mut snapshot = done();
    let showed = ProofResult {
        half: last_resort::engine::journal::ProofScope::Illiad,
        environment: Environment::Sandbox,
        shows: ProofStatus::Proved,
        words: "Test request 410002: it was routed to \"Request Imported from Alma\"".to_owned(),
        next: None,
        number: Some(410_002),
        key: None,
    };
    snapshot.journal.proofs = vec![Proof { showed, who: "staff".to_owned(), when: noon(), live_since: None }];
    snapshot
}

fn gated(snapshot: &Snapshot, lines: &[JournalEntry]) -> GateRun {
    let (recipe, site) = (Recipe::embedded(), campus_in("sandbox"));
    let report = judge(snapshot, &StepId::ALL);
    let mut snapshot = snapshot.clone();
    snapshot.journal.milestones =
        JournalFacts::fold(lines, &Target::of(&site), crate::screen::models::noon()).milestones;
    let gates = gates(recipe, &site, &snapshot, &report);
    GateRun { site, passage: GatePassage::Before, gates, cards: Vec::new(), remarks: Vec::new(), report: Some(report) }
}

fn live(snapshot: &Snapshot) -> GateRun {
    let (recipe, site) = (Recipe::embedded(), Site { stance: Stance::Live, ..campus_in("sandbox") });
    let cards = [enable_card(recipe, &site, snapshot), back_out_card(recipe, &site, snapshot)];
    let remark = format!("{CODE} was set live on 2026-11-23 by staff.");
    GateRun {
        passage: GatePassage::Through,
        cards: cards.into_iter().flatten().collect(),
        remarks: vec![remark],
        report: None,
        site,
        ..gated(snapshot, &[])
    }
}

/// The gates are being checked.
fn looking(snapshot: &Snapshot) -> (Model, Ticket) {
    let mut model = summary(snapshot);
    let effects = press(&mut model, Key::Char('g'));
    assert!(matches!(effects[..], [Effect::Work(Work::Gates { .. })]), "{effects:?}");
    let ticket = ticket_of(&effects);
    (model, ticket)
}

fn answered(snapshot: &Snapshot, result: Result<GateRun, Failure>) -> Model {
    let (mut model, ticket) = looking(snapshot);
    assert_eq!(update(&mut model, Msg::Gated { ticket, result: result.map(Box::new) }), []);
    model
}

/// All gates hold, so the campus code is asked for.
pub(crate) fn asking() -> Model {
    answered(&ready(), Ok(gated(&ready(), &[])))
}

/// The code was typed, and the campus is being set live.
fn setting() -> (Model, Ticket) {
    let mut model = asking();
    let effects = consent(&mut model, CODE);
    assert!(matches!(effects[..], [Effect::Work(Work::SetStance { to: Stance::Live, .. })]), "{effects:?}");
    let ticket = ticket_of(&effects);
    (model, ticket)
}

/// The campus is live, and its cards are shown.
fn gone_live() -> Model {
    let (mut model, ticket) = setting();
    let effects = update(&mut model, Msg::Gated { ticket, result: Ok(Box::new(live(&ready()))) });
    assert!(
        matches!(effects[..], [Effect::Work(Work::Check { .. })]),
        "going live changes the wanted values, so they are checked again: {effects:?}"
    );
    model
}

/// Going back is chosen, and the campus code is asked for.
pub(crate) fn going_back() -> Model {
    let mut model = gone_live();
    press(&mut model, Key::Char('u'));
    model
}

fn gone_back() -> Model {
    let mut model = going_back();
    let effects = consent(&mut model, CODE);
    assert!(matches!(effects[..], [Effect::Work(Work::SetStance { to: Stance::Ahead, .. })]), "{effects:?}");
    let words = format!("{CODE} is set up ahead again in the campus file. Now disable the rule by hand in Alma.");
    let card = back_out_card(Recipe::embedded(), &campus_in("sandbox"), &ready());
    let back =
        GateRun { cards: card.into_iter().collect(), gates: Vec::new(), remarks: vec![words], ..gated(&ready(), &[]) };
    let result = Ok(Box::new(GateRun { report: None, ..back }));
    update(&mut model, Msg::Gated { ticket: ticket_of(&effects), result });
    model
}

/// Many gates are shut.
pub(crate) fn shut() -> Model {
    answered(&written(), Ok(gated(&written(), &[])))
}

fn golives() -> Vec<Picture> {
    let mut looked = looking(&written()).0;
    later(&mut looked, 2);
    let mut wrong = asking();
    consent(&mut wrong, "QC");
    let mut production = asking();
    production.campus.as_mut().expect("a campus").site = campus_in("production");
    let mut set = setting().0;
    later(&mut set, 1);
    let refused = Failure::new(
        FailureKind::ByHand,
        "01CUNY_QC was not taken live; nothing was changed. Conditions not confirmed: routing.",
    )
    .hint("to see what each condition needs: last-resort golive --campus 01CUNY_QC");
    let (mut failed, ticket) = setting();
    update(&mut failed, Msg::Gated { ticket, result: Err(refused) });
    let mut copied = gone_live();
    press(&mut copied, Key::Char('c'));
    let mut below = gone_live();
    press(&mut below, Key::PageDown);
    vec![
        named("golive-looking", looked),
        named("golive-shut", shut()),
        named("golive-differs", answered(&drifted(), Ok(gated(&drifted(), &[])))),
        named("golive-open", asking()),
        named("golive-wrong-code", wrong),
        named("golive-production", production),
        named("golive-setting", set),
        named("golive-failed", failed),
        named("golive-live", gone_live()),
        named("golive-live-below", below),
        named("golive-copied", copied),
        named("golive-back", going_back()),
        named("golive-back-done", gone_back()),
    ]
}

/// The hand-off is being written.
fn writing(snapshot: &Snapshot) -> (Model, Ticket) {
    let mut model = summary(snapshot);
    let effects = press(&mut model, Key::Char('w'));
    assert!(matches!(effects[..], [Effect::Work(Work::HandOff { .. })]), "{effects:?}");
    (model, ticket_of(&effects))
}

fn handed_off(snapshot: &Snapshot) -> Model {
    let (mut model, ticket) = writing(snapshot);
    assert_eq!(update(&mut model, hand_off(ticket, snapshot)), []);
    model
}

/// The hand-off of this snapshot, as it comes from the work asked for.
pub(crate) fn hand_off(ticket: Ticket, snapshot: &Snapshot) -> Msg {
    let report = judge(snapshot, &StepId::ALL);
    let told = handoff::build(
        Recipe::embedded(),
        &campus_in("sandbox"),
        snapshot,
        &report,
        &[],
        handoff::Systems::Campus,
        None,
    );
    Msg::HandedOff { ticket, result: Ok(Box::new(HandOffResult { document: told, report })) }
}

fn hand_offs() -> Vec<Picture> {
    let mut waiting = writing(&written()).0;
    later(&mut waiting, 2);
    let (mut failed, ticket) = writing(&written());
    let failure =
        Failure::new(FailureKind::Files, "The journal of 01CUNY_QC cannot be read.").hint("look at its permissions");
    update(&mut failed, Msg::HandedOff { ticket, result: Err(failure) });
    let mut below = handed_off(&drifted());
    for _ in 0..2 {
        press(&mut below, Key::PageDown);
    }
    vec![
        named("handoff-writing", waiting),
        named("handoff", handed_off(&drifted())),
        named("handoff-below", below),
        named("handoff-done", handed_off(&done())),
        named("handoff-failed", failed),
    ]
}

fn before_forecast() -> Model {
    let mut model = read(&written(), StepId::Patrons);
    assert_eq!(press(&mut model, Key::Char('f')), []);
    model
}

fn foretelling() -> (Model, Ticket) {
    let mut model = before_forecast();
    type_text(&mut model, "people.csv");
    let effects = press(&mut model, Key::Enter);
    assert!(matches!(&effects[..], [Effect::Work(Work::Forecast { file, .. })] if file == "people.csv"), "{effects:?}");
    (model, ticket_of(&effects))
}

fn under_way() -> (Model, Ticket) {
    let (mut model, ticket) = foretelling();
    assert_eq!(update(&mut model, Msg::ForecastProgressed { ticket, done: 12, all: 1200 }), []);
    later(&mut model, 50);
    assert_eq!(update(&mut model, Msg::ForecastProgressed { ticket, done: 412, all: 1200 }), []);
    (model, ticket)
}

/// The screen of a forecast changes when its spinner turns, and no more often.
#[test]
fn progress_is_drawn_once_a_second_at_most() {
    let (mut model, ticket) = under_way();
    let drawn = crate::screen::paint::seen(&model);
    let mut progress = |ms: i64, done: usize| {
        let now = model.now + jiff::SignedDuration::from_millis(ms);
        update(&mut model, Msg::Tick(now));
        update(&mut model, Msg::ForecastProgressed { ticket, done, all: 1200 });
        crate::screen::paint::seen(&model)
    };
    assert_eq!(progress(300, 415), drawn);
    assert_eq!(progress(300, 418), drawn);
    assert!(progress(500, 421).contains("421 of 1,200 people"));
}

fn somebody(at: u64, facts: PersonFacts) -> PersonForecast {
    let names = PersonNames::default();
    let person = Person { emplid: format!("1000000{at}"), earlier: vec!["adal".to_owned()], line: Some(at + 1) };
    let pseudonym = format!("{at}3f9ac01be72");
    PersonForecast { person, pseudonym, known: Ok(PersonKnowledge { facts, at: noon(), names }) }
}

/// One person who would get a duplicate account, one with a matching account, and one who could not be read.
fn foreseen() -> ForecastResult {
    let same = PersonFacts {
        alma: AlmaAccount::Primary,
        account: IlliadAccount::Exact,
        state: Some(AccountState::Usable),
        other: None,
        merged: None,
    };
    let doubles =
        PersonFacts { account: IlliadAccount::Missing, state: None, other: Some(OtherName::OldUsername), ..same };
    let mut unread = somebody(3, same);
    unread.known = Err(UnreadReason::new(UnreadKind::Network, "Alma did not answer", "try again"));
    let people = vec![somebody(1, doubles), somebody(2, same), unread];
    let remark = Some("Repeated lines or EMPLIDs: 1. Each person counts once.".to_owned());
    ForecastResult { forecast: Forecast { people, unusable: Vec::new(), restored: Vec::new(), at: noon() }, remark }
}

fn foretold(result: Result<ForecastResult, Failure>) -> Model {
    let (mut model, ticket) = under_way();
    assert_eq!(update(&mut model, Msg::ForecastEnded { ticket, result: result.map(Box::new) }), []);
    model
}

fn forecasts() -> Vec<Picture> {
    let mut typed = before_forecast();
    type_text(&mut typed, "~/people.csv");
    let mut nobody = before_forecast();
    nobody.campus.as_mut().expect("a campus").site.sample.clear();
    let mut stopping = under_way().0;
    press(&mut stopping, Key::Esc);
    let mut named_people = foretold(Ok(foreseen()));
    press(&mut named_people, Key::Tab);
    let mut everybody_matches = foreseen();
    everybody_matches.forecast.people.retain(|one| one.person.emplid == "10000002");
    let stopped = Failure::new(FailureKind::Interrupted, "Stopped. Results so far are kept for a day.")
        .hint("run the same list again to continue");
    let missing = Failure::new(FailureKind::Usage, "people.csv cannot be read: no such file or directory");
    vec![
        named("forecast", before_forecast()),
        named("forecast-typed", typed),
        named("forecast-nobody", nobody),
        named("foretelling-begun", foretelling().0),
        named("foretelling", under_way().0),
        named("foretelling-stopped", stopping),
        named("foretold", foretold(Ok(foreseen()))),
        named("foretold-named", named_people),
        named("foretold-nobody", foretold(Ok(everybody_matches))),
        named("foretold-stopped", foretold(Err(stopped))),
        named("foretold-failed", foretold(Err(missing))),
    ]
}

/// Every screen of these tasks, and the help over the screens that have one.
pub(crate) fn pictures() -> Vec<Picture> {
    let over = |(name, mut model): (&str, Model)| {
        press(&mut model, Key::F(1));
        (format!("help-{name}"), model)
    };
    let helped = [
        ("golive", gone_live()),
        ("handoff", handed_off(&written())),
        ("forecast", before_forecast()),
        ("foretold", foretold(Ok(foreseen()))),
    ];
    [golives(), hand_offs(), forecasts(), helped.into_iter().map(over).collect()].into_iter().flatten().collect()
}

#[test]
fn only_the_exact_code_sets_anything_and_only_where_all_gates_hold() {
    for code in ["", "QC", "01cuny_q", "01CUNY_QC "] {
        for mut model in [asking(), going_back()] {
            assert_eq!(consent(&mut model, code), [], "{code:?}");
            assert!(matches!(&model.screen, Screen::GoLive(screen) if screen.code.refused.is_some()), "{code:?}");
        }
    }
    for snapshot in [fresh(), written(), drifted()] {
        let mut model = answered(&snapshot, Ok(gated(&snapshot, &[])));
        let effects = consent(&mut model, CODE);
        assert!(matches!(effects[..], [Effect::Work(Work::Gates { .. })]), "the gates are checked again: {effects:?}");
    }
}

/// A gate that does not hold is worded as a demand everywhere, with its state in front.
#[test]
fn a_condition_that_does_not_hold_is_never_worded_as_a_fact() {
    let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    for snapshot in
        [fresh(), written(), drifted(), crate::screen::models::refused(), crate::screen::models::strangers()]
    {
        let gated = gated(&snapshot, &[]);
        let gates = gated.gates.clone();
        let mut model = answered(&snapshot, Ok(gated));
        let drawn = one_line(&crate::screen::paint::words(&model, (80, 200)));
        model.size = last_resort::tui::model::Size { columns: 3900, rows: 3900 };
        let said: Vec<String> =
            last_resort::line::listing(&model).blocks.into_iter().flat_map(|b| b.lines).map(|l| l.words).collect();
        let lines = gate_lines(&gates);
        assert!(gates.iter().any(|judged| !matches!(judged.pass, GateStatus::Holds(_))));
        for judged in &gates {
            let (standing, demand) = (judged.standing(), judged.demand());
            let line = lines.iter().find(|line| line.contains(demand)).expect("a line");
            assert!(line.starts_with(&format!("{standing} ")), "{line}");
            assert!(drawn.contains(&format!("{standing} {demand}")), "{standing} {demand} in {drawn}");
            assert!(said.contains(&format!("{standing}: {demand}")), "{standing}: {demand} in {said:#?}");
            if !matches!(judged.pass, GateStatus::Holds(_)) {
                let fact = judged.gate.demands();
                let told = [one_line(&lines.join(" ")), drawn.clone(), said.join(" ")];
                assert!(!told.iter().any(|told| told.contains(fact)), "{fact}: {told:#?}");
            }
        }
    }
}

/// Setting the campus live does not enable the rule in Alma. Nothing calls the rule live until a person signs off or
/// shows that it is enabled.
#[test]
fn set_live_is_not_yet_enabled_and_enter_leads_to_the_switch() {
    let mut model = gone_live();
    let shown = crate::screen::paint::words(&model, (80, 24));
    assert!(shown.contains("Enter go to Rota rule") && !shown.contains("rule live"), "{shown}");
    assert_eq!(press(&mut model, Key::Enter), []);
    let campus = model.campus.as_ref().expect("a campus");
    let chosen = campus.finding().map(|finding| finding.key.to_string());
    assert_eq!(
        (&model.screen, campus.at, chosen.as_deref()),
        (&Screen::Steps(StepsScreen), StepId::Rule, Some("rule.enabled"))
    );

    let header = |said: &str| {
        let mut snapshot = ready();
        let word =
            snapshot.journal.sign_offs.iter_mut().find(|said| said.key.as_str() == "rule.enabled").expect("a word");
        word.want = said.to_owned();
        let mut model = summary(&ready());
        let site = Site { stance: Stance::Live, ..campus_in("sandbox") };
        let report = verify(Recipe::embedded(), &site, &snapshot, &StepId::ALL);
        let campus = model.campus.as_mut().expect("a campus");
        campus.site = site;
        for (standing, step) in campus.steps.iter_mut().zip(report.steps) {
            standing.report = step;
        }
        crate::screen::paint::words(&model, (80, 24))
    };
    let (due, done) = (header("Disabled"), header("Enabled"));
    assert!(due.contains("set live, rule not confirmed") && !due.contains("g go live"), "{due}");
    let mut practice = gone_live();
    practice.practice = Some("done".to_owned());
    let narrow = crate::screen::paint::words(&practice, (80, 24));
    assert!(narrow.lines().next().is_some_and(|header| header.ends_with("  set live")), "{narrow}");
    assert!(done.contains("rule live") && !done.contains("to be enabled") && !done.contains("g go live"), "{done}");

    // Once the rule is signed off, nothing is left to do on this screen.
    let mut through = live(&ready());
    through.cards.remove(0);
    let mut model = answered(&ready(), Ok(through));
    press(&mut model, Key::Enter);
    assert!(matches!(model.screen, Screen::Summary(_)));
}

#[test]
fn a_campus_that_went_live_says_so_everywhere_and_comes_back() {
    let mut model = gone_live();
    let stance = |model: &Model| model.campus.as_ref().map(|campus| campus.site.stance);
    assert_eq!(stance(&model), Some(Stance::Live));
    // Esc leaves the question first, and then the screen.
    press(&mut model, Key::Char('u'));
    press(&mut model, Key::Esc);
    assert!(matches!(&model.screen, Screen::GoLive(screen) if screen.way == Stance::Live && !screen.asks()));
    press(&mut model, Key::Esc);
    assert!(matches!(model.screen, Screen::Summary(_)));
    assert_eq!(stance(&gone_back()), Some(Stance::Ahead));
}

/// An unfinished set-up keeps its typed answers, but not the old stance.
#[test]
fn a_held_set_up_does_not_bring_the_old_stance_back() {
    let mut model = read(&ready(), StepId::Connect);
    model.campus.as_mut().expect("a campus").site.sample.clear();
    model.campus.as_mut().expect("a campus").at = StepId::Prove;
    let mut held = crate::screen::pictures::summary(&crate::screen::models::refused());
    held.screen = Screen::Steps(StepsScreen);
    held.campus.as_mut().expect("a campus").at = StepId::Connect;
    press(&mut held, Key::Enter);
    press(&mut held, Key::Esc);
    assert!(held.setup.is_some(), "the unfinished set-up is kept");
    held.screen = Screen::Summary(SummaryScreen::default());
    let ticket = ticket_of(&press(&mut held, Key::Char('g')));
    update(&mut held, Msg::Gated { ticket, result: Ok(Box::new(live(&ready()))) });
    let setup = held.setup.as_ref().expect("a set-up");
    assert_eq!(setup.draft.get(CampusField::Stance), "live");
}

#[test]
fn whoever_leaves_waits_until_the_stance_is_set() {
    let (mut model, ticket) = setting();
    assert_eq!(update(&mut model, Msg::Leave(143)), []);
    assert_eq!(press(&mut model, Key::Esc), []);
    let effects = update(&mut model, Msg::Gated { ticket, result: Ok(Box::new(live(&ready()))) });
    assert_eq!(effects, [Effect::Quit(143)]);
}

#[test]
fn copies_are_the_card_the_reply_or_everything_and_hold_no_patron() {
    let copied = |mut model: Model, key: char| match press(&mut model, Key::Char(key)).as_slice() {
        [Effect::Copy(text)] => text.clone(),
        other => panic!("one copy, not {other:?}"),
    };
    let card = copied(gone_live(), 'c');
    assert!(card.starts_with("Enable the rule") && !card.contains("To go back"), "{card}");
    let all = copied(gone_live(), 'C');
    assert!(all.contains("To go back") && all.contains("passed"), "{all}");
    let reply = copied(handed_off(&drifted()), 'c');
    assert!(reply.starts_with("Subject: ") && !reply.contains("To-do card"), "{reply}");
    let all = copied(handed_off(&drifted()), 'C');
    assert!(all.contains(&reply) && all.contains("To-do card") && all.contains("Evidence"), "{all}");
    for text in [reply, all] {
        assert!(!text.contains("10000001") && !text.contains(&crate::screen::models::SECRET[..9]), "{text}");
    }
}

#[test]
fn a_forecast_stops_once_goes_on_and_drops_what_is_late() {
    let (mut model, ticket) = under_way();
    let before = model.clone();
    update(&mut model, Msg::ForecastProgressed { ticket: Ticket(ticket.0 + 9), done: 1, all: 2 });
    assert_eq!(model, before, "progress of another forecast is ignored");
    assert_eq!(press(&mut model, Key::Esc), [Effect::StopWork]);
    assert_eq!(press(&mut model, Key::Esc), [], "once");
    assert!(matches!(&model.screen, Screen::Forecasting(screen) if screen.watched == WorkState::Stopping));
    let stopped = Failure::new(FailureKind::Interrupted, "Stopped.");
    update(&mut model, Msg::ForecastEnded { ticket, result: Err(stopped) });
    // The forecast can be started again, and its path is still there.
    press(&mut model, Key::Enter);
    let effects = press(&mut model, Key::Enter);
    assert!(matches!(&effects[..], [Effect::Work(Work::Forecast { file, .. })] if file == "people.csv"), "{effects:?}");
}

#[test]
fn emplids_show_only_where_they_are_asked_for() {
    let shown = |model: &Model| crate::screen::paint::words(model, (80, 24));
    let mut model = foretold(Ok(foreseen()));
    assert!(!shown(&model).contains("10000001") && shown(&model).contains("13f9ac01be72"));
    press(&mut model, Key::Tab);
    assert!(shown(&model).contains("10000001") && !shown(&model).contains("13f9ac01be72"));
}

/// The gate reads the forecast's result from the journal.
#[test]
fn a_forecast_without_doubles_opens_its_gate() {
    let at = noon();
    let target = Some(Target::of(&campus_in("sandbox")));
    let entry = JournalEvent::Foreseen {
        environment: Environment::Sandbox,
        people: 40,
        doubled: 2,
        unread: 0,
        troubled: 0,
        unknown: 0,
        unseen: 0,
        missing: 0,
        affected: std::collections::BTreeMap::new(),
        cleared: Vec::new(),
        target,
    };
    let shut = gated(&ready(), &[JournalEntry { at, by: "staff".to_owned(), entry }]);
    let model = answered(&ready(), Ok(shut));
    assert!(matches!(&model.screen, Screen::GoLive(screen) if !screen.asks()), "2 doubles keep it shut");
    assert!(matches!(&asking().screen, Screen::GoLive(screen) if screen.asks()));
}

/// A card does not begin with "Then:" if nothing comes before it.
#[test]
fn a_card_of_the_hand_off_begins_with_what_is_to_be_done() {
    let mut bare = 0;
    for snapshot in [fresh(), written(), drifted(), crate::screen::models::strangers()] {
        let report = judge(&snapshot, &StepId::ALL);
        let told = handoff::build(
            Recipe::embedded(),
            &campus_in("sandbox"),
            &snapshot,
            &report,
            &[],
            handoff::Systems::Campus,
            None,
        );
        let lines = handoff::text(&told);
        for (at, _) in lines.iter().enumerate().filter(|(_, line)| *line == "Then:") {
            let under_the_title = lines[..at].iter().rev().find(|line| !line.is_empty());
            assert!(under_the_title.is_some_and(|line| !line.starts_with("---")), "{lines:#?}");
        }
        bare += lines.iter().filter(|line| *line == "To do:").count();
    }
    assert!(bare > 0, "at least one card has nothing before it");
}

/// The answers cannot set the campus live or back: that has conditions, and asks for the campus code.
#[test]
fn the_answers_do_not_change_the_stance() {
    for (stance, key, words) in
        [(Stance::Ahead, Key::Right, "last-resort golive"), (Stance::Live, Key::Left, "golive --back")]
    {
        let site = Site { stance, ..campus_in("sandbox") };
        let ask = Question::Slot(CampusField::Stance);
        let mut model = read(&ready(), StepId::Connect);
        model.campus.as_mut().expect("a campus").site = site.clone();
        model.setup = Some(Box::new(Setup::of(&site, ask, Vec::new())));
        model.screen = Screen::SetUp(SetUpScreen);
        press(&mut model, key);
        press(&mut model, Key::Enter);
        let setup = model.setup.as_ref().expect("a set-up");
        assert_eq!(setup.focus, ask, "the cursor stays");
        assert!(setup.refused.as_ref().is_some_and(|why| why.contains(words)), "{:?}", setup.refused);
        assert!(!setup.is_whole(), "and it cannot be stored");
        press(&mut model, key);
        press(&mut model, Key::Enter);
        let setup = model.setup.as_ref().expect("a set-up");
        assert_eq!((setup.problem(ask), setup.refused.as_ref()), (None, None));
    }
}

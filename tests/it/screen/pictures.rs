//! Every screen in its important states, each with the name of its picture.
use crate::screen::models::{
    SECRET, consent, done, drifted, fresh, judge, looked, noon, opened, paste, plan_of, press, read, refused, shown,
    start, strangers, ticket_of, type_text, written,
};
use crate::screen::setups;
use last_resort::engine::journal::{UndoState, Verb};
use last_resort::engine::judge::Snapshot;
use last_resort::engine::plan::{Change, WriteResult};
use last_resort::engine::results::ApplyResult;
use last_resort::failure::{Failure, FailureKind};
use last_resort::recipe::{KeySlot, StepId};
use last_resort::site::CampusField;
use last_resort::tui::key_store::KeyStore;
use last_resort::tui::keys::Key;
use last_resort::tui::model::{Model, Screen};
use last_resort::tui::msg::Msg;
use last_resort::tui::setup::Question;
use last_resort::tui::update::update;

/// The name of a picture, and the model it shows.
pub(crate) type Picture = (String, Model);

/// Returns the pictures of all screens.
pub(crate) fn all() -> Vec<Picture> {
    let errands = crate::screen::errands::pictures();
    [
        steps(),
        writes(),
        crate::screen::proofs::pictures(),
        words(),
        summaries(),
        errands,
        set_up(),
        helps(),
        crate::screen::proofs::helps(),
        crate::screen::whole::pictures(),
        crate::screen::ends::pictures(),
        crate::screen::board::pictures(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn named(name: &str, model: Model) -> Picture {
    (name.to_owned(), model)
}

/// The eight steps: while being read, when read, and after errors.
fn steps() -> Vec<Picture> {
    let mut all = Vec::new();
    for step in StepId::ALL {
        let name = |state: &str| format!("step-{}-{state}", step.as_str());
        let mut reading = opened(step).0;
        setups::later(&mut reading, 2);
        all.push((name("reading"), reading));
        all.push((name("fresh"), read(&fresh(), step)));
        all.push((name("written"), read(&written(), step)));
        all.push((name("done"), read(&done(), step)));
        all.push((name("unread"), read(&refused(), step)));
    }
    for (state, snapshot, steps) in [
        ("differs", strangers(), &[StepId::Connect, StepId::Patrons][..]),
        ("differs", drifted(), &[StepId::Partner, StepId::Parameters]),
    ] {
        all.extend(steps.iter().map(|step| (format!("step-{}-{state}", step.as_str()), read(&snapshot, *step))));
    }
    all.push(named("step-parameters-url", at_url()));
    all.push(named("step-failed", failed_check()));
    let mut copied = read(&written(), StepId::Rota);
    press(&mut copied, Key::Char('c'));
    all.push(named("step-rota-copied", copied));
    let mut last = read(&written(), StepId::Illiad);
    press(&mut last, Key::End);
    all.push(named("step-illiad-last", last));
    all
}

/// The wizard at ILLiad's address, which differs by one letter.
pub(crate) fn at_url() -> Model {
    let mut model = read(&drifted(), StepId::Parameters);
    choose(&mut model, "parameters.export.url");
    model
}

/// Moves down to a value.
pub(crate) fn choose(model: &mut Model, key: &str) {
    press(model, Key::Home);
    let at = |model: &Model| model.campus.as_ref().and_then(|c| c.finding()).map(|f| f.key.as_str().to_owned());
    while at(model).as_deref() != Some(key) {
        let before = at(model);
        press(model, Key::Down);
        assert_ne!(at(model), before, "{key} is not in the list");
    }
}

fn failed_check() -> Model {
    let (mut model, effects) = opened(StepId::Connect);
    let failure = Failure::new(FailureKind::Files, "The journal of 01CUNY_QC could not be read: permission denied.")
        .hint("make it readable for this user, then check again");
    update(&mut model, Msg::Checked { ticket: ticket_of(&effects), result: Err(failure) });
    model
}

/// A plan was requested on a step, and is not answered yet.
pub(crate) fn planning(snapshot: &Snapshot, step: StepId) -> (Model, last_resort::tui::msg::Ticket) {
    let mut model = read(snapshot, step);
    let effects = press(&mut model, Key::Enter);
    let ticket = ticket_of(&effects);
    (model, ticket)
}

/// The plan is shown.
pub(crate) fn planned(snapshot: &Snapshot, step: StepId) -> Model {
    let (mut model, ticket) = planning(snapshot, step);
    let result = Ok(Box::new(plan_of(snapshot, &[step])));
    assert_eq!(update(&mut model, Msg::Planned { ticket, result }), []);
    model
}

/// The campus code was typed, and the write is in flight.
pub(crate) fn writing(snapshot: &Snapshot, step: StepId) -> (Model, last_resort::tui::msg::Ticket) {
    let mut model = planned(snapshot, step);
    let effects = consent(&mut model, "01CUNY_QC");
    let ticket = ticket_of(&effects);
    (model, ticket)
}

/// A write has ended; `became` gives the result of each change.
pub(crate) fn ended(
    before: &Snapshot,
    after: &Snapshot,
    step: StepId,
    became: impl Fn(&Change) -> WriteResult,
) -> Model {
    let (mut model, ticket) = writing(before, step);
    let changes = plan_of(before, &[step]).changes;
    let results = changes.into_iter().map(|change| (became(&change), change)).map(|(r, c)| (c, r)).collect();
    let (report, snapshot) = (judge(after, &[step]), after.clone());
    let (plan, remarks, failure) = (String::new(), Vec::new(), None);
    let applied = ApplyResult { plan, results, report, snapshot, remarks, failure };
    reply(&mut model, Msg::Applied { ticket, result: Ok(Box::new(applied)) }, after);
    model
}

/// Answers a write and the check that follows it.
fn reply(model: &mut Model, msg: Msg, after: &Snapshot) {
    let effects = update(model, msg);
    let ticket = ticket_of(&effects);
    let result = Ok(Box::new(looked(after, &StepId::ALL)));
    assert_eq!(update(model, Msg::Checked { ticket, result }), []);
}

pub(crate) fn by_api(change: &Change) -> WriteResult {
    match change.action {
        last_resort::engine::plan::Action::ByHand => WriteResult::ByHand,
        _ => WriteResult::Written,
    }
}

fn writes() -> Vec<Picture> {
    let mut all = vec![
        named("plan-asked", planning(&drifted(), StepId::Parameters).0),
        named("plan-differs", planned(&drifted(), StepId::Parameters)),
        named("plan-creates", planned(&fresh(), StepId::Partner)),
    ];
    let mut production = planned(&drifted(), StepId::Parameters);
    production.campus.as_mut().expect("a campus").site = crate::screen::models::campus_in("production");
    all.push(named("plan-production", production));
    let mut wrong = planned(&drifted(), StepId::Parameters);
    type_text(&mut wrong, "01CUNY_BC");
    press(&mut wrong, Key::Enter);
    all.push(named("plan-wrong-code", wrong));
    let (mut nothing, ticket) = planning(&drifted(), StepId::Parameters);
    let result = Ok(Box::new(plan_of(&done(), &[StepId::Parameters])));
    update(&mut nothing, Msg::Planned { ticket, result });
    all.push(named("plan-nothing-due", nothing));
    let (mut hindered, ticket) = planning(&fresh(), StepId::Partner);
    let mut no_locations = fresh();
    no_locations.alma.locations = last_resort::engine::observed::Observation::Got(Vec::new());
    let result = Ok(Box::new(plan_of(&no_locations, &[StepId::Partner])));
    update(&mut hindered, Msg::Planned { ticket, result });
    all.push(named("plan-hindered", hindered));
    let (mut failed, ticket) = planning(&drifted(), StepId::Parameters);
    let failure =
        Failure::new(FailureKind::Network, "Alma at api-na.hosted.exlibrisgroup.com did not answer within 10 s.")
            .hint("try again; nothing was sent");
    update(&mut failed, Msg::Planned { ticket, result: Err(failure) });
    all.push(named("plan-failed", failed));
    let (mut flying, _) = writing(&drifted(), StepId::Parameters);
    setups::later(&mut flying, 3);
    all.push(named("writing", flying.clone()));
    press(&mut flying, Key::Ctrl('c'));
    all.push(named("writing-then-leaving", flying));
    all.extend(outcomes());
    all
}

fn network() -> Failure {
    Failure::new(
        FailureKind::Network,
        "Alma at api-na.hosted.exlibrisgroup.com did not answer the write in time; whether it took it is not known.",
    )
    .hint("read what stands there now before anything else: last-resort check partner parameters --campus 01CUNY_QC")
}

fn outcomes() -> Vec<Picture> {
    let step = StepId::Parameters;
    let mut all = vec![
        named("outcome-written", ended(&drifted(), &written(), step, by_api)),
        named("outcome-created", ended(&fresh(), &written(), StepId::Partner, by_api)),
    ];
    let kept = ended(&drifted(), &drifted(), step, |change| match by_api(change) {
        WriteResult::Written if change.key.as_str() == "parameters.export.url" => WriteResult::Kept,
        other => other,
    });
    all.push(named("outcome-kept", kept));
    for (name, failure) in [
        ("outcome-refused", refusal()),
        (
            "outcome-changed",
            Failure::new(FailureKind::Changed, "The record changed in Alma since the plan was made; nothing was sent."),
        ),
        ("outcome-unknown", network()),
    ] {
        let (mut model, ticket) = writing(&drifted(), step);
        reply(&mut model, Msg::Applied { ticket, result: Err(failure) }, &drifted());
        all.push(named(name, model));
    }
    all.push(named("undo", undo(false).0));
    all.push(named("undo-wrong-code", undo(true).0));
    let (mut undoing, ticket) = undone();
    all.push(named("undo-writing", undoing.clone()));
    all.extend(undo_of_a_creation());
    let words = "The record stands as it was before the write of 20:14:03; the export key was kept.".to_owned();
    let result = Ok(Box::new((words, judge(&drifted(), &StepId::ALL))));
    reply(&mut undoing, Msg::Undone { ticket, result }, &drifted());
    all.push(named("outcome-undone", undoing));
    let (mut not_undone, ticket) = undone();
    let failure = Failure::new(
        FailureKind::Refused,
        "Nothing was undone on 01CUNY_QC: the record changed in Alma since that write.",
    )
    .hint("review it: last-resort plan partner parameters --campus 01CUNY_QC");
    reply(&mut not_undone, Msg::Undone { ticket, result: Err(failure) }, &drifted());
    all.push(named("outcome-not-undone", not_undone));
    all
}

fn refusal() -> Failure {
    Failure::new(
        FailureKind::Refused,
        "Alma refused the change of partner ILLiad: Invalid location code OUT_RS_REQ (HTTP 400, 401871). Nothing was changed.",
    )
    .hint("set the value by hand as the card of the step shows it")
}

/// The screen before an undo; with a wrong campus code if `wrong` is set.
pub(crate) fn undo(wrong: bool) -> (Model, Vec<last_resort::tui::msg::Effect>) {
    let mut model = read(&written(), StepId::Parameters);
    assert_eq!(press(&mut model, Key::Char('u')), []);
    if !wrong {
        return (model, Vec::new());
    }
    type_text(&mut model, "QC");
    let effects = press(&mut model, Key::Enter);
    (model, effects)
}

/// The undo is in flight.
pub(crate) fn undone() -> (Model, last_resort::tui::msg::Ticket) {
    let (mut model, _) = undo(false);
    let effects = consent(&mut model, "01CUNY_QC");
    let ticket = ticket_of(&effects);
    (model, ticket)
}

/// The undo of a write that created the partner: asked for right after the write, in flight, and done.
fn undo_of_a_creation() -> Vec<Picture> {
    let mut model = ended(&fresh(), &written(), StepId::Partner, by_api);
    if let Some(UndoState::LastApply(written)) = model.campus.as_mut().map(|campus| &mut campus.undoable) {
        (written.verb, written.values) = (Verb::Create, 37);
    }
    press(&mut model, Key::Char('u'));
    let asked = model.clone();
    type_text(&mut model, "01CUNY_QC");
    let ticket = ticket_of(&press(&mut model, Key::Enter));
    let in_flight = model.clone();
    let words = "The partner ILLiad of 01CUNY_QC, which our write had created, was deleted.".to_owned();
    let result = Ok(Box::new((words, judge(&fresh(), &StepId::ALL))));
    reply(&mut model, Msg::Undone { ticket, result }, &fresh());
    let named = |(name, model): (&str, Model)| named(name, model);
    [("undo-created", asked), ("undo-created-writing", in_flight), ("outcome-deleted", model)].map(named).into()
}

/// Sign-offs and pasted values.
fn words() -> Vec<Picture> {
    let mut all = Vec::new();
    let mut sign = read(&written(), StepId::Rota);
    press(&mut sign, Key::Enter);
    all.push(named("sign-off", sign.clone()));
    type_text(&mut sign, "shown to me on the screen by OLS");
    press(&mut sign, Key::Enter);
    press(&mut sign, Key::Enter);
    all.push(named("sign-off-not-yet", sign.clone()));
    type_text(&mut sign, "yes");
    press(&mut sign, Key::Enter);
    all.push(named("sign-off-recording", sign.clone()));
    let mut long = read(&written(), StepId::Illiad);
    press(&mut long, Key::Enter);
    all.push(named("sign-off-many", long.clone()));
    long.practice = Some("fresh".to_owned());
    all.push(named("sign-off-practice", long));
    if let Screen::SignOff(screen) = &sign.screen {
        let ticket = job_ticket(&screen.job);
        let failure =
            Failure::new(FailureKind::Files, "The journal of 01CUNY_QC could not be written: no space left on device.")
                .hint("make room, then sign again");
        update(&mut sign, Msg::Attested { ticket, result: Err(failure) });
    }
    all.push(named("sign-off-failed", sign));
    let mut back = read(&done(), StepId::Rota);
    press(&mut back, Key::Char('a'));
    all.push(named("take-back", back.clone()));
    back.practice = Some("done".to_owned());
    all.push(named("take-back-practice", back));
    all.extend(pasted());
    all
}

/// Pasted values and forms.
fn pasted() -> Vec<Picture> {
    let mut all = Vec::new();
    let rule = |pasted: &str| {
        let mut model = read(&written(), StepId::Illiad);
        choose(&mut model, "illiad.routing.match_string");
        let want = model.campus.as_ref().and_then(|c| c.finding()).and_then(|f| f.want.clone()).expect("a value");
        press(&mut model, Key::Char('p'));
        paste(&mut model, &pasted.replace("WANT", &want).replace("CURLY", &want.replace('\'', "\u{2019}")));
        model
    };
    all.push(named("paste-back-empty", rule("")));
    let mut practice = rule("WANT");
    practice.practice = Some("fresh".to_owned());
    all.push(named("paste-back-practice", practice));
    all.push(named("paste-back-equal", rule("WANT")));
    all.push(named("paste-back-near-miss", rule("CURLY ")));
    all.push(named("paste-back-differs", rule("t.CitedIn LIKE '01CUNY%'")));
    let mut form = rule("QueueName: Request Imported From Alma\nNVTGC: ILL\nMatchString: WANT\nSave");
    all.push(named("paste-back-form", form.clone()));
    let effects = press(&mut form, Key::Enter);
    all.push(named("paste-back-recording", form.clone()));
    let failure =
        Failure::new(FailureKind::Files, "The journal of 01CUNY_QC could not be written: no space left on device.");
    update(
        &mut form,
        Msg::EvidenceRecorded { ticket: ticket_of(&effects), result: Err(failure.hint("make room, then try again")) },
    );
    all.push(named("paste-back-failed", form));
    let mut read_by_api = read(&written(), StepId::Partner);
    choose(&mut read_by_api, "partner.name");
    press(&mut read_by_api, Key::Char('p'));
    paste(&mut read_by_api, "Illiad");
    all.push(named("paste-back-read", read_by_api));
    let shown = shown(&written(), "rota.name", "Illiad");
    all.push(named("step-rota-shown", read(&shown, StepId::Rota)));
    all
}

fn job_ticket<T>(job: &last_resort::tui::model::Job<T>) -> last_resort::tui::msg::Ticket {
    match job {
        last_resort::tui::model::Job::Asked { ticket, .. } => *ticket,
        _ => panic!("the job was not requested"),
    }
}

/// The summary of a session that has read this snapshot.
pub(crate) fn summary(snapshot: &Snapshot) -> Model {
    let mut model = read(snapshot, StepId::Prove);
    press(&mut model, Key::Tab);
    assert!(matches!(model.screen, Screen::Summary(_)));
    model
}

fn summaries() -> Vec<Picture> {
    let mut reading = opened(StepId::Prove).0;
    press(&mut reading, Key::Tab);
    let mut remarked = looked(&drifted(), &StepId::ALL);
    remarked.result.remarks = vec!["Export URL does not lie on the campus's own ILLiad host.".to_owned()];
    let (mut remarks, effects) = opened(StepId::Prove);
    let ticket = ticket_of(&effects);
    update(&mut remarks, Msg::Checked { ticket, result: Ok(Box::new(remarked)) });
    press(&mut remarks, Key::Tab);
    let mut practice = summary(&written());
    practice.practice = Some("fresh".to_owned());
    let mut old = summary(&done());
    old.now = noon() + std::time::Duration::from_secs(3 * 24 * 3600);
    vec![
        named("summary-reading", reading),
        named("summary-fresh", summary(&fresh())),
        named("summary-written", practice),
        named("summary-differs", remarks),
        named("summary-unread", summary(&refused())),
        named("summary-done", old),
    ]
}

fn set_up() -> Vec<Picture> {
    let typed = |text: &str| {
        let mut model = setups::campuses();
        type_text(&mut model, text);
        model
    };
    let mut all = vec![
        named("setup-campus", setups::campuses()),
        named("setup-half-way", setups::half_way()),
        named("setup-going-on", setups::going_on()),
        named("setup-campus-narrowed", typed("queens")),
        named("setup-campus-unlisted", typed("01CUNY_XX")),
        named("setup-campus-none", typed("Harvard")),
    ];
    let mut several = setups::several();
    all.push(named("setup-campus-several", several.clone()));
    let ticket = ticket_of(&press(&mut several, Key::Enter));
    all.push(named("setup-campus-opening", several.clone()));
    let failure = Failure::new(FailureKind::CampusFile, "campuses/01CUNY_HC.toml, line 3: environment is \"test\".");
    update(&mut several, Msg::CampusStored { ticket, result: Err(failure) });
    all.push(named("setup-campus-broken", several));
    let (mut asking, effects) = setups::systems();
    setups::later(&mut asking, 2);
    all.push(named("setup-systems-asking", asking.clone()));
    setups::answer(&mut asking, &effects, Ok(setups::explored_without_keys()));
    all.push(named("setup-systems", asking.clone()));
    setups::focus(&mut asking, Question::Slot(CampusField::AlmaUrl));
    press(&mut asking, Key::Ctrl('u'));
    type_text(&mut asking, "ftp://alma");
    press(&mut asking, Key::Tab);
    all.push(named("setup-systems-refused", asking));
    all.push(named("setup-systems-keyed", setups::keyed()));
    let (mut choice, _) = setups::systems();
    setups::focus(&mut choice, Question::Slot(CampusField::Environment));
    press(&mut choice, Key::Right);
    all.push(named("setup-systems-choice", choice));
    let mut wrong = setups::keyed();
    setups::focus(&mut wrong, Question::Key(KeySlot::Export));
    press(&mut wrong, Key::BackTab);
    press(&mut wrong, Key::Ctrl('u'));
    paste(&mut wrong, "a-key-that-nobody-made-for-illiad");
    let effects = press(&mut wrong, Key::Tab);
    setups::answer(&mut wrong, &effects, Ok(setups::explored_wrong()));
    all.push(named("setup-systems-wrong", wrong));
    let (mut typed, _) = setups::systems();
    setups::focus(&mut typed, Question::Key(KeySlot::Alma));
    paste(&mut typed, SECRET);
    all.push(named("setup-systems-typed", typed));
    all.push(named("setup-places", setups::places()));
    all.push(named("setup-places-desk", desk()));
    all.push(named("setup-places-refused", refused_library()));
    all.extend(reviews());
    let mut again = read(&refused(), StepId::Connect);
    press(&mut again, Key::Enter);
    all.push(named("setup-key-again", again.clone()));
    press(&mut again, Key::PageUp);
    all.push(named("setup-campus-again", again));
    all
}

fn desk() -> Model {
    let mut model = setups::places();
    let effects = press(&mut model, Key::Enter);
    setups::answer(&mut model, &effects, Ok(setups::explored()));
    assert_eq!(model.setup.as_ref().map(|setup| setup.focus), Some(Question::Slot(CampusField::AlmaReceiveDesk)));
    model
}

fn refused_library() -> Model {
    let mut model = setups::places();
    type_text(&mut model, "MAIN");
    let effects = press(&mut model, Key::Enter);
    setups::answer(&mut model, &effects, Ok(setups::explored()));
    press(&mut model, Key::BackTab);
    model
}

fn reviews() -> Vec<Picture> {
    let mut all = vec![named("setup-review", setups::review())];
    let mut nowhere = setups::review();
    nowhere.setup.as_mut().expect("a set-up").store =
        KeyStore::Nowhere("no D-Bus session bus, so no Secret Service; the kernel refuses its keyring.".to_owned());
    all.push(named("setup-review-no-key-store", nowhere));
    let mut saving = setups::review();
    press(&mut saving, Key::Enter);
    all.push(named("setup-review-saving", saving.clone()));
    let ticket = job_ticket(&saving.setup.as_ref().expect("a set-up").saving);
    let failure = Failure::new(FailureKind::Key, "The key store could not keep the key: the collection is locked.")
        .hint("unlock it, then save again");
    update(&mut saving, Msg::CampusStored { ticket, result: Err(failure) });
    all.push(named("setup-review-failed", saving));
    // No key leads here with a question still open. If it ever happens, the page names the question.
    let mut wrong = setups::review();
    wrong.setup.as_mut().expect("a set-up").seen = Some(setups::explored_wrong());
    all.push(named("setup-review-wrong", wrong));
    let mut missing = setups::review();
    missing.setup.as_mut().expect("a set-up").draft.set(CampusField::AlmaLibrary, "");
    all.push(named("setup-review-missing", missing));
    all
}

/// The help over each screen.
fn helps() -> Vec<Picture> {
    let over = |name: &str, model: Model| {
        let mut model = model;
        press(&mut model, Key::F(1));
        (format!("help-{name}"), model)
    };
    let mut sign = read(&written(), StepId::Rota);
    press(&mut sign, Key::Enter);
    let mut pasting = read(&written(), StepId::Rota);
    press(&mut pasting, Key::Char('p'));
    vec![
        over("steps", read(&drifted(), StepId::Parameters)),
        over("plan", planned(&drifted(), StepId::Parameters)),
        over("outcome", ended(&drifted(), &written(), StepId::Parameters, by_api)),
        over("undo", undo(false).0),
        over("sign-off", sign),
        over("paste-back", pasting),
        over("summary", summary(&written())),
        over("campuses", setups::campuses()),
        over("form", setups::places()),
        over("review", setups::review()),
    ]
}

/// A session in practice.
pub(crate) fn in_practice(snapshot: &Snapshot, step: StepId) -> Model {
    let mut model = read(snapshot, step);
    model.practice = Some(start().practice.unwrap_or_else(|| "fresh".to_owned()));
    model
}

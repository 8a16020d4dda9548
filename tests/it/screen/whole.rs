//! Nothing on a screen is cut in silence: the whole text of a system's answer is a key away, and a cut line says that it is cut. The help
//! explains every mark that stands on a screen.
use crate::screen::models::{alma_unread, drifted, fresh, press, read};
use crate::screen::paint::{seen, words};
use crate::screen::pictures::{Picture, all, planning, writing};
use last_resort::engine::judge::Snapshot;
use last_resort::engine::observed::{UnreadKind, UnreadReason};
use last_resort::engine::whole_answer::WholeAnswer;
use last_resort::failure::{Failure, FailureKind};
use last_resort::line;
use last_resort::recipe::StepId;
use last_resort::tui::keys::{self, Key};
use last_resort::tui::model::{Job, Model, Screen};
use last_resort::tui::msg::{Intent, Msg};
use last_resort::tui::page::{self, Area};
use last_resort::tui::script::Mark;
use last_resort::tui::update::update;

const REQUEST: &str = "GET /almaws/v1/partners/ILLiad at api-na.hosted.exlibrisgroup.com";

fn whole() -> String {
    let middle: Vec<String> = (1..=160).map(|n| format!("reason{n}")).collect();
    format!("It begins here, {} and it ends here.", middle.join(" "))
}

/// Alma refused with a long text, of which the message has the beginning and the end.
fn snapshot() -> Snapshot {
    let mut snapshot = fresh();
    snapshot.alma = alma_unread(|| {
        let what =
            format!("{REQUEST} for 01CUNY_QC (sandbox): HTTP 500, with the text \"It begins here … ends here.\"");
        UnreadReason::new(UnreadKind::Down, what, "wait a little and check again")
    });
    snapshot
}

fn with_a_long_answer(step: StepId) -> Model {
    let mut model = read(&snapshot(), step);
    assert_eq!(
        update(&mut model, Msg::LongAnswers(vec![WholeAnswer { request: REQUEST.to_owned(), text: whole() }])),
        []
    );
    model
}

/// Screens of other tasks whose failure is a message with a long answer behind it.
fn of_other_tasks() -> Vec<(String, Model)> {
    let failed = || Failure::new(FailureKind::Refused, message("GET /x"));
    let tasks = ["golive-failed", "handoff-failed", "foretold-failed"];
    let pictures = crate::screen::errands::pictures().into_iter();
    let of_tasks = pictures.filter(|(name, _)| tasks.contains(&name.as_ref()));
    of_tasks
        .map(|(name, mut model)| {
            update(&mut model, kept("GET /x"));
            let at = model.now;
            match &mut model.screen {
                Screen::GoLive(screen) => screen.job = Job::Failed { failure: failed(), at },
                Screen::HandOff(screen) => screen.job = Job::Failed { failure: failed(), at },
                Screen::ForecastResult(screen) => screen.ended = Err(failed()),
                other => panic!("{other:?}"),
            }
            (name.replace("failed", "long-answer"), model)
        })
        .collect()
}

pub(crate) fn pictures() -> Vec<Picture> {
    let unread = with_a_long_answer(StepId::Partner);
    let mut shown = unread.clone();
    press(&mut shown, Key::Char('i'));
    let mut help = shown.clone();
    press(&mut help, Key::F(1));
    let named = |(name, model): (&str, Model)| (name.to_owned(), model);
    [
        ("step-partner-long-answer", unread),
        ("whole-answer", shown),
        ("help-whole-answer", help),
        ("plan-long-answer", no_plan()),
        ("outcome-long-answer", refused()),
        ("proof-long-answer", crate::screen::proofs::failed(message("POST /x"), kept("POST /x"))),
    ]
    .map(named)
    .into_iter()
    .chain(of_other_tasks())
    .collect()
}

/// A message about a request of which the answer was long.
fn message(request: &str) -> String {
    format!("{request} at a.host for 01CUNY_QC (sandbox): HTTP 400, 401871 \"It begins here … ends here.\"")
}

/// The whole answer to that request.
fn kept(request: &str) -> Msg {
    Msg::LongAnswers(vec![WholeAnswer { request: format!("{request} at a.host"), text: whole() }])
}

/// A plan could not be made.
fn no_plan() -> Model {
    let (mut model, ticket) = planning(&drifted(), StepId::Parameters);
    update(&mut model, kept("GET /x"));
    update(&mut model, Msg::Planned { ticket, result: Err(Failure::new(FailureKind::Network, message("GET /x"))) });
    model
}

/// Alma refused a write.
fn refused() -> Model {
    let (mut model, ticket) = writing(&drifted(), StepId::Parameters);
    update(&mut model, kept("GET /x"));
    update(&mut model, Msg::Applied { ticket, result: Err(Failure::new(FailureKind::Refused, message("PUT /x"))) });
    assert!(!offers_it(&model), "what was kept is the answer to another request");
    update(&mut model, kept("PUT /x"));
    model
}

fn offers_it(model: &Model) -> bool {
    keys::footer(model).iter().any(|of| of.intent == Intent::WholeAnswer)
}

#[test]
fn i_shows_the_whole_answer_and_is_offered_only_where_one_was_shortened() {
    let without = read(&snapshot(), StepId::Partner);
    assert!(!offers_it(&without));
    let mut model = without.clone();
    press(&mut model, Key::Char('i'));
    assert_eq!(model, without);
    let other = with_a_long_answer(StepId::Rota);
    assert!(!offers_it(&other), "no message about it is chosen there");

    let mut model = with_a_long_answer(StepId::Partner);
    assert!(offers_it(&model));
    let before = model.clone();
    press(&mut model, Key::Char('?'));
    assert!(
        words(&model, (80, 60)).contains("Shows what was asked and the whole answer"),
        "{}",
        words(&model, (80, 60))
    );
    press(&mut model, Key::Esc);
    press(&mut model, Key::Char('i'));
    let top = seen(&model);
    assert!(top.contains("What was asked and answered") && top.contains("It begins here"), "{top}");
    press(&mut model, Key::End);
    let end = seen(&model).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(end.contains("reason160 and it ends here."), "{end}");
    press(&mut model, Key::Esc);
    assert_eq!(model, before);
}

#[test]
fn i_works_wherever_such_a_message_stands() {
    let others = of_other_tasks().into_iter().map(|(_, model)| model);
    for mut model in [no_plan(), refused()].into_iter().chain(others) {
        let before = model.clone();
        assert!(offers_it(&model));
        press(&mut model, Key::Char('i'));
        assert!(seen(&model).contains("It begins here, reason1 "), "{}", seen(&model));
        press(&mut model, Key::Enter);
        assert_eq!(model, before);
    }
}

#[test]
fn line_mode_says_the_whole_answer_with_the_same_letter() {
    let mut model = with_a_long_answer(StepId::Partner);
    let prompt = line::prompt(&model);
    assert!(prompt.words.contains(" whole answer; "), "{}", prompt.words);
    assert!(
        line::help(&model, &prompt).iter().any(|line| line.starts_with("i: Shows what was asked and the whole answer")),
        "{prompt:?}"
    );
    let line::PromptAnswer::Send(msgs) = line::answer(&model, &prompt, "i") else { panic!("a key") };
    msgs.into_iter().for_each(|msg| drop(update(&mut model, msg)));
    update(&mut model, Msg::Resize(3900, 3900));
    let said: Vec<String> =
        line::listing(&model).blocks.into_iter().flat_map(|block| block.lines).map(|line| line.words).collect();
    assert!(said.join(" ").contains(&whole()), "{said:?}");
}

/// A row that is cut at the edge ends in dots, and so does a sentence whose other rows have no room.
#[test]
fn what_is_cut_in_any_window_ends_in_dots() {
    for (name, mut model) in all() {
        for (columns, rows) in [(80, 24), (40, 10), (60, 12)] {
            update(&mut model, Msg::Resize(columns, rows));
            let area = page::area(&model);
            let sheet = page::sheet(&model, area);
            let shown = words(&model, (columns, rows));
            let of = |what: &str| format!("{name} at {columns}x{rows}: {what}\n{shown}");
            assert_eq!(sheet.in_sight(area).len(), area.rows, "{}", of("rows fall off"));
            for rows in [&sheet.head, &sheet.foot] {
                let last = rows.last();
                assert!(!last.is_some_and(|row| row.goes_on), "{}", of("a sentence breaks off without dots"));
            }
            let too_wide = |row: &&last_resort::tui::row::Row| row.width() > area.columns;
            let lines: Vec<&str> = shown.lines().collect();
            for row in sheet.in_sight(area).iter().filter(too_wide) {
                let start: String = row.words().trim_end().chars().take(12).collect();
                let drawn = lines.iter().find(|line| line.contains(start.trim()));
                assert!(drawn.is_some_and(|line| line.contains('…')), "{}", of(&row.words()));
            }
        }
    }
}

/// The marks on a screen and the marks in its help come from one legend.
#[test]
fn the_help_explains_every_mark_on_the_screen() {
    let mut explained = 0;
    for (name, model) in all() {
        let mut helped = model.clone();
        update(&mut helped, Msg::Key(Intent::Help));
        if model.help.is_some() || helped.help.is_none() {
            continue;
        }
        let area = Area::of(160, 60);
        let marks = |model: &Model| -> Vec<Mark> {
            let sheet = page::sheet(model, area);
            sheet.head.iter().chain(&sheet.body).chain(&sheet.foot).filter_map(|row| row.mark()).collect()
        };
        let legend = marks(&helped);
        for mark in marks(&model).into_iter().filter(|mark| !matches!(mark, Mark::Busy(_))) {
            assert!(legend.contains(&mark), "{name}: {mark:?} is not explained");
            explained += 1;
        }
    }
    assert!(explained > 300, "{explained}");
}

/// The headings of the gates are the words of their marks.
#[test]
fn the_legend_of_going_live_has_the_headings_on_the_screen() {
    for name in ["golive-shut", "golive-open"] {
        let model = all().into_iter().find(|(of, _)| of == name).expect("a picture of that name").1;
        let shown = words(&model, (100, 80));
        let mut helped = model.clone();
        update(&mut helped, Msg::Key(Intent::Help));
        let help = words(&helped, (100, 80));
        let heading = |line: &&str| ["Not passed", "Not run; may hide a problem", "Passed"].contains(&line.trim());
        for line in shown.lines().filter(heading) {
            assert!(help.contains(line.trim()), "{line}\n{help}");
        }
    }
}

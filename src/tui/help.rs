//! The help. It is not in the list of screens: it opens over any screen, and shows that screen's keys and marks.
use crate::tui::keys;
use crate::tui::model::Model;
use crate::tui::mouse::Mouse;
use crate::tui::msg::{Effect, Intent};
use crate::tui::parts::area::Area;
use crate::tui::parts::marks::legend;
use crate::tui::parts::scroll::scroll;
use crate::tui::parts::sheet::Sheet;
use crate::tui::row::{Row, Tone, paragraph, wrap_beside};
use crate::tui::screen::dispatch::{self, behaviour};

/// Returns the rows of the help.
pub(in crate::tui) fn page(model: &Model, top: usize, area: Area) -> Sheet {
    let columns = area.columns.saturating_sub(1);
    let help = keys::help(model);
    let mut body = lines(&help.now, columns);
    body.extend(section(" Not available right now", lines(&help.otherwise, columns)));
    if let Some(words) = behaviour(&model.screen).enter_words(model) {
        body.insert(0, Row::of(Tone::Plain, " Enter now: ").add(Tone::Strong, words));
        body.insert(1, Row::blank());
    }
    body.extend(section(" Marks", marks(model, area)));
    if model.entry_under_help().is_some() {
        body.extend(section(" While typing", lines(&keys::editing_help(), columns)));
    }
    body.extend(section(" Mouse", mouse(model, columns)));
    Sheet {
        head: vec![Row::of(Tone::Heading, " Keys on this screen"), Row::blank()],
        body,
        top,
        foot: Vec::new(),
        ..Sheet::default()
    }
}

/// Rows under a heading, or nothing if there are no rows.
fn section(heading: &str, rows: Vec<Row>) -> impl Iterator<Item = Row> {
    let heading = (!rows.is_empty()).then(|| [Row::blank(), Row::of(Tone::Heading, heading)]);
    heading.into_iter().flatten().chain(rows)
}

/// The column where explanations begin, beside keys and marks.
const WORDS: usize = 18;

fn lines(rows: &[(String, &'static str)], columns: usize) -> Vec<Row> {
    rows.iter()
        .flat_map(|(keys, help)| {
            wrap_beside(Row::default().to(1).add(Tone::Key, keys).to(WORDS), Tone::Plain, help, columns)
        })
        .collect()
}

fn mouse(model: &Model, columns: usize) -> Vec<Row> {
    match model.mouse {
        Mouse::Terminals => paragraph(
            Tone::Plain,
            "The mouse selects text. Start with --mouse to click and scroll instead.",
            1,
            columns,
        ),
        Mouse::Ours => lines(
            &[
                ("Click".to_owned(), "Selects a step, a value, a line of a list or a field"),
                ("Wheel".to_owned(), "Moves the selection or scrolls"),
                ("Shift".to_owned(), "Hold it to select text with the mouse"),
            ],
            columns,
        ),
    }
}

/// What the marks on a screen mean. Empty if the screen has none.
fn marks(model: &Model, area: Area) -> Vec<Row> {
    let sheet = dispatch::page(model, area);
    let rows = sheet.head.iter().chain(&sheet.body).chain(&sheet.foot);
    legend(behaviour(&model.screen).marks(), rows.filter_map(Row::mark))
        .into_iter()
        .flat_map(|(mark, tone, words)| {
            let start = Row::default().to(1).add(tone, mark).to(WORDS);
            wrap_beside(start, Tone::Plain, words, area.columns.saturating_sub(1))
        })
        .collect()
}

/// Handles a key. `screenful` is the number of lines of a page.
pub(in crate::tui) fn key(model: &mut Model, intent: Intent, screenful: usize) -> Vec<Effect> {
    match (intent, model.help.as_mut()) {
        (Intent::Help | Intent::Back | Intent::Enter, _) => model.help = None,
        (_, Some(top)) => scroll(top, intent, screenful),
        (_, None) => {}
    }
    Vec::new()
}

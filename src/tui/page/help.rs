//! The keys of the screen it was opened on, from the one table.
use super::layout::Area;
use super::sheet::Sheet;
use crate::tui::keys;
use crate::tui::model::Model;
use crate::tui::mouse::Mouse;
use crate::tui::row::{Row, Tone, beside, paragraph};
use crate::tui::script::Mark;

/// The help.
pub(super) fn sheet(model: &Model, top: usize, area: Area) -> Sheet {
    let columns = area.columns.saturating_sub(1);
    let here = keys::under_help(model);
    let characters = keys::Characters::under_help(model);
    let help = keys::help(model);
    let mut body = lines(&help.now, columns);
    if !help.otherwise.is_empty() {
        body.push(Row::blank());
        body.push(Row::of(Tone::Heading, " Not for what is chosen now"));
        body.extend(lines(&help.otherwise, columns));
    }
    if let Some(words) = keys::enter_words_under_help(model) {
        body.insert(0, Row::of(Tone::Plain, " Enter now: ").add(Tone::Strong, words));
        body.insert(1, Row::blank());
    }
    let marks = marks(here, columns);
    if !marks.is_empty() {
        body.push(Row::blank());
        body.push(Row::of(Tone::Heading, " Marks"));
        body.extend(marks);
    }
    if characters == keys::Characters::Text {
        body.push(Row::blank());
        body.push(Row::of(Tone::Heading, " While typing"));
        body.extend(lines(&keys::editing_help(), columns));
    }
    body.push(Row::blank());
    body.push(Row::of(Tone::Heading, " Mouse"));
    body.extend(mouse(model, columns));
    Sheet { head: vec![Row::of(Tone::Heading, " Keys on this screen"), Row::blank()], body, top, foot: Vec::new() }
}

/// Where the words stand, beside keys and marks.
const WORDS: usize = 18;

fn lines(rows: &[(String, &'static str)], columns: usize) -> Vec<Row> {
    rows.iter()
        .flat_map(|(keys, help)| {
            beside(Row::default().to(1).add(Tone::Key, keys).to(WORDS), Tone::Plain, help, columns)
        })
        .collect()
}

fn mouse(model: &Model, columns: usize) -> Vec<Row> {
    match model.mouse {
        Mouse::Terminals => {
            paragraph(Tone::Plain, "It selects text. Started with --mouse, it chooses and scrolls instead.", 1, columns)
        }
        Mouse::Ours => lines(
            &[
                ("Click".to_owned(), "Chooses a step, a value, a line of a list or a field"),
                ("Wheel".to_owned(), "Moves or scrolls"),
                ("Shift".to_owned(), "Held, it leaves the mouse to the terminal, to select text"),
            ],
            columns,
        ),
    }
}

/// What the marks of a screen mean there; none where it has none.
fn marks(here: keys::Context, columns: usize) -> Vec<Row> {
    meanings(here)
        .iter()
        .flat_map(|(mark, tone, words)| {
            beside(Row::default().to(1).add(*tone, *mark).to(WORDS), Tone::Plain, words, columns)
        })
        .collect()
}

type Meaning = (Mark, Tone, &'static str);

fn meanings(here: keys::Context) -> &'static [Meaning] {
    use keys::Context as C;
    match here {
        C::Steps | C::Summary => &[
            (Mark::Same, Tone::Good, "as wanted: read from the system, or pasted, imported, seen to work"),
            (Mark::Differs, Tone::Bad, "differs, or is not there"),
            (Mark::Unread, Tone::Warn, "could not be read; never the same as missing"),
            (Mark::Waiting, Tone::Warn, "waits for a person, or was not read yet"),
            (Mark::Attested, Tone::Word, "a person signed it off"),
            (Mark::Blocked, Tone::Warn, "builds on a step that has nothing yet"),
            (Mark::Advice, Tone::Warn, "worth a look, and counts for nothing"),
        ],
        C::Outcome => &[
            (Mark::Same, Tone::Good, "written, or put back, and read again as that"),
            (Mark::Differs, Tone::Bad, "refused, or kept otherwise by Alma"),
            (Mark::Unread, Tone::Warn, "not known; the record is read again"),
            (Mark::Waiting, Tone::Warn, "not written: for a person, or held up"),
            (Mark::Advice, Tone::Warn, "worth a look"),
        ],
        C::Proved => &[
            (Mark::Same, Tone::Good, "seen to work; of a test request: cancelled and read again, or gone"),
            (Mark::Differs, Tone::Bad, "not as wanted; of a test request: not cancelled"),
            (Mark::Unread, Tone::Warn, "nothing was shown by it"),
            (Mark::Waiting, Tone::Warn, "not shown yet; of a test request: not made, or not there"),
        ],
        C::GoLive => &[
            (Mark::Same, Tone::Good, "fulfilled"),
            (Mark::Differs, Tone::Bad, "missing, and in the way"),
            (Mark::Waiting, Tone::Warn, "not looked at, and not in the way"),
            (Mark::Advice, Tone::Warn, "worth a look"),
        ],
        C::Plan => &[
            (Mark::Differs, Tone::Bad, "in the way of writing"),
            (Mark::Unread, Tone::Warn, "could not be read; never the same as missing"),
            (Mark::Waiting, Tone::Warn, "for a person; not written from here"),
        ],
        C::PasteBack => &[
            (Mark::Same, Tone::Good, "equal, letter by letter"),
            (Mark::Differs, Tone::Bad, "not equal"),
            (Mark::Unread, Tone::Warn, "cannot be told for sure, so it is not compared"),
        ],
        _ => &[],
    }
}

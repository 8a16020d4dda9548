//! Draws the first screen.
use super::state::WelcomeScreen;
use crate::tui::model::Model;
use crate::tui::parts::area::Area;
use crate::tui::parts::columned::columned;
use crate::tui::parts::sheet::Sheet;
use crate::tui::row::{PieceKind, Row, Tone, paragraph, wrap_beside};

/// Column where a step's owner stands.
const OWNER: usize = 18;

/// Column where a step's purpose stands.
const ABOUT: usize = 26;

/// What the program is for, its steps, and what to know before the first one.
pub(in crate::tui) fn page(model: &Model, screen: &WelcomeScreen, area: Area) -> Sheet {
    let columns = area.page_columns();
    let head = vec![Row::of(Tone::Heading, " Welcome")];
    let what = "This sets up ILLiad as the partner of last resort in Alma: when no other library can fill a request, \
                Alma hands it to ILLiad. There are eight steps:";
    let mut body = paragraph(Tone::Plain, what, 1, columns);
    body.push(Row::blank());
    for step in &model.recipe().steps {
        let row = Row::default().to(3).add(Tone::Strong, PieceKind::Label(step.title.clone()));
        let row = row.to(OWNER).add(Tone::Faint, step.owner.within(&model.consortium).as_str()).to(ABOUT);
        body.extend(wrap_beside(row, Tone::Plain, &step.about, columns));
    }
    let to_know = |columns: usize, _| {
        to_know(model).into_iter().flat_map(|(about, words)| known_rows(about, &words, columns)).collect()
    };
    Sheet { head, body, top: screen.top, ..Sheet::default() }.with_beside(area, to_know)
}

/// What to know, under its heading where there is little room beside it.
fn known_rows(about: &str, words: &str, columns: usize) -> Vec<Row> {
    const NARROW: usize = 60;
    if columns >= NARROW {
        return columned(about, OWNER, words, columns);
    }
    let mut rows = vec![Row::of(Tone::Strong, format!(" {about}"))];
    rows.extend(paragraph(Tone::Plain, words, 1, columns));
    rows.push(Row::blank());
    rows
}

/// What to know before the first step. Each office is named in full once.
fn to_know(model: &Model) -> Vec<(&'static str, String)> {
    let (office, from) = match (model.consortium.is_home(), &model.consortium.name) {
        (true, _) => ("The Office of Library Services (OLS)".to_owned(), "OLS"),
        (false, Some(name)) => (format!("The office of {name}"), "that office"),
        (false, None) => ("The office of your consortium".to_owned(), "that office"),
    };
    let writes = ("Your consent", "Nothing is written until you type the campus code.".to_owned());
    match model.practice {
        Some(_) => vec![
            ("Who", format!("{office} owns Alma. The campus owns ILLiad.")),
            ("What it takes", "Ten minutes. Quit at any time: a practice run saves nothing.".to_owned()),
            (
                "What you need",
                "Nothing. This Alma and this ILLiad are part of the program; nothing real is touched.".to_owned(),
            ),
            writes,
        ],
        None => vec![
            (
                "How long",
                format!(
                    "About an hour at the screens. {office} and the campus each have their part, so it may take weeks. \
                     Quit at any time: your work is saved."
                ),
            ),
            (
                "What you need",
                format!(
                    "An API key of Alma (from {from}), one of ILLiad (your ILLiad administrator makes it), and the EMPLIDs of two staff members who agreed to be looked up."
                ),
            ),
            writes,
        ],
    }
}

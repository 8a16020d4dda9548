//! A person's word.
use super::layout::Area;
use super::plan::about_failure;
use super::sheet::Sheet;
use super::steps::menu;
use super::{about, field};
use crate::recipe::{Channel, FieldKey};
use crate::tui::model::{Job, Model, SignOff, Typing, Way};
use crate::tui::row::{PieceKind, Row, Tone, beside, paragraph};
use crate::tui::text::{self, count, quoted};

/// A sign-off.
pub(super) fn sheet(model: &Model, screen: &SignOff, area: Area) -> Sheet {
    let Some(campus) = &model.campus else { return Sheet::default() };
    let columns = area.columns.saturating_sub(1);
    let (title, words) = match screen.way {
        Way::Sign => (
            format!(" Sign off {}", count(screen.keys.len(), "value")),
            "You say that you looked at the screen, and that each value stands there as it is written here.",
        ),
        Way::TakeBack => (
            format!(" Take back the word for {}", count(screen.keys.len(), "value")),
            "The value counts as waiting again. The journal keeps both words.",
        ),
    };
    let mut head = vec![Row::of(Tone::Heading, title)];
    let said: Vec<Row> = paragraph(Tone::Plain, words, 1, columns);
    if !area.is_low() {
        head.extend(said.iter().cloned());
    }
    head.push(Row::of(Tone::Plain, " Recorded with the time, and the name ").add(Tone::Strong, &model.user));
    if let Some(system) = practised(model, &screen.keys) {
        let words = match screen.way {
            Way::Sign => format!("Practice: what you sign off is also entered into the practice {system}."),
            Way::TakeBack => format!("Practice: taking it back changes nothing in the practice {system}."),
        };
        head.extend(paragraph(Tone::Plain, &words, 1, columns));
    }
    head.push(Row::blank());
    let mut body = if area.is_low() { said } else { Vec::new() };
    let findings: Vec<_> = screen.keys.iter().filter_map(|key| campus.find(key)).collect();
    let width = findings.iter().map(|finding| text::width(&finding.label)).max().unwrap_or(0).min(columns / 2);
    let mut last = String::new();
    for finding in findings {
        let way =
            model.recipe().group_of(&finding.key).map(|group| menu(model, &group.menu.0, columns.saturating_sub(1)));
        if let Some(way) = way.filter(|way| *way != last) {
            body.push(Row::of(Tone::Faint, format!(" {way}")));
            last = way;
        }
        let value = quoted(finding.want.as_deref().or(finding.got.as_deref()).unwrap_or_default());
        let label = PieceKind::Label(text::cut(&finding.label, width, model.script.dots()));
        let start = Row::default().to(3).add(Tone::Plain, label).to(3 + width + 2);
        body.extend(beside(start, Tone::Strong, &value, columns).into_iter().map(Row::confirmed));
    }
    if let Job::Failed { failure, .. } = &screen.job {
        body.push(Row::blank());
        body.extend(about_failure(failure, columns));
    }
    let rule = Row::rule(columns);
    let last = match screen.job.since() {
        Some(since) => about::busy(model, since).add(Tone::Plain, "Recording"),
        None => return Sheet { head, body, top: screen.top, foot: asked(model, screen, rule, columns) },
    };
    Sheet { head, body, top: screen.top, foot: vec![rule, last] }
}

/// Below this width the field needs the room more than the words before it.
const NARROW: usize = 60;

/// The field that is typed in: first the remark, then the word that signs.
fn asked(model: &Model, screen: &SignOff, rule: Row, columns: usize) -> Vec<Row> {
    let room = |start: &Row| columns.saturating_sub(start.width()).max(4);
    let words = match screen.way {
        Way::Sign if columns < NARROW => " Type yes, or a remark",
        Way::Sign => " Type yes to sign, or a remark first",
        Way::TakeBack => " A remark, if you like",
    };
    let mut rows = vec![rule];
    match screen.typing {
        Typing::Remark => {
            let start = Row::of(Tone::Plain, words).add(Tone::Plain, PieceKind::Colon);
            let room = room(&start);
            rows.push(field::focused(start, &screen.note, room, model.script.dots()));
        }
        Typing::Yes => {
            if !screen.note.text().trim().is_empty() {
                let start = Row::of(Tone::Plain, " With the remark").add(Tone::Plain, PieceKind::Colon);
                let room = room(&start);
                rows.push(field::resting(start, &screen.note, room, model.script.dots()));
            }
            let start = Row::of(Tone::Plain, " Type ").add(Tone::Strong, "yes").add(Tone::Plain, " to sign");
            let start = start.add(Tone::Plain, PieceKind::Colon);
            let room = room(&start).min(8);
            rows.push(field::focused(start, &screen.yes, room, model.script.dots()));
        }
    }
    rows.extend(screen.refused.iter().flat_map(|why| paragraph(Tone::Bad, why, 1, columns)));
    rows
}

/// The practice system that a person's hand has to enter these values into; none where nothing here is practice, or an API has them.
pub(super) fn practised<'a>(model: &'a Model, keys: &[FieldKey]) -> Option<&'a str> {
    model.practice.as_ref()?;
    let recipe = model.recipe();
    let by_hand = |key: &&FieldKey| recipe.field(key).is_some_and(|field| field.channel == Channel::Screen);
    let menu = &recipe.group_of(keys.iter().find(by_hand)?)?.menu;
    menu.0.first()?.split(' ').next()
}

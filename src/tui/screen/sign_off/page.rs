//! Draws the sign-off: the values and the fields.
use super::state::{SignOffField, SignOffKind, SignOffScreen};
use crate::engine::judge::{Evidence, Finding, Verdict};
use crate::recipe::BLANK;
use crate::tui::job::Job;
use crate::tui::model::{Campus, Model};
use crate::tui::parts::agreed::agreed_rows;
use crate::tui::parts::area::Area;
use crate::tui::parts::failure::about_failure;
use crate::tui::parts::practice::practised;
use crate::tui::parts::sheet::Sheet;
use crate::tui::parts::step::menu;
use crate::tui::parts::{field, judgement};
use crate::tui::row::{PieceKind, Row, RowKind, Tone, hanging, paragraph, wrap_beside};
use crate::tui::script::Mark;
use crate::tui::text::{self, count, quoted};

/// The values to sign off, and the fields for the remark and for `yes`.
pub(in crate::tui) fn page(model: &Model, screen: &SignOffScreen, area: Area) -> Sheet {
    let Some(campus) = &model.campus else { return Sheet::default() };
    let columns = area.columns.saturating_sub(1);
    let (title, words) = match screen.way {
        SignOffKind::Sign => (
            format!(" Sign off {}", count(screen.keys.len(), "value")),
            match model.practice {
                Some(_) => "On a real campus you confirm here that every value on the screen matches this list.",
                None => "You confirm that you checked the screen and that every value matches this list.",
            },
        ),
        SignOffKind::TakeBack => (
            format!(" Withdraw the sign-off for {}", count(screen.keys.len(), "value")),
            "The value is then waiting again. The journal keeps the sign-off and the withdrawal.",
        ),
    };
    let side_at = area.page_side_at();
    let mut said = paragraph(Tone::Plain, words, 1, side_at.map_or(columns, |at| columns - at));
    let recorded = recorded(model, screen, side_at.map_or(columns, |at| columns - at));
    // A low window scrolls the sentence with the values.
    let mut body = if area.is_low() { std::mem::take(&mut said) } else { Vec::new() };
    said.extend(recorded);
    body.extend(values(model, campus, screen, area.page_columns()));
    if let Job::Failed { failure, .. } = &screen.job {
        body.push(Row::blank());
        body.extend(about_failure(failure, area.page_columns()));
    }
    let mut foot = vec![Row::rule(columns)];
    match screen.job.since() {
        Some(since) => foot.push(judgement::busy_with(model, since, Tone::Plain, "Recording")),
        None => foot.extend(asked(model, screen, columns)),
    }
    let mut head = vec![Row::of(Tone::Heading, title), Row::blank()];
    let top = screen.top;
    match side_at {
        Some(side_at) => Sheet { head, body, top, foot, side: said, side_at },
        None => {
            head.splice(1..1, said);
            Sheet { head, body, top, foot, ..Sheet::default() }
        }
    }
}

/// Under which name it is recorded, and what it does in practice.
fn recorded(model: &Model, screen: &SignOffScreen, columns: usize) -> Vec<Row> {
    let start = Row::of(Tone::Plain, " Recorded with the time and the name ");
    let mut rows = match start.width() + text::width(&model.user) <= columns {
        true => vec![start.add(Tone::Strong, &model.user)],
        false => paragraph(Tone::Plain, &format!("Recorded with the time and the name {}", model.user), 1, columns),
    };
    if let Some(system) = practised(model, &screen.keys) {
        let words = match screen.way {
            SignOffKind::Sign => format!("Practice: what you sign off is also entered into the practice {system}."),
            SignOffKind::TakeBack => format!("Practice: withdrawing it changes nothing in the practice {system}."),
        };
        rows.extend(paragraph(Tone::Plain, &words, 1, columns));
    }
    rows
}

/// The values, under the menu paths of their screens.
fn values(model: &Model, campus: &Campus, screen: &SignOffScreen, columns: usize) -> Vec<Row> {
    let findings: Vec<_> = screen.keys.iter().filter_map(|key| campus.find(key)).collect();
    let width = findings.iter().map(|finding| text::width(&finding.label)).max().unwrap_or(0).min(columns / 2);
    let mut rows = Vec::new();
    let mut last = String::new();
    for finding in findings {
        let way = model.recipe().group_at(&campus.site, &finding.key);
        let way = way.map(|group| menu(model, &group.menu.0, columns.saturating_sub(1)));
        if let Some(way) = way.filter(|way| *way != last) {
            rows.push(Row::of(Tone::Faint, format!(" {way}")).of_kind(RowKind::MenuPath));
            last = way;
        }
        let value = quoted(finding.want.as_deref().or(finding.got.as_deref()).unwrap_or_default());
        let label = PieceKind::Label(text::cut(&finding.label, width, model.script.dots()));
        let start = Row::default().to(3).add(Tone::Plain, label).to(3 + width + 2);
        rows.extend(wrap_beside(start, Tone::Strong, &value, columns).into_iter().map(Row::confirmed));
        rows.extend(agreed_rows(finding.agreed.as_ref(), 5, columns).into_iter().map(Row::confirmed));
        if screen.way == SignOffKind::Sign && finding.verdict == Verdict::Differs(Evidence::Imported) {
            rows.extend(contradiction(finding, columns).into_iter().map(Row::confirmed));
        }
    }
    rows
}

/// What evidence shows instead of a value that is about to be signed off, and that it stays in view.
fn contradiction(finding: &Finding, columns: usize) -> Vec<Row> {
    let got = finding.got.as_deref().filter(|got| !got.is_empty()).unwrap_or(BLANK);
    let origin = finding.origin.as_ref().map_or(String::new(), |origin| format!(", {}", origin.words()));
    let words = format!(
        "Evidence shows {}{origin}. It stays visible beside your sign-off, and you cannot go live until newer evidence agrees.",
        quoted(got)
    );
    hanging((Tone::Bad, Mark::Differs), Tone::Plain, &words, 3, columns)
}

/// Below this width shorter words leave more room for the field.
const NARROW: usize = 60;

/// The remark, and below it the word `yes`. One of them has the cursor; both are always there, so that a person sees what is asked.
fn asked(model: &Model, screen: &SignOffScreen, columns: usize) -> Vec<Row> {
    let remark = if columns < NARROW { " Remark" } else { " Remark (optional)" };
    let remark = |tone| Row::of(tone, remark);
    let yes = |tone| Row::of(tone, " Type ").add(Tone::Strong, "yes").add(tone, " to sign");
    let mut rows: Vec<Row> = screen.refused.iter().flat_map(|why| paragraph(Tone::Bad, why, 1, columns)).collect();
    rows.push(field_row(model, screen, SignOffField::Remark, remark, columns));
    if screen.way == SignOffKind::Sign {
        rows.push(field_row(model, screen, SignOffField::Yes, yes, columns));
    }
    rows
}

/// A field with its label. The words of an empty field without the cursor are for the eye: line mode asks for it in its turn.
fn field_row(
    model: &Model,
    screen: &SignOffScreen,
    of: SignOffField,
    label: impl Fn(Tone) -> Row,
    columns: usize,
) -> Row {
    let here = screen.typing == of;
    let start = label(if here { Tone::Strong } else { Tone::Plain }).add(Tone::Plain, PieceKind::Colon);
    let room = columns.saturating_sub(start.width()).max(4);
    let (entry, room) = match of {
        SignOffField::Remark => (&screen.note, room),
        SignOffField::Yes => (&screen.yes, room.min(8)),
    };
    match (here, entry.is_empty()) {
        (true, _) => field::focused(start, entry, room, model.script.dots()),
        (false, true) => start.of_kind(RowKind::FieldLabel),
        (false, false) => field::resting(start, entry, room, model.script.dots()),
    }
}

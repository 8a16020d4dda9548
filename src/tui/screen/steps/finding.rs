//! Draws one value of a step: mark, label and value, or the expected and the found value, with the evidence or the reason.
use crate::engine::judge::{Evidence, Finding, Verdict};
use crate::text::clean;
use crate::tui::model::Model;
use crate::tui::parts::difference::{LABELS, wanted_and_found};
use crate::tui::parts::judgement;
use crate::tui::parts::step::{found_words, reason_of, shared_reasons};
use crate::tui::row::{PieceKind, Row, RowKind, Tone, hanging, wrap_beside};
use crate::tui::script::Mark;
use crate::tui::text::{self, quoted};
use std::borrow::Cow;

/// Columns where the parts of a line begin.
const MARK: usize = 2;
const LABEL: usize = 4;

/// Whether a list shows long values whole, or one line of each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ValueLength {
    Whole,
    Cut,
}

/// The layout that all values of a step share.
pub(super) struct ValueLayout<'a> {
    model: &'a Model,
    columns: usize,
    value: usize,
    /// Reasons shown once for the whole step.
    pub(super) shared: Vec<String>,
    read: bool,
    length: ValueLength,
}

impl<'a> ValueLayout<'a> {
    /// Works out the columns. Labels get the room they need, but at most half of the width.
    pub(super) fn of(model: &'a Model, findings: &[Finding], columns: usize, read: bool, length: ValueLength) -> Self {
        // One blank column separates the lines from the scroll mark.
        let columns = columns.saturating_sub(2);
        let longest = findings.iter().map(|finding| text::width(&finding.label)).max().unwrap_or(0);
        let label = longest.clamp(8, columns.div_ceil(2).saturating_sub(2).max(8));
        let shared = match model.campus.as_ref().filter(|_| read) {
            Some(campus) => shared_reasons(&campus.here().report).into_iter().map(|(reason, ..)| reason).collect(),
            None => Vec::new(),
        };
        Self { model, columns, value: LABEL + label + 2, shared, read, length }
    }

    /// Columns left for a value beside its label.
    fn room(&self) -> usize {
        self.columns.saturating_sub(self.value)
    }

    /// Whether the list shows the whole value, so that the details need not repeat it.
    pub(super) fn tells_all(&self, finding: &Finding) -> bool {
        match (&finding.verdict, self.read) {
            (Verdict::Differs(Evidence::Proved), true) => true,
            (Verdict::Differs(_), true) => !matches!(Both::of(self, finding), Both::Cut(_)),
            (Verdict::Absent | Verdict::Waiting(_) | Verdict::Unread(_), true) if !self.of_procedure(finding) => false,
            _ => self.length == ValueLength::Whole || text::width(&value_beside_label(finding)) <= self.room(),
        }
    }

    /// Whether a value belongs to the procedure. Such a value is shown as wanted before it exists; the result of another check is not.
    pub(super) fn of_procedure(&self, finding: &Finding) -> bool {
        self.model.recipe().field(&finding.key).is_some()
    }

    /// Whether the finding was proved before the last change, so that it is to be proved again.
    fn is_outdated(&self, finding: &Finding) -> bool {
        self.model.campus.as_ref().is_some_and(|campus| campus.here().report.is_outdated(finding))
    }

    fn start(&self, finding: &Finding, picked: bool) -> Row {
        let (mark, tone) = match self.read {
            true if self.is_outdated(finding) => (Mark::Waiting, Tone::Warn),
            true => judgement::verdict_mark(&finding.verdict, finding.weight),
            false => (Mark::Waiting, Tone::Faint),
        };
        let label = self.label(finding).swap_remove(0);
        Row::of(Tone::Plain, PieceKind::pointer(picked))
            .to(MARK)
            .add(tone, mark)
            .to(LABEL)
            .add(if picked { Tone::Picked } else { Tone::Plain }, PieceKind::Label(label))
            .of_kind(RowKind::Value)
    }

    /// The label, in as many lines as it needs beside a value.
    fn label(&self, finding: &Finding) -> Vec<String> {
        text::wrap(&finding.label, self.value - LABEL - 1)
    }
}

/// The lines of one value in the list, beside its label. A long label takes several lines too.
pub(super) fn value_rows(looks: &ValueLayout<'_>, finding: &Finding, picked: bool) -> Vec<Row> {
    let mut rows = beside_label(looks, finding, picked);
    for (at, line) in looks.label(finding).into_iter().enumerate().skip(1) {
        let label =
            Row::default().to(LABEL).add(if picked { Tone::Picked } else { Tone::Plain }, PieceKind::Label(line));
        match rows.get_mut(at).filter(|row| row.starts_at() >= looks.value) {
            Some(row) => *row = label.before(std::mem::take(row)),
            None => rows.insert(at.min(rows.len()), label),
        }
    }
    rows
}

fn beside_label(looks: &ValueLayout<'_>, finding: &Finding, picked: bool) -> Vec<Row> {
    let start = looks.start(finding, picked);
    if !looks.read {
        return match finding.want.as_deref().filter(|_| looks.of_procedure(finding)) {
            Some(want) => one_line(looks, start.of_kind(RowKind::Wanted), Tone::Faint, want, &with_agreed(finding, "")),
            None => vec![start.to(looks.value).add(Tone::Faint, PieceKind::Dots)],
        };
    }
    let shown = value_beside_label(finding);
    match &finding.verdict {
        Verdict::Same(_) => {
            // Some labels say it already.
            let note = match looks.is_outdated(finding) {
                true => "before the last change",
                false => judgement::evidence_words(&finding.verdict),
            };
            let note = if !note.is_empty() && finding.label.ends_with(note) { "" } else { note };
            one_line(looks, start, Tone::Plain, &shown, &with_agreed(finding, note))
        }
        // Why a proof failed is never cut.
        Verdict::Differs(Evidence::Proved) => {
            let mut rows = one_line(looks, start, Tone::Bad, judgement::evidence_words(&finding.verdict), "");
            let why = finding.got.as_deref().unwrap_or_default();
            rows.extend(hanging((Tone::Plain, " "), Tone::Plain, why, LABEL, looks.columns));
            rows
        }
        Verdict::Differs(_) => differs(looks, start, finding),
        Verdict::Attested(said) => {
            let note = format!("{}, {}", said.who, looks.model.clock(said.when));
            one_line(looks, start, Tone::Plain, &shown, &with_agreed(finding, &note))
        }
        Verdict::Contradicted(against) => {
            let said = &against.sign_off;
            let note = format!("{}, {}", said.who, looks.model.clock(said.when));
            let mut rows = one_line(looks, start, Tone::Plain, &shown, &note);
            let words = format!("contradicted: {}", clean(&against.words(), 400));
            rows.extend(hanging((Tone::Bad, " "), Tone::Bad, &words, LABEL, looks.columns));
            rows
        }
        Verdict::Absent | Verdict::Waiting(_) | Verdict::Unread(_) => {
            let (want, kind) = match &finding.verdict {
                _ if looks.of_procedure(finding) => (shown.as_ref(), RowKind::Wanted),
                Verdict::Unread(_) => ("unknown", RowKind::Value),
                _ => ("not yet", RowKind::Value),
            };
            let tone = if matches!(finding.verdict, Verdict::Unread(_)) { Tone::Faint } else { Tone::Plain };
            let mut rows = one_line(looks, start.of_kind(kind), tone, want, &with_agreed(finding, ""));
            let reason = reason_of(finding).filter(|reason| !looks.shared.contains(reason));
            rows.extend(
                reason.iter().flat_map(|reason| hanging((Tone::Faint, " "), Tone::Faint, reason, LABEL, looks.columns)),
            );
            rows
        }
    }
}

/// A note beside a value, with the remark that the value was agreed on instead of the procedure's.
fn with_agreed(finding: &Finding, note: &str) -> String {
    match (&finding.agreed, note) {
        (None, note) => note.to_owned(),
        (Some(_), "") => "agreed".to_owned(),
        (Some(_), note) => format!("agreed; {note}"),
    }
}

/// The value shown beside the label: what was found, or what is wanted.
pub(super) fn value_beside_label(finding: &Finding) -> Cow<'_, str> {
    let (want, got) = (finding.want.as_deref(), finding.got.as_deref());
    match finding.verdict {
        Verdict::Attested(_)
        | Verdict::Contradicted(_)
        | Verdict::Absent
        | Verdict::Waiting(_)
        | Verdict::Unread(_) => want.or(got),
        Verdict::Same(_) | Verdict::Differs(_) => got.or(want),
    }
    .map_or(Cow::Borrowed(""), quoted)
}

/// The value beside its label: wrapped, or cut to fit. In that case the details show a chosen value in full.
fn one_line(looks: &ValueLayout<'_>, start: Row, tone: Tone, value: &str, note: &str) -> Vec<Row> {
    let room = looks.room();
    let beside = text::width(value) + 2 + text::width(note);
    if looks.length == ValueLength::Whole && text::width(value) > room {
        let note =
            Row::default().to(looks.value).add(Tone::SignedOff, text::cut(note, room, looks.model.script.dots()));
        let value = wrap_beside(start.to(looks.value), tone, value, looks.columns);
        return value.into_iter().chain([note].into_iter().filter(|note| note.pieces.len() > 1)).collect();
    }
    if note.is_empty() || beside <= room {
        let value = text::cut(value, room, looks.model.script.dots());
        let row = start.to(looks.value).add(tone, value);
        return vec![if note.is_empty() { row } else { row.right(looks.columns, Tone::SignedOff, note) }];
    }
    let value = text::cut(value, room, looks.model.script.dots());
    let note = text::cut(note, room, looks.model.script.dots());
    vec![start.to(looks.value).add(tone, value), Row::default().to(looks.value).add(Tone::SignedOff, note)]
}

fn differs(looks: &ValueLayout<'_>, start: Row, finding: &Finding) -> Vec<Row> {
    let pair = |start, at, (want, got): &(String, String)| {
        wanted_and_found(looks.model.script, start, at, (want, got), looks.columns)
    };
    match &Both::of(looks, finding) {
        Both::Beside(values) => pair(start.of_kind(RowKind::Expected), looks.value, values),
        Both::Below(values) | Both::Cut(values) => {
            std::iter::once(start).chain(pair(Row::default(), LABEL, values)).collect()
        }
    }
}

/// A wanted and a found value, and where they stand.
enum Both {
    /// In one line each, the first one beside the label.
    Beside((String, String)),
    /// Whole, below the label.
    Below((String, String)),
    /// In one line each below the label, cut so that the difference stays visible.
    Cut((String, String)),
}

impl Both {
    /// Longer values are cut in the list. The details below it show them in full.
    const MOST_LINES: usize = 2;

    fn of(looks: &ValueLayout<'_>, finding: &Finding) -> Self {
        let want = quoted(finding.want.as_deref().unwrap_or_default()).into_owned();
        let got = found_words(finding).into_owned();
        if LABELS + text::width(&want).max(text::width(&got)) <= looks.room() {
            return Self::Beside((want, got));
        }
        let room = looks.columns.saturating_sub(LABEL + LABELS);
        let lines = text::wrap(&want, room).len().max(text::wrap(&got, room).len());
        match looks.length == ValueLength::Whole || lines <= Self::MOST_LINES {
            true => Self::Below((want, got)),
            false => Self::Cut(text::cut_alike(&want, &got, room, looks.model.script.dots())),
        }
    }
}

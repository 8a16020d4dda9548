//! One value of a step: mark, label, value; what should be and what is; who said so; why not.
use super::about;
use super::steps::{reason_of, shared_reasons};
use crate::engine::{Finding, Place, StepReport, Verdict};
use crate::recipe::StepId;
use crate::tui::model::Model;
use crate::tui::row::{Row, Tone, hanging};
use crate::tui::script::{Mark, Script};
use crate::tui::text;

/// Where a value's parts stand.
const MARK: usize = 2;
const LABEL: usize = 4;

/// What all values of a step share in looks.
pub(super) struct Looks<'a> {
    model: &'a Model,
    script: Script,
    columns: usize,
    value: usize,
    /// Reasons told for the step as a whole.
    pub(super) shared: Vec<String>,
    read: bool,
}

impl<'a> Looks<'a> {
    /// Labels get the room they need, but not much more than the values.
    pub(super) fn of(model: &'a Model, findings: &[Finding], columns: usize, read: bool) -> Self {
        let columns = columns.saturating_sub(1);
        let longest = findings.iter().map(|finding| text::width(&finding.label)).max().unwrap_or(0);
        let label = longest.clamp(8, (columns / 2).saturating_sub(2).max(8));
        let shared = match model.campus.as_ref().filter(|_| read) {
            Some(campus) => shared_of(&campus.here().report),
            None => Vec::new(),
        };
        Self { model, script: model.script, columns, value: LABEL + label + 2, shared, read }
    }

    /// Columns for a value beside its label.
    pub(super) fn room(&self) -> usize {
        self.columns.saturating_sub(self.value)
    }

    fn start(&self, finding: &Finding, picked: bool) -> Row {
        let (mark, tone) = if self.read {
            about::verdict_mark(&finding.verdict, finding.weight)
        } else {
            (Mark::Waiting, Tone::Faint)
        };
        let label = text::cut(&finding.label, self.value - LABEL - 1, self.script.dots());
        let point = if picked { self.script.pointer() } else { " " };
        Row::of(Tone::Strong, point)
            .to(MARK)
            .add(tone, self.script.mark(mark))
            .to(LABEL)
            .add(if picked { Tone::Picked } else { Tone::Plain }, label)
    }
}

fn shared_of(report: &StepReport) -> Vec<String> {
    shared_reasons(report).into_iter().map(|(reason, ..)| reason).collect()
}

/// The lines of a value.
pub(super) fn value_rows(looks: &Looks<'_>, finding: &Finding, picked: bool) -> Vec<Row> {
    let start = looks.start(finding, picked);
    if !looks.read {
        // What the procedure wants may be read meanwhile; a result that is only hoped for may not.
        let of_procedure = looks.model.recipe().field(&finding.key).is_some();
        let want = finding.want.as_deref().filter(|_| of_procedure).unwrap_or(looks.script.dots());
        return one_line(looks, start, Tone::Faint, want, "");
    }
    let shown = finding.got.as_deref().or(finding.want.as_deref()).unwrap_or_default();
    match &finding.verdict {
        Verdict::Same(_) => one_line(looks, start, Tone::Plain, shown, about::evidence_words(&finding.verdict)),
        Verdict::Differs(_) => differs(looks, start, finding),
        Verdict::Attested(said) => {
            let note = format!("{}, {}", said.who, looks.model.clock(said.when));
            let value = finding.want.as_deref().unwrap_or(shown);
            one_line(looks, start, Tone::Plain, value, &note)
        }
        Verdict::Absent | Verdict::Waiting(_) | Verdict::Unread(_) => {
            let want = finding.want.as_deref().unwrap_or_default();
            let tone = if matches!(finding.verdict, Verdict::Unread(_)) { Tone::Faint } else { Tone::Plain };
            let mut rows = one_line(looks, start, tone, want, "");
            let reason = reason_of(finding).filter(|reason| !looks.shared.contains(reason));
            rows.extend(
                reason.iter().flat_map(|reason| hanging((Tone::Faint, " "), Tone::Faint, reason, LABEL, looks.columns)),
            );
            rows
        }
    }
}

/// The value beside its label, cut where it must be; what is long is told in full below the list when it is chosen.
fn one_line(looks: &Looks<'_>, start: Row, tone: Tone, value: &str, note: &str) -> Vec<Row> {
    let room = looks.room();
    let beside = text::width(value) + 2 + text::width(note);
    if note.is_empty() || beside <= room {
        let value = text::cut(value, room, looks.script.dots());
        let row = start.to(looks.value).add(tone, value);
        return vec![if note.is_empty() { row } else { row.right(looks.columns, Tone::Word, note) }];
    }
    let value = text::cut(value, room, looks.script.dots());
    let note = text::cut(note, room, looks.script.dots());
    vec![start.to(looks.value).add(tone, value), Row::default().to(looks.value).add(Tone::Word, note)]
}

fn differs(looks: &Looks<'_>, start: Row, finding: &Finding) -> Vec<Row> {
    let holder = holder(finding);
    let nothing = if matches!(finding.place, Place::Api(_)) { "nothing" } else { "[blank]" };
    let want = finding.want.as_deref().unwrap_or_default();
    let got = finding.got.as_deref().unwrap_or(nothing);
    let words = text::width("should be").max(text::width(holder)) + 2;
    let fits = words + text::width(want).max(text::width(got)) <= looks.room();
    let (at, room) = if fits {
        (looks.value, looks.room() - words)
    } else {
        (LABEL + 2, looks.columns.saturating_sub(LABEL + 2 + words))
    };
    let (want, got) = text::cut_alike(want, got, room, looks.script.dots());
    let second = Row::default().to(at).add(Tone::Faint, holder).to(at + words).add(Tone::Bad, got);
    if fits {
        return vec![start.to(at).add(Tone::Faint, "should be").to(at + words).add(Tone::Good, want), second];
    }
    let first = Row::default().to(at).add(Tone::Faint, "should be").to(at + words).add(Tone::Good, want);
    vec![start, first, second]
}

/// Who has what is not as wanted.
pub(super) fn holder(finding: &Finding) -> &'static str {
    match (&finding.place, finding.key.step()) {
        (_, Some(StepId::Patrons)) => "found",
        (Place::Api(at), _) if at.starts_with("SystemInfo") => "ILLiad has",
        (Place::Api(_), _) => "Alma has",
        (Place::Screen(_), _) => "there is",
    }
}

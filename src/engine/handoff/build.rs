//! Builds the hand-off from a check and the journal.
use super::document::{Cell, Chapter, Document, DocumentBlock, Masthead, RowGroup, Systems, Table};
use super::row::{EvidenceRow, HandoffInput, OtherFinding, evidence_rows, words};
use super::scrub::scrubbed;
use super::ticket::reply;
use super::todo::cards;
use super::verdict_kind::VerdictKind;
use super::wait::{OpenStep, open_steps};
use crate::engine::golive::{GateCount, gates};
use crate::engine::judge::{Finding, Report, Snapshot, StepReport};
use crate::recipe::{Owner, Recipe, StepId};
use crate::site::{Site, Stance};
use crate::text::clean;

/// Builds the hand-off. `report` must hold all steps and be made from this snapshot. For a `reader`, it has only the steps that this side
/// owns, and can be sent by itself.
pub fn build(
    recipe: &Recipe,
    site: &Site,
    snapshot: &Snapshot,
    report: &Report,
    remarks: &[String],
    systems: Systems,
    reader: Option<Owner>,
) -> Document {
    let conditions = GateCount::of(&gates(recipe, site, snapshot, report));
    let reader = reader.map(|owner| owner.at(site));
    let steps = report.steps.iter().filter(|step| reader.is_none_or(|owner| step.owner == owner)).cloned();
    let report = &Report { at: report.at, steps: steps.collect() };
    let input = HandoffInput { recipe, site, snapshot, report };
    let values = evidence_rows(input);
    let waits = open_steps(input, &values);
    let findings: Vec<OtherFinding> = report.steps.iter().flat_map(|step| other_findings(recipe, site, step)).collect();
    let masthead = masthead(input, &values, conditions, reader);
    let mark = systems.mark();
    let (subject, blocks) = reply(&masthead, systems, report, &values, &findings, &waits);
    let mut to_do = cards(input, &values, mark);
    if to_do.is_empty() {
        to_do.push(DocumentBlock::Notice(nothing_left(site.stance, reader).to_owned()));
    }
    let mut others = vec![
        Chapter::of("todo", format!("{mark}To-do card"), to_do),
        Chapter::of("before", "Checks and proofs", vec![findings_table(&findings)]),
        Chapter::of(
            "evidence",
            format!("Evidence: all {} values", values.len()),
            vec![evidence_table(report, &values)],
        ),
    ];
    let agreed: Vec<String> = values.iter().filter_map(agreed_item).collect();
    if !agreed.is_empty() {
        let list = DocumentBlock::List { lead: None, items: agreed };
        others.push(Chapter::of("agreed", "Agreed differences", vec![list]));
    }
    if !remarks.is_empty() {
        let items = remarks.iter().map(|remark| scrubbed(site, remark)).collect();
        others.push(Chapter::of("remarks", "Worth knowing", vec![DocumentBlock::List { lead: None, items }]));
    }
    others.push(Chapter::of("words", "What the words mean", vec![DocumentBlock::Glossary]));
    Document {
        masthead,
        reply: Chapter::of("ticket", format!("{mark}Ticket reply"), vec![DocumentBlock::Mail { subject, blocks }]),
        waits: Chapter::of("waits", "Who must act next", vec![waits_table(waits, nobody(site, reader))]),
        others,
    }
}

/// A value that was agreed on, with what the procedure says.
fn agreed_item(row: &EvidenceRow) -> Option<String> {
    let agreed = row.agreed.as_deref()?;
    Some(format!("{} > {}: \"{}\"; {agreed}", row.heading, row.label, row.want))
}

fn masthead(input: HandoffInput<'_>, values: &[EvidenceRow], conditions: GateCount, reader: Option<Owner>) -> Masthead {
    let HandoffInput { site, snapshot, report, .. } = input;
    let milestones = &snapshot.journal.milestones;
    let taken_back = milestones.switched.as_ref().filter(|_| site.stance == Stance::Ahead && milestones.live.is_none());
    let count = |kind| values.iter().filter(|row| row.verdict == kind).count();
    let counts = VerdictKind::ALL.map(|kind| (kind, count(kind)));
    Masthead {
        name: clean(&site.name, 120),
        whole_name: clean(&site.whole_name(), 240),
        code: site.institution.to_string(),
        is_home: site.is_home(),
        environment: site.environment,
        stance: site.stance,
        taken_back: taken_back.map(|back| back.at),
        conditions,
        reader,
        at: report.at,
        state: report.state(),
        counts: counts.into_iter().filter(|(_, count)| *count > 0).collect(),
    }
}

fn waits_table(waits: Vec<OpenStep>, nobody: String) -> DocumentBlock {
    if waits.is_empty() {
        return DocumentBlock::Notice(nobody);
    }
    let row = |step: OpenStep| {
        vec![Cell::Owner(step.owner), Cell::Since(step.since), Cell::Name(step.title, None), Cell::Words(step.words)]
    };
    DocumentBlock::Table(Table {
        class: "waits",
        caption: "Open steps, with their owner and the date since when they can be done",
        columns: &["Who", "Since", "Step", "What"],
        groups: vec![RowGroup { step: None, rows: waits.into_iter().map(row).collect() }],
    })
}

fn findings_table(findings: &[OtherFinding]) -> DocumentBlock {
    let row = |finding: &OtherFinding| {
        let (label, words) = (finding.label.clone(), finding.words.clone());
        vec![Cell::Verdict(finding.verdict), Cell::Name(label, None), Cell::Words(words)]
    };
    DocumentBlock::Table(Table {
        class: "before",
        caption: "Checks before the set-up, and what was seen to work",
        columns: &["Verdict", "What", "Found"],
        groups: vec![RowGroup { step: None, rows: findings.iter().map(row).collect() }],
    })
}

fn evidence_table(report: &Report, values: &[EvidenceRow]) -> DocumentBlock {
    let row = |row: &EvidenceRow| {
        vec![
            Cell::Verdict(row.verdict),
            Cell::Name(row.label.clone(), Some(row.heading.clone())),
            Cell::Wanted(row.want.clone()),
            Cell::Known(row.known.clone()),
        ]
    };
    let group = |step: &StepReport| RowGroup {
        step: Some((step.title.clone(), step.owner, step.state())),
        rows: values.iter().filter(|row| row.step == step.id).map(row).collect(),
    };
    DocumentBlock::Table(Table {
        class: "evidence",
        caption: "Each of the procedure's values, and how it is known",
        columns: &["Verdict", "Value", "Wanted", "How it is known", "Who", "When"],
        groups: report.steps.iter().map(group).filter(|group| !group.rows.is_empty()).collect(),
    })
}

/// Who must act next where no step is open. The switch of the rule comes on a day of its own.
fn nobody(site: &Site, reader: Option<Owner>) -> String {
    match (site.stance, reader) {
        (Stance::Live, _) | (_, Some(Owner::Campus)) => "Nobody.".to_owned(),
        (Stance::Ahead, _) => {
            format!("Nobody, until the day you go live. On that day, {} enables the rota rule.", site.office())
        }
    }
}

/// What the to-do chapter says when no card is left.
fn nothing_left(stance: Stance, reader: Option<Owner>) -> &'static str {
    match stance {
        _ if reader.is_some() => "Nothing is left to do for you.",
        Stance::Ahead => {
            "Nothing is left to do before going live. Once the library is ready, go live: press g on the wizard's summary, or run last-resort golive."
        }
        Stance::Live => "Nothing is left to do.",
    }
}

/// The findings of a step that are not values of the procedure. Patrons are counted, never named.
fn other_findings(recipe: &Recipe, site: &Site, step: &StepReport) -> Vec<OtherFinding> {
    if step.id == StepId::Patrons {
        return patrons(step);
    }
    let other = |finding: &Finding| OtherFinding {
        step: step.id,
        label: finding.label.clone(),
        verdict: VerdictKind::from(&finding.verdict),
        words: words(site, finding),
    };
    step.findings.iter().filter(|finding| recipe.field(&finding.key).is_none()).map(other).collect()
}

fn patrons(step: &StepReport) -> Vec<OtherFinding> {
    let all = step.counted().count();
    let of_kind = |verdict: VerdictKind| {
        let count = step.counted().filter(|finding| VerdictKind::from(&finding.verdict) == verdict).count();
        let words = match verdict {
            VerdictKind::Same => format!("{count} of {all} have the EMPLID as primary identifier and as username"),
            VerdictKind::Differs => format!("{count} of {all} do not have the same identifiers in both systems"),
            VerdictKind::Unread => format!("{count} of {all} could not be looked up"),
            _ => "nobody has agreed to be looked up yet".to_owned(),
        };
        (count > 0).then(|| OtherFinding { step: step.id, label: "Sample patrons".to_owned(), verdict, words })
    };
    VerdictKind::ALL.into_iter().filter_map(of_kind).collect()
}

//! Draws the gates, the card for the switch, and the way back.
use super::state::{GatesWork, GoLiveScreen};
use crate::engine::golive::{Gate, GateCount, GatePassage, GateResult, GateStatus, SwitchCard, missing, none_shut};
use crate::recipe::StepId;
use crate::site::Stance;
use crate::text::command_at;
use crate::tui::job::Job;
use crate::tui::model::{Campus, Model};
use crate::tui::msg::GateRun;
use crate::tui::parts::area::Area;
use crate::tui::parts::consent::ask_for_code;
use crate::tui::parts::failure::about_failure;
use crate::tui::parts::judgement;
use crate::tui::parts::marks::Meaning;
use crate::tui::parts::section::section;
use crate::tui::parts::sheet::Sheet;
use crate::tui::row::{PieceKind, Row, Tone, hanging, paragraph, wrap_beside};
use crate::tui::script::{CHEVRON, Mark};

/// The gates and cards, and the field for the campus code if it is asked for.
pub(in crate::tui) fn page(model: &Model, screen: &GoLiveScreen, area: Area) -> Sheet {
    let Some(campus) = &model.campus else { return Sheet::default() };
    let columns = area.columns.saturating_sub(1);
    let mut head = vec![Row::of(Tone::Heading, " Go live")];
    let body = match &screen.job {
        Job::Idle => Vec::new(),
        Job::Asked { since, .. } => {
            let (what, beside) = doing(campus, screen.doing);
            let mut rows = vec![judgement::busy_with(model, *since, Tone::Plain, &what)];
            rows.extend(paragraph(Tone::Faint, beside, 3, columns));
            rows
        }
        Job::Failed { failure, .. } => about_failure(failure, columns),
        Job::Got { value, .. } => {
            let mut said = paragraph(Tone::Plain, &in_a_sentence(model, screen, value), 1, columns);
            // In a low window, what is consented to scrolls with the rest.
            let lead = if area.is_low() && screen.asks() { std::mem::take(&mut said) } else { Vec::new() };
            head.extend(said);
            lead.into_iter().chain(rows(model, value, area.page_columns())).collect()
        }
    };
    head.push(Row::blank());
    let sheet = Sheet { head, body, top: screen.top, foot: foot(model, campus, screen, columns), ..Sheet::default() };
    match screen.job.got() {
        Some(gated) => sheet.with_beside(area, |columns, most| passed(model, gated, columns, most)),
        None => sheet,
    }
}

fn doing(campus: &Campus, doing: GatesWork) -> (String, &'static str) {
    let environment = judgement::environment(campus);
    match doing {
        GatesWork::Looking => ("Running all checks".to_owned(), "This reads Alma and ILLiad and changes nothing."),
        GatesWork::Setting(Stance::Live) => (
            format!("Setting the campus live in {environment}"),
            "Runs all checks once more, then sets the campus file to live. Nothing is written to Alma.",
        ),
        GatesWork::Setting(Stance::Ahead) => (
            format!("Setting the campus back in {environment}"),
            "Sets the campus file to ahead. Nothing is written to Alma.",
        ),
    }
}

fn in_a_sentence(model: &Model, screen: &GoLiveScreen, gated: &GateRun) -> String {
    let shut = missing(&gated.gates);
    match (gated.passage, gated.gates.len()) {
        (GatePassage::Through, _) if screen.switch_is_due() => {
            format!(
                "The campus is set live here, but no sign-off or evidence says yet that the rule is enabled. {}",
                switched_by(model, "Enable")
            )
        }
        (GatePassage::Through, _) => {
            "This campus is set live here, and a sign-off or evidence says that the rule is enabled.".to_owned()
        }
        (GatePassage::Before, 0) => format!("The campus file says \"set up ahead\". {}", switched_by(model, "Disable")),
        (GatePassage::Before, _) if shut.is_empty() => {
            let open = none_shut(model.recipe(), &gated.gates);
            let then = match model.practice {
                Some(_) => "signing off its switch then enables the rule in the practice Alma",
                None => "the rule is then enabled by hand in Alma",
            };
            format!("{open} Going live changes the campus file; {then}.")
        }
        (GatePassage::Before, _) => {
            let GateCount { all, shut: not_seen, .. } = GateCount::of(&gated.gates);
            let titles: Vec<&str> = shut.iter().map(|gate| gate.title(model.recipe())).collect();
            format!("Cannot go live yet. {not_seen} of {all} checks have not passed: {}.", titles.join(", "))
        }
    }
}

/// Who switches the rule. In practice, signing it off does.
fn switched_by(model: &Model, verb: &str) -> String {
    match model.practice {
        Some(_) => {
            format!(
                "Practice: sign it off on the step Rota rule; that {}s it in the practice Alma.",
                verb.to_lowercase()
            )
        }
        None => format!("{verb} it by hand in Alma, as the card shows."),
    }
}

fn rows(model: &Model, gated: &GateRun, columns: usize) -> Vec<Row> {
    let mut rows = Vec::new();
    for remark in &gated.remarks {
        rows.extend(hanging((Tone::Warn, Mark::Advice), Tone::Plain, remark, 1, columns));
    }
    rows.extend(gated.cards.iter().flat_map(|card| card_rows(model, card, columns)));
    for part in PARTS.iter().filter(|part| **part != HOLDS) {
        let gates = gated.gates.iter().filter(|judged| part_of(&judged.pass) == *part);
        section(&mut rows, part.2, gates.flat_map(|judged| gate_rows(model, judged, columns)));
    }
    rows
}

/// The gates that are passed, in few words if there is not room for all.
fn passed(model: &Model, gated: &GateRun, columns: usize, most: usize) -> Vec<Row> {
    let gates = || gated.gates.iter().filter(|judged| part_of(&judged.pass) == HOLDS);
    let mut rows = Vec::new();
    section(&mut rows, HOLDS.2, gates().flat_map(|judged| gate_rows(model, judged, columns)));
    if rows.len() > most {
        rows.clear();
        let brief = |judged: &GateResult| hanging((HOLDS.1, HOLDS.0), Tone::Plain, judged.demand(), 1, columns);
        section(&mut rows, HOLDS.2, gates().flat_map(brief));
    }
    rows
}

const IN_THE_WAY: Meaning = (Mark::Differs, Tone::Bad, "Not passed");
const NOT_LOOKED_AT: Meaning = (Mark::Waiting, Tone::Warn, "Not run; may hide a problem");
const QUESTION: Meaning = (Mark::Advice, Tone::Warn, "Open question");
const HOLDS: Meaning = (Mark::Same, Tone::Good, "Passed");

/// The parts of the list of gates, each with its mark and its heading. Gates that need somebody come first.
const PARTS: &[Meaning] = &[IN_THE_WAY, NOT_LOOKED_AT, QUESTION, HOLDS];

/// What the marks mean: the headings of the parts, and the mark of a remark above them.
pub(super) const MARKS: &[Meaning] =
    &[IN_THE_WAY, NOT_LOOKED_AT, QUESTION, HOLDS, (Mark::Advice, Tone::Warn, "at the top: worth reading")];

fn part_of(pass: &GateStatus) -> Meaning {
    match pass {
        GateStatus::Shut { .. } => IN_THE_WAY,
        GateStatus::Unguarded(_) => NOT_LOOKED_AT,
        GateStatus::Question(_) => QUESTION,
        GateStatus::Holds(_) => HOLDS,
    }
}

fn gate_rows(model: &Model, judged: &GateResult, columns: usize) -> Vec<Row> {
    let (mark, tone, _) = part_of(&judged.pass);
    let mut rows = standing_rows((mark, tone), judged, columns);
    rows.extend(paragraph(Tone::Faint, judged.pass.words(), 5, columns));
    if let Some(next) = &judged.next {
        let asks = matches!(judged.pass, GateStatus::Question(_));
        let place = place(model, judged.gate).filter(|_| !asks);
        let words = match (place, &model.practice) {
            (Some(place), Some(_)) => format!("next: {place}"),
            (Some(place), None) if command_at(next) == Some(0) => format!("next: {place}, or run: {next}"),
            (Some(place), None) => format!("next: {place}, or {next}"),
            (None, Some(_)) => format!("on a real campus: {next}"),
            (None, None) => format!("next: {next}"),
        };
        rows.extend(paragraph(Tone::Strong, &words, 5, columns));
    }
    rows
}

/// `✗ missing  the partner must be as wanted`: the status is the first word.
fn standing_rows((mark, tone): (Mark, Tone), judged: &GateResult, columns: usize) -> Vec<Row> {
    let start = Row::of(Tone::Plain, " ").add(tone, mark).add(Tone::Plain, " ");
    let start = start.add(tone, PieceKind::Label(judged.standing().to_owned()));
    let demand_at = start.width() + 2;
    wrap_beside(start.to(demand_at), Tone::Plain, judged.demand(), columns)
}

/// Where in the wizard a gate is dealt with. `None` if only a command can do it.
fn place(model: &Model, gate: Gate) -> Option<String> {
    let on = |id: StepId| format!("the step {}", model.recipe().step(id).title);
    match gate {
        Gate::Routing => Some(on(StepId::Prove)),
        Gate::Forecast => Some(format!("f on {}", on(StepId::Patrons))),
        // Only commands list rows outside the procedure, and the sandbox is another session.
        Gate::OtherRows | Gate::Sandbox => None,
        of_a_step => of_a_step.step().map(on),
    }
}

fn card_rows(model: &Model, card: &SwitchCard, columns: usize) -> Vec<Row> {
    let mut rows = vec![Row::blank()];
    rows.extend(paragraph(Tone::Heading, &card.title, 1, columns));
    rows.extend(paragraph(Tone::Faint, &card.menu.replace(" > ", CHEVRON), 3, columns));
    for (at, line) in card.lines.iter().enumerate() {
        rows.extend(hanging((Tone::Plain, &format!("{}", at + 1)), Tone::Plain, line, 3, columns));
    }
    for next in &card.next {
        // No command reaches the practice systems.
        let words = if model.practice.is_some() { next.words.clone() } else { next.to_string() };
        rows.extend(paragraph(Tone::Plain, &format!("then: {words}"), 3, columns));
    }
    rows
}

fn foot(model: &Model, campus: &Campus, screen: &GoLiveScreen, columns: usize) -> Vec<Row> {
    if !screen.asks() {
        return Vec::new();
    }
    let to = match screen.way {
        Stance::Live => "to go live in",
        Stance::Ahead => "to go back to set up ahead in",
    };
    let asked = ask_for_code(model, campus, to, &screen.code, columns);
    // A refusal takes the place of the rule, so that what was read on to stays in view.
    let rule = screen.code.refused.is_none().then(|| Row::rule(columns));
    rule.into_iter().chain(asked).collect()
}

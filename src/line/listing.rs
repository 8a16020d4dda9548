//! What a screen says, as lines: from the rows that the full screen draws, in a window without edges.
use super::spoken::{SCRIPT, is_busy, speak};
use crate::engine::judge::{Finding, Verdict, Weight};
use crate::recipe::StepId;
use crate::tui::model::{Campus, Model, Screen};
use crate::tui::page::{self, Area, Sheet};
use crate::tui::row::{Row, Tone};
use crate::tui::screen::steps::StepsScreen;
use crate::tui::setup::{Ask, Offer, Page, Setup, Widget};
use crate::tui::text::count;
use std::mem::{Discriminant, discriminant};

/// Room for everything, and less than the longest text a row takes: nothing is cut or broken here, that is for the paper to do.
pub(super) const WIDE: u16 = 3900;

const AREA: Area = Area { columns: WIDE as usize, rows: WIDE as usize };

/// A line to be said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The words.
    pub words: String,
    /// A refusal, which is said again when it is met again.
    pub again: bool,
}

/// Lines that belong together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Block {
    /// Above them.
    pub heading: Option<String>,
    /// In order.
    pub lines: Vec<Line>,
    /// Numbered to choose from: said whole or not at all.
    pub whole: bool,
}

impl Block {
    /// The same as a refusal.
    fn again(mut self) -> Self {
        self.lines.iter_mut().for_each(|line| line.again = true);
        self
    }
}

/// Which screen a listing is of; what was said of one is not said again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scene {
    screen: Discriminant<Screen>,
    place: Option<StepId>,
    page: Option<Page>,
    busy: bool,
    writes: bool,
}

/// What a screen says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// Which screen.
    pub scene: Scene,
    /// Its name and state.
    pub title: String,
    /// The rest.
    pub blocks: Vec<Block>,
}

fn line(words: impl Into<String>) -> Line {
    Line { words: words.into(), again: false }
}

fn sheet(model: &Model) -> Sheet {
    page::sheet(model, AREA)
}

fn rows(sheet: &Sheet) -> impl Iterator<Item = &Row> {
    sheet.head.iter().chain(&sheet.body).chain(&sheet.foot)
}

/// Whether something that the screen is about has not come yet.
#[must_use]
pub fn waits(model: &Model) -> bool {
    // The spinner for what is read beside a summary stands at the side, which is not said here.
    let beside = matches!(model.screen, Screen::Summary(_));
    let reads =
        model.campus.as_ref().is_some_and(|campus| campus.readings.iter().any(|reading| !reading.steps.is_empty()));
    (beside && reads) || rows(&sheet(model)).any(is_busy)
}

/// What is waited for, said once when it begins.
#[must_use]
pub fn begun(model: &Model) -> String {
    let readings = model.campus.as_ref().map(|campus| (campus, campus.readings.iter().flat_map(|r| &r.steps)));
    match (&model.screen, readings) {
        (Screen::Steps(_) | Screen::Summary(_), Some((campus, steps))) => {
            let mut steps: Vec<StepId> = steps.copied().collect();
            steps.dedup();
            let values = steps.iter().map(|id| campus.standing(*id).report.findings.len()).sum();
            let what = match steps.as_slice() {
                [one] => campus.standing(*one).report.title.clone(),
                more => count(more.len(), "step"),
            };
            format!("Reading {what}, {} ...", count(values, "value"))
        }
        (Screen::SetUp(_), _) if model.setup_shown().is_some_and(|setup| setup.saving.since().is_none()) => {
            "Asking Alma and ILLiad ...".to_owned()
        }
        _ => {
            let first = rows(&sheet(model)).map(speak).find(|spoken| spoken.busy);
            format!("{} ...", first.map_or_else(|| "Working".to_owned(), |spoken| spoken.words))
        }
    }
}

/// The label of the field in which a text is typed, in its line or in the one above.
pub(super) fn field_label(model: &Model) -> String {
    let mut above = String::new();
    for spoken in rows(&sheet(model)).map(speak) {
        if spoken.field && !spoken.words.is_empty() {
            return spoken.words.trim_end().trim_end_matches(':').to_owned();
        }
        if spoken.field {
            return sentence(&above).trim_end_matches('.').to_owned();
        }
        above = spoken.words;
    }
    "Text".to_owned()
}

/// What the screen shown says.
#[must_use]
pub fn listing(model: &Model) -> Listing {
    let sheet = sheet(model);
    let setup = model.setup_shown();
    let scene = Scene {
        screen: discriminant(&model.screen),
        place: model.campus.as_ref().map(|campus| campus.at).filter(|_| model.screen == Screen::Steps(StepsScreen)),
        page: setup.map(|setup| setup.page),
        busy: rows(&sheet).any(is_busy) && model.screen != Screen::Steps(StepsScreen) && setup.is_none(),
        writes: matches!(model.screen, Screen::Outcome(_)),
    };
    let title = sheet.head.first().map(|row| speak(row).words).unwrap_or_default().replace(SCRIPT.dot(), ", ");
    match (&model.screen, &model.campus, setup) {
        (Screen::Steps(_), Some(campus), _) => {
            let number = StepId::ALL.iter().position(|id| *id == campus.at).map_or(0, |at| at + 1);
            let title = format!("Step {number} of {}: {title}", StepId::ALL.len());
            Listing { scene, title, blocks: values(model, campus, &sheet) }
        }
        (_, _, Some(setup)) if setup.page != Page::Review => Listing { scene, title, blocks: questions(setup, &sheet) },
        _ => {
            let mut blocks = plainly(sheet.head.iter().skip(1));
            blocks.extend(plainly(sheet.body.iter()));
            // What stands below a list belongs to the whole, not to the last heading in it.
            blocks.extend(plainly(sheet.foot.iter()));
            if model.screen.is_paste_back() {
                // Here it is a word that records.
                let lines = blocks.iter_mut().flat_map(|block| &mut block.lines);
                lines.for_each(|line| line.words = line.words.replace("Enter records", "yes records"));
            }
            Listing { scene, title, blocks }
        }
    }
}

impl Listing {
    /// Whether something was refused.
    pub(super) fn refuses(&self) -> bool {
        self.blocks.iter().flat_map(|block| &block.lines).any(|line| line.again)
    }
}

impl Scene {
    /// Whether what was said here once stays known when somebody comes back.
    pub(super) fn is_remembered(&self) -> bool {
        self.place.is_some()
    }

    /// Whether values were changed before it.
    pub(super) fn changes_values(&self) -> bool {
        self.writes
    }
}

/// Any rows, under their headings.
fn plainly<'a>(rows: impl Iterator<Item = &'a Row>) -> Vec<Block> {
    let mut blocks = vec![Block::default()];
    for row in rows {
        let spoken = speak(row);
        if spoken.field && spoken.words.is_empty() {
            // The line above it is the label of the prompt.
            blocks.last_mut().map(|block| block.lines.pop());
        }
        if spoken.words.is_empty() || spoken.field || spoken.busy {
            continue;
        }
        if spoken.tone == Some(Tone::Heading) {
            blocks.push(Block { heading: Some(spoken.words), ..Block::default() });
        } else if let Some(block) = blocks.last_mut() {
            block.lines.push(Line { words: spoken.words, again: spoken.tone == Some(Tone::Bad) });
        }
    }
    blocks.retain(|block| !block.lines.is_empty());
    blocks
}

/// The values of a step, numbered, under their headings and with what a person does there.
fn values(model: &Model, campus: &Campus, sheet: &Sheet) -> Vec<Block> {
    let mut blocks = vec![Block::default()];
    let findings = &campus.here().report.findings;
    let mut told = None;
    for row in &sheet.body {
        let Some(block) = blocks.last_mut() else { continue };
        match row.item {
            Some(at) if told == Some(at) => {}
            Some(at) => {
                told = Some(at);
                let Some(finding) = findings.get(at) else { continue };
                block.lines.push(line(value_line(model, campus, sheet, at, finding)));
            }
            None => {
                let spoken = speak(row);
                match spoken.tone {
                    Some(Tone::Heading) => {
                        let group = findings.get(told.map_or(0, |at| at + 1)).filter(|f| f.group == spoken.words);
                        let menu = group.and_then(|finding| model.recipe().group_of(&finding.key));
                        let menu = menu.map_or(String::new(), |group| format!(" ({})", group.menu));
                        let heading = Some(spoken.words + &menu);
                        blocks.push(Block { heading, ..Block::default() });
                    }
                    _ if spoken.words.is_empty() || spoken.busy => {}
                    // The numbers of what is to be done are not those of the values.
                    _ if spoken.words.starts_with(|c: char| c.is_ascii_digit()) && block.heading.is_some() => {
                        block.lines.push(line(format!("Do {}", spoken.words.replacen(' ', ": ", 1))));
                    }
                    tone => block.lines.push(Line { words: spoken.words, again: tone == Some(Tone::Bad) }),
                }
            }
        }
    }
    blocks.retain(|block| !block.lines.is_empty());
    blocks
}

/// `3. URL: differs. Should be: …; Alma has: …`
fn value_line(model: &Model, campus: &Campus, sheet: &Sheet, at: usize, finding: &Finding) -> String {
    let parts: Vec<String> = sheet.body.iter().filter(|row| row.item == Some(at)).map(|row| speak(row).words).collect();
    let whole = parts.join("; ");
    let rest = whole.strip_prefix(finding.label.as_str()).unwrap_or(&whole);
    let rest = rest.strip_prefix("; ").or_else(|| rest.strip_prefix(": ")).unwrap_or(rest);
    let read = campus.here().read.is_some();
    let verdict = match (read, finding.weight) {
        (false, _) => "not read yet",
        (true, Weight::Counts) => finding.verdict.as_str(),
        (true, Weight::Advisory) => match finding.verdict {
            Verdict::Differs(_) | Verdict::Absent => "worth a look",
            _ => finding.verdict.as_str(),
        },
    };
    let of_procedure = model.recipe().field(&finding.key).is_some();
    let open = !read || matches!(finding.verdict, Verdict::Absent | Verdict::Waiting(_) | Verdict::Unread(_));
    let rest = match rest.strip_prefix("should be: ") {
        Some(want) => format!("Should be: {want}"),
        None if rest == SCRIPT.dots() => String::new(),
        None if open && of_procedure && !rest.is_empty() => format!("Wanted: {rest}"),
        None => rest.to_owned(),
    };
    let gap = if rest.is_empty() { "" } else { " " };
    format!("{}. {}: {verdict}.{gap}{rest}", at + 1, finding.label)
}

/// All there is to know of the value chosen.
#[must_use]
pub fn detail(model: &Model) -> Vec<String> {
    let Some(campus) = &model.campus else { return Vec::new() };
    let Some(finding) = campus.finding() else { return Vec::new() };
    let sheet = sheet(model);
    let mut lines = vec![value_line(model, campus, &sheet, campus.picked(campus.at), finding)];
    let place = sheet.head.get(1).map(|row| speak(row).words).unwrap_or_default();
    if !place.is_empty() {
        lines
            .push(place.strip_prefix("asked: ").map_or_else(|| format!("Where: {place}"), |at| format!("Asked: {at}")));
    }
    // The first row counts the values, which the line above has done.
    lines.extend(sheet.foot.iter().skip(1).map(|row| speak(row).words).filter(|words| !words.is_empty()));
    lines
}

/// The answers given so far, what there is to say to the question asked now, and what can be chosen.
fn questions(setup: &Setup, sheet: &Sheet) -> Vec<Block> {
    if setup.page == Page::Campus {
        let said = sheet.head.iter().skip(1).filter(|row| row.pieces.iter().all(|piece| piece.tone != Tone::Faint));
        let mut blocks = plainly(said);
        let offers = setup.offers();
        let none = plainly(sheet.body.iter().filter(|_| offers.is_empty()));
        blocks.extend(none.into_iter().map(Block::again));
        let heading = "Campuses, with Alma's code and the ILLiad host before .illiad.oclc.org";
        blocks.push(choices(heading, offers.iter().map(|offer| offer_words(offer, Page::Campus)).collect()));
        return blocks;
    }
    let asks: Vec<Ask> = setup.page.asks().collect();
    let here = asks.iter().position(|ask| *ask == setup.focus).unwrap_or(0);
    let mut answered = Block::default();
    for (at, ask) in asks.iter().enumerate().take(here) {
        let mut rows = sheet.body.iter().filter(|row| row.item == Some(at)).map(speak).filter(|row| !row.busy);
        answered.lines.extend(rows.next().map(|row| line(row.words)));
        answered.lines.extend(rows.map(|row| {
            let (confirmed, way) = match row.tone {
                Some(Tone::Good) => (", confirmed", ""),
                Some(Tone::Bad) => ("", ". < leads back to it"),
                _ => ("", ""),
            };
            line(format!("{}{confirmed}: {}{way}", ask.label(), row.words))
        }));
    }
    let mut asked = Block { lines: vec![line(sentence(setup.focus.hint()))], ..Block::default() };
    asked.lines.extend(setup.refused.iter().map(|why| Line { words: format!("Problem: {why}"), again: true }));
    let offers: Vec<String> = match setup.focus.widget() {
        Widget::Choice(choices) => choices.iter().map(|choice| choice.label.to_owned()).collect(),
        Widget::List => setup.offers().iter().map(|offer| offer_words(offer, setup.page)).collect(),
        Widget::Text | Widget::Secret => Vec::new(),
    };
    vec![answered, asked, choices(setup.focus.label(), offers)]
}

fn choices(label: &str, words: Vec<String>) -> Block {
    let lines = words.into_iter().enumerate().map(|(at, words)| line(format!("{}. {words}", at + 1))).collect();
    Block { heading: Some(format!("{label}:")), lines, whole: true }
}

/// An offer in words.
pub(super) fn offer_words(offer: &Offer, page: Page) -> String {
    let mut parts = vec![offer.label.clone()];
    if offer.value != offer.label {
        parts.insert(usize::from(page == Page::Campus), offer.value.clone());
    }
    parts.extend(offer.note.clone());
    parts.join(", ")
}

/// With a capital letter and a full stop.
fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let first: String = letters.next().map(|c| c.to_uppercase().collect()).unwrap_or_default();
    let end = if words.ends_with('.') { "" } else { "." };
    first + letters.as_str() + end
}

/// The steps with their states, numbered, and the summary after them.
#[must_use]
pub fn steps(model: &Model) -> Vec<String> {
    let Some(campus) = &model.campus else { return Vec::new() };
    let mut lines: Vec<String> = campus
        .steps
        .iter()
        .enumerate()
        .map(|(at, standing)| {
            let state = match (campus.reading(standing.report.id), standing.read) {
                (Some(_), _) => "being read",
                (None, None) => "not read yet",
                (None, Some(_)) => standing.report.state().as_str(),
            };
            format!("{}. {}: {state}", at + 1, standing.report.title)
        })
        .collect();
    lines.push(format!("{}. Summary", lines.len() + 1));
    lines
}

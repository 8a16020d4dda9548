//! What a screen says, as lines of text. They come from the rows of the full screen, laid out in a very wide window.
use super::listing_line::{LineKind, ListingLine, line, stated};
use super::search;
use super::speech::{is_busy, speech, speech_after_label};
use crate::engine::judge::{Finding, Verdict};
use crate::engine::time_limits;
use crate::recipe::StepId;
use crate::tui::board::BoardOrder;
use crate::tui::model::{Campus, Model, Screen};
use crate::tui::page::{self, Area, InputWords, Sheet};
use crate::tui::row::{Row, RowKind};
use crate::tui::screen::steps::StepsScreen;
use crate::tui::script::{CHEVRON, Mark};
use crate::tui::setup::{Offer, Question, Setup, SetupPage, Widget};
use crate::tui::text::{capitalised, count};
use crate::tui::{first_letter, state_words};
use std::mem::{Discriminant, discriminant};

/// Size of the window that rows are laid out in: so wide that nothing is wrapped or cut, but less than the longest text of a row.
pub(super) const WIDE: u16 = 3900;

/// A word confirms a paste here, because Enter ends every line.
const AREA: Area = Area { columns: WIDE as usize, rows: WIDE as usize, input: InputWords::LINES };

/// Lines that belong together, under an optional heading.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListingBlock {
    pub heading: Option<String>,
    pub lines: Vec<ListingLine>,
    /// A numbered list to choose from, printed as a whole or not at all.
    pub whole: bool,
}

impl ListingBlock {
    /// Marks every line as a refusal.
    fn again(mut self) -> Self {
        self.lines.iter_mut().for_each(|line| line.kind = LineKind::Refusal);
        self
    }
}

/// Identifies the screen of a listing. What was printed for a scene is not printed for it again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scene {
    screen: Discriminant<Screen>,
    place: Option<StepId>,
    page: Option<SetupPage>,
    busy: bool,
    writes: bool,
    /// The order and the filter of the board: another list is told as a whole.
    board: Option<(BoardOrder, String)>,
}

/// Everything that a screen says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScreenListing {
    pub scene: Scene,
    /// The screen's name and state.
    pub title: String,
    pub blocks: Vec<ListingBlock>,
}

fn sheet(model: &Model) -> Sheet {
    page::sheet(model, AREA)
}

fn rows(sheet: &Sheet) -> impl Iterator<Item = &Row> {
    sheet.head.iter().chain(&sheet.body).chain(&sheet.foot)
}

/// Returns whether the screen is waiting for a reply.
pub fn waits(model: &Model) -> bool {
    // On the summary, the spinner for steps being read is in the sidebar, which line mode does not print.
    let beside = matches!(model.screen, Screen::Summary(_));
    let reads =
        model.campus.as_ref().is_some_and(|campus| campus.readings.iter().any(|reading| !reading.steps.is_empty()));
    // The answer to the last key comes after its page was left.
    let keys =
        model.setup_shown().is_some_and(|setup| setup.page == SetupPage::Places && setup.explored.since().is_some());
    (beside && reads) || keys || rows(&sheet(model)).any(is_busy)
}

/// The line printed once when a wait begins.
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
            let since = campus.readings.iter().map(|reading| reading.since).min().unwrap_or(model.now);
            format!("Reading {what}, {}, {} ...", count(values, "value"), model.time_left(since, time_limits::COMMAND))
        }
        (Screen::SetUp(_), _) if model.setup_shown().is_some_and(|setup| setup.saving.since().is_none()) => {
            let since = model.setup_shown().and_then(|setup| setup.explored.since()).unwrap_or(model.now);
            format!("Asking Alma and ILLiad, {} ...", model.time_left(since, time_limits::COMMAND))
        }
        _ => {
            let first = rows(&sheet(model)).find(|row| is_busy(row)).map(speech);
            format!("{} ...", first.unwrap_or_else(|| "Working".to_owned()))
        }
    }
}

/// The label of the text field, from the field's own row or from the row above.
pub(super) fn field_label(model: &Model) -> String {
    let sheet = sheet(model);
    let beside = rows(&sheet).find(|row| row.cursor.is_some()).map(speech).filter(|label| !label.is_empty());
    let above = || rows(&sheet).find(|row| row.kind == RowKind::FieldLabel).map(|row| capitalised(&speech(row)));
    beside.or_else(above).unwrap_or_else(|| "Text".to_owned())
}

/// Returns what the current screen says.
pub fn listing(model: &Model) -> ScreenListing {
    let sheet = sheet(model);
    let setup = model.setup_shown();
    let board = model.board.as_ref().filter(|_| matches!(model.screen, Screen::Board(_)));
    let board = board.map(|board| (board.order, board.filter.trim().to_owned()));
    let scene = Scene {
        screen: discriminant(&model.screen),
        place: model.campus.as_ref().map(|campus| campus.at).filter(|_| model.screen == Screen::Steps(StepsScreen)),
        page: setup.map(|setup| setup.page),
        busy: rows(&sheet).any(is_busy)
            && model.screen != Screen::Steps(StepsScreen)
            && setup.is_none()
            && board.is_none(),
        board,
        writes: matches!(model.screen, Screen::Outcome(_)),
    };
    let title = sheet.head.first().map(speech).unwrap_or_default();
    match (&model.screen, &model.campus, setup) {
        (Screen::Steps(_), Some(campus), _) => {
            let number = StepId::ALL.iter().position(|id| *id == campus.at).map_or(0, |at| at + 1);
            let title = format!("Step {number} of {}: {title}", StepId::ALL.len());
            let mut blocks = plainly(sheet.head.iter().skip(2));
            blocks.extend(values(model, campus, &sheet));
            ScreenListing { scene, title, blocks }
        }
        (Screen::Find(screen), Some(campus), _) => {
            let lines = search::lines(model, screen, campus).into_iter().map(line).collect();
            ScreenListing { scene, title, blocks: vec![ListingBlock { lines, whole: true, ..ListingBlock::default() }] }
        }
        (_, _, Some(setup)) if setup.page != SetupPage::Review => {
            ScreenListing { scene, title, blocks: questions(setup, &sheet) }
        }
        _ => {
            let mut blocks = plainly(sheet.head.iter().skip(1));
            blocks.extend(plainly(sheet.body.iter()));
            // Rows below a list start a new block: they are about the whole list, not about its last heading.
            blocks.extend(plainly(sheet.foot.iter()));
            ScreenListing { scene, title, blocks }
        }
    }
}

impl ScreenListing {
    /// Returns whether the listing contains a refusal.
    pub(super) fn refuses(&self) -> bool {
        self.blocks.iter().flat_map(|block| &block.lines).any(|line| line.kind == LineKind::Refusal)
    }
}

impl Scene {
    /// Returns whether lines of this scene need no repetition when the person comes back to it.
    pub(super) fn is_remembered(&self) -> bool {
        self.place.is_some() || self.board.is_some()
    }

    /// Returns whether values were changed just before this scene.
    pub(super) fn changes_values(&self) -> bool {
        self.writes
    }
}

/// Turns rows into blocks, split at their headings.
fn plainly<'a>(rows: impl Iterator<Item = &'a Row>) -> Vec<ListingBlock> {
    let mut blocks = vec![ListingBlock::default()];
    for row in rows {
        // The prompt shows the fields and their labels.
        if row.cursor.is_some() || is_busy(row) || matches!(row.kind, RowKind::ColumnHeads | RowKind::FieldLabel) {
            continue;
        }
        let words = speech(row);
        match (row.kind, blocks.last_mut()) {
            _ if words.is_empty() => {}
            (RowKind::Heading, _) => blocks.push(ListingBlock { heading: Some(words), ..ListingBlock::default() }),
            (RowKind::Campus, Some(block)) => {
                let number = row.item.map_or(0, |at| at + 1);
                block.lines.push(line(format!("{number}. {words}")));
            }
            (kind, Some(block)) => block.lines.push(stated(kind, words)),
            (_, None) => {}
        }
    }
    blocks.retain(|block| !block.lines.is_empty());
    blocks
}

/// The values of a step, numbered and under their headings, with the instructions for a person.
fn values(model: &Model, campus: &Campus, sheet: &Sheet) -> Vec<ListingBlock> {
    let mut blocks = vec![ListingBlock::default()];
    let findings = &campus.here().report.findings;
    let mut last = None;
    let mut before = String::new();
    for row in &sheet.body {
        let Some(block) = blocks.last_mut() else { continue };
        match row.item {
            Some(at) if last == Some(at) => {}
            Some(at) => {
                last = Some(at);
                let Some(finding) = findings.get(at) else { continue };
                block.lines.push(line(value_line(model, campus, sheet, at, finding)));
            }
            None => {
                let words = speech(row);
                match row.kind {
                    RowKind::Heading => {
                        let group = findings.get(last.map_or(0, |at| at + 1));
                        let group = group.and_then(|finding| model.recipe().group_at(&campus.site, &finding.key));
                        let menu = group.map(|group| path_to(&group.menu.0, &words)).unwrap_or_default();
                        // Several groups of one screen follow each other.
                        let new = !menu.is_empty() && menu != before;
                        let heading = Some(if new { format!("{words}, in {menu}") } else { words });
                        before = menu;
                        blocks.push(ListingBlock { heading, ..ListingBlock::default() });
                    }
                    _ if words.is_empty() || is_busy(row) => {}
                    // Instructions have numbers of their own, apart from those of the values.
                    RowKind::Instruction(number) => {
                        let kind = LineKind::Instruction(number);
                        block.lines.push(ListingLine { words: speech_after_label(row), kind });
                    }
                    kind => block.lines.push(stated(kind, words)),
                }
            }
        }
    }
    blocks.retain(|block| !block.lines.is_empty());
    blocks
}

/// The menu path to a group of values: `Alma > Fulfillment > Resource Sharing`. Its heading already names the last part.
fn path_to(menu: &[String], heading: &str) -> String {
    let (last, way) = menu.split_last().map_or(("", menu), |(last, way)| (last.as_str(), way));
    (if last == heading { way } else { menu }).join(CHEVRON)
}

/// One line about a value: `3. URL: differs. Should be: …; Alma has: …`
fn value_line(model: &Model, campus: &Campus, sheet: &Sheet, at: usize, finding: &Finding) -> String {
    let rows = || sheet.body.iter().filter(|row| row.item == Some(at) && row.kind != RowKind::LetterMarks);
    // Of a result that is not known, or not yet, the verdict says that already.
    let open = matches!(finding.verdict, Verdict::Unread(_) | Verdict::Waiting(_));
    let unknown = open && model.recipe().field(&finding.key).is_none();
    let told = rows().skip(usize::from(unknown)).map(speech_after_label);
    let parts: Vec<String> = told.filter(|words| !words.is_empty()).collect();
    let is = |kind| rows().any(|row| row.kind == kind);
    let rest = match parts.join("; ") {
        rest if is(RowKind::Expected) => capitalised(&rest),
        rest if is(RowKind::Wanted) && !rest.is_empty() => format!("Wanted: {rest}"),
        rest => rest,
    };
    let verdict = search::verdict_said(campus.here().read.is_some(), finding);
    let gap = if rest.is_empty() { "" } else { " " };
    format!("{}. {}: {verdict}.{gap}{rest}", at + 1, finding.label)
}

/// Everything there is to say about the selected value.
pub fn detail(model: &Model) -> Vec<String> {
    if let Screen::Board(_) = model.screen {
        return sheet(model).side.iter().map(speech).filter(|words| !words.is_empty()).collect();
    }
    let (Screen::Steps(_), Some(campus)) = (&model.screen, &model.campus) else { return Vec::new() };
    let Some(finding) = campus.finding() else { return Vec::new() };
    let sheet = sheet(model);
    let mut lines = vec![value_line(model, campus, &sheet, campus.picked(campus.at), finding)];
    for row in &sheet.head {
        let words = speech_after_label(row);
        if row.kind == RowKind::MenuPath && !words.is_empty() {
            lines.push(format!("Where: {words}"));
        }
    }
    lines.extend(difference(finding));
    lines.extend(sheet.foot.iter().map(speech).filter(|words| !words.is_empty()));
    lines
}

/// Where two long values differ, which a voice does not show.
fn difference(finding: &Finding) -> Option<String> {
    let (want, got) = (finding.want.as_deref()?, finding.got.as_deref()?);
    let at = first_letter(got, want).filter(|_| matches!(finding.verdict, Verdict::Differs(_)))?;
    Some(format!("They differ from character {at} on."))
}

/// The answers so far, the hint and problem of the current question, and the options to choose from.
fn questions(setup: &Setup, sheet: &Sheet) -> Vec<ListingBlock> {
    if setup.page == SetupPage::Campus {
        let mut blocks = plainly(sheet.head.iter().skip(1));
        let none = plainly(sheet.body.iter().filter(|row| row.kind != RowKind::Choice));
        blocks.extend(none.into_iter().map(ListingBlock::again));
        let offers = setup.offers();
        let heading = format!("Campuses, with Alma's code and the {}", setup.host_words());
        blocks.push(choices(&heading, offers.iter().map(|offer| offer_words(offer, SetupPage::Campus)).collect()));
        return blocks;
    }
    let asks: Vec<Question> = setup.page.asks().collect();
    let here = asks.iter().position(|ask| *ask == setup.focus).unwrap_or(0);
    let mut answered = ListingBlock::default();
    for (at, ask) in asks.iter().enumerate().take(here) {
        let mut rows = sheet.body.iter().filter(|row| row.item == Some(at) && !is_busy(row));
        answered.lines.extend(rows.next().map(|row| line(speech(row))));
        answered.lines.extend(rows.map(|row| {
            let (confirmed, way) = match row.mark() {
                Some(Mark::Same) => (", confirmed", ""),
                Some(Mark::Differs) => ("", ". < goes back to it"),
                _ => ("", ""),
            };
            line(format!("{}{confirmed}: {}{way}", ask.label(), speech(row)))
        }));
    }
    let mut asked = ListingBlock { lines: vec![line(setup.hint())], ..ListingBlock::default() };
    let unlisted = setup.problem(setup.focus).filter(|_| setup.is_unlisted());
    let refused = setup.refused.clone().or(unlisted);
    asked.lines.extend(refused.iter().map(|why| stated(RowKind::Problem, format!("Problem: {why}"))));
    let offers: Vec<String> = match setup.focus.widget() {
        Widget::Choice(choices) => choices.iter().map(|choice| choice.label.to_owned()).collect(),
        Widget::List => setup.offers().iter().map(|offer| offer_words(offer, setup.page)).collect(),
        Widget::Text | Widget::Secret => Vec::new(),
    };
    vec![answered, asked, choices(setup.focus.label(), offers)]
}

fn choices(label: &str, words: Vec<String>) -> ListingBlock {
    let lines = words.into_iter().enumerate().map(|(at, words)| line(format!("{}. {words}", at + 1))).collect();
    ListingBlock { heading: Some(format!("{label}:")), lines, whole: true }
}

/// Describes an offer in one line.
pub(super) fn offer_words(offer: &Offer, page: SetupPage) -> String {
    let mut parts = vec![offer.label.clone()];
    if offer.value != offer.label {
        parts.insert(usize::from(page == SetupPage::Campus), offer.value.clone());
    }
    parts.extend(offer.note.clone());
    parts.join(", ")
}

/// The steps with their states, numbered, and then the summary.
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
                (None, Some(_)) => state_words(standing.report.state()),
            };
            format!("{}. {}: {state}", at + 1, standing.report.title)
        })
        .collect();
    lines.push(format!("{}. Summary", lines.len() + 1));
    lines
}

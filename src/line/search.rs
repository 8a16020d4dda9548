//! What the search has found, as lines to choose from.
use crate::engine::judge::{Finding, Verdict, Weight};
use crate::recipe::StepId;
use crate::tui::model::{Campus, Model};
use crate::tui::screen::find::FindScreen;
use crate::tui::verdict_words;

/// As many lines as fit a small screen with the prompt.
const MOST: usize = 15;

/// The values found so far. None before anything is typed, when all values would be.
pub(super) fn found<'a>(screen: &FindScreen, campus: &'a Campus) -> Vec<(StepId, &'a Finding)> {
    if screen.words.text().trim().is_empty() { Vec::new() } else { screen.found(campus) }
}

/// The first values found, numbered, and how many more there are.
pub(super) fn lines(model: &Model, screen: &FindScreen, campus: &Campus) -> Vec<String> {
    if screen.words.text().trim().is_empty() {
        return vec!["Type part of a name, key or value.".to_owned()];
    }
    let all = found(screen, campus);
    if all.is_empty() {
        return vec!["No value has that in its name, key or text.".to_owned()];
    }
    let first = all.iter().enumerate().take(MOST).map(|(at, (step, finding))| {
        let verdict = verdict_said(campus.standing(*step).read.is_some(), finding);
        format!("{}. {}, {}: {verdict}", at + 1, model.recipe().step(*step).title, finding.label)
    });
    let more = all.len().checked_sub(MOST).filter(|more| *more > 0);
    first.chain(more.map(|more| format!("… and {more} more: add a word."))).collect()
}

/// The word for the verdict on a value.
pub(super) fn verdict_said(read: bool, finding: &Finding) -> &'static str {
    match (read, finding.weight, &finding.verdict) {
        (false, ..) => "not read yet",
        (true, Weight::Advisory, Verdict::Differs(_) | Verdict::Absent) => "worth a look",
        (true, _, verdict) => verdict_words(verdict),
    }
}

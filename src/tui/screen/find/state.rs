//! State of the search.
use crate::engine::judge::Finding;
use crate::recipe::StepId;
use crate::tui::entry::Entry;
use crate::tui::model::Campus;

/// The search for a value.
#[derive(Debug, Clone, PartialEq)]
pub struct FindScreen {
    /// What is looked for. Every word of it must occur.
    pub words: Entry,
    /// Which of the values found is chosen.
    pub chosen: usize,
    pub top: usize,
}

impl FindScreen {
    /// The values in whose name, key or texts all words occur, in any letter case.
    pub fn found<'a>(&self, campus: &'a Campus) -> Vec<(StepId, &'a Finding)> {
        let words: Vec<String> = self.words.text().to_lowercase().split_whitespace().map(str::to_owned).collect();
        let holds = |finding: &Finding| {
            let texts = [
                Some(finding.label.as_str()),
                Some(finding.key.as_str()),
                finding.want.as_deref(),
                finding.got.as_deref(),
            ];
            let text = texts.into_iter().flatten().collect::<Vec<_>>().join(" ").to_lowercase();
            words.iter().all(|word| text.contains(word.as_str()))
        };
        let steps = campus.steps.iter().map(|standing| &standing.report);
        steps
            .flat_map(|step| step.findings.iter().map(|finding| (step.id, finding)))
            .filter(|(_, finding)| holds(finding))
            .collect()
    }
}

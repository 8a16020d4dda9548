//! Which entries of a journal no longer count, so that a long journal can be made shorter.
use super::entry::{JournalEntry, JournalEvent};
use super::facts::JournalFacts;
use super::target::Target;
use crate::recipe::{FieldKey, StepId};
use jiff::Timestamp;
use std::collections::BTreeSet;

/// What the entries seen so far say, going backwards.
#[derive(Default)]
struct SaidLater {
    targets: Vec<Target>,
    verdicts: BTreeSet<(usize, FieldKey)>,
    checked: BTreeSet<(usize, StepId)>,
}

impl SaidLater {
    /// Whether a check says something that no later one says: a field's verdict, or when a step was last checked.
    fn adds(&mut self, target: &Target, steps: &[StepId], keys: impl Iterator<Item = FieldKey>) -> bool {
        let known = self.targets.iter().position(|known| known == target);
        let number = known.unwrap_or(self.targets.len());
        if known.is_none() {
            self.targets.push(target.clone());
        }
        // Each is entered, so all are counted before the answer.
        let verdicts = keys.filter(|key| self.verdicts.insert((number, key.clone()))).count();
        let checked = steps.iter().filter(|step| self.checked.insert((number, **step))).count();
        verdicts + checked > 0
    }
}

/// For each entry, whether it may be put aside: it is older than `before`, and says nothing that a later one does not say.
/// What was written, signed off, shown, proved and switched stays.
pub fn spent(lines: &[JournalEntry], before: Timestamp, now: Timestamp) -> Vec<bool> {
    let mut later = SaidLater::default();
    let mut spent = vec![false; lines.len()];
    for (at, line) in lines.iter().enumerate().rev() {
        let repeated = match &line.entry {
            JournalEvent::Checked { target: Some(target), steps, verdicts, .. } => {
                !later.adds(target, steps, verdicts.keys().cloned())
            }
            JournalEvent::Checked { target: None, .. } | JournalEvent::BrokenOff { .. } => true,
            _ => false,
        };
        // The first entry says when work began.
        spent[at] = repeated && at > 0 && line.at < before;
    }
    let kept: Vec<JournalEntry> =
        lines.iter().zip(&spent).filter(|(_, spent)| !**spent).map(|(line, _)| line.clone()).collect();
    // What still counts is what the fold gives. If that would change, nothing is put aside.
    let same = |target: &Target| JournalFacts::fold(lines, target, now) == JournalFacts::fold(&kept, target, now);
    if later.targets.iter().all(same) { spent } else { vec![false; lines.len()] }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::journal::{CheckOccasion, KnownVerdict};
    use crate::site::Environment;
    use std::collections::BTreeMap;

    fn checked(second: i64, verdict: Option<&str>) -> JournalEntry {
        let illiad = "https://a.example".to_owned();
        let key = FieldKey::new(StepId::Partner, "code");
        let known = |word: &str| (key.clone(), KnownVerdict { verdict: word.to_owned(), got: None });
        JournalEntry {
            at: Timestamp::from_second(second).expect("a time"),
            by: "ada".into(),
            entry: JournalEvent::Checked {
                state: "same".into(),
                target: Some(Target { environment: Environment::Sandbox, illiad, zone: None, alma: None }),
                steps: vec![StepId::Partner],
                verdicts: verdict.map(known).into_iter().collect::<BTreeMap<_, _>>(),
                occasion: CheckOccasion::Request,
            },
        }
    }

    #[test]
    fn what_a_later_check_says_is_put_aside_and_the_last_word_stays() {
        let time = |second| Timestamp::from_second(second).expect("a time");
        let lines = [
            checked(1, Some("absent")),
            checked(2, Some("differs")),
            checked(3, None),
            checked(4, Some("same")),
            checked(5, None),
            checked(6, None),
        ];
        assert_eq!(spent(&lines, time(7), time(9)), [false, true, true, false, true, false]);
        assert_eq!(spent(&lines, time(3), time(9)), [false, true, false, false, false, false]);
        assert_eq!(spent(&lines, time(1), time(9)), [false; 6]);
    }
}

//! What earlier checks found, for telling what changed since.
use super::entry::{JournalEntry, JournalEvent};
use super::known_verdict::KnownVerdict;
use super::target::Target;
use crate::recipe::FieldKey;
use jiff::Timestamp;
use std::collections::BTreeMap;

/// What the checks before found for one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastVerdict {
    pub known: KnownVerdict,
    /// When a check first found it.
    pub since: Timestamp,
    /// When a check last found it.
    pub last: Timestamp,
}

/// A field whose verdict is another one than at the check before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerdictChange {
    pub key: FieldKey,
    pub from: KnownVerdict,
    pub to: KnownVerdict,
    /// When the earlier verdict was last found: the change came after that.
    pub since: Timestamp,
}

/// The last verdict of each field in these systems.
pub(crate) fn past_verdicts(lines: &[JournalEntry], now: &Target) -> BTreeMap<FieldKey, PastVerdict> {
    let mut past: BTreeMap<FieldKey, PastVerdict> = BTreeMap::new();
    for line in lines {
        let JournalEvent::Checked { target: Some(target), steps, verdicts, .. } = &line.entry else { continue };
        if !target.is_same(now) {
            continue;
        }
        let again = |key: &FieldKey| key.step().is_some_and(|step| steps.contains(&step));
        past.iter_mut().filter(|(key, _)| again(key)).for_each(|(_, before)| before.last = line.at);
        past.extend(
            verdicts
                .iter()
                .map(|(key, known)| (key.clone(), PastVerdict { known: known.clone(), since: line.at, last: line.at })),
        );
    }
    past
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::journal::CheckOccasion;
    use crate::recipe::StepId;
    use crate::site::Environment;

    fn target(illiad: &str) -> Target {
        Target { environment: Environment::Sandbox, illiad: illiad.into(), zone: None, alma: None }
    }

    fn checked(second: i64, illiad: &str, steps: &[StepId], verdicts: &[(FieldKey, &str)]) -> JournalEntry {
        let known =
            |(key, word): &(FieldKey, &str)| (key.clone(), KnownVerdict { verdict: (*word).to_owned(), got: None });
        JournalEntry {
            at: Timestamp::from_second(second).expect("a time"),
            by: "ada".into(),
            entry: JournalEvent::Checked {
                state: "differs".into(),
                target: Some(target(illiad)),
                steps: steps.to_vec(),
                verdicts: verdicts.iter().map(known).collect(),
                occasion: CheckOccasion::Request,
            },
        }
    }

    fn code() -> FieldKey {
        FieldKey::new(StepId::Partner, "code")
    }

    fn rota() -> FieldKey {
        FieldKey::new(StepId::Rota, "code")
    }

    #[test]
    fn a_verdict_lasts_until_another_one_is_found_in_the_same_systems() {
        let lines = [
            checked(1, "https://a.example", &StepId::ALL, &[(code(), "same"), (rota(), "waiting")]),
            checked(2, "https://a.example", &[StepId::Rota], &[]),
            checked(3, "https://b.example", &StepId::ALL, &[(code(), "absent")]),
            checked(4, "https://a.example", &[StepId::Partner], &[(code(), "differs")]),
        ];
        let past = past_verdicts(&lines, &target("https://a.example"));
        let told: Vec<_> = past
            .iter()
            .map(|(key, past)| {
                (key.to_string(), past.known.verdict.as_str(), past.since.as_second(), past.last.as_second())
            })
            .collect();
        assert_eq!(told, [("partner.code".to_owned(), "differs", 4, 4), ("rota.code".to_owned(), "waiting", 1, 2)]);
    }
}

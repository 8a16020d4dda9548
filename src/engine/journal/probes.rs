//! The test requests that were made, and what became of them.
use super::entry::{JournalEntry, JournalEvent};
use super::probe::{ProbeEnd, ProbeKind, System, cited_in};
use crate::engine::observed::Transaction;
use crate::site::{Environment, Site};
use jiff::{SignedDuration, Timestamp};

/// What we know of a test request in one system.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ProbeSide {
    /// `None` until the system gives it a number.
    pub number: Option<String>,
    /// The statuses seen, oldest first, without repeats in a row.
    pub statuses: Vec<String>,
    /// Why nothing is left there. `None` while something may be.
    pub end: Option<ProbeEnd>,
}

/// A test request that was made, or that may have been made before the process stopped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProbeRecord {
    /// Identifies the request. It is part of its `CitedIn` or its title.
    pub token: String,
    pub kind: ProbeKind,
    /// The test patron that it was made for.
    pub patron: String,
    pub begun: Timestamp,
    /// The `CitedIn` that finds the request in ILLiad when the token does not: the id that Alma gave it.
    pub tag: Option<String>,
    pub alma: ProbeSide,
    pub illiad: ProbeSide,
}

impl ProbeRecord {
    /// What we know of the request in one system.
    pub fn side(&self, system: System) -> &ProbeSide {
        match system {
            System::Alma => &self.alma,
            System::Illiad => &self.illiad,
        }
    }

    fn side_mut(&mut self, system: System) -> &mut ProbeSide {
        match system {
            System::Alma => &mut self.alma,
            System::Illiad => &mut self.illiad,
        }
    }

    /// Whether something of the request may still exist in a system.
    pub fn is_open(&self, system: System) -> bool {
        let concerned = system == System::Illiad || self.kind == ProbeKind::Borrowing;
        concerned && self.side(system).end.is_none()
    }

    /// Whether a request found in ILLiad is this one. It matches by `CitedIn`, or by the token in its title in case the
    /// tag went into another field.
    pub fn is(&self, site: &Site, found: &Transaction) -> bool {
        let cited = match self.kind {
            ProbeKind::Borrowing => self.tag.clone(),
            kind => Some(cited_in(site, kind, &self.token)),
        };
        (cited.is_some() && found.cited_in == cited)
            || found.title.as_ref().is_some_and(|title| title.contains(&self.token))
    }

    /// The request as users see it, for example `probe (ILLiad 410003)`.
    pub fn name(&self) -> String {
        let number = [(&self.illiad, "ILLiad"), (&self.alma, "Alma")]
            .into_iter()
            .filter_map(|(side, system)| side.number.as_ref().map(|number| format!("{system} {number}")))
            .collect::<Vec<_>>()
            .join(", ");
        let number = if number.is_empty() { format!("without a number yet, token {}", self.token) } else { number };
        format!("{} ({number})", self.kind.title())
    }
}

impl ProbeSide {
    fn add_status(&mut self, status: &str) {
        if self.statuses.last().is_none_or(|last| last != status) {
            self.statuses.push(status.to_owned());
        }
    }
}

/// All test requests made in an environment, oldest first.
pub(crate) fn probe_records(lines: &[JournalEntry], here: Environment) -> Vec<ProbeRecord> {
    let mut all: Vec<ProbeRecord> = Vec::new();
    for line in lines {
        match &line.entry {
            JournalEvent::ProbeBegun { token, kind, patron, environment } if *environment == here => {
                all.push(ProbeRecord {
                    token: token.clone(),
                    kind: *kind,
                    patron: patron.clone(),
                    begun: line.at,
                    tag: None,
                    alma: ProbeSide::default(),
                    illiad: ProbeSide::default(),
                });
            }
            JournalEvent::ProbeNumbered { token, system, number, tag } => {
                let Some(one) = all.iter_mut().find(|made| made.token == *token) else { continue };
                if tag.is_some() {
                    one.tag.clone_from(tag);
                }
                let side = one.side_mut(*system);
                // It was found after all, so an earlier end no longer holds.
                side.end = None;
                side.number = Some(number.clone());
            }
            JournalEvent::ProbeSeen { token, system, status } => {
                let Some(one) = all.iter_mut().find(|made| made.token == *token) else { continue };
                one.side_mut(*system).add_status(status);
            }
            JournalEvent::ProbeEnded { token, system, end } => {
                let Some(one) = all.iter_mut().find(|made| made.token == *token) else { continue };
                let side = one.side_mut(*system);
                if let ProbeEnd::Cancelled(status) = end {
                    side.add_status(status);
                }
                side.end = Some(end.clone());
            }
            _ => {}
        }
    }
    all
}

/// Test requests that may exist and are not confirmed cancelled.
pub(crate) fn leftover_probes(made: &[ProbeRecord]) -> Vec<ProbeRecord> {
    let open = |made: &&ProbeRecord| made.is_open(System::Alma) || made.is_open(System::Illiad);
    made.iter().filter(open).cloned().collect()
}

/// Test requests less than a day old that were not found when looked for, but may have arrived since.
pub(crate) fn late_probes(made: &[ProbeRecord], now: Timestamp) -> Vec<ProbeRecord> {
    let late = |made: &&ProbeRecord| {
        now.duration_since(made.begun) < SignedDuration::from_hours(24)
            && made.kind != ProbeKind::Borrowing
            && made.illiad.end == Some(ProbeEnd::NotFound)
    };
    made.iter().filter(late).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(entry: JournalEvent) -> JournalEntry {
        JournalEntry { at: Timestamp::UNIX_EPOCH, by: "ada".into(), entry }
    }

    fn begun(token: &str, kind: ProbeKind) -> JournalEntry {
        let environment = Environment::Sandbox;
        line(JournalEvent::ProbeBegun { token: token.into(), kind, patron: "1".into(), environment })
    }

    fn numbered(token: &str, system: System, number: &str) -> JournalEntry {
        line(JournalEvent::ProbeNumbered { token: token.into(), system, number: number.into(), tag: None })
    }

    fn ended(token: &str, system: System, end: ProbeEnd) -> JournalEntry {
        line(JournalEvent::ProbeEnded { token: token.into(), system, end })
    }

    #[test]
    fn what_was_begun_is_left_over_until_somebody_confirms_its_end() {
        let mut lines = vec![begun("a", ProbeKind::Probe)];
        assert_eq!(
            leftover_probes(&probe_records(&lines, Environment::Sandbox))[0].name(),
            "probe (without a number yet, token a)"
        );
        assert!(
            leftover_probes(&probe_records(&lines, Environment::Production)).is_empty(),
            "another Alma, another ILLiad"
        );
        lines.push(numbered("a", System::Illiad, "7"));
        assert_eq!(leftover_probes(&probe_records(&lines, Environment::Sandbox))[0].name(), "probe (ILLiad 7)");
        lines.push(ended("a", System::Illiad, ProbeEnd::Cancelled("Cancelled By ILL Staff".into())));
        assert!(leftover_probes(&probe_records(&lines, Environment::Sandbox)).is_empty());
    }

    #[test]
    fn a_borrowing_request_has_two_sides() {
        let mut lines = vec![begun("c", ProbeKind::Borrowing), ended("c", System::Alma, ProbeEnd::Gone)];
        assert_eq!(leftover_probes(&probe_records(&lines, Environment::Sandbox)).len(), 1, "ILLiad's side is open");
        lines.push(ended("c", System::Illiad, ProbeEnd::NotFound));
        assert!(leftover_probes(&probe_records(&lines, Environment::Sandbox)).is_empty());
    }

    #[test]
    fn what_came_late_is_open_again() {
        let mut lines = vec![begun("a", ProbeKind::Negative), ended("a", System::Illiad, ProbeEnd::NotFound)];
        let now = Timestamp::UNIX_EPOCH;
        assert_eq!(late_probes(&probe_records(&lines, Environment::Sandbox), now).len(), 1);
        assert!(
            late_probes(&probe_records(&lines, Environment::Sandbox), now + SignedDuration::from_hours(25)).is_empty()
        );
        lines.push(numbered("a", System::Illiad, "8"));
        assert_eq!(leftover_probes(&probe_records(&lines, Environment::Sandbox)).len(), 1);
    }
}

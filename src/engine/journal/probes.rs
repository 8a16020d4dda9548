//! The test requests that were made, and what became of them.
use super::entry::{JournalEntry, JournalEvent};
use super::probe::{ProbeEnd, ProbeKind, RequestByHand, System, cited_in, is_marked, title};
use super::target::{ProbePlace, Target};
use super::token::ProbeToken;
use crate::engine::observed::Transaction;
use crate::site::Site;
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeSet;

/// What we know of a test request in one system.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ProbeSide {
    /// `None` until the system gives it a number.
    pub number: Option<String>,
    /// The statuses seen, oldest first, without repeats in a row.
    pub statuses: Vec<String>,
    /// Why nothing is left there. `None` while something may be.
    pub end: Option<ProbeEnd>,
    /// Where the system is that it was made in.
    pub place: ProbePlace,
}

/// A test request that was made, or that may have been made before the process stopped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProbeRecord {
    /// Identifies the request. It is part of its `CitedIn` or its title.
    pub token: ProbeToken,
    pub kind: ProbeKind,
    /// The test patron that it was made for.
    pub patron: String,
    pub begun: Timestamp,
    /// The `CitedIn` that finds the request in ILLiad when the token does not: the id that Alma gave it.
    pub tag: Option<String>,
    /// The borrowing request that a person placed, when this is one. It carries no token.
    pub by_hand: Option<RequestByHand>,
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

    /// Whether a title is that of a test request and holds our token.
    pub fn names(&self, title: &str) -> bool {
        is_marked(title) && title.contains(&self.token.to_string())
    }

    /// Whether a request read from ILLiad shows our own token: in `CitedIn`, or in the title of a test in case the tag went
    /// into another field. Alma's id, which need not be unique beyond its zone, is enough only with our own title.
    pub fn shows_token(&self, site: &Site, found: &Transaction) -> bool {
        let title = found.title.as_deref().unwrap_or_default();
        let cited = match self.kind {
            ProbeKind::Borrowing => self.tag.is_some() && found.cited_in == self.tag && self.is_titled(title),
            kind => found.cited_in == Some(cited_in(site, kind, &self.token)),
        };
        cited || self.names(title)
    }

    /// Whether a title is the one of this request, which a system on the way may cut off or add to.
    fn is_titled(&self, found: &str) -> bool {
        let ours = self.by_hand.as_ref().map_or_else(|| title(self.kind, &self.token), |placed| placed.title.clone());
        let (found, ours) = (found.trim_end(), ours.trim_end());
        is_marked(found) && (ours.starts_with(found) || found.starts_with(ours))
    }

    /// Whether something of the request may still exist in a system that the campus file names now.
    pub fn is_left_here(&self) -> bool {
        self.is_open_at(|place| *place == ProbePlace::Here)
    }

    /// Whether something of the request may still exist where the campus file does not lead any more.
    pub fn is_left_elsewhere(&self) -> bool {
        self.is_open_at(|place| matches!(place, ProbePlace::Elsewhere(_)))
    }

    fn is_open_at(&self, place: impl Fn(&ProbePlace) -> bool) -> bool {
        [System::Alma, System::Illiad].into_iter().any(|system| self.is_open(system) && place(&self.side(system).place))
    }

    /// The request as users see it, for example `probe (ILLiad 410003)`.
    pub fn name(&self) -> String {
        let number = [System::Illiad, System::Alma]
            .into_iter()
            .filter_map(|system| {
                let number = self.side(system).number.as_ref()?;
                let open = self.is_open(system);
                Some(match &self.side(system).place {
                    ProbePlace::Elsewhere(place) if open => format!("{} {number} at {place}", system.as_str()),
                    _ => format!("{} {number}", system.as_str()),
                })
            })
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

/// All test requests, oldest first, each with where it was made.
pub(crate) fn probe_records(lines: &[JournalEntry], now: &Target) -> Vec<ProbeRecord> {
    let mut all: Vec<ProbeRecord> = Vec::new();
    for line in lines {
        match &line.entry {
            JournalEvent::ProbeBegun { token, kind, patron, environment, target, by_hand } => {
                let place = |system| match target {
                    Some(target) => target.place(system, now),
                    None if *environment == now.environment => ProbePlace::Unknown,
                    None => ProbePlace::Elsewhere(environment.as_str().to_owned()),
                };
                let number = by_hand.as_ref().map(|placed| placed.id.clone());
                all.push(ProbeRecord {
                    token: token.clone(),
                    kind: *kind,
                    patron: patron.clone(),
                    begun: line.at,
                    tag: None,
                    by_hand: by_hand.clone(),
                    alma: ProbeSide { number, place: place(System::Alma), ..ProbeSide::default() },
                    illiad: ProbeSide { place: place(System::Illiad), ..ProbeSide::default() },
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
                if let ProbeEnd::Cancelled(status) | ProbeEnd::Finished(status) = end {
                    side.add_status(status);
                }
                side.end = Some(end.clone());
            }
            _ => {}
        }
    }
    all
}

/// How many test requests have a number in the journal, no end, and no line of their beginning, so that lines of it are lost.
pub(crate) fn probes_without_beginning(lines: &[JournalEntry]) -> usize {
    let (mut begun, mut open) = (BTreeSet::new(), BTreeSet::new());
    for line in lines {
        match &line.entry {
            JournalEvent::ProbeBegun { token, .. } => drop(begun.insert(token)),
            JournalEvent::ProbeNumbered { token, system, .. } => drop(open.insert((token, *system))),
            JournalEvent::ProbeEnded { token, system, .. } => drop(open.remove(&(token, *system))),
            _ => {}
        }
    }
    open.into_iter().map(|(token, _)| token).filter(|token| !begun.contains(token)).collect::<BTreeSet<_>>().len()
}

/// Test requests that may exist and are not confirmed cancelled.
pub(crate) fn leftover_probes(made: &[ProbeRecord]) -> Vec<ProbeRecord> {
    let open = |made: &&ProbeRecord| made.is_open(System::Alma) || made.is_open(System::Illiad);
    made.iter().filter(open).cloned().collect()
}

/// Test requests less than a day old that were not found when looked for in a system that the campus file names now, but
/// may have arrived since.
pub(crate) fn late_probes(made: &[ProbeRecord], now: Timestamp) -> Vec<ProbeRecord> {
    // Both sides of a borrowing request may come late: it in Alma, and its export in ILLiad.
    let late = |made: &&ProbeRecord| {
        now.duration_since(made.begun) < SignedDuration::from_hours(24)
            && [&made.alma, &made.illiad]
                .into_iter()
                .any(|side| side.end == Some(ProbeEnd::NotFound) && side.place == ProbePlace::Here)
    };
    made.iter().filter(late).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::Environment;

    fn line(entry: JournalEvent) -> JournalEntry {
        JournalEntry { at: Timestamp::UNIX_EPOCH, by: "ada".into(), entry }
    }

    fn target(illiad: &str, environment: Environment) -> Target {
        let alma = Some("https://api-na.example.org".into());
        Target { environment, illiad: illiad.into(), zone: Some("01CUNY_QC".into()), alma }
    }

    fn here() -> Target {
        target("https://qc.illiad.example.org", Environment::Sandbox)
    }

    /// A token that ends with this letter.
    fn token(letter: &str) -> ProbeToken {
        format!("20261123000000000{letter}").try_into().expect("a token")
    }

    fn begun(token: &str, kind: ProbeKind) -> JournalEntry {
        begun_in(token, kind, Some(here()))
    }

    fn begun_in(letter: &str, kind: ProbeKind, target: Option<Target>) -> JournalEntry {
        let environment = Environment::Sandbox;
        let (token, patron) = (token(letter), "1".into());
        line(JournalEvent::ProbeBegun { token, kind, patron, environment, target, by_hand: None })
    }

    fn numbered(letter: &str, system: System, number: &str) -> JournalEntry {
        line(JournalEvent::ProbeNumbered { token: token(letter), system, number: number.into(), tag: None })
    }

    fn ended(letter: &str, system: System, end: ProbeEnd) -> JournalEntry {
        line(JournalEvent::ProbeEnded { token: token(letter), system, end })
    }

    #[test]
    fn what_was_begun_is_left_over_until_somebody_confirms_its_end() {
        let mut lines = vec![begun("a", ProbeKind::Probe)];
        assert_eq!(
            leftover_probes(&probe_records(&lines, &here()))[0].name(),
            "test request (without a number yet, token 20261123000000000a)"
        );
        lines.push(numbered("a", System::Illiad, "7"));
        assert_eq!(leftover_probes(&probe_records(&lines, &here()))[0].name(), "test request (ILLiad 7)");
        lines.push(ended("a", System::Illiad, ProbeEnd::Cancelled("Cancelled By ILL Staff".into())));
        assert!(leftover_probes(&probe_records(&lines, &here())).is_empty());
    }

    #[test]
    fn what_was_made_elsewhere_is_left_there_and_named_with_its_place() {
        let lines = vec![begun("a", ProbeKind::Probe), numbered("a", System::Illiad, "7")];
        let seen_from = |now: Target| leftover_probes(&probe_records(&lines, &now)).remove(0);
        assert!(seen_from(here()).is_left_here() && !seen_from(here()).is_left_elsewhere());
        let other = seen_from(target("https://bc.illiad.example.org", Environment::Sandbox));
        assert!(other.is_left_elsewhere() && !other.is_left_here(), "another host");
        assert_eq!(other.name(), "test request (ILLiad 7 at https://qc.illiad.example.org)");
        let other = seen_from(target("https://qc.illiad.example.org", Environment::Production));
        assert!(other.is_left_elsewhere(), "another environment");
        assert!(other.name().contains("01CUNY_QC, sandbox"), "{}", other.name());
        let older = probe_records(&[begun_in("a", ProbeKind::Probe, None)], &here()).remove(0);
        assert!(!older.is_left_here() && !older.is_left_elsewhere(), "nobody wrote down where");
    }

    #[test]
    fn a_borrowing_request_has_two_sides() {
        let mut lines = vec![begun("c", ProbeKind::Borrowing), ended("c", System::Alma, ProbeEnd::Gone)];
        assert_eq!(leftover_probes(&probe_records(&lines, &here())).len(), 1, "ILLiad's side is open");
        lines.push(ended("c", System::Illiad, ProbeEnd::NotFound));
        assert!(leftover_probes(&probe_records(&lines, &here())).is_empty());
    }

    #[test]
    fn an_export_that_was_not_found_is_looked_for_again() {
        let cancelled = ProbeEnd::Cancelled("Cancelled".into());
        let lines = vec![
            begun("c", ProbeKind::Borrowing),
            ended("c", System::Alma, cancelled),
            ended("c", System::Illiad, ProbeEnd::NotFound),
        ];
        assert_eq!(late_probes(&probe_records(&lines, &here()), Timestamp::UNIX_EPOCH).len(), 1);
    }

    #[test]
    fn what_came_late_is_open_again() {
        let mut lines = vec![begun("a", ProbeKind::Negative), ended("a", System::Illiad, ProbeEnd::NotFound)];
        let now = Timestamp::UNIX_EPOCH;
        assert_eq!(late_probes(&probe_records(&lines, &here()), now).len(), 1);
        assert!(late_probes(&probe_records(&lines, &here()), now + SignedDuration::from_hours(25)).is_empty());
        lines.push(numbered("a", System::Illiad, "8"));
        assert_eq!(leftover_probes(&probe_records(&lines, &here())).len(), 1);
    }
}

//! Which entries of a journal still count. Checks are most of a long journal, and later ones make nearly all earlier ones void.
//! The journal is read and archived by this, so both need memory for what counts alone.
use super::ahead::is_ahead;
use super::entry::{CheckOccasion, JournalEntry, JournalEvent};
use super::known_verdict::KnownVerdict;
use super::target::Target;
use crate::recipe::{FieldKey, Recipe, StepId};
use crate::site::Environment;
use jiff::Timestamp;
use std::collections::BTreeMap;

/// Where entries stand in the journal.
type Place = usize;

/// What checks found for one field in the same systems, with the places of what still counts of it.
struct FieldChecks<'a> {
    /// Where its last verdict stands.
    verdict: Place,
    /// The last value that was seen.
    known: Option<&'a KnownVerdict>,
    /// The values seen since the last change, which they are compared with.
    seen: Vec<Place>,
    /// The check that last found the last value, and the one after it that could no longer tell it, if there is one.
    until: Option<[Place; 2]>,
    /// The value before the last change, and the checks that say how long it was found.
    before: Vec<Place>,
}

impl<'a> FieldChecks<'a> {
    fn at(verdict: Place) -> Self {
        Self { verdict, known: None, seen: Vec::new(), until: None, before: Vec::new() }
    }

    /// Takes in the verdict of a check. `checked` is the check of the field's step before it.
    fn take(&mut self, at: Place, found: &'a KnownVerdict, checked: Option<Place>) {
        self.verdict = at;
        let last = self.seen.last().copied();
        if !found.is_seen() {
            self.until = self.until.or(last.map(|seen| [checked.unwrap_or(seen), at]));
            return;
        }
        if self.known.is_some_and(|known| known.is_changed_to(found)) {
            let until = self.until.into_iter().flatten();
            self.before = last.into_iter().chain(checked).chain(until).collect();
            self.seen.clear();
        }
        (self.known, self.until) = (Some(found), None);
        self.seen.push(at);
    }

    fn places(&self) -> impl Iterator<Item = Place> {
        let until = self.until.into_iter().flatten();
        [self.verdict].into_iter().chain(self.seen.iter().chain(&self.before).copied()).chain(until)
    }
}

/// What the checks of the same systems say.
struct Checks<'a> {
    of: Target,
    fields: BTreeMap<&'a FieldKey, FieldChecks<'a>>,
    /// The last check of each step.
    steps: BTreeMap<StepId, Place>,
}

/// What counts of the entries seen so far, as far as later ones can end it.
#[derive(Default)]
struct Counting<'a> {
    checks: Vec<Checks<'a>>,
    /// The last check that somebody asked for.
    asked: Option<Place>,
    /// The last end of a session in each environment.
    left: Vec<(Environment, Place)>,
    /// Sign-offs of the same values with nothing but checks between: the last of each.
    signed: Vec<(&'a JournalEvent, Place, SignOffRun)>,
}

/// Whether a sign-off is the first of its kind in a row.
#[derive(Clone, Copy, PartialEq, Eq)]
enum SignOffRun {
    First,
    Later,
}

impl<'a> Counting<'a> {
    /// Takes in an entry. Returns the place of one that no longer counts by it.
    fn take(&mut self, at: Place, line: &'a JournalEntry) -> Option<Place> {
        match &line.entry {
            JournalEvent::Checked { target, steps, verdicts, occasion, .. } => {
                if *occasion == CheckOccasion::Request {
                    self.asked = Some(at);
                }
                if let Some(target) = target {
                    self.checks_of(target).take(at, steps, verdicts);
                }
                None
            }
            JournalEvent::BrokenOff { environment, .. } => {
                self.left.retain(|(of, _)| of != environment);
                self.left.push((*environment, at));
                None
            }
            JournalEvent::Attested { .. } => self.sign(at, &line.entry),
            _ => {
                self.signed.clear();
                None
            }
        }
    }

    fn sign(&mut self, at: Place, event: &'a JournalEvent) -> Option<Place> {
        let JournalEvent::Attested { target, fields, .. } = event else { return None };
        let same = |other: &JournalEvent| matches!(other, JournalEvent::Attested { target: of, fields: all, .. } if of == target && all == fields);
        let before = self.signed.iter().position(|(other, ..)| same(other)).map(|known| self.signed.remove(known));
        let run = if before.is_some() { SignOffRun::Later } else { SignOffRun::First };
        self.signed.push((event, at, run));
        before.filter(|(.., run)| *run == SignOffRun::Later).map(|(_, place, _)| place)
    }

    fn checks_of(&mut self, target: &Target) -> &mut Checks<'a> {
        let of = Target { illiad: target.illiad.trim_end_matches('/').to_lowercase(), alma: None, ..target.clone() };
        let known = self.checks.iter().position(|known| known.of == of).unwrap_or_else(|| {
            self.checks.push(Checks { of, fields: BTreeMap::new(), steps: BTreeMap::new() });
            self.checks.len() - 1
        });
        &mut self.checks[known]
    }

    /// The places of the checks and ends of sessions that still count.
    fn places(&self) -> impl Iterator<Item = Place> {
        let fields = self.checks.iter().flat_map(|checks| checks.fields.values()).flat_map(FieldChecks::places);
        let steps = self.checks.iter().flat_map(|checks| checks.steps.values().copied());
        fields.chain(steps).chain(self.asked).chain(self.left.iter().map(|(_, place)| *place))
    }
}

impl<'a> Checks<'a> {
    fn take(&mut self, at: Place, steps: &[StepId], verdicts: &'a BTreeMap<FieldKey, KnownVerdict>) {
        for (key, found) in verdicts {
            let checked = key.step().and_then(|step| self.steps.get(&step).copied());
            let past = self.fields.entry(key).or_insert_with(|| FieldChecks::at(at));
            match Recipe::embedded().field(key) {
                Some(_) => past.take(at, found, checked),
                None => past.verdict = at,
            }
        }
        self.steps.extend(steps.iter().map(|step| (*step, at)));
    }
}

/// How many entries are read before the first look at which of them still count.
const FIRST_LOOK: usize = 4096;

/// The entries of a journal that still count, with the numbers of their lines, while it is read. A short journal is kept
/// whole; of a long one, what counts no longer is dropped on the way.
#[derive(Debug, Default)]
pub struct CountedEntries {
    /// The entries, oldest first.
    pub lines: Vec<JournalEntry>,
    /// The number of each line in the file.
    pub numbers: Vec<usize>,
    /// How many were left by the last look.
    left: usize,
}

impl CountedEntries {
    /// Adds the next entry.
    pub fn add(&mut self, number: usize, line: JournalEntry, now: Timestamp) {
        self.lines.push(line);
        self.numbers.push(number);
        if self.lines.len() >= FIRST_LOOK.max(2 * self.left) {
            self.shorten(now);
        }
    }

    /// Drops what counts no longer at `now`.
    pub fn shorten(&mut self, now: Timestamp) {
        let counts = counting(&self.lines, now);
        let (mut of_lines, mut of_numbers) = (counts.iter(), counts.iter());
        self.lines.retain(|_| of_lines.next() == Some(&true));
        self.numbers.retain(|_| of_numbers.next() == Some(&true));
        self.left = self.lines.len();
    }
}

/// For each entry, whether it still counts at `now`: whether what the journal amounts to would be another without it.
pub fn counting(lines: &[JournalEntry], now: Timestamp) -> Vec<bool> {
    let of_its_own =
        |line: &JournalEntry| !matches!(line.entry, JournalEvent::Checked { .. } | JournalEvent::BrokenOff { .. });
    let mut counts: Vec<bool> = lines.iter().map(of_its_own).collect();
    let mut all = Counting::default();
    for (at, line) in lines.iter().enumerate() {
        // It does not count yet, and may later.
        if is_ahead(line, now) {
            all.signed.clear();
        } else if let Some(ended) = all.take(at, line) {
            counts[ended] = false;
        }
    }
    // The first entry says when work began; a write to another Alma does not.
    let first = lines.iter().position(|line| !is_ahead(line, now));
    let written = |line: &JournalEntry| matches!(line.entry, JournalEvent::WriteBegun { .. });
    let first_here = lines.iter().position(|line| !is_ahead(line, now) && !written(line));
    all.places().chain(first).chain(first_here).for_each(|place| counts[place] = true);
    counts
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

    fn kept(lines: &[JournalEntry]) -> Vec<bool> {
        counting(lines, Timestamp::from_second(99).expect("a time"))
    }

    #[test]
    fn what_a_later_check_says_too_no_longer_counts() {
        let lines = [
            checked(1, Some("absent")),
            checked(2, Some("waiting")),
            checked(3, None),
            checked(4, Some("same")),
            checked(5, None),
            checked(6, None),
        ];
        // The value before the last change, the change, and the last check.
        assert_eq!(kept(&lines), [true, false, false, true, false, true]);
        let lines = [checked(1, Some("same")), checked(2, None), checked(3, None), checked(4, None)];
        assert_eq!(kept(&lines), [true, false, false, true]);
    }
}

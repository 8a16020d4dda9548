//! The campuses on the board, which outlive its screen: a campus's wizard opens over it and leads back to it.
use super::ticket::Ticket;
use crate::engine::board::BoardRow;
use crate::engine::judge::StepState;
use crate::failure::Failure;
use crate::site::{CampusCode, Environment};
use jiff::{SignedDuration, Timestamp};

/// Identifies a campus file on the board.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct BoardKey {
    pub code: CampusCode,
    /// `None` if the campus file does not say.
    pub environment: Option<Environment>,
}

/// A campus on the board.
#[derive(Debug, Clone, PartialEq)]
pub struct BoardCampus {
    pub key: BoardKey,
    pub name: String,
    pub standing: BoardStanding,
    /// The check that is running, with the time it was requested.
    pub reading: Option<(Ticket, Timestamp)>,
}

/// What is known about a campus.
#[derive(Debug, Clone, PartialEq)]
pub enum BoardStanding {
    NotRead,
    Read(Box<BoardRow>),
    /// It could not be checked at all.
    Failed {
        failure: Failure,
        at: Timestamp,
    },
}

/// A request for the wizard of a campus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoardOpening {
    pub ticket: Ticket,
    pub since: Timestamp,
    pub key: BoardKey,
}

/// The order of the rows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum BoardOrder {
    /// By code: nothing moves while the rows fill in.
    #[default]
    Code,
    /// Problems first, then what waits for a person.
    Need,
    /// The longest wait first.
    Wait,
    /// The campuses where most values changed come first.
    Changes,
}

impl BoardOrder {
    /// The order after this one, as the key for it goes through them.
    pub fn next(self) -> Self {
        match self {
            Self::Code => Self::Need,
            Self::Need => Self::Wait,
            Self::Wait => Self::Changes,
            Self::Changes => Self::Code,
        }
    }

    /// The order in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Code => "by code",
            Self::Need => "problems first",
            Self::Wait => "longest wait first",
            Self::Changes => "changes first",
        }
    }
}

/// Minutes of an hour and of a day.
const HOUR: i64 = 60;
const DAY: i64 = 24 * HOUR;

/// All campuses, and which of them are shown.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Board {
    /// Every campus, sorted by its code.
    pub campuses: Vec<BoardCampus>,
    pub order: BoardOrder,
    /// Only campuses in which all of these words occur are shown.
    pub filter: String,
    /// The chosen campus. [`Board::chosen`] says which one it is if this one is not shown.
    pub moved_to: Option<BoardKey>,
    /// Index of the first visible row.
    pub top: usize,
    /// The campus whose wizard is being opened.
    pub opening: Option<BoardOpening>,
}

impl Board {
    /// A board of these campuses, of which nothing was read.
    pub fn of(campuses: impl IntoIterator<Item = (BoardKey, String)>) -> Self {
        let unread = |(key, name)| BoardCampus { key, name, standing: BoardStanding::NotRead, reading: None };
        Self { campuses: campuses.into_iter().map(unread).collect(), ..Self::default() }
    }

    /// The campuses that are shown, in their order.
    pub fn visible(&self) -> Vec<&BoardCampus> {
        let words: Vec<String> = self.filter.to_lowercase().split_whitespace().map(str::to_owned).collect();
        let fits = |campus: &&BoardCampus| {
            let text = if words.is_empty() { String::new() } else { campus.text() };
            words.iter().all(|word| text.contains(word.as_str()))
        };
        let mut shown: Vec<&BoardCampus> = self.campuses.iter().filter(fits).collect();
        match self.order {
            BoardOrder::Code => {}
            BoardOrder::Need => shown.sort_by_key(|campus| campus.need()),
            BoardOrder::Wait => {
                let since = |campus: &BoardCampus| campus.row().and_then(BoardRow::waits_since);
                shown.sort_by_key(|campus| (since(campus).is_none(), since(campus)));
            }
            BoardOrder::Changes => {
                shown.sort_by_key(|campus| std::cmp::Reverse(campus.row().map_or(0, |row| row.changed.len())));
            }
        }
        shown
    }

    /// Index of the chosen campus among those shown.
    pub fn chosen(&self) -> usize {
        let at = |key: &BoardKey| self.visible().iter().position(|campus| campus.key == *key);
        self.moved_to.as_ref().and_then(at).unwrap_or(0)
    }

    /// The chosen campus. `None` if none is shown.
    pub fn campus(&self) -> Option<&BoardCampus> {
        self.visible().get(self.chosen()).copied()
    }

    /// The next campus with a problem after the chosen one, or the one before it; it starts again at the other end.
    pub fn problem(&self, after: bool) -> Option<BoardKey> {
        let (shown, at) = (self.visible(), self.chosen());
        let (before, from) = shown.split_at(at.min(shown.len()));
        let rest = from.iter().skip(1);
        let found = match after {
            true => rest.chain(before).find(|campus| campus.has_problem()),
            false => before.iter().rev().chain(rest.rev()).find(|campus| campus.has_problem()),
        };
        found.map(|campus| campus.key.clone())
    }

    /// How long it takes until the age of a reading has another text. `None` before the first reading.
    pub fn age_changes_in(&self, now: Timestamp) -> Option<SignedDuration> {
        let left = |at: Timestamp| {
            let age = now.duration_since(at).max(SignedDuration::ZERO);
            let step = match age.as_mins() {
                0..HOUR => 1,
                HOUR..DAY => HOUR,
                _ => DAY,
            };
            SignedDuration::from_mins((age.as_mins() / step + 1) * step) - age
        };
        self.campuses.iter().filter_map(BoardCampus::read_at).map(left).min()
    }

    /// Whether something is being read or opened.
    pub fn is_busy(&self) -> bool {
        self.opening.is_some() || self.reading().is_some()
    }

    /// How many campuses are being read, and since when at the longest.
    pub fn reading(&self) -> Option<(usize, Timestamp)> {
        let reading = || self.campuses.iter().filter_map(|campus| campus.reading);
        Some((reading().count(), reading().map(|(_, since)| since).min()?))
    }
}

impl BoardCampus {
    /// How old the reading is: `now`, `5 min`, `3 h`, `2 d`. `None` before the first one.
    pub fn age(&self, now: Timestamp) -> Option<String> {
        let minutes = now.duration_since(self.read_at()?).as_mins();
        Some(match (minutes / HOUR, minutes / DAY) {
            _ if minutes < 1 => "now".to_owned(),
            (0, _) => format!("{minutes} min"),
            (hours, 0) => format!("{hours} h"),
            (_, days) => format!("{days} d"),
        })
    }

    /// The row, if the campus was read.
    pub fn row(&self) -> Option<&BoardRow> {
        match &self.standing {
            BoardStanding::Read(row) => Some(row),
            BoardStanding::NotRead | BoardStanding::Failed { .. } => None,
        }
    }

    /// When it was read, or when that failed.
    pub fn read_at(&self) -> Option<Timestamp> {
        match &self.standing {
            BoardStanding::NotRead => None,
            BoardStanding::Read(row) => Some(row.at),
            BoardStanding::Failed { at, .. } => Some(*at),
        }
    }

    /// Whether something is wrong or unknown.
    pub fn has_problem(&self) -> bool {
        match &self.standing {
            BoardStanding::NotRead => false,
            BoardStanding::Read(row) => row.has_problem(),
            BoardStanding::Failed { .. } => true,
        }
    }

    /// Small where somebody is needed most.
    fn need(&self) -> usize {
        match (&self.standing, self.row().map(|row| row.state)) {
            _ if self.has_problem() => 0,
            (_, Some(StepState::Waiting)) => 1,
            (BoardStanding::NotRead, _) => 2,
            _ => 3,
        }
    }

    /// The texts that the filter looks at, in small letters.
    fn text(&self) -> String {
        let mut words: Vec<&str> = vec![self.key.code.as_str(), &self.name];
        words.extend(self.key.environment.map(Environment::as_str));
        match &self.standing {
            BoardStanding::NotRead => words.push("not read"),
            BoardStanding::Failed { failure, .. } => words.extend(["unread", "problem", failure.what.as_str()]),
            BoardStanding::Read(row) => {
                words.extend([row.state.as_str(), row.state.words()]);
                words.extend(row.waits_for().into_iter().map(|owner| owner.as_str()));
                words.extend(row.has_problem().then_some("problem"));
                words.extend((!row.changed.is_empty()).then_some("changed"));
                words.extend(row.steps.iter().filter(|step| !step.is_done()).map(|step| step.title.as_str()));
            }
        }
        words.join(" ").to_lowercase()
    }
}

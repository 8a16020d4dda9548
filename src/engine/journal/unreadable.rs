//! Lines of the journal that cannot be read. Each may have taken a sign-off back, or spoken against one.
use jiff::Timestamp;

/// A line of the journal that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnreadableLine {
    /// Its number in the file, from 1.
    pub number: usize,
    pub why: UnreadableReason,
    /// The time of the last entry before it, if there is one.
    pub before: Option<Timestamp>,
}

/// Why a line of the journal cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnreadableReason {
    /// It is cut off, or changed by something else than this program.
    Damaged,
    /// A newer version of the program wrote it, in a format that this version does not know.
    Newer,
}

/// Says which lines cannot be read, and what that means. `None` if all can.
pub fn unreadable_words(lines: &[UnreadableLine]) -> Option<String> {
    let first = lines.first()?;
    let since = first.before.map_or(String::new(), |at| format!(" (until {})", at.strftime("%Y-%m-%d %H:%M UTC")));
    Some(format!(
        "{}. What was signed off or shown before that{since} may have been withdrawn or contradicted in it.",
        unreadable_count(lines)?
    ))
}

/// Says which lines cannot be read, and why.
pub fn unreadable_count(lines: &[UnreadableLine]) -> Option<String> {
    let first = lines.first()?;
    let why = match first.why {
        UnreadableReason::Damaged => "damaged or cut off",
        UnreadableReason::Newer => "written by a newer version of last-resort",
    };
    let number = first.number;
    Some(match lines.len() {
        1 => format!("Line {number} of the journal is {why} and cannot be read"),
        count => format!("{count} lines of the journal cannot be read; the first is line {number}, which is {why}"),
    })
}

/// What to do about lines that cannot be read.
pub fn unreadable_next(lines: &[UnreadableLine]) -> Option<&'static str> {
    Some(match lines.first()?.why {
        UnreadableReason::Damaged => {
            "restore journal.jsonl from a copy; or move that line to another file, then check the values signed off before it \
             and sign them off again"
        }
        UnreadableReason::Newer => "use the newer version of last-resort that wrote this line",
    })
}

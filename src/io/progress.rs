//! Shows that a command waits: what for, how far it is and how long it may still take. On a terminal this is one line that changes at most
//! once a second and is gone before anything else is printed. Elsewhere only a long forecast prints a plain line now and then.
use super::http::pause_left;
use crate::text::{span, time_left, time_to_go};
use std::io::{IsTerminal as _, Write as _, stderr};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Width of the bar, in characters.
const CELLS: usize = 30;

/// Number of people between two plain lines.
const EVERY: usize = 50;

/// How long a line stays as it is. A wait that ends earlier shows nothing.
const BEAT: Duration = Duration::from_secs(1);

/// What is waited for.
struct WaitingFor {
    since: Instant,
    goal: WaitGoal,
}

/// What ends a wait.
enum WaitGoal {
    /// The end of what the words name, within this time.
    Within(String, Duration),
    /// As many people have been read as there are. Some were known at the beginning.
    Everyone { done: usize, all: usize, known: usize },
    /// All campuses. `what` is what is done with each, such as `campuses checked`.
    Campuses { done: usize, all: usize, what: &'static str },
}

/// The line of this process.
struct ProgressLine {
    /// The innermost wait is the last one.
    waits: Vec<WaitingFor>,
    drawn: LineState,
    /// Whether a thread draws the line.
    ticks: bool,
}

/// What is on the line of the terminal.
#[derive(PartialEq, Eq)]
enum LineState {
    Clear,
    /// Clear it before printing anything else.
    Drawn,
}

static LINE: Mutex<ProgressLine> =
    Mutex::new(ProgressLine { waits: Vec::new(), drawn: LineState::Clear, ticks: false });

fn line() -> MutexGuard<'static, ProgressLine> {
    LINE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A wait that is shown until this is dropped.
#[must_use = "the wait ends when this is dropped"]
pub struct ShownWait(());

/// Shows a wait for `what` that ends within `limit`, if standard error is a terminal and the wait takes longer than a second.
pub fn wait(what: &str, limit: Duration) -> ShownWait {
    begin(WaitGoal::Within(what.to_owned(), limit))
}

/// Shows how many of these people have been read.
pub fn people(known: usize, all: usize) -> ShownWait {
    begin(WaitGoal::Everyone { done: known, all, known })
}

/// Shows how many campuses are done, if standard error is a terminal; `what` says what is done with each.
pub fn campuses(all: usize, what: &'static str) -> ShownWait {
    begin(WaitGoal::Campuses { done: 0, all, what })
}

fn begin(goal: WaitGoal) -> ShownWait {
    let mut line = line();
    line.waits.push(WaitingFor { since: Instant::now(), goal });
    if !line.ticks && draws() {
        // A wait that cannot be shown is still waited for.
        line.ticks = std::thread::Builder::new().name("progress".to_owned()).spawn(tick).is_ok();
    }
    ShownWait(())
}

impl Drop for ShownWait {
    fn drop(&mut self) {
        let mut line = line();
        line.clear();
        line.waits.pop();
    }
}

impl ShownWait {
    /// Goes on to wait for something else.
    pub fn now(&self, what: &str, limit: Duration) {
        if let Some(last) = line().waits.last_mut() {
            *last = WaitingFor { since: Instant::now(), goal: WaitGoal::Within(what.to_owned(), limit) };
        }
    }

    /// Says that `done` people or campuses are done.
    pub fn read(&self, now: usize) {
        match line().waits.last_mut().map(|wait| &mut wait.goal) {
            Some(WaitGoal::Campuses { done, .. }) => *done = now,
            Some(WaitGoal::Everyone { done, all, .. }) => {
                *done = now;
                if !draws() && (now.is_multiple_of(EVERY) || now == *all) {
                    whole(&format!("{now} of {all} people read\n"));
                }
            }
            Some(WaitGoal::Within(..)) | None => {}
        }
    }
}

/// Whether the line can be drawn, and drawn over.
fn draws() -> bool {
    stderr().is_terminal() && std::env::var_os("TERM").is_some_and(|term| term != "dumb" && term != "unknown")
}

fn tick() {
    loop {
        std::thread::sleep(BEAT);
        let mut line = line();
        match line.waits.last() {
            Some(wait) => {
                let words = wait.words(Instant::now());
                line.draw(&words);
            }
            None => {
                line.ticks = false;
                return;
            }
        }
    }
}

impl WaitingFor {
    fn words(&self, now: Instant) -> String {
        let pause = pause_left().filter(|left| left.as_secs() > 0);
        let pause = pause.map_or(String::new(), |left| format!("pausing {} after too many calls, ", span(left)));
        let elapsed = now.duration_since(self.since);
        match &self.goal {
            WaitGoal::Within(what, limit) => format!("{what}, {pause}{}", time_left(elapsed, *limit)),
            WaitGoal::Everyone { done, all, known } => {
                let left = time_to_go(done - known, all - done, elapsed);
                let left = left.map_or(String::new(), |left| format!(", about {} to go", span(left)));
                format!("{}{left}", bar(*done, *all, "people read"))
            }
            WaitGoal::Campuses { done, all, what } => bar(*done, *all, what),
        }
    }
}

impl ProgressLine {
    fn draw(&mut self, words: &str) {
        let columns = rustix::termios::tcgetwinsize(stderr()).map_or(80, |size| usize::from(size.ws_col));
        // A line that wraps could not be drawn over.
        let words: String = words.chars().take(columns.saturating_sub(1)).collect();
        whole(&format!("\r\x1b[K{words}"));
        self.drawn = LineState::Drawn;
    }

    fn clear(&mut self) {
        if std::mem::replace(&mut self.drawn, LineState::Clear) == LineState::Drawn {
            whole("\r\x1b[K");
        }
    }
}

/// Clears the line if it is on the screen.
pub fn clear() {
    line().clear();
}

/// Prints something else: clears the line first, and nothing is drawn meanwhile.
pub fn aside<T>(print: impl FnOnce() -> T) -> T {
    let mut line = line();
    line.clear();
    print()
}

/// Writes a text in one piece, so that whatever ends the program does not cut it.
fn whole(text: &str) {
    let _ = stderr().lock().write_all(text.as_bytes());
}

fn bar(done: usize, all: usize, what: &str) -> String {
    let full = (done * CELLS).checked_div(all).unwrap_or(CELLS).min(CELLS);
    format!("[{}{}] {done} of {all} {what}", "#".repeat(full), ".".repeat(CELLS - full))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_fills_up_and_keeps_its_width() {
        assert_eq!(bar(0, 400, "people read"), format!("[{}] 0 of 400 people read", ".".repeat(30)));
        assert_eq!(
            bar(200, 400, "people read"),
            format!("[{}{}] 200 of 400 people read", "#".repeat(15), ".".repeat(15))
        );
        assert_eq!(bar(400, 400, "people read"), format!("[{}] 400 of 400 people read", "#".repeat(30)));
        assert!(bar(0, 0, "people read").starts_with("[###"));
    }

    #[test]
    fn a_wait_counts_down() {
        let since = Instant::now();
        let wait = WaitingFor { since, goal: WaitGoal::Within("Reading".to_owned(), Duration::from_secs(30)) };
        assert_eq!(wait.words(since + Duration::from_millis(1200)), "Reading, at most 29 s more");
        assert_eq!(wait.words(since + Duration::from_secs(31)), "Reading, ends any moment now");
        let people = WaitingFor { since, goal: WaitGoal::Everyone { done: 12, all: 112, known: 2 } };
        assert!(people.words(since).ends_with(" 12 of 112 people read"));
        assert!(people.words(since + Duration::from_secs(10)).ends_with(" people read, about 1 min 40 s to go"));
    }
}

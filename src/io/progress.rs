//! Shows the progress of a long command: a bar if standard error is a terminal, else a plain line now and then.
use std::io::{IsTerminal as _, Write as _, stderr};
use std::sync::atomic::{AtomicBool, Ordering};

/// Width of the bar, in characters.
const CELLS: usize = 30;

/// How many are done between two plain lines.
const EVERY: usize = 50;

/// Whether a bar is on the screen. Clear it before printing anything else.
static DRAWN: AtomicBool = AtomicBool::new(false);

/// Shows that `done` of `all` are done; `what` says what was done with whom, such as `people read`.
pub fn show(done: usize, all: usize, what: &str) {
    if stderr().is_terminal() {
        DRAWN.store(true, Ordering::Relaxed);
        whole(&format!("\r\x1b[K{}", bar(done, all, what)));
    } else if done.is_multiple_of(EVERY) || done == all {
        whole(&format!("{done} of {all} {what}\n"));
    }
}

/// Clears the bar if it is on the screen.
pub fn clear() {
    if DRAWN.swap(false, Ordering::Relaxed) {
        whole("\r\x1b[K");
    }
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
    use super::bar;

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
}

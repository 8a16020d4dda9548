//! What the output of this process can show: which characters, and how many of them in a line.
use crate::text::{ascii, wrapped_to};
use rustix::termios::tcgetwinsize;
use std::borrow::Cow;
use std::os::fd::AsFd;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether the locale, the terminal or `--ascii` allows nothing but ASCII.
static ASCII: AtomicBool = AtomicBool::new(false);

/// From now on everything that is printed is in ASCII.
pub fn print_ascii() {
    ASCII.store(true, Ordering::Relaxed);
}

/// Whether only ASCII may be printed.
pub fn prints_ascii() -> bool {
    ASCII.load(Ordering::Relaxed)
}

/// A text in the characters that may be printed.
pub fn spelled(text: &str) -> Cow<'_, str> {
    if prints_ascii() { ascii(text) } else { Cow::Borrowed(text) }
}

/// A line as it is printed to `out`: in the characters that may be printed, and wrapped at blanks if a terminal shows it.
pub fn printed(line: &str, out: impl AsFd) -> String {
    let line = spelled(line);
    match tcgetwinsize(out) {
        Ok(size) if size.ws_col > 0 => wrapped_to(&line, usize::from(size.ws_col)).join("\n") + "\n",
        _ => line.into_owned() + "\n",
    }
}

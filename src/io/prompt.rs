//! A hidden prompt, or standard input when that is not a terminal.
use crate::failure::{Failure, Kind};
use crate::text::drop_sequences;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::termios::{LocalModes, OptionalActions, QueueSelector, Termios, tcflush, tcgetattr, tcsetattr};
use std::io::{BufRead as _, ErrorKind, IsTerminal as _, Read as _, Write as _, stdin};
use std::sync::Mutex;
use zeroize::Zeroizing;

/// Longer input than this is no key.
const LONGEST: u64 = 4096;

/// The terminal's modes while a hidden prompt stands; whoever ends the program early puts them back.
static BEFORE: Mutex<Option<Termios>> = Mutex::new(None);

/// Whether a person can be asked.
#[must_use]
pub fn at_a_terminal() -> bool {
    stdin().is_terminal()
}

/// Reads a secret: a line without echo at a terminal, all of standard input elsewhere.
///
/// # Errors
/// Standard input cannot be read.
pub fn secret(label: &str) -> Result<Zeroizing<String>, Failure> {
    let failed = |error: std::io::Error| Failure::new(Kind::Terminal, format!("The key could not be read: {error}"));
    let mut text = Zeroizing::new(String::with_capacity(256));
    if !at_a_terminal() {
        stdin().lock().take(LONGEST).read_to_string(&mut text).map_err(|error| match error.kind() {
            // What is no text is no key either.
            ErrorKind::InvalidData => Failure::new(Kind::Usage, "No key was stored: what came is not text in UTF-8")
                .hint("paste the key alone, on one line"),
            _ => failed(error),
        })?;
        return Ok(text);
    }
    // Before it asks: who answers at once must not see the key, nor lose it.
    hide().map_err(|error| failed(error.into()))?;
    let _ = write!(std::io::stderr(), "{label}");
    let _ = std::io::stderr().flush();
    let read = key_line(&mut text);
    restore();
    let _ = writeln!(std::io::stderr());
    read.map_err(failed)?;
    Ok(text)
}

/// Asks for a line that may be seen, at a terminal. What was typed before the question is no answer to it.
///
/// # Errors
/// Standard input cannot be read.
pub fn line(label: &str) -> Result<String, Failure> {
    let failed = |error: std::io::Error| Failure::new(Kind::Terminal, format!("The answer could not be read: {error}"));
    let _ = tcflush(stdin(), QueueSelector::IFlush);
    let _ = write!(std::io::stderr(), "{label}");
    let _ = std::io::stderr().flush();
    let mut text = String::new();
    stdin().lock().take(LONGEST).read_line(&mut text).map_err(failed)?;
    drop_sequences(&mut text);
    Ok(text.trim().to_owned())
}

/// Reads a line that is not empty. A paste may begin with line ends; an Enter that a person presses has nothing after it.
fn key_line(text: &mut String) -> std::io::Result<()> {
    loop {
        let read = stdin().lock().take(LONGEST).read_line(text)?;
        drop_sequences(text);
        if read == 0 || !text.trim().is_empty() || !is_more() {
            return Ok(());
        }
        text.clear();
    }
}

/// Whether more comes at once.
fn is_more() -> bool {
    const TOGETHER: Timespec = Timespec { tv_sec: 0, tv_nsec: 40_000_000 };
    poll(&mut [PollFd::new(&stdin(), PollFlags::IN)], Some(&TOGETHER)).is_ok_and(|ready| ready > 0)
}

/// Switches the echo of the terminal off, until [`restore`]. What was typed before is dropped: it was meant for another question.
///
/// # Errors
/// Standard input is no terminal, or its modes cannot be changed.
pub fn hide() -> rustix::io::Result<()> {
    let modes = tcgetattr(stdin())?;
    let mut hidden = modes.clone();
    hidden.local_modes -= LocalModes::ECHO;
    if let Ok(mut before) = BEFORE.lock() {
        // Hidden already, it is what was there before that is put back.
        before.get_or_insert(modes);
    }
    tcsetattr(stdin(), OptionalActions::Flush, &hidden)
}

/// Puts the terminal back if a hidden prompt still stands.
pub fn restore() {
    if let Ok(mut before) = BEFORE.lock()
        && let Some(modes) = before.take()
    {
        // What came after the key, of the same paste, would go to the shell, and be seen and kept there.
        let _ = tcsetattr(stdin(), OptionalActions::Flush, &modes);
    }
}

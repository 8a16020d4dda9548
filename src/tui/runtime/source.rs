//! What crossterm reads, and what it would hold back for ever. Its parser keeps a paste until the end mark comes, a torn sequence until
//! its last byte does, and every key after them; only those make it give them up. So the terminal is watched here, crossterm is
//! asked only when there is something to read, and what it keeps through a long silence is had out of it.
use crossterm::event::{self, Event, KeyCode, KeyEvent, KeyModifiers};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::stdio::dup2_stdin;
use std::io::{self, Write as _};
use std::os::fd::AsFd as _;
use std::os::unix::net::UnixStream;
use std::time::{Duration, Instant};

/// A paste that pauses for so long is over, whether or not its end mark came. Slow lines pause for less within one.
const PAUSE: Duration = Duration::from_secs(1);

/// How long to look for more of what came with an event. Not zero: for no time at all crossterm does not even look at what it has read.
const TOGETHER: Duration = Duration::from_micros(100);

/// The end mark of a paste.
const END: &str = "\x1b[201~";

/// What ends whatever crossterm's parser may be in: a paste, a report of the mouse, an answer.
const ENDS: [&str; 3] = [END, "m", "c"];

/// Ctrl-C. No terminal has it in a paste; a person types it.
const INTERRUPT: char = '\x03';

/// What crossterm may hold back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Held {
    Nothing,
    /// Bytes came, and no event.
    Something,
}

/// What the terminal has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum There {
    Nothing,
    Bytes,
}

/// The events of the terminal. The sizes of its window are told by signals instead.
pub(super) struct Source(Held);

impl Source {
    pub(super) fn new() -> Self {
        Self(Held::Nothing)
    }

    /// Waits for an event; there are two where a person ended an unfinished paste with Ctrl-C.
    ///
    /// # Errors
    /// There is no terminal any more.
    pub(super) fn wait(&mut self) -> io::Result<Vec<Event>> {
        loop {
            let patience = (self.0 == Held::Something).then_some(PAUSE);
            let events = match there(patience)? {
                There::Bytes => self.look()?.into_iter().collect(),
                There::Nothing => {
                    self.0 = Held::Nothing;
                    give_up()?
                }
            };
            if !events.is_empty() {
                return Ok(events);
            }
        }
    }

    /// Another one, if it comes within this time.
    ///
    /// # Errors
    /// There is no terminal any more.
    pub(super) fn more(&mut self, within: Duration) -> io::Result<Option<Event>> {
        let end = Instant::now() + within;
        loop {
            if let Some(event) = self.look()? {
                return Ok(Some(event));
            }
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() || there(Some(left))? == There::Nothing {
                return Ok(None);
            }
        }
    }

    /// What there is now.
    fn look(&mut self) -> io::Result<Option<Event>> {
        let came = there(Some(Duration::ZERO))?;
        while event::poll(TOGETHER)? {
            let event = event::read()?;
            if !matches!(event, Event::Resize(..)) {
                self.0 = Held::Nothing;
                return Ok(Some(event));
            }
        }
        if came == There::Bytes {
            self.0 = Held::Something;
        }
        Ok(None)
    }
}

/// Waits until there is something to read, for this time at most.
fn there(within: Option<Duration>) -> io::Result<There> {
    let stdin = io::stdin();
    let timeout = within.and_then(|within| Timespec::try_from(within).ok());
    let mut fds = [PollFd::new(&stdin, PollFlags::IN)];
    loop {
        match poll(&mut fds, timeout.as_ref()) {
            Err(Errno::INTR) => {}
            Err(error) => return Err(error.into()),
            Ok(0) => return Ok(There::Nothing),
            Ok(_) if fds[0].revents().intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL) => {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            Ok(_) => return Ok(There::Bytes),
        }
    }
}

/// Has crossterm give up what it holds, which it does for an end only. It reads standard input: for that moment a socket with the ends in
/// it. What a person types meanwhile waits in the terminal.
fn give_up() -> io::Result<Vec<Event>> {
    let terminal = io::stdin().as_fd().try_clone_to_owned()?;
    let (instead, mut ends) = UnixStream::pair()?;
    instead.set_nonblocking(true)?;
    ends.write_all(ENDS.concat().as_bytes())?;
    dup2_stdin(&instead)?;
    let held = pasted();
    dup2_stdin(&terminal)?;
    Ok(held?.map(|text| unfinished(&text)).unwrap_or_default())
}

/// The paste that crossterm gives up; whatever else comes of the ends is nobody's.
fn pasted() -> io::Result<Option<String>> {
    let mut pasted = None;
    while event::poll(TOGETHER)? {
        if let Event::Paste(text) = event::read()? {
            pasted = Some(text);
        }
    }
    Ok(pasted)
}

/// What an unfinished paste means. Somebody who sees nothing happen presses Ctrl-C, and whatever came after it was typed too.
fn unfinished(text: &str) -> Vec<Event> {
    let (text, interrupt) = match text.split_once(INTERRUPT) {
        Some((before, _)) => (before, Some(KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL))),
        None => (text, None),
    };
    // Of a mark that was torn, the start is in it.
    let text = (1..END.len()).rev().find_map(|length| text.strip_suffix(&END[..length])).unwrap_or(text);
    let paste = (!text.is_empty()).then(|| Event::Paste(text.to_owned()));
    paste.into_iter().chain(interrupt.map(Event::Key)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unfinished_paste_is_what_was_there_and_ctrl_c_is_a_key() {
        let paste = |text: &str| Event::Paste(text.to_owned());
        let interrupt = || Event::Key(KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL));
        assert_eq!(unfinished("abc"), [paste("abc")]);
        assert_eq!(unfinished("abc\x1b[20"), [paste("abc")]);
        assert_eq!(unfinished("abc\x1b"), [paste("abc")]);
        assert_eq!(unfinished("abc\x03"), [paste("abc"), interrupt()]);
        assert_eq!(unfinished("abcq\x03\x1b\x03"), [paste("abcq"), interrupt()]);
        assert_eq!(unfinished("\x03"), [interrupt()]);
        assert_eq!(unfinished(""), []);
    }
}

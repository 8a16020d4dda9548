//! Reads crossterm's events, including those it would hold back for ever. Its parser keeps a paste until the end mark arrives, a split
//! sequence until its last byte arrives, and every key after them. So we watch the terminal ourselves, ask crossterm only when there is
//! something to read, and make it give up what it holds after a long silence.
use crossterm::event::{self, Event, KeyCode, KeyEvent, KeyModifiers};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::stdio::dup2_stdin;
use std::io::{self, Write as _};
use std::os::fd::AsFd as _;
use std::os::unix::net::UnixStream;
use std::time::{Duration, Instant};

/// A paste that pauses this long is over, with or without its end mark. On slow lines, pauses within a paste are shorter.
const PAUSE: Duration = Duration::from_secs(1);

/// How long to look for more events that came together. Not zero, because then crossterm ignores even what it has read.
const TOGETHER: Duration = Duration::from_micros(100);

/// The end mark of a paste.
const END: &str = "\x1b[201~";

/// Sequences that end whatever crossterm's parser is in: a paste, a mouse report or a reply.
const ENDS: [&str; 3] = [END, "m", "c"];

/// Ctrl-C. A person types it; terminals never send it within a paste.
const INTERRUPT: char = '\x03';

/// The events of the terminal. Changes of its size arrive as signals instead.
#[derive(Default)]
pub(super) struct Source {
    /// Bytes arrived but no event, so crossterm may be holding them back.
    holds: bool,
    /// The last events begin with a paste whose end mark did not come in time.
    gave_up: bool,
}

impl Source {
    /// Waits for an event. Returns two if a person ended an unfinished paste with Ctrl-C. Fails if the
    /// terminal is gone.
    pub(super) fn wait(&mut self) -> io::Result<Vec<Event>> {
        loop {
            let events = if is_readable(self.holds.then_some(PAUSE))? {
                self.look()?.into_iter().collect()
            } else {
                self.holds = false;
                let given_up = give_up()?;
                self.gave_up = matches!(given_up.first(), Some(Event::Paste(_)));
                given_up
            };
            if !events.is_empty() {
                return Ok(events);
            }
        }
    }

    /// Returns whether the last events begin with a paste whose end mark did not come in time, and forgets it.
    pub(super) fn gave_up(&mut self) -> bool {
        std::mem::take(&mut self.gave_up)
    }

    /// Returns another event if one arrives within this time. Fails if the terminal is gone.
    pub(super) fn more(&mut self, within: Duration) -> io::Result<Option<Event>> {
        let end = Instant::now() + within;
        loop {
            if let Some(event) = self.look()? {
                return Ok(Some(event));
            }
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() || !is_readable(Some(left))? {
                return Ok(None);
            }
        }
    }

    /// Returns an event that is there now.
    fn look(&mut self) -> io::Result<Option<Event>> {
        let came = is_readable(Some(Duration::ZERO))?;
        while event::poll(TOGETHER)? {
            let event = event::read()?;
            if !matches!(event, Event::Resize(..)) {
                self.holds = false;
                return Ok(Some(event));
            }
        }
        self.holds |= came;
        Ok(None)
    }
}

/// Waits until there is something to read, for this time at most. Returns whether there is.
fn is_readable(within: Option<Duration>) -> io::Result<bool> {
    let stdin = io::stdin();
    let timeout = within.and_then(|within| Timespec::try_from(within).ok());
    let mut fds = [PollFd::new(&stdin, PollFlags::IN)];
    loop {
        match poll(&mut fds, timeout.as_ref()) {
            Err(Errno::INTR) => {}
            Err(error) => return Err(error.into()),
            Ok(0) => return Ok(false),
            Ok(_) if fds[0].revents().intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL) => {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            Ok(_) => return Ok(true),
        }
    }
}

/// Makes crossterm give up what it holds by sending it an end. Crossterm reads standard input, so for a moment that is a socket which
/// contains the ends. What a person types meanwhile waits in the terminal.
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

/// Returns the paste that crossterm gives up. Other events that the ends cause are dropped.
fn pasted() -> io::Result<Option<String>> {
    let mut pasted = None;
    while event::poll(TOGETHER)? {
        if let Event::Paste(text) = event::read()? {
            pasted = Some(text);
        }
    }
    Ok(pasted)
}

/// Translates an unfinished paste. A person who sees nothing happen presses Ctrl-C, so what follows it was typed and is dropped.
fn unfinished(text: &str) -> Vec<Event> {
    let (text, interrupt) = match text.split_once(INTERRUPT) {
        Some((before, _)) => (before, Some(KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL))),
        None => (text, None),
    };
    // A split end mark leaves its start in the text.
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

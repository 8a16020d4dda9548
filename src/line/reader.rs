//! Reads standard input line by line, on a thread of its own.
use crate::text::as_typed;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::{Errno, read};
use std::io::{Stdin, stdin};
use tokio::sync::mpsc::Sender;
use zeroize::Zeroizing;

/// What was read from standard input.
#[derive(Debug)]
pub(super) enum TypedInput {
    /// Lines that arrived together. A terminal delivers several at once only for a paste. Any of them may be a key.
    Lines(Vec<Zeroizing<String>>),
    /// The input ended in the middle of a line, which therefore was never sent.
    Torn,
    End,
    /// The terminal was closed.
    Gone,
}

/// How long the next line of a paste may take.
const TOGETHER: Timespec = Timespec { tv_sec: 0, tv_nsec: 40_000_000 };

/// The most bytes of a line. A longer line is split; no answer is that long.
const LONGEST: usize = 64 * 1024;

/// Reads lines until the input ends or the receiver is dropped.
pub(super) fn lines(to: &Sender<TypedInput>, terminal: bool) {
    let stdin = stdin();
    // Reserve all the room at once: growing would leave a copy of a key in freed memory.
    let mut bytes = Zeroizing::new(Vec::with_capacity(2 * LONGEST));
    let mut together = Vec::new();
    loop {
        let ended = fill(&stdin, &mut bytes);
        while let Some(line) = take_line(&mut bytes) {
            together.push(line);
        }
        if terminal && !ended && !together.is_empty() && is_more(&stdin) {
            continue;
        }
        // From a file or pipe, every line is an answer of its own.
        let lines = std::mem::take(&mut together);
        let parts = if terminal { vec![lines] } else { lines.into_iter().map(|line| vec![line]).collect() };
        for part in parts.into_iter().filter(|part| !part.is_empty()) {
            if to.blocking_send(TypedInput::Lines(part)).is_err() {
                return;
            }
        }
        if ended {
            if !bytes.is_empty() && to.blocking_send(TypedInput::Torn).is_err() {
                return;
            }
            let _ = to.blocking_send(if terminal && is_gone(&stdin) { TypedInput::Gone } else { TypedInput::End });
            return;
        }
    }
}

/// Reads more bytes, waiting if necessary. Returns true at the end of the input.
fn fill(stdin: &Stdin, bytes: &mut Vec<u8>) -> bool {
    let mut chunk = Zeroizing::new([0; 4096]);
    loop {
        match read(stdin, &mut chunk[..]) {
            Ok(0) => return true,
            Ok(n) => {
                bytes.extend_from_slice(&chunk[..n]);
                return false;
            }
            Err(Errno::INTR) => {}
            // Another program has made the input non-blocking.
            Err(Errno::AGAIN) => {
                let _ = poll(&mut [PollFd::new(stdin, PollFlags::IN)], None);
            }
            Err(_) => return true,
        }
    }
}

fn take_line(bytes: &mut Vec<u8>) -> Option<Zeroizing<String>> {
    let end = bytes.iter().position(|byte| *byte == b'\n');
    let end = end.or_else(|| (bytes.len() >= LONGEST).then_some(LONGEST - 1))?;
    let line = &bytes[..=end];
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    let mut text = Zeroizing::new(String::from_utf8_lossy(line).into_owned());
    as_typed(&mut text);
    bytes.drain(..=end);
    Some(text)
}

/// Returns whether more input arrives within [`TOGETHER`].
fn is_more(stdin: &Stdin) -> bool {
    poll(&mut [PollFd::new(stdin, PollFlags::IN)], Some(&TOGETHER)).is_ok_and(|ready| ready > 0)
}

fn is_gone(stdin: &Stdin) -> bool {
    let mut fds = [PollFd::new(stdin, PollFlags::empty())];
    let polled = poll(&mut fds, Some(&Timespec { tv_sec: 0, tv_nsec: 0 }));
    polled.is_ok() && fds[0].revents().intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL)
}

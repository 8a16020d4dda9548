//! A hidden prompt, or standard input when that is not a terminal.
use crate::failure::{Failure, FailureKind};
use crate::text::drop_sequences;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{getpgrp, getpid, getsid, kill_process};
use rustix::termios::{LocalModes, OptionalActions, QueueSelector, Termios, tcflush, tcgetattr, tcsetattr};
use std::io::{BufRead as _, ErrorKind, IsTerminal as _, Read as _, Write as _, stdin};
use std::sync::{Mutex, Once};
use tokio::signal::unix::{Signal, SignalKind, signal};
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

/// The question of the hidden prompt that stands.
static ASKED: Mutex<Option<String>> = Mutex::new(None);

/// Reads a secret: a line without echo at a terminal, all of standard input elsewhere. Stopped meanwhile, the shell gets its terminal as
/// it was; continued, the question is asked again, and hidden as before.
///
/// # Errors
/// Standard input cannot be read.
pub async fn secret(label: String) -> Result<Zeroizing<String>, Failure> {
    if at_a_terminal() {
        static WATCHED: Once = Once::new();
        WATCHED.call_once(watch_stops);
    }
    tokio::task::spawn_blocking(move || read_secret(&label)).await.map_err(broke_off)?
}

fn broke_off(error: tokio::task::JoinError) -> Failure {
    Failure::new(FailureKind::Terminal, format!("The prompt broke off: {error}"))
}

/// From now on stops and goes on as the shell wants it, also once the prompt is answered: a signal once listened to has no effect of its
/// own any more.
fn watch_stops() {
    let kinds = [rustix::process::Signal::TSTP, rustix::process::Signal::CONT];
    if let [Ok(stop), Ok(go_on)] = kinds.map(|kind| signal(SignalKind::from_raw(kind.as_raw()))) {
        tokio::spawn(stops(stop, go_on));
    }
}

async fn stops(mut stop: Signal, mut go_on: Signal) {
    loop {
        tokio::select! {
            Some(()) = stop.recv() => if has_shell() {
                restore();
                let _ = kill_process(getpid(), rustix::process::Signal::STOP);
            },
            Some(()) = go_on.recv() => {
                let asked = ASKED.lock().ok().and_then(|asked| asked.clone());
                if let (Some(label), Ok(())) = (asked, hide()) {
                    ask(&label);
                }
            }
        }
    }
}

/// Whether somebody could go on with it.
fn has_shell() -> bool {
    getsid(None).ok() != Some(getpgrp())
}

fn ask(label: &str) {
    let _ = write!(std::io::stderr(), "{label}");
    let _ = std::io::stderr().flush();
}

fn read_secret(label: &str) -> Result<Zeroizing<String>, Failure> {
    let failed =
        |error: std::io::Error| Failure::new(FailureKind::Terminal, format!("The key could not be read: {error}"));
    let mut text = Zeroizing::new(String::with_capacity(256));
    if !at_a_terminal() {
        stdin().lock().take(LONGEST).read_to_string(&mut text).map_err(|error| match error.kind() {
            // What is no text is no key either.
            ErrorKind::InvalidData => {
                Failure::new(FailureKind::Usage, "No key was stored: what came is not text in UTF-8")
                    .hint("paste the key alone, on one line")
            }
            _ => failed(error),
        })?;
        return Ok(text);
    }
    // Before it asks: who answers at once must not see the key, nor lose it.
    hide().map_err(|error| failed(error.into()))?;
    if let Ok(mut asked) = ASKED.lock() {
        *asked = Some(label.to_owned());
    }
    ask(label);
    let read = key_line(&mut text);
    if let Ok(mut asked) = ASKED.lock() {
        *asked = None;
    }
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
    let failed =
        |error: std::io::Error| Failure::new(FailureKind::Terminal, format!("The answer could not be read: {error}"));
    let _ = tcflush(stdin(), QueueSelector::IFlush);
    ask(label);
    let mut text = String::new();
    stdin().lock().take(LONGEST).read_line(&mut text).map_err(failed)?;
    drop_sequences(&mut text);
    Ok(text.trim().to_owned())
}

/// Reads a line that is not empty. A paste may begin with line ends; an Enter that a person presses has nothing after it. A line that
/// comes right behind is read too: a key broken over two lines must not be taken for its first half.
fn key_line(text: &mut String) -> std::io::Result<()> {
    loop {
        let read = stdin().lock().take(LONGEST).read_line(text)?;
        drop_sequences(text);
        if read == 0 || !is_more() {
            return Ok(());
        }
        if !text.trim().is_empty() {
            return stdin().lock().take(LONGEST).read_line(text).map(|_| drop_sequences(text));
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

//! Reads a key from a hidden prompt, or from standard input if that is not a terminal.
use super::shown::printed;
use crate::failure::{Failure, FailureKind};
use crate::text::as_typed;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{getpgrp, getpid, getsid, kill_process};
use rustix::termios::{LocalModes, OptionalActions, QueueSelector, Termios, tcflush, tcgetattr, tcsetattr};
use std::io::{BufRead as _, ErrorKind, IsTerminal as _, Read as _, Write as _, stdin};
use std::sync::{Mutex, Once};
use std::time::Duration;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::time::timeout;
use zeroize::Zeroizing;

/// Longer input cannot be a key. In bytes.
const LONGEST: u64 = 4096;

/// The terminal's modes from before the hidden prompt. Code that ends the program early restores them.
static BEFORE: Mutex<Option<Termios>> = Mutex::new(None);

/// Whether standard input is a terminal, so that a person can be asked.
pub fn at_a_terminal() -> bool {
    stdin().is_terminal()
}

/// The question of the hidden prompt that is open.
static ASKED: Mutex<Option<String>> = Mutex::new(None);

/// Reads a secret: a line without echo at a terminal, otherwise all of standard input. If the program is stopped
/// (Ctrl-Z), the shell gets its terminal back as it was. When it continues, the question is asked again, hidden as
/// before.
pub async fn secret(label: String) -> Result<Zeroizing<String>, Failure> {
    if at_a_terminal() {
        static WATCHED: Once = Once::new();
        WATCHED.call_once(watch_stops);
    }
    let read = tokio::task::spawn_blocking(move || read_secret(&label));
    if at_a_terminal() {
        return read.await.map_err(broke_off)?;
    }
    match timeout(PIPED, read).await {
        Ok(read) => read.map_err(broke_off)?,
        Err(_) => {
            let what = format!("No key came on standard input within {} s.", PIPED.as_secs());
            Err(Failure::new(FailureKind::Terminal, what).hint("pipe the key in, or run this at a terminal"))
        }
    }
}

/// How long a key from a pipe may take. A pipe that nobody writes to would take for ever.
const PIPED: Duration = Duration::from_secs(20);

fn broke_off(error: tokio::task::JoinError) -> Failure {
    Failure::new(FailureKind::Terminal, format!("The prompt failed: {error}"))
}

/// Handles stop and continue signals from now on, even after the prompt is answered: once we listen to a signal, its
/// default action no longer happens.
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

/// Whether a shell started us, which could continue the program after a stop.
fn has_shell() -> bool {
    getsid(None).ok() != Some(getpgrp())
}

/// Asks on standard error, wrapped like every line. The answer is typed on the same line.
fn ask(label: &str) {
    let asked = printed(label, std::io::stderr());
    let _ = write!(std::io::stderr(), "{}", asked.trim_end_matches('\n'));
    let _ = std::io::stderr().flush();
}

fn read_secret(label: &str) -> Result<Zeroizing<String>, Failure> {
    let failed =
        |error: std::io::Error| Failure::new(FailureKind::Terminal, format!("The key could not be read: {error}"));
    let mut text = Zeroizing::new(String::with_capacity(256));
    if !at_a_terminal() {
        stdin().lock().take(LONGEST).read_to_string(&mut text).map_err(|error| match error.kind() {
            // Bytes that are not text cannot be a key.
            ErrorKind::InvalidData => {
                Failure::new(FailureKind::Usage, "No key was stored: the input is not UTF-8 text")
                    .hint("paste the key alone, on one line")
            }
            _ => failed(error),
        })?;
        return Ok(text);
    }
    // Hide the echo before asking: a quick answer must be neither shown nor lost.
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

/// Asks for a line at a terminal, with echo. Anything typed before the question is dropped.
pub fn line(label: &str) -> Result<String, Failure> {
    let failed =
        |error: std::io::Error| Failure::new(FailureKind::Terminal, format!("The answer could not be read: {error}"));
    let _ = tcflush(stdin(), QueueSelector::IFlush);
    ask(label);
    let mut text = String::new();
    stdin().lock().take(LONGEST).read_line(&mut text).map_err(failed)?;
    as_typed(&mut text);
    Ok(text.trim().to_owned())
}

/// Reads a line that is not empty. A paste may begin with line ends, which are skipped; an Enter pressed by a person
/// has nothing after it and ends the input. A line that follows at once is read too, so that a key broken over two
/// lines is not taken for its first half.
fn key_line(text: &mut String) -> std::io::Result<()> {
    loop {
        let read = stdin().lock().take(LONGEST).read_line(text)?;
        as_typed(text);
        if read == 0 || !is_more() {
            return Ok(());
        }
        if !text.trim().is_empty() {
            return stdin().lock().take(LONGEST).read_line(text).map(|_| as_typed(text));
        }
        text.clear();
    }
}

/// Whether more input arrives within 40 ms.
fn is_more() -> bool {
    const TOGETHER: Timespec = Timespec { tv_sec: 0, tv_nsec: 40_000_000 };
    poll(&mut [PollFd::new(&stdin(), PollFlags::IN)], Some(&TOGETHER)).is_ok_and(|ready| ready > 0)
}

/// Turns off the terminal's echo until [`restore`]. Drops what was typed before, since it was meant for another
/// question.
pub fn hide() -> rustix::io::Result<()> {
    let modes = tcgetattr(stdin())?;
    let mut hidden = modes.clone();
    hidden.local_modes -= LocalModes::ECHO;
    if let Ok(mut before) = BEFORE.lock() {
        // If the echo is off already, keep the modes saved the first time.
        before.get_or_insert(modes);
    }
    tcsetattr(stdin(), OptionalActions::Flush, &hidden)
}

/// Restores the terminal if a hidden prompt is still open.
pub fn restore() {
    if let Ok(mut before) = BEFORE.lock()
        && let Some(modes) = before.take()
    {
        // Drop the rest of a paste. Otherwise it would go to the shell and into its history.
        let _ = tcsetattr(stdin(), OptionalActions::Flush, &modes);
    }
}

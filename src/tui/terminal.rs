//! Takes the terminal, and gives it back: on leaving, on errors, on panics and around a stop. Nothing else takes it.
use crate::failure::{Failure, FailureKind};
use crate::tui::mouse::Mouse;
use crossterm::terminal::{disable_raw_mode, enable_raw_mode};
use rustix::termios::{OptionalActions, SpecialCodeIndex, tcgetattr, tcsetattr};
use std::io::{self, Write as _};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, Once};
use std::thread::ThreadId;

/// Alternate screen, pastes in one piece, default style, cleared screen.
const TAKE: &[u8] = b"\x1b[?1049h\x1b[?2004h\x1b[m\x1b[2J\x1b[H";
/// Ends a synchronized update, resets style and pastes, shows the cursor, restores the old screen.
const GIVE: &[u8] = b"\x1b[?2026l\x1b[m\x1b[?2004l\x1b[?25h\x1b[?1049l";

/// Reports presses and the wheel at any column, but no movement.
const MOUSE: &str = "\x1b[?1000h\x1b[?1006h";
/// Gives the mouse back to the terminal.
const NO_MOUSE: &str = "\x1b[?1006l\x1b[?1000l";

/// Whether the mouse is ours while the screen is.
static MOUSE_IS_OURS: AtomicBool = AtomicBool::new(false);
static TAKEN: AtomicBool = AtomicBool::new(false);
/// The thread that draws. A panic on any other thread does not end the session.
static DRAWS: Mutex<Option<ThreadId>> = Mutex::new(None);

/// Holds the terminal. Dropping this gives it back.
#[derive(Debug)]
pub(super) struct Guard(());

impl Guard {
    /// Takes the terminal for the wizard. Fails if there is none, or it cannot be switched.
    pub(super) fn take(mouse: Mouse) -> Result<Self, Failure> {
        hook();
        MOUSE_IS_OURS.store(mouse == Mouse::Ours, Ordering::SeqCst);
        if let Ok(mut draws) = DRAWS.lock() {
            *draws = Some(std::thread::current().id());
        }
        take().map_err(|error| {
            give();
            Failure::new(FailureKind::Terminal, format!("The terminal cannot be used for a full screen: {error}."))
                .hint("use line mode: last-resort --plain")
        })?;
        Ok(Self(()))
    }

    /// The sequences that give the mouse to the terminal for a printed text, and take it again. Empty if the mouse is not ours.
    pub(super) fn mouse(&self) -> (&'static str, &'static str) {
        (if_ours(NO_MOUSE), if_ours(MOUSE))
    }

    /// Gives the terminal back for a while, for example around a stop.
    pub(super) fn lend<T>(&self, meanwhile: impl FnOnce() -> T) -> io::Result<T> {
        give();
        let value = meanwhile();
        take()?;
        Ok(value)
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        give();
    }
}

fn take() -> io::Result<()> {
    enable_raw_mode()?;
    wait_for_nothing();
    TAKEN.store(true, Ordering::SeqCst);
    send(TAKE)?;
    send(if_ours(MOUSE).as_bytes())
}

/// Makes reading return at once: within a split sequence, crossterm reads on without asking whether there is more. A failure is ignored.
/// Raw mode remembers the old modes, so nothing has to be undone.
fn wait_for_nothing() {
    let stdin = io::stdin();
    if let Ok(mut modes) = tcgetattr(&stdin) {
        modes.special_codes[SpecialCodeIndex::VMIN] = 0;
        modes.special_codes[SpecialCodeIndex::VTIME] = 0;
        let _ = tcsetattr(&stdin, OptionalActions::Now, &modes);
    }
}

fn if_ours(sequence: &'static str) -> &'static str {
    if MOUSE_IS_OURS.load(Ordering::SeqCst) { sequence } else { "" }
}

/// Gives the terminal back, once. Errors are ignored, because they mean that there is no terminal any more.
fn give() {
    if !TAKEN.swap(false, Ordering::SeqCst) {
        return;
    }
    let _ = send(if_ours(NO_MOUSE).as_bytes());
    let _ = send(GIVE);
    let _ = disable_raw_mode();
}

/// Restores the modes if nothing can be written any more.
pub(super) fn abandon() {
    if TAKEN.swap(false, Ordering::SeqCst) {
        let _ = disable_raw_mode();
    }
}

/// Writes bytes to the terminal at once.
pub(super) fn send(bytes: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(bytes)?;
    out.flush()
}

/// Puts a panic hook before the existing one. If the drawing thread panics, the terminal is given back before the panic is reported. If a
/// task panics, it becomes a failure on the screen, and is only logged here because its text would garble the screen.
fn hook() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            let here = std::thread::current().id();
            let draws = DRAWS.try_lock().is_ok_and(|draws| *draws == Some(here));
            if draws || !TAKEN.load(Ordering::SeqCst) {
                give();
                before(info);
            } else {
                let place = info.location().map(ToString::to_string).unwrap_or_default();
                tracing::error!(place, "a task panicked");
            }
        }));
    });
}

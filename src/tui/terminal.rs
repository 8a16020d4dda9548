//! The terminal, taken and given back: on leaving, on errors, on panics, and around a stop. Nothing else takes it.
use crate::failure::{Failure, FailureKind};
use crate::tui::mouse::Mouse;
use crossterm::terminal::{disable_raw_mode, enable_raw_mode};
use rustix::termios::{OptionalActions, SpecialCodeIndex, tcgetattr, tcsetattr};
use std::io::{self, Write as _};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, Once};
use std::thread::ThreadId;

/// Alternate screen, pastes in one piece, a clean slate.
const TAKE: &[u8] = b"\x1b[?1049h\x1b[?2004h\x1b[m\x1b[2J\x1b[H";
/// An update that was being sent ends, colours off, pastes as before, cursor on, the screen as it was.
const GIVE: &[u8] = b"\x1b[?2026l\x1b[m\x1b[?2004l\x1b[?25h\x1b[?1049l";

/// Presses and the wheel, at any column; nothing while the mouse only moves.
const MOUSE: &str = "\x1b[?1000h\x1b[?1006h";
/// The terminal's own mouse again.
const NO_MOUSE: &str = "\x1b[?1006l\x1b[?1000l";

/// Whether the mouse is ours while the screen is.
static MOUSE_IS_OURS: AtomicBool = AtomicBool::new(false);
static TAKEN: AtomicBool = AtomicBool::new(false);
/// The thread that draws; a panic anywhere else does not end the session.
static DRAWS: Mutex<Option<ThreadId>> = Mutex::new(None);

/// While this lives the terminal is ours; dropping it gives the terminal back.
#[derive(Debug)]
pub(super) struct Guard(());

impl Guard {
    /// Takes the terminal.
    ///
    /// # Errors
    /// There is none, or it cannot be switched.
    pub(super) fn take(mouse: Mouse) -> Result<Self, Failure> {
        hook();
        MOUSE_IS_OURS.store(mouse == Mouse::Ours, Ordering::SeqCst);
        if let Ok(mut draws) = DRAWS.lock() {
            *draws = Some(std::thread::current().id());
        }
        take().map_err(|error| {
            give();
            Failure::new(FailureKind::Terminal, format!("The terminal cannot be used for a full screen: {error}."))
                .hint("use the line mode: last-resort --plain")
        })?;
        Ok(Self(()))
    }

    /// What gives the mouse to the terminal while a text is printed for it, and what takes it again; nothing where it is not ours.
    pub(super) fn mouse(&self) -> (&'static str, &'static str) {
        (if_ours(NO_MOUSE), if_ours(MOUSE))
    }

    /// Gives the terminal back for a while, as around a stop or a plain print.
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

/// Reading gives what is there and never waits: within a torn sequence crossterm reads on without asking whether there is more. Worth
/// having and not worth failing for; the modes of before, which raw mode keeps, have their own.
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

/// Gives the terminal back, once. Nothing can be done about errors here: then there is no terminal any more.
fn give() {
    if !TAKEN.swap(false, Ordering::SeqCst) {
        return;
    }
    let _ = send(if_ours(NO_MOUSE).as_bytes());
    let _ = send(GIVE);
    let _ = disable_raw_mode();
}

/// Puts the modes back where nothing can be written any more.
pub(super) fn abandon() {
    if TAKEN.swap(false, Ordering::SeqCst) {
        let _ = disable_raw_mode();
    }
}

fn send(bytes: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(bytes)?;
    out.flush()
}

/// Puts a hook before the one there is: a panic of the drawing thread gives the terminal back before it is told; one of a task, which
/// becomes a failure on the screen, is only logged, since its text would tear the screen.
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

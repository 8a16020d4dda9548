//! A real terminal: a thread reads the pty's output into a parser, which holds the screen a person would see. A shell is the session
//! leader, as when somebody types the command. It outlives the program, so the terminal can be inspected afterwards.
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, SlavePty, native_pty_system};
use std::ffi::OsStr;
use std::io::{Read as _, Write};
use std::num::NonZeroU16;
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;
use vt100::{Callbacks, Parser, Screen};

/// The longest wait for something that the test has already caused; only a fault exceeds it.
pub(crate) const LONGEST: Duration = Duration::from_secs(25);

/// The terminal size that every screen must fit: columns, rows.
pub(crate) const USUAL: (u16, u16) = (80, 24);

/// Runs the command in the foreground, prints its exit code, and waits.
pub(crate) const RUN: &str =
    r#"sh -c 'echo $$ >"$HOME/pid"; exec "$0" "$@"' "$0" "$@"; echo "[left with $?]"; read -r _"#;

/// A terminal, and what runs in it.
pub(crate) struct Pty {
    pub(crate) master: Box<dyn MasterPty + Send>,
    keyboard: Box<dyn Write + Send>,
    shell: Box<dyn Child + Send + Sync>,
    pub(crate) shown: Arc<(Mutex<Shown>, Condvar)>,
    reader: Option<JoinHandle<()>>,
    // Kept open so that the terminal's modes outlive the program.
    _slave: Box<dyn SlavePty + Send>,
}

/// The terminal's output so far, raw and as a screen.
pub(crate) struct Shown {
    pub(crate) parser: Parser<Updates>,
    pub(crate) log: Vec<u8>,
}

/// Tracks whether a synchronized update is open: its partial content is never shown to anybody.
#[derive(Default)]
pub(crate) struct Updates {
    open: bool,
}

impl Updates {
    pub(crate) fn open(&self) -> bool {
        self.open
    }
}

impl Callbacks for Updates {
    fn unhandled_csi(&mut self, _: &mut Screen, i1: Option<u8>, _: Option<u8>, params: &[&[u16]], c: char) {
        if i1 == Some(b'?') && params.first().is_some_and(|param| *param == [2026]) {
            self.open = c == 'h';
        }
    }
}

/// Converts a size to the parser's types.
pub(crate) fn rows_and_columns((columns, rows): (u16, u16)) -> (NonZeroU16, NonZeroU16) {
    let some = |n| NonZeroU16::new(n).expect("a size");
    (some(rows), some(columns))
}

/// Converts a size to the pty's type.
pub(crate) fn pty_size((columns, rows): (u16, u16)) -> PtySize {
    PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }
}

/// Returns the text on a screen without trailing spaces.
pub(crate) fn text(screen: &Screen) -> String {
    let contents = screen.contents();
    contents.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

impl Pty {
    /// Opens a terminal of this size, in which `sh` runs a script; the script's arguments are the command. From this
    /// process's environment it gets the search path only.
    pub(crate) fn open(
        home: &Path,
        size: (u16, u16),
        script: &str,
        command: &[impl AsRef<OsStr>],
        env: &[(&str, &str)],
    ) -> Self {
        let pair = native_pty_system().openpty(pty_size(size)).expect("a pty");
        let mut shell = CommandBuilder::new("sh");
        shell.args(["-c", script]);
        shell.args(command);
        shell.env_clear();
        shell.cwd(home);
        shell.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        for (name, value) in [("TERM", "xterm-256color"), ("LANG", "C.UTF-8"), ("TZ", "UTC"), ("USER", "staff")] {
            shell.env(name, value);
        }
        shell.env("HOME", home);
        for (name, value) in env {
            shell.env(name, value);
        }
        let (rows, columns) = rows_and_columns(size);
        let parser = Parser::new_with_callbacks(rows, columns, 200, Updates::default());
        let shown = Arc::new((Mutex::new(Shown { parser, log: Vec::new() }), Condvar::new()));
        let reader = follow(pair.master.as_ref(), &shown);
        let keyboard = pair.master.take_writer().expect("a keyboard");
        let shell = pair.slave.spawn_command(shell).expect("sh");
        Self { master: pair.master, keyboard, shell, shown, reader: Some(reader), _slave: pair.slave }
    }

    /// Returns the output so far.
    pub(crate) fn shown(&self) -> MutexGuard<'_, Shown> {
        self.shown.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until a complete screen satisfies `so`, and returns its text.
    #[track_caller]
    pub(crate) fn wait_until(&self, what: &str, so: impl Fn(&Screen) -> bool) -> String {
        let not_yet = |shown: &mut Shown| shown.parser.callbacks().open() || !so(shown.parser.screen());
        let waited = self.shown.1.wait_timeout_while(self.shown(), LONGEST, not_yet);
        let (shown, end) = waited.unwrap_or_else(PoisonError::into_inner);
        let text = text(shown.parser.screen());
        drop(shown);
        assert!(!end.timed_out(), "never came: {what}, in {:?}\n{text}", self.master.get_size());
        text
    }

    /// Sends keys to the program.
    pub(crate) fn type_keys(&mut self, keys: &str) {
        self.keyboard.write_all(keys.as_bytes()).and_then(|()| self.keyboard.flush()).expect("a keyboard");
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        // When the session leader ends, the terminal hangs up, which ends whatever still runs in it.
        let _ = self.shell.kill();
        let _ = self.shell.wait();
        // The reader thread ends once the terminal is closed, which happens when the fields are dropped.
        drop(self.reader.take());
    }
}

/// Reads the terminal's output in a thread until the terminal is closed.
fn follow(master: &dyn MasterPty, shown: &Arc<(Mutex<Shown>, Condvar)>) -> JoinHandle<()> {
    let mut reader = master.try_clone_reader().expect("a reader");
    let shown = Arc::clone(shown);
    thread::spawn(move || {
        let mut bytes = [0; 8192];
        while let Ok(n @ 1..) = reader.read(&mut bytes) {
            let mut now = shown.0.lock().unwrap_or_else(PoisonError::into_inner);
            now.parser.process(&bytes[..n]);
            now.log.extend_from_slice(&bytes[..n]);
            drop(now);
            shown.1.notify_all();
        }
    })
}

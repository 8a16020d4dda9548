//! A Secret Service of one test's own: keys that outlive a process, as on a desk.
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;

/// A session bus with an unlocked gnome-keyring on it, until dropped.
pub(crate) struct Ring {
    session: Child,
    /// Where it keeps its collection, apart from our files.
    _home: TempDir,
    /// Where the bus listens.
    pub(crate) address: String,
}

impl Ring {
    /// Opens one.
    pub(crate) fn open() -> Self {
        let home = TempDir::new().expect("a home");
        let script = "printf %s pw | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1 || exit 9; \
                      echo \"$DBUS_SESSION_BUS_ADDRESS\"; cat >/dev/null";
        let mut session = Command::new("dbus-run-session")
            .args(["--", "sh", "-c", script])
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", home.path())
            .env("XDG_RUNTIME_DIR", home.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("dbus-run-session (needs dbus and gnome-keyring)");
        let mut address = String::new();
        // Ends with the line, or with the session where that could not be opened.
        BufReader::new(session.stdout.take().expect("a pipe")).read_line(&mut address).expect("a line");
        assert!(address.starts_with("unix:"), "no keyring was opened: {address:?}");
        Self { session, _home: home, address: address.trim().to_owned() }
    }
}

impl Drop for Ring {
    fn drop(&mut self) {
        // Its end of input is the session's end.
        drop(self.session.stdin.take());
        let _ = self.session.wait();
    }
}

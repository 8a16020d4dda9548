//! A Secret Service for one test, whose keys outlive a process as they do on a real desktop.
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;

/// A session bus with an unlocked gnome-keyring. Both end on drop.
pub(crate) struct Ring {
    session: Child,
    /// Where the keyring stores its collection, apart from the program's files.
    _home: TempDir,
    /// The address of the session bus.
    pub(crate) address: String,
}

impl Ring {
    /// Starts the session and unlocks its keyring.
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
        // Reading ends with the line, or at the end of the session if the keyring could not be opened.
        BufReader::new(session.stdout.take().expect("a pipe")).read_line(&mut address).expect("a line");
        assert!(address.starts_with("unix:"), "no keyring was opened: {address:?}");
        Self { session, _home: home, address: address.trim().to_owned() }
    }
}

impl Drop for Ring {
    fn drop(&mut self) {
        // Closing its standard input ends the session.
        drop(self.session.stdin.take());
        let _ = self.session.wait();
    }
}

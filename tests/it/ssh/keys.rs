//! Keys over ssh, where there is usually no desktop session: the program says which store it uses, why there is no
//! better one, and what to do next.
use crate::harness::terminal::{PROGRAM, Terminal};
use crate::ssh::host::Host;
use crate::ssh::line::{furnish, run_on};
use linux_keyutils::{KeyRing, KeyRingIdentifier};
use std::fs;
use tempfile::TempDir;

const KEY: &str = "5f2c1d9e-77aa-4e0b-9c51-0d7f2b9ea1b2";

/// Runs a command in a session with its own bus. `$0` holds the option with which the keyring daemon is started first.
const IN_SESSION: &str = "exec dbus-run-session -- sh -c 'HOW=\"$0\"; printf %s pw | gnome-keyring-daemon $HOW --components=secrets \
    >/dev/null 2>&1 || exit 9; exec \"$@\"' \"$@\"\n";

/// A campus code of this test's own: the kernel keyring is shared by everything this user runs.
struct Campus {
    code: String,
    home: Option<TempDir>,
}

impl Campus {
    fn new(name: &str) -> Self {
        let code = format!("01TEST_{name}_{}", std::process::id());
        let home = TempDir::new().expect("a home");
        let campuses = home.path().join(".config/last-resort/campuses");
        fs::create_dir_all(&campuses).expect("a folder");
        let text = format!(
            "institution = {code:?}\nenvironment = \"sandbox\"\n\n[alma]\nurl = \"http://127.0.0.1:9\"\nlibrary = \"L\"\n\n\
             [illiad]\nurl = \"http://127.0.0.1:9/illiadwebplatform\"\n"
        );
        fs::write(campuses.join(format!("{code}.toml")), text).expect("written");
        fs::write(home.path().join("session"), IN_SESSION).expect("written");
        furnish(home.path(), &[]);
        Self { code, home: Some(home) }
    }

    /// Logs in and runs `keys`, in a plain login or in a session whose keyring daemon is started with this option.
    fn keys(&mut self, host: &Host, session: Option<&str>, action: &[&str]) -> Terminal {
        let home = self.home.take().expect("nobody logged in");
        let script = home.path().join("session").display().to_string();
        let mut command = match session {
            Some(how) => vec!["sh", &script, how],
            None => Vec::new(),
        };
        command.extend([PROGRAM, "keys"]);
        command.extend(action);
        command.extend(["--slot", "alma", "--campus", &self.code]);
        run_on(host, home, &command)
    }

    /// Fails unless the command exits with this code; then logs out and returns its output as one line.
    #[track_caller]
    fn left(&mut self, desk: Terminal, code: u8) -> String {
        let text = desk.has_left(code);
        let log = String::from_utf8_lossy(&desk.pty.shown().log).into_owned();
        assert!(!log.contains(&KEY[..12]), "{log}");
        let Terminal { pty, home, .. } = desk;
        drop(pty);
        self.home = Some(home);
        // Long lines are broken at blanks, with the next line further in; undo that.
        text.lines().map(str::trim).collect::<Vec<_>>().join(" ")
    }

    /// Stores the key through the hidden prompt.
    #[track_caller]
    fn set(&mut self, host: &Host, session: Option<&str>) -> String {
        let mut desk = self.keys(host, session, &["set"]);
        desk.pty.wait_for("alma key of");
        desk.pty.type_keys(&format!("{KEY}\r"));
        self.left(desk, 0)
    }

    #[track_caller]
    fn status(&mut self, host: &Host, session: Option<&str>, code: u8) -> String {
        let desk = self.keys(host, session, &["status"]);
        self.left(desk, code)
    }
}

/// Asks the kernel directly, without our code, whether its keyring may be used. Containers often forbid it.
fn kernel_allows() -> bool {
    let process = KeyRing::from_special_id(KeyRingIdentifier::Process, true);
    process.and_then(|ring| ring.add_key("last-resort:test", "x")).is_ok()
}

#[test]
fn without_a_secret_service_the_next_login_has_the_key_until_the_machine_restarts() {
    let host = Host::start();
    let mut campus = Campus::new("SSHK");
    if !kernel_allows() {
        let desk = campus.keys(&host, None, &["set"]);
        let told = campus.left(desk, 1);
        assert!(told.contains("No key was stored: none: no D-Bus session bus"), "{told}");
        assert!(told.contains("the kernel refuses its keyring") && told.contains("LAST_RESORT_ALMA_KEY"), "{told}");
        return;
    }
    let told = campus.set(&host, None);
    assert!(told.contains("alma  set (36 characters, ends a1b2)"), "{told}");
    let kernel = "kernel keyring (until reboot), because: no D-Bus session bus, so no Secret Service";
    assert!(told.contains(&format!("stored in: {kernel}")), "{told}");
    assert!(told.contains("next: set the keys again after a restart of this machine"), "{told}");
    let told = campus.status(&host, None, 0);
    assert!(told.contains("alma  set (36 characters, ends a1b2), from the keyring"), "{told}");
    assert!(told.contains(&format!("store: {kernel}")), "{told}");
    let mut desk = campus.keys(&host, None, &["forget"]);
    desk.pty.wait_for("[y/N]");
    desk.enter("y\r", "removed");
    assert!(campus.left(desk, 0).contains("alma  removed"));
}

#[test]
fn a_secret_service_is_named_unlocked_and_locked() {
    let host = Host::start();
    let mut campus = Campus::new("SSHS");
    let unlocked = Some("--unlock");
    let told = campus.set(&host, unlocked);
    assert!(told.contains("stored in: Secret Service \"") && told.contains("(kept on disk)"), "{told}");
    assert!(!told.contains("next: "), "there is no better store to suggest:\n{told}");
    let told = campus.status(&host, unlocked, 0);
    assert!(told.contains("alma  set (36 characters, ends a1b2), from the keyring"), "{told}");

    let told = campus.status(&host, Some("--start"), 1);
    assert!(told.contains("alma  unknown: ") && !told.contains("not set"), "{told}");
    assert!(told.contains("is locked") && told.contains("next: unlock the keyring"), "{told}");
    assert!(told.contains("gnome-keyring-daemon --unlock"), "{told}");
}

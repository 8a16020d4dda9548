//! The hidden prompt of `keys set`: however the user leaves it, the terminal shows typed text again.
use crate::harness::terminal::{PROGRAM, Terminal};
use crate::terminal::setup::WITH_KEYRING;
use rustix::process::Signal;
use std::fs;
use std::net::TcpListener;
use tempfile::TempDir;

/// Runs `keys set` for the campus of the example file.
fn keys_set() -> Terminal {
    under(&[])
}

/// Runs `keys set` under another program.
fn under(other: &[&str]) -> Terminal {
    asked(include_str!("../../../assets/campus.example.toml"), other, &["keys", "set", "--slot", "alma"])
}

/// Runs a command that asks for a key, on a campus with this file.
fn asked(campus: &str, other: &[&str], command: &[&str]) -> Terminal {
    let home = TempDir::new().expect("a home");
    let campuses = home.path().join(".config/last-resort/campuses");
    fs::create_dir_all(&campuses).expect("a folder");
    fs::write(campuses.join("01CUNY_QC.toml"), campus).expect("written");
    let runtime = home.path().display().to_string();
    let command = [other, &[PROGRAM], command, &["--campus", "01CUNY_QC"]].concat();
    let desk = Terminal::in_home(home, WITH_KEYRING, &command, &[("XDG_RUNTIME_DIR", &runtime)]);
    desk.pty.wait_for("alma key of 01CUNY_QC");
    desk
}

#[test]
fn quit_at_a_key_that_is_set() {
    let desk = keys_set();
    desk.signal(Signal::QUIT);
    let told = desk.has_left(131);
    assert!(told.contains("Stopped by SIGQUIT."), "{told}");
}

/// While the program is stopped, the shell's terminal shows typed text. After `fg`, the program asks for the key again, hidden.
#[test]
fn around_a_stop() {
    let script = r#"set -m; "$0" "$@"; echo "[stopped]"; read -r _; fg >/dev/null; echo "[left with $?]""#;
    let mut desk = under(&["sh", "-c", script]);
    desk.pty.type_keys("planted-first-part\x1a");
    desk.pty.wait_for("[stopped]");
    desk.pty.type_keys("seen by everybody\r");
    desk.pty.wait_until("asked again", |screen| screen.contents().matches("alma key of 01CUNY_QC").count() == 2);
    desk.pty.type_keys("planted-key-0000000000000000000000a1b2\r");
    let told = desk.pty.wait_for("[left with 0]");
    assert!(told.contains("seen by everybody"), "{told}");
    assert!(
        told.contains("alma  set (38 characters, ends a1b2)"),
        "text typed before the stop is not part of the key: {told}"
    );
    let log = String::from_utf8_lossy(&desk.pty.shown().log).into_owned();
    assert!(!log.contains("planted"), "{log}");
}

/// After the key was typed, a stop works as usual: here while the program waits for Alma, which does not answer.
#[test]
fn a_stop_after_the_prompt() {
    let silent = TcpListener::bind("127.0.0.1:0").expect("loopback");
    let address = format!("http://{}", silent.local_addr().expect("an address"));
    let example = include_str!("../../../assets/campus.example.toml");
    let campus = example.replace("https://api-na.hosted.exlibrisgroup.com", &address);
    assert_ne!(campus, example);
    let script = r#"set -m; "$0" "$@"; echo "[stopped]"; read -r _; kill %1; fg >/dev/null; echo "[left with $?]""#;
    let rotate = ["keys", "rotate", "--slot", "alma", "--confirm", "01CUNY_QC"];
    let mut desk = asked(&campus, &["sh", "-c", script], &rotate);
    desk.pty.type_keys("planted-key-0000000000000000000000a1b2\r");
    let _asked = silent.accept().expect("Alma is asked");
    desk.pty.type_keys("\x1a");
    desk.pty.wait_for("[stopped]");
    desk.pty.type_keys("\r");
    desk.pty.wait_for("[left with 143]");
}

//! The prompt of `keys set`, which does not show what is typed: however it is left, the terminal shows it again.
use crate::desk::{Desk, PROGRAM};
use crate::setup::WITH_KEYRING;
use rustix::process::Signal;
use std::fs;
use tempfile::TempDir;

/// `keys set`, for the campus of the example.
fn keys_set() -> Desk {
    let home = TempDir::new().expect("a home");
    let campuses = home.path().join(".config/last-resort/campuses");
    fs::create_dir_all(&campuses).expect("a folder");
    let example = include_str!("../../assets/campus.example.toml");
    fs::write(campuses.join("01CUNY_QC.toml"), example).expect("written");
    let runtime = home.path().display().to_string();
    let command = [PROGRAM, "keys", "set", "--slot", "alma", "--campus", "01CUNY_QC"];
    let desk = Desk::in_home(home, WITH_KEYRING, &command, &[("XDG_RUNTIME_DIR", &runtime)]);
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

//! A first set-up in the full-screen wizard is interrupted (killed, or left with Ctrl-C) and continued. No key is ever
//! in the saved draft.
use crate::harness::files;
use crate::harness::pty::RUN;
use crate::harness::terminal::{PROGRAM, Terminal};
use rustix::process::Signal;
use tempfile::TempDir;

/// Keys in the form in which users paste them.
const KEYS: [&str; 2] = ["l8xx5d1e90aa77b34c21a90f2e64ab1c93d7", "5f2c1d9e-77aa-4e0b-9c51-0d7f2b9ea1b2"];

const FILE: &str = ".local/state/last-resort/set-up.toml";

/// Starts a set-up: chooses Queens, types a name, pastes one key into its own field, and types another into a field
/// that shows its text.
fn begun(home: TempDir) -> Terminal {
    let mut desk = Terminal::in_home(home, RUN, &[PROGRAM], &[("XDG_RUNTIME_DIR", "/nonexistent")]);
    desk.begin();
    desk.pty.wait_for("Which campus?");
    desk.enter("queens c", "Type to search: queens c");
    desk.pty.type_keys("\r");
    desk.pty.wait_for(" ▸ Name");
    desk.pty.type_keys("\x15");
    desk.enter("Queens in Flushing", "Queens in Flushing");
    desk.pty.type_keys("\t\t");
    desk.pty.wait_for(" ▸ Alma API address");
    desk.pty.type_keys("\x15");
    desk.enter(KEYS[1], &"*".repeat(KEYS[1].len()));
    desk.pty.type_keys("\t");
    desk.pty.wait_for(" ▸ Alma API key");
    desk.pty.type_keys(&format!("\x1b[200~{}\x1b[201~\t", KEYS[0]));
    desk.pty.wait_for(" ▸ ILLiad address");
    desk
}

/// Fails if a file contains one of the keys.
fn assert_no_key(desk: &Terminal) {
    let all = files(desk.home.path());
    assert!(all.iter().any(|(path, _)| path.ends_with(FILE)), "no draft was saved");
    for (path, bytes) in all {
        for key in KEYS {
            assert!(!bytes.windows(12).any(|window| key.as_bytes().windows(12).any(|part| part == window)), "{path}");
        }
    }
}

#[test]
fn killed_at_once_it_goes_on_where_it_was() {
    let mut desk = begun(TempDir::new().expect("a home"));
    desk.signal(Signal::KILL);
    desk.pty.wait_for("[left with 137]");
    assert_no_key(&desk);
    let home = std::mem::replace(&mut desk.home, TempDir::new().expect("a home"));
    drop(desk);

    let mut desk = Terminal::in_home(home, RUN, &[PROGRAM], &[("XDG_RUNTIME_DIR", "/nonexistent")]);
    let screen = desk.pty.wait_for("Which campus?");
    assert!(
        screen.contains("▸ 01CUNY_QC   Resume: Queens in Flushing") && screen.contains("set-up begun "),
        "{screen}"
    );
    assert!(screen.lines().last().is_some_and(|footer| footer.contains("Enter resume")), "{screen}");
    desk.pty.type_keys("\r");
    let screen = desk.pty.wait_for("Resuming the set-up of Queens in Flushing begun ");
    for words in ["Queens in Flushing", "keys are not saved: type it again", "not saved: type it again if you had one"]
    {
        assert!(screen.contains(words), "{words}:\n{screen}");
    }
    desk.pty.type_keys("\x03");
    desk.has_left(130);
    assert_no_key(&desk);
}

#[test]
fn ctrl_c_keeps_the_answer_that_the_cursor_is_still_in() {
    let mut desk =
        Terminal::in_home(TempDir::new().expect("a home"), RUN, &[PROGRAM], &[("XDG_RUNTIME_DIR", "/nonexistent")]);
    desk.begin();
    desk.pty.wait_for("Which campus?");
    desk.enter("queens c", "Type to search: queens c");
    desk.pty.type_keys("\r");
    desk.pty.wait_for(" ▸ Name");
    desk.enter(" in Flushing", "Queens College in Flushing");
    desk.pty.type_keys("\x03");
    desk.has_left(130);
    let kept = std::fs::read_to_string(desk.home.path().join(FILE)).expect("kept");
    assert!(kept.contains("Queens College in Flushing"), "{kept}");
}

//! A first set-up that is interrupted and continued at the next start.
use crate::harness::files;
use crate::harness::simulator;
use crate::line::talk::{PROGRAM, Talk};
use rustix::process::Signal;
use tempfile::TempDir;

/// A campus whose ILLiad address is in no built-in list.
const WORLD: &str = "sentence = \"A campus to be set up.\"\nbased_on = \"fresh\"\n\n[campus]\ninstitution = \"01CUNY_BB\"\n\
    name = \"Baruch College\"\n\n[alma]\ninstitution = \"01CUNY_BB\"\ninstitution_name = \"Baruch College\"\n";

const FILE: &str = ".local/state/last-resort/set-up.toml";

/// Starts a set-up for Baruch, answers up to the Alma key, and ends the program with this signal.
fn left(home: TempDir, signal: Signal, code: u32) -> TempDir {
    let mut talk = Talk::over_pipes_in(home, &[], &[("XDG_RUNTIME_DIR", "/nonexistent")]);
    talk.asked();
    talk.answer("baruch");
    talk.answer("");
    talk.answer("Bernard Baruch College");
    talk.answer("");
    talk.answer("http://127.0.0.1:9");
    talk.signal(signal);
    talk.has_left(code).1
}

fn again(home: TempDir) -> Talk {
    Talk::over_pipes_in(home, &[], &[("XDG_RUNTIME_DIR", "/nonexistent")])
}

#[test]
fn what_was_answered_is_there_the_next_time() {
    for (signal, code) in [(Signal::QUIT, 131), (Signal::TERM, 143), (Signal::INT, 130), (Signal::HUP, 129)] {
        let home = left(TempDir::new().expect("a home"), signal, code);
        let mut talk = again(home);
        let asked = talk.asked();
        assert!(asked.contains("\n1. Resume: Bernard Baruch College, 01CUNY_BB, set-up begun "), "{asked}");
        let on = talk.answer("");
        assert!(on.contains("Resuming the set-up of Bernard Baruch College begun "), "{on}");
        assert!(on.contains("Alma API address: http://127.0.0.1:9"), "{on}");
        assert!(on.contains("Alma API key (a key, not shown) [not saved: type it again"), "{on}");
        talk.hang_up();
        talk.has_left(0);
    }
}

/// A user who leaves in the middle is told what was saved.
#[test]
fn what_is_kept_is_said() {
    let home = TempDir::new().expect("a home");
    let mut talk =
        Talk::at_a_terminal_in(home, (80, 24), &[PROGRAM, "--plain"], &[("XDG_RUNTIME_DIR", "/nonexistent")]);
    talk.asked();
    talk.answer("baruch");
    talk.answer("");
    talk.answer("Bernard Baruch College");
    talk.press(3);
    let (told, _) = talk.has_left(130);
    assert!(told.contains("last-resort: Your answers so far are saved for next time; keys are not."), "{told}");
}

#[test]
fn a_name_typed_begins_afresh() {
    let mut talk = again(left(TempDir::new().expect("a home"), Signal::TERM, 143));
    talk.asked();
    talk.answer("baruch");
    let asked = talk.answer("");
    assert!(
        asked.ends_with("Name (text) [Baruch College], >> next page, ? help, < previous, << back, /q quit: "),
        "{asked}"
    );
    talk.hang_up();
    let (_, home) = talk.has_left(0);
    let kept = std::fs::read_to_string(home.path().join(FILE)).expect("kept");
    assert!(
        !kept.contains("Bernard") && kept.contains("Baruch College"),
        "the new answers replace the old ones: {kept}"
    );
}

#[test]
fn a_damaged_file_is_passed_over_with_a_word() {
    let home = left(TempDir::new().expect("a home"), Signal::TERM, 143);
    std::fs::write(home.path().join(FILE), "\0damaged").expect("written");
    let mut talk = again(home);
    let asked = talk.asked();
    assert!(asked.contains("its saved answers cannot be read") && !asked.contains("Resume:"), "{asked}");
    talk.hang_up();
    talk.has_left(0);
}

/// With the keys in the environment the set-up can be finished. Afterwards no draft is left.
#[test]
fn once_the_campus_is_stored_nothing_is_kept() {
    let sim = simulator::start_text(WORLD);
    let mut talk = Talk::over_pipes(&[], &simulator::keys(&sim));
    talk.asked();
    for answer in ["baruch", "", "", "", &sim.alma_url(), "", &sim.illiad_url(), "", "", "", "qcrs", "", "", "10000001"]
    {
        talk.answer(answer);
    }
    let kept = std::fs::read_to_string(talk.home.path().join(FILE)).expect("kept on the way");
    assert!(kept.contains("QCRS") && kept.contains("10000001"), "{kept}");
    let review = talk.answer("");
    assert!(review.contains("Check your answers"), "{review}");
    let steps = talk.answer("1");
    assert!(steps.contains("Step 1 of 8"), "{steps}");
    talk.type_lines("q");
    let (_, home) = talk.has_left(0);
    let left: Vec<String> = files(home.path()).into_iter().map(|(path, _)| path).collect();
    assert!(left.iter().all(|path| !path.ends_with("set-up.toml")), "{left:?}");
}

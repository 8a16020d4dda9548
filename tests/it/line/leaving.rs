//! Ways to leave: end of input, Ctrl-C, a signal, a closed terminal; also with a write in flight.
use crate::harness::files;
use crate::harness::simulator;
use crate::line::talk::{PROGRAM, Talk};
use rstest::rstest;
use rustix::process::Signal;

const CTRL_C: u8 = 3;
const CTRL_D: u8 = 4;
const CTRL_Z: u8 = 26;
const CTRL_BACKSLASH: u8 = 28;

fn at_a_terminal() -> Talk {
    let mut talk = Talk::at_a_terminal((80, 24), &[PROGRAM, "--plain", "practice", "--world", "done"], &[]);
    talk.asked();
    talk
}

#[rstest]
#[case::end_of_input(CTRL_D, 0)]
#[case::ctrl_c(CTRL_C, 130)]
fn by_a_key(#[case] key: u8, #[case] code: u32) {
    let mut talk = at_a_terminal();
    talk.press(key);
    talk.has_left(code);
}

#[rstest]
#[case::interrupt(Signal::INT, 130)]
#[case::quit(Signal::QUIT, 131)]
#[case::terminate(Signal::TERM, 143)]
#[case::hang_up(Signal::HUP, 129)]
fn by_a_signal(#[case] signal: Signal, #[case] code: u32) {
    let talk = at_a_terminal();
    talk.signal(signal);
    talk.has_left(code);
}

/// Where a text is asked for, `q` is an ordinary letter.
#[test]
fn from_a_text() {
    let mut talk = Talk::over_pipes(&["practice", "--step", "illiad"], &[]);
    talk.asked();
    talk.answer("1");
    let back = talk.answer("<");
    assert!(back.contains("Step 7 of 8: ILLiad"), "{back}");
    talk.answer("1");
    talk.type_lines("/q");
    talk.has_left(0);
}

#[rstest]
#[case::ctrl_c(None, 130)]
#[case::quit(Some(Signal::QUIT), 131)]
#[case::terminate(Some(Signal::TERM), 143)]
#[case::hang_up(Some(Signal::HUP), 129)]
fn a_write_in_flight_is_finished_first(#[case] signal: Option<Signal>, #[case] code: u32) {
    let slow = "[[fault]]\nkind = { delay = 1500 }\nmethod = \"PUT\"\npath = \"/almaws/v1/partners/ILLiad\"\n";
    let sim = simulator::start_text(&format!("sentence = \"Writes take long.\"\nbased_on = \"drifted\"\n\n{slow}"));
    let command = [PROGRAM, "--plain", "--step", "parameters"];
    let mut talk = Talk::at_a_terminal_in(simulator::home(&sim), (80, 24), &command, &simulator::keys(&sim));
    talk.asked();
    talk.answer("1");
    talk.type_lines("01CUNY_QC");
    talk.wait_until("being written", |said| said.contains("\nWriting 6 values to SANDBOX, at most 30 s ...\n"));
    match signal {
        Some(signal) => talk.signal(signal),
        None => talk.press(CTRL_C),
    }
    let (all, home) = talk.has_left(code);
    // After a hang-up nobody can read the messages.
    if signal != Some(Signal::HUP) {
        assert!(all.contains("Finishing the write, then quitting.\n"), "{all}");
        assert!(all.contains("\nWritten to SANDBOX and read back, "), "{all}");
    }
    assert_eq!(sim.requests().into_iter().filter(|seen| seen.method == "PUT").count(), 1);
    let journal = files(home.path()).into_iter().find(|(path, _)| path.ends_with("journal.jsonl"));
    let journal = String::from_utf8(journal.expect("a journal").1).expect("UTF-8");
    let last: serde_json::Value =
        written(&journal).last().and_then(|line| serde_json::from_str(line).ok()).expect("a line");
    assert_eq!(last["what"], "write_ended", "{journal}");
    assert!(last["outcome"]["done"].is_string(), "{journal}");
}

/// A user who does not want to wait presses Enter. Later results follow the next answer.
#[test]
fn waiting_can_be_given_up() {
    let mut talk =
        Talk::at_a_terminal((80, 24), &[PROGRAM, "--plain", "practice", "--world", "slow", "--step", "rota"], &[]);
    talk.wait_until("reading", |said| said.contains("Reading 8 steps"));
    let asked = talk.answer("");
    assert!(asked.contains("No longer waiting."), "{asked}");
    assert!(asked.contains("1. Code: not read yet. Wanted: ILLiad\n"), "{asked}");
    talk.press(CTRL_C);
    talk.has_left(130);
}

/// Leaving works at once, and other input is not taken as the answer to a question that was not asked yet.
#[test]
fn what_is_typed_while_something_is_read_leaves_or_is_not_taken() {
    let reading = || {
        let command = [PROGRAM, "--plain", "practice", "--world", "slow", "--step", "rota"];
        let mut talk = Talk::at_a_terminal((80, 24), &command, &[]);
        talk.wait_until("reading", |said| said.contains("Reading 8 steps"));
        talk
    };
    for word in ["q", "/q"] {
        let mut talk = reading();
        talk.type_lines(word);
        let (all, _) = talk.has_left(0);
        assert!(!all.contains("No longer waiting"), "{all}");
    }
    let mut talk = reading();
    let asked = talk.answer("2");
    assert!(asked.contains("\nWhat you typed was ignored: there was no question yet.\n"), "{asked}");
    assert!(asked.contains("\nNo longer waiting."), "{asked}");
    talk.type_lines("q");
    talk.has_left(0);
}

/// While the program is stopped at a key prompt, the shell's terminal shows typed text. After `fg`, the program asks
/// for the key again, hidden.
#[test]
fn around_a_stop() {
    let script = r#"set -m; "$0" "$@"; echo "[stopped]"; read -r _; fg >/dev/null"#;
    let command = ["sh", "-c", script, PROGRAM, "--plain"];
    let mut talk = Talk::at_a_terminal((80, 24), &command, &[]);
    talk.asked();
    for answer in ["baruch", "", "", ""] {
        talk.answer(answer);
    }
    // Nobody listens at this address.
    let asked = talk.answer("http://127.0.0.1:9");
    assert!(
        asked.ends_with(
            "Alma API key (a key, not shown) [not set yet]\n>> next page, ? help, < previous, << back, /q quit: "
        ),
        "{asked}"
    );
    talk.press(CTRL_Z);
    talk.wait_until("the shell", |said| said.contains("[stopped]"));
    talk.type_lines("seen by everybody");
    let again = talk.asked();
    assert!(again.contains("seen by everybody"), "{again}");
    assert!(
        again.ends_with(
            "Alma API key (a key, not shown) [not set yet]\n>> next page, ? help, < previous, << back, /q quit: "
        ),
        "{again}"
    );
    let next = talk.answer("planted-key-0000000000000000000000a1b2");
    assert!(next.contains("Alma API key: set (38 characters, ends a1b2)\n"), "{next}");
    talk.press(CTRL_C);
    let (all, _) = talk.has_left(130);
    assert!(!all.contains("planted-key"), "{all}");
}

/// Without a shell nobody could resume the program, so Ctrl-Z gets an answer and stops nothing.
#[test]
fn no_stop_without_a_shell() {
    let mut talk = Talk::at_a_terminal((80, 24), &[PROGRAM, "--plain", "practice", "--step", "rota"], &[]);
    talk.asked();
    talk.press(CTRL_Z);
    let said = talk.asked();
    assert!(said.contains("Not suspended: there is no shell"), "{said}");
    assert!(said.contains("Rota template, value 1 Code"), "the question is repeated: {said}");
    talk.type_lines("q");
    talk.has_left(0);
}

/// At a hidden prompt Ctrl-\ still sends its signal. The shell gets it too, and its terminal shows typed text again.
#[test]
fn quit_at_a_key() {
    let script =
        r#"trap : QUIT; "$0" "$@"; echo "[left with $?]"; stty -a | tr ' ;' '\n\n' | grep -x -e -echo -e echo"#;
    let mut talk = Talk::at_a_terminal((80, 24), &["sh", "-c", script, PROGRAM, "--plain"], &[]);
    talk.asked();
    for answer in ["baruch", "", "", ""] {
        talk.answer(answer);
    }
    // Nobody listens at this address.
    let asked = talk.answer("http://127.0.0.1:9");
    assert!(
        asked.ends_with(
            "Alma API key (a key, not shown) [not set yet]\n>> next page, ? help, < previous, << back, /q quit: "
        ),
        "{asked}"
    );
    talk.press(CTRL_BACKSLASH);
    let (all, _) = talk.has_left(0);
    assert!(all.ends_with("\n[left with 131]\necho\n"), "{all}");
}

/// Returns the journal's lines, without what the write was read back with and where the person was when the connection dropped.
fn written(journal: &str) -> impl Iterator<Item = &str> {
    journal.lines().filter(|line| !["\"broken_off\"", "\"read_back\""].iter().any(|other| line.contains(other)))
}

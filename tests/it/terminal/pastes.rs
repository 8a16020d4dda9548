//! Pasted keys, with and without bracketed paste: line ends in the paste never submit it, a key is shown only when the
//! user asks, and it cannot be found anywhere afterwards.
use crate::harness::files;
use crate::harness::pty::{RUN, text};
use crate::harness::terminal::{PROGRAM, Terminal};
use rstest::rstest;
use std::fs;
use tempfile::TempDir;

pub(crate) const KEY: &str = "5f2c1d9e-77aa-4e0b-9c51-0d7f2b9ea1b2";

/// Opens the set-up of Queens at the field for Alma's key.
pub(crate) fn at_the_key() -> Terminal {
    let mut desk = Terminal::in_home(TempDir::new().expect("a home"), RUN, &[PROGRAM], &[]);
    desk.begin();
    desk.pty.wait_for("Which campus?");
    desk.enter("hunter", "Type to search: hunter");
    desk.press("\r");
    desk.pty.wait_for("Alma API address");
    for _ in 0..3 {
        desk.pty.type_keys("\t");
    }
    desk.pty.wait_until("the key's field", at_key);
    desk
}

fn at_key(screen: &vt100::Screen) -> bool {
    text(screen).lines().any(|line| line.starts_with(" ▸ Alma API key"))
}

/// Fails if the key is in the terminal's output, in a file, or in anything that other programs of this user can read about the process.
fn assert_nowhere(desk: &Terminal) {
    let pid = desk.pid().as_raw_nonzero();
    let mut places = files(desk.home.path());
    places.push(("the terminal".to_owned(), desk.pty.shown().log.clone()));
    for file in ["cmdline", "environ"] {
        places.push((file.to_owned(), fs::read(format!("/proc/{pid}/{file}")).expect("running")));
    }
    for (place, bytes) in places {
        assert!(!bytes.windows(12).any(|window| window == &KEY.as_bytes()[..12]), "a key is in {place}");
    }
}

#[rstest]
#[case::bracketed(&format!("\x1b[200~{KEY}\x1b[201~"))]
#[case::bracketed_with_a_line_end(&format!("\x1b[200~{KEY}\r\x1b[201~"))]
#[case::bracketed_with_blanks_and_quotes(&format!("\x1b[200~\r\n \"\u{a0}{KEY}\u{a0}\"\t\r\n\r\n\x1b[201~"))]
#[case::plain(KEY)]
#[case::plain_with_a_line_end(&format!("{KEY}\r"))]
#[case::plain_with_line_ends(&format!("{KEY}\r\r"))]
#[case::plain_with_a_line_feed(&format!(" {KEY}\n"))]
#[case::plain_with_blanks_and_quotes(&format!("  \u{201c}{KEY}\u{201d}\u{a0} \r"))]
fn a_key_however_it_is_pasted(#[case] pasted: &str) {
    let mut desk = at_the_key();
    desk.pty.type_keys(pasted);
    desk.pty
        .wait_until("the key, told and not shown", |screen| text(screen).contains("set (36 characters, ends a1b2)"));
    let shown = desk.press("\x1bOP");
    assert!(shown.contains("Shows or hides the key you typed"), "F1 opens the help of the same field:\n{shown}");
    desk.press("\x1b");
    desk.pty.wait_until("still in the field", at_key);
    assert_nowhere(&desk);
    desk.pty.type_keys("\x03");
    desk.has_left(130);
}

/// F2 shows and hides the key; leaving the field hides it too.
#[test]
fn a_key_is_shown_on_purpose_and_hidden_on_leaving_the_field() {
    let mut desk = at_the_key();
    desk.pty.type_keys(&format!("\x1b[200~{KEY}\x1b[201~"));
    let hidden = desk.pty.wait_for("set (36 characters, ends a1b2)");
    assert!(hidden.contains("F2 show key"), "{hidden}");
    desk.pty.type_keys("\x1bOQ");
    let shown = desk.pty.wait_for(KEY);
    assert!(shown.contains("F2 hide key"), "{shown}");
    desk.pty.type_keys("\x12");
    desk.pty.wait_until("hidden again", |screen| !text(screen).contains(KEY) && text(screen).contains("F2 show key"));
    desk.pty.type_keys("\x12");
    desk.pty.wait_for(KEY);
    desk.pty.type_keys("\t");
    desk.pty.wait_until("the next field", |screen| !at_key(screen) && !text(screen).contains(KEY));
    desk.pty.type_keys("\x1b[Z");
    desk.pty.wait_until("back in it", |screen| at_key(screen) && !text(screen).contains(KEY));
    desk.pty.type_keys("\x03");
    let left = desk.has_left(130);
    assert!(!left.contains(KEY), "{left}");
}

/// A campus code pasted with its line end does not confirm a write; only an Enter typed by the user does.
#[test]
fn a_plain_paste_of_the_code_writes_nothing() {
    let mut desk = Terminal::practice("drifted", &["--step", "parameters"]);
    desk.press("\r");
    desk.pty.type_keys("01CUNY_QC\r");
    let screen = desk.pty.wait_for("Pasted. Nothing was sent.");
    assert!(screen.contains("SANDBOX: 01CUNY_QC") && screen.contains("Enter read on"), "{screen}");
    assert!(desk.press("\x1b[6~").contains("Enter write"));
    desk.pty.type_keys("\r");
    desk.pty.wait_for("Enter continue");
    desk.press("\r");
    desk.pty.type_keys("q");
    desk.has_left(0);
}

/// Runs `keys set` at its hidden prompt, with a shell behind it.
fn asked_for_a_key() -> Terminal {
    let home = TempDir::new().expect("a home");
    let campuses = home.path().join(".config/last-resort/campuses");
    fs::create_dir_all(&campuses).expect("a folder");
    let example = include_str!("../../../assets/campus.example.toml");
    fs::write(campuses.join("01CUNY_QC.toml"), example).expect("written");
    // The shell is interactive: any input that reaches it would be run and shown.
    let script = crate::terminal::setup::WITH_KEYRING.replace("read -r _", "exec sh -i");
    let runtime = home.path().display().to_string();
    let command = [PROGRAM, "keys", "set", "--slot", "alma", "--campus", "01CUNY_QC"];
    let desk = Terminal::in_home(home, &script, &command, &[("XDG_RUNTIME_DIR", &runtime), ("PS1", "shell> ")]);
    desk.pty.wait_for("alma key of 01CUNY_QC");
    desk
}

/// At a terminal, `keys forget` asks once.
#[test]
fn keys_are_forgotten_only_after_a_person_agreed() {
    let mut desk = asked_for_a_key();
    desk.pty.type_keys(&format!("{KEY}\r"));
    desk.pty.wait_for("shell>");
    let shows = |what: &'static str, times| move |screen: &vt100::Screen| text(screen).matches(what).count() == times;
    for (at, answer) in ["\r", "y\r"].into_iter().enumerate() {
        desk.pty.type_keys(&format!("'{PROGRAM}' keys forget --slot alma --campus 01CUNY_QC\r"));
        desk.pty.wait_until("the question", shows("Remove the alma key of 01CUNY_QC (sandbox)", at + 1));
        desk.pty.type_keys(answer);
        // The key store ended with the command before, so nothing is left to remove.
        let told = ["No key was removed.", "alma  was not set"][at];
        desk.pty.wait_until(told, shows(told, 1));
    }
}

/// `keys set` takes only the key out of a paste with other text around it, and none of the rest reaches the shell.
#[rstest]
#[case::line_end_first(&format!("\r{KEY}\r"))]
#[case::line_ends_after(&format!("{KEY}\r\rtouch planted\r"))]
#[case::quotes(&format!("'{KEY}'\r"))]
#[case::backspaces(&format!("x\x08{}\x7f{}\x08{}\r", &KEY[..8], "", &KEY[6..]))]
#[case::marks(&format!("\x1b[200~{KEY}\x1b[201~\r"))]
#[case::marks_around_a_line_end(&format!("\x1b[200~\r{KEY}\r\x1b[201~"))]
fn at_the_hidden_prompt(#[case] pasted: &str) {
    let mut desk = asked_for_a_key();
    desk.pty.type_keys(pasted);
    let told = desk.pty.wait_for("shell>");
    assert!(told.contains("alma  set (36 characters, ends a1b2)") && told.contains("[left with 0]"), "{told}");
    desk.pty.type_keys("echo en''d\r");
    let after = desk.pty.wait_until("the shell's answer", |screen| text(screen).lines().any(|line| line == "end"));
    assert!(!after.contains("planted") && !after.contains(&KEY[..12]), "{after}");
    assert!(!desk.home.path().join("planted").exists());
}

/// Half a key is refused, and the shell does not run the other half as a command.
#[test]
fn a_key_broken_over_two_lines_is_refused() {
    let mut desk = asked_for_a_key();
    let (first, second) = KEY.split_at(20);
    desk.pty.type_keys(&format!("{first}\r{second}\r"));
    let told = desk.pty.wait_for("shell>");
    assert!(
        told.contains("No alma key was stored: the key has a blank, a line end") && told.contains("[left with 2]"),
        "{told}"
    );
    desk.pty.type_keys("echo en''d\r");
    let after = desk.pty.wait_until("the shell's answer", |screen| text(screen).lines().any(|line| line == "end"));
    assert!(!after.contains(first) && !after.contains(second) && !after.contains("not found"), "{after}");
}

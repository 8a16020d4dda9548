//! However the program exits, it restores the terminal.
use crate::harness::pty::{RUN, text};
use crate::harness::terminal::{PROGRAM, Terminal};
use rstest::rstest;
use rustix::process::Signal;
use tempfile::TempDir;
use vt100::MouseProtocolMode;

#[rstest]
#[case::quit("q", 0)]
#[case::ctrl_c("\x03", 130)]
#[case::esc_and_ctrl_c_in_one_packet("\x1b\x03", 130)]
fn after_a_key(#[case] key: &str, #[case] code: u8) {
    let mut desk = Terminal::practice("done", &[]);
    desk.assert_taken();
    desk.pty.type_keys(key);
    let text = desk.has_left(code);
    assert_eq!(text.trim(), format!("[left with {code}]"), "nothing else is left on the screen");
}

#[rstest]
#[case::interrupt(Signal::INT, 130)]
#[case::quit(Signal::QUIT, 131)]
#[case::terminate(Signal::TERM, 143)]
#[case::hang_up(Signal::HUP, 129)]
#[case::user_1(Signal::USR1, 138)]
#[case::user_2(Signal::USR2, 140)]
#[case::alarm(Signal::ALARM, 142)]
fn after_a_signal(#[case] signal: Signal, #[case] code: u8) {
    let desk = Terminal::practice("done", &[]);
    desk.assert_taken();
    desk.signal(signal);
    desk.has_left(code);
}

/// Also with a full frame of colours on the screen.
#[test]
fn in_the_middle_of_typing() {
    let mut desk = Terminal::practice("drifted", &["--step", "parameters"]);
    desk.plan();
    desk.enter("01CUNY", "SANDBOX: 01CUNY");
    desk.signal(Signal::TERM);
    desk.has_left(143);
}

/// With `--mouse`, the program captures the mouse only while its own screen is shown. Without it, the mouse always
/// belongs to the terminal.
#[test]
fn the_mouse_is_taken_only_where_it_is_asked_for_and_given_back() {
    let whose = |desk: &Terminal| desk.pty.shown().parser.screen().mouse_protocol_mode();
    let without = Terminal::practice("done", &[]);
    assert_eq!(whose(&without), MouseProtocolMode::None);

    let mut desk = Terminal::practice("done", &["--mouse", "--step", "rota"]);
    assert_eq!(whose(&desk), MouseProtocolMode::PressRelease);
    let line = desk.pty.text().lines().position(|line| line.contains("Partner")).expect("a step at the side");
    let screen = desk.press(&format!("\x1b[<0;6;{0}M\x1b[<0;6;{0}m", line + 1));
    assert!(screen.contains("│ · Partner"), "{screen}");
    let value = screen.lines().position(|line| line.contains("✓ Status")).expect("a value");
    desk.press(&format!("\x1b[<0;30;{}M", value + 1));
    desk.press("c");
    desk.pty.type_keys("c");
    desk.pty.wait_for("Press Enter to go back.");
    assert_eq!(whose(&desk), MouseProtocolMode::None, "the mouse can select text that is printed plainly");
    desk.pty.type_keys("\r");
    desk.pty.wait_until("the screen again", |screen| screen.alternate_screen());
    desk.settled();
    assert_eq!(whose(&desk), MouseProtocolMode::PressRelease);
    desk.signal(Signal::TERM);
    desk.has_left(143);
}

/// A text that was printed plainly does not stay in the shell, neither after going back nor after leaving from it.
#[rstest]
#[case::after_going_back("\rq", 0)]
#[case::from_the_text("\x03", 130)]
fn a_plain_print_leaves_nothing_behind(#[case] keys: &str, #[case] code: u8) {
    let mut desk = Terminal::practice("done", &["--step", "rota"]);
    desk.press("c");
    desk.pty.type_keys("c");
    let printed = desk.pty.wait_for("Press Enter to go back.");
    assert!(printed.lines().any(|line| line == "ILLiad"), "{printed}");
    for key in keys.chars() {
        desk.pty.type_keys(&key.to_string());
        if key == '\r' {
            desk.pty.wait_until("the screen again", |screen| screen.alternate_screen());
            desk.settled();
        }
    }
    desk.has_left(code);
    let left = desk.pty.text();
    assert!(!left.contains("Press Enter") && !left.lines().any(|line| line == "ILLiad"), "{left}");
}

/// Exits from a text that is printed plainly, outside the alternate screen.
#[test]
fn from_a_plain_print() {
    let mut desk = Terminal::practice("done", &["--step", "rota"]);
    desk.press("c");
    desk.pty.type_keys("c");
    desk.pty.wait_for("Press Enter to go back.");
    desk.pty.type_keys("\x03");
    desk.has_left(130);
}

#[rstest]
#[case::no_such_world(&["practice", "--world", "nosuch"], "", 2, "last-resort practice --list")]
#[case::no_such_step(&["practice", "--step", "nosuch"], "", 2, "invalid value 'nosuch'")]
#[case::no_terminal_to_read(&["practice"], "</dev/null", 0, "Standard input is not a terminal: using line mode")]
#[case::no_terminal_to_draw_on(&["practice"], "</dev/null | cat", 0, "Standard input is not a terminal")]
#[case::no_campus(&["--campus", "nonsense"], "", 2, "nonsense")]
fn what_is_told_on_a_terminal_never_taken(
    #[case] args: &[&str],
    #[case] redirect: &str,
    #[case] code: u8,
    #[case] words: &str,
) {
    let script = RUN.replacen(r#" "$0" "$@"; echo"#, &format!(r#" "$0" "$@" {redirect}; echo"#), 1);
    assert_eq!(script.len(), RUN.len() + redirect.len() + 1);
    let desk = Terminal::in_home(TempDir::new().expect("a home"), &script, &[&[PROGRAM], args].concat(), &[]);
    let seen = desk.has_left(code);
    let log = String::from_utf8(desk.pty.shown().log.clone()).expect("UTF-8");
    // The first lines of a long text may have scrolled off the screen, so look in the log too.
    let told = [seen.as_str(), &log].map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
    assert!(told.iter().any(|text| text.contains(words)), "{log}");
    assert!(!log.contains("\x1b[?"), "a mode was switched: {log:?}");
}

/// While the program is stopped, the shell has the terminal. After `fg`, the screen and everything typed are back.
#[rstest]
#[case::signal(None)]
#[case::key(Some("\x1a"))]
fn around_a_stop(#[case] key: Option<&str>) {
    let stay = r#"; fg >/dev/null; echo "[left with $?]"; read -r _"#;
    let script = format!("set -m; {RUN}{stay}");
    let command = [PROGRAM, "practice", "--world", "drifted", "--step", "parameters"];
    let mut desk = Terminal::in_home(TempDir::new().expect("a home"), &script, &command, &[]);
    desk.settled();
    desk.plan();
    let typed = desk.enter("01CUNY", "SANDBOX: 01CUNY");
    match key {
        Some(key) => desk.pty.type_keys(key),
        None => desk.signal(Signal::TSTP),
    }
    desk.has_left(128 + 19);
    desk.pty.type_keys("\n");
    desk.pty.wait_until("the screen again", |screen| screen.alternate_screen() && text(screen) == typed);
    desk.assert_taken();
    desk.enter("_QC", "SANDBOX: 01CUNY_QC");
    desk.pty.type_keys("\x03");
    desk.has_left(130);
}

/// Stopping also works while a text is printed plainly, and `fg` leads back to the screen.
#[test]
fn stopped_from_a_plain_print() {
    let stay = r#"; fg >/dev/null; echo "[left with $?]"; read -r _"#;
    let script = format!("set -m; {RUN}{stay}");
    let command = [PROGRAM, "practice", "--world", "done", "--step", "rota"];
    let mut desk = Terminal::in_home(TempDir::new().expect("a home"), &script, &command, &[]);
    desk.settled();
    desk.press("c");
    desk.pty.type_keys("c");
    desk.pty.wait_for("Press Enter to go back.");
    desk.pty.type_keys("\x1a");
    desk.has_left(128 + 19);
    desk.pty.type_keys("\n");
    desk.pty.wait_until("the screen again", |screen| screen.alternate_screen());
    desk.pty.type_keys("q");
    desk.has_left(0);
}

/// Without a shell nobody could resume the program, so it refuses to stop and says so.
#[test]
fn no_stop_without_a_shell() {
    let mut desk = Terminal::practice("drifted", &[]);
    assert!(desk.press("\x1a").contains("Not suspended: there is no shell"));
    desk.assert_taken();
    desk.pty.type_keys("q");
    desk.has_left(0);
}

//! Twelve acceptance criteria for people who work over ssh or with a screen reader, one test per number. Where another
//! test already covers a point, it is named here and not repeated.
use crate::harness::terminal::{PROGRAM, Terminal};
use crate::terminal::looks::{colours, log};
use rstest::rstest;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// Runs the line mode over pipes with these answers, in a UTF-8 locale.
fn line_mode(args: &[&str], answers: &str) -> String {
    let home = TempDir::new().expect("a home");
    let output = run(&[&["--plain"], args].concat(), &home, answers, &[]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

fn run(args: &[&str], home: &TempDir, input: &str, env: &[(&str, &str)]) -> Output {
    let at = home.path().join("input");
    fs::write(&at, input).expect("written");
    Command::new(PROGRAM)
        .args(args)
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("HOME", home.path())
        .env("XDG_RUNTIME_DIR", home.path())
        .env("LANG", "C.UTF-8")
        .envs(env.iter().copied())
        .stdin(Stdio::from(fs::File::open(at).expect("the answers")))
        .output()
        .expect("the program")
}

/// Line mode starts on request, or with a stated reason: see `reasons` in the line mode's tests. Here: being logged in
/// over ssh is no reason by itself, whatever the environment says.
#[test]
fn acceptance_01_line_mode_is_explicit() {
    let ssh = [("SSH_TTY", "/dev/pts/1"), ("SSH_CONNECTION", "192.0.2.1 50000 192.0.2.2 22"), ("ACCESSIBLE", "")];
    let mut desk = Terminal::running(&[PROGRAM, "practice", "--world", "done"], &ssh);
    desk.settled();
    desk.assert_taken();
    desk.pty.type_keys("q");
    desk.has_left(0);
    // As a saved preference it need not be requested again. An environment variable can override it once, and a damaged
    // preference file is reported.
    let home = TempDir::new().expect("a home");
    let said = |args: &[&str], env: &[(&str, &str)]| {
        let output = run(args, &home, "q\n", env);
        assert_eq!(output.status.code(), Some(0), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8([output.stdout, output.stderr].concat()).expect("UTF-8")
    };
    assert!(said(&["prefer"], &[]).contains("No choices are saved."));
    let kept = said(&["prefer", "--plain", "--ascii"], &[]);
    assert!(kept.contains("the wizard opens with --ascii --plain"), "{kept}");
    assert!(said(&["prefer"], &[]).contains("The wizard opens with --ascii --plain"));
    // No reason is given to a user who asked for line mode.
    let reason = "Standard input is not a terminal";
    assert!(!said(&["practice", "--world", "done"], &[]).contains(reason));
    assert!(said(&["practice", "--world", "done"], &[("ACCESSIBLE", "0")]).contains(reason));
    let file = home.path().join(".config/last-resort/preferences.toml");
    fs::write(&file, "plain = true\nplane = true\n").expect("written");
    let wrong = said(&["practice", "--world", "done"], &[]);
    assert!(
        wrong.contains("ignoring the saved choices") && wrong.contains("plane") && wrong.contains(reason),
        "{wrong}"
    );
    said(&["prefer", "--nothing"], &[]);
    assert!(said(&["prefer"], &[]).contains("No choices are saved."));
}

/// At a terminal, the line mode's transcript tests check every character (`Talk::has_left`). Here: through a pipe,
/// while every read is slow.
#[test]
fn acceptance_02_line_mode_only_appends() {
    let said = line_mode(&["practice", "--world", "slow"], "\n\n?\ns\nq\n");
    let moves = |c: char| c.is_control() && c != '\n';
    assert!(!said.contains(moves), "{said:?}");
    assert!(said.contains("Reading 8 steps") && said.lines().count() < 400, "{said}");
}

/// `spoken::everything_is_said_in_plain_words` checks the words of every model. Here: the real output has no drawing
/// characters, and each prompt has label, kind, default and the way back on one line.
#[test]
fn acceptance_03_no_drawing_and_whole_prompts() {
    let drawn = |c: char| matches!(c, '\u{2190}'..='\u{21ff}' | '\u{2500}'..='\u{25ff}' | '\u{2700}'..='\u{28ff}');
    let said = line_mode(&["practice", "--world", "drifted", "--step", "parameters"], "\ns\n?\nl\nq\n");
    assert!(!said.contains(drawn), "{said}");
    let setup = line_mode(&[], "queens c\n\n\n\n");
    assert!(!setup.contains(drawn), "{setup}");
    for prompt in [
        "Name (text) [Queens College], >> next page, ? help, < previous, << back, /q quit: ",
        "Environment (number, 1 to 2) [1 Sandbox, for testing], >> next page, ? help, < previous, << back, /q quit: ",
        "Alma API address (text) [https://api-na.hosted.exlibrisgroup.com], >> next page, ? help, < previous, << back, /q quit: ",
    ] {
        assert!(setup.contains(prompt), "{prompt}\n{setup}");
    }
}

/// What the screen shows side by side is one line of label and value in line mode.
#[test]
fn acceptance_04_tables_are_labels_and_values() {
    let said = line_mode(&["practice", "--world", "drifted", "--step", "parameters"], "q\n");
    // Long lines wrap at the terminal's width and continue after three spaces.
    let said = said.replace("\n   ", " ");
    assert!(said.contains("\n1. User identifier type: same. Primary Identifier\n"), "{said}");
    let differs = "16. Close Request When Exported: differs. Wanted: Not checked; found: Checked\n";
    assert!(said.contains(differs), "{said}");
    assert!(!said.contains("   "), "columns made of blanks:\n{said}");
}

/// Words, marks and reverse video carry every meaning: see `screens::looks_go_by_meaning_and_none_rests_on_colour` and
/// `looks`. Here: an empty `NO_COLOR` has no effect, and colours are the sixteen of the user's own theme.
#[test]
fn acceptance_05_colour_comes_last() {
    let log = log(&[], &[("NO_COLOR", "")]);
    assert!(colours(&log) > 10, "{log:?}");
    for fixed in ["38;5;", "48;5;", "38;2;", "48;2;"] {
        assert!(!log.contains(fixed), "{fixed} in {log:?}");
    }
}

// 06, small windows: `reasons::is_said_once_where_nobody_asked` (line mode with a reason),
// `window::a_window_pulled_about` (40x10 to 200x60, nothing hidden) and
// `window::too_small_and_large_again` (typed text is not lost).

/// Locales and fonts with few characters get ASCII: `looks::ascii_where_the_locale_has_no_more`. Here: each of the
/// usual terminal types, in UTF-8 and in ASCII.
#[rstest]
fn acceptance_07_any_terminal(
    #[values("xterm", "screen", "tmux-256color", "putty", "vt100", "linux")] term: &str,
    #[values("C", "C.UTF-8", "POSIX")] locale: &str,
) {
    let env = [("TERM", term), ("LANG", locale)];
    let mut desk = Terminal::running(&[PROGRAM, "practice", "--world", "drifted", "--step", "parameters"], &env);
    let shown = desk.pty.wait_for("Enter fix 6 values");
    let signs = locale == "C.UTF-8" && !matches!(term, "vt100" | "linux");
    assert_eq!(shown.is_ascii(), !signs, "{shown}");
    assert_eq!(shown.lines().count(), 24, "{shown}");
    desk.pty.type_keys("q");
    desk.has_left(0);
}

/// `backend_tests` and `idle` count bytes. Here: the program never queries the terminal, and clears the screen once.
#[test]
fn acceptance_08_slow_lines() {
    let mut desk = Terminal::practice("drifted", &["--step", "parameters"]);
    for keys in ["\x1b[B", "\t", "\x1b[Z", "?", "\x1b", "\r", "\x1b"] {
        desk.press(keys);
    }
    desk.pty.type_keys("q");
    desk.has_left(0);
    let log = String::from_utf8(desk.pty.shown().log.clone()).expect("UTF-8");
    for question in
        ["\x1b[6n", "\x1b[5n", "\x1b[c", "\x1b[>c", "\x1b[?u", "\x1b[14t", "\x1b[18t", "\x1b]11;?", "\x1bP+q"]
    {
        assert!(!log.contains(question), "{question:?} asks the terminal");
    }
    assert_eq!(log.matches("\x1b[2J").count(), 1, "{log:?}");
}

// 09, pastes: `pastes`, and for line mode `copies::a_paste_of_several_lines_confirms_with_its_first_line_only`.

/// Copies through tmux: `tmux::a_copy_reaches_the_terminal_outside` in the ssh tests. Here: a long value is printed
/// plainly in one piece, and no message claims that a copy arrived.
#[test]
fn acceptance_10_copies_claim_nothing() {
    let mut desk = Terminal::practice("drifted", &["--step", "illiad"]);
    desk.pty.type_keys("C");
    let told = desk.pty.wait_for("Sent to the clipboard, if your terminal allows it. C again: plain text.");
    for claim in ["Copied", "copied", "arrived"] {
        assert!(!told.contains(claim), "{told}");
    }
    desk.pty.type_keys("C");
    let plain = desk.pty.wait_for("Press Enter to go back.");
    assert!(!desk.pty.shown().parser.screen().alternate_screen(), "the alternate screen hides the text from the mouse");
    assert!(!plain.contains('│') && !plain.contains('▸'), "nothing but the text:\n{plain}");
    desk.pty.type_keys("\x03");
    desk.has_left(130);
}

// 11, dropped connections: `back`, `meanwhile::a_write_in_flight_is_finished_first`, and `dropped` in the ssh tests.

/// Which key store is used, why, and what to do: the keyring tests, and `keys` in the ssh tests. Here: no bus is
/// started to get a store, and keys from the environment work where no store is available.
#[test]
fn acceptance_12_no_bus_is_started() {
    let home = TempDir::new().expect("a home");
    let folder = home.path().join("bin");
    fs::create_dir_all(&folder).expect("a folder");
    for name in ["dbus-launch", "dbus-daemon", "gnome-keyring-daemon"] {
        let path = folder.join(name);
        fs::write(&path, "#!/bin/sh\n: >\"$HOME/started\"\n").expect("written");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o700)).expect("runs");
    }
    let campuses = home.path().join(".config/last-resort/campuses");
    fs::create_dir_all(&campuses).expect("a folder");
    fs::write(campuses.join("01CUNY_QC.toml"), include_str!("../../../assets/campus.example.toml")).expect("written");
    let path = format!("{}:{}", folder.display(), std::env::var("PATH").unwrap_or_default());
    let env =
        [("PATH", path.as_str()), ("DISPLAY", ":0"), ("LAST_RESORT_ALMA_KEY", "5f2c1d9e-77aa-4e0b-9c51-0d7f2b9ea1b2")];
    let output = run(&["keys", "status", "--campus", "01CUNY_QC", "--slot", "alma"], &home, "", &env);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(said.contains("alma  set (36 characters, ends a1b2), from the environment"), "{said}");
    assert!(said.contains("no D-Bus session bus") && !home.path().join("started").exists(), "{said}");
}

//! The output fits what the locale and the environment say the terminal can show.
use crate::harness::pty::{Pty, RUN, text};
use crate::harness::terminal::{PROGRAM, Terminal};
use rstest::rstest;
use tempfile::TempDir;

pub(crate) fn log(args: &[&str], env: &[(&str, &str)]) -> String {
    let desk =
        Terminal::running(&[&[PROGRAM, "practice", "--world", "drifted", "--step", "parameters"], args].concat(), env);
    desk.pty.wait_for("Enter fix 6 values");
    desk.assert_taken();
    let log = desk.pty.shown().log.clone();
    String::from_utf8(log).expect("UTF-8")
}

/// Counts the colour codes in what was sent.
pub(crate) fn colours(log: &str) -> usize {
    let looks = log.split("\x1b[").skip(1).filter_map(|sent| sent.split_once('m')).map(|(codes, _)| codes);
    let codes = looks.filter(|codes| codes.chars().all(|c| c.is_ascii_digit() || c == ';'));
    codes
        .flat_map(|codes| codes.split(';'))
        .filter(|code| matches!(code.parse(), Ok(30..=37 | 40..=47 | 90..=97)))
        .count()
}

#[test]
fn colours_and_signs_where_nothing_speaks_against_them() {
    let log = log(&[], &[]);
    assert!(colours(&log) > 10 && log.contains('✗') && log.contains('─'), "{log:?}");
}

#[test]
fn no_colour_where_none_is_wanted_and_still_every_mark() {
    for (args, env) in [(&["--no-color"][..], &[][..]), (&[], &[("NO_COLOR", "1")])] {
        let log = log(args, env);
        assert_eq!(colours(&log), 0, "{log:?}");
        assert!(log.contains('✗') && log.contains("\x1b[;7m"), "marks and reverse video are still there: {log:?}");
    }
}

#[test]
fn ascii_where_the_locale_has_no_more() {
    for (args, env) in [(&["--ascii"][..], &[][..]), (&[], &[("LANG", "C")]), (&[], &[("TERM", "linux")])] {
        let log = log(args, env);
        assert!(log.is_ascii(), "{:?}", log.chars().filter(|c| !c.is_ascii()).collect::<String>());
    }
}

/// At every size and in every locale, header, step and footer are shown and no line is longer than the window. If the
/// locale is not UTF-8, every byte is ASCII.
#[rstest]
fn every_size_in_every_locale(
    #[values((40, 10), (60, 20), (80, 24), (120, 40), (200, 50))] size: (u16, u16),
    #[values("C", "C.UTF-8", "en_US.ISO-8859-1")] locale: &str,
) {
    let home = TempDir::new().expect("a home");
    let command = [PROGRAM, "practice", "--world", "drifted", "--step", "parameters"];
    let pty = Pty::open(home.path(), size, RUN, &command, &[("LANG", locale)]);
    let shown = pty.wait_until("a screen that was read", |screen| {
        screen.alternate_screen() && text(screen).lines().last().is_some_and(|line| line.starts_with(" Enter fix"))
    });
    let lines: Vec<&str> = shown.lines().collect();
    assert_eq!(lines.len(), usize::from(size.1), "{shown}");
    assert!(lines[0].contains("PRACTICE") && shown.contains("Parameters"), "{shown}");
    assert!(lines.iter().all(|line| line.chars().count() <= usize::from(size.0)), "{shown}");
    let ascii = pty.shown().log.is_ascii();
    assert_eq!(ascii, locale != "C.UTF-8", "{shown}");
}

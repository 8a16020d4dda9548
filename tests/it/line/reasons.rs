//! When line mode is used, and what the program says about the reason.
use crate::harness::simulator;
use crate::line::talk::{PROGRAM, Talk};
use rstest::rstest;

const DRAWN: &str = "using line mode";

#[rstest]
#[case::asked((80, 24), &["--plain"], &[("TERM", "xterm")], None)]
#[case::accessible((80, 24), &[], &[("TERM", "xterm"), ("ACCESSIBLE", "1")], None)]
#[case::asked_and_dumb((80, 24), &["--plain"], &[("TERM", "dumb")], None)]
#[case::dumb((80, 24), &[], &[("TERM", "dumb")], Some("TERM=dumb"))]
#[case::not_known((80, 24), &[], &[("TERM", "unknown")], Some("TERM=unknown"))]
#[case::empty((80, 24), &[], &[("TERM", "")], Some("TERM is not set"))]
#[case::not_set((80, 24), &[], &[], Some("TERM is not set"))]
#[case::not_accessible((80, 24), &[], &[("TERM", "dumb"), ("ACCESSIBLE", "0")], Some("TERM=dumb"))]
#[case::low((80, 9), &[], &[("TERM", "xterm")], Some("This window is 80x9, the full screen needs 40x10"))]
#[case::no_size((0, 0), &[], &[("TERM", "xterm")], Some("The size of this terminal is unknown"))]
fn is_said_once_where_nobody_asked(
    #[case] size: (u16, u16),
    #[case] args: &[&str],
    #[case] env: &[(&str, &str)],
    #[case] reason: Option<&str>,
) {
    let command = [&[PROGRAM], args, &["practice", "--world", "done"]].concat();
    let mut talk = Talk::at_a_terminal(size, &command, env);
    talk.asked();
    talk.answer("");
    talk.type_lines("q");
    let (all, _) = talk.has_left(0);
    let flat = all.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(flat.matches(DRAWN).count(), usize::from(reason.is_some()), "{all}");
    assert!(flat.starts_with(reason.unwrap_or("last-resort, line mode: Queens College")), "{all}");
}

#[test]
fn a_pipe_is_told_how_it_ends() {
    let mut talk = Talk::over_pipes(&["practice", "--world", "done"], &[("TERM", "xterm")]);
    talk.asked();
    talk.hang_up();
    let (all, _) = talk.has_left(0);
    assert!(all.starts_with("Standard input is not a terminal: using line mode. "), "{all}");
}

/// A terminal gets each statement wrapped at blanks, never inside a word.
#[test]
fn lines_are_broken_at_blanks_in_a_narrow_window() {
    let mut talk = Talk::at_a_terminal((30, 24), &[PROGRAM, "--plain", "practice", "--step", "rota"], &[]);
    let asked = talk.asked();
    let prompt = "Rota template, value 1 Code (letter): 1 go to Partner; ";
    let flat = asked.replace('\n', " ");
    assert!(flat.contains(prompt) && flat.ends_with("? help, < back, q quit [1]: "), "{asked}");
    assert!(flat.contains(" Do 1: Navigate to Fulfillment > \"Resource Sharing\": Rota Templates. "), "{asked}");
    assert!(asked.lines().all(|line| line.chars().count() <= 30), "{asked}");
    talk.type_lines("q");
    talk.has_left(0);
}

/// If the locale or the user wants ASCII, the output is ASCII only.
#[rstest]
#[case::asked(&["--ascii"], &[])]
#[case::locale(&[], &[("LANG", "C")])]
fn ascii_where_it_must_be(#[case] args: &[&str], #[case] env: &[(&str, &str)]) {
    let args = [&["--plain"], args, &["practice", "--step", "rota"]].concat();
    let mut talk = Talk::over_pipes(&args, env);
    talk.asked();
    talk.answer("C");
    talk.answer("s 3");
    talk.type_lines("q");
    let (all, _) = talk.has_left(0);
    assert!(all.is_ascii(), "{:?}", all.chars().filter(|c| !c.is_ascii()).collect::<String>());
}

/// Nobody reads the output: a message on standard error, and exit code 1.
#[test]
fn an_output_that_nobody_reads() {
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    let mut command = std::process::Command::new(PROGRAM);
    let output = command.args(["--plain", "practice"]).stdin(std::process::Stdio::null()).stdout(writer).output();
    let output = output.expect("the program");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("last-resort: Standard output could not be written (Broken pipe"), "{said}");
}

/// Text from Alma cannot control the terminal, neither in a list nor in a plan. `has_left` checks every character.
#[test]
fn what_alma_says_is_said_and_not_obeyed() {
    const NAME: &str = r"ILL\u001b]0;owned\u0007iad\u001b[6n\u009b31m\r\u202edeliaf\u001b[2J";
    let set = format!("\"/partner_details/name\" = \"{NAME}\"\n\"/partner_details/currency\" = \"{NAME}\"\n");
    let sim =
        simulator::start_text(&format!("sentence = \"Escapes.\"\nbased_on = \"drifted\"\n\n[alma.partner.set]\n{set}"));
    let args = ["--plain", "--step", "partner"];
    let mut talk = Talk::over_pipes_in(simulator::home(&sim), &args, &simulator::keys(&sim));
    let listed = talk.asked();
    assert!(listed.contains("2. Name: differs. Wanted: ILLiad; found: ILL") && listed.contains("owned"), "{listed}");
    let plan = talk.answer("1");
    assert!(plan.contains("Name: from ILL") && plan.contains(" to ILLiad\n"), "{plan}");
    talk.hang_up();
    let (all, _) = talk.has_left(0);
    assert!(!all.contains('\u{202e}'), "{all}");
}

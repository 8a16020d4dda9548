//! Options for all commands: each command uses them or refuses them, and none is ignored.
use crate::harness::Desk;
use clap::{Command, CommandFactory as _};

/// The options, each with a value that nothing here fits.
const OPTIONS: [&[&str]; 4] =
    [&["--campus", "01NOT_HERE"], &["--environment", "production"], &["--mouse"], &["--step", "rota"]];

/// Every command with the arguments it must have, and which of the options it uses: `c`ampus, `e`nvironment, `m`ouse, `s`tep.
const COMMANDS: [(&[&str], &str); 30] = [
    (&["practice", "--list"], ""),
    (&["practice", "--fleet"], "m"),
    (&["practice"], "cms"),
    (&["simulate"], "c"),
    (&["simulate", "--fleet", "2", "--into", "fleet"], ""),
    (&["check"], "ce"),
    (&["check", "--all"], "e"),
    (&["board"], "em"),
    (&["plan"], "ce"),
    (&["plan", "--all"], "e"),
    (&["apply", "partner"], "ce"),
    (&["undo"], "ce"),
    (&["prove"], "ce"),
    (&["attest", "rota"], "ce"),
    (&["evidence", "import", "none.csv"], "ce"),
    (&["evidence", "forget", "routing"], "ce"),
    (&["evidence", "list"], "ce"),
    (&["report"], "ce"),
    (&["golive"], "ce"),
    (&["keys", "set"], "ce"),
    (&["keys", "status"], "ce"),
    (&["keys", "test"], "ce"),
    (&["keys", "rotate", "--slot", "export"], "ce"),
    (&["keys", "forget"], "ce"),
    (&["patrons"], "ce"),
    (&["history"], "ce"),
    (&["history", "--all"], "e"),
    (&["campuses"], ""),
    (&["prefer"], "m"),
    (&["completions", "bash"], ""),
];

/// The commands without subcommands of their own, by their words.
fn leaves(command: &Command, above: &[String], all: &mut Vec<Vec<String>>) {
    for sub in command.get_subcommands().filter(|sub| sub.get_name() != "help") {
        let path = [above, &[sub.get_name().to_owned()]].concat();
        match sub.has_subcommands() {
            true => leaves(sub, &path, all),
            false => all.push(path),
        }
    }
}

#[test]
fn every_command_is_looked_at() {
    let mut all = Vec::new();
    leaves(&last_resort::cli::Cli::command(), &[], &mut all);
    for path in all.into_iter().filter(|path| path[0] != "man") {
        assert!(
            COMMANDS.iter().any(|(args, _)| args.starts_with(&path.iter().map(String::as_str).collect::<Vec<_>>())),
            "{path:?}"
        );
    }
}

#[test]
fn an_option_without_an_effect_is_refused() {
    let desk = Desk::in_world("done");
    for (args, used) in COMMANDS {
        for option in OPTIONS {
            let letter = option[0].trim_start_matches('-').chars().next().expect("a letter");
            if used.contains(letter) {
                continue;
            }
            let ran = desk.run(&[args, option].concat()).exits(2);
            // No command but `practice` has a `--step` of its own.
            let refused = ran.err().contains(&format!("{} has no effect on this command", option[0]));
            let unknown = letter == 's' && ran.err().contains("--step");
            assert!(refused || unknown, "{args:?} {option:?}: {}", ran.err());
            assert!(ran.out().is_empty(), "{args:?} {option:?}: {}", ran.out());
        }
    }
    assert!(desk.sim.requests().is_empty(), "nothing was asked");
}

/// Of a command about a campus, the campus and the environment decide which: it says that there is none such.
#[test]
fn an_option_with_an_effect_has_one() {
    let desk = Desk::in_world("done");
    for (args, used) in COMMANDS.into_iter().filter(|(_, used)| *used == "ce") {
        // The history of both environments is one.
        for option in OPTIONS.into_iter().take(if args[0] == "history" { 1 } else { 2 }) {
            let ran = desk.run(&[args, option].concat()).exits(2);
            assert!(!ran.err().contains("has no effect"), "{args:?} {option:?} {used}: {}", ran.err());
        }
    }
}

#[test]
fn options_that_have_no_effect_together_are_refused() {
    let desk = Desk::in_world("done");
    for other in [&["--chain"][..], &["--request", "12"]] {
        let ran = desk.run(&[&["prove", "--anyway", "--confirm", "01CUNY_QC"], other].concat()).exits(2);
        assert!(ran.err().contains("cannot be used with"), "{}", ran.err());
    }
    assert!(desk.sim.requests().is_empty(), "nothing was asked");
}

/// Escapes on an output that is no terminal end up in logs.
#[test]
fn no_colour_reaches_what_is_no_terminal() {
    let desk = Desk::in_world("done");
    for args in [&["--nonsense"][..], &["check", "--json", "--brief"], &["--help"], &["check", "nowhere"], &["check"]] {
        let mut command = desk.command(args);
        command.env("CLICOLOR_FORCE", "1").env("CLICOLOR", "1").env("FORCE_COLOR", "1");
        let ran = crate::harness::Started::new(command.spawn().expect("the binary")).end();
        assert!(!ran.err().contains('\u{1b}') && !ran.out().contains('\u{1b}'), "{args:?}: {}", ran.err());
    }
}

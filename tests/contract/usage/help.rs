//! Help, man page and completions come from the one table, need no campus and no home, and leave nothing out.
use crate::common::{Desk, Ran, Started};
use clap::{Command, CommandFactory as _};
use last_resort::cli::Cli;

/// Runs it without a home.
fn homeless(args: &[&str]) -> Ran {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_last-resort"));
    command.args(args).env_clear().stdin(std::process::Stdio::null());
    command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
    Started::new(command.spawn().expect("the binary")).end().exits(0)
}

/// Every command and what leads to it.
fn commands(command: &Command, path: &[String], all: &mut Vec<(Vec<String>, Command)>) {
    all.push((path.to_vec(), command.clone()));
    for below in command.get_subcommands() {
        commands(below, &[path, &[below.get_name().to_owned()]].concat(), all);
    }
}

fn all_commands() -> Vec<(Vec<String>, Command)> {
    let mut all = Vec::new();
    commands(&Cli::command(), &[], &mut all);
    all
}

#[test]
fn the_help_of_every_command_names_its_flags_its_values_and_what_they_may_be() {
    let all = all_commands();
    assert!(all.len() > 14, "{}", all.len());
    for (path, command) in all {
        let words: Vec<&str> = path.iter().map(String::as_str).chain(["--help"]).collect();
        let help = homeless(&words);
        assert!(help.err().is_empty(), "{words:?}: {}", help.err());
        let text = help.out().split_whitespace().collect::<Vec<_>>().join(" ");
        for flag in command.get_arguments() {
            let long = flag.get_long().map(|long| format!("--{long}"));
            let name = long.or_else(|| flag.get_value_names().map(|names| names[0].to_string()));
            let name = name.unwrap_or_else(|| flag.get_id().to_string().to_uppercase());
            assert!(text.contains(&name), "{words:?}: {name} in {text}");
            for value in flag.get_possible_values().iter().filter(|_| flag.get_action().takes_values()) {
                assert!(text.contains(value.get_name()), "{words:?}: {name} may be {}", value.get_name());
            }
            let told = flag.get_help().unwrap_or_else(|| panic!("{words:?}: {name} is not explained")).to_string();
            let start: String = told.split_whitespace().take(3).collect::<Vec<_>>().join(" ");
            assert!(text.contains(&start), "{words:?}: {start} in {text}");
        }
        for below in command.get_subcommands() {
            assert!(text.contains(below.get_name()), "{words:?}: {}", below.get_name());
        }
        for global in ["--campus", "--no-color", "--ascii", "--plain", "--verbose"] {
            assert!(text.contains(global), "{words:?}: {global}");
        }
    }
}

#[test]
fn the_first_page_says_how_to_try_it_and_what_the_exit_codes_are() {
    let help = homeless(&["--help"]);
    for words in ["last-resort practice", "Exit codes", "130"] {
        assert!(help.out().contains(words), "{}", help.out());
    }
    assert_eq!(homeless(&["help"]).out(), help.out());
    assert_eq!(homeless(&["help", "apply"]).out(), homeless(&["apply", "--help"]).out());
    assert_eq!(homeless(&["--version"]).out(), format!("last-resort {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn completions_know_every_command_and_flag_in_every_shell() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let ran = homeless(&["completions", shell]);
        assert!(ran.err().is_empty(), "{}", ran.err());
        for (path, command) in all_commands() {
            let names = command.get_arguments().filter_map(|flag| flag.get_long()).map(str::to_owned);
            for word in path.iter().cloned().chain(names) {
                assert!(ran.out().contains(&word), "{shell}: {word}");
            }
        }
    }
}

#[test]
fn the_man_page_is_one_and_names_every_command() {
    let man = homeless(&["man"]);
    assert!(man.out().starts_with(".ie") || man.out().starts_with(".TH"), "roff");
    let text = man.out().replace('\\', "");
    for command in Cli::command().get_subcommands() {
        assert!(text.contains(&format!("last-resort-{}", command.get_name())), "{}", command.get_name());
    }
    for words in [".SH NAME", ".SH SYNOPSIS", ".SH OPTIONS", "--campus", "Exit codes"] {
        assert!(text.contains(words), "{words}");
    }
}

#[test]
fn asking_for_help_touches_nothing() {
    let desk = Desk::in_world("done");
    for args in [&["--help"][..], &["apply", "--help"], &["man"], &["completions", "bash"], &["practice", "--list"]] {
        desk.run(args).exits(0);
    }
    assert_eq!(desk.files().len(), 1, "the campus file alone");
    assert!(desk.sim.requests().is_empty());
}

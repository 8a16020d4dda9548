//! Help, man page and completions come from one table, need neither a campus nor a home, and are complete.
use crate::harness::{Desk, Ran, Started};
use clap::{Command, CommandFactory as _};
use last_resort::cli::Cli;

/// Runs the program without a home, in a terminal of 80 columns.
fn homeless(args: &[&str]) -> Ran {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_last-resort"));
    command.args(args).env_clear().env("COLUMNS", "80").stdin(std::process::Stdio::null());
    command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
    Started::new(command.spawn().expect("the binary")).end().exits(0)
}

/// Collects every command with the words that lead to it.
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
        for global in ["--campus", "--no-color", "--ascii", "--plain", "--mouse", "--verbose"] {
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
fn every_command_has_its_man_page_and_that_of_the_program_has_all_sections() {
    let plain = |ran: &Ran| ran.out().replace('\\', "");
    for (path, command) in all_commands() {
        let words: Vec<&str> = ["man"].into_iter().chain(path.iter().map(String::as_str)).collect();
        let page = homeless(&words);
        let text = plain(&page);
        assert!(page.out().starts_with(".TH LAST-RESORT"), "{words:?}: {}", page.out());
        for section in ["NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "EXIT STATUS", "EXAMPLES", "SEE ALSO"] {
            let quoted = if section.contains(' ') { format!(".SH \"{section}\"") } else { format!(".SH {section}") };
            assert!(text.contains(&quoted), "{words:?}: {section}");
        }
        let flags = command.get_arguments().filter_map(|flag| flag.get_long());
        flags.for_each(|flag| assert!(text.contains(&format!("--{flag}")), "{words:?}: {flag}"));
        for below in command.get_subcommands() {
            let name = [&["last-resort"], &words[1..], &[below.get_name()]].concat();
            assert!(text.contains(&name.join(" ")) && text.contains(&name.join("-")), "{name:?}");
        }
    }
    let text = plain(&homeless(&["man"]));
    for words in [".SH COMMANDS", ".SH FILES", ".SH ENVIRONMENT", "campuses/CODE.toml", "130"] {
        assert!(text.contains(words), "{words}");
    }
    let refused = std::process::Command::new(env!("CARGO_BIN_EXE_last-resort")).args(["man", "nosuch"]).output();
    assert_eq!(refused.expect("the binary").status.code(), Some(2));

    let folder = tempfile::tempdir().expect("a folder");
    homeless(&["man", "--into", &folder.path().join("man").display().to_string()]);
    let pages = std::fs::read_dir(folder.path().join("man")).expect("pages").count();
    assert_eq!(pages, all_commands().len());
}

/// In the synopsis an option that takes a value stands with the value's name.
#[test]
fn the_synopsis_of_a_man_page_names_the_values_of_options() {
    let formatted = |text: &str| {
        let plain = ["\\fB", "\\fI", "\\fR"].iter().fold(text.to_owned(), |text, sign| text.replace(sign, ""));
        plain.replace("\\-", "-").replace('\n', " ")
    };
    for (path, command) in all_commands() {
        let words: Vec<&str> = ["man"].into_iter().chain(path.iter().map(String::as_str)).collect();
        let page = homeless(&words);
        let (_, after) = page.out().split_once(".SH SYNOPSIS\n").expect("a synopsis");
        let synopsis = formatted(after.split_once(".SH ").expect("a next section").0);
        for option in command.get_opts().filter(|option| option.get_action().takes_values()) {
            let names: Vec<String> = match option.get_value_names() {
                Some(names) => names.iter().map(ToString::to_string).collect(),
                None => vec![option.get_id().as_str().to_uppercase()],
            };
            let shown = format!("--{} {}", option.get_long().expect("a name"), names.join(" "));
            assert!(synopsis.contains(&shown), "{path:?}: no {shown} in {synopsis}");
        }
        assert!(synopsis.contains("[--campus CODE]"), "{path:?}: {synopsis}");
        assert!(synopsis.contains("[-v|--verbose]...") && !synopsis.contains("--json "), "{path:?}: {synopsis}");
    }
    let apply = formatted(homeless(&["man", "apply"]).out());
    assert!(apply.contains("[--beside CODE]...") && apply.contains(" STEP..."), "{apply}");
}

#[test]
fn asking_for_help_touches_nothing() {
    let desk = Desk::in_world("done");
    for args in [&["--help"][..], &["apply", "--help"], &["man"], &["completions", "bash"], &["practice", "--list"]] {
        desk.run(args).exits(0);
    }
    let files: Vec<_> = desk.files().into_iter().map(|(path, _)| path).collect();
    assert!(files.len() == 1, "the campus file is the only file: {files:?}");
    assert!(desk.sim.requests().is_empty());
}

#[test]
fn every_command_has_its_page_with_examples_that_can_be_typed_and_no_line_is_too_long() {
    for (path, _) in all_commands() {
        let words: Vec<&str> = path.iter().map(String::as_str).chain(["--help"]).collect();
        let help = homeless(&words);
        let long: Vec<&str> = help.out().lines().filter(|line| line.chars().count() > 80).collect();
        // Examples may be longer: each stays on one line so that it can be copied.
        assert!(long.iter().all(|line| line.starts_with("  last-resort ")), "{words:?}: {long:#?}");
        assert!(help.out().contains("\nExit codes:\n  "), "{words:?}: {}", help.out());
        let (_, after) = help.out().split_once("\nExamples:\n").unwrap_or_else(|| panic!("{words:?}: no examples"));
        let examples: Vec<&str> = after.lines().take_while(|line| !line.is_empty()).collect();
        assert!(!examples.is_empty() && examples.len().is_multiple_of(2), "{words:?}: {examples:?}");
        for line in examples.iter().step_by(2) {
            // The rest of the line is for the shell.
            let own = line.split(['|', '<', '>']).next().unwrap_or_default().replace("\"ticket 1234\"", "ticket");
            let parsed = Cli::command().try_get_matches_from(own.split_whitespace());
            let fine = match &parsed {
                Ok(_) => true,
                Err(error) => error.kind() == clap::error::ErrorKind::DisplayHelp,
            };
            assert!(fine, "{words:?}: {own}: {parsed:?}");
        }
    }
}

/// The help names every environment variable that the sources read.
#[test]
fn help_and_man_page_name_every_variable_that_is_read() {
    fn sources(folder: &std::path::Path, all: &mut String) {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                sources(&path, all);
            } else if !path.ends_with("around.rs") {
                let text = std::fs::read_to_string(&path).expect("a source");
                // The rest of the file is tests, which may read any variable.
                all.push_str(text.split("#[cfg(test)]").next().unwrap_or_default());
            }
        }
    }
    let mut all = String::new();
    sources(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut all);
    let mut read: Vec<&str> = Vec::new();
    for start in ["var(\"", "var_os(\"", "set(\"", "=> \"LAST_RESORT"] {
        for (at, _) in all.match_indices(start) {
            let name = all[at..].split('"').nth(1).unwrap_or_default();
            if !name.is_empty() && name.chars().all(|c| c.is_ascii_uppercase() || c == '_') {
                read.push(name);
            }
        }
    }
    assert!(read.len() > 8 && read.contains(&"NO_COLOR"), "{read:?}");
    let (help, man) = (homeless(&["--help"]), homeless(&["man"]));
    for name in read.into_iter().chain(["XDG_CONFIG_HOME", "XDG_STATE_HOME", "USER"]) {
        assert!(help.out().contains(name) && man.out().replace('\\', "").contains(name), "{name}");
    }
}

#[test]
fn bash_takes_its_completions_and_offers_steps_and_worlds() {
    let script = homeless(&["completions", "bash"]);
    let ask = r#"
        eval "$1"; shift
        bound=$(complete -p last-resort) || exit 9
        bound=${bound#*-F }
        COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
        ${bound%% *} last-resort "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}" 2>/dev/null
        printf '%s\n' "${COMPREPLY[@]}"
    "#;
    let offered = |words: &[&str]| {
        let mut bash = std::process::Command::new("bash");
        bash.args(["--norc", "-c", ask, "bash", script.out()]).args(words);
        let ran = bash.output().expect("bash");
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
        String::from_utf8(ran.stdout).expect("words")
    };
    assert!(offered(&["last-resort", "ap"]).contains("apply"));
    assert_eq!(offered(&["last-resort", "check", "par"]), "partner\nparameters\n");
    assert_eq!(offered(&["last-resort", "check", "partner", "--js"]), "--json\n");
    assert_eq!(offered(&["last-resort", "keys", "rotate", "--slot", ""]), "alma\nilliad\nexport\n");
    assert!(offered(&["last-resort", "practice", "--world", "drif"]).contains("drifted"));
    assert_eq!(offered(&["last-resort", "check", "--campus", "01CUNY_Q"]), "01CUNY_QB\n01CUNY_QC\n");
    assert_eq!(
        offered(&["last-resort", "check", "--campus", "ass"]).trim(),
        "",
        "no file names are offered for a campus"
    );
    let signed = offered(&["last-resort", "attest", "r"]);
    assert!(signed.starts_with("rota\nrule\n") && signed.contains("rule.enabled\n"), "{signed}");
    assert!(!signed.contains("README"), "{signed}");
    let offered = offered(&["last-resort", "attest", "parameters."]);
    let signed = |key: &str| offered.lines().any(|line| line == key);
    assert!(signed("parameters.export.api_key"), "{offered}");
    assert!(signed("parameters.accept_item.receive_desk"), "several desks may have one name: {offered}");
    assert!(!signed("parameters.export.url"), "an API shows it for certain: {offered}");
}

#[test]
fn completions_know_the_campuses_set_up_here() {
    let home = tempfile::tempdir().expect("a folder");
    let campuses = home.path().join("last-resort/campuses");
    std::fs::create_dir_all(&campuses).expect("the folder of campus files");
    std::fs::write(campuses.join("01CUNY_NEW.toml"), "").expect("a campus file");
    for shell in ["bash", "zsh", "fish"] {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_last-resort"));
        command.args(["completions", shell]).env_clear().env("XDG_CONFIG_HOME", home.path()).env("HOME", home.path());
        let ran = command.output().expect("the binary");
        assert!(String::from_utf8_lossy(&ran.stdout).contains("01CUNY_NEW"), "{shell}");
    }
    assert!(!homeless(&["completions", "bash"]).out().contains("01CUNY_NEW"));
}

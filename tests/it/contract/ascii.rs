//! Where only ASCII can be shown, every command prints nothing else; and on a terminal none breaks a line inside a word.
use crate::harness::desk::{CAMPUS, Desk, in_parallel};
use crate::line::talk::Talk;
use clap::CommandFactory as _;
use last_resort::cli::Cli;
use std::collections::BTreeSet;

/// Every command, with what makes it print most. Those that ask get no answer.
const COMMANDS: &[&[&str]] = &[
    &["practice", "--list"],
    &["practice", "--list", "--json"],
    &["practice", "--plain"],
    &["simulate", "--alma", "192.0.2.1:1"],
    &["campuses"],
    &["campuses", "--json"],
    &["check"],
    &["check", "--json"],
    &["-v", "check", "partner"],
    &["plan"],
    &["plan", "--json"],
    &["apply"],
    &["apply", "--confirm", CAMPUS, "--json"],
    &["undo"],
    &["board"],
    &["history"],
    &["history", "--json"],
    &["check", "--all", "--brief"],
    &["check", "--all", "--json"],
    &["attest", "rota"],
    &["attest", "rule", "--note", "Łódź – ⊕", "--confirm"],
    &["evidence", "show"],
    &["evidence", "import", "no-such-file-é"],
    &["golive"],
    &["golive", "--json"],
    &["patrons", "10000001"],
    &["prove"],
    &["report"],
    &["report", "--format", "md"],
    &["report", "--format", "html"],
    &["report", "--format", "json"],
    &["keys", "status"],
    &["keys", "test"],
    &["prefer"],
    &["completions", "bash"],
    &["completions", "zsh"],
    &["completions", "fish"],
    &["man"],
    &["man", "apply"],
    &["help"],
    &["no-such-command-é"],
];

/// Names with accents, typography and letters of other scripts, as a server gives them.
const ACCENTS: &str = "sentence = \"Names with accents.\"\nbased_on = \"drifted\"\n[alma.partner.set]\n\
                       \"/partner_details/name\" = \"Prêt entre “bibliothèques” – Łódź 図書\"\n";

fn accented() -> Desk {
    let desk = Desk::in_world_of(ACCENTS);
    desk.campus_file(CAMPUS, &desk.campus_text().replace("Queens College", "Collège – Łódź"));
    desk
}

#[test]
fn in_a_c_locale_every_command_prints_ascii_only() {
    let named: BTreeSet<&str> = COMMANDS.iter().flat_map(|words| words.iter().copied()).collect();
    for command in Cli::command().get_subcommands().filter(|command| !command.is_hide_set()) {
        assert!(named.contains(command.get_name()), "no trial of {}", command.get_name());
    }
    let desks = [accented(), Desk::in_world("fresh"), Desk::in_world("done")];
    let trials: Vec<(&Desk, &&[&str])> =
        desks.iter().flat_map(|desk| COMMANDS.iter().map(move |words| (desk, words))).collect();
    in_parallel(&trials, |(desk, words)| {
        let mut command = desk.command(words);
        match words.len() % 3 {
            0 => command.env("LANG", "C"),
            1 => command.env("LANG", "C.UTF-8").arg("--ascii"),
            _ => command.env_remove("LANG"),
        };
        let ran = command.output().expect("the binary");
        let all = [ran.stdout, ran.stderr].concat();
        assert!(all.is_ascii(), "{words:?}: {}", String::from_utf8_lossy(&all));
    });
}

#[test]
fn json_loses_nothing_in_ascii() {
    let desk = accented();
    let ran = |locale: &str| {
        let mut command = desk.command(&["check", "partner", "--json"]);
        let output = command.env("LANG", locale).output().expect("the binary");
        serde_json::from_slice::<serde_json::Value>(&output.stdout).expect("JSON")
    };
    let name = |value: &serde_json::Value| {
        let fields = value["steps"][0]["findings"].as_array().expect("findings").clone();
        fields.iter().find(|field| field["key"] == "partner.name").expect("the name")["got"].clone()
    };
    assert_eq!(name(&ran("C")), "Prêt entre “bibliothèques” – Łódź 図書");
    assert_eq!(name(&ran("C")), name(&ran("C.UTF-8")));
}

/// A question of a command is wrapped like every line of it.
#[test]
fn a_question_is_wrapped_at_blanks() {
    let desk = Desk::in_world("done");
    let mut words = vec!["env".to_owned()];
    let command = desk.command(&[]);
    let set = command.get_envs().filter_map(|(name, value)| Some((name.to_str()?, value?.to_str()?)));
    words.extend(set.map(|(name, value)| format!("{name}={value}")));
    words.extend([env!("CARGO_BIN_EXE_last-resort"), "keys", "forget"].map(str::to_owned));
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let mut talk = Talk::at_a_terminal((36, 24), &words, &[]);
    let asked = talk.wait_until("the question", |said| said.ends_with("[y/N] "));
    assert!(asked.lines().all(|line| line.chars().count() <= 36), "{asked}");
    talk.type_lines("n");
    talk.has_left(1);
}

#[test]
fn on_a_terminal_no_line_is_broken_inside_a_word() {
    let desk = accented();
    for words in [&["check"][..], &["plan"], &["report"], &["golive"], &["evidence", "show"], &["help", "prove"]] {
        let piped = desk.run(words);
        let mut at_a_terminal = vec!["env".to_owned()];
        let env = desk.command(words);
        let set = env.get_envs().filter_map(|(name, value)| Some((name.to_str()?, value?.to_str()?)));
        at_a_terminal.extend(set.map(|(name, value)| format!("{name}={value}")));
        at_a_terminal.push(env!("CARGO_BIN_EXE_last-resort").to_owned());
        at_a_terminal.extend(words.iter().map(|word| (*word).to_owned()));
        let command: Vec<&str> = at_a_terminal.iter().map(String::as_str).collect();
        let talk = Talk::at_a_terminal((80, 24), &command, &[]);
        let (shown, _) = talk.has_left(u32::try_from(piped.code.expect("an exit code")).expect("no signal"));
        for line in shown.lines().filter(|line| line.trim_start().contains(' ')) {
            let columns = line.chars().count();
            // A command that a person is to copy stays whole, on a line of its own.
            let whole = line.contains("t.CitedIn") || line.trim_start().starts_with("last-resort ");
            assert!(columns <= 80 || whole, "{columns} columns: {line}");
        }
        let words_of = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        if words[0] != "help" {
            assert_eq!(words_of(&shown).len(), words_of(&format!("{}{}", piped.out(), piped.err())).len(), "{words:?}");
        }
    }
}

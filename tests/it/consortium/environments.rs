//! A campus with a sandbox file and a production file.
use crate::harness::Desk;
use std::fs;

#[test]
fn where_two_files_fit_the_environment_must_be_named() {
    let desk = Desk::in_world("done");
    let text = desk.campus_text();
    desk.campus_file("01CUNY_QC.production", &text.replace("\"sandbox\"", "\"production\""));
    for args in [&["check"][..], &["check", "--campus", "01cuny_qc"], &["apply", "partner", "--confirm", "01CUNY_QC"]] {
        let ran = desk.run(args).exits(2);
        assert!(ran.err().contains("--campus 01CUNY_QC --environment sandbox"), "{}", ran.err());
    }
    assert!(desk.sim.requests().is_empty());
    let sandbox = desk.run(&["check", "--environment", "sandbox", "--json"]).exits(4).json();
    assert_eq!((&sandbox["environment"], &sandbox["state"]), (&"sandbox".into(), &"waiting".into()));
    let production = desk.run(&["check", "--environment", "production", "--json"]).exits(1).json();
    assert_eq!(production["environment"], "production");
    let all = super::lines(&desk.run(&["check", "--all", "--json"]).exits(1));
    assert_eq!(all.len(), 3, "one object a campus and environment, and the summary");
    assert_eq!(super::lines(&desk.run(&["check", "--all", "--environment", "sandbox", "--json"]).exits(4)).len(), 2);
}

/// The commands that a text names with this campus.
fn commands(said: &str) -> Vec<String> {
    let named = said.split("last-resort ").skip(1).filter_map(|rest| rest.lines().next());
    named.filter(|command| command.contains("--campus 01CUNY_QC")).map(str::to_owned).collect()
}

/// A command that a hint names works as it is, so it says which of the two files is meant.
#[test]
fn every_command_in_a_hint_names_the_environment_where_there_are_two_files() {
    let told_by = |desk: &Desk, args: &[&str]| {
        let ran = desk.run(args);
        commands(&format!("{}\n{}", ran.out(), ran.err()))
    };
    let runs: &[&[&str]] = &[
        &["check"],
        &["check", "--json"],
        &["plan"],
        &["apply", "partner"],
        &["undo"],
        &["undo", "--confirm", "01CUNY_QC"],
        &["apply", "partner", "parameters", "--confirm", "01CUNY_QC", "--plan", "x"],
        &["golive"],
        &["prove"],
        &["golive", "--back"],
        &["keys", "test", "--slot", "alma"],
        &["evidence", "list"],
        &["report"],
        &["attest", "parameters.export.api_key"],
    ];
    let desk = Desk::in_world("drifted");
    let alone: Vec<Vec<String>> = runs.iter().map(|run| told_by(&desk, run)).collect();
    let text = desk.campus_text().replace("\"sandbox\"", "\"production\"");
    desk.campus_file(
        "01CUNY_QC.production",
        &text.replace("environment = \"production\"", "environment = \"production\"\nstance = \"live\""),
    );
    let mut seen = 0;
    for (run, alone) in runs.iter().zip(alone) {
        let told = told_by(&desk, &[*run, &["--environment", "sandbox"][..]].concat());
        seen += told.len();
        for command in &told {
            assert!(command.contains("--campus 01CUNY_QC --environment sandbox"), "{run:?}: {command}");
        }
        let without: Vec<String> = told.iter().map(|command| command.replace(" --environment sandbox", "")).collect();
        assert_eq!(without, alone, "{run:?}: as for a campus with one file, but for the environment");
    }
    assert!(seen > 20, "{seen} commands");
    // What a hint of `check` names can be typed as it is.
    let hint = "apply partner parameters --campus 01CUNY_QC --environment sandbox --confirm 01CUNY_QC";
    desk.run(&hint.split(' ').collect::<Vec<_>>()).exits(4);
}

#[test]
fn going_back_changes_the_file_of_its_environment() {
    let desk = Desk::in_world("done");
    let live =
        desk.campus_text().replace("environment = \"sandbox\"", "environment = \"production\"\nstance = \"live\"");
    let path = desk.campus_file("01CUNY_QC.production", &live);
    desk.run(&["golive", "--back", "--environment", "production", "--confirm", "01CUNY_QC"]);
    assert!(fs::read_to_string(path).expect("a file").contains("stance = \"ahead\""));
}

/// Two files for the same environment are a mistake: which one counts?
#[test]
fn two_files_for_one_environment_are_named_and_neither_is_checked() {
    let desk = Desk::in_world("done");
    let text = desk.campus_text();
    desk.campus_file("01CUNY_QC.sandbox", &text);
    desk.campus_file("01CUNY_QC.production", &text.replace("\"sandbox\"", "\"production\""));
    let all = super::lines(&desk.run(&["check", "--all", "--environment", "sandbox", "--json"]).exits(1));
    assert_eq!((all.len(), &all[1]["summary"]["unread"]), (2, &1.into()), "{all:?}");
    let why = all[0]["error"].to_string();
    assert!(why.contains("two files for 01CUNY_QC sandbox: "), "{why}");
    assert!(why.contains("01CUNY_QC.toml and ") && why.contains("01CUNY_QC.sandbox.toml"), "{why}");
    let one = desk.run(&["check", "--campus", "01CUNY_QC", "--environment", "sandbox"]).exits(2);
    assert!(one.err().contains("two files for 01CUNY_QC sandbox"), "{}", one.err());
    assert!(desk.sim.requests().is_empty());
}

#[test]
fn a_file_is_what_its_name_says() {
    let desk = Desk::in_world("done");
    let path = desk.campus_file("01CUNY_BC.production", &desk.campus_text().replace("01CUNY_QC", "01CUNY_BC"));
    let ran = desk.run(&["check", "--campus", "01CUNY_BC"]).exits(2);
    assert!(ran.err().contains("named for production, but its environment is sandbox"), "{}", ran.err());
    assert!(ran.err().contains("01CUNY_BC.sandbox.toml"), "{}", ran.err());
    fs::rename(&path, path.with_file_name("01CUNY_BC.sandbox.toml")).expect("renamed");
    desk.run(&["check", "rota", "--campus", "01CUNY_BC"]).exits(4);
    let other = desk.run(&["check", "--campus", "01CUNY_BC", "--environment", "production"]).exits(2);
    assert!(other.err().contains("--environment sandbox"), "{}", other.err());
}

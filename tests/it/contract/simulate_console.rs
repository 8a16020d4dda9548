//! What is typed while `simulate` runs stands for what a person enters in Alma and ILLiad, so that a first set-up can be proved there.
use crate::harness::{Desk, Started};
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::Stdio;

#[test]
fn a_first_set_up_against_simulate_is_proved_once_a_person_did_their_part() {
    let desk = Desk::in_world("fresh");
    let mut command = desk.command(&["simulate", "--world", "fresh"]);
    let mut served =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the binary");
    let mut said = BufReader::new(served.stdout.take().expect("a pipe")).lines().map_while(Result::ok);
    let mut told = BufReader::new(served.stderr.take().expect("a pipe")).lines().map_while(Result::ok);
    assert!(told.next().is_some_and(|line| line.starts_with("Type what a person would do: ")));
    assert_eq!(told.next().as_deref(), Some("Sample EMPLIDs for a set-up: 10000001 10000002"));
    let mut hands = served.stdin.take().expect("a pipe");
    let lines: Vec<String> = said.by_ref().take(7).collect();
    let value = |start: &str| {
        lines
            .iter()
            .find_map(|line| line.strip_prefix(start))
            .unwrap_or_else(|| panic!("{start}: {lines:?}"))
            .trim()
            .to_owned()
    };
    let text = desk
        .campus_text()
        .replace(&desk.sim.alma_url(), &value("Alma"))
        .replace(&desk.sim.illiad_url(), &value("ILLiad"));
    desk.campus_file("01CUNY_QC", &text);
    let keys = ["LAST_RESORT_ALMA_KEY", "LAST_RESORT_ILLIAD_KEY", "LAST_RESORT_EXPORT_KEY"];
    let run = |args: &[&str]| {
        let mut command = desk.command(args);
        command.envs(keys.map(|name| (name, value(&format!("{name}=")))));
        Started::new(command.spawn().expect("the binary")).end()
    };
    let mut enters = |line: &str| {
        writeln!(hands, "{line}").expect("typed");
        told.next().expect("an answer")
    };
    let prove = ["prove", "--campus", "01CUNY_QC", "--confirm", "01CUNY_QC"];
    run(&["apply", "partner", "parameters", "--confirm", "01CUNY_QC"]).exits(4);
    assert_eq!(enters("enter illiad"), "Entered illiad: 10 values.");
    run(&prove).exits(0);
    assert!(enters("enter connect").contains("no value that only a screen takes"));
    assert!(enters("routing").starts_with("Type what a person would do: "));
    assert_eq!(enters("enter rota"), "Entered rota: 5 values.");
    assert_eq!(enters("enter rule"), "Entered rule: 6 values.");
    assert_eq!(enters("enable"), "The rota rule is enabled.");
    run(&["prove", "--chain", "--campus", "01CUNY_QC", "--confirm", "01CUNY_QC"]).exits(0);
    drop(hands);
    served.kill().expect("stopped");
    served.wait().expect("ended");
}

//! Longer tasks in the wizard on a served world: a forecast that is stopped and continued, and a campus taken live and back.
use crate::harness::pty::RUN;
use crate::harness::simulator;
use crate::harness::terminal::{PROGRAM, Terminal};
use last_resort::sim::Running;
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use tempfile::TempDir;

/// A served world and a home with its campus file.
struct Errand {
    sim: Running,
    home: TempDir,
}

impl Errand {
    fn on(world: &str) -> Self {
        let sim = simulator::start(simulator::embedded(world));
        let home = simulator::home_with(
            &sim,
            "
[patrons]
sample = [\"10000001\"]
",
        );
        Self { sim, home }
    }

    fn campus_file(&self) -> PathBuf {
        self.home.path().join(".config/last-resort/campuses/01CUNY_QC.toml")
    }

    /// Runs a command in this home.
    fn run(&self, args: &[&str]) {
        let mut command = Command::new(PROGRAM);
        command
            .args(args)
            .env_clear()
            .env("HOME", self.home.path())
            .env("USER", "ada")
            .envs(simulator::keys(&self.sim));
        assert!(command.output().expect("the binary").status.success(), "{args:?}");
    }

    /// Opens the wizard at a step, waits until everything is read, and returns the terminal and the world.
    fn wizard(self, step: &str) -> (Terminal, Running) {
        let desk = Terminal::in_home(self.home, RUN, &[PROGRAM, "--step", step], &simulator::keys(&self.sim));
        desk.settled();
        (desk, self.sim)
    }
}

#[test]
fn a_forecast_is_stopped_keeps_what_it_read_and_goes_on() {
    let errand = Errand::on("many-patrons");
    let people: Vec<u32> = (1..=40).collect();
    let rows: String = people.iter().map(|n| format!("patron{n:03},{}\n", 20_000_000 + n)).collect();
    fs::write(errand.home.path().join("people.csv"), format!("Old username,EMPLID\n{rows}")).expect("a list");
    let (mut desk, sim) = errand.wizard("patrons");
    let asked = || {
        let mut asked: BTreeMap<String, usize> = BTreeMap::new();
        for seen in sim.requests().iter().filter(|seen| seen.path.starts_with("/almaws/v1/users/2")) {
            *asked.entry(seen.path.clone()).or_default() += 1;
        }
        asked
    };
    desk.press("f");
    desk.enter("~/people.csv", "~/people.csv");
    desk.pty.type_keys("\r");
    desk.pty.wait_for("a second, about");
    desk.pty.type_keys("\x1b");
    desk.pty.wait_for("Stopped. Results so far are kept");
    let before = asked();
    assert!(!before.is_empty() && before.len() < people.len(), "stopped on the way: {}", before.len());
    desk.pty.type_keys("\r");
    desk.pty.wait_for("Path of the list");
    desk.pty.type_keys("\r");
    let shown = desk.pty.wait_for("1 of 40 people would get a duplicate ILLiad account");
    assert!(!shown.contains("20000040"), "people are shown as hashes: {shown}");
    let after = asked();
    assert_eq!(after.len(), people.len(), "everybody");
    let twice = after.values().filter(|times| **times > 1).count();
    assert!(twice <= 10, "only requests that were under way are repeated: {twice}");
    let shown = desk.press("\t");
    assert!(shown.contains("20000040"), "{shown}");
    desk.press("\x1b");
    desk.pty.type_keys("q");
    desk.has_left(0);
}

#[test]
fn a_campus_goes_live_and_comes_back_with_its_cards() {
    let errand = Errand::on("done");
    for step in ["partner", "rota", "rule", "illiad"] {
        errand.run(&["attest", step]);
    }
    let file = errand.campus_file();
    let says = |stance: &str| fs::read_to_string(&file).expect("a file").contains(&format!("stance = \"{stance}\""));
    let (mut desk, sim) = errand.wizard("prove");
    desk.press("\t");
    let shown = desk.press("g");
    assert!(
        shown.contains("No obstacles found; 2 checks were not run") && shown.contains("to go live in SANDBOX"),
        "{shown}"
    );
    desk.consent();
    desk.pty.type_keys("\r");
    let shown = desk.pty.wait_for("Enable the rule");
    assert!(
        shown.contains("is set live in the campus file") && !shown.contains("rule live") && says("live"),
        "{shown}"
    );
    desk.asked_again();
    let shown = desk.press("u");
    assert!(shown.contains("to go back to set up ahead in SANDBOX"), "{shown}");
    desk.consent();
    desk.pty.type_keys("\r");
    let shown = desk.pty.wait_for("set up ahead again");
    assert!(shown.contains("To go back") && shown.contains("not live yet") && says("ahead"), "{shown}");
    assert!(
        !sim.requests().iter().any(|seen| matches!(seen.method.as_str(), "PUT" | "DELETE")),
        "neither system is changed"
    );
    desk.asked_again();
    desk.press("\x1b");
    let shown = desk.press("w");
    assert!(shown.contains("Subject: ILLiad partner of last resort: Queens College"), "{shown}");
    desk.pty.type_keys("q");
    desk.has_left(0);
}

//! The ssh connection drops during a write: the write finishes and is recorded in the journal, no process stays behind,
//! and the next start says where the work stopped.
use crate::harness::files;
use crate::harness::pty::text;
use crate::harness::simulator;
use crate::harness::terminal::{PROGRAM, Terminal};
use crate::ssh::host::Host;
use crate::ssh::line::{Breaks, Remote, break_line, furnish, run_on};
use last_resort::sim::Running;
use rstest::rstest;
use serde_json::Value;
use std::path::Path;
use std::time::Duration;
use tempfile::TempDir;

/// A world whose writes take longer than a person needs to break the connection, but less time than a test may take.
pub(crate) const SLOW_WRITES: &str = "sentence = \"Writes take long.\"\nbased_on = \"drifted\"\n\n[[fault]]\nkind = { delay = 1500 }\nmethod = \"PUT\"\n\
    path = \"/almaws/v1/partners/ILLiad\"\n";

/// How quickly the program must end when no write is in flight.
const AT_ONCE: Duration = Duration::from_secs(2);

/// Starts the wizard at the far end, on a served campus whose keys are in the environment there.
fn wizard(host: &Host, home: TempDir, more: &[&str]) -> Terminal {
    let desk = run_on(host, home, &[&[PROGRAM], more].concat());
    desk.settled();
    desk
}

fn furnished(sim: &Running) -> TempDir {
    let home = simulator::home(sim);
    furnish(home.path(), &simulator::keys(sim));
    home
}

fn journal(home: &Path) -> Vec<Value> {
    let file = files(home).into_iter().find(|(path, _)| path.ends_with("journal.jsonl"));
    let text = String::from_utf8(file.expect("a journal").1).expect("UTF-8");
    text.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
}

#[rstest]
#[case::client(Breaks::Client)]
#[case::server(Breaks::Server)]
fn in_the_middle_of_a_write(#[case] breaks: Breaks) {
    let host = Host::start();
    let sim = simulator::start_text(SLOW_WRITES);
    let mut desk = wizard(&host, furnished(&sim), &["--step", "parameters"]);
    let command_line = Remote::of(desk.home.path()).command_line();
    assert_eq!(command_line.trim(), format!("{PROGRAM} --step parameters"), "no key on a command line");
    desk.plan();
    desk.consent();
    desk.pty.type_keys("\r");
    desk.pty.wait_until("being written", |screen| text(screen).contains("Writing 6 values to SANDBOX"));
    let (home, remote) = break_line(desk, breaks);
    remote.has_ended();
    let puts = || sim.requests().into_iter().filter(|seen| seen.method == "PUT").count();
    assert_eq!(puts(), 1, "the write was sent");
    let lines = journal(home.path());
    let ended: Vec<&Value> = lines.iter().filter(|line| line["what"] == "write_ended").collect();
    assert!(ended.len() == 1 && ended[0]["outcome"]["done"].is_string(), "{lines:?}");

    let reads =
        || sim.requests().into_iter().filter(|seen| seen.method == "GET" && seen.path.ends_with("/ILLiad")).count();
    let before = reads();
    let mut desk = run_on(&host, home, &[PROGRAM]);
    desk.pty.wait_for("Back at Parameters: ");
    let back = desk.settled();
    assert!(back.contains("read again, 6 values written."), "{back}");
    assert!(back.contains("│ ✓ Parameters") && reads() > before, "opens where it stopped, and reads again:\n{back}");
    desk.pty.type_keys("q");
    desk.has_left(0);
    assert_eq!(puts(), 1);
}

/// The program itself is killed before it gets the answer to its write. The next start must read what happened instead of guessing.
#[test]
fn killed_in_the_middle_of_a_write() {
    let host = Host::start();
    let sim = simulator::start_text(
        "sentence = \"Writes are done, and never answered.\"\nbased_on = \"drifted\"\n\n[[fault]]\nkind = \"hang-after-write\"\nmethod = \"PUT\"\n",
    );
    let mut desk = wizard(&host, furnished(&sim), &["--step", "parameters"]);
    desk.plan();
    desk.consent();
    desk.pty.type_keys("\r");
    let url = |sim: &Running| {
        let record = sim.partner("ILLiad").expect("the partner");
        record.pointer("/partner_details/profile_details/ncip_details/export_url").cloned()
    };
    let before = url(&sim);
    desk.pty.wait_until("being written", |screen| {
        text(screen).contains("Writing 6 values to SANDBOX") && url(&sim) != before
    });
    let remote = Remote::of(desk.home.path());
    remote.kill();
    remote.has_ended();
    desk.pty.wait_for("[left with ");
    let Terminal { pty, home, .. } = desk;
    drop(pty);

    let mut desk = run_on(&host, home, &[PROGRAM]);
    desk.pty.wait_for("Back at Parameters: ");
    let back = desk.settled();
    assert!(back.contains("Connect says what the write did."), "{back}");
    desk.pty.type_keys("\x1b[Z\x1b[Z\x1b[Z");
    let found = desk.pty.wait_for("│ ✓ Connect");
    let flat = found.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        flat.contains("The record shows that an earlier write of unknown") && flat.contains(") was applied."),
        "{found}"
    );
    desk.pty.type_keys("q");
    desk.has_left(0);
}

#[rstest]
#[case::client(Breaks::Client)]
#[case::server(Breaks::Server)]
fn while_nothing_is_in_flight(#[case] breaks: Breaks) {
    let host = Host::start();
    let sim = simulator::start_text(SLOW_WRITES);
    let desk = wizard(&host, furnished(&sim), &[]);
    let (_home, remote) = break_line(desk, breaks);
    let took = remote.has_ended();
    assert!(took < AT_ONCE, "the program went on for {took:?}");
}

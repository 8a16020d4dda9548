//! What checks of a whole fleet cost, and what they say of it.
use crate::fleet::Fleet;
use serde_json::Value;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

/// What one run cost.
pub(crate) struct Cost {
    pub(crate) took: Duration,
    /// The most private memory that was seen.
    pub(crate) kilobytes: u64,
}

/// The cheapest of several checks of `count` campuses in the world `far`. The first one, which makes the journals, does not count.
pub(crate) fn best_check(count: usize, runs: usize) -> Cost {
    let fleet = Fleet::of(count, "far", &[]);
    check(&fleet, 4);
    let costs: Vec<Cost> = (0..runs).map(|_| check(&fleet, 4).0).collect();
    let kilobytes = costs.iter().map(|cost| cost.kilobytes).max().expect("a run");
    Cost { took: costs.iter().map(|cost| cost.took).min().expect("a run"), kilobytes }
}

/// How many campuses of a fleet of every kind `check --all --json` tells otherwise than they stand.
pub(crate) fn told_wrong(count: usize) -> usize {
    let told = check(&Fleet::of_every_kind(count), 1).1;
    let is_right = |line: &&String| {
        let campus: Value = serde_json::from_str(line).expect("JSON");
        campus["campus"].as_str().is_some_and(|code| campus["state"] == Fleet::expected(code))
    };
    count - told.iter().filter(is_right).count()
}

/// Checks all campuses once: what it cost, and the lines it printed.
fn check(fleet: &Fleet, expected: i32) -> (Cost, Vec<String>) {
    let begun = Instant::now();
    let mut command = fleet.command(&["check", "--all", "--json"]);
    let mut running = command.stderr(Stdio::inherit()).spawn().expect("the program");
    let told = BufReader::new(running.stdout.take().expect("its output"));
    let (pid, mut kilobytes) = (running.id(), 0);
    let (done, is_done) = std::sync::mpsc::channel();
    let watch = thread::spawn(move || {
        while is_done.recv_timeout(Duration::from_millis(20)).is_err() {
            kilobytes = kilobytes.max(private_kilobytes(pid).unwrap_or_default());
        }
        kilobytes
    });
    let lines: Vec<String> = told.lines().collect::<Result<_, _>>().expect("text");
    let code = running.wait().expect("its end").code();
    let took = begun.elapsed();
    assert_eq!(code, Some(expected), "the exit code over all");
    done.send(()).expect("the watch runs");
    (Cost { took, kilobytes: watch.join().expect("the watch") }, lines)
}

/// The memory that a process shares with nobody.
fn private_kilobytes(pid: u32) -> Option<u64> {
    let text = fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).ok()?;
    let private = text.lines().filter(|line| line.starts_with("Private_"));
    Some(private.filter_map(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok()).sum())
}

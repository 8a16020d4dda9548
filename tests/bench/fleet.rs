//! A served fleet, and checks of all of it.
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};
use tempfile::TempDir;

const PROGRAM: &str = env!("CARGO_BIN_EXE_last-resort");

/// A fleet in the world `far`, served by a process of its own.
pub(crate) struct Fleet {
    serving: Child,
    home: TempDir,
}

impl Drop for Fleet {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.serving.kill();
        let _ = self.serving.wait();
    }
}

/// What one run cost.
pub(crate) struct Cost {
    pub(crate) took: Duration,
    /// The most private memory that was seen.
    pub(crate) kilobytes: u64,
}

impl Fleet {
    pub(crate) fn of(count: usize) -> Self {
        let home = TempDir::new().expect("a home");
        let mut serving = Command::new(PROGRAM);
        serving.args(["simulate", "--world", "far", "--fleet", &count.to_string(), "--into"]);
        serving.arg(home.path().join("fleet")).env_clear().env("HOME", home.path());
        let mut serving = serving.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().expect("the program");
        let told = BufReader::new(serving.stdout.take().expect("its output")).lines().map_while(Result::ok);
        assert!(told.into_iter().any(|line| line.starts_with("last-resort check")), "the fleet says when it is there");
        Self { serving, home }
    }

    /// The cheapest of several checks. The first one, which makes the journals, does not count.
    pub(crate) fn best_check(&self, runs: usize) -> Cost {
        self.check();
        let costs: Vec<Cost> = (0..runs).map(|_| self.check()).collect();
        let kilobytes = costs.iter().map(|cost| cost.kilobytes).max().expect("a run");
        Cost { took: costs.iter().map(|cost| cost.took).min().expect("a run"), kilobytes }
    }

    fn check(&self) -> Cost {
        let mut command = Command::new(PROGRAM);
        command.args(["check", "--all", "--json"]).env_clear().env("HOME", self.home.path());
        command.env("XDG_CONFIG_HOME", self.home.path().join("fleet/config"));
        command.env("CREDENTIALS_DIRECTORY", self.home.path().join("fleet/credentials"));
        let begun = Instant::now();
        let mut running = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().expect("the program");
        let mut told = BufReader::new(running.stdout.take().expect("its output"));
        let (pid, mut kilobytes) = (running.id(), 0);
        let (done, is_done) = std::sync::mpsc::channel();
        let watch = thread::spawn(move || {
            while is_done.recv_timeout(Duration::from_millis(20)).is_err() {
                kilobytes = kilobytes.max(private_kilobytes(pid).unwrap_or_default());
            }
            kilobytes
        });
        let mut line = String::new();
        while told.read_line(&mut line).expect("text") > 0 {
            line.clear();
        }
        let code = running.wait().expect("its end").code();
        let took = begun.elapsed();
        assert_eq!(code, Some(4), "every campus was read");
        done.send(()).expect("the watch runs");
        Cost { took, kilobytes: watch.join().expect("the watch") }
    }
}

/// The memory that a process shares with nobody.
fn private_kilobytes(pid: u32) -> Option<u64> {
    let text = fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).ok()?;
    let private = text.lines().filter(|line| line.starts_with("Private_"));
    Some(private.filter_map(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok()).sum())
}

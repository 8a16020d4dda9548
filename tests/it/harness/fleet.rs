//! A served fleet: `simulate --fleet` in a process of its own, and the binary run with the folder that it wrote.
use super::ran::{Ran, Started};
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;

/// A fleet that is being served, and a user's home beside it.
pub(crate) struct Fleet {
    serving: Child,
    home: TempDir,
    /// The variables that it printed.
    exports: Vec<(String, String)>,
}

impl Drop for Fleet {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.serving.kill();
        let _ = self.serving.wait();
    }
}

impl Fleet {
    /// Serves `count` campuses in this world; `at` are `CODE=WORLD` for those in another one.
    pub(crate) fn of(count: usize, world: &str, at: &[&str]) -> Self {
        let home = TempDir::new().expect("a home");
        let mut serving = Command::new(env!("CARGO_BIN_EXE_last-resort"));
        serving
            .args(["simulate", "--fleet", &count.to_string(), "--world", world, "--into"])
            .arg(home.path().join("fleet"));
        serving.args(at.iter().flat_map(|pair| ["--at", pair]));
        serving.env_clear().env("HOME", home.path()).stdin(Stdio::null()).stdout(Stdio::piped());
        let mut serving = serving.spawn().expect("the binary");
        let told = serving.stdout.take().expect("its output");
        let mut exports = Vec::new();
        let mut lines = BufReader::new(told).lines().map_while(Result::ok);
        let last = lines.find(|line| {
            let set = line.strip_prefix("export ").into_iter().flat_map(str::split_whitespace);
            exports
                .extend(set.filter_map(|set| set.split_once('=')).map(|(name, to)| (name.to_owned(), to.to_owned())));
            line.starts_with("last-resort check")
        });
        assert!(last.is_some(), "the fleet says when it is there");
        Self { serving, home, exports }
    }

    /// The file of a campus.
    pub(crate) fn campus_file(&self, code: &str) -> PathBuf {
        self.home.path().join(format!("fleet/config/last-resort/campuses/{code}.toml"))
    }

    /// Changes the file of a campus.
    pub(crate) fn edit(&self, code: &str, edit: impl FnOnce(String) -> String) {
        let path = self.campus_file(code);
        let text = fs::read_to_string(&path).expect("a campus file");
        fs::write(&path, edit(text)).expect("written");
    }

    /// The file with a key of a campus.
    pub(crate) fn credential(&self, code: &str, slot: &str) -> PathBuf {
        self.home.path().join(format!("fleet/credentials/{code}.{slot}"))
    }

    /// A folder for whatever a test writes.
    pub(crate) fn folder(&self) -> PathBuf {
        self.home.path().to_owned()
    }

    /// The variables with which the program works on the fleet.
    pub(crate) fn env(&self) -> Vec<(&str, String)> {
        self.exports.iter().map(|(name, value)| (name.as_str(), value.clone())).collect()
    }

    /// Runs the binary as cron would: with no terminal, and with the fleet's variables and nothing else but the home.
    #[track_caller]
    pub(crate) fn run(&self, args: &[&str]) -> Ran {
        let mut command = Command::new(env!("CARGO_BIN_EXE_last-resort"));
        command
            .args(args)
            .env_clear()
            .env("HOME", self.home.path())
            .env("PATH", "/usr/bin:/bin")
            .envs(self.env())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        Started::new(command.spawn().expect("the binary")).end_of_proof()
    }
}

//! A served fleet: `simulate --fleet` in a process of its own, and the binary run with the folder that it wrote.
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

    /// A fleet with every kind of campus among those that are done.
    pub(crate) fn of_every_kind(count: usize) -> Self {
        let others = ["01CUNY_BC=drifted", "01CUNY_BM=fresh", "01CUNY_GC=per-second-limit", "01CUNY_KB=slow"];
        let fleet = Self::of(count, "done", &others);
        // Nobody listens there.
        fleet.edit("01CUNY_HC", |text| text.replace("127.0.0.1", "127.0.0.2"));
        // The key of another campus.
        fs::copy(fleet.credential("01CUNY_LE", "alma"), fleet.credential("01CUNY_CC", "alma")).expect("copied");
        fleet.edit("01CUNY_JJ", |text| text.replace("environment = \"sandbox\"", "environment = \"test\""));
        fleet
    }

    /// The state of a campus of that fleet.
    pub(crate) fn expected(code: &str) -> &'static str {
        match code {
            "01CUNY_BC" | "01CUNY_GC" => "differs",
            "01CUNY_BM" => "blocked",
            "01CUNY_HC" | "01CUNY_CC" | "01CUNY_JJ" => "unread",
            _ => "waiting",
        }
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

    /// The variables with which the program works on the fleet.
    pub(crate) fn env(&self) -> Vec<(&str, String)> {
        self.exports.iter().map(|(name, value)| (name.as_str(), value.clone())).collect()
    }

    /// A folder for whatever is written beside it.
    pub(crate) fn folder(&self) -> PathBuf {
        self.home.path().to_owned()
    }

    /// The binary as cron runs it: with no terminal, and with the fleet's variables and nothing else but the home.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_last-resort"));
        command
            .args(args)
            .env_clear()
            .env("HOME", self.folder())
            .env("PATH", "/usr/bin:/bin")
            .envs(self.env())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }
}

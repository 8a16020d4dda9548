//! A desk: a served practice world, a home with its campus file, and the practice keys in the environment.
use super::files::files;
use super::ran::{Ran, Started};
use super::simulator;
use last_resort::sim::{LoggedServer, RequestLog, Running, World};
use serde_json::Value;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// The campus code of every desk.
pub(crate) const CAMPUS: &str = "01CUNY_QC";

/// The path of the ILLiad partner in Alma's API.
pub(crate) const PARTNER_PATH: &str = "/almaws/v1/partners/ILLiad";

/// A served world, a home, and the built binary to run there.
pub(crate) struct Desk {
    pub(crate) sim: Running,
    home: TempDir,
}

impl Desk {
    /// Opens a desk in an embedded world.
    pub(crate) fn in_world(name: &str) -> Self {
        Self::with(simulator::embedded(name))
    }

    /// Opens a desk in a world given as TOML, which may be `based_on` an embedded one.
    pub(crate) fn in_world_of(text: &str) -> Self {
        Self::with(simulator::world(text))
    }

    fn with(world: World) -> Self {
        let desk = Self { sim: simulator::start(world), home: TempDir::new().expect("a home") };
        desk.campus_file(CAMPUS, &desk.campus_text());
        desk.assert_no_key_of_this_user();
        desk
    }

    /// Fails if a key of this campus is stored: the kernel keyring belongs to the user, so a stored key would reach
    /// every desk. Checked once per process.
    fn assert_no_key_of_this_user(&self) {
        static STORED: OnceLock<String> = OnceLock::new();
        let stored = STORED.get_or_init(|| {
            // This check writes its log to a separate folder, so that the first test of a process finds an unused home too.
            let elsewhere = TempDir::new().expect("a folder");
            let mut command = self.command(&["keys", "status"]);
            command.env("XDG_STATE_HOME", elsewhere.path());
            for slot in ["ALMA", "ILLIAD", "EXPORT"] {
                command.env_remove(format!("LAST_RESORT_{slot}_KEY"));
            }
            let ran = Started::new(command.spawn().expect("the binary")).end();
            ran.out().lines().filter(|line| line.contains("set (")).collect()
        });
        assert!(
            stored.is_empty(),
            "this user's keyring holds keys of {CAMPUS} (sandbox), which these tests would use ({stored}); run them as \
             another user, or first: last-resort keys forget --campus {CAMPUS}"
        );
    }

    /// Returns a campus file that fits this world.
    pub(crate) fn campus_text(&self) -> String {
        let campus = self.sim.campus();
        let sample: Vec<String> = campus.sample.iter().map(|id| format!("{id:?}")).collect();
        format!(
            "institution = {:?}\nname = {:?}\nenvironment = {:?}\n\n[alma]\nurl = {:?}\nlibrary = {:?}\nreceive_desk = {:?}\n\n\
             [illiad]\nurl = {:?}\nnvtgc = {:?}\n\n[patrons]\nsample = [{}]\n",
            campus.institution,
            campus.name,
            campus.environment,
            self.sim.alma_url(),
            campus.library,
            campus.receive_desk,
            self.sim.illiad_url(),
            campus.nvtgc,
            sample.join(", ")
        )
    }

    /// Writes a campus file and returns its path.
    pub(crate) fn campus_file(&self, code: &str, text: &str) -> PathBuf {
        let folder = self.config().join("last-resort/campuses");
        fs::create_dir_all(&folder).expect("a folder");
        let path = folder.join(format!("{code}.toml"));
        fs::write(&path, text).expect("written");
        path
    }

    /// The folder used as `$XDG_CONFIG_HOME`.
    pub(crate) fn config(&self) -> PathBuf {
        self.home.path().join("config")
    }

    /// The folder used as `$XDG_STATE_HOME`.
    pub(crate) fn state(&self) -> PathBuf {
        self.home.path().join("state")
    }

    /// The path of the campus's journal.
    pub(crate) fn journal_path(&self) -> PathBuf {
        self.state().join("last-resort").join(CAMPUS).join("journal.jsonl")
    }

    /// Returns the journal's lines as JSON, or none if there is no journal.
    pub(crate) fn journal(&self) -> Vec<Value> {
        let text = fs::read_to_string(self.journal_path()).unwrap_or_default();
        text.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
    }

    /// Returns the journal's lines of one kind.
    pub(crate) fn journaled(&self, what: &str) -> Vec<Value> {
        self.journal().into_iter().filter(|line| line["what"] == what).collect()
    }

    /// Returns the systems that a sign-off or evidence is about, in the journal's format.
    pub(crate) fn target(&self) -> Value {
        serde_json::json!({"environment": self.sim.campus().environment, "illiad": self.sim.illiad_url()})
    }

    /// Appends lines to the journal, as if written earlier or on another machine.
    pub(crate) fn journal_lines(&self, lines: &[Value]) {
        let path = self.journal_path();
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        let before = fs::read_to_string(&path).unwrap_or_default();
        let more: String = lines.iter().map(|line| format!("{line}\n")).collect();
        fs::write(&path, before + &more).expect("written");
    }

    /// Returns every file below the home, as path and bytes.
    pub(crate) fn files(&self) -> Vec<(PathBuf, Vec<u8>)> {
        files(self.home.path()).into_iter().map(|(path, bytes)| (path.into(), bytes)).collect()
    }

    /// Prepares the binary with this home and these keys; nothing else is in its environment.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_last-resort"));
        command
            .args(args)
            .env_clear()
            .env("HOME", self.home.path())
            .env("USER", "ada")
            .env("LANG", "C.UTF-8")
            .env("XDG_CONFIG_HOME", self.config())
            .env("XDG_STATE_HOME", self.state())
            .envs(simulator::keys(&self.sim))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Starts the binary with these arguments.
    pub(crate) fn start(&self, args: &[&str]) -> Started {
        Started::new(self.command(args).spawn().expect("the binary"))
    }

    /// Runs the binary to its end.
    #[track_caller]
    pub(crate) fn run(&self, args: &[&str]) -> Ran {
        self.start(args).end()
    }

    /// Runs `apply STEP… --confirm --json` with the right campus code.
    #[track_caller]
    pub(crate) fn apply(&self, steps: &[&str]) -> Ran {
        self.run(&[&["apply"], steps, &["--confirm", CAMPUS, "--json"]].concat())
    }

    /// Runs `undo --confirm` with the right campus code.
    #[track_caller]
    pub(crate) fn undo(&self) -> Ran {
        self.run(&["undo", "--confirm", CAMPUS])
    }

    /// Returns the ILLiad partner as Alma stores it, with the export key in clear text.
    #[track_caller]
    pub(crate) fn record(&self) -> Value {
        self.sim.partner("ILLiad").expect("the partner is there")
    }

    /// Changes the stored record directly, without the API: the value at `pointer`, or its `/value` if it is a coded value.
    #[track_caller]
    pub(crate) fn disturb(&self, pointer: &str, value: Value) {
        let mut record = self.record();
        *record.pointer_mut(pointer).unwrap_or_else(|| panic!("{pointer}")) = value;
        self.sim.set_partner("ILLiad", record);
    }

    /// Returns the requests that change Alma's data, in order of arrival.
    pub(crate) fn writes(&self) -> Vec<RequestLog> {
        self.sim.requests().into_iter().filter(is_write).collect()
    }

    /// Counts the requests with this method and path.
    pub(crate) fn count(&self, method: &str, path: &str) -> usize {
        self.sim.requests().iter().filter(|seen| seen.method == method && seen.path == path).count()
    }
}

/// Whether a request may change data: everything except reads and the permission test.
pub(crate) fn is_write(seen: &RequestLog) -> bool {
    seen.method != "GET" && !(seen.method == "POST" && seen.path.ends_with("/operation/test"))
}

/// Whether a request went to Alma.
pub(crate) fn to_alma(seen: &RequestLog) -> bool {
    seen.server == LoggedServer::Alma
}

/// Returns the time `days` days ago in the journal's format.
pub(crate) fn days_ago(days: i64) -> String {
    let then = jiff::Timestamp::now().checked_sub(jiff::SignedDuration::from_hours(24 * days)).expect("a time");
    then.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Waits until `so` is true. The test has already caused it, so only a fault makes this fail.
#[track_caller]
pub(crate) fn wait_for(what: &str, so: impl Fn() -> bool) {
    let until = Instant::now() + Duration::from_secs(25);
    while !so() {
        assert!(Instant::now() < until, "never came: {what}");
        thread::sleep(Duration::from_millis(2));
    }
}

/// Runs `job` for each item, several at once: most of a run is spent waiting for the rate limit.
pub(crate) fn in_parallel<T: Sync>(items: &[T], job: impl Fn(&T) + Sync) {
    let next = AtomicUsize::new(0);
    thread::scope(|scope| {
        let work = || {
            while let Some(item) = items.get(next.fetch_add(1, Ordering::Relaxed)) {
                job(item);
            }
        };
        let threads: Vec<_> = (0..6.min(items.len())).map(|_| scope.spawn(work)).collect();
        for thread in threads {
            if let Err(panic) = thread.join() {
                std::panic::resume_unwind(panic);
            }
        }
    });
}

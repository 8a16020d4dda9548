//! A run of the binary: its exit code and its output.
use super::fleet::Fleet;
use serde_json::Value;
use std::io::Read as _;
use std::process::Child;
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

/// "Any command ends within 30 s whatever hangs" (CONTRACT.md, "Writing").
const LONGEST: Duration = Duration::from_secs(30);

/// A finished run.
#[derive(Debug, Clone)]
pub(crate) struct Ran {
    /// The exit code; `None` if a signal ended the run.
    pub(crate) code: Option<i32>,
    pub(crate) stdout: Vec<u8>,
    pub(crate) stderr: Vec<u8>,
}

impl Ran {
    /// Returns standard output, which must be UTF-8.
    pub(crate) fn out(&self) -> &str {
        std::str::from_utf8(&self.stdout).expect("UTF-8 on standard output")
    }

    /// Returns standard error, which must be UTF-8.
    pub(crate) fn err(&self) -> &str {
        std::str::from_utf8(&self.stderr).expect("UTF-8 on standard error")
    }

    /// Parses standard output, which must be a single JSON object.
    pub(crate) fn json(&self) -> Value {
        let value: Value = serde_json::from_slice(&self.stdout)
            .unwrap_or_else(|error| panic!("{error} in {}\nstderr: {}", self.out(), self.err()));
        assert!(value.is_object(), "one object: {value}");
        value
    }

    /// Fails unless the run exited with this code.
    #[track_caller]
    pub(crate) fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "stdout: {}\nstderr: {}", self.out(), self.err());
        self
    }
}

/// A run in progress. It is killed on drop, so that a failing test leaves no process behind.
pub(crate) struct Started {
    child: Child,
    since: Instant,
}

impl Drop for Started {
    fn drop(&mut self) {
        // The process may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Started {
    pub(crate) fn new(child: Child) -> Self {
        Self { child, since: Instant::now() }
    }

    /// Returns the process id.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Kills the process with `kill -9` and waits until it is gone.
    pub(crate) fn kill(mut self) {
        self.child.kill().expect("SIGKILL");
        self.child.wait().expect("ended");
    }

    /// Sends Ctrl-C as a script would: as a signal.
    pub(crate) fn interrupt(&self) {
        self.signal(rustix::process::Signal::INT);
    }

    /// Sends a signal to the process.
    pub(crate) fn signal(&self, signal: rustix::process::Signal) {
        let pid = i32::try_from(self.child.id()).ok().and_then(rustix::process::Pid::from_raw).expect("a process id");
        rustix::process::kill_process(pid, signal).expect("a signal");
    }

    /// Waits for the end of the run, within the contract's limit of 30 s.
    #[track_caller]
    pub(crate) fn end(self) -> Ran {
        self.end_within(LONGEST)
    }

    /// Waits for the end of a proof, which may take longer than 30 s.
    #[track_caller]
    pub(crate) fn end_of_proof(self) -> Ran {
        self.end_within(Duration::from_secs(120))
    }

    #[track_caller]
    fn end_within(mut self, longest: Duration) -> Ran {
        let (mut out, mut err) = (self.child.stdout.take(), self.child.stderr.take());
        let (told, ended) = mpsc::channel();
        let reader = thread::spawn(move || {
            let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
            thread::scope(|scope| {
                scope.spawn(|| out.as_mut().map(|pipe| pipe.read_to_end(&mut stdout)));
                scope.spawn(|| err.as_mut().map(|pipe| pipe.read_to_end(&mut stderr)));
            });
            // After a time-out nobody receives this.
            let _ = told.send(());
            (stdout, stderr)
        });
        let left = longest.saturating_sub(self.since.elapsed());
        let in_time = ended.recv_timeout(left).is_ok();
        if !in_time {
            self.child.kill().expect("killed");
        }
        let (stdout, stderr) = reader.join().expect("read");
        let status = self.child.wait().expect("ended");
        let ran = Ran { code: status.code(), stdout, stderr };
        assert!(in_time, "did not end within {longest:?}\nstdout: {}\nstderr: {}", ran.out(), ran.err());
        ran
    }
}

impl Fleet {
    /// Runs the binary on the fleet, as cron would, to its end.
    #[track_caller]
    pub(crate) fn run(&self, args: &[&str]) -> Ran {
        Started::new(self.command(args).spawn().expect("the binary")).end_of_proof()
    }
}

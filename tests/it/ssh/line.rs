//! An ssh connection with a person at one end and a command at the other.
use crate::harness::pty::RUN;
use crate::harness::terminal::Terminal;
use crate::ssh::host::Host;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fd::OwnedFd;
use rustix::process::{Pid, PidfdFlags, Signal, kill_process, pidfd_open};
use std::fmt::Write as _;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Runs at the far end: loads the login's environment and its keys from a file that only this user can read, then
/// replaces the shell with the command.
const ENTER: &str = "umask 077\n. \"$1/env\"\necho $$ >\"$1/remote\"\nshift\nexec \"$@\"\n";

/// Prepares a home folder for commands run at the far end.
pub(crate) fn furnish(home: &Path, env: &[(&str, &str)]) {
    let mut text =
        String::from("unset DBUS_SESSION_BUS_ADDRESS SSH_AUTH_SOCK\nexport LANG=C.UTF-8 TZ=UTC USER=staff\n");
    for name in ["HOME", "XDG_RUNTIME_DIR", "TMUX_TMPDIR"] {
        let _ = writeln!(text, "export {name}='{}'", home.display());
    }
    for (name, value) in env {
        let _ = writeln!(text, "export {name}='{value}'");
    }
    fs::write(home.join("env"), text).expect("written");
    fs::set_permissions(home.join("env"), fs::Permissions::from_mode(0o600)).expect("ours alone");
    fs::write(home.join("enter"), ENTER).expect("written");
}

/// Logs in and runs a command in a home prepared by [`furnish`].
pub(crate) fn run_on(host: &Host, home: TempDir, command: &[&str]) -> Terminal {
    let login = login_to(host, home.path(), command);
    Terminal::in_home(home, RUN, &login, &[])
}

/// Builds the ssh command that logs in and runs a command in that home.
pub(crate) fn login_to(host: &Host, home: &Path, command: &[&str]) -> Vec<String> {
    let at = home.display();
    host.login(&format!("exec sh {at}/enter {at} {}", command.join(" ")))
}

/// The command's process at the far end.
pub(crate) struct Remote {
    pid: Pid,
    handle: OwnedFd,
}

impl Remote {
    /// Finds the process that was started last in this home.
    pub(crate) fn of(home: &Path) -> Self {
        let told = fs::read_to_string(home.join("remote")).expect("started");
        let pid = told.trim().parse().ok().and_then(Pid::from_raw).expect("a process id");
        Self { pid, handle: pidfd_open(pid, PidfdFlags::empty()).expect("running") }
    }

    /// Waits until the process has ended by itself, and returns how long that took.
    #[track_caller]
    pub(crate) fn has_ended(&self) -> Duration {
        let start = Instant::now();
        let mut ends = [PollFd::new(&self.handle, PollFlags::IN)];
        let ended = poll(&mut ends, Some(&Timespec { tv_sec: 25, tv_nsec: 0 })).expect("polled");
        assert_eq!(ended, 1, "still running");
        start.elapsed()
    }

    /// Returns the sshd process that serves this login.
    pub(crate) fn server(&self) -> Pid {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.pid.as_raw_nonzero())).expect("running");
        let after_name = stat.rsplit_once(") ").expect("a name in brackets").1;
        let parent = after_name.split(' ').nth(1).and_then(|parent| parent.parse().ok());
        parent.and_then(Pid::from_raw).expect("a parent")
    }

    /// Kills the process at once, as if the machine had lost power.
    pub(crate) fn kill(&self) {
        kill_process(self.pid, Signal::KILL).expect("killed");
    }

    /// Returns the process's command line, which any user of that machine can read.
    pub(crate) fn command_line(&self) -> String {
        let bytes = fs::read(format!("/proc/{}/cmdline", self.pid.as_raw_nonzero())).expect("running");
        String::from_utf8_lossy(&bytes).replace('\0', " ")
    }
}

/// The end of the connection that is killed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Breaks {
    /// The client, as when a laptop's battery dies.
    Client,
    /// The sshd process of this login.
    Server,
}

/// Breaks the connection at once. Returns the home and the remote command, which may still be running.
pub(crate) fn break_line(desk: Terminal, breaks: Breaks) -> (TempDir, Remote) {
    let remote = Remote::of(desk.home.path());
    match breaks {
        Breaks::Client => desk.signal(Signal::KILL),
        Breaks::Server => kill_process(remote.server(), Signal::KILL).expect("killed"),
    }
    let Terminal { pty, home, .. } = desk;
    drop(pty);
    (home, remote)
}

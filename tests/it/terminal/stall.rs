//! A terminal that nobody reads any more: the program blocks while writing to it, and still exits on a signal.
use crate::harness::pty::{LONGEST, USUAL, pty_size};
use crate::harness::terminal::PROGRAM;
use portable_pty::{CommandBuilder, native_pty_system};
use rstest::rstest;
use rustix::process::{Pid, Signal, kill_process};
use std::fs;
use std::io::Read as _;
use std::time::Instant;
use tempfile::TempDir;

/// Whether the process is blocked inside `write` to standard output.
fn writes(pid: u32) -> bool {
    let call = fs::read_to_string(format!("/proc/{pid}/syscall")).expect("a process of ours");
    let number = if cfg!(target_arch = "aarch64") { "64" } else { "1" };
    call.starts_with(&format!("{number} 0x1 "))
}

#[rstest]
#[case::terminate(Signal::TERM)]
#[case::hang_up(Signal::HUP)]
#[case::interrupt(Signal::INT)]
fn a_stalled_terminal_holds_nobody(#[case] signal: Signal) {
    let home = TempDir::new().expect("a home");
    let pair = native_pty_system().openpty(pty_size(USUAL)).expect("a pty");
    let mut command = CommandBuilder::new(PROGRAM);
    command.args(["practice", "--step", "connect"]);
    command.env_clear();
    for (name, value) in [("TERM", "xterm-256color"), ("LANG", "C.UTF-8"), ("USER", "staff")] {
        command.env(name, value);
    }
    command.env("HOME", home.path());
    let mut child = pair.slave.spawn_command(command).expect("the wizard");
    let pid = child.process_id().expect("a process");
    let mut reader = pair.master.try_clone_reader().expect("a reader");
    let (mut seen, mut bytes) = (Vec::new(), [0; 4096]);
    while !String::from_utf8_lossy(&seen).contains("Summary") {
        let n = reader.read(&mut bytes).expect("a screen");
        seen.extend_from_slice(&bytes[..n]);
    }
    // From here on nobody reads. Each resize redraws the whole screen, until the buffer is full.
    let began = Instant::now();
    let mut stuck = 0;
    while stuck < 50 {
        assert!(began.elapsed() < LONGEST, "the terminal's buffer never fills up");
        let columns = if began.elapsed().as_millis().is_multiple_of(2) { 80 } else { 120 };
        pair.master.resize(pty_size((columns, 40))).expect("resized");
        stuck = if writes(pid) { stuck + 1 } else { 0 };
        std::thread::yield_now();
    }
    kill_process(Pid::from_raw(pid.cast_signed()).expect("a pid"), signal).expect("sent");
    let began = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().expect("a child") {
            break status;
        }
        assert!(began.elapsed() < LONGEST, "the program does not exit");
        std::thread::yield_now();
    };
    assert_eq!(status.exit_code(), 128 + u32::try_from(signal.as_raw()).expect("a number"));
}

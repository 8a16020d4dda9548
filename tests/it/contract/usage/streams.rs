//! Standard output and standard error that are closed or full, and Ctrl-C.
use crate::harness::{Desk, Ran, Started, wait_for};
use last_resort::sim::{Fault, FaultKind, LoggedServer};
use rustix::process::{Pid, Signal, kill_process};
use std::fs::OpenOptions;
use std::io::{BufRead as _, BufReader, pipe};
use std::net::TcpStream;
use std::process::{Command, Stdio};

/// Returns the write end of a pipe whose reader is gone.
fn broken() -> Stdio {
    let (reader, writer) = pipe().expect("a pipe");
    drop(reader);
    writer.into()
}

/// Returns a device that is always full.
fn full() -> Stdio {
    OpenOptions::new().write(true).open("/dev/full").expect("a full device").into()
}

fn ran(command: &mut Command) -> Ran {
    Started::new(command.spawn().expect("the binary")).end()
}

const SAYING: [&[&str]; 9] = [
    &["keys", "status"],
    &["check"],
    &["check", "--json"],
    &["plan"],
    &["attest", "rota.code"],
    &["campuses"],
    &["practice", "--list"],
    &["man"],
    &["completions", "bash"],
];

#[test]
fn an_output_that_is_closed_or_full_is_said_on_standard_error() {
    let desk = Desk::in_world("done");
    for args in SAYING {
        let outputs = [("broken", broken as fn() -> Stdio), ("full", full)];
        for (name, output) in outputs {
            let ran = ran(desk.command(args).stdout(output())).exits(1);
            if name == "broken" && args[0] != "attest" {
                // Who read it has seen enough: `check | head -1`.
                assert!(!ran.err().contains("utput") && !ran.err().contains("panicked"), "{args:?}: {}", ran.err());
                continue;
            }
            assert!(ran.err().contains("Standard output could not be written"), "{args:?}: {}", ran.err());
            assert_eq!(ran.err().lines().filter(|line| line.contains("output")).count(), 1, "{args:?}: {}", ran.err());
            assert!(!ran.err().contains("panicked"), "{args:?}: {}", ran.err());
            assert!(!ran.err().contains("next: ") && !ran.err().contains("--json"), "{args:?}: {}", ran.err());
            let (done, again) = (
                ran.err().contains("Everything done so far is in the journal"),
                ran.err().contains("Run the command again"),
            );
            assert_eq!((done, again), (args[0] == "attest", args[0] != "attest"), "{args:?}: {}", ran.err());
        }
    }
    assert_eq!(desk.journaled("attested").len(), 2, "the sign-offs are in the journal nevertheless");
}

/// Prepares the same command under a shell that closes its standard output.
fn closed(command: &Command) -> Command {
    let mut shell = Command::new("/bin/sh");
    shell.env_clear().args(["-c", r#"exec "$0" "$@" >&-"#]).arg(command.get_program()).args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => shell.env(name, value),
            None => shell.env_remove(name),
        };
    }
    shell.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    shell
}

#[test]
fn with_a_closed_standard_output_nothing_is_begun_and_dev_null_is_not_closed() {
    let desk = Desk::in_world("drifted");
    let apply: &[&str] = &["apply", "partner", "parameters", "--confirm", "01CUNY_QC", "--json"];
    for args in SAYING.into_iter().chain([apply, &[], &["practice"], &["--help"]]) {
        let ran = ran(&mut closed(&desk.command(args))).exits(1);
        assert_eq!(ran.err().matches("Standard output is closed").count(), 1, "{args:?}: {}", ran.err());
        assert!(ran.err().contains("next: "), "{args:?}: {}", ran.err());
    }
    assert!(
        desk.writes().is_empty() && desk.journaled("attested").is_empty() && desk.journaled("write_begun").is_empty()
    );
    // Callers in other languages may open the device for reading and writing.
    let silent = OpenOptions::new().read(true).write(true).open("/dev/null").expect("a device that takes all");
    let told = ran(desk.command(&["campuses"]).stdout(silent)).exits(0);
    assert_eq!(told.err(), "");
}

#[test]
fn help_that_cannot_be_printed_is_a_failure_and_no_panic() {
    let desk = Desk::in_world("done");
    for args in [&["--help"][..], &["--version"], &["check", "--help"]] {
        let told = ran(desk.command(args).stdout(full())).exits(1);
        assert!(told.err().contains("Standard output could not be written"), "{args:?}: {}", told.err());
        assert!(!told.err().contains("journal") && !told.err().contains("panicked"), "{args:?}: {}", told.err());
        // A reader such as `head` that closes the pipe early is not an error.
        let told = ran(desk.command(args).stdout(broken())).exits(0);
        assert_eq!(told.err(), "", "{args:?}");
    }
}

#[test]
fn a_write_whose_result_nobody_can_read_is_journaled_and_can_be_undone() {
    for output in [broken(), full()] {
        let desk = Desk::in_world("drifted");
        let before = desk.record().to_string();
        let args = ["apply", "partner", "parameters", "--confirm", "01CUNY_QC", "--json"];
        let ran = ran(desk.command(&args).stdout(output)).exits(1);
        assert!(ran.err().contains("journal"), "{}", ran.err());
        assert_eq!((desk.writes().len(), desk.journaled("write_ended").len()), (1, 1));
        desk.undo().exits(0);
        assert_eq!(desk.record().to_string(), before);
    }
}

#[test]
fn a_plan_that_cannot_be_shown_is_not_applied() {
    let desk = Desk::in_world("drifted");
    let args = ["apply", "partner", "parameters", "--confirm", "01CUNY_QC"];
    let ran = ran(desk.command(&args).stdout(broken())).exits(1);
    assert!(ran.err().contains("Run the command again") && !ran.err().contains("journal"), "{}", ran.err());
    assert!(desk.writes().is_empty() && desk.journaled("write_begun").is_empty());
}

#[test]
fn a_closed_standard_error_changes_neither_output_nor_exit_code() {
    let desk = Desk::in_world("drifted");
    for args in [&["check", "partner", "--json", "-v"][..], &["plan", "--json", "-v"], &["campuses"]] {
        let whole = desk.run(args);
        for output in [broken(), full()] {
            let ran = ran(desk.command(args).stderr(output));
            assert_eq!(ran.code, whole.code, "{args:?}");
            assert_eq!(ran.out().lines().count(), whole.out().lines().count(), "{args:?}");
        }
    }
    assert_eq!(ran(desk.command(&["check", "nonsense"]).stderr(broken())).code, Some(2));
    assert_eq!(ran(desk.command(&["apply", "partner"]).stderr(broken())).code, Some(2));
    assert_eq!(ran(desk.command(&["check"]).stderr(broken()).stdout(broken())).code, Some(1));
}

#[test]
fn ctrl_c_leaves_with_130_and_says_so() {
    for args in
        [&["check"][..], &["check", "--json"], &["plan"], &["keys", "test"], &["undo", "--confirm", "01CUNY_QC"]]
    {
        let desk = Desk::in_world("done");
        for server in [LoggedServer::Alma, LoggedServer::Illiad] {
            desk.sim.set_fault(Fault::new(FaultKind::Hang).server(server));
        }
        let running = desk.start(args);
        wait_for("a request", || !desk.sim.requests().is_empty());
        running.interrupt();
        let ran = running.end().exits(130);
        assert!(ran.out().is_empty() && ran.err().contains("Ctrl-C"), "{args:?}: {}", ran.err());
    }
}

#[test]
fn other_signals_leave_with_their_own_codes() {
    for (signal, code) in [(Signal::QUIT, 131), (Signal::TERM, 143), (Signal::HUP, 129)] {
        let desk = Desk::in_world("done");
        for server in [LoggedServer::Alma, LoggedServer::Illiad] {
            desk.sim.set_fault(Fault::new(FaultKind::Hang).server(server));
        }
        let running = desk.start(&["check", "--json"]);
        wait_for("a request", || !desk.sim.requests().is_empty());
        running.signal(signal);
        let ran = running.end().exits(code);
        assert!(ran.out().is_empty() && ran.err().contains("Stopped"), "{}", ran.err());
    }
}

#[test]
fn a_simulator_serves_what_it_prints_until_it_is_stopped() {
    let desk = Desk::in_world("done");
    let mut child = desk.command(&["simulate", "--world", "drifted"]).spawn().expect("the binary");
    let pid = i32::try_from(child.id()).ok().and_then(Pid::from_raw).expect("a process id");
    let mut lines = BufReader::new(child.stdout.take().expect("a pipe")).lines().map_while(Result::ok);
    let running = Started::new(child);
    let said: Vec<String> = lines.by_ref().take(7).collect();
    let after = |start: &str| {
        let line = said.iter().find_map(|line| line.strip_prefix(start));
        line.unwrap_or_else(|| panic!("{start} in {said:?}")).trim().to_owned()
    };
    let (alma, illiad) = (after("Alma "), after("ILLiad "));
    for url in [&alma, &illiad] {
        TcpStream::connect(url.split('/').nth(2).expect("host and port")).expect("served");
    }
    // A client needs no more than the printed addresses.
    let text = desk.campus_text().replace(&desk.sim.alma_url(), &alma).replace(&desk.sim.illiad_url(), &illiad);
    desk.campus_file("01CUNY_QC", &text);
    let mut client = desk.command(&["check", "partner"]);
    for slot in ["ALMA", "ILLIAD", "EXPORT"] {
        let variable = format!("LAST_RESORT_{slot}_KEY");
        client.env(&variable, after(&format!("{variable}=")));
    }
    ran(&mut client).exits(3);
    kill_process(pid, Signal::INT).expect("SIGINT");
    let ended = running.end().exits(130);
    assert!(ended.err().contains("Ctrl-C"), "{}", ended.err());
    assert_eq!(lines.next(), None, "nothing else was printed");
}

/// Too few open files end the program with a sentence, and nothing is coloured for what is no terminal.
#[test]
fn a_machine_that_gives_too_little_is_told_in_a_sentence() {
    let desk = Desk::in_world("done");
    for limit in ["ulimit -n 6", "ulimit -n 12"] {
        let command = desk.command(&["check", "connect"]);
        let mut shell = Command::new("sh");
        shell.args(["-c", &format!("{limit}; exec \"$0\" \"$@\"")]).arg(command.get_program()).args(command.get_args());
        shell.env_clear().envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
        shell.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let told = ran(&mut shell).exits(1);
        assert!(
            told.err().contains("more files than it may") && !told.err().contains("panicked"),
            "{limit}: {}",
            told.err()
        );
        assert!(!told.err().contains('\u{1b}') && told.out().is_empty(), "{limit}: {}", told.err());
    }
}

/// A file that may not grow any more ends an apply with a sentence, before anything is written to Alma.
#[test]
fn a_file_beyond_its_limit_is_told_in_a_sentence() {
    let desk = Desk::in_world("drifted");
    let command = desk.command(&["apply", "parameters", "--confirm", "01CUNY_QC"]);
    let mut shell = Command::new("sh");
    shell.args(["-c", "ulimit -f 0; exec \"$0\" \"$@\""]).arg(command.get_program()).args(command.get_args());
    shell.env_clear().envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
    shell.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let told = ran(&mut shell).exits(1);
    assert!(told.err().contains("File too large") && !told.err().contains("panicked"), "{}", told.err());
    assert!(desk.writes().is_empty());
}

/// Options that would do nothing are refused, and unknown ones are named.
#[test]
fn an_option_that_does_nothing_here_is_refused() {
    let desk = Desk::in_world("done");
    for (args, option) in [
        (&["--step", "rota", "check"][..], "--step"),
        (&["check", "--mouse"], "--mouse"),
        (&["campuses", "--campus", "01CUNY_QC"], "--campus"),
        (&["check", "--bogus"], "--bogus"),
        (&["keys", "status", "--bogus"], "--bogus"),
    ] {
        let told = desk.run(args).exits(2);
        assert!(told.err().contains(option), "{args:?}: {}", told.err());
    }
    assert!(desk.sim.requests().is_empty());
}

/// Every signal ends a command that waits for a file, and a file of which nothing comes does not hold it for ever.
#[test]
fn a_pipe_that_nobody_writes_to_holds_nobody() {
    let desk = Desk::in_world("done");
    let pipe = desk.config().join("list.csv");
    rustix::fs::mknodat(rustix::fs::CWD, &pipe, rustix::fs::FileType::Fifo, rustix::fs::Mode::RWXU, 0).expect("a pipe");
    let path = pipe.to_str().expect("a path");
    for (signal, code) in [(Signal::INT, 130), (Signal::TERM, 143), (Signal::HUP, 129)] {
        let started = desk.start(&["patrons", "--file", path]);
        // It has opened its log by then, so it listens.
        let log = desk.state().join("last-resort/01CUNY_QC/last-resort.log");
        wait_for("the log", || log.exists());
        let id = i32::try_from(started.id()).ok().and_then(Pid::from_raw).expect("a process");
        wait_for("it waits for the file", || {
            let tasks = std::fs::read_dir(format!("/proc/{}/task", started.id())).expect("running");
            tasks
                .flatten()
                .any(|task| std::fs::read_to_string(task.path().join("comm")).is_ok_and(|name| name == "file\n"))
        });
        kill_process(id, signal).expect("signalled");
        started.end().exits(code);
    }
}

/// A key that never comes through a pipe does not hold the command, and none is stored.
#[test]
fn a_key_that_never_comes_holds_nobody() {
    let desk = Desk::in_world("done");
    let (silent, held_open) = pipe().expect("a pipe");
    let mut command = desk.command(&["keys", "set", "--slot", "alma"]);
    let ran = Started::new(command.stdin(silent).spawn().expect("the binary")).end().exits(1);
    assert!(ran.err().contains("No key came on standard input within 20 s."), "{}", ran.err());
    drop(held_open);
}

//! Two things at once: typing while the program reads, and leaving while a write is in flight.
use crate::harness::files;
use crate::harness::pty::text;
use crate::harness::simulator;
use crate::harness::terminal::Terminal;
use crate::terminal::local;
use rstest::rstest;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{PidfdFlags, Signal, pidfd_open};

/// Part of the explanation of the partner's third value, shown when that value is selected.
const PROFILE_TYPE: &str = "Only the NCIP profile has Export to Third Party.";

/// In this world every answer takes longer than the user does.
#[test]
fn keys_work_while_everything_is_being_read() {
    let mut desk = Terminal::running(&[crate::harness::terminal::PROGRAM, "practice", "--world", "slow"], &[]);
    desk.begin();
    desk.pty.wait_for("│ ⠋ Connect");
    desk.pty.type_keys("\t\tjj");
    let screen = desk.pty.wait_for(PROFILE_TYPE);
    assert!(screen.contains("Not read yet. These are the wanted values."), "{screen}");
    desk.pty.type_keys("?");
    assert!(desk.pty.wait_for("Checks this step again").contains("Enter back"));
    desk.pty.type_keys("\x1b");
    desk.pty.wait_for(PROFILE_TYPE);
    let screen = desk.settled();
    assert!(screen.contains(PROFILE_TYPE) && screen.contains("✓ Connect"), "{screen}");
    desk.pty.type_keys("q");
    desk.has_left(0);
}

/// Every way to leave waits: a write in flight is finished and recorded in the journal first.
#[rstest]
#[case::ctrl_c(None, 130)]
#[case::quit(Some(Signal::QUIT), 131)]
#[case::terminate(Some(Signal::TERM), 143)]
#[case::user_1(Some(Signal::USR1), 138)]
#[case::hang_up(Some(Signal::HUP), 129)]
fn a_write_in_flight_is_finished_first(#[case] signal: Option<Signal>, #[case] code: u8) {
    let slow = "[[fault]]\nkind = { delay = 1500 }\nmethod = \"PUT\"\npath = \"/almaws/v1/partners/ILLiad\"\n";
    let sim = simulator::start_text(&format!("sentence = \"Writes take long.\"\nbased_on = \"drifted\"\n\n{slow}"));
    let mut desk = local::wizard_on(&sim, "parameters");
    desk.settled();
    desk.plan();
    desk.consent();
    desk.pty.type_keys("\r");
    desk.pty.wait_until("being written", |screen| text(screen).contains("Writing 6 values to SANDBOX"));
    match signal {
        Some(signal) => desk.signal(signal),
        None => desk.pty.type_keys("\x03"),
    }
    let told = desk.has_left(code);
    let words = "last-resort: The write to SANDBOX was finished and read back: 6 written.";
    assert!(told.contains(words), "{told}");
    let puts = sim.requests().into_iter().filter(|seen| seen.method == "PUT").count();
    assert_eq!(puts, 1, "the write was not sent");
    let record = sim.partner("ILLiad").expect("the partner");
    let url = record.pointer("/partner_details/profile_details/ncip_details/export_url").expect("a URL");
    assert_eq!(*url, format!("{}/transaction", sim.illiad_url()));
    let journal = files(desk.home.path()).into_iter().find(|(path, _)| path.ends_with("journal.jsonl"));
    let journal = String::from_utf8(journal.expect("a journal").1).expect("UTF-8");
    let last: serde_json::Value =
        written(&journal).last().and_then(|line| serde_json::from_str(line).ok()).expect("a line");
    assert_eq!(last["what"], "write_ended", "{journal}");
    assert!(last["outcome"]["done"].is_string(), "{journal}");
}

/// The window is closed: no process stays behind.
#[test]
fn a_terminal_that_is_gone_ends_the_program() {
    let desk = Terminal::practice("done", &[]);
    let program = pidfd_open(desk.pid(), PidfdFlags::empty()).expect("running");
    let Terminal { pty, home, .. } = desk;
    drop(pty);
    let mut ends = [PollFd::new(&program, PollFlags::IN)];
    let ended = poll(&mut ends, Some(&Timespec { tv_sec: 20, tv_nsec: 0 })).expect("polled");
    assert_eq!(ended, 1, "still running");
    drop(home);
}

/// Returns the journal's lines, without what the write was read back with and where the person was when the connection dropped.
fn written(journal: &str) -> impl Iterator<Item = &str> {
    journal.lines().filter(|line| !["\"broken_off\"", "\"read_back\""].iter().any(|other| line.contains(other)))
}

/// Text typed ahead is kept, but an Enter typed before the question was on the screen does not confirm it.
#[rstest]
#[case::sign_off("\ryes\r", " yes", "Signed off by")]
#[case::paste_back("px\r", "Does not match", "Recorded as")]
fn nothing_is_confirmed_unseen(#[case] keys: &str, #[case] typed: &str, #[case] done: &str) {
    let mut desk = Terminal::practice("drifted", &["--step", "rota"]);
    desk.settled();
    desk.pty.type_keys(keys);
    let screen = desk.pty.wait_for("Enter was ignored: it came before this was on the screen");
    assert!(screen.contains(typed) && !screen.contains(done), "{screen}");
    // The question is on the screen now, so this Enter counts.
    desk.pty.type_keys("\r");
    desk.pty.wait_for(done);
    desk.pty.type_keys("\x03");
    desk.has_left(130);
}

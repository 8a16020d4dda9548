//! While nobody types and nothing is being read, nothing happens at all.
use crate::desk::Desk;
use rstest::rstest;
use std::fs;
use std::time::Duration;

/// Time in user and in system mode of all threads, in ticks of the kernel's clock.
fn ticks(desk: &Desk) -> u64 {
    let stat = fs::read_to_string(format!("/proc/{}/stat", desk.pid().as_raw_nonzero())).expect("running");
    // The name, in parentheses, may hold anything; utime and stime are the 12th and 13th field after it.
    let (_, after) = stat.rsplit_once(')').expect("a name");
    let fields: Vec<&str> = after.split_whitespace().collect();
    fields[11..13].iter().map(|field| field.parse::<u64>().expect("a number")).sum()
}

/// Windows of two seconds, one of which must be without any work.
const WINDOWS: usize = 6;

#[rstest]
#[case::on_the_steps("")]
#[case::on_a_plan("\r")]
#[case::under_the_help("?")]
fn no_byte_and_no_work_for_two_seconds(#[case] keys: &str) {
    let mut desk = Desk::practice("drifted", &["--step", "parameters"]);
    if !keys.is_empty() {
        desk.press(keys);
    }
    let bytes = desk.pty.shown().log.len();
    // Once, seconds after the last answer, idle connections are closed. Whatever went on by itself would work in every window.
    let rests = (0..WINDOWS).any(|_| {
        let before = ticks(&desk);
        assert!(desk.pty.quiet_for(Duration::from_secs(2)), "it writes all the time");
        ticks(&desk) == before
    });
    assert!(rests, "it works all the time");
    assert_eq!(desk.pty.shown().log.len(), bytes, "bytes written");
}

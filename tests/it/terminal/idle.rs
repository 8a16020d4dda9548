//! While nobody types and nothing is being read, nothing happens at all.
use crate::harness::terminal::Terminal;
use rstest::rstest;
use std::fs;
use std::time::Duration;

/// How long all threads have run. The ticks of `stat` are too coarse: whoever closes a spare connection may be charged a whole one.
fn worked(desk: &Terminal) -> Duration {
    let threads = format!("/proc/{}/task", desk.pid().as_raw_nonzero());
    let of_thread = |thread: fs::DirEntry| {
        let told = fs::read_to_string(thread.path().join("schedstat")).unwrap_or_default();
        told.split_whitespace().next().map_or(0, |first| first.parse::<u64>().expect("nanoseconds"))
    };
    Duration::from_nanos(fs::read_dir(threads).expect("running").map(|thread| of_thread(thread.expect("one"))).sum())
}

/// Most work in two seconds: spare connections to the practice world are closed, and nothing else.
const MOST: Duration = Duration::from_millis(10);

#[rstest]
#[case::on_the_steps("")]
#[case::on_a_plan("\r")]
#[case::under_the_help("?")]
fn no_byte_and_no_work_for_two_seconds(#[case] keys: &str) {
    let mut desk = Terminal::practice("drifted", &["--step", "parameters"]);
    if !keys.is_empty() {
        desk.press(keys);
    }
    assert!(desk.pty.quiet_for(Duration::from_millis(500)), "it never comes to rest");
    let (bytes, before) = (desk.pty.shown().log.len(), worked(&desk));
    assert!(desk.pty.quiet_for(Duration::from_secs(2)), "it writes all the time");
    let work = worked(&desk).saturating_sub(before);
    assert!(before > Duration::ZERO && work < MOST, "{work:?} of work");
    assert_eq!(desk.pty.shown().log.len(), bytes, "bytes written");
}

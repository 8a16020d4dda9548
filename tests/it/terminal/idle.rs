//! The program does nothing while the user is idle and no read is running.
use crate::harness::terminal::Terminal;
use rstest::rstest;
use std::fs;
use std::time::Duration;

/// Returns the run time of all threads. The ticks in `stat` are too coarse: closing one idle connection may be charged
/// as a whole tick.
fn worked(desk: &Terminal) -> Duration {
    let threads = format!("/proc/{}/task", desk.pid().as_raw_nonzero());
    let of_thread = |thread: fs::DirEntry| {
        let told = fs::read_to_string(thread.path().join("schedstat")).unwrap_or_default();
        told.split_whitespace().next().map_or(0, |first| first.parse::<u64>().expect("nanoseconds"))
    };
    Duration::from_nanos(fs::read_dir(threads).expect("running").map(|thread| of_thread(thread.expect("one"))).sum())
}

/// The most run time allowed in two seconds. The only expected work is closing idle connections to the practice world.
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
    assert!(desk.pty.quiet_for(Duration::from_millis(500)), "the program never becomes idle");
    let (bytes, before) = (desk.pty.shown().log.len(), worked(&desk));
    assert!(desk.pty.quiet_for(Duration::from_secs(2)), "output never stops");
    let work = worked(&desk).saturating_sub(before);
    assert!(before > Duration::ZERO && work < MOST, "{work:?} of run time while idle");
    assert_eq!(desk.pty.shown().log.len(), bytes, "bytes written");
}

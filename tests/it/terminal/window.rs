//! Windows of every size, and typing in them.
use crate::harness::pty::{USUAL, text};
use crate::harness::terminal::Terminal;
use rstest::rstest;
use std::time::Duration;

/// The window is too small for any screen: a sentence says so, and everything typed and shown is back once there is room.
#[rstest]
#[case::narrow((30, 8))]
#[case::low((80, 5))]
#[case::tiny((24, 5))]
fn too_small_and_large_again(#[case] size: (u16, u16)) {
    let mut desk = Terminal::practice("drifted", &["--step", "parameters"]);
    desk.plan();
    let typed = desk.enter("01CUNY", "SANDBOX: 01CUNY");
    shrink(&desk, size);
    // These keys must have no effect, since nobody would see it. They have been read by the time the window shrinks again.
    desk.pty.type_keys("_QC\rq");
    shrink(&desk, (size.0 - 1, size.1));
    assert!(desk.pty.quiet_for(Duration::from_millis(200)));
    desk.resize(USUAL);
    let again = desk.pty.wait_until("the screen again", |screen| text(screen).contains("Enter read on"));
    assert_eq!(again, typed);
    desk.enter("_QC", "SANDBOX: 01CUNY_QC");
    shrink(&desk, size);
    desk.pty.type_keys("\x03");
    desk.has_left(130);
}

/// Makes the window too small and waits for the sentence that says so.
fn shrink(desk: &Terminal, size: (u16, u16)) {
    let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let start = format!("This window is {}x{}.", size.0, size.1);
    desk.resize(size);
    desk.pty.wait_until(&start, |screen| {
        let text = flat(&text(screen));
        text.starts_with(&start) && text.ends_with("make it larger. Ctrl-C quits.")
    });
}

/// A larger window shows more and a smaller one never breaks: no line is longer than the window, and header and footer stay.
#[test]
fn a_window_pulled_about() {
    let desk = Terminal::practice("drifted", &["--step", "parameters"]);
    for size in [(200, 60), (60, 20), (40, 10), (120, 12), (80, 24)] {
        desk.resize(size);
        let shown = desk.pty.wait_until(&format!("a screen of {size:?}"), |screen| {
            let text = text(screen);
            let lines: Vec<&str> = text.lines().collect();
            lines.len() == usize::from(size.1)
                && lines[0].contains("PRACTICE")
                && lines.last().is_some_and(|line| line.starts_with(" Enter fix"))
                && lines[1].chars().count() == usize::from(size.0)
        });
        assert!(shown.contains("Parameters"), "{shown}");
    }
}

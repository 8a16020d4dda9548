//! Limits on the number of bytes sent, because each one is felt over a slow connection. Times are measured by hand
//! elsewhere; byte counts are the same on every machine.
use crate::harness::terminal::{PROGRAM, Terminal};
use std::time::Duration;

const DOWN: &str = "\x1b[B";
const UP: &str = "\x1b[A";
const HOME: &str = "\x1b[H";
/// Start of a synchronized update.
const BEGIN: &[u8] = b"\x1b[?2026h";

/// Starts the wizard without any campus file. It shows the list of campuses and sends no request.
fn new_here() -> Terminal {
    let mut desk = Terminal::running(&[PROGRAM], &[]);
    desk.begin();
    desk.pty.wait_for("Which campus?");
    settle(&desk);
    desk
}

fn settle(desk: &Terminal) {
    assert!(desk.pty.quiet_for(Duration::from_millis(400)), "output never stops");
}

/// Counts the bytes drawn after these keys, sent in one write.
fn bytes_of(desk: &mut Terminal, keys: &str) -> usize {
    let before = desk.pty.shown().log.len();
    desk.press(keys);
    settle(desk);
    desk.pty.shown().log.len() - before
}

/// Counts the bytes drawn after each key, with every key in its own write.
fn bytes_one_by_one(desk: &mut Terminal, key: &str, times: usize) -> Vec<usize> {
    (0..times).map(|_| bytes_of(desk, key)).collect()
}

#[test]
fn the_first_screen_takes_2000_bytes_at_most() {
    for command in [&[PROGRAM][..], &[PROGRAM, "practice"]] {
        let desk = Terminal::running(command, &[]);
        desk.pty
            .wait_until("a first screen", |screen| screen.alternate_screen() && screen.contents().contains(" help "));
        let log = desk.pty.shown().log.clone();
        let end = b"\x1b[?2026l";
        let first = log.windows(end.len()).position(|at| at == end).expect("a whole frame") + end.len();
        assert!(first <= 2000, "{command:?}: {first}");
    }
}

#[test]
fn a_typed_character_takes_four_bytes_at_most() {
    let mut desk = new_here();
    // Go to a field whose text appears only once on the screen; the campus name also appears in the header.
    for key in ["\r", "\t", "\t"] {
        desk.press(key);
        settle(&desk);
    }
    // The first character also switches on the field's style.
    assert!((1..=8).contains(&bytes_of(&mut desk, "w")));
    for key in ["x", "y", "z"] {
        let bytes = bytes_of(&mut desk, key);
        assert!((1..=4).contains(&bytes), "{bytes}");
    }
}

#[test]
fn a_move_in_a_list_takes_64_bytes_at_most() {
    let mut desk = new_here();
    let moves = [bytes_one_by_one(&mut desk, DOWN, 12), bytes_one_by_one(&mut desk, UP, 12)].concat();
    assert!(moves.iter().all(|bytes| *bytes <= 64), "{moves:?}");
}

/// A key that does nothing here says so, once, in the rule above the footer.
#[test]
fn a_key_without_effect_says_so_in_few_bytes() {
    let mut desk = new_here();
    let first = bytes_of(&mut desk, "\x1b[15~");
    assert!(desk.pty.wait_for("F5 does nothing here").lines().count() > 1 && first <= 120, "{first}");
    let before = desk.pty.shown().log.len();
    desk.pty.type_keys("\x1b[15~");
    settle(&desk);
    assert_eq!(desk.pty.shown().log.len(), before, "the same again costs nothing");
}

#[test]
fn ten_keys_that_come_together_are_drawn_once() {
    // In the list of values, ten moves scroll to another part of the list, which is redrawn in full either way. Each
    // single move costs little more than its explanation, so there is less to save there.
    let steps = |world| Terminal::practice(world, &["--step", "parameters"]);
    for (mut desk, times) in [(new_here(), 5), (steps("done"), 3), (steps("drifted"), 4)] {
        settle(&desk);
        let single: usize = bytes_one_by_one(&mut desk, DOWN, 10).iter().sum();
        bytes_of(&mut desk, &UP.repeat(10));
        let from = desk.pty.shown().log.len();
        let together = bytes_of(&mut desk, &DOWN.repeat(10));
        let frames = desk.pty.shown().log[from..].windows(BEGIN.len()).filter(|at| *at == BEGIN).count();
        assert!(frames <= 1, "drawn {frames} times");
        assert!(together * times <= single && together <= 800, "{together} against {single}");
    }
}

#[test]
fn a_move_in_the_list_of_values_takes_less_than_a_reversed_line_though_its_explanation_is_drawn_with_it() {
    let all = ["connect", "partner", "parameters", "illiad"].map(|step| ("done", step, 204));
    // Wrong values take two lines or more each, so fewer of them fit on the screen.
    for (world, step, most) in all.into_iter().chain([("drifted", "partner", 204), ("drifted", "parameters", 240)]) {
        let mut desk = Terminal::practice(world, &["--step", step]);
        settle(&desk);
        // No output is expected if the first value is selected already, so don't wait for any.
        desk.pty.type_keys(HOME);
        settle(&desk);
        let mut moves = bytes_one_by_one(&mut desk, DOWN, 9);
        moves.sort_unstable();
        assert!(moves[moves.len() / 2] <= most, "{world}, {step}: {moves:?}");
    }
}

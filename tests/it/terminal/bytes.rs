//! How many bytes it takes: over a slow line each of them is felt. Times are measured elsewhere, by hand; bytes are the same everywhere.
use crate::harness::terminal::{PROGRAM, Terminal};
use std::time::Duration;

const DOWN: &str = "\x1b[B";
const UP: &str = "\x1b[A";
const HOME: &str = "\x1b[H";
/// Begins a synchronized update.
const BEGIN: &[u8] = b"\x1b[?2026h";

/// The wizard without any campus: it begins with the list of them, and asks nobody anything.
fn new_here() -> Terminal {
    let desk = Terminal::running(&[PROGRAM], &[]);
    desk.pty.wait_for("Which campus?");
    settle(&desk);
    desk
}

fn settle(desk: &Terminal) {
    assert!(desk.pty.quiet_for(Duration::from_millis(400)), "it writes all the time");
}

/// Bytes that come of some keys, in one write.
fn bytes_of(desk: &mut Terminal, keys: &str) -> usize {
    let before = desk.pty.shown().log.len();
    desk.press(keys);
    settle(desk);
    desk.pty.shown().log.len() - before
}

/// Bytes of the same keys, each in a write of its own.
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
    // To a field that nothing else on the screen repeats, as the header does the campus's name.
    for key in ["\r", "\t", "\t"] {
        desk.press(key);
        settle(&desk);
    }
    // The first one puts the field's look on.
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

#[test]
fn a_key_without_effect_takes_none() {
    let mut desk = new_here();
    let before = desk.pty.shown().log.len();
    desk.pty.type_keys("\x1b[15~");
    settle(&desk);
    // The next key is felt, so that the one before was read.
    let after = bytes_of(&mut desk, DOWN);
    assert_eq!(desk.pty.shown().log.len() - before, after);
}

#[test]
fn ten_keys_that_come_together_are_drawn_once() {
    // Ten moves there begin another part of the list, which is drawn whole either way, and each of them alone costs little more than its
    // explanation: what is left to save is less.
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
    // Where many values are wrong they take two lines and more, and fewer are in sight.
    for (world, step, most) in all.into_iter().chain([("drifted", "partner", 204), ("drifted", "parameters", 240)]) {
        let mut desk = Terminal::practice(world, &["--step", step]);
        settle(&desk);
        // Where it stands there already it writes nothing.
        desk.pty.type_keys(HOME);
        settle(&desk);
        let mut moves = bytes_one_by_one(&mut desk, DOWN, 9);
        moves.sort_unstable();
        assert!(moves[moves.len() / 2] <= most, "{world}, {step}: {moves:?}");
    }
}

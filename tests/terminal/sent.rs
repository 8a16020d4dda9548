//! What terminals send besides keys, whole and torn: nothing of it is taken for keys, and Ctrl-C leaves whatever came before it.
use crate::desk::Desk;
use crate::pastes::{KEY, at_the_key};
use rstest::rstest;
use std::time::Duration;

/// Types in pieces, with a silence after each: nothing is drawn meanwhile.
fn in_pieces(desk: &mut Desk, pieces: &[&str], silence: Duration) {
    for piece in pieces {
        desk.pty.type_keys(piece);
        assert!(desk.pty.quiet_for(silence), "it draws all the time");
    }
}

/// A paste whose end mark is lost ends by itself.
#[test]
fn an_unfinished_paste_is_taken_after_a_pause() {
    let mut desk = Desk::practice("drifted", &[]);
    desk.pty.type_keys("\x1b[200~abc");
    desk.pty.wait_for("Nothing is typed here");
    desk.pty.type_keys("q");
    desk.has_left(0);

    let mut desk = at_the_key();
    desk.pty.type_keys(&format!("\x1b[200~{KEY}"));
    desk.pty.wait_for("set (36 characters, ends a1b2)");
    desk.pty.type_keys("\x03");
    desk.has_left(130);
}

/// Whoever sees nothing happen presses this and that, and Ctrl-C leaves.
#[rstest]
#[case::at_once(&["\x1b[200~abc\x03"])]
#[case::soon(&["\x1b[200~abc", "\x03"])]
#[case::after_other_keys(&["\x1b[200~abc", "q", "\x03", "\x1b", "\x03"])]
#[case::within_a_torn_press_of_the_mouse(&["\x1b[<0;1", "\x03", "\x03"])]
#[case::behind_another_key(&["j\x1b[200~abc", "\x03"])]
fn ctrl_c_leaves_an_unfinished_paste(#[case] pieces: &[&str]) {
    let mut desk = Desk::practice("drifted", &[]);
    for piece in pieces {
        desk.pty.type_keys(piece);
        desk.pty.quiet_for(Duration::from_millis(150));
    }
    desk.pty.quiet_for(Duration::from_millis(1500));
    desk.pty.type_keys("\x03");
    desk.has_left(130);
}

/// A slow line tears a paste; it is still one, and takes the place of the one before.
#[rstest]
#[case::fast(20)]
#[case::slow(300)]
fn a_torn_paste_is_one(#[case] ms: u64) {
    let silence = Duration::from_millis(ms);
    let mut desk = at_the_key();
    desk.pty.type_keys("\x1b[200~another\x1b[201~");
    desk.pty.wait_for("set (7 characters");
    let (first, rest) = KEY.split_at(12);
    in_pieces(&mut desk, &["\x1b[200", "~", first, rest, "\x1b[2", "01~"], silence);
    desk.pty.wait_for("set (36 characters, ends a1b2)");
    desk.pty.type_keys("\x03");
    desk.has_left(130);
}

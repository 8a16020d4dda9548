//! The board on a served fleet: its rows fill in, a campus's wizard opens over it and leads back, and then nothing moves.
use crate::harness::fleet::Fleet;
use crate::harness::terminal::{PROGRAM, Terminal};
use std::time::Duration;

fn board_on(fleet: &Fleet) -> Terminal {
    let env = fleet.env();
    let env: Vec<(&str, &str)> = env.iter().map(|(name, value)| (*name, value.as_str())).collect();
    Terminal::running(&[PROGRAM, "board"], &env)
}

#[test]
fn a_problem_is_found_opened_and_left_for_the_board() {
    let fleet = Fleet::of(5, "done", &["01CUNY_BM=drifted"]);
    fleet.edit("01CUNY_BX", |text| text.replace("library", "librarian"));
    let mut desk = board_on(&fleet);
    desk.pty.wait_for("all campuses");
    let read = desk.pty.wait_for("2 with a problem, 3 waiting for a person");
    assert!(read.contains("its campus file has a problem") && read.contains("01CUNY_BX"), "{read}");
    let chosen = desk.press("n");
    assert!(chosen.contains("▸ ✗ 01CUNY_BM") && chosen.contains("differs: 3 values"), "{chosen}");
    desk.pty.type_keys("\r");
    let wizard = desk.pty.wait_for("q quit to the board");
    assert!(wizard.contains("01CUNY_BM  SANDBOX"), "{wizard}");
    let read = desk.settled();
    assert!(read.contains("✗ Partner") && read.contains("wanted  ILLiad"), "{read}");
    desk.pty.type_keys("q");
    let back = desk.pty.wait_for("2 with a problem");
    assert!(back.contains("▸ ✗ 01CUNY_BM"), "{back}");
    desk.pty.type_keys("q");
    desk.has_left(0);
}

#[test]
fn an_idle_board_writes_nothing() {
    let fleet = Fleet::of(3, "done", &[]);
    let mut desk = board_on(&fleet);
    desk.pty.wait_for("3 waiting for a person");
    assert!(desk.pty.quiet_for(Duration::from_millis(500)), "the board never becomes idle");
    let bytes = desk.pty.shown().log.len();
    assert!(desk.pty.quiet_for(Duration::from_secs(2)), "output never stops");
    assert_eq!(desk.pty.shown().log.len(), bytes, "bytes written");
    desk.pty.type_keys("q");
    desk.has_left(0);
}

#[test]
fn the_practice_fleet_needs_nothing_and_keeps_nothing() {
    let mut desk = Terminal::running(&[PROGRAM, "practice", "--fleet"], &[]);
    desk.pty.wait_for("PRACTICE");
    let read = desk.pty.wait_for("8 campuses");
    assert!(read.contains("all campuses"), "{read}");
    desk.pty.type_keys("n\r");
    desk.pty.wait_for("q quit to the board");
    desk.pty.type_keys("q");
    desk.pty.wait_for("8 campuses");
    desk.pty.type_keys("q");
    desk.has_left(0);
}

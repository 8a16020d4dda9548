//! No text from a server, a file or a paste can control the terminal.
use crate::harness::simulator;
use crate::harness::terminal::Terminal;
use crate::terminal::local;
use last_resort::sim::Running;
use rstest::rstest;

/// A partner name with escape sequences that set the window title, request a report that the terminal would type back,
/// and switch the screen; a C1 control code, a bell and right-to-left text.
const NAME: &str = r"ILL\u001b]0;owned\u0007iad\u001b[6n\u001b[?1049l\u009b31m\u0007\u202edeliaf\u001b[2J";

fn served_world() -> Running {
    let set = format!("\"/partner_details/name\" = \"{NAME}\"\n\"/partner_details/currency\" = \"{NAME}\"\n");
    simulator::start_text(&format!("sentence = \"Escapes.\"\nbased_on = \"drifted\"\n\n[alma.partner.set]\n{set}"))
}

/// Fails if the terminal received a sequence that this program never uses.
#[track_caller]
fn assert_unsteered(desk: &Terminal) {
    let log = String::from_utf8(desk.pty.shown().log.clone()).expect("UTF-8");
    for sent in ["\x1b]0;", "\x1b]2;", "\x07", "\x1b[6n", "\u{9b}", "\u{202e}", "\x1b[31m\x07"] {
        assert!(!log.contains(sent), "{sent:?} was sent");
    }
    assert!(log.chars().all(|c| !c.is_control() || matches!(c, '\x1b' | '\r' | '\n' | '\x08')), "a control character");
    assert_eq!(log.matches("\x1b[?1049h").count(), log.matches("\x1b[?1049l").count() + 1, "the screen was switched");
}

#[test]
fn what_alma_says_is_shown_and_not_obeyed() {
    let sim = served_world();
    let mut desk = local::wizard_on(&sim, "partner");
    desk.settled();
    let screen = desk.press("j");
    assert!(screen.contains("found") && screen.contains("owned"), "{screen}");
    assert!(desk.press("\r").contains("Plan for Partner"));
    assert_unsteered(&desk);
    desk.pty.type_keys("\x03");
    desk.has_left(130);
}

/// A paste is one event: it goes into a field whole, its line ends submit nothing, and its escape sequences are not keys.
#[rstest]
#[case::lines("01CUNY_QC\r01CUNY_QC\nq")]
#[case::escapes("01CUNY\x1b[A\x1b]0;owned\x07\u{202e}_QC")]
fn a_paste_submits_nothing(#[case] text: &str) {
    let sim = served_world();
    let mut desk = local::wizard_on(&sim, "parameters");
    desk.settled();
    desk.press("\r");
    let screen = desk.press(&format!("\x1b[200~{text}\x1b[201~"));
    assert!(
        screen.contains("Plan for Parameters") && screen.contains("Type 01CUNY_QC to write to SANDBOX:"),
        "{screen}"
    );
    assert_unsteered(&desk);
    let writes = sim.requests().into_iter().filter(|seen| seen.method == "PUT").count();
    assert_eq!(writes, 0);
    desk.pty.type_keys("\x03");
    desk.has_left(130);
}

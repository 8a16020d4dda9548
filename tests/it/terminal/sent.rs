//! Everything terminals send besides keys, whole or split into pieces: none of it is taken for keys, and Ctrl-C exits
//! whatever came before it.
use crate::harness::pty::text;
use crate::harness::terminal::Terminal;
use crate::terminal::pastes::{KEY, at_the_key};
use rstest::rstest;
use std::time::Duration;

/// Sends the pieces with a pause after each. Nothing may be drawn meanwhile.
fn in_pieces(desk: &mut Terminal, pieces: &[&str], silence: Duration) {
    for piece in pieces {
        desk.pty.type_keys(piece);
        assert!(desk.pty.quiet_for(silence), "drawing never stops");
    }
}

/// A paste without its end mark is accepted after a pause.
#[test]
fn an_unfinished_paste_is_taken_after_a_pause() {
    let mut desk = Terminal::practice("drifted", &[]);
    desk.pty.type_keys("\x1b[200~abc");
    desk.pty.wait_for("There is no text field here");
    desk.pty.type_keys("q");
    desk.has_left(0);

    let mut desk = at_the_key();
    desk.pty.type_keys(&format!("\x1b[200~{KEY}"));
    desk.pty.wait_for("set (36 characters, ends a1b2)");
    desk.pty.type_keys("\x03");
    desk.has_left(130);
}

/// Users press keys at random when nothing happens. Ctrl-C must still exit.
#[rstest]
#[case::at_once(&["\x1b[200~abc\x03"])]
#[case::soon(&["\x1b[200~abc", "\x03"])]
#[case::after_other_keys(&["\x1b[200~abc", "q", "\x03", "\x1b", "\x03"])]
#[case::within_a_torn_press_of_the_mouse(&["\x1b[<0;1", "\x03", "\x03"])]
#[case::behind_another_key(&["j\x1b[200~abc", "\x03"])]
fn ctrl_c_leaves_an_unfinished_paste(#[case] pieces: &[&str]) {
    let mut desk = Terminal::practice("drifted", &[]);
    for piece in pieces {
        desk.pty.type_keys(piece);
        desk.pty.quiet_for(Duration::from_millis(150));
    }
    desk.pty.quiet_for(Duration::from_millis(1500));
    desk.pty.type_keys("\x03");
    desk.has_left(130);
}

/// Mouse reports arrive although the program did not ask for the mouse: nothing moves.
#[test]
fn a_mouse_that_is_the_terminals_does_nothing() {
    let mut desk = at_the_key();
    let before = desk.pty.text();
    let row = before.lines().position(|line| line.contains("Alma API address")).expect("another field") + 1;
    desk.pty.type_keys(&format!("\x1b[<0;10;{row}M\x1b[<0;10;{row}m\x1b[<64;10;{row}M\x1b[<65;10;{row}M"));
    desk.pty.type_keys(KEY);
    desk.pty.wait_for("set (36 characters, ends a1b2)");
    desk.pty.type_keys("\x03");
    desk.has_left(130);
}

/// A terminal's answer to a query is not a key, whether it arrives whole or in pieces.
#[rstest]
#[case::colour(&["\x1b]11;rgb:00/00/q0\x07"])]
#[case::name(&["\x1bP>|XTerm(q388)\x1b\\"])]
#[case::setting(&["\x1bP1$r0 q\x1b\\"])]
#[case::picture(&["\x1b_Gi=1;OKq\x1b\\"])]
#[case::private(&["\x1b^q\x1b\\\x1bXq\x1b\\"])]
#[case::torn_after_its_first_byte(&["\x1b", "]11;rgb:00/00/q0\x07"])]
#[case::torn_within(&["\x1bP1$r", "0 q\x1b\\"])]
#[case::torn_within_its_end(&["\x1bP1$r0 q\x1b", "\\"])]
#[case::without_an_end(&["\x1bP1$r0 q"])]
fn answers_of_the_terminal_are_no_keys(#[case] pieces: &[&str]) {
    let mut desk = Terminal::practice("drifted", &[]);
    in_pieces(&mut desk, pieces, Duration::from_millis(20));
    // By then the program has given up waiting for the rest.
    desk.pty.quiet_for(Duration::from_millis(800));
    assert!(desk.press("?").contains("Checks this step again"));
    desk.pty.type_keys("\x03");
    desk.has_left(130);

    let mut desk = at_the_key();
    let before = desk.pty.text();
    in_pieces(&mut desk, pieces, Duration::from_millis(20));
    desk.pty.quiet_for(Duration::from_millis(800));
    assert_eq!(desk.pty.text(), before);
    desk.pty.type_keys(KEY);
    desk.pty.wait_for("set (36 characters, ends a1b2)");
}

/// Alt with the letter of such a sequence, pressed by a person: the keys typed next still count.
#[rstest]
#[case::alt("\x1b]")]
#[case::shift_alt("\x1bP")]
fn alt_with_their_letter_swallows_nothing(#[case] pressed: &str) {
    let mut desk = at_the_key();
    in_pieces(&mut desk, &[pressed], Duration::from_millis(150));
    desk.pty.type_keys(KEY);
    desk.pty.wait_for("set (36 characters, ends a1b2)");
    desk.pty.type_keys("\x1b]12");
    desk.pty.type_keys("\x03");
    desk.has_left(130);
}

/// An arrow key split by a slow connection is still one key. Esc alone is one key too.
#[rstest]
#[case(1)]
#[case(5)]
#[case(20)]
#[case(40)]
fn a_torn_arrow_moves(#[case] ms: u64) {
    let mut desk = Terminal::practice("drifted", &["--step", "parameters"]);
    desk.pty.type_keys("\x1b[H");
    desk.pty.wait_for("The EMPLID is Alma's primary identifier");
    in_pieces(&mut desk, &["\x1b", "[", "B"], Duration::from_millis(ms));
    desk.pty.wait_for("Other consortia that export to ILLiad use Link too");
    in_pieces(&mut desk, &["\x1b[", "B"], Duration::from_millis(ms));
    desk.pty.wait_for("This library owns the requests");
    assert!(desk.press("?").contains("Checks this step again"));
    desk.pty.type_keys("\x1b");
    desk.pty.wait_for("This library owns the requests");
}

/// A paste split by a slow connection is still one paste, and replaces the previous one.
#[rstest]
#[case::fast(20)]
#[case::slow(300)]
fn a_torn_paste_is_one(#[case] ms: u64) {
    let silence = Duration::from_millis(ms);
    let mut desk = at_the_key();
    desk.pty.type_keys("\x1b[200~another\x1b[201~");
    desk.pty.wait_for("set (7 characters");
    let (first, rest) = KEY.split_at(12);
    let (mark, end) = if ms < 50 { ("\x1b", "\x1b") } else { ("\x1b[", "\x1b[") };
    let (of_mark, of_end) = if ms < 50 { ("[200~", "[201~") } else { ("200~", "201~") };
    in_pieces(&mut desk, &[mark, of_mark, first, rest, end, of_end], silence);
    desk.pty.wait_for("set (36 characters, ends a1b2)");
    desk.pty.type_keys("\x03");
    desk.has_left(130);
}

/// The seven lines of a routing rule, with Tabs, as a terminal sends them.
const RULE: &str = "RuleNo\t0\rRuleActive\tYes\rProcessType\tBorrowing\rTransactionStatus\tAwaiting Request Processing\rMatchString\tt.CitedIn LIKE '01CUNY%' and (t.LendingString = '' or t.LendingString is NULL)\rNewProcessType\tBorrowing\rNewTransactionStatus\tRequest Imported from Alma\r";

/// However a form arrives, all of it is compared and nothing is recorded before Enter.
#[rstest]
#[case::marked(&["\x1b[200~", RULE, "\x1b[201~"])]
#[case::unmarked(&[RULE])]
#[case::unmarked_and_cut(&[&RULE[..64], &RULE[64..128], &RULE[128..]])]
#[case::cut_at_line_ends(&[&RULE[..9], &RULE[9..24], &RULE[24..]])]
#[case::marked_with_a_pause(&["\x1b[200~", &RULE[..150], "<pause>", &RULE[150..], "\x1b[201~"])]
fn a_form_arrives_whole(#[case] pieces: &[&str]) {
    let mut desk = Terminal::practice("done", &["--step", "illiad"]);
    desk.press("p");
    for piece in pieces {
        match *piece {
            "<pause>" => drop(desk.pty.wait_for("pasted: 5 lines")),
            piece => desk.pty.type_keys(piece),
        }
    }
    let shown = desk.pty.wait_for("7 values recognised, as wanted.");
    assert!(!shown.contains("Recorded as"), "{shown}");
    desk.pty.type_keys("\x03");
    desk.has_left(130);
}

/// Backspace sends 7f or 08, whatever the terminal's settings say.
#[rstest]
#[case("\x7f")]
#[case("\x08")]
fn backspace_deletes(#[case] backspace: &str) {
    let mut desk = Terminal::practice("done", &["--step", "illiad"]);
    desk.press("p");
    desk.enter("abcx", "abcx");
    desk.pty.type_keys(backspace);
    desk.pty.wait_until("three letters", |screen| text(screen).lines().any(|line| line.trim() == "abc"));
    desk.pty.type_keys("\x03");
    desk.has_left(130);
}

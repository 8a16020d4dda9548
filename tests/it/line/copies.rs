//! Copying, pasting back and confirming: what is printed alone on a line, and what a paste of several lines may do.
use crate::harness::account;
use crate::line::talk::{PROGRAM, Talk};

fn parameters() -> Talk {
    let command = [PROGRAM, "--plain", "practice", "--world", "drifted", "--step", "parameters"];
    Talk::at_a_terminal((200, 24), &command, &[])
}

#[test]
fn a_value_stands_alone_between_two_empty_lines() {
    let mut talk = parameters();
    talk.asked();
    talk.answer("v 14");
    assert!(talk.answer("c").contains("\n\nCitedIn\n\n"));
    assert!(talk.answer("c").contains("\n\nCitedIn\n\n"), "copying again prints the same");
    let card = talk.answer("C");
    assert!(card.contains("\n  Export request ID name tag: CitedIn\n"), "{card}");
    talk.type_lines("q");
    let (all, _) = talk.has_left(0);
    assert!(!all.contains("clipboard"), "{all}");
}

#[test]
fn a_paste_of_several_lines_confirms_with_its_first_line_only() {
    let mut talk = parameters();
    talk.asked();
    let plan = talk.answer("1");
    assert!(plan.ends_with("Type 01CUNY_QC to write to SANDBOX (text), ? help, < back, /q quit: "), "{plan}");
    let refused = talk.answer("nonsense\n01CUNY_QC\n01CUNY_QC");
    assert!(refused.contains("Only the first line was used; the rest of the paste was ignored: 2 lines."), "{refused}");
    assert!(refused.contains("Nothing was sent: \"nonsense\" is not 01CUNY_QC."), "{refused}");
    let refused = talk.answer("");
    assert!(refused.contains("Nothing was sent: type 01CUNY_QC first."), "{refused}");
    // In a menu, too, only the first line of a paste counts: the rest may have been meant for something else.
    let back = talk.answer("<");
    assert!(back.contains("Step 4 of 8: Parameters, 6 differ, OLS"), "{back}");
    let plan = talk.answer("1\n01CUNY_QC");
    assert!(
        plan.ends_with("to write to SANDBOX (text), ? help, < back, /q quit: ") && !plan.contains("Writing"),
        "{plan}"
    );
    let written = talk.answer("01CUNY_QC");
    assert!(written.contains("\nWritten to SANDBOX and read back, "), "{written}");
    talk.type_lines("q");
    talk.has_left(0);
}

#[test]
fn what_is_pasted_back_is_compared_and_recorded() {
    let mut talk = Talk::over_pipes(&["practice", "--step", "illiad"], &[]);
    talk.asked();
    talk.answer("v 7");
    let asked = talk.answer("p");
    assert!(
        asked.contains("\nwanted: Request Imported from Alma\n")
            && asked.ends_with("Paste or type it here (text), ? help, < back, /q quit: ")
    );
    let differs = talk.answer("Request Imported from alma");
    assert!(differs.contains("Problem: Does not match:\nupper and lower case: character 23 is"), "{differs}");
    assert!(differs.contains("\nyes records it with your name; the value then counts as different.\n"), "{differs}");
    // Nothing is recorded before it was compared: the second text is compared like the first.
    talk.answer("-");
    let equal = talk.answer("Request Imported from Alma");
    assert!(equal.contains("Exact match.") && !equal.contains("Recorded"), "{equal}");
    let asked = talk.answer("");
    assert!(asked.contains("\nType yes to record it; - clears what you pasted.\n"), "{asked}");
    let equal = talk.answer("yes");
    assert!(equal.contains(&format!("Recorded as {}: 1 value as wanted.\n", account())), "{equal}");
    assert!(
        equal.contains("7. NewTransactionStatus: same. Request Imported from Alma; compared with evidence"),
        "{equal}"
    );
    talk.hang_up();
    talk.has_left(0);
}

#[test]
fn what_was_written_is_put_back() {
    let mut talk = Talk::over_pipes(&["practice", "--world", "drifted", "--step", "parameters"], &[]);
    talk.asked();
    talk.answer("1");
    assert!(talk.answer("01CUNY_QC").contains("\nWritten to SANDBOX and read back, "));
    let undo = talk.answer("u");
    assert!(undo.contains("\nUndo the last write\n"), "{undo}");
    assert!(undo.ends_with("Type 01CUNY_QC to undo in SANDBOX (text), ? help, < back, /q quit: "), "{undo}");
    assert!(talk.answer("01CUNY_QC").contains("\nRecord restored, "));
    let steps = talk.answer("");
    assert!(steps.contains("1 fix 6 values"), "{steps}");
    talk.hang_up();
    talk.has_left(0);
}

/// Texts copied in practice say so in their first line, and make no claims about a campus's systems.
#[test]
fn a_hand_off_made_in_practice_says_so_first() {
    let mut talk = Talk::over_pipes(&["--plain", "practice", "--world", "drifted", "--step", "prove"], &[]);
    talk.asked();
    let summary = talk.answer(">");
    assert!(summary.contains("\nSummary\n"), "{summary}");
    let shown = talk.answer("w");
    let all = talk.answer("C");
    let reply = talk.answer("c");
    let first = |text: &str| text.lines().find(|line| !line.trim().is_empty()).map(str::to_owned);
    assert_eq!(first(&all).as_deref(), Some("PRACTICE: Ticket reply"), "{all}");
    assert!(
        first(&reply)
            .is_some_and(|line| line.starts_with("Subject: PRACTICE: ILLiad partner of last resort: Queens College (")),
        "{reply}"
    );
    assert!(all.contains("\nPRACTICE: To-do card\n") && all.contains("\nPRACTICE: Parameters ("), "{all}");
    for text in [&shown, &all, &reply] {
        assert!(text.contains("This report was made in practice") && !text.contains("Alma sandbox"), "{text}");
    }
    talk.type_lines("q");
    talk.has_left(0);
}

/// A form reaches line mode line by line; the lines add up until they are recorded, at a terminal and from a pipe.
#[test]
fn a_form_in_several_pieces_adds_up() {
    let lines = ["QueueName: Request Imported from Alma", "ProcessType: Borrowing", "NVTGC: ILL"];
    let command = [PROGRAM, "practice", "--world", "done", "--step", "illiad", "--plain"];
    for mut talk in [Talk::over_pipes(&command[1..], &[]), Talk::at_a_terminal((200, 24), &command, &[])] {
        talk.asked();
        talk.answer("v 8");
        talk.answer("p");
        talk.answer(lines[0]);
        talk.answer(lines[1]);
        let whole = talk.answer(lines[2]);
        assert!(whole.contains("3 values recognised, as wanted."), "{whole}");
        let recorded = talk.answer("yes");
        assert!(recorded.contains("3 values as wanted."), "{recorded}");
        talk.type_lines("q");
        talk.has_left(0);
    }
}

/// The remark of a sign-off is corrected and emptied before it is signed, and later.
#[test]
fn a_remark_is_corrected_and_emptied() {
    let mut talk = Talk::over_pipes(&["--plain", "practice", "--world", "drifted", "--step", "rota"], &[]);
    talk.asked();
    assert!(
        talk.answer("").ends_with("\nRemark (optional) (text) [Enter: continue; yes: sign], ? help, < back, /q quit: ")
    );
    assert!(
        talk.answer("tiket").ends_with("\nType yes to sign (text), ? help, < correct the remark, << back, /q quit: ")
    );
    assert!(talk.answer("<").ends_with(
        "\nRemark (optional) (text) [tiket; Enter: continue; yes: sign; - clears it], ? help, < back, /q quit: "
    ));
    assert!(talk.answer("-").ends_with("\nType yes to sign (text), ? help, < add a remark, << back, /q quit: "));
    talk.answer("<");
    talk.answer("ticket 17");
    talk.answer("<");
    let signed = talk.answer("yes");
    assert!(signed.contains("\nSigned off by "), "{signed}");
    assert!(talk.answer("v 1").contains(": ticket 17\n"));
    assert!(
        talk.answer("a").ends_with(" (text) [Enter: withdraw it], > correct its remark, ? help, < back, /q quit: ")
    );
    assert!(
        talk.answer(">").ends_with("[ticket 17; Enter: continue; yes: sign; - clears it], ? help, < back, /q quit: ")
    );
    talk.answer("-");
    assert!(talk.answer("yes").contains("\nSigned off by "));
    assert!(!talk.answer("v 1").contains("ticket 17"));
    talk.type_lines("q");
    talk.has_left(0);
}

//! What was said in a step is not said again after each answer, and what is said is so: of practice, of lists, of an undo.
use crate::line::talk::Talk;

/// How often a text was said.
fn times(talk: &Talk, words: &str) -> usize {
    talk.all().matches(words).count()
}

/// The introduction and the answers so far are said once. New answers are said when they come.
#[test]
fn an_introduction_is_said_once() {
    let mut talk = Talk::over_pipes(&["--plain", "practice", "--world", "done", "--step", "illiad"], &[]);
    talk.asked();
    talk.answer("v 8");
    let intro = "Paste what the screen shows";
    assert!(talk.answer("p").contains(intro));
    for line in ["QueueName: Request Imported from Alma", "ProcessType: Borrowing", "NVTGC: IL"] {
        let said = talk.answer(line);
        assert!(said.contains("pasted: ") && said.contains("as wanted"), "{said}");
    }
    assert_eq!(times(&talk, intro), 1, "{}", talk.all());
    assert!(talk.answer("/l").contains(intro), "asked for, all is said again");
    talk.answer("<");
    talk.type_lines("q");
    talk.has_left(0);
}

/// Each answer of the set-up is said once, and where Alma's lists could not be read it is said what to type and where to find it.
#[test]
fn answers_are_said_once_and_without_a_list_nothing_is_chosen_from_one() {
    let mut talk = Talk::over_pipes(&["--plain"], &[]);
    talk.asked();
    // Nobody listens at this address.
    for answer in ["baruch college", "", "", "http://127.0.0.1:9", "", "http://127.0.0.1:9", "", "", ""] {
        talk.answer(answer);
    }
    assert_eq!(times(&talk, "\nEnvironment: Sandbox, for testing\n"), 1, "{}", talk.all());
    assert_eq!(times(&talk, "\nName: Baruch College\n"), 1, "{}", talk.all());
    let all = talk.all();
    let asked = all.split("\nWhat the procedure needs to know, 3 of 4\n").nth(1).expect("the third page").to_owned();
    assert!(asked.contains("type its code. In Alma: Configuration > General > Libraries > "), "{asked}");
    assert!(
        asked
            .ends_with("Resource Sharing Library (text) [empty], >> next page, ? help, < previous, << back, /q quit: "),
        "{asked}"
    );
    let help = talk.answer("?");
    assert!(help.contains("There is no list here") && !help.contains("A number chooses that line"), "{help}");
    let desk = talk.answer("QCRS");
    assert!(
        desk.contains("type its name or code. In Alma: Configuration > Fulfillment > Library Management"),
        "{desk}"
    );
    for said in [asked, desk] {
        assert!(!said.contains("from the list") && !said.to_lowercase().contains("choose"), "{said}");
    }
    talk.hang_up();
    talk.has_left(0);
}

/// A value that is done takes its instructions along. What is left to do has other numbers then, and is not said again.
#[test]
fn instructions_are_said_once_whatever_their_numbers() {
    let mut talk = Talk::over_pipes(&["--plain", "practice", "--world", "drifted", "--step", "rule"], &[]);
    let asked = talk.asked();
    let instruction = ": Click the Save button.\n";
    assert!(asked.contains(&format!("Do 9{instruction}")), "{asked}");
    talk.answer("a");
    talk.answer("yes");
    assert!(talk.all().contains("1. Name: signed off. ILLiad Fallback"), "{}", talk.all());
    assert_eq!(times(&talk, instruction), 1, "{}", talk.all());
    let all = talk.answer("l");
    assert!(all.contains(&format!("Do 6{instruction}")), "{all}");
    talk.type_lines("q");
    talk.has_left(0);
}

#[test]
fn the_hand_off_of_practice_says_so_in_its_heading() {
    let mut talk = Talk::over_pipes(&["--plain", "practice", "--world", "drifted", "--step", "prove"], &[]);
    talk.asked();
    talk.answer(">");
    let shown = talk.answer("w");
    assert!(shown.contains("\nPRACTICE: Hand-off\n"), "{shown}");
    talk.type_lines("q");
    talk.has_left(0);
}

/// An undo of a creation deletes the partner, and every word about it says so.
#[test]
fn the_undo_of_a_creation_says_that_it_deletes() {
    let mut talk = Talk::over_pipes(&["--plain", "practice", "--world", "fresh", "--step", "partner"], &[]);
    talk.asked();
    talk.answer("1");
    assert!(talk.answer("01CUNY_QC").contains("\nWritten to SANDBOX and read back, "));
    let before = talk.all().len();
    let asked = talk.answer("u");
    assert!(asked.contains("\nUndo the last write: delete the partner\n"), "{asked}");
    assert!(asked.contains("so the partner is deleted"), "{asked}");
    let done = talk.answer("01CUNY_QC");
    assert!(done.contains("\nPartner deleted, ") && done.contains(" was deleted."), "{done}");
    assert!(talk.all()[before..].contains("Deleting the partner in SANDBOX, at most 30 s ..."), "{}", talk.all());
    let said = talk.all()[before..].to_lowercase();
    assert!(!said.contains("put back") && !said.contains("restor"), "{said}");
    talk.answer("");
    talk.type_lines("q");
    talk.has_left(0);
}

//! A newcomer who knows nothing about the program: presses Enter at every prompt and types what it asks for.
use crate::harness::account;
use crate::line::talk::{PROGRAM, Talk, assert_plain};
use rstest::rstest;

/// Returns the text that a prompt asks the user to type. In a narrow window the last row has only what else can be done.
fn asked_text(said: &str) -> Option<&str> {
    let prompt = said.lines().rev().take(2).find_map(|row| row.strip_prefix("Type "))?;
    let asked =
        [" to write to SANDBOX", " to run the proof in SANDBOX", " to sign"].map(|what| prompt.split_once(what));
    asked.into_iter().flatten().next().map(|(text, _)| text)
}

/// Follows the prompts to the summary. Returns the answers given on the way, and the summary.
pub(crate) fn follow(talk: &mut Talk) -> (Vec<String>, String) {
    let mut said = talk.asked();
    let mut way = Vec::new();
    loop {
        // Nothing is left to do. The steps are behind this screen, and the summary behind the last step.
        if said.contains("\nFinished\n") {
            talk.answer("<");
            return (way, talk.answer("s 9"));
        }
        assert!(way.len() < 60, "going round in circles: {way:#?}\n{}", talk.all());
        let answer = asked_text(&said).unwrap_or_default().to_owned();
        said = talk.answer(&answer);
        way.push(answer);
    }
}

/// Returns the lines below a heading of the summary.
pub(crate) fn below<'a>(summary: &'a str, heading: &str) -> Vec<&'a str> {
    let lines = summary.lines().skip_while(|line| *line != heading).skip(1);
    lines.take_while(|line| line.contains(": ")).collect()
}

/// In `fresh` no request has come from Alma yet, so ILLiad's rule is tested. In `drifted` one is already there, but it came before the
/// values were mended.
#[rstest]
#[case::fresh("fresh", 2)]
#[case::drifted("drifted", 3)]
fn gets_to_the_end(#[case] world: &str, #[case] codes: usize, #[values(true, false)] pipe: bool) {
    let mut talk = if pipe {
        Talk::over_pipes(&["practice", "--world", world], &[])
    } else {
        Talk::at_a_terminal((80, 24), &[PROGRAM, "practice", "--world", world], &[("TERM", "dumb")])
    };
    let (way, summary) = follow(&mut talk);
    assert_eq!(way.iter().filter(|answer| *answer == "01CUNY_QC").count(), codes, "{way:?}");
    assert!(!["Not done", "Not read yet", "Waiting for"].iter().any(|words| summary.contains(words)), "{summary}");
    let done = below(&summary, "Done");
    assert_eq!(done.len(), 8, "{summary}");
    assert!(done.iter().any(|line| line.starts_with("Prove: verified, ")), "{summary}");
    assert!(done.iter().any(|line| line.starts_with(&format!("ILLiad: signed off by {}, ", account()))), "{summary}");
    talk.type_lines("q");
    let (all, _) = talk.has_left(0);
    for words in
        ["Reading 8 steps, 78 values, at most 30 s ...", "and read back, ", &format!("Signed off by {}.", account())]
    {
        assert!(all.contains(words), "{words}\n{all}");
    }
}

/// A value that was printed once is printed again only if it changed or on request.
#[test]
fn nothing_is_said_twice_unless_asked() {
    let mut talk = Talk::over_pipes(&["--plain", "practice", "--world", "drifted", "--step", "parameters"], &[]);
    let first = talk.asked();
    let value = "14. Export request ID name tag: same. CitedIn\n";
    assert!(first.contains(value), "{first}");
    let again = talk.answer("r");
    assert!(again.contains("Reading Parameters, 24 values, at most 30 s ...\n"), "{again}");
    assert!(again.contains("\nStep 4 of 8: Parameters, 6 differ, OLS, read ") && !again.contains(value), "{again}");
    talk.answer(">");
    let back = talk.answer("<");
    assert!(back.contains("\nStep 4 of 8: Parameters, 6 differ, OLS, read ") && !back.contains(value), "{back}");
    let asked = talk.answer("l");
    assert!(asked.contains(value), "{asked}");
    let detail = talk.answer("v 14");
    assert!(detail.contains(value) && detail.contains("Where: Alma > Fulfillment > "), "{detail}");
    assert!(detail.ends_with("? help, < back, q quit [1]: "), "{detail}");
    talk.type_lines("q");
    assert_plain(&talk.has_left(0).0);
}

/// `<` and `>` move between steps and `s` jumps. Before the first step there is nothing.
#[test]
fn walks_and_jumps() {
    let mut talk = Talk::over_pipes(&["--plain", "practice", "--world", "done"], &[]);
    let first = talk.asked();
    assert!(!first.contains("< back"), "{first}");
    assert!(talk.answer("<").contains("There is no way back from here."));
    assert!(talk.answer(">").contains("Step 2 of 8: Patrons"));
    let steps = talk.answer("s");
    assert!(steps.contains("4. Parameters: verified\n") && steps.contains("9. Summary\n"), "{steps}");
    assert!(talk.answer("s 7").contains("Step 7 of 8: ILLiad"));
    assert!(talk.answer("s 9").contains("\nSummary\n"));
    assert!(talk.answer("s 4").contains("Step 4 of 8: Parameters"));
    assert!(talk.answer("s 11").contains("There is no step 11; 9 is the summary."));
    assert!(talk.answer("v 25").contains("There is no value 25 here; the last one is 24."));
    assert!(
        talk.answer("17")
            .contains("No such number: 1 is Enter, every other action has a letter. v 17 selects value 17.")
    );
    assert!(talk.answer("z").contains("Not a valid answer here; ? lists the valid ones."));
    let help = talk.answer("?");
    assert!(help.contains("r: Checks this step again\n") && help.contains("<: Previous step\n"), "{help}");
    talk.hang_up();
    talk.has_left(0);
}

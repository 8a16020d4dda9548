//! What a person pastes back is recorded and shown beside its value as evidence.
use crate::harness::terminal::Terminal;
use rstest::rstest;

/// Pastes a form into the step, records it, and returns what the step then shows.
fn pasted(step: &str, form: &str, asks: &str) -> (Terminal, String) {
    let mut desk = Terminal::practice("drifted", &["--step", step]);
    desk.settled();
    desk.press("p");
    let screen = desk.press(&format!("\x1b[200~{form}\x1b[201~"));
    assert!(screen.lines().last().is_some_and(|line| line.starts_with(&format!(" Enter {asks}"))), "{screen}");
    let screen = desk.press("\r");
    assert!(screen.contains(&format!("Recorded as {}", whoever(&screen))), "{screen}");
    (desk, screen)
}

/// Returns the user's name from the status line.
fn whoever(screen: &str) -> String {
    let name = screen.split_once("Recorded as ").and_then(|(_, rest)| rest.split_once(':'));
    name.map(|(name, _)| name.to_owned()).unwrap_or_else(|| panic!("nobody recorded anything:\n{screen}"))
}

const ROUTING: &str = "RuleNo: 0\nRuleActive: Yes\nProcess Type: Borrowing\nTransaction Status: Awaiting Request Processing\n\
     MatchString: t.CitedIn LIKE '01CUNY%' and (t.LendingString = '' or t.LendingString is NULL)\n\
     NewProcessType: Borrowing\nNewTransactionStatus: Request Imported from Alma\n\
     CustomQueues\nQueueName: Request Imported from Alma\nProcessType: Borrowing\nNVTGC: ILL\n";

#[rstest]
#[case::rota(
    "rota",
    "Code: ILLiad\nName: ILLiad\nType: Non Ordered\nStatus: Active\nPartner: ILLiad\n",
    "record 5 values"
)]
#[case::illiad("illiad", ROUTING, "record 10 values")]
fn a_form_as_it_should_be_verifies_the_step(#[case] step: &str, #[case] form: &str, #[case] asks: &str) {
    let (mut desk, screen) = pasted(step, form, asks);
    let title = if step == "rota" { "Rota template" } else { "ILLiad" };
    assert!(screen.contains(&format!("✓ {title}")), "{screen}");
    // The evidence survives a second read of the step.
    desk.press("r");
    let screen = desk.settled();
    assert!(screen.contains(&format!("✓ {title}")), "{screen}");
    desk.pty.type_keys("q");
    desk.has_left(0);
}

#[test]
fn a_form_with_a_near_miss_shows_the_value_as_different() {
    let (mut desk, screen) =
        pasted("illiad", &ROUTING.replace("from Alma\nProcess", "from Alma \nProcess"), "record 10 values");
    assert!(screen.contains("✗ ILLiad"), "{screen}");
    assert!(screen.contains("✗ QueueName"), "{screen}");
    desk.pty.type_keys("q");
    desk.has_left(0);
}

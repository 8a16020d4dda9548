//! A newcomer: does what the footer says first, and types what the screen asks for. Knows nothing else.
use crate::desk::Desk;
use rstest::rstest;

/// What the footer says that Enter does.
fn enter_words(screen: &str) -> String {
    let footer = screen.lines().last().expect("a footer");
    let words = footer.strip_prefix(" Enter ").unwrap_or_else(|| panic!("Enter does nothing here:\n{screen}"));
    words.split("   ").next().expect("words").to_owned()
}

/// The code that a plan asks for.
fn asked_code(screen: &str) -> String {
    let asks = screen.lines().find_map(|line| line.strip_prefix(" Type "));
    let words = asks.unwrap_or_else(|| panic!("nothing is asked for:\n{screen}"));
    words.split_once(" to write to SANDBOX:").expect("where to").0.to_owned()
}

/// What is typed for `prove it`.
fn asked_code_of_proof(screen: &str) -> String {
    let asks = screen.lines().rev().find_map(|line| line.strip_prefix(" Type "));
    let words = asks.unwrap_or_else(|| panic!("nothing is asked for:\n{screen}"));
    words.split(' ').next().expect("a code").to_owned()
}

/// Follows the footer from the first step to the summary; gives what it said on the way, and the summary.
fn follow_the_footer(desk: &mut Desk) -> (Vec<String>, String) {
    let mut screen = desk.settled();
    let mut way = Vec::new();
    loop {
        let words = enter_words(&screen);
        way.push(words.clone());
        assert!(way.len() < 60, "going round in circles: {way:#?}\n{screen}");
        if words == "to the steps" {
            return (way, screen);
        }
        if words == "prove it" {
            // A proof makes requests in live systems; who is not sure goes on.
            screen = desk.press("\t");
            continue;
        }
        if words == "write" {
            let code = asked_code(&screen);
            desk.enter(&code, &format!("SANDBOX: {code}"));
        }
        desk.press("\r");
        screen = desk.asked_again();
    }
}

/// The steps below `Done` or `Not done` of the summary, with their marks.
fn listed<'a>(summary: &'a str, heading: &str) -> Vec<&'a str> {
    let sheet =
        summary.lines().map(|line| line.get(line.char_indices().nth(20).map_or(0, |(at, _)| at)..).unwrap_or(""));
    let below = sheet.skip_while(|line| *line != heading).skip(1).take_while(|line| !line.is_empty());
    below.map(|line| line.split("  ").next().unwrap_or("")).collect()
}

const FRESH: &[&str] = &["create the partner, 37 values", "write", "go on", "sign off 3 values", "sign", "next step"];
const DRIFTED: &[&str] =
    &["fix 3 values", "write", "go on", "sign off 3 values", "sign", "next step", "fix 6 values", "write", "go on"];
const DONE: &[&str] =
    &["✓ Connect", "✓ Patrons", "■ Partner", "✓ Parameters", "■ Rota template", "■ Rota rule", "■ ILLiad"];

/// `Prove` is left in `fresh`: no request of Alma's has arrived there yet.
#[rstest]
#[case::fresh("fresh", FRESH, DONE, &["· Prove"])]
#[case::drifted("drifted", DRIFTED, &[DONE, &["✓ Prove"]].concat(), &[])]
fn gets_to_the_end(#[case] world: &str, #[case] writes: &[&str], #[case] done: &[&str], #[case] open: &[&str]) {
    let last = if open.is_empty() { "summary" } else { "prove it" };
    let mut desk = Desk::practice(world, &[]);
    let (way, summary) = follow_the_footer(&mut desk);
    let words = ["sign off 5 values", "sign", "next step", "sign off 6 values", "sign", "next step"];
    let illiad = ["sign off 10 values", "sign", "next step", last, "to the steps"];
    let expected = [&["next step", "next step"], writes, &["next step"], &words, &illiad].concat();
    assert_eq!(way, expected);
    assert_eq!(listed(&summary, "Done"), done, "{summary}");
    assert_eq!(listed(&summary, "Not done"), open, "{summary}");
    assert!(!summary.contains("Waited for") && !summary.contains('✗'), "{summary}");
    desk.pty.type_keys("q");
    desk.has_left(0);
}

/// What was written can be put back, from the screen that says it was written; and a second look finds it as it was.
#[test]
fn changes_their_mind() {
    let mut desk = Desk::practice("drifted", &["--step", "parameters"]);
    desk.press("\r");
    desk.enter("01CUNY_QC", "SANDBOX: 01CUNY_QC");
    desk.press("\r");
    assert!(desk.pty.wait_for("Written to SANDBOX and read back").contains("u undo"));
    assert!(desk.press("u").contains("Undo the last write"));
    desk.press("\r");
    assert!(desk.pty.text().contains("Nothing was sent: type 01CUNY_QC first."));
    desk.enter("01CUNY_QC", "SANDBOX: 01CUNY_QC");
    desk.pty.type_keys("\r");
    assert!(desk.pty.wait_for("Put back, ").contains("Enter go on"));
    assert_eq!(enter_words(&desk.press("\r")), "fix 6 values");
    desk.pty.type_keys("q");
    desk.has_left(0);
}

//! A newcomer who knows nothing about the program: always does what the footer names first, and types what the screen asks for.
use crate::harness::terminal::Terminal;
use rstest::rstest;

/// Returns the footer's words for what Enter does.
fn enter_words(screen: &str) -> String {
    let footer = screen.lines().last().expect("a footer");
    let words = footer.strip_prefix(" Enter ").unwrap_or_else(|| panic!("Enter does nothing here:\n{screen}"));
    words.split("   ").next().expect("words").to_owned()
}

/// If the screen asks for a text before Enter works, returns that text, and the line as it looks once the text is typed.
fn asked_text(screen: &str) -> Option<(String, String)> {
    let asks = screen.lines().rev().find_map(|line| line.strip_prefix(" Type ")).map(str::trim_end)?;
    let text = asks.split(' ').next()?.to_owned();
    let typed = format!(" Type {asks} {text}");
    Some((text, typed))
}

/// Follows the footer from the first step to the summary. Returns the actions taken on the way, and the summary.
fn follow_the_footer(desk: &mut Terminal) -> (Vec<String>, String) {
    let mut screen = desk.settled();
    let mut way = Vec::new();
    loop {
        let words = enter_words(&screen);
        way.push(words.clone());
        assert!(way.len() < 60, "going round in circles: {way:#?}\n{screen}");
        // Nothing is left to do. Behind the last step comes the summary.
        if screen.contains(" Finished") {
            let mut screen = desk.press("\x1b");
            while !screen.contains("values as wanted") {
                screen = desk.press("\t");
            }
            return (way, screen);
        }
        if ["write", "sign", "run the proof"].contains(&words.as_str())
            && let Some((text, typed)) = asked_text(&screen)
        {
            desk.enter(&text, &typed);
        }
        desk.press("\r");
        screen = desk.asked_again();
    }
}

/// Returns the steps that the summary lists below `Done` or `Not done`, with their marks.
fn listed<'a>(summary: &'a str, heading: &str) -> Vec<&'a str> {
    let sheet =
        summary.lines().map(|line| line.get(line.char_indices().nth(24).map_or(0, |(at, _)| at)..).unwrap_or(""));
    let below = sheet.skip_while(|line| *line != heading).skip(1).take_while(|line| !line.is_empty());
    below.map(|line| line.split("  ").next().unwrap_or("")).collect()
}

const SIGN_OFF: &[&str] = &["continue", "sign", "next step"];
const FRESH: &[&str] = &[
    "create the partner and its parameters, 37 values",
    "read on",
    "read on",
    "read on",
    "read on",
    "write",
    "continue",
    "sign off 3 values",
];
const DRIFTED: &[&str] = &["fix 3 values", "read on", "write", "continue", "sign off 3 values"];
const PARAMETERS: &[&str] = &["fix 6 values", "read on", "write", "continue"];
const DONE: &[&str] =
    &["✓ Connect", "✓ Patrons", "■ Partner", "✓ Parameters", "■ Rota template", "■ Rota rule", "■ ILLiad", "✓ Prove"];

/// In `fresh` no request has come from Alma yet, so ILLiad's rule is tested. In `drifted` one is already there, but it came before the
/// values were mended.
#[rstest]
#[case::fresh("fresh", FRESH, &[])]
#[case::drifted("drifted", DRIFTED, PARAMETERS)]
fn gets_to_the_end(#[case] world: &str, #[case] partner: &[&str], #[case] parameters: &[&str]) {
    let mut desk = Terminal::practice(world, &[]);
    let (way, summary) = follow_the_footer(&mut desk);
    let written = [&["next step", "next step"], partner, SIGN_OFF, parameters, &["next step"]].concat();
    let rota = [&["sign off 5 values"], SIGN_OFF, &["sign off 6 values"], SIGN_OFF].concat();
    let illiad = vec!["sign off 10 values", "read on", "continue", "sign"];
    let proof = vec!["next step", "run the proof", "run the proof", "continue", "show the hand-off"];
    assert_eq!(way, [written, rota, illiad, proof].concat());
    assert_eq!(listed(&summary, "Done"), DONE, "{summary}");
    assert!(!["Not done", "Not read yet", "Waiting for", "✗"].iter().any(|word| summary.contains(word)), "{summary}");
    desk.pty.type_keys("q");
    desk.has_left(0);
}

/// Undo is offered on the screen that reports the write, and the next check finds the record as it was before.
#[test]
fn changes_their_mind() {
    let mut desk = Terminal::practice("drifted", &["--step", "parameters"]);
    desk.plan();
    desk.consent();
    desk.press("\r");
    assert!(desk.pty.wait_for("Written to SANDBOX and read back").contains("u undo"));
    assert!(desk.press("u").contains("Undo the last write"));
    desk.press("\r");
    assert!(desk.pty.text().contains("Nothing was sent: type 01CUNY_QC first."));
    desk.consent();
    desk.pty.type_keys("\r");
    assert!(desk.pty.wait_for("Record restored, ").contains("Enter continue"));
    assert_eq!(enter_words(&desk.press("\r")), "fix 6 values");
    desk.pty.type_keys("q");
    desk.has_left(0);
}

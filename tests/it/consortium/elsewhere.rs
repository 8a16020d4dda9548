//! A made-up consortium: its name, prefix, campuses, Alma and agreed differences in `procedure.toml`.
use crate::harness::Desk;
use crate::line::newcomer::{below, follow};
use crate::line::talk::Talk;
use std::fs;
use tempfile::TempDir;

const LAKES: &str = r#"[consortium]
name = "Lakes Library Consortium"
prefix = "01LAKES"
alma = "https://api-eu.hosted.exlibrisgroup.com"

[[campus]]
code = "01LAKES_NOR"
name = "North Shore"
illiad = "https://ill.northshore.example.org/web"

[[campus]]
code = "01LAKES_SOU"
name = "South Shore"
illiad = "southshore"

[want]
"partner.code" = { value = "ILLIAD_FALLBACK", reason = "ILLiad is the code of an older partner" }
"rule.name" = { value = "Lakes to ILLiad", reason = "the zone names its rules like this" }
"partner.lending_workflow" = { value = "LAKES_LEND", reason = "the network zone distributes it" }
"illiad.routing.match_string" = { value = "t.CitedIn LIKE '01LAKES%' and (t.LendingString = '' or t.LendingString is NULL) and u.NVTGC = 'ILL'", reason = "a shared server" }
"#;

/// A home whose consortium is the made-up one.
fn home() -> TempDir {
    let home = TempDir::new().expect("a folder");
    let folder = home.path().join("config/last-resort/campuses");
    fs::create_dir_all(&folder).expect("a folder");
    fs::write(folder.join("procedure.toml"), LAKES).expect("written");
    home
}

/// Neither the procedure's own consortium nor its office is named.
fn without_home(words: &str) {
    for line in words.lines() {
        let ols = line.split(|c: char| !c.is_alphanumeric()).any(|word| word == "OLS");
        assert!(!ols && !line.to_lowercase().contains("cuny"), "{line}");
    }
}

#[test]
fn practice_goes_from_the_first_screen_to_the_end_there() {
    let home = home();
    let config = home.path().join("config").display().to_string();
    let mut talk = Talk::over_pipes(&["practice", "--world", "fresh"], &[("XDG_CONFIG_HOME", &config)]);
    let (_, summary) = follow(&mut talk);
    assert_eq!(below(&summary, "Done").len(), 8, "{summary}");
    // Every screen from there, with the help of each.
    let steps = (1..=8).flat_map(|step| [format!("s {step}"), "l".to_owned(), "v 1".to_owned(), "?".to_owned()]);
    let others = ["s 9", "?", "2", "?", "<<", "s 9", "3", "?"].map(str::to_owned);
    steps.chain(others).for_each(|line| drop(talk.answer(&line)));
    let said = talk.all().to_owned();
    without_home(&said);
    for words in [
        "The office of Lakes Library Consortium owns Alma",
        "North Shore",
        "01LAKES_NOR",
        "ILLIAD_FALLBACK",
        "Lakes to ILLiad rule",
        "the network zone distributes it",
        "u.NVTGC = 'ILL'",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
}

#[test]
fn the_set_up_offers_its_campuses_and_its_alma() {
    let home = home();
    let config = home.path().join("config").display().to_string();
    let state = home.path().join("state").display().to_string();
    let environment = [("XDG_CONFIG_HOME", config.as_str()), ("XDG_STATE_HOME", state.as_str())];
    let mut talk = Talk::over_pipes(&[], &environment);
    talk.asked();
    for answer in ["", "1", "", "", "", ""] {
        if talk.all().contains("api-eu") {
            break;
        }
        talk.answer(answer);
    }
    let all = talk.all().to_owned();
    without_home(&all);
    assert!(all.contains("North Shore, 01LAKES_NOR") && all.contains("South Shore, 01LAKES_SOU"), "{all}");
    assert!(all.contains("api-eu.hosted.exlibrisgroup.com"), "{all}");
}

#[test]
fn a_real_campus_of_it_wants_its_prefix() {
    let desk = Desk::in_world_of(
        "sentence = \"x\"\nbased_on = \"fresh\"\n[campus]\ninstitution = \"01LAKES_NOR\"\n[alma]\ninstitution = \"01LAKES_NOR\"\n",
    );
    let path = desk.campus_file("01LAKES_NOR", &desk.campus_text());
    let consortium = "[consortium]\nname = \"Lakes\"\nprefix = \"01LAKES\"\n";
    fs::write(path.with_file_name("procedure.toml"), consortium).expect("written");
    let check = desk.run(&["check", "--campus", "01LAKES_NOR", "--json"]).exits(3).json();
    let text = check.to_string();
    assert!(text.contains("t.CitedIn LIKE '01LAKES%'") && !text.contains("01CUNY"), "{text}");
    for part in [&[][..], &["--for", "campus"], &["--for", "ols"]] {
        for format in ["text", "md", "html"] {
            let report =
                desk.run(&[&["report", "--campus", "01LAKES_NOR", "--format", format], part].concat()).exits(0);
            without_home(report.out());
            assert!(report.out().contains(", Lakes"), "{part:?} {format}: {}", report.out());
        }
    }
    let apply = desk.run(&["apply", "rota", "--campus", "01LAKES_NOR", "--confirm", "01LAKES_NOR"]).exits(4);
    without_home(apply.out());
}

#[test]
fn the_board_of_a_practice_fleet_is_theirs() {
    let home = home();
    let config = home.path().join("config").display().to_string();
    let mut talk = Talk::over_pipes(&["--plain", "practice", "--fleet"], &[("XDG_CONFIG_HOME", &config)]);
    talk.asked();
    for line in ["?", "v 1", "v 7", "1", "?", "q"] {
        talk.answer(line);
    }
    talk.type_lines("q");
    let (all, _) = talk.has_left(0);
    without_home(&all);
    for words in ["Lakes Library Consortium: 8 campuses", "01LAKES_SOU", "01FLEET_006", "waits for office, campus"] {
        assert!(all.contains(words), "{words}: {all}");
    }
}

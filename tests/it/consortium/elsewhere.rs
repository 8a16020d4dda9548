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

fn without_cuny(words: &str) {
    for line in words.lines() {
        assert!(!line.to_lowercase().contains("cuny"), "{line}");
    }
}

#[test]
fn practice_goes_from_the_first_screen_to_the_end_there() {
    let home = home();
    let config = home.path().join("config").display().to_string();
    let mut talk = Talk::over_pipes(&["practice", "--world", "fresh"], &[("XDG_CONFIG_HOME", &config)]);
    let (_, summary) = follow(&mut talk);
    assert_eq!(below(&summary, "Done").len(), 8, "{summary}");
    let said = talk.all().to_owned();
    without_cuny(&said);
    for words in ["North Shore", "01LAKES_NOR", "ILLIAD_FALLBACK", "the network zone distributes it", "u.NVTGC = 'ILL'"]
    {
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
    without_cuny(&all);
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
    let report = desk.run(&["report", "--campus", "01LAKES_NOR"]).exits(0);
    without_cuny(report.out());
}

//! Invalid campus files: all problems are listed at once, each with its line and the accepted values. The exit code is
//! 2 and nothing is sent.
use crate::harness::keeper::{Hunt, Looks, Planted};
use crate::harness::{Desk, Ran};
use last_resort::site::CampusField;
use rstest::rstest;
use std::fs;

/// A complete campus file, with one line per key.
const GOOD: &str = r#"institution = "01CUNY_QC"
name = "Queens College"
environment = "sandbox"
stance = "ahead"
[alma]
url = "https://api-na.hosted.exlibrisgroup.com"
library = "QCRS"
receive_desk = "Main Service Desk"
[illiad]
url = "https://qc.illiad.oclc.org/illiadwebplatform"
nvtgc = "ILL"
[patrons]
sample = ["10000001"]
[evidence]
max_age_days = 30
word_max_age_days = 365
"#;

/// Returns the line number of a key in [`GOOD`], counted from 1.
fn line_of(slot: CampusField) -> usize {
    let (section, key) = slot.path().split_once('.').unwrap_or(("", slot.path()));
    let mut within = "";
    let at = GOOD.lines().position(|line| {
        if line.starts_with('[') {
            within = line.trim_matches(['[', ']']);
        }
        within == section && line.starts_with(&format!("{key} ="))
    });
    at.unwrap_or_else(|| panic!("no {}", slot.path())) + 1
}

/// Returns [`GOOD`] with another value for a key, or without the key.
fn with(slot: CampusField, value: Option<&str>) -> String {
    let line = line_of(slot);
    let lines = GOOD.lines().enumerate().filter_map(|(at, text)| match (at + 1 == line, value) {
        (false, _) => Some(text.to_owned()),
        (true, None) => None,
        (true, Some(value)) => Some(format!("{} = {value}", text.split_once(" =").expect("a key").0)),
    });
    lines.map(|line| line + "\n").collect()
}

/// Checks that every command that needs a campus reports the same, sends nothing and leaves the file as it is.
#[track_caller]
fn refused(text: &[u8]) -> Ran {
    let desk = Desk::in_world("done");
    let path = desk.campus_file("01CUNY_QC", "");
    fs::write(&path, text).expect("written");
    let ran = desk.run(&["check", "--json"]).exits(2);
    assert!(ran.out().is_empty(), "{}", ran.out());
    assert!(ran.err().contains(&path.display().to_string()), "which file: {}", ran.err());
    for args in [
        &["plan"][..],
        &["apply", "partner", "--confirm", "01CUNY_QC"],
        &["undo", "--confirm", "01CUNY_QC"],
        &["attest", "rota"],
        &["keys", "status"],
        &["check", "--campus", "01CUNY_QC"],
        &[],
    ] {
        let other = desk.run(args).exits(2);
        assert_eq!((other.err(), other.out()), (ran.err(), ""), "{args:?}");
    }
    assert!(desk.sim.requests().is_empty() && desk.journal().is_empty());
    assert_eq!(fs::read(&path).expect("there"), text);
    ran
}

/// Returns the problems listed below the first line, without the path.
fn problems(ran: &Ran) -> Vec<String> {
    let told = |line: &str| line.split_once("01CUNY_QC.toml, ").map(|(_, problem)| problem.to_owned());
    ran.err().lines().filter_map(told).collect()
}

#[test]
fn the_good_one_is_good() {
    let desk = Desk::in_world("done");
    desk.campus_file("01CUNY_QC", GOOD);
    desk.run(&["check", "rota"]).exits(4);
    assert!(CampusField::ALL.iter().all(|slot| line_of(*slot) > 0));
}

#[test]
fn every_required_key_that_is_missing_or_empty_is_named_with_what_is_accepted() {
    for slot in CampusField::ALL {
        for (text, line) in [(with(slot, None), None), (with(slot, Some("\"\"")), Some(line_of(slot)))] {
            let optional = slot.default().is_some() && (line.is_none() || slot == CampusField::Name);
            if optional {
                let desk = Desk::in_world("done");
                desk.campus_file("01CUNY_QC", &text);
                desk.run(&["check", "rota"]).exits(4);
                continue;
            }
            let told = problems(&refused(text.as_bytes()));
            let [only] = told.as_slice() else { panic!("{}: {told:?}", slot.path()) };
            assert!(only.contains(slot.path()) && only.contains(slot.accepts()), "{only}");
            assert_eq!(only.starts_with("line "), line.is_some(), "{only}");
            if let Some(line) = line {
                assert!(only.starts_with(&format!("line {line}: ")), "{only}");
            }
        }
    }
}

#[test]
fn a_value_of_another_type_is_named_with_its_line() {
    for slot in CampusField::ALL {
        // Two of the keys do take a positive number.
        let days = matches!(slot, CampusField::EvidenceMaxAge | CampusField::WordMaxAge);
        let number = if days { "-7" } else { "7" };
        for value in [number, "true", "[7]", "{ a = 1 }", "1979-05-27"] {
            let told = problems(&refused(with(slot, Some(value)).as_bytes()));
            let [only] = told.as_slice() else { panic!("{} = {value}: {told:?}", slot.path()) };
            let line = line_of(slot);
            assert!(only.starts_with(&format!("line {line}: {} ", slot.path())), "{value}: {only}");
            assert!(only.contains(slot.accepts()), "{only}");
        }
    }
}

#[rstest]
#[case::institution(CampusField::Institution, "queens", "cannot be \"queens\"")]
#[case::path(CampusField::Institution, "../01CUNY_QC", "cannot be")]
#[case::environment(CampusField::Environment, "test", "\"sandbox\" or \"production\"")]
#[case::capitals(CampusField::Environment, "Sandbox", "\"sandbox\" or \"production\"")]
#[case::stance(CampusField::Stance, "later", "\"ahead\"")]
#[case::plain_alma(CampusField::AlmaUrl, "http://api-na.hosted.exlibrisgroup.com", "must begin with https://")]
#[case::plain_illiad(CampusField::IlliadUrl, "http://qc.illiad.oclc.org/illiadwebplatform", "must begin with https://")]
#[case::looks_like_loopback(CampusField::AlmaUrl, "http://127.0.0.1.example.org", "must begin with https://")]
#[case::private_network(CampusField::IlliadUrl, "http://192.168.0.7/illiadwebplatform", "must begin with https://")]
#[case::any_address(CampusField::AlmaUrl, "http://0.0.0.0:8080", "must begin with https://")]
#[case::other_scheme(CampusField::AlmaUrl, "ftp://api-na.hosted.exlibrisgroup.com", "must begin with https://")]
#[case::no_scheme(CampusField::IlliadUrl, "qc.illiad.oclc.org/illiadwebplatform", "is not a URL")]
#[case::words(CampusField::AlmaUrl, "North America", "is not a URL")]
#[case::no_host(CampusField::AlmaUrl, "https://", "is not a URL")]
#[case::credentials(CampusField::AlmaUrl, "https://me:word@api-na.hosted.exlibrisgroup.com", "user name or password")]
#[case::query(CampusField::IlliadUrl, "https://qc.illiad.oclc.org/illiadwebplatform?key=word", "without ? or #")]
#[case::fragment(CampusField::IlliadUrl, "https://qc.illiad.oclc.org/illiadwebplatform#word", "without ? or #")]
#[case::no_days(CampusField::EvidenceMaxAge, "0", "cannot be")]
#[case::too_many_days(CampusField::EvidenceMaxAge, "4000", "cannot be")]
#[case::no_days_of_a_word(CampusField::WordMaxAge, "0", "cannot be")]
#[case::words_for_days(CampusField::EvidenceMaxAge, "a month", "cannot be")]
#[case::escape(CampusField::AlmaLibrary, "QC\\u001bRS", "control character")]
#[case::line_end(CampusField::IlliadNvtgc, "ILL\\n", "control character")]
fn a_value_that_cannot_be_is_named_with_its_line_and_what_is_accepted(
    #[case] slot: CampusField,
    #[case] value: &str,
    #[case] why: &str,
) {
    let ran = refused(with(slot, Some(&format!("\"{value}\""))).as_bytes());
    let told = problems(&ran);
    let [only] = told.as_slice() else { panic!("{told:?}") };
    assert!(only.starts_with(&format!("line {}: {} ", line_of(slot), slot.path())), "{only}");
    assert!(only.contains(why) && only.contains(slot.accepts()), "{only}");
    assert!(
        !ran.err().contains("word@") && !ran.err().contains("=word"),
        "a possible password is not repeated: {only}"
    );
}

#[test]
fn keys_that_nobody_knows_are_refused_by_name_and_all_problems_are_told_at_once() {
    let text = r#"institution = "x"
environment = "test"
colour = "blue"
[alma]
url = "http://alma.example.org"
lib = "QCRS"
[alma.more]
deep = 1
[illiad]
url = 5
[elsewhere]
a = 1
[[patrons]]
sample = []
"#;
    let ran = refused(text.as_bytes());
    let told = problems(&ran);
    for (line, path) in [
        (1, "institution"),
        (2, "environment"),
        (3, "colour"),
        (5, "alma.url"),
        (6, "alma.lib"),
        (7, "alma.more"),
        (10, "illiad.url"),
        (11, "elsewhere"),
    ] {
        let start = format!("line {line}: {path} ");
        assert_eq!(told.iter().filter(|problem| problem.starts_with(&start)).count(), 1, "{start}: {}", ran.err());
    }
    assert!(told.iter().any(|problem| problem.starts_with("alma.library is missing")), "{told:?}");
    assert!(told.iter().any(|problem| problem.contains("patrons")), "{told:?}");
    assert!(ran.err().contains(&format!("{} problems", told.len())), "{}", ran.err());
    // Users who misspelt a key find the right one in the message.
    let unknown = told.iter().find(|problem| problem.contains("alma.lib ")).expect("told");
    assert!(CampusField::ALL.iter().all(|slot| unknown.contains(slot.path())), "{unknown}");
}

#[rstest]
#[case::not_toml("institution = \"01CUNY_QC\"\nenvironment\n", "line 2")]
#[case::open_text("institution = \"01CUNY\n", "line 1")]
#[case::twice("institution = \"01CUNY_QC\"\nname = \"a\"\nname = \"b\"\n", "line 3")]
#[case::empty("", "institution is missing")]
#[case::another_campus(&GOOD.replace("01CUNY_QC", "01CUNY_BC"), "its institution is 01CUNY_BC")]
#[case::a_list(&GOOD.replace("sample = [\"10000001\"]", "sample = [\"\"]"), "line 13: patrons.sample")]
fn a_file_that_is_none_is_refused_with_the_place(#[case] text: &str, #[case] place: &str) {
    let ran = refused(text.as_bytes());
    assert!(ran.err().contains(place), "{}", ran.err());
}

/// If the file cannot be parsed, its values are not reported as missing: that one problem is reported, and nothing is
/// guessed about the rest.
#[rstest]
#[case::no_value("hello world\n", "line 1: is not TOML")]
#[case::twice("institution = \"01CUNY_QC\"\nname = \"a\"\nname = \"b\"\n", "line 3: is not TOML")]
#[case::late(&format!("{GOOD}[alma]\n"), "line 17: is not TOML")]
fn of_a_file_that_is_no_toml_only_that_is_told(#[case] text: &str, #[case] start: &str) {
    let ran = refused(text.as_bytes());
    let told = problems(&ran);
    assert!(matches!(told.as_slice(), [only] if only.starts_with(start)), "{told:?}");
    assert!(!ran.err().contains("missing"), "{}", ran.err());
}

#[test]
fn bytes_that_are_no_text_are_refused_with_their_line() {
    // An é as written by Windows in Latin-1.
    let ran = refused(b"institution = \"01CUNY_QC\"\nname = \"Caf\xe9\"\n");
    let told = problems(&ran);
    assert!(matches!(told.as_slice(), [only] if only.starts_with("line 2: is not UTF-8")), "{}", ran.err());
}

#[rstest]
#[case::a_text("alma = \"x\"\n")]
#[case::a_list("[[alma]]\nurl = \"https://api-na.hosted.exlibrisgroup.com\"\nlibrary = \"QCRS\"\n")]
fn a_section_that_is_none_must_be_a_table(#[case] alma: &str) {
    let around = "institution = \"01CUNY_QC\"\nenvironment = \"sandbox\"\n";
    let rest = "[illiad]\nurl = \"https://qc.illiad.oclc.org/illiadwebplatform\"\n";
    let told = problems(&refused(format!("{around}{alma}{rest}").as_bytes()));
    let [only] = told.as_slice() else { panic!("{told:?}") };
    assert!(only.starts_with("line 3: alma must be a table: [alma]"), "{only}");
}

#[test]
fn a_long_value_is_cut_where_it_is_repeated() {
    for slot in [CampusField::Institution, CampusField::Environment, CampusField::Stance, CampusField::EvidenceMaxAge] {
        let ran = refused(with(slot, Some(&format!("\"{}\"", "x".repeat(5000)))).as_bytes());
        let repeated = ran.err().chars().filter(|c| *c == 'x').count();
        assert!((20..=80).contains(&repeated), "{}: {repeated} times", slot.path());
    }
    let ran = refused(format!("{}{GOOD}", format_args!("{} = 1\n", "x".repeat(5000))).as_bytes());
    assert!(ran.err().chars().filter(|c| *c == 'x').count() <= 80, "{}", ran.err());
}

#[test]
fn a_key_in_a_campus_file_is_refused_and_not_repeated() {
    let keys = Planted::new(Looks::Usual);
    let hunt = Hunt::of(keys.all());
    for line in ["api_key = {}", "[alma.key]\na = {}", "[export]\nkey = {}"] {
        let text = format!("{}{}\n", GOOD, line.replace("{}", &format!("{:?}", keys.alma)));
        let ran = refused(text.as_bytes());
        hunt.finds_nothing(&ran.stderr, line);
    }
    let ran = refused(with(CampusField::AlmaUrl, Some(&format!("\"https://x:{}@example.org\"", keys.alma))).as_bytes());
    hunt.finds_nothing(&ran.stderr, "a password");
}

//! The three journeys in `src/lib.rs`: every file on the way exists, is named once, and no journey is longer than a newcomer can follow.
use std::fs;
use std::path::Path;

/// The end of each journey's heading, and how many files it may take.
const JOURNEYS: [(&str, usize); 3] = [
    ("a key press to a redraw", 20),
    ("an answer of Alma to a verdict", 25),
    ("`apply` to the PUT and the journal", 20),
];

/// The files that a journey names, in order.
fn files<'a>(text: &'a str, heading: &str) -> Vec<&'a str> {
    let lines = text.lines().skip_while(|line| !(line.starts_with("//! ## From") && line.ends_with(heading))).skip(1);
    let steps = lines.take_while(|line| !line.starts_with("//! #"));
    steps.filter_map(|line| line.split_once(". `")?.1.split_once('`')).map(|(file, _)| file).collect()
}

/// What is wrong with a journey.
fn wrong(files: &[&str], most: usize) -> Vec<String> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let lost = files.iter().filter(|file| !src.join(file).is_file()).map(|file| format!("src/{file} does not exist"));
    let again = files.iter().enumerate().filter(|(at, file)| files[..*at].contains(file));
    let again = again.map(|(_, file)| format!("src/{file} is named twice"));
    let long = (files.len() > most).then(|| format!("{} files, more than {most}", files.len()));
    lost.chain(again).chain(long).collect()
}

#[test]
fn the_journeys_can_be_followed() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs");
    let text = fs::read_to_string(path).expect("src/lib.rs");
    for (heading, most) in JOURNEYS {
        let files = files(&text, heading);
        assert!(files.len() >= 15, "{heading}: {files:?}");
        assert_eq!(wrong(&files, most), Vec::<String>::new(), "{heading}");
    }
}

#[test]
fn planted_faults_of_a_journey_are_found() {
    let text = "//! ## From here to there\n//! 1. `lib.rs` is first.\n//! 2. `lost.rs` is next.\n//! 3. `lib.rs` again.\n//! # Else\n";
    let files = files(text, "here to there");
    assert_eq!(files, ["lib.rs", "lost.rs", "lib.rs"]);
    assert_eq!(wrong(&files, 2), ["src/lost.rs does not exist", "src/lib.rs is named twice", "3 files, more than 2"]);
}

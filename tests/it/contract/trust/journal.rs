//! A journal cut off at any byte: complete entries before the cut still count, and no later entry is lost.
use crate::harness::Desk;
use crate::harness::judge::keys_that;
use std::fs;

#[test]
fn a_journal_cut_anywhere_loses_no_more_than_the_line_it_was_cut_in() {
    let desk = Desk::in_world("drifted");
    for words in
        [&["attest", "rota.code", "--note", "seen – ✓"][..], &["attest", "rule"], &["attest", "rota.code", "--revoke"]]
    {
        desk.run(words).exits(0);
    }
    desk.apply(&["partner"]).exits(4);
    desk.run(&["attest", "illiad"]).exits(0);
    desk.run(&["check", "partner"]).exits(4);
    let whole = fs::read(desk.journal_path()).expect("a journal");
    assert!(whole.len() > 1000);
    let mut seen = std::collections::BTreeSet::new();
    for cut in (0..whole.len()).step_by(50).chain([whole.len()]) {
        fs::write(desk.journal_path(), &whole[..cut]).expect("cut");
        let ran = desk.run(&["check", "rota", "rule", "illiad", "--json"]);
        assert!(matches!(ran.code, Some(4)), "{cut}: {:?} {}", ran.code, ran.err());
        let told = keys_that(&ran.json(), &["attested"]);
        assert_eq!(told.len(), expected(&whole[..cut]), "{cut}: {told:?}");
        seen.insert(told.len());
        // Entries written after a torn line are read in full.
        desk.run(&["attest", "rota"]).exits(0);
        let more = keys_that(&desk.run(&["check", "rota", "--json"]).exits(0).json(), &["attested"]);
        assert_eq!(more.len(), 5, "{cut}");
    }
    assert_eq!(seen, [0, 1, 6, 7, 16].into(), "the cuts covered every stage");
}

/// Counts the fields that are still signed off, from the complete lines alone.
fn expected(left: &[u8]) -> usize {
    let mut standing = std::collections::BTreeSet::new();
    for line in left.split(|byte| *byte == b'\n') {
        let Ok(line) = serde_json::from_slice::<serde_json::Value>(line) else { continue };
        match line["what"].as_str() {
            Some("attested") => standing.extend(line["fields"].as_object().expect("fields").keys().cloned()),
            Some("revoked") => {
                for key in line["fields"].as_array().expect("fields") {
                    standing.remove(key.as_str().expect("a key"));
                }
            }
            _ => {}
        }
    }
    standing.len()
}

#[test]
fn rubbish_in_the_journal_is_passed_over() {
    let desk = Desk::in_world("done");
    desk.run(&["attest", "rota"]).exits(0);
    let mut bytes = fs::read(desk.journal_path()).expect("a journal");
    for rubbish in [
        &b"\0\0\0\0\0\0\n"[..],
        b"{}\n",
        b"[1]\n",
        b"\xff\xfe\n",
        b"{\"what\":\"of a newer version\"}\n",
        b"\x1b[31m\n",
    ] {
        bytes.extend_from_slice(rubbish);
    }
    fs::write(desk.journal_path(), &bytes).expect("spoiled");
    desk.run(&["check", "rota"]).exits(0);
    desk.run(&["attest", "rota", "--revoke"]).exits(0);
    desk.run(&["check", "rota"]).exits(4);
    assert!(fs::read(desk.journal_path()).expect("a journal").starts_with(&bytes), "the journal is only appended to");
}

#[test]
fn without_the_record_before_there_is_no_undo() {
    let desk = Desk::in_world("drifted");
    desk.apply(&["partner"]).exits(4);
    let written = desk.record().to_string();
    let before = desk.journaled("write_begun")[0]["before"].as_str().expect("an image").to_owned();
    let path = desk.journal_path().with_file_name("images").join(format!("{before}.json"));
    let image = fs::read(&path).expect("the image");
    fs::write(&path, &image[..image.len() / 2]).expect("torn");
    let ran = desk.undo().exits(1);
    assert!(ran.err().contains("damaged") && ran.err().contains("next: "), "{}", ran.err());
    assert_eq!((desk.record().to_string(), desk.writes().len()), (written, 1));
    fs::write(&path, &image).expect("back");
    desk.undo().exits(0);
}

#[test]
fn a_lost_record_before_is_told_with_what_helps() {
    let desk = Desk::in_world("drifted");
    desk.apply(&["partner", "parameters"]).exits(4);
    std::fs::remove_dir_all(desk.journal_path().with_file_name("images")).expect("there");
    let ran = desk.undo().exits(1);
    assert!(ran.err().contains("by hand in Alma") && !ran.err().contains("XDG_"), "{}", ran.err());
    assert_eq!(desk.writes().len(), 1, "only the apply is recorded");
}

#[test]
fn what_turns_the_reading_direction_in_the_journal_is_not_passed_on() {
    let desk = Desk::in_world("done");
    desk.run(&["attest", "rota", "--note", "seen"]).exits(0);
    let text = std::fs::read_to_string(desk.journal_path()).expect("a journal");
    let by = format!("\"by\":\"{}\"", crate::harness::account());
    let turned = text.replace(&by, "\"by\":\"a\u{202e}da\"").replace("\"seen\"", "\"se\u{202e}en\"");
    assert!(turned.matches('\u{202e}').count() == 2, "{turned}");
    std::fs::write(desk.journal_path(), turned).expect("written");
    let ran = desk.run(&["check", "rota", "--json"]).exits(0);
    assert!(ran.out().contains("a\u{fffd}da") && !ran.out().contains('\u{202e}'), "{}", ran.out());
}

//! Whole dialogues, compared with snapshots that a person has read. Times and ports are masked, since they differ between runs.
use crate::line::talk::{PROGRAM, Talk};
use insta::assert_snapshot;

/// Masks times and ports, and the name of the account that runs the tests.
fn masked(said: &str) -> String {
    let account = crate::harness::account();
    let named = [
        ("the name ", ""),
        ("Signed off by ", "."),
        ("signed off by ", ","),
        ("; ", ", 1"),
        ("; ", ", 2"),
        ("; ", ", 0"),
    ];
    let said = named.iter().fold(said.to_owned(), |said, (before, after)| {
        said.replace(&format!("{before}{account}{after}"), &format!("{before}staff{after}"))
    });
    let mut out = String::new();
    let mut rest = said.as_str();
    while let Some(c) = rest.chars().next() {
        let digits = |text: &str| text.chars().take_while(char::is_ascii_digit).count();
        let time = rest.get(..8).filter(|text| {
            text.char_indices().all(|(at, c)| if at == 2 || at == 5 { c == ':' } else { c.is_ascii_digit() })
        });
        if time.is_some() {
            out.push_str("12:34:56");
            rest = &rest[8..];
        } else if let Some(after) = rest.strip_prefix("127.0.0.1:") {
            out.push_str("127.0.0.1:40000");
            rest = &after[digits(after)..];
        } else {
            out.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    out
}

/// Over a pipe answers are not echoed, so they are inserted where they were typed.
struct Told {
    talk: Talk,
    text: String,
}

impl Told {
    fn answer(&mut self, line: &str) {
        let said = self.talk.answer(line);
        self.text.push_str(line);
        self.text.push_str(&said);
    }
}

#[test]
fn a_drifted_partner_is_put_right() {
    let mut talk = Talk::over_pipes(&["--plain", "practice", "--world", "drifted", "--step", "partner"], &[]);
    let text = talk.asked();
    let mut told = Told { talk, text };
    for line in ["?", "v 2", "c", "1", "", "01CUNY_QC", "", "1", "", "yes", ">", "v 13", "s", "s 9"] {
        told.answer(line);
    }
    told.talk.hang_up();
    told.talk.has_left(0);
    assert_snapshot!("drifted", masked(&told.text));
}

#[test]
fn a_value_card_at_a_terminal() {
    let command = [PROGRAM, "practice", "--world", "fresh", "--step", "illiad"];
    let mut talk = Talk::at_a_terminal((80, 24), &command, &[("TERM", "dumb")]);
    talk.asked();
    for line in
        ["v 5", "c", "C", "p", "t.CitedIn LIKE ’01CUNY%’", "<", "a", "?", "seen with the campus", "", "yes", "q"]
    {
        if line == "q" {
            talk.type_lines(line);
        } else {
            talk.answer(line);
        }
    }
    let (all, _) = talk.has_left(0);
    assert_snapshot!("card", masked(&all));
}

//! The board in line mode: each campus is told as soon as it was read, by number, and its wizard leads back to the board.
use crate::harness::fleet::Fleet;
use crate::line::talk::Talk;
use insta::assert_snapshot;

/// Masks times, and sorts the rows, which come in the order in which the campuses answered.
fn masked(said: &str) -> String {
    let is_time =
        |text: &str| text.char_indices().all(|(at, c)| if matches!(at, 2 | 5) { c == ':' } else { c.is_ascii_digit() });
    let mut out = String::new();
    let mut rest = said;
    while let Some(c) = rest.chars().next() {
        let time = [8, 5].into_iter().find(|length| rest.get(..*length).is_some_and(is_time));
        out.push_str(match time {
            Some(length) => &"12:34:56"[..length],
            None => &rest[..c.len_utf8()],
        });
        rest = &rest[time.unwrap_or(c.len_utf8())..];
    }
    let mut lines: Vec<&str> = out.lines().collect();
    let is_row = |line: &str| line.split_once(". 01CUNY_").is_some_and(|(number, _)| number.parse::<usize>().is_ok());
    lines.chunk_by_mut(|one, next| is_row(one) && is_row(next)).for_each(|rows| rows.sort_unstable());
    lines.join("\n")
}

#[test]
fn each_campus_is_told_and_its_wizard_leads_back() {
    let fleet = Fleet::of(3, "done", &["01CUNY_BM=drifted"]);
    let env = fleet.env();
    let env: Vec<(&str, &str)> = env.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let mut talk = Talk::over_pipes(&["--plain", "board"], &env);
    let mut text = talk.asked();
    for line in ["v 1", "n", "v", "v 9", "1", "q", "/", "waiting", "?", "<"] {
        text.push_str(line);
        text.push_str(&talk.answer(line));
    }
    talk.hang_up();
    talk.has_left(0);
    assert_snapshot!("board", masked(&text));
}

/// People read "signed off"; only JSON says "attested".
#[test]
fn a_step_that_is_signed_off_is_called_so() {
    let fleet = Fleet::of(1, "done", &[]);
    fleet.run(&["attest", "rota", "--campus", "01CUNY_BB"]).exits(0);
    let env = fleet.env();
    let env: Vec<(&str, &str)> = env.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let mut talk = Talk::over_pipes(&["--plain", "board"], &env);
    talk.asked();
    let said = talk.answer("v 1");
    assert!(said.contains("5 Rota template: signed off"), "{said}");
    talk.hang_up();
    assert!(!talk.has_left(0).0.contains("attested"));
}

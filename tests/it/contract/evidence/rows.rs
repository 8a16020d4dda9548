//! Rows of a list have one name and one number in every text and in JSON; the summary says what it is about.
use super::desk::{Exports, csv, routing, texts, xlsx};
use serde_json::Value;

/// A routing table whose first rule has a condition of two lines, whose next rule is not understood, and which ends in a remark.
fn long_rows() -> Vec<Vec<String>> {
    let mut rows = routing();
    let mut other = rows[2].clone();
    other[4] = "t.LendingString is NULL\nand t.LoanDate is NULL".to_owned();
    let mut odd = rows[2].clone();
    odd[0] = "seven".to_owned();
    rows.insert(1, other);
    rows.insert(3, odd);
    rows
}

/// All numbers that a text gives to rows or lines: each word `row` or `line` before a number.
fn numbered(text: &str) -> Vec<(String, usize)> {
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let named = |pair: &[&str]| matches!(pair[0], "row" | "line" | "lines").then_some(pair[0].to_owned());
    words.windows(2).filter_map(|pair| Some((named(pair)?, pair[1].parse().ok()?))).collect()
}

#[test]
fn rows_have_one_name_and_one_number_in_texts_and_json() {
    let exports = Exports::new();
    let text = csv(&long_rows(), ",", "\n") + "\n(4 rows affected)\n";
    // The condition of two lines moves all rows below it down by one line of the file.
    for (name, bytes, ours, odd) in
        [("routing.csv", text.into_bytes(), 4, 5), ("routing.xlsx", xlsx(&[("Routing", &long_rows())]), 3, 4)]
    {
        let file = exports.file(name, bytes);
        let json = exports.import(&[&file], &["--dry-run", "--json"]).json();
        let list = &json["imported"][0];
        assert_eq!(list["row"], Value::from(ours), "{name}: {list}");
        let said = exports.import(&[&file], &["--dry-run"]).out().to_owned();
        assert!(said.contains(&format!("our row is row {ours}\n")), "{name}: {said}");
        let remark = format!("row {odd}: RuleNo \"seven\"");
        assert!(said.contains(&remark) && texts(&list["remarks"])[0].starts_with(&remark), "{name}: {said}");
        assert!(said.contains(&format!("from {name}, imported on ")) && !said.contains(" by  on"), "{name}: {said}");
        let names = numbered(&said).into_iter().chain(numbered(&list.to_string()));
        assert!(names.map(|(word, _)| word).all(|word| word == "row"), "{name}: {said}\n{list}");
    }
}

#[test]
fn a_summary_names_the_campus_and_the_steps_it_is_about() {
    let exports = Exports::new();
    let file = exports.file("routing.csv", csv(&routing(), ",", "\n"));
    let said = exports.import(&[&file], &[]).exits(0);
    assert!(said.out().contains("\n01CUNY_QC (sandbox), step illiad: "), "{}", said.out());
    let said = exports.desk.run(&["check", "rota", "rule"]);
    assert!(said.out().contains("\n01CUNY_QC (sandbox), steps rota, rule: "), "{}", said.out());
    let said = exports.desk.run(&["check"]);
    assert!(said.out().contains("\n01CUNY_QC (sandbox), all steps: "), "{}", said.out());
}

//! A newer list that is not understood takes nothing back, and makes what an older one showed a question.
use super::desk::{Exports, Rows, all_lists, csv, queues, routing, rules, templates};
use crate::harness::judge::finding;
use serde_json::json;

/// The good lists are imported, then one of them again with another cell in our row.
#[test]
fn a_value_that_is_not_understood_any_more_is_no_longer_the_same() {
    let cases: [(Rows, usize, usize, &str, &str); 6] = [
        (rules(), 2, 5, "Ein", "rule.enabled"),
        (routing(), 1, 1, "N", "illiad.routing.rule_active"),
        (routing(), 1, 4, "t.CitedIn LIKE 'XX%'\n or 1=1", "illiad.routing.match_string"),
        (routing(), 1, 5, "Lend out", "illiad.routing.new_process_type"),
        (queues(), 2, 1, "Lending out", "illiad.queue.process_type"),
        (templates(), 2, 3, "Gesperrt", "rota.status"),
    ];
    for (mut list, row, column, cell, key) in cases {
        let exports = Exports::new();
        for (name, good) in all_lists() {
            exports.told(&format!("{name}.csv"), csv(&good, ",", "\r\n"), 0);
        }
        assert_eq!(finding(&exports.desk.run(&["check", "--json"]).json(), key)["verdict"], "same", "{key}");
        list[row][column] = cell.to_owned();
        let told = exports.told("newer.csv", csv(&list, ",", "\r\n"), 0);
        assert_eq!(told["imported"][0]["left_out"], json!([key]), "{told}");
        let after = exports.desk.run(&["check", "--json"]).json();
        let found = finding(&after, key);
        assert_eq!(found["verdict"], "waiting", "{found}");
        assert!(found["reason"].as_str().is_some_and(|why| why.contains("not understood")), "{found}");
        // A person who looked settles it.
        exports.desk.run(&["attest", key]).exits(0);
        let after = exports.desk.run(&["check", "--json"]).json();
        assert_eq!(finding(&after, key)["verdict"], "attested", "{key}");
    }
}

#[test]
fn other_rows_that_cannot_be_judged_any_more_are_a_question() {
    let exports = Exports::new();
    exports.told("good.csv", csv(&routing(), ",", "\r\n"), 0);
    let mut newer = routing();
    newer.insert(
        1,
        ["\u{2212}1", "Yes", "Borrowing", "Awaiting Request Processing", "1=1", "Borrowing", "Elsewhere"]
            .map(str::to_owned)
            .to_vec(),
    );
    exports.told("newer.csv", csv(&newer, ",", "\r\n"), 0);
    let key = "illiad.routing.other_rows";
    let found = finding(&exports.desk.run(&["check", "illiad", "--json"]).json(), key).clone();
    assert_eq!(found["verdict"], "waiting", "{found}");
    exports.told("good.csv", csv(&routing(), ",", "\r\n"), 0);
    let found = finding(&exports.desk.run(&["check", "illiad", "--json"]).json(), key).clone();
    assert_eq!(found["verdict"], "same", "{found}");
}

/// An unknown word in another rule does not make the list one of another language.
#[test]
fn our_row_in_english_is_judged_whatever_the_others_say() {
    let exports = Exports::new();
    exports.told("good.csv", csv(&rules(), ",", "\r\n"), 0);
    let mut newer = rules();
    newer[1] = ["Faculty first", "User Group", "Contains", "Faculty", "CUNY", "Yes"].map(str::to_owned).to_vec();
    newer[2][3] = "Digital".to_owned();
    exports.told("newer.csv", csv(&newer, ",", "\r\n"), 3);
    let found = exports.desk.run(&["check", "rule", "--json"]).exits(3).json();
    assert_eq!(finding(&found, "rule.input.value")["verdict"], "differs", "{found}");
}

/// A row without a name belongs to the one above. One that says something else than it is not passed over.
#[test]
fn a_further_row_of_ours_that_says_something_else_is_told() {
    for (good, more, key) in [
        (rules(), ["", "Requested Format", "=", "Physical", "CUNY", "No"].as_slice(), "rule.output.rota_template"),
        (rules(), &["", "", "=", "Digital", "", "Yes"], "rule.other_rows"),
        (templates(), &["", "ILLiad", "Ordered", "Inactive", "ILLiad"], "rota.status"),
    ] {
        let exports = Exports::new();
        exports.told("good.csv", csv(&good, ",", "\r\n"), 0);
        let mut newer = good;
        newer.push(more.iter().map(ToString::to_string).collect());
        exports.told("newer.csv", csv(&newer, ",", "\r\n"), 0);
        let after = exports.desk.run(&["check", "--json"]).json();
        assert_eq!(finding(&after, key)["verdict"], "waiting", "{key}: {after}");
    }
}

/// A list that only shows less than the one before takes nothing back, nor does a rule that cannot be in the way.
#[test]
fn a_list_that_shows_less_leaves_the_rest_as_it_was() {
    let without = |list: Rows, column: usize| -> Rows {
        list.into_iter()
            .map(|mut row| {
                row.remove(column);
                row
            })
            .collect()
    };
    let mut below = rules();
    below.push(["Old rule", "User Group", "Contains", "Staff", "CUNY", "No"].map(str::to_owned).to_vec());
    for (good, newer, keys) in [
        (rules(), without(rules(), 3), ["rule.input.value"].as_slice()),
        (rules(), below, &["rule.input.value", "rule.other_rows"]),
        (templates(), without(templates(), 4), &["rota.member", "rota.other_rows"]),
    ] {
        let exports = Exports::new();
        exports.told("good.csv", csv(&good, ",", "\r\n"), 0);
        exports.told("newer.csv", csv(&newer, ",", "\r\n"), 0);
        let after = exports.desk.run(&["check", "--json"]).json();
        for key in keys {
            assert_eq!(finding(&after, key)["verdict"], "same", "{key}: {after}");
        }
    }
}

//! Rows of which it is not clear which one is ours, and cells that leave something open.
use super::desk::{Exports, MATCH_STRING, QUEUE, WAITING, csv, field, routing, rows, rules, templates, texts};

#[test]
fn two_templates_of_one_code_are_a_question() {
    let exports = Exports::new();
    let mut both = templates();
    both.push(["ILLiad", "Other name", "Ordered", "Inactive", "ILLiad"].map(str::to_owned).to_vec());
    let list = exports.list(&both, 3);
    assert!(list["row"].is_null() && list["fields"].as_array().is_some_and(Vec::is_empty), "{list}");
    let trouble = texts(&list["troubles"])[0];
    assert!(trouble.starts_with("row 3 and row 4 have the code \"ILLiad\" but are not the same template"), "{trouble}");
    // A row for each member differs in nothing else.
    let mut members = templates();
    members.push(["ILLiad", "ILLiad", "Non Ordered", "Active", "01CUNY_BC"].map(str::to_owned).to_vec());
    let list = exports.list(&members, 3);
    assert_eq!(field(&list, "rota.member").0, "ILLiad; 01CUNY_BC");
}

#[test]
fn two_rules_of_one_name_are_a_question() {
    let exports = Exports::new();
    let mut both = rules();
    both.push(["ILLiad Fallback", "Requested Format", "=", "Digital", "Other", "Yes"].map(str::to_owned).to_vec());
    let list = exports.list(&both, 3);
    assert!(list["row"].is_null() && list["fields"].as_array().is_some_and(Vec::is_empty), "{list}");
    let question = "2 rules are named \"ILLiad Fallback\": which of them is the right one?";
    assert_eq!(texts(&list["troubles"]), [question]);
}

#[test]
fn an_empty_switch_is_not_known() {
    let exports = Exports::new();
    let mut list = rules();
    list[2][5] = String::new();
    let told = exports.list(&list, 0);
    assert_eq!(texts(&told["remarks"]), ["row 3: Enabled is empty, so it is not known whether the rule is"]);
    assert_eq!(texts(&told["not_shown"]), ["rule.enabled"]);
}

/// Two columns for one value that disagree are a question, and nothing is recorded of that value.
#[test]
fn two_columns_that_disagree_are_a_question() {
    let exports = Exports::new();
    let beside = |mut list: Vec<Vec<String>>, title: &str, cell: &str| {
        for (at, row) in list.iter_mut().enumerate() {
            row.push(if at == 0 { title } else { cell }.to_owned());
        }
        list
    };
    for (list, title, cell, word, other) in [
        (rules(), "Active", "Yes", "Enabled is \"No\" and Active is \"Yes\"", "No"),
        (rules(), "Status", "Active", "Enabled is \"No\" and Status is \"Active\"", "Inactive"),
        (templates(), "Enabled", "No", "Status is \"Active\" and Enabled is \"No\"", "Yes"),
    ] {
        let told = exports.list(&beside(list.clone(), title, cell), 0);
        assert_eq!(texts(&told["remarks"]), [format!("row 3: {word}: which is right? Neither was recorded")]);
        assert_eq!(texts(&told["not_shown"]).len(), 1, "{told}");
        let agreed = exports.list(&beside(list, title, other), 0);
        assert!(texts(&agreed["remarks"]).is_empty() && texts(&agreed["not_shown"]).is_empty(), "{agreed}");
    }
}

#[test]
fn the_same_row_twice_is_told_once() {
    let exports = Exports::new();
    let mut list = rules();
    list.push(list[2].clone());
    let told = exports.list(&list, 0);
    assert_eq!(field(&told, "rule.input.name").0, "Requested Format");
}

#[test]
fn an_old_copy_above_our_rule_is_a_remark() {
    let exports = Exports::new();
    let mut list = routing();
    list.splice(1..1, rows(&[["5", "No", "Borrowing", WAITING, MATCH_STRING, "Borrowing", QUEUE]]));
    let told = exports.list(&list, 0);
    assert_eq!((told["row"].as_u64(), field(&told, "illiad.routing.rule_no").0), (Some(3), "0"));
    assert!(texts(&told["remarks"])[0].starts_with("row 2 has the same MatchString and is not active"), "{told}");
}

/// A list with a key in it is not recorded, and neither is the sound one before it.
#[test]
fn several_lists_are_recorded_together_or_not_at_all() {
    let exports = Exports::new();
    let mut secret = rules();
    secret[2][4] = exports.desk.sim.keys().illiad.clone();
    let files = [
        exports.file("templates.csv", csv(&templates(), ",", "\n")),
        exports.file("rules.csv", csv(&secret, ",", "\n")),
    ];
    exports.import(&[&files[0], &files[1]], &[]).exits(1);
    assert_eq!(exports.recorded(), 0);
}

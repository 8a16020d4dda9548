//! The same lists in every file format and layout that programs export.
use super::desk::{Exports, Rows, all_lists, csv, field, queues, routing, rows, rules, templates, texts, xlsx};
use rstest::rstest;
use serde_json::Value;

/// Fails unless every value of the list was recognised and is right.
#[track_caller]
fn all_same(list: &Value, name: &str) {
    let count = [("templates", 5), ("rules", 6), ("routing", 7), ("queues", 3)];
    let (_, count) = count.iter().find(|(other, _)| *other == name).expect("a list");
    let fields = list["fields"].as_array().expect("fields");
    assert!(fields.iter().all(|field| field["verdict"] == "same"), "{list}");
    assert_eq!(fields.len(), *count, "{list}");
    assert!(texts(&list["troubles"]).is_empty() && texts(&list["not_shown"]).is_empty(), "{list}");
}

fn utf_16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes).collect()
}

#[rstest]
#[case::commas(|rows: &Rows| csv(rows, ",", "\n").into_bytes())]
#[case::semicolons_and_crlf(|rows: &Rows| csv(rows, ";", "\r\n").into_bytes())]
#[case::tabs(|rows: &Rows| csv(rows, "\t", "\n").into_bytes())]
#[case::without_quotes(|rows: &Rows| csv(rows, "\t", "\n").replace('"', "").into_bytes())]
#[case::old_line_ends(|rows: &Rows| csv(rows, ";", "\r").into_bytes())]
#[case::utf_8_with_a_mark(|rows: &Rows| format!("\u{feff}{}", csv(rows, ";", "\r\n")).into_bytes())]
#[case::utf_16_le(|rows: &Rows| utf_16(&format!("\u{feff}{}", csv(rows, "\t", "\r\n")), u16::to_le_bytes))]
#[case::utf_16_be(|rows: &Rows| utf_16(&format!("\u{feff}{}", csv(rows, ",", "\n")), u16::to_be_bytes))]
#[case::utf_16_without_a_mark(|rows: &Rows| utf_16(&csv(rows, ",", "\n"), u16::to_le_bytes))]
#[case::excels_own_line(|rows: &Rows| format!("sep=;\r\n{}", csv(rows, ";", "\r\n")).into_bytes())]
#[case::xlsx(|rows: &Rows| xlsx(&[("Sheet1", rows)]))]
fn a_list_is_read_whatever_sets_its_cells_apart(#[case] export: fn(&Rows) -> Vec<u8>) {
    let exports = Exports::new();
    for (name, rows) in all_lists() {
        all_same(&exports.recognised(name, export(&rows)), name);
    }
    exports.desk.run(&["check", "rota", "rule", "illiad"]).exits(0);
}

#[test]
fn columns_stand_in_any_order_beside_others_and_below_titles() {
    let exports = Exports::new();
    for (name, rows) in all_lists() {
        let turned: Rows = rows
            .iter()
            .enumerate()
            .map(|(at, row)| {
                let extra = if at == 0 { "Last changed by, on" } else { "someone; 2026-11-01, \"noon\"" };
                let middle = row.len() / 2;
                let mut cells: Vec<String> = row.iter().rev().cloned().collect();
                cells.insert(middle, extra.to_owned());
                cells.insert(0, String::new());
                cells
            })
            .collect();
        let titles = rows_of(&["Exported from the list", ""]).into_iter().chain(rows_of(&["", "2026-11-24, 12 rows"]));
        let all: Rows = titles.chain([vec![String::new()]]).chain(turned).collect();
        all_same(&exports.recognised("list.csv", csv(&all, ",", "\r\n")), name);
        all_same(&exports.recognised("list.xlsx", xlsx(&[("A", &all)])), name);
    }
}

fn rows_of(cells: &[&str]) -> Rows {
    vec![cells.iter().map(ToString::to_string).collect()]
}

#[rstest]
#[case::spelled_otherwise("routing", &[("RuleNo", "Rule No."), ("MatchString", "match string"), ("ProcessType", "PROCESS_TYPE")])]
#[case::with_signs("queues", &[("QueueName", "Queue Name *"), ("NVTGC", "[nvtgc]")])]
#[case::of_the_template("templates", &[("Code", "Template Code"), ("Name", "Template Name"), ("Members", "Partners")])]
#[case::of_the_rota("templates", &[("Code", "Rota Code"), ("Type", "Rota Type"), ("Members", "Partner Code")])]
#[case::of_the_form("rules", &[("Rule Name", "Name"), ("Parameter Name", "Name"), ("Enabled", "Active")])]
#[case::of_the_groups("rules", &[("Parameter Name", "Input Parameter"), ("Rota Templates", "Output Parameters")])]
fn headers_are_known_by_their_words(#[case] name: &str, #[case] renamed: &[(&str, &str)]) {
    let exports = Exports::new();
    let (_, mut rows) = all_lists().into_iter().find(|(other, _)| *other == name).expect("a list");
    for (from, to) in renamed {
        let cell = rows[0].iter_mut().find(|cell| cell == from).unwrap_or_else(|| panic!("{from}"));
        *cell = (*to).to_owned();
    }
    all_same(&exports.recognised("list.csv", csv(&rows, ",", "\n")), name);
}

#[test]
fn a_switch_is_read_in_every_word_that_can_mean_nothing_else() {
    let exports = Exports::new();
    for (words, got) in [
        (["No", "false", "Disabled", "Inactive", "0", "☐"], "Disabled"),
        (["Yes", "TRUE", "enabled", "Active", "1", "☑"], "Enabled"),
    ] {
        for word in words {
            let mut rows = rules();
            rows[2][5] = word.to_owned();
            let list = exports.list(&rows, if got == "Disabled" { 0 } else { 3 });
            assert_eq!(field(&list, "rule.enabled").0, got, "{word}");
        }
    }
    let mut odd = rules();
    odd[2][5] = "perhaps".to_owned();
    let list = Exports::new().list(&odd, 0);
    assert_eq!(texts(&list["not_shown"]), ["rule.enabled"]);
    assert!(texts(&list["remarks"])[0].contains("row 3: Enabled \"perhaps\" is not understood"), "{list}");
}

#[test]
fn a_row_for_each_member_and_each_parameter_is_one_template_and_one_rule() {
    let exports = Exports::new();
    let members = rows(&[
        ["Code", "Type", "Partner"],
        ["CUNY", "Ordered", "01CUNY_BC"],
        ["", "", "01CUNY_HC"],
        ["ILLiad", "Non Ordered", "ILLiad"],
        ["ILLiad", "Non Ordered", "RAPID"],
    ]);
    let list = exports.list(&members, 3);
    assert_eq!((list["rows"].as_u64(), field(&list, "rota.member").0), (Some(2), "ILLiad; RAPID"));
    assert_eq!(texts(&list["not_shown"]), ["rota.name", "rota.status"]);

    let mut several = rules();
    several.push(["", "Pickup Library", "=", "QCRS", "", ""].map(str::to_owned).to_vec());
    let list = exports.list(&several, 3);
    assert_eq!((list["rows"].as_u64(), field(&list, "rule.input.value").0), (Some(2), "Physical; QCRS"));
    several[3] = ["ILLiad Fallback", "Pickup Library", "=", "QCRS", "ILLiad", "No"].map(str::to_owned).to_vec();
    assert_eq!(field(&exports.list(&several, 3), "rule.input.name").0, "Requested Format; Pickup Library");
}

#[test]
fn a_rules_parameters_may_stand_in_one_cell() {
    let exports = Exports::new();
    let of = |input: &str| {
        rows(&[
            ["Name", "Input Parameters", "Output Parameters", "Enabled"],
            ["ILLiad Fallback", input, "Rota Templates: ILLiad", "false"],
        ])
    };
    all_same(&exports.list(&of("Requested Format = Physical"), 0), "rules");
    let list = exports.list(&of("Requested Format Is Not Empty"), 3);
    assert_eq!(field(&list, "rule.input.operator").0, "Is Not Empty");
    assert_eq!(field(&list, "rule.input.value").1, ["the field is empty"]);
    // A text that is not understood gives no value, and nothing is reported about other rows.
    exports.desk.run(&["check", "rule"]).exits(3);
    let fresh = Exports::new();
    let list = fresh.list(&of("Physical things"), 0);
    assert!(texts(&list["remarks"])[0].contains("not understood: \"Physical things\""), "{list}");
    assert_eq!(texts(&list["not_shown"]), ["rule.input.name", "rule.input.operator", "rule.input.value"]);
    let report = fresh.desk.run(&["check", "rule", "--json"]).exits(4).json();
    assert!(!report.to_string().contains("other_rows"), "{report}");
}

#[test]
fn a_workbook_may_hold_several_lists_and_sheets_that_are_none() {
    let exports = Exports::new();
    let notes = rows(&[["Notes", "of the person who exported it"]]);
    let (routing, queues) = (routing(), queues());
    let told = exports.told("illiad.xlsx", xlsx(&[("Notes", &notes), ("Routing", &routing), ("Queues", &queues)]), 0);
    let all = told["imported"].as_array().expect("lists");
    let named: Vec<_> = all.iter().map(|list| (list["list"].as_str(), list["sheet"].as_str())).collect();
    assert_eq!(named, [(Some("routing"), Some("Routing")), (Some("custom_queues"), Some("Queues"))]);
    all_same(&all[0], "routing");
    all_same(&all[1], "queues");
}

#[test]
fn several_files_are_imported_at_once() {
    let exports = Exports::new();
    let files: Vec<String> = all_lists().iter().map(|(name, rows)| exports.file(name, csv(rows, ",", "\n"))).collect();
    let files: Vec<&str> = files.iter().map(String::as_str).collect();
    let told = exports.import(&files, &["--json"]).exits(0).json();
    assert_eq!(told["imported"].as_array().map(Vec::len), Some(4));
    assert_eq!(exports.recorded(), 4);
    let said = exports.import(&files, &[]).exits(0);
    for words in [
        "our row is row 3",
        "same     MatchString: t.CitedIn LIKE '01CUNY%'",
        "Name (Input Parameters): Requested Format",
        "no problems in the other rows",
        "verified  Rota rule",
    ] {
        assert!(said.out().contains(words), "{words}: {}", said.out());
    }
    assert!(exports.desk.sim.requests().is_empty(), "importing a list sends no request");
}

#[test]
fn what_a_program_adds_below_a_list_is_passed_over_and_rows_are_counted_as_a_person_does() {
    let exports = Exports::new();
    for line_end in ["\n", "\r\n", "\r"] {
        let text = line_end.to_owned() + &csv(&routing(), ",", line_end).replacen(line_end, &line_end.repeat(3), 1);
        assert_eq!(exports.recognised("routing.csv", text)["row"], 5, "{line_end:?}");
    }
    let text = csv(&routing(), ",", "\n") + "\n(2 rows affected)\n";
    let told = exports.told("routing.csv", text, 0);
    let list = &told["imported"][0];
    all_same(list, "routing");
    assert_eq!(texts(&list["remarks"]), ["skipped because nearly empty: row 5"]);
}

#[test]
fn a_text_of_a_spreadsheet_program_that_is_not_unicode_keeps_its_curly_quotes() {
    let exports = Exports::new();
    let mut bytes = csv(&routing(), ";", "\r\n").into_bytes();
    for byte in bytes.iter_mut().filter(|byte| **byte == b'\'') {
        *byte = 0x92;
    }
    let told = exports.told("routing.csv", bytes, 3);
    let (got, why) = field(&told["imported"][0], "illiad.routing.match_string");
    assert!(got.contains("\u{2019}01CUNY%\u{2019}") && why[0].contains("a curly quote"), "{why:?}");
}

#[test]
fn a_list_named_is_read_as_that_one() {
    let exports = Exports::new();
    let file = exports.file("t.csv", csv(&templates(), ",", "\n"));
    exports.import(&[&file], &["--list", "rota-templates"]).exits(0);
    let refused = exports.import(&[&file], &["--list", "rota-rules"]).exits(2);
    assert!(refused.err().contains("expected Rota assignment rules"), "{}", refused.err());
    // A heading that fits two lists.
    let both = rows(&[
        ["Code", "Type", "Rule Name", "Rota Template", "Name"],
        ["ILLiad", "Non Ordered", "ILLiad Fallback", "ILLiad", "ILLiad"],
    ]);
    let file = exports.file("both.csv", csv(&both, ",", "\n"));
    let refused = exports.import(&[&file], &[]).exits(2);
    assert!(refused.err().contains("choose with --list"), "{}", refused.err());
    let told = exports.import(&[&file], &["--list", "rota-rules", "--json"]).exits(0).json();
    assert_eq!(field(&told["imported"][0], "rule.output.rota_template").0, "ILLiad");
}

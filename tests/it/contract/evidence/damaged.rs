//! A damaged list: what stands in a damaged row is not known, and no fault of reading is told as a fault of ILLiad.
use super::desk::{Exports, MATCH_STRING, Rows, csv, field, queues, rows, rules, templates, texts};

const HEADER: &str =
    "RuleNo,RuleActive,ProcessType,TransactionStatus,MatchString,NewProcessType,NewTransactionStatus,RuleDescription\n";
const OURS: &str = "0,Yes,Borrowing,Awaiting Request Processing,t.CitedIn LIKE '01CUNY%' and (t.LendingString = '' or t.LendingString is NULL),Borrowing,Request Imported from Alma,x\n";

/// Imports a routing table and returns what is told of it.
fn told(row: &str, more: &str) -> (Exports, serde_json::Value) {
    let exports = Exports::new();
    let list = exports.recognised("routing.csv", format!("{HEADER}{row}{more}"));
    (exports, list)
}

#[test]
fn a_row_that_does_not_fit_its_heading_is_named_and_says_nothing_of_illiad() {
    let comma = "4,Yes,Borrowing,Awaiting Request Processing,ISNULL(t.ISSN,'')='',Borrowing,Awaiting Serials,x\n";
    let newline = "7,Yes,Borrowing,Awaiting Request Processing,u.Status = 'Faculty',Borrowing,Awaiting Faculty,First line\nsecond, line\n";
    for (text, row) in
        [(format!("{OURS}{comma}"), "row 3 has 9 cells"), (format!("{newline}{OURS}"), "row 3 has 2 cells")]
    {
        let (exports, list) = told(&text, "");
        let remarks = texts(&list["remarks"]).join("; ");
        assert!(remarks.contains(row) && remarks.contains("under 8 headings: the file is damaged there"), "{remarks}");
        assert!(texts(&list["troubles"]).is_empty(), "{list}");
        assert_eq!(field(&list, "illiad.routing.match_string").0, MATCH_STRING);
        // Of the other rows nothing is recorded, good or bad.
        let report = exports.desk.run(&["check", "illiad", "--json"]).exits(4);
        assert!(!report.out().contains("other_rows"), "{}", report.out());
        let shown = exports.import(&[exports.folder().join("routing.csv").to_str().expect("UTF-8")], &[]);
        assert!(!shown.out().contains("ILLiad stops") && !shown.out().contains("ILLiad would"), "{}", shown.out());
        assert!(shown.out().contains("the list does not show enough to judge"), "{}", shown.out());
    }
}

/// A line break comes from whoever exported or opened the list: what it stands in is not known.
#[test]
fn a_cell_on_several_lines_is_named_and_says_nothing_of_illiad() {
    let other = "-1,Yes,Borrowing,Awaiting Request Processing,t.RequestType='Loan',Borrowing,Awaiting X,x\n";
    let cut = |row: &str, whole: &str, with: &str| row.replacen(whole, &format!("\"{with}\""), 1);
    for (cell, row) in [
        ("D", cut(other, "Awaiting Request Processing", "Awaiting\nRequest Processing")),
        ("D", cut(other, "Awaiting Request Processing", "Awaiting Request\r\nProcessing")),
        ("C", cut(other, "Borrowing", "Borrow\ning")),
        ("E", cut(other, "t.RequestType='Loan'", "t.RequestType='Lo\nan'")),
        ("A", cut(other, "-1", "-\n1")),
    ] {
        let (_, list) = told(&row, OURS);
        let remarks = texts(&list["remarks"]).join("; ");
        let words = format!("row 2 could not be read, since its cell {cell} has a line break where none belongs");
        assert!(remarks.contains(&words) && texts(&list["troubles"]).is_empty(), "{list}");
        assert_eq!(field(&list, "illiad.routing.match_string").0, MATCH_STRING);
        let ours = row.replacen("-1", "0", 1).replace("Awaiting X", "Request Imported from Alma");
        let (exports, list) = told(&ours, "");
        assert!(list["row"].is_null() && texts(&list["troubles"]).is_empty(), "{list}");
        exports.desk.run(&["check", "illiad", "--json"]).exits(4);
    }
    // SQL may be on several lines between its words: another rule is judged, and ours is not blamed for it.
    let (_, list) = told(&cut(other, "t.RequestType='Loan'", "t.RequestType =\n'Loan'"), OURS);
    assert!(texts(&list["troubles"])[0].contains("rule -1 has a lower number"), "{list}");
    let (_, list) = told(&cut(OURS, MATCH_STRING, &MATCH_STRING.replace(" and ", "\nand ")), "");
    assert_eq!(texts(&list["not_shown"]), ["illiad.routing.match_string"]);
    assert!(texts(&list["remarks"])[0].contains("row 2: MatchString has a line break"), "{list}");
    for (name, rows, column, cell) in [
        ("queues", queues(), 0, "Request\nImported from Alma"),
        ("queues", queues(), 2, "I\nLL"),
        ("templates", templates(), 3, "Act\nive"),
        ("rules", rules(), 0, "ILLiad\nFallback"),
        ("rules", rules(), 4, "ILL\niad"),
    ] {
        let mut rows = rows;
        rows[2][column] = cell.to_owned();
        let list = Exports::new().recognised("list.xlsx", super::desk::xlsx(&[("List", &rows)]));
        assert!(list["row"].is_null() && texts(&list["troubles"]).is_empty(), "{name}: {list}");
        assert!(texts(&list["remarks"])[0].contains("row 3 could not be read"), "{name}: {list}");
    }
}

#[test]
fn our_row_is_not_missing_where_it_may_be_the_damaged_one() {
    let ours = OURS.replace("Borrowing,Request", "Borrowing,,Request");
    let (_, list) = told(&ours, "1,Yes,Borrowing,a,t.CitedIn = 'x',Borrowing,b,x\n");
    assert!(list["row"].is_null() && texts(&list["troubles"]).is_empty(), "{list}");
    let short = |rows: Rows, cut: usize| {
        let mut lines: Vec<String> = csv(&rows, ",", "\n").lines().map(str::to_owned).collect();
        lines[cut] += ",\"more\"";
        lines.join("\n")
    };
    for (name, text) in [("templates", short(templates(), 2)), ("rules", short(rules(), 2))] {
        let list = Exports::new().recognised("list.csv", text);
        assert!(list["row"].is_null() && texts(&list["troubles"]).is_empty(), "{name}: {list}");
        assert!(texts(&list["remarks"])[0].contains("row 3 has"), "{name}: {list}");
    }
}

#[test]
fn a_quote_that_is_not_closed_swallows_no_rows() {
    let exports = Exports::new();
    for text in
        [format!("{HEADER}7,Yes,Borrowing,a,\"t.CitedIn = 'x',Borrowing,b,x\n{OURS}"), format!("\"{HEADER}{OURS}")]
    {
        let file = exports.file("routing.csv", &text);
        let ran = exports.import(&[&file], &[]).exits(2);
        let line = if text.starts_with('"') { 1 } else { 2 };
        assert!(ran.err().contains(&format!("a quote that opens in row {line} is never closed")), "{}", ran.err());
    }
    let stray = format!("7,Yes,Borrowing,a,\"t.CitedIn\" = 'x',Borrowing,b,x\n{OURS}");
    let (_, list) = told(&stray, "");
    assert!(texts(&list["remarks"])[0].contains("row 2 has text after a closing quote"), "{list}");
    assert_eq!(exports.recorded(), 0);
}

#[test]
fn a_number_as_a_spreadsheet_writes_it_is_a_number() {
    let (_, list) = told(&OURS.replace("0,Yes", "0.0,Yes"), "");
    assert_eq!(field(&list, "illiad.routing.rule_no"), ("0", vec![]));
}

#[test]
fn false_and_unknown_is_false() {
    let article = "-1,Yes,Borrowing,Awaiting Request Processing,\"t.RequestType='Article' AND t.ISSN<>NULL\",Borrowing,Awaiting RAPID Request Sending,x\n";
    let (_, list) = told(article, OURS);
    assert!(texts(&list["troubles"]).is_empty() && texts(&list["remarks"]).is_empty(), "{list}");
}

#[test]
fn a_list_in_another_language_is_not_understood_and_never_differs() {
    let exports = Exports::new();
    let french = rows(&[["Code", "Name", "Type", "Status"], ["ILLiad", "ILLiad", "Non ordonn\u{e9}", "Actif"]]);
    let list = exports.list(&french, 0);
    assert_eq!(texts(&list["not_shown"]), ["rota.type", "rota.status", "rota.member"]);
    assert!(texts(&list["remarks"]).iter().all(|remark| remark.contains("is not understood")), "{list}");
    let mut spanish = rules();
    spanish[2] =
        ["ILLiad Fallback", "Formato solicitado", "igual a", "F\u{ed}sico", "ILLiad", "No"].map(str::to_owned).to_vec();
    let list = exports.list(&spanish, 0);
    assert_eq!(texts(&list["not_shown"]), ["rule.input.name", "rule.input.operator", "rule.input.value"]);
    let spanish = rows(&[["Code", "Name", "Type", "Status"], ["ILLiad", "ILLiad", "No ordenado", "Activo"]]);
    assert_eq!(texts(&exports.list(&spanish, 0)["not_shown"]), ["rota.type", "rota.status", "rota.member"]);
    for (name, operator, value, shown) in [
        ("Angefordertes Format", "=", "Physical", ["rule.input.operator", "rule.input.value"].as_slice()),
        ("Requested Format", "=", "Physisch", &["rule.input.name", "rule.input.operator"]),
        ("Formato solicitado", "=", "F\u{ed}sico", &["rule.input.operator"]),
    ] {
        let mut list = rules();
        list[2][1..4].clone_from_slice(&[name, operator, value].map(str::to_owned));
        let list = exports.list(&list, 0);
        let input = ["rule.input.name", "rule.input.operator", "rule.input.value"];
        let not_shown: Vec<&str> = input.into_iter().filter(|key| !shown.contains(key)).collect();
        assert_eq!(texts(&list["not_shown"]), not_shown, "{list}");
        assert!(texts(&list["remarks"])[0].contains("may be in another language"), "{list}");
    }
    let mut french = queues();
    french[2][1] = "Emprunt".to_owned();
    let list = exports.list(&french, 0);
    assert_eq!(texts(&list["not_shown"]), ["illiad.queue.process_type"]);
    assert!(texts(&list["troubles"]).is_empty(), "{list}");
    assert_eq!(
        texts(&list["remarks"]),
        ["row 3: ProcessType \"Emprunt\" is not understood (another language?), so it was not checked"]
    );
    let header = rows(&[["C\u{f3}digo", "Nombre", "Tipo"], ["ILLiad", "ILLiad", "No ordenado"]]);
    let file = exports.file("lista.csv", csv(&header, ",", "\n"));
    let refused = exports.import(&[&file], &[]).exits(2);
    assert!(refused.err().contains("only lists in English are understood"), "{}", refused.err());
}

//! A damaged list: what stands in a damaged row is not known, and no fault of reading is told as a fault of ILLiad.
use super::desk::{Exports, MATCH_STRING, Rows, csv, field, rows, rules, templates, texts};

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
    let header = rows(&[["C\u{f3}digo", "Nombre", "Tipo"], ["ILLiad", "ILLiad", "No ordenado"]]);
    let file = exports.file("lista.csv", csv(&header, ",", "\n"));
    let refused = exports.import(&[&file], &[]).exits(2);
    assert!(refused.err().contains("only lists in English are understood"), "{}", refused.err());
}

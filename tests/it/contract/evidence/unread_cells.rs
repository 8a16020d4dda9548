//! Cells that could not be read: what they hold is not known, and no rule is blamed for it.
use super::desk::{Exports, Rows, csv, field, routing, texts, xlsx};
use super::refused::{archive, unpacked};
use rstest::rstest;
use rust_xlsxwriter::{Format, Workbook};

/// A routing table as a workbook, in which the cell with this text has a formula that nothing has computed.
fn without_value(rows: &Rows, marked: &str) -> Vec<u8> {
    let uncomputed = |(name, bytes): (String, Vec<u8>)| {
        let text = String::from_utf8_lossy(&bytes).replace(&format!("<v>{marked}</v>"), "<f>A9</f><v></v>");
        let bytes = if name.ends_with("sheet1.xml") { text.into_bytes() } else { bytes };
        (name, bytes)
    };
    let files: Vec<_> = unpacked(&xlsx(&[("Routing", rows)])).into_iter().map(uncomputed).collect();
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    archive(&files)
}

#[rstest]
#[case::number(0, "A3")]
#[case::condition(4, "E3")]
#[case::status(6, "G3")]
fn a_formula_without_a_value_says_nothing_of_the_rule(#[case] column: usize, #[case] cell: &str) {
    let exports = Exports::new();
    let mut rows = routing();
    rows[2][column] = "987654".to_owned();
    let list = exports.recognised("routing.xlsx", without_value(&rows, "987654"));
    let remarks = texts(&list["remarks"]).join("; ");
    assert!(remarks.contains("row 3 could not be read, since its cell"), "{remarks}");
    assert!(remarks.contains(&format!("cell {} has a formula without a value", &cell[..1])), "{remarks}");
    assert!(texts(&list["troubles"]).is_empty(), "{list}");
}

#[test]
fn merged_cells_say_nothing_of_the_rule() {
    let exports = Exports::new();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in (0_u32..).zip(routing()) {
        for (column, cell) in (0_u16..).zip(cells) {
            if (row, column) != (2, 0) {
                sheet.write_string(row, column, cell).expect("a cell");
            }
        }
    }
    sheet.merge_range(1, 0, 2, 0, "0", &Format::new()).expect("merged");
    let list = exports.recognised("routing.xlsx", book.save_to_buffer().expect("a workbook"));
    assert!(texts(&list["remarks"])[0].contains("row 3 could not be read, since its cell A is merged"), "{list}");
    assert!(texts(&list["troubles"]).is_empty(), "{list}");
    assert_eq!(field(&list, "illiad.routing.rule_no").0, "0");
}

#[test]
fn a_list_of_which_nothing_could_be_read_is_not_recorded() {
    let exports = Exports::new();
    for (column, error) in [(4, "#REF!"), (6, "#N/A"), (3, "#####")] {
        let mut rows = routing();
        rows.truncate(2);
        rows[1][column] = error.to_owned();
        let file = exports.file("routing.csv", csv(&rows, ",", "\n"));
        for more in [vec![], vec!["--dry-run"]] {
            let ran = exports.import(&[&file], &more).exits(1);
            assert!(ran.out().contains("has a spreadsheet error instead of a value"), "{}", ran.out());
            assert!(ran.out().contains("Nothing was recorded"), "{}", ran.out());
        }
    }
    assert_eq!(exports.recorded(), 0);
}

#[rstest]
#[case("=\"0\"")]
#[case("'0")]
#[case("0.0")]
fn a_number_that_a_spreadsheet_changed_is_the_number(#[case] cell: &str) {
    let mut rows = routing();
    rows[1][0] = cell.to_owned();
    let list = Exports::new().list(&rows, 0);
    assert_eq!(field(&list, "illiad.routing.rule_no").0, "0");
}

#[test]
fn what_is_too_long_or_too_much_is_cut() {
    let exports = Exports::new();
    let mut rows = routing();
    rows[2][4] = "x".repeat(3_000_000);
    let list = exports.list(&rows, 0);
    assert!(texts(&list["remarks"])[0].contains("cell E is longer than a spreadsheet allows"), "{list}");
    let mut rows = routing();
    rows[1][0] = "900".to_owned();
    for number in 1..=200 {
        let mut row = rows[2].clone();
        row[0] = number.to_string();
        row[4] = format!("t.RequestType = 'Loan' or t.CitedIn = '{number}'");
        rows.push(row);
    }
    let list = exports.list(&rows, 3);
    let troubles = texts(&list["troubles"]);
    assert_eq!(troubles.len(), 51);
    assert!(troubles[50].ends_with("more problems"), "{}", troubles[50]);
    let names: Vec<String> = (0..201).map(|at| format!("Sheet {at}")).collect();
    let empty = Rows::new();
    let sheets: Vec<(&str, &Rows)> = names.iter().map(|name| (name.as_str(), &empty)).collect();
    let file = exports.file("many.xlsx", xlsx(&sheets));
    let ran = exports.import(&[&file], &[]).exits(2);
    assert!(ran.err().contains("it has 201 sheets, more than 200"), "{}", ran.err());
}

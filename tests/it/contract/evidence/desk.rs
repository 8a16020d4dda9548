//! A desk with a folder of exported lists, and lists from a campus where every value is right.
use crate::harness::judge::no_control;
use crate::harness::{Desk, Ran};
use rust_xlsxwriter::Workbook;
use serde_json::Value;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// A desk, and a folder for exported files.
pub(super) struct Exports {
    pub(super) desk: Desk,
    folder: TempDir,
}

/// The rows of a list, headings included.
pub(super) type Rows = Vec<Vec<String>>;

/// Makes rows from these cells.
pub(super) fn rows<const N: usize>(cells: &[[&str; N]]) -> Rows {
    cells.iter().map(|row| row.iter().map(ToString::to_string).collect()).collect()
}

pub(super) const MATCH_STRING: &str = "t.CitedIn LIKE '01CUNY%' and (t.LendingString = '' or t.LendingString is NULL)";
pub(super) const QUEUE: &str = "Request Imported from Alma";
pub(super) const WAITING: &str = "Awaiting Request Processing";

pub(super) fn templates() -> Rows {
    rows(&[
        ["Code", "Name", "Type", "Status", "Members"],
        ["CUNY", "CUNY libraries", "Ordered", "Active", "01CUNY_BC; 01CUNY_HC"],
        ["ILLiad", "ILLiad", "Non Ordered", "Active", "ILLiad"],
    ])
}

pub(super) fn rules() -> Rows {
    rows(&[
        ["Rule Name", "Parameter Name", "Operator", "Value", "Rota Templates", "Enabled"],
        ["Digital first", "Requested Format", "=", "Digital", "CUNY", "Yes"],
        ["ILLiad Fallback", "Requested Format", "=", "Physical", "ILLiad", "No"],
    ])
}

pub(super) fn routing() -> Rows {
    rows(&[
        [
            "RuleNo",
            "RuleActive",
            "ProcessType",
            "TransactionStatus",
            "MatchString",
            "NewProcessType",
            "NewTransactionStatus",
        ],
        ["0", "Yes", "Borrowing", WAITING, MATCH_STRING, "Borrowing", QUEUE],
        ["7", "Yes", "Borrowing", WAITING, "t.LendingString is NULL", "Borrowing", "Awaiting RAPID Request Sending"],
    ])
}

pub(super) fn queues() -> Rows {
    rows(&[
        ["QueueName", "ProcessType", "NVTGC"],
        ["Awaiting RAPID Request Sending", "Borrowing", "ILL"],
        [QUEUE, "Borrowing", "ILL"],
    ])
}

/// Returns all four lists, each with the name of its file.
pub(super) fn all_lists() -> [(&'static str, Rows); 4] {
    [("templates", templates()), ("rules", rules()), ("routing", routing()), ("queues", queues())]
}

/// Formats rows as CSV with this separator and every cell in quotes.
pub(super) fn csv(rows: &Rows, separator: &str, line_end: &str) -> String {
    let quoted = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
    rows.iter().map(|row| row.iter().map(quoted).collect::<Vec<_>>().join(separator) + line_end).collect()
}

/// Makes a workbook of these sheets. Whole numbers become number cells, as in a real export.
pub(super) fn xlsx(sheets: &[(&str, &Rows)]) -> Vec<u8> {
    let mut book = Workbook::new();
    for (name, rows) in sheets {
        let sheet = book.add_worksheet();
        sheet.set_name(*name).expect("a name");
        for (row, cells) in (0_u32..).zip(rows.iter()) {
            for (column, cell) in (0_u16..).zip(cells) {
                match cell.parse::<u32>() {
                    Ok(number) => sheet.write_number(row, column, number),
                    Err(_) => sheet.write_string(row, column, cell),
                }
                .expect("a cell");
            }
        }
    }
    book.save_to_buffer().expect("a workbook")
}

impl Exports {
    pub(super) fn new() -> Self {
        Self { desk: Desk::in_world("done"), folder: TempDir::new().expect("a folder") }
    }

    pub(super) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a file and returns its path.
    pub(super) fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.folder.path().join(name);
        fs::write(&path, bytes).expect("written");
        path.to_str().expect("UTF-8").to_owned()
    }

    /// Imports these files and checks the output for control characters.
    #[track_caller]
    pub(super) fn import(&self, files: &[&str], more: &[&str]) -> Ran {
        let ran = self.desk.run(&[&["evidence", "import"], files, more].concat());
        no_control(&ran, &format!("{files:?}"));
        ran
    }

    /// Imports a list as a file of this name and returns the JSON output.
    #[track_caller]
    pub(super) fn told(&self, name: &str, bytes: impl AsRef<[u8]>, code: i32) -> Value {
        let file = self.file(name, bytes);
        self.import(&[&file], &["--json"]).exits(code).json()
    }

    /// Imports a file and returns the result for its only list, whatever the step's exit code is.
    #[track_caller]
    pub(super) fn recognised(&self, name: &str, bytes: impl AsRef<[u8]>) -> Value {
        let file = self.file(name, bytes);
        let told = self.import(&[&file], &["--json"]).json();
        assert_eq!(told["imported"].as_array().map(Vec::len), Some(1), "{told}");
        told["imported"][0].clone()
    }

    /// Imports rows as CSV and returns the result for the list.
    #[track_caller]
    pub(super) fn list(&self, rows: &Rows, code: i32) -> Value {
        let told = self.told("list.csv", csv(rows, ",", "\r\n"), code);
        assert_eq!(told["imported"].as_array().map(Vec::len), Some(1), "{told}");
        told["imported"][0].clone()
    }

    /// Counts the evidence entries in the journal.
    pub(super) fn recorded(&self) -> usize {
        self.desk.journaled("shown").len()
    }
}

/// Moves every entry of the journal this many days into the past.
pub(super) fn age(exports: &Exports, days: i64) {
    let path = exports.desk.journal_path();
    let text = fs::read_to_string(&path).expect("a journal");
    let aged: String = text
        .lines()
        .map(|line| {
            let mut line: Value = serde_json::from_str(line).expect("a line");
            let at: jiff::Timestamp = line["at"].as_str().expect("a time").parse().expect("a time");
            let before = at - jiff::SignedDuration::from_hours(24 * days);
            line["at"] = before.to_string().into();
            format!("{line}\n")
        })
        .collect();
    fs::write(path, aged).expect("written");
}

/// Returns the texts of a JSON array.
pub(super) fn texts(value: &Value) -> Vec<&str> {
    value.as_array().expect("an array").iter().map(|text| text.as_str().expect("a text")).collect()
}

/// Returns a list's value for a field, and why it is not right.
#[track_caller]
pub(super) fn field<'a>(list: &'a Value, key: &str) -> (&'a str, Vec<&'a str>) {
    let fields = list["fields"].as_array().expect("fields");
    let field = fields.iter().find(|field| field["key"] == key).unwrap_or_else(|| panic!("{key} in {list}"));
    let why = texts(&field["why"]);
    assert_eq!(field["verdict"], if why.is_empty() { "same" } else { "differs" });
    (field["got"].as_str().expect("a text"), why)
}

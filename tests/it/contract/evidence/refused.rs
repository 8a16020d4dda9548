//! Files that are not one of the known lists are refused, with what was expected and what was found. Nothing is recorded.
use super::desk::{Exports, Rows, csv, queues, routing, rows, rules, templates, xlsx};
use rstest::rstest;
use std::io::Write as _;

/// Returns a list without one of its columns.
fn without(rows: &Rows, header: &str) -> Rows {
    let at = rows[0].iter().position(|cell| cell == header).expect("a column");
    rows.iter()
        .map(|row| row.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, cell)| cell.clone()).collect())
        .collect()
}

#[rstest]
#[case::no_condition(without(&routing(), "MatchString"), &["it looks like Routing, but lacks MatchString", "found: \"RuleNo\"", "expected Routing: RuleNo, RuleActive"])]
#[case::no_switch(without(&routing(), "RuleActive"), &["lacks RuleActive"])]
#[case::no_site(without(&queues(), "NVTGC"), &["it looks like CustomQueues, but lacks NVTGC"])]
#[case::no_template(without(&rules(), "Rota Templates"), &["it looks like Rota assignment rules, but lacks Rota templates"])]
#[case::no_code(without(&templates(), "Code"), &["it looks like Rota templates, but lacks Code"])]
#[case::no_header(templates()[1..].to_vec(), &["none of its rows is the header of a known list", "found: ", "expected Rota templates"])]
#[case::another_list(rows(&[["Partner", "Library", "City"], ["a", "b", "c"]]), &["found: \"Partner\", \"Library\", \"City\"", "or       CustomQueues"])]
#[case::a_column_twice(rows(&[["QueueName", "ProcessType", "NVTGC", "NVTGC"], ["a", "b", "c", "d"]]), &["the column NVTGC more than once"])]
#[case::nothing(Rows::new(), &["it is empty"])]
#[case::blanks(rows(&[["", " "], ["", ""]]), &["it is empty"])]
fn an_unknown_layout_is_refused_with_what_was_expected_and_found(#[case] rows: Rows, #[case] words: &[&str]) {
    let exports = Exports::new();
    let files = [exports.file("list.csv", csv(&rows, ",", "\n")), exports.file("list.xlsx", xlsx(&[("List", &rows)]))];
    for file in &files {
        let ran = exports.import(&[file], &["--json"]).exits(2);
        for word in words.iter().chain(&["Nothing was recorded", "list."]) {
            assert!(ran.err().contains(word), "{word}: {}", ran.err());
        }
        assert!(ran.out().is_empty());
    }
    assert_eq!(exports.recorded(), 0);
}

#[test]
fn nothing_of_several_files_is_recorded_where_one_is_refused() {
    let exports = Exports::new();
    let good = exports.file("templates.csv", csv(&templates(), ",", "\n"));
    let bad = exports.file("notes.csv", "a,b\n");
    exports.import(&[&good, &bad], &[]).exits(2);
    let twice = exports.import(&[&good, &good], &[]).exits(2);
    assert!(twice.err().contains("both are Rota templates"), "{}", twice.err());
    let several = exports.file("two.xlsx", xlsx(&[("Now", &templates()), ("Before", &templates())]));
    let ran = exports.import(&[&several], &[]).exits(2);
    assert!(ran.err().contains("two.xlsx (sheet Now) and two.xlsx (sheet Before): both are"), "{}", ran.err());
    exports.import(&[], &[]).exits(2);
    assert_eq!(exports.recorded(), 0);
    exports.import(&[&good], &[]).exits(0);
    assert_eq!(exports.recorded(), 1);
}

#[test]
fn what_is_no_table_is_refused_by_what_it_is() {
    let exports = Exports::new();
    let whole = xlsx(&[("List", &templates())]);
    let damaged = || {
        let mut bytes = whole.clone();
        let middle = bytes.len() / 2;
        bytes[middle..middle + 40].fill(0x55);
        bytes
    };
    let utf_16_with_half_a_character = [&[0xFF, 0xFE][..], b"C\0o\0d\0e\0\x00\xD8x\0"].concat();
    for (name, bytes, words) in [
        ("old.xls", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1rest".to_vec(), "an old Excel"),
        ("list.pdf", b"%PDF-1.7 rest".to_vec(), "it is a PDF"),
        ("cut.xlsx", whole[..whole.len() / 2].to_vec(), "cannot be unpacked"),
        ("damaged.xlsx", damaged(), "cannot be"),
        ("other.zip", archive(&[("readme.txt", b"hello")]), "cannot be read as"),
        ("screen.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR and so on".to_vec(), "neither "),
        ("half.csv", utf_16_with_half_a_character, "text in UTF-16LE"),
        ("empty.csv", Vec::new(), "empty"),
        ("page.csv", b"<!DOCTYPE html><html><body>Sign in, please</body></html>".to_vec(), "it is a web page"),
    ] {
        let file = exports.file(name, bytes);
        let ran = exports.import(&[&file], &[]).exits(2);
        assert!(ran.err().contains(words) && ran.err().contains(name), "{name}: {}", ran.err());
    }
    for path in [exports.folder().to_str().expect("UTF-8"), "/dev/zero", "nowhere/list.csv"] {
        let ran = exports.import(&[path], &[]).exits(2);
        assert!(ran.err().contains(path), "{}", ran.err());
    }
    assert_eq!(exports.recorded(), 0);
}

/// Returns the files in a ZIP archive.
pub(super) fn unpacked(archive: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(archive)).expect("an archive");
    (0..archive.len())
        .map(|at| {
            let mut file = archive.by_index(at).expect("a file");
            let mut bytes = Vec::new();
            std::io::Read::read_to_end(&mut file, &mut bytes).expect("read");
            (file.name().expect("a name").into_owned(), bytes)
        })
        .collect()
}

#[test]
fn a_damaged_workbook_is_read_or_refused_and_breaks_nothing() {
    let exports = Exports::new();
    let files = unpacked(&xlsx(&[("List", &templates()), ("Other", &queues())]));
    let (mut read, mut refused) = (0, 0);
    for (damaged, (name, bytes)) in files.iter().enumerate() {
        let cut = |at: usize| bytes[..bytes.len() * at / 8].to_vec();
        let without = |words: &str| {
            let text = String::from_utf8_lossy(bytes);
            text.replace(words, "").into_bytes()
        };
        let changes = (0..8)
            .map(cut)
            .chain(["/", "\"", "worksheets", "rId1", "=", "<row", "A1", ">", "r=", "t=\"s\""].map(without));
        for change in changes {
            let with = |(at, (name, bytes)): (usize, &(String, Vec<u8>))| {
                (name.clone(), if at == damaged { change.clone() } else { bytes.clone() })
            };
            let all: Vec<(String, Vec<u8>)> = files.iter().enumerate().map(with).collect();
            let all: Vec<(&str, &[u8])> = all.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
            let file = exports.file("damaged.xlsx", archive(&all));
            match last_resort::io::read_sheets(std::path::Path::new(&file)) {
                Ok(_) => read += 1,
                Err(failure) => {
                    assert!(
                        failure.what.contains("damaged.xlsx") && failure.kind.exit_code() == 2,
                        "{name}: {failure}"
                    );
                    refused += 1;
                }
            }
        }
    }
    assert!(read > 20 && refused > 20, "{read} read, {refused} refused");
}

/// Makes a ZIP archive that poses as a list.
pub(super) fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a file");
        archive.write_all(bytes).expect("written");
    }
    archive.finish().expect("an archive").into_inner()
}

#[test]
fn a_file_that_is_too_big_is_refused_before_it_costs_anything() {
    let exports = Exports::new();
    let header = "QueueName,ProcessType,NVTGC\n";
    let row = "Request Imported from Alma,Borrowing,ILL\n";
    let bomb = archive(&[("xl/sharedStrings.xml", &vec![b' '; 210 * 1024 * 1024])]);
    assert!(bomb.len() < 1024 * 1024, "the compressed archive is small");
    let far: Rows = (0..100_001).map(|at| vec![if at == 0 { "QueueName" } else { "x" }.to_owned()]).collect();
    for (name, bytes, words) in [
        ("bytes.csv", header.as_bytes().repeat(1_200_000), "more than 32 MB"),
        ("rows.csv", (header.to_owned() + &row.repeat(100_001)).into_bytes(), "more than 100000 rows"),
        ("rows.xlsx", xlsx(&[("List", &far)]), "more than 100000 rows"),
        ("cells.csv", format!("{}\n", ",".repeat(190)).repeat(30_000).into_bytes(), "its cells need too much memory"),
        ("bomb.xlsx", bomb, "unpacks to more than"),
    ] {
        let file = exports.file(name, bytes);
        let ran = exports.import(&[&file], &[]).exits(2);
        assert!(ran.err().contains(words), "{name}: {}", ran.err());
    }
    assert_eq!(exports.recorded(), 0);
    // The largest allowed number of rows is accepted.
    let file = exports.file("rows.csv", header.to_owned() + &row.repeat(99_999));
    exports.import(&[&file], &[]).exits(0);
}

#[test]
fn a_key_in_a_cell_of_ours_is_not_recorded() {
    let exports = Exports::new();
    let keys = exports.desk.sim.keys();
    for key in [&keys.alma, &keys.illiad, &keys.export] {
        let mut rows = queues();
        rows[2][2] = format!(" {key} ");
        let file = exports.file("queues.csv", csv(&rows, ",", "\n"));
        let ran = exports.import(&[&file], &[]).exits(1);
        assert!(
            ran.err().contains("illiad.queue.nvtgc contains this campus's") && !ran.err().contains(key),
            "{}",
            ran.err()
        );
        assert!(ran.out().is_empty());
    }
    assert_eq!(exports.recorded(), 0);
}

#[test]
fn a_file_that_is_no_list_is_not_repeated() {
    let exports = Exports::new();
    let keys = exports.desk.sim.keys();
    let patrons = format!("{};10000001;lib@example.edu\n{};10000002;x\n", keys.illiad, keys.alma);
    let file = exports.file("patrons.csv", patrons);
    let ran = exports.import(&[&file], &[]).exits(2);
    for secret in [&keys.illiad, &keys.alma, "10000001", "lib@example.edu"] {
        assert!(!ran.err().contains(secret), "{}", ran.err());
    }
    assert!(ran.err().contains("(8 characters)"), "{}", ran.err());
}

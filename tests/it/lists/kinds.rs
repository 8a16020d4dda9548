//! What a file is, whatever its name says, and how much of it is read.
use super::{pairs, people_in};
use last_resort::engine::forecast::LineFault;
use last_resort::io::sheets_in;
use rstest::rstest;
use rust_xlsxwriter::Workbook;
use std::io::{Cursor, Write as _};
use zip::write::SimpleFileOptions;

/// Makes a workbook of these rows. Whole numbers become number cells.
fn workbook(rows: &[&[&str]]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in (0_u32..).zip(rows) {
        for (column, cell) in (0_u16..).zip(cells.iter()) {
            match cell.parse::<u32>() {
                Ok(number) => sheet.write_number(row, column, number),
                Err(_) => sheet.write_string(row, column, *cell),
            }
            .expect("a cell");
        }
    }
    book.save_to_buffer().expect("a workbook")
}

fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        archive.start_file(*name, SimpleFileOptions::default()).expect("a file");
        archive.write_all(bytes).expect("written");
    }
    archive.finish().expect("an archive").into_inner()
}

#[test]
fn people_are_read_from_a_workbook() {
    let rows: [&[&str]; 4] = [
        &["People of our campus"],
        &["EMPLID", "Old username", "Name"],
        &["10000001", "jdoe", "Doe, J"],
        &["10000002", ""],
    ];
    let list = people_in(workbook(&rows)).expect("a list");
    assert_eq!(pairs(&list), [("10000001", vec!["jdoe"]), ("10000002", vec![])]);
    assert_eq!(list.people.iter().map(|person| person.line).collect::<Vec<_>>(), [Some(3), Some(4)]);
}

/// An OpenDocument file begins with its type, not compressed.
fn ods() -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    archive.start_file("mimetype", stored).expect("a file");
    archive.write_all(b"application/vnd.oasis.opendocument.spreadsheet").expect("written");
    archive.start_file("content.xml", SimpleFileOptions::default()).expect("a file");
    archive.write_all(b"<office/>").expect("written");
    archive.finish().expect("an archive").into_inner()
}

#[rstest]
#[case::ods(ods(), "OpenDocument spreadsheet (ods)", "save it as xlsx or csv")]
#[case::xls(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1rest".to_vec(), "old Excel workbook (xls)", "save it as xlsx or csv")]
#[case::page(b"\xEF\xBB\xBF\r\n<html><table><tr><td>EMPLID</td></tr></table></html>".to_vec(), "web page (HTML)", "save it as xlsx or csv")]
#[case::old_xml(b"<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">".to_vec(), "SpreadsheetML", "save it as xlsx or csv")]
#[case::cut(workbook(&[&["EMPLID"], &["10000001"]])[..3000].to_vec(), "incomplete workbook", "export it again")]
#[case::binary(archive(&[("xl/workbook.bin", b"x")]), "binary workbook (xlsb)", "save it as xlsx or csv")]
#[case::packed(b"\x1F\x8B\x08rest".to_vec(), "gzip", "decompress it")]
#[case::bytes(b"EMPLID\n1\0".to_vec(), "neither xlsx nor text", "export the list")]
fn another_kind_of_file_is_named_with_what_to_do(#[case] bytes: Vec<u8>, #[case] what: &str, #[case] next: &str) {
    let fault = sheets_in(&bytes).expect_err("no table");
    assert!(fault.why.contains(what), "{fault:?}");
    assert!(fault.next.is_some_and(|told| told.contains(next)), "{fault:?}");
}

/// A workbook with these parts in place of the strings and the cells of a sound one.
fn workbook_with(strings: &str, cells: &str) -> Vec<u8> {
    let sound = workbook(&[&["EMPLID"], &["x"]]);
    let mut archive = zip::ZipArchive::new(Cursor::new(sound.as_slice())).expect("an archive");
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).expect("a file");
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut file, &mut bytes).expect("read");
        let name = file.name().expect("a name").into_owned();
        let bytes = match name.as_str() {
            "xl/sharedStrings.xml" => strings.as_bytes().to_vec(),
            "xl/worksheets/sheet1.xml" => cells.as_bytes().to_vec(),
            _ => bytes,
        };
        files.push((name, bytes));
    }
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    self::archive(&files)
}

#[test]
fn a_small_file_cannot_take_much_memory() {
    let space = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
    let strings = |inner: &str| format!("<sst {space}>{inner}</sst>");
    let sheet = |rows: &str| format!("<worksheet {space}><sheetData>{rows}</sheetData></worksheet>");
    let row = |at: usize, cells: &str| format!("<row r=\"{at}\">{cells}</row>");
    // Many strings of nothing; and one long string that every cell refers to.
    let hollow = workbook_with(&strings(&"<si/>".repeat(6_000_000)), &sheet(""));
    let long = strings(&format!("<si><t>{}</t></si>", "x".repeat(30_000)));
    let rows: String = (1..=10_000).map(|at| row(at, "<c t=\"s\"><v>0</v></c>")).collect();
    let repeated = workbook_with(&long, &sheet(&rows));
    for (name, bytes) in [("hollow", hollow), ("repeated", repeated)] {
        assert!(bytes.len() < 400_000, "{name}: {} bytes", bytes.len());
        let fault = sheets_in(&bytes).expect_err(name);
        assert!(fault.why.contains("real exports are much smaller"), "{name}: {fault:?}");
    }
}

#[test]
fn a_formula_without_a_value_is_named_and_nobody_vanishes() {
    let space = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
    let text = |at: &str, text: &str| format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let formula = |at: &str| format!("<c r=\"{at}\"><f>{at}9</f><v></v></c>");
    let rows = [
        [text("A1", "EMPLID"), text("B1", "Old username")],
        [formula("A2"), String::new()],
        [text("A3", "10000001"), formula("B3")],
        [text("A4", "10000002"), "<c r=\"B4\" t=\"str\"><f>IF(1,\"\")</f><v></v></c>".to_owned()],
    ];
    let cells: String =
        rows.iter().enumerate().map(|(at, cells)| format!("<row r=\"{}\">{}</row>", at + 1, cells.concat())).collect();
    let sheet = format!("<worksheet {space}><sheetData>{cells}</sheetData></worksheet>");
    let list = people_in(workbook_with(&format!("<sst {space}/>"), &sheet)).expect("a list");
    assert_eq!(pairs(&list), [("10000002", vec![])]);
    let unusable: Vec<_> = list.unusable.iter().map(|unusable| (unusable.line, unusable.why)).collect();
    assert_eq!(unusable, [(2, LineFault::NoValue), (3, LineFault::NoValue)]);
}

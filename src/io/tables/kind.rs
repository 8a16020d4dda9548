//! What a file is, by its first bytes and by what is packed inside. Its name says nothing sure.
use super::fault::TableFault;
use std::io::Cursor;
use zip::ZipArchive;

/// The two kinds of file that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FileKind {
    /// An xlsx, which is a packed folder.
    Workbook,
    /// A text with separators.
    Text,
}

const SAVE: &str = "open it in a spreadsheet program and save it as xlsx or csv";
const EXPORT: &str = "export the list as xlsx or csv";
const AGAIN: &str = "export it again, or copy it again: the whole file must arrive";

/// Tells what a file is.
///
/// # Errors
/// What it is, and what to do, if it is nothing that can be read.
pub(super) fn kind(bytes: &[u8]) -> Result<FileKind, TableFault> {
    let other = |why: &str, next| Err(TableFault::new(why).next(next));
    match bytes {
        [b'P', b'K', 3 | 5, ..] => packed(bytes),
        [0xD0, 0xCF, 0x11, 0xE0, ..] => other("it is an old Excel workbook (xls), or an xlsx with a password", SAVE),
        [b'%', b'P', b'D', b'F', ..] => other("it is a PDF", EXPORT),
        [0x1F, 0x8B, ..] => other("it is compressed (gzip)", "decompress it first"),
        [b'{', b'\\', b'r', b't', b'f', ..] => other("it is a word-processor document (RTF)", SAVE),
        _ => match markup(bytes) {
            Some(Markup::Page) => other("it is a web page (HTML), despite its name", SAVE),
            Some(Markup::OldWorkbook) => other("it is a workbook in an old XML format (SpreadsheetML 2003)", SAVE),
            Some(Markup::OpenDocument) => other("it is a flat OpenDocument spreadsheet (fods)", SAVE),
            Some(Markup::Other) => other("it is XML, not a table", EXPORT),
            None => Ok(FileKind::Text),
        },
    }
}

/// What a text in angle brackets is.
enum Markup {
    Page,
    OldWorkbook,
    OpenDocument,
    Other,
}

/// How much of the beginning is searched for markup, in bytes.
const BEGINNING: usize = 2048;

fn markup(bytes: &[u8]) -> Option<Markup> {
    // In UTF-16 every other byte of plain markup is zero.
    let start: Vec<u8> = bytes.iter().take(BEGINNING).copied().filter(|byte| *byte != 0).collect();
    let text = String::from_utf8_lossy(&start).to_ascii_lowercase();
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{fffd}'));
    let page = ["<!doctype html", "<html", "<head", "<body", "<table", "<meta", "<style", "<div"];
    if page.iter().any(|tag| text.starts_with(tag)) || text.starts_with('<') && text.contains("<html") {
        return Some(Markup::Page);
    }
    if !text.starts_with("<?xml") {
        return None;
    }
    Some(match text {
        _ if text.contains("urn:schemas-microsoft-com:office:spreadsheet") => Markup::OldWorkbook,
        _ if text.contains("opendocument") => Markup::OpenDocument,
        _ => Markup::Other,
    })
}

/// Tells what a ZIP archive holds.
fn packed(bytes: &[u8]) -> Result<FileKind, TableFault> {
    if starts_as_open_document(bytes) {
        return Err(TableFault::new("it is an OpenDocument spreadsheet (ods)").next(SAVE));
    }
    let Ok(archive) = ZipArchive::new(Cursor::new(bytes)) else {
        // An archive's table of contents is at its end.
        return Err(TableFault::new("it is an incomplete workbook: it cannot be unpacked").next(AGAIN));
    };
    let holds = |name: &str| archive.index_for_name(name).is_some();
    match () {
        () if holds("xl/workbook.bin") => Err(TableFault::new("it is a binary workbook (xlsb)").next(SAVE)),
        () if holds("Index/Document.iwa") => Err(TableFault::new("it is a Numbers workbook").next(SAVE)),
        () if holds("word/document.xml") => Err(TableFault::new("it is a word-processor document (docx)").next(SAVE)),
        () => Ok(FileKind::Workbook),
    }
}

/// An OpenDocument file begins with an entry "mimetype" that is not compressed.
fn starts_as_open_document(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(200)];
    let kind = b"mimetypeapplication/vnd.oasis.opendocument";
    start.windows(kind.len()).any(|window| window == kind)
}

//! Reads exported lists: an xlsx or a text file with separators becomes rows of text.
//!
//! Limits are checked before a file is trusted: its size, its unpacked size, its rows and its cells.
use crate::engine::import::ExportedSheet;
use crate::engine::journal::FileStamp;
use crate::failure::{Failure, FailureKind};
use crate::text::clean;
use calamine::{DataRef, Reader as _, Xlsx};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};
use std::fs::File;
use std::io::{Cursor, Read as _};
use std::path::Path;
use zip::ZipArchive;

/// Largest file, in bytes.
const MOST_BYTES: u64 = 20 * 1024 * 1024;
/// Most bytes an xlsx may unpack to. Lists of text compress to a tenth or less.
const MOST_UNPACKED: u64 = 200 * 1024 * 1024;
/// Most rows in a file.
const MOST_ROWS: usize = 100_000;
/// Columns that are read; the rest are ignored. The lists have about a dozen.
const MOST_COLUMNS: usize = 200;
/// Most cells in a file.
const MOST_CELLS: usize = 5_000_000;
/// Characters of a cell that are read. A spreadsheet cell holds no more.
const MOST_CHARACTERS: usize = 32_767;

type Rows = Vec<Vec<String>>;

/// The name of a file that means standard input.
const STDIN: &str = "-";

/// An exported file: its sheets, and what tells it apart from every other file.
#[derive(Debug)]
pub struct ExportedFile {
    /// The file's name, without its folders.
    pub name: String,
    pub stamp: FileStamp,
    pub sheets: Vec<ExportedSheet>,
}

/// Reads a file, or standard input for `-`, as one or more sheets.
pub fn read_exported(path: &Path) -> Result<ExportedFile, Failure> {
    if path.as_os_str() == STDIN {
        let path = Path::new("standard input");
        let bytes = within_limit(path, std::io::stdin().lock())?;
        let sheets = sheets(path, &bytes)?;
        let stamp = FileStamp { sha256: sha256(&bytes), modified: None };
        return Ok(ExportedFile { name: path.display().to_string(), stamp, sheets });
    }
    let (bytes, modified) = bytes(path)?;
    let name = path.file_name().map(|name| clean(&name.to_string_lossy(), 100)).unwrap_or_default();
    let sheets = sheets(path, &bytes)?;
    let stamp = FileStamp { sha256: sha256(&bytes), modified };
    Ok(ExportedFile { name, stamp, sheets })
}

/// Reads a file as one or more sheets.
pub fn read_sheets(path: &Path) -> Result<Vec<ExportedSheet>, Failure> {
    Ok(read_exported(path)?.sheets)
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn sheets(path: &Path, bytes: &[u8]) -> Result<Vec<ExportedSheet>, Failure> {
    let refused = |why: String| refused(path, &why);
    match bytes {
        [b'P', b'K', 3 | 5, ..] => workbook(bytes).map_err(refused),
        [0xD0, 0xCF, 0x11, 0xE0, ..] => {
            Err(refused("it is a file of an old Excel (xls), or one with a password".into())
                .hint("open it in a spreadsheet program and save it as xlsx or csv"))
        }
        [b'%', b'P', b'D', b'F', ..] => Err(refused("it is a PDF".into()).hint("export the list as xlsx or csv")),
        bytes => text(bytes).map(|sheet| vec![sheet]).map_err(refused),
    }
}

fn refused(path: &Path, why: &str) -> Failure {
    Failure::new(FailureKind::Usage, format!("{}: {why}; nothing was recorded.", path.display()))
}

/// The bytes of a file, and when it was last changed.
fn bytes(path: &Path) -> Result<(Vec<u8>, Option<Timestamp>), Failure> {
    let failed = |error: std::io::Error| refused(path, &format!("it cannot be read ({error})"));
    // Checked before opening: opening a pipe that nobody writes to would block for ever.
    let about = std::fs::metadata(path).map_err(failed)?;
    if !about.is_file() {
        return Err(refused(path, "it is no file"));
    }
    let modified = about.modified().ok().and_then(|at| Timestamp::try_from(at).ok());
    Ok((within_limit(path, File::open(path).map_err(failed)?)?, modified))
}

fn within_limit(path: &Path, from: impl std::io::Read) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let failed = |error: std::io::Error| refused(path, &format!("it cannot be read ({error})"));
    from.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(failed)?;
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > MOST_BYTES {
        let why = format!("it has more than {} MB, which no such list has", MOST_BYTES / 1024 / 1024);
        return Err(refused(path, &why));
    }
    Ok(bytes)
}

/// The rows read so far, kept within the limits.
#[derive(Default)]
struct Gathered {
    rows: Rows,
    cells: usize,
}

impl Gathered {
    /// The row at this index, counted from 0. Missing rows before it are added.
    fn row(&mut self, at: usize) -> Result<&mut Vec<String>, String> {
        if at >= MOST_ROWS {
            return Err(format!("it has more than {MOST_ROWS} rows, which no such list has"));
        }
        if self.rows.len() <= at {
            self.rows.resize_with(at + 1, Vec::new);
        }
        Ok(&mut self.rows[at])
    }

    fn put(&mut self, row: usize, column: usize, text: &str) -> Result<(), String> {
        if column >= MOST_COLUMNS {
            return Ok(());
        }
        let cells = self.row(row)?;
        let more = (column + 1).saturating_sub(cells.len());
        if more > 0 {
            cells.resize_with(column + 1, String::new);
        }
        cells[column] = text.chars().take(MOST_CHARACTERS).collect();
        self.cells += more;
        if self.cells > MOST_CELLS {
            Err("it has millions of cells, which no such list has".to_owned())
        } else {
            Ok(())
        }
    }
}

/// Excel writes this at the start of a text file to name the separator.
const EXCEL_SEPARATOR: &str = "sep=";
/// The separators that are tried.
const SEPARATORS: [u8; 4] = *b",;\t|";

fn text(bytes: &[u8]) -> Result<ExportedSheet, String> {
    let text = decoded(bytes)?;
    if text.chars().any(|c| c == '\0') {
        return Err("it is neither an xlsx nor a text".to_owned());
    }
    let text = match text.get(..EXCEL_SEPARATOR.len()) {
        Some(start) if start.eq_ignore_ascii_case(EXCEL_SEPARATOR) => {
            text.split_once('\n').map_or("", |(_, rest)| rest)
        }
        _ => text.as_str(),
    };
    let readings: Result<Vec<Rows>, String> =
        SEPARATORS.into_iter().map(|separator| separated(text, separator)).collect();
    Ok(ExportedSheet { name: None, readings: readings? })
}

fn separated(text: &str, separator: u8) -> Result<Rows, String> {
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(text.as_bytes());
    let mut gathered = Gathered::default();
    let mut row = 0;
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record).map_err(|error| format!("it cannot be read as a table ({error})"))? {
        let from = record.position().and_then(|position| usize::try_from(position.byte()).ok()).unwrap_or(0);
        row += line_ends(text, from) + usize::from(from > 0);
        for (column, cell) in record.iter().enumerate() {
            gathered.put(row, column, cell)?;
        }
    }
    Ok(gathered.rows)
}

/// Counts the line ends at this place. They are empty lines: the reader skips them, but people count them.
fn line_ends(text: &str, from: usize) -> usize {
    let bytes = text.as_bytes();
    let ends = (from..bytes.len()).take_while(|at| matches!(bytes[*at], b'\r' | b'\n'));
    ends.filter(|at| bytes[*at] == b'\r' || *at == 0 || bytes[*at - 1] != b'\r').count()
}

/// Decodes a text by its byte order mark. Without one: UTF-16 if every other byte is zero, else UTF-8, else
/// Windows-1252, which spreadsheet programs write for text that is not Unicode.
fn decoded(bytes: &[u8]) -> Result<String, String> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return strictly(encoding, &bytes[mark..]);
    }
    let nothings = |from: usize| bytes.iter().skip(from).step_by(2).take(200).filter(|byte| **byte == 0).count();
    let half = bytes.len().min(400) / 4;
    match (nothings(0), nothings(1)) {
        (_, odd) if odd > half => strictly(UTF_16LE, bytes),
        (even, _) if even > half => strictly(UTF_16BE, bytes),
        _ => strictly(UTF_8, bytes).or_else(|_| strictly(WINDOWS_1252, bytes)),
    }
}

fn strictly(encoding: &'static Encoding, bytes: &[u8]) -> Result<String, String> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes);
    text.map(std::borrow::Cow::into_owned).ok_or_else(|| format!("it is no text in {}", encoding.name()))
}

fn workbook(bytes: &[u8]) -> Result<Vec<ExportedSheet>, String> {
    unpacks_within_limits(bytes)?;
    let broken = |error: &dyn std::fmt::Display| format!("it cannot be read as an xlsx ({error})");
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    let mut sheets = Vec::new();
    for name in book.sheet_names() {
        let mut cells = match book.worksheet_cells_reader(&name) {
            Ok(cells) => cells,
            // A chart sheet has no cells.
            Err(calamine::XlsxError::NotAWorksheet(_)) => continue,
            Err(error) => return Err(broken(&error)),
        };
        let mut gathered = Gathered::default();
        while let Some(cell) = cells.next_cell().map_err(|error| broken(&error))? {
            let text = match cell.get_value() {
                DataRef::Empty => continue,
                DataRef::String(text) => text.clone(),
                DataRef::SharedString(text) => (*text).to_owned(),
                other => calamine::Data::from(other.clone()).to_string(),
            };
            let (row, column) = cell.get_position();
            let place = |at: u32| usize::try_from(at).unwrap_or(usize::MAX);
            gathered.put(place(row), place(column), &text)?;
        }
        sheets.push(ExportedSheet { name: Some(name), readings: vec![gathered.rows] });
    }
    Ok(sheets)
}

/// Checks the unpacked size by unpacking everything once and discarding it. The sizes that an archive states may be
/// wrong.
fn unpacks_within_limits(bytes: &[u8]) -> Result<(), String> {
    let broken = |error: &dyn std::fmt::Display| format!("it cannot be unpacked ({error})");
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    let mut left = MOST_UNPACKED;
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).map_err(|error| broken(&error))?.take(left + 1);
        let read = std::io::copy(&mut file, &mut std::io::sink()).map_err(|error| broken(&error))?;
        left = left.checked_sub(read).ok_or("it unpacks to more than such a list can have")?;
    }
    Ok(())
}

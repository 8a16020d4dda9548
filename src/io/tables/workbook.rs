//! Reads an xlsx.
use super::fault::TableFault;
use super::room::{MOST_ROWS, Room};
use crate::engine::sheet::{ExportedSheet, QuoteUse, SheetReading, SheetRow};
use crate::io::files::MOST_GIVEN_BYTES;
use calamine::{DataRef, Reader as _, Xlsx};
use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// Columns that are read; the rest are ignored. The lists have about a dozen.
const MOST_COLUMNS: usize = 200;
/// What a tag counts besides its own letters. A reader keeps something for each, and a workbook can be all tags.
const TAG: u64 = 4;

/// Reads the sheets of a workbook.
pub(super) fn sheets(bytes: &[u8], room: &mut Room) -> Result<Vec<ExportedSheet>, TableFault> {
    unpacks_within_limits(bytes)?;
    let broken = |error: &dyn std::fmt::Display| {
        TableFault::new(format!("it cannot be read as xlsx ({error})")).next("export it again as xlsx or csv")
    };
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    let mut sheets = Vec::new();
    for name in book.sheet_names() {
        let mut cells = match book.worksheet_cells_reader(&name) {
            Ok(cells) => cells,
            // A chart sheet has no cells.
            Err(calamine::XlsxError::NotAWorksheet(_)) => continue,
            Err(error) => return Err(broken(&error)),
        };
        let mut rows: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        while let Some(cell) = cells.next_cell().map_err(|error| broken(&error))? {
            let (row, column) = cell.get_position();
            let place = |at: u32| usize::try_from(at).unwrap_or(usize::MAX);
            let (row, column) = (place(row), place(column));
            if column >= MOST_COLUMNS || matches!(cell.get_value(), DataRef::Empty) {
                continue;
            }
            if row >= MOST_ROWS {
                room.row(row)?;
            }
            let text = match cell.get_value() {
                DataRef::String(text) => text.clone(),
                DataRef::SharedString(text) => (*text).to_owned(),
                other => calamine::Data::from(other.clone()).to_string(),
            };
            put(&mut rows, row, column, text, room)?;
        }
        sheets.push(ExportedSheet { name: Some(name), readings: vec![reading(rows)] });
    }
    Ok(sheets)
}

fn put(
    rows: &mut BTreeMap<usize, Vec<String>>,
    row: usize,
    column: usize,
    text: String,
    room: &mut Room,
) -> Result<(), TableFault> {
    if !rows.contains_key(&row) {
        room.row(rows.len())?;
    }
    let cells = rows.entry(row).or_default();
    for _ in cells.len()..=column {
        room.cell("")?;
        cells.push(String::new());
    }
    room.cell(&text)?;
    cells[column] = text;
    Ok(())
}

fn reading(rows: BTreeMap<usize, Vec<String>>) -> SheetReading {
    let row = |(at, cells)| SheetRow { line: at + 1, cells, quotes: QuoteUse::Sound };
    let rows = rows.into_iter().map(row).filter(|row| !row.is_blank()).collect();
    SheetReading { rows, separator: None, open_quote: None }
}

/// Checks the unpacked size by unpacking everything once and discarding it. The sizes that an archive states may be
/// wrong.
fn unpacks_within_limits(bytes: &[u8]) -> Result<(), TableFault> {
    let broken = |error: &dyn std::fmt::Display| {
        TableFault::new(format!("it is damaged: it cannot be unpacked ({error})")).next("export or copy it again")
    };
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    let mut left = MOST_GIVEN_BYTES;
    let mut buffer = vec![0; 64 << 10];
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).map_err(|error| broken(&error))?;
        loop {
            let read = file.read(&mut buffer).map_err(|error| broken(&error))?;
            if read == 0 {
                break;
            }
            let tags = buffer[..read].iter().filter(|byte| **byte == b'<').count();
            let more = (read as u64).saturating_add(tags as u64 * TAG);
            left = left.checked_sub(more).ok_or_else(|| {
                let most = MOST_GIVEN_BYTES >> 20;
                TableFault::new(format!("it unpacks to more than {most} MB; real exports are much smaller"))
                    .next("keep only the columns that are needed, or save it as csv")
            })?;
        }
    }
    Ok(())
}

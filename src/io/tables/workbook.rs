//! Reads an xlsx.
use super::fault::TableFault;
use super::room::{MOST_ROWS, Room};
use crate::engine::sheet::{CellFault, ExportedSheet, LONGEST_CELL, QuoteUse, SheetReading, SheetRow};
use crate::io::files::MOST_GIVEN_BYTES;
use calamine::{DataRef, Dimensions, Reader as _, Xlsx};
use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// Columns that are read; the rest are ignored. The lists have about a dozen.
const MOST_COLUMNS: usize = 200;
/// Most sheets of a workbook.
const MOST_SHEETS: usize = 200;
/// Merged regions that are looked at in a sheet.
const MOST_MERGED: usize = 2_000;
/// What a tag counts besides its own letters. A reader keeps something for each, and a workbook can be all tags.
const TAG: u64 = 4;

/// Reads the sheets of a workbook.
pub(super) fn sheets(bytes: &[u8], room: &mut Room) -> Result<Vec<ExportedSheet>, TableFault> {
    unpacks_within_limits(bytes)?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    let names = book.sheet_names();
    if names.len() > MOST_SHEETS {
        let why = format!("it has {} sheets, more than {MOST_SHEETS}; real exports have a few", names.len());
        return Err(TableFault::new(why).next("keep only the sheets with the lists"));
    }
    let mut sheets = Vec::new();
    for name in names {
        let Some(mut rows) = filled_rows(&mut book, &name, room)? else { continue };
        mark_merged(&mut rows, &book.merge_cells_by_sheet_name(&name).map_err(|error| broken(&error))?);
        sheets.push(ExportedSheet { name: Some(name), readings: vec![reading(rows)] });
    }
    Ok(sheets)
}

fn broken(error: &dyn std::fmt::Display) -> TableFault {
    TableFault::new(format!("it cannot be read as xlsx ({error})")).next("export it again as xlsx or csv")
}

/// The rows of a sheet, by their place from 0.
type PlacedRows = BTreeMap<usize, SheetRow>;

/// Reads the rows that have anything in them. `None` for a chart sheet, which has no cells.
fn filled_rows(book: &mut Xlsx<Cursor<&[u8]>>, name: &str, room: &mut Room) -> Result<Option<PlacedRows>, TableFault> {
    let mut cells = match book.worksheet_cells_reader(name) {
        Ok(cells) => cells,
        Err(calamine::XlsxError::NotAWorksheet(_)) => return Ok(None),
        Err(error) => return Err(broken(&error)),
    };
    let mut rows = PlacedRows::new();
    while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(|error| broken(&error))? {
        let (row, column) = (place(cell.pos.0), place(cell.pos.1));
        let text = match cell.value {
            DataRef::Empty if cell.formula.is_some() => Err(CellFault::NoValue),
            DataRef::Empty => continue,
            DataRef::String(text) => fitting(&text),
            DataRef::SharedString(text) => fitting(text),
            other => Ok(calamine::Data::from(other).to_string()),
        };
        if column >= MOST_COLUMNS {
            continue;
        }
        if row >= MOST_ROWS {
            room.row(row)?;
        }
        put(&mut rows, row, column, text, room)?;
    }
    Ok(Some(rows))
}

fn place(at: u32) -> usize {
    usize::try_from(at).unwrap_or(usize::MAX)
}

fn fitting(text: &str) -> Result<String, CellFault> {
    let fits = text.len() <= LONGEST_CELL || text.chars().count() <= LONGEST_CELL;
    if fits { Ok(text.to_owned()) } else { Err(CellFault::TooLong) }
}

fn put(
    rows: &mut PlacedRows,
    row: usize,
    column: usize,
    text: Result<String, CellFault>,
    room: &mut Room,
) -> Result<(), TableFault> {
    if !rows.contains_key(&row) {
        room.row(rows.len())?;
    }
    let blank = || SheetRow { line: row + 1, cells: Vec::new(), quotes: QuoteUse::Sound, unread: BTreeMap::new() };
    let row = rows.entry(row).or_insert_with(blank);
    for _ in row.cells.len()..=column {
        room.cell("")?;
        row.cells.push(String::new());
    }
    match text {
        Ok(text) => {
            room.cell(&text)?;
            row.cells[column] = text;
        }
        Err(fault) => {
            room.cell("")?;
            row.unread.insert(column, fault);
        }
    }
    Ok(())
}

/// Marks the empty cells of each merged region, in the rows that have anything in them.
fn mark_merged(rows: &mut PlacedRows, regions: &[Dimensions]) {
    for region in regions.iter().take(MOST_MERGED) {
        let (first, last) = (region.start, region.end);
        let columns = place(first.1)..=place(last.1).min(MOST_COLUMNS);
        for (at, row) in rows.range_mut(place(first.0)..=place(last.0).max(place(first.0))) {
            for column in columns.clone() {
                let is_empty = row.cells.get(column).is_none_or(|cell| cell.trim().is_empty());
                if is_empty && (*at, column) != (place(first.0), place(first.1)) {
                    row.unread.entry(column).or_insert(CellFault::Merged);
                }
            }
        }
    }
}

fn reading(rows: PlacedRows) -> SheetReading {
    let rows = rows.into_values().filter(|row| !row.is_blank()).collect();
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

//! The memory that the cells of one file may take. Without this bound, a small file could unpack to any size: a
//! workbook may refer to one long text from a million cells.
use super::fault::TableFault;

/// Most bytes that the cells of one file may take in memory.
const MOST_BYTES: usize = 96 << 20;
/// Most rows in a sheet.
pub(super) const MOST_ROWS: usize = 100_000;
/// The bytes that a cell takes besides its text: the text's length and place, and the allocator's share.
const CELL: usize = 40;
/// The same for a row.
const ROW: usize = 80;

/// The memory left for the cells of a file.
pub(super) struct Room {
    left: usize,
}

impl Default for Room {
    fn default() -> Self {
        Self { left: MOST_BYTES }
    }
}

impl Room {
    /// Makes room for a cell.
    pub(super) fn cell(&mut self, text: &str) -> Result<(), TableFault> {
        self.take(CELL + text.len())
    }

    /// Makes room for a row without its cells. `at` is its place in the sheet, counted from 0.
    pub(super) fn row(&mut self, at: usize) -> Result<(), TableFault> {
        if at >= MOST_ROWS {
            let why = format!("it has more than {MOST_ROWS} rows; real exports are much smaller");
            return Err(TableFault::new(why).next("keep only the rows that are needed"));
        }
        self.take(ROW)
    }

    fn take(&mut self, bytes: usize) -> Result<(), TableFault> {
        match self.left.checked_sub(bytes) {
            Some(left) => self.left = left,
            None => {
                return Err(TableFault::new("its cells need too much memory; real exports are much smaller")
                    .next("keep only the rows and columns that are needed"));
            }
        }
        Ok(())
    }
}

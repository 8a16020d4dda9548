//! The records of the Customization Manager that somebody has open.
/// The rows that somebody has open, by index. `None` if none is open in that table.
#[derive(Debug, Default)]
pub(super) struct OpenRecords {
    pub(super) rule: Option<usize>,
    pub(super) queue: Option<usize>,
}

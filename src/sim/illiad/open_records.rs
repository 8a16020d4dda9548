//! The records of the Customization Manager that somebody has open.

/// The records that somebody has open.
#[derive(Debug, Default)]
pub(super) struct OpenRecords {
    pub(super) rule: Option<usize>,
    pub(super) queue: Option<usize>,
}

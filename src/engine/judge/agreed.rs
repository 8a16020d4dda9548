//! How an agreed difference is shown, on every screen and in every report.
use crate::text::clean;

/// An agreed difference: the procedure's own value, and why it was agreed on something else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgreedDifference {
    /// In the procedure's words.
    pub procedure: String,
    pub reason: String,
}

impl AgreedDifference {
    /// `agreed difference: the procedure says "ILLiad". Reason: …`
    pub fn words(&self) -> String {
        let reason = clean(&self.reason, 500);
        format!("agreed difference: the procedure says \"{}\". Reason: {reason}", clean(&self.procedure, 400))
    }
}

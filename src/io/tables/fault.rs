//! Why a given file cannot be read as a table.
use crate::failure::{Failure, FailureKind};
use crate::io::files::printable;
use std::path::Path;

/// Why a file cannot be read as a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableFault {
    /// What the file is, or what is wrong with it.
    pub why: String,
    /// What to do instead.
    pub next: Option<&'static str>,
}

impl TableFault {
    pub(super) fn new(why: impl Into<String>) -> Self {
        Self { why: why.into(), next: None }
    }

    pub(super) fn next(self, next: &'static str) -> Self {
        Self { next: Some(next), ..self }
    }

    /// The fault as a failure that names the file.
    pub fn of(self, path: &Path) -> Failure {
        let shown = printable(&path.display().to_string());
        let failure = Failure::new(FailureKind::Usage, format!("{shown}: {}", self.why));
        self.next.into_iter().fold(failure, Failure::hint)
    }
}

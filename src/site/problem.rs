//! What is wrong with a campus file, or with the consortium's.
use std::fmt;

/// Something wrong with a campus file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The dotted path of the key. `None` if the whole file cannot be read.
    pub path: Option<String>,
    /// Line number from 1, if the value is in a file.
    pub line: Option<usize>,
    pub what: String,
    /// The values accepted there, in words.
    pub accepts: Option<&'static str>,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(line) = self.line {
            write!(f, "line {line}: ")?;
        }
        if let Some(path) = &self.path {
            write!(f, "{path} ")?;
        }
        f.write_str(&self.what)?;
        match self.accepts {
            Some(accepts) => write!(f, "; accepted: {accepts}"),
            None => Ok(()),
        }
    }
}

/// The line, from 1, of a place in a text.
pub(super) fn line_of(text: &str, at: usize) -> usize {
    text.as_bytes().iter().take(at).filter(|byte| **byte == b'\n').count() + 1
}

//! The request and the answer behind a sentence: printed with it, or only where to find them.

/// Whether requests and answers are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Details {
    /// Only the plain sentence is printed.
    Folded,
    /// The request, the status, the code and the server's own words follow.
    Shown,
}

impl Details {
    /// The line that follows the sentence and the next step.
    pub fn line(self, folded: &str) -> String {
        match self {
            Self::Folded => WHERE.to_owned(),
            Self::Shown => format!("details: {folded}"),
        }
    }
}

/// Where to find what a plain sentence leaves out.
const WHERE: &str = "details: in last-resort.log; with -v they are shown here";

//! Standard output and the exit code. Errors and remarks go to standard error; nothing else goes to either.
use crate::failure::{Failure, FailureKind};
use crate::text::clean;
use serde::Serialize;
use std::io::Write;

/// How a command ended: its exit code.
pub(super) type Outcome = Result<u8, Failure>;

/// Writes lines to standard output, each free of control characters.
///
/// # Errors
/// Standard output is closed or full.
pub(super) fn lines<S: AsRef<str>>(lines: impl IntoIterator<Item = S>) -> Result<(), Failure> {
    let text: String = lines.into_iter().map(|line| clean(line.as_ref(), 4000) + "\n").collect();
    bytes(text.as_bytes())
}

/// Writes one JSON object to standard output.
///
/// # Errors
/// Standard output is closed or full.
pub(super) fn json(value: &impl Serialize) -> Result<(), Failure> {
    let mut text = serde_json::to_string_pretty(value)
        .map_err(|error| Failure::new(FailureKind::Files, format!("The answer could not be put into JSON: {error}")))?;
    text.push('\n');
    bytes(text.as_bytes())
}

/// Writes bytes to standard output.
///
/// # Errors
/// Standard output is closed or full.
pub(super) fn bytes(bytes: &[u8]) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    out.write_all(bytes).and_then(|()| out.flush()).map_err(|error| unwritten(&error))
}

/// What follows for somebody who saw nothing, where nothing was done.
const AGAIN: &str = " Run it again with an output that takes it.";

/// The failure of writing to standard output.
pub(super) fn unwritten(error: &std::io::Error) -> Failure {
    Failure::new(FailureKind::Output, format!("Standard output could not be written ({error}).{AGAIN}"))
}

/// Before anything is done: whether there is an output at all. What would be written to one that is closed is lost without
/// a word, so nothing is begun.
///
/// # Errors
/// Standard output was closed when we were started.
pub(super) fn writable() -> Result<(), Failure> {
    match crate::io::stdout_was_closed() {
        true => {
            Err(Failure::new(FailureKind::Output, format!("Standard output is closed (>&-): nothing was done.{AGAIN}"))
                .hint("To see nothing of it, send it to /dev/null."))
        }
        false => Ok(()),
    }
}

/// What was told of something that is done by now, and stands in the journal: should nobody have read it, that is said.
///
/// # Errors
/// That of `told`.
pub(super) fn of_done<T>(told: Result<T, Failure>) -> Result<T, Failure> {
    of_kept("What was done is in the journal.", told)
}

/// As [`of_done`], of what is kept elsewhere; `where_it_is` says so.
///
/// # Errors
/// That of `told`.
pub(super) fn of_kept<T>(where_it_is: &str, told: Result<T, Failure>) -> Result<T, Failure> {
    told.map_err(|failure| match (failure.kind, failure.what.strip_suffix(AGAIN)) {
        (FailureKind::Output, Some(what)) => Failure { what: format!("{what} {where_it_is}"), ..failure },
        _ => failure,
    })
}

/// Says something on standard error; where even that is closed, nothing can be said.
pub(super) fn say(text: &str) {
    let shown: Vec<String> = text.lines().map(|line| clean(line, 4000)).collect();
    let _ = writeln!(std::io::stderr().lock(), "{}", shown.join("\n"));
}

//! How commands print: results go to standard output, errors and remarks to standard error. Commands print nothing in any other way.
use crate::engine::render::Details;
use crate::failure::{Failure, FailureKind};
use crate::io::{progress, shown};
use crate::site::Site;
use crate::text::{MARK, clean, escaped, steers};
use serde::Serialize;
use std::io::Write;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether this process prints requests and answers with what failed.
static WITH_DETAILS: AtomicBool = AtomicBool::new(false);

/// From now on requests and answers are printed with what failed.
pub(super) fn show_details() {
    WITH_DETAILS.store(true, Ordering::Relaxed);
}

/// Whether requests and answers are printed.
pub(super) fn details() -> Details {
    if WITH_DETAILS.load(Ordering::Relaxed) { Details::Shown } else { Details::Folded }
}

/// A failure as it is printed: what is wrong, what to do next, and the request and the answer, or where to find them.
pub(super) fn failure_words(failure: &Failure) -> String {
    let details = failure.folded().map(|folded| details().line(folded));
    let words = failure.clone().within(ended).to_string();
    details.into_iter().fold(words, |words, line| format!("{words}\n  {line}"))
}

/// A sentence with its full stop.
fn ended(words: &str) -> String {
    let open = words.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ')' | '"'));
    if open { format!("{words}.") } else { words.to_owned() }
}

/// How a command ended: its exit code, or the failure that gives one.
pub(super) type Outcome = Result<u8, Failure>;

/// Writes lines to standard output, without control characters.
pub(super) fn lines<S: AsRef<str>>(lines: impl IntoIterator<Item = S>) -> Result<(), Failure> {
    let out = std::io::stdout();
    let text: String = lines.into_iter().map(|line| shown::printed(&clean(line.as_ref(), 4000), &out)).collect();
    bytes(text.as_bytes())
}

/// Writes one JSON object to standard output.
pub(super) fn json(value: &impl Serialize) -> Result<(), Failure> {
    let mut text = serde_json::to_string_pretty(value).map_err(|error| {
        Failure::new(FailureKind::Files, format!("The result could not be written as JSON: {error}"))
    })?;
    text.push('\n');
    // No output contains characters that control a terminal, wherever they come from. JSON has escaped the control characters already.
    let shown: String = text.chars().map(|c| if steers(c) && c != '\n' { MARK } else { c }).collect();
    in_code(&shown, in_json)
}

/// A character as JSON can write it in ASCII.
fn in_json(c: char) -> String {
    c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")).collect()
}

/// One JSON object on a line of its own.
pub(super) fn json_line(value: &impl Serialize) -> Result<String, Failure> {
    let text = serde_json::to_string(value).map_err(|error| {
        Failure::new(FailureKind::Files, format!("The result could not be written as JSON: {error}"))
    })?;
    let shown: String = text.chars().map(|c| if steers(c) { MARK } else { c }).chain(['\n']).collect();
    Ok(if shown::prints_ascii() { escaped(&shown, in_json).into_owned() } else { shown })
}

/// Writes JSON lines to standard output.
pub(super) fn json_lines<'a, T: Serialize + 'a>(values: impl IntoIterator<Item = &'a T>) -> Result<(), Failure> {
    values.into_iter().try_for_each(|value| bytes(json_line(value)?.as_bytes()))
}

/// Writes a text to standard output as it is, line by line, in the characters that may be printed.
pub(super) fn text(text: &str) -> Result<(), Failure> {
    bytes(shown::spelled(text).as_bytes())
}

/// Writes a page of HTML to standard output.
pub(super) fn html(page: &str) -> Result<(), Failure> {
    in_code(page, |c| format!("&#x{:X};", u32::from(c)))
}

/// Writes a text in a language that can express every character in ASCII, so that nothing is lost where no other may be printed.
fn in_code(text: &str, escape: impl Fn(char) -> String) -> Result<(), Failure> {
    match shown::prints_ascii() {
        true => bytes(escaped(text, escape).as_bytes()),
        false => bytes(text.as_bytes()),
    }
}

fn bytes(bytes: &[u8]) -> Result<(), Failure> {
    progress::aside(|| {
        let mut out = std::io::stdout().lock();
        out.write_all(bytes).and_then(|()| out.flush()).map_err(|error| output_failure(&error))
    })
}

/// The end of an output failure where nothing was done yet; [`already_kept`] replaces it.
const AGAIN: &str = " Run the command again with an output that can be written to.";

/// The failure for an error while writing to standard output.
pub(super) fn output_failure(error: &std::io::Error) -> Failure {
    let kind =
        if error.kind() == std::io::ErrorKind::BrokenPipe { FailureKind::ReaderGone } else { FailureKind::Output };
    Failure::new(kind, format!("Standard output could not be written ({error}).{AGAIN}"))
}

/// Checks that there is a standard output before anything is done. Writing to a closed one loses the result silently.
///
/// # Errors
/// Standard output was closed when the program was started.
pub(super) fn require_output() -> Result<(), Failure> {
    match crate::io::stdout_was_closed() {
        true => {
            Err(Failure::new(FailureKind::Output, format!("Standard output is closed (>&-). Nothing was done.{AGAIN}"))
                .hint("to discard the output, send it to /dev/null"))
        }
        false => Ok(()),
    }
}

/// The result of printing about something already done and journaled. If printing failed, the failure says that it was done.
pub(super) fn already_done<T>(printed: Result<T, Failure>) -> Result<T, Failure> {
    already_kept("Everything done so far is in the journal.", printed)
}

/// [`already_done`] if `done`, otherwise `printed` unchanged.
pub(super) fn already_done_if<T>(done: bool, printed: Result<T, Failure>) -> Result<T, Failure> {
    if done { already_done(printed) } else { printed }
}

/// Like [`already_done`], for a result that is not in the journal; `where_it_is` is the sentence that says where it is.
pub(super) fn already_kept<T>(where_it_is: &str, printed: Result<T, Failure>) -> Result<T, Failure> {
    printed.map_err(|failure| match (failure.kind, failure.what.strip_suffix(AGAIN)) {
        // Something was done, so it is said, even if nobody reads the rest.
        (FailureKind::Output | FailureKind::ReaderGone, Some(what)) => {
            Failure { kind: FailureKind::Output, what: format!("{what} {where_it_is}"), ..failure }
        }
        _ => failure,
    })
}

/// Writes a message to standard error. If that is closed, the message is lost.
pub(super) fn say(text: &str) {
    let err = std::io::stderr();
    let shown: String = text.lines().map(|line| shown::printed(&clean(line, 4000), &err)).collect();
    // In one piece: whatever ends the program, a line is there with its end or not at all.
    let _ = progress::aside(|| err.lock().write_all(shown.as_bytes()));
}

/// Writes each remark to standard error.
pub(super) fn say_all(remarks: &[String]) {
    remarks.iter().for_each(|remark| say(remark));
}

/// The line above a result in text: the name, code and environment of the campus.
pub(super) fn heading(site: &Site) -> String {
    format!("{}  {}  {}", site.name, site.institution, site.environment.as_str().to_uppercase())
}

//! Writes to standard output like a printer: lines are added and never changed, and they contain no terminal control characters.
use crate::text::{self, ascii, clean, wrapped_to};
use crate::tui::script::Script;
use std::borrow::Cow;
use std::io::{self, Write as _};
use std::time::Instant;
use unicode_width::UnicodeWidthStr as _;

/// The most characters of a line. Longer lines are cut; we assume neither system keeps a value that long.
const MOST: usize = 4000;

/// The columns of the terminal. `None` if none shows the output.
fn columns() -> Option<usize> {
    let size = rustix::termios::tcgetwinsize(io::stdout()).ok()?;
    Some(usize::from(size.ws_col)).filter(|columns| *columns > 0)
}

/// A line, wrapped at blanks if a terminal shows it.
fn fitted(words: &str) -> String {
    columns().map_or_else(|| words.to_owned(), |columns| wrapped_to(words, columns).join("\n"))
}

/// Standard output, one line at a time.
#[derive(Debug)]
pub(super) struct Printer {
    script: Script,
    /// A prompt waits at the end of an unfinished line.
    open: bool,
    broken: Option<io::Error>,
    /// Time of the last output.
    spoke: Instant,
}

impl Printer {
    /// Creates a printer that uses only the characters of `script`.
    pub(super) fn new(script: Script) -> Self {
        Self { script, open: false, broken: None, spoke: Instant::now() }
    }

    /// The error that stopped the output, if any.
    pub(super) fn broken(&self) -> Option<&io::Error> {
        self.broken.as_ref()
    }

    /// Time of the last output.
    pub(super) fn spoke(&self) -> Instant {
        self.spoke
    }

    /// Stops all output, because nobody can read it any more.
    pub(super) fn silence(&mut self) {
        self.broken = Some(io::ErrorKind::NotConnected.into());
    }

    /// Prints one line, however long. A terminal gets it wrapped at blanks, and a program that reads lines gets the statement whole.
    pub(super) fn line(&mut self, words: &str) {
        self.end_prompt();
        let text = fitted(&self.spelled(words)) + "\n";
        self.send(&text);
    }

    /// Prints several lines in order.
    pub(super) fn lines(&mut self, lines: &[String]) {
        lines.iter().for_each(|line| self.line(line));
    }

    /// Prints a text to be copied, unchanged, between two empty lines.
    pub(super) fn verbatim(&mut self, words: &str) {
        self.end_prompt();
        let lines: String = words.lines().map(|line| format!("{}\n", text::value(line))).collect();
        // A single value is printed as it is. In a longer text, menu paths use characters that everyone can read aloud.
        let lines = if words.contains('\n') { lines.replace('›', ">") } else { lines };
        let shown = self.in_script(&lines);
        self.send(&format!("\n{shown}\n"));
        if shown != lines {
            self.line("This terminal shows only ASCII, so some letters or signs in it were replaced.");
        }
    }

    /// Prints a prompt. The answer is typed on the same line. Where that line is too long, the offers begin below what is asked.
    pub(super) fn prompt(&mut self, (asked, offers): (&str, &str)) {
        self.end_prompt();
        let (asked, offers) = (self.spelled(asked), self.spelled(offers));
        let whole = if offers.is_empty() { format!("{asked}: ") } else { format!("{asked}, {offers}: ") };
        let too_long = columns().is_some_and(|columns| whole.width() > columns);
        let words = match too_long && !offers.is_empty() {
            true => format!("{}\n{}", fitted(&asked), fitted(&format!("{offers}: "))),
            false => fitted(&whole),
        };
        self.send(&words);
        self.open = true;
    }

    /// Notes that the prompt was answered. A terminal that shows typed text has already ended the line.
    pub(super) fn answered(&mut self, shown: bool) {
        self.open &= !shown;
        self.end_prompt();
    }

    /// Ends the line of an open prompt, if there is one.
    pub(super) fn end_prompt(&mut self) {
        if std::mem::take(&mut self.open) {
            self.send("\n");
        }
    }

    fn spelled(&self, words: &str) -> String {
        let words = clean(words, MOST).replace('›', ">");
        self.in_script(words.trim_start()).into_owned()
    }

    fn in_script<'a>(&self, words: &'a str) -> Cow<'a, str> {
        match self.script {
            Script::Unicode => Cow::Borrowed(words),
            Script::Ascii => ascii(words),
        }
    }

    fn send(&mut self, text: &str) {
        if self.broken.is_some() {
            return;
        }
        self.spoke = Instant::now();
        let mut out = io::stdout().lock();
        if let Err(error) = out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
            self.broken = Some(error);
        }
    }
}

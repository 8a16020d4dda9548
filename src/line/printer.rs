//! Writes to standard output like a printer: lines are added and never changed, and they contain no terminal control characters.
use crate::text;
use crate::text::clean;
use crate::tui::script::Script;
use std::io::{self, Write as _};
use std::time::Instant;

/// The most characters of a line. Longer lines are cut; we assume neither system keeps a value that long.
const MOST: usize = 4000;

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

    /// Prints one line, however long. The window wraps it, and a program that reads lines gets the statement whole.
    pub(super) fn line(&mut self, words: &str) {
        self.end_prompt();
        let text = self.spelled(words) + "\n";
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
        // A single value is printed as it is. In a longer text, menu paths use characters that the terminal can show.
        let lines =
            if words.contains('\n') { self.script.spell(&lines.replace('›', ">")).into_owned() } else { lines };
        self.send(&format!("\n{lines}\n"));
    }

    /// Prints a prompt. The answer is typed on the same line.
    pub(super) fn prompt(&mut self, words: &str) {
        self.end_prompt();
        let words = self.spelled(words);
        self.send(&format!("{words}: "));
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
        self.script.spell(words.trim_start()).into_owned()
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

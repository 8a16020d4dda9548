//! Standard output as a printer has it: lines are added and nothing is ever taken back. No character that steers a terminal gets on it.
use crate::text;
use crate::text::clean;
use crate::tui::script::Script;
use std::io::{self, Write as _};
use std::time::Instant;

/// Longer lines are cut; nothing the two systems keep is longer.
const MOST: usize = 4000;

/// Standard output.
#[derive(Debug)]
pub(super) struct Printer {
    script: Script,
    /// A prompt stands there without an end of line.
    open: bool,
    broken: Option<io::Error>,
    /// When something was said last.
    spoke: Instant,
}

impl Printer {
    /// Which characters may be used.
    pub(super) fn new(script: Script) -> Self {
        Self { script, open: false, broken: None, spoke: Instant::now() }
    }

    /// Why nothing can be said any more.
    pub(super) fn broken(&self) -> Option<&io::Error> {
        self.broken.as_ref()
    }

    /// When something was said last.
    pub(super) fn spoke(&self) -> Instant {
        self.spoke
    }

    /// There is nobody to say anything to.
    pub(super) fn silence(&mut self) {
        self.broken = Some(io::ErrorKind::NotConnected.into());
    }

    /// A line, however long: where it ends is the window's matter, and a reader of lines gets what belongs together in one.
    pub(super) fn line(&mut self, words: &str) {
        self.end_prompt();
        let text = self.spelled(words) + "\n";
        self.send(&text);
    }

    /// A text as it is, each line whole, between two empty lines: to be copied.
    pub(super) fn verbatim(&mut self, words: &str) {
        self.end_prompt();
        let lines: String = words.lines().map(|line| format!("{}\n", text::value(line))).collect();
        // A value is given as it is; of many lines the menu paths are no values.
        let lines =
            if words.contains('\n') { self.script.spell(&lines.replace('›', ">")).into_owned() } else { lines };
        self.send(&format!("\n{lines}\n"));
    }

    /// A prompt; what is typed follows in the same line.
    pub(super) fn prompt(&mut self, words: &str) {
        self.end_prompt();
        let words = self.spelled(words);
        self.send(&format!("{words}: "));
        self.open = true;
    }

    /// The prompt was answered; a terminal that shows what is typed has ended the line.
    pub(super) fn answered(&mut self, shown: bool) {
        self.open &= !shown;
        self.end_prompt();
    }

    /// Ends the line of a prompt that stands there.
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

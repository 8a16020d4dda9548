//! Standard output as paper: lines are added and nothing is ever taken back. No character that steers a terminal gets on it.
use crate::engine::clean;
use crate::text;
use crate::tui::script::Script;
use crate::tui::text::{width, wrap};
use rustix::termios::tcgetwinsize;
use std::io::{self, Write as _};

/// Where the width of the window is not known.
const USUAL: usize = 80;
/// Narrower lines than this are no help.
const LEAST: usize = 20;
/// What follows in a line that was broken stands in so far.
const INDENT: usize = 3;
/// Longer lines are cut; nothing the two systems keep is longer.
const MOST: usize = 4000;

/// Standard output.
#[derive(Debug)]
pub(super) struct Paper {
    script: Script,
    /// A prompt stands there without an end of line.
    open: bool,
    broken: Option<io::Error>,
}

impl Paper {
    /// Which characters may be used.
    pub(super) fn new(script: Script) -> Self {
        Self { script, open: false, broken: None }
    }

    /// Why nothing can be said any more.
    pub(super) fn broken(&self) -> Option<&io::Error> {
        self.broken.as_ref()
    }

    /// There is nobody to say anything to.
    pub(super) fn silence(&mut self) {
        self.broken = Some(io::ErrorKind::NotConnected.into());
    }

    /// A line, broken at the width of the window.
    pub(super) fn line(&mut self, words: &str) {
        self.end_prompt();
        let text = self.broken_up(words) + "\n";
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
        let mut lines = Vec::new();
        let mut line = String::new();
        // A choice is not torn from its number.
        for part in format!("{words}:").split("  ") {
            let joined = if line.is_empty() { part.to_owned() } else { format!("{line}  {part}") };
            if width(&joined) < columns() || line.is_empty() {
                line = joined;
            } else {
                lines.push(std::mem::replace(&mut line, part.to_owned()));
            }
        }
        lines.push(line);
        let lines: Vec<String> = lines.iter().map(|line| self.broken_up(line)).collect();
        self.send(&format!("{} ", lines.join("\n")));
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

    fn broken_up(&self, words: &str) -> String {
        let words = clean(words, MOST).replace('›', ">");
        let words = self.script.spell(words.trim_start());
        let columns = columns();
        let first = wrap(&words, columns).into_iter().next().unwrap_or_default();
        let rest = words[first.len()..].trim_start();
        if rest.is_empty() {
            return words.into_owned();
        }
        let more = wrap(rest, columns - INDENT);
        let more: String = more.iter().map(|line| format!("\n{}{line}", " ".repeat(INDENT))).collect();
        first + &more
    }

    fn send(&mut self, text: &str) {
        if self.broken.is_some() {
            return;
        }
        let mut out = io::stdout().lock();
        if let Err(error) = out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
            self.broken = Some(error);
        }
    }
}

/// The width of the window as it is now.
fn columns() -> usize {
    let columns = tcgetwinsize(io::stdout()).map_or(0, |size| usize::from(size.ws_col));
    if columns == 0 { USUAL } else { columns.max(LEAST) }
}

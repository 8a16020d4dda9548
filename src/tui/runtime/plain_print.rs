//! A text printed plainly below the shell's output, in full width, where the mouse can select it.
use crate::text::clean;
use crate::tui::model::Size;
use crate::tui::script::Script;
use crate::tui::text::width;

/// What has to be known to erase a printed text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct PlainPrint {
    /// Rows from the first one of the text to the cursor.
    rows: usize,
    /// The window in which it was printed.
    window: Size,
}

impl PlainPrint {
    /// A text, and what to send for it.
    pub(super) fn of(text: &str, script: Script, window: Size) -> (Self, String) {
        let mut printed = "\x1b[?1049l\x1b[?25h\x1b[m\r\n".to_owned();
        let mut rows = 1;
        for line in text.lines().map(|line| clean(line, 4000)) {
            let line = script.spell(&line);
            rows += width(&line).div_ceil(usize::from(window.columns).max(1)).max(1);
            printed.extend([&*line, "\r\n"]);
        }
        printed.push_str("\r\nPress Enter to go back. ");
        (Self { rows, window }, printed)
    }

    /// What to send to erase it, so that it is not left behind in the shell. A text that was longer than the window, or that the terminal
    /// has wrapped anew since then, stays.
    pub(super) fn erasing(self, window: Size) -> String {
        match self.rows < usize::from(window.rows) && window == self.window {
            true => format!("\x1b[{}A\r\x1b[J\x1b[A", self.rows),
            false => "\r\n".to_owned(),
        }
    }
}

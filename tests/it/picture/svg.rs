//! A screen as SVG: every cell is where the terminal has it, and neighbouring cells with the same style share one text element.
use std::fmt::Write as _;
use vt100::{Cell, Color, Screen};

/// The parts of a picture around the screen.
pub(crate) struct Picture {
    pub(crate) title: &'static str,
    pub(crate) description: &'static str,
    /// The text in the window's bar.
    pub(crate) bar: &'static str,
}

/// The width and height of a cell. The font size below fits it.
const CELL: (f64, f64) = (8.4, 19.0);
const FONT: u16 = 14;
/// The margin at the sides. Below it: the height of the window's bar.
const SIDE: f64 = 18.0;
const BAR: f64 = 40.0;

const STYLE: &str = "\
text{fill:#d7dae0;white-space:pre}\
.window{fill:#16181d;stroke:#3a3f4b}\
.bar{fill:#8b919e;text-anchor:middle}\
.bold{font-weight:700;fill:#fff}\
.dim{fill:#8b919e}\
.red{fill:#ff7a7a}.green{fill:#86d993}.yellow{fill:#e9c46a}.cyan{fill:#74cfe0}.magenta{fill:#d6a3e8}\
.under{text-decoration:underline}\
.block{fill:#d7dae0}.inverse{fill:#16181d}\
.line{stroke:#4a505e}";

/// The style of a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Look {
    classes: Vec<&'static str>,
    inverse: bool,
}

/// Neighbouring cells with the same style.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Run {
    column: usize,
    text: String,
    look: Look,
}

impl Run {
    fn columns(&self) -> usize {
        self.text.chars().count()
    }
}

impl Picture {
    /// Draws a screen. Ports and times differ between runs, so they are replaced by fixed ones of the same length.
    pub(crate) fn draw(&self, screen: &Screen) -> String {
        let mut svg = self.open(screen, "");
        bar(&mut svg, screen, self.bar);
        cells(&mut svg, screen);
        svg.push_str("</svg>\n");
        svg
    }

    /// Writes what comes before the cells: the window and its style sheet, plus an additional `style`.
    pub(crate) fn open(&self, screen: &Screen, style: &str) -> String {
        let mut svg = self.head(extent(screen), style);
        Self::window(&mut svg, screen);
        svg
    }

    /// Writes the beginning of a picture of this width and height.
    pub(crate) fn head(&self, (width, height): (f64, f64), style: &str) -> String {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
             role=\"img\" aria-labelledby=\"title description\" font-size=\"{FONT}\" \
             font-family=\"ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono','Liberation Mono',monospace\">\n\
             <title id=\"title\">{}</title>\n<desc id=\"description\">{}</desc>\n<style>{STYLE}{style}</style>\n",
            escaped(self.title),
            escaped(self.description)
        )
    }

    /// Writes the window around a screen.
    pub(crate) fn window(svg: &mut String, screen: &Screen) {
        let (width, height) = extent(screen);
        let (w, h) = (width - 1.0, height - 1.0);
        let _ = writeln!(svg, "<rect class=\"window\" x=\".5\" y=\".5\" width=\"{w}\" height=\"{h}\" rx=\"10\"/>");
        for (at, colour) in [(22, "#ff5f57"), (42, "#febc2e"), (62, "#28c840")] {
            let _ = writeln!(svg, "<circle cx=\"{at}\" cy=\"20\" r=\"6\" fill=\"{colour}\"/>");
        }
    }
}

/// Returns the width and height of the picture.
pub(crate) fn extent(screen: &Screen) -> (f64, f64) {
    let (rows, columns) = screen.size();
    let (rows, columns) = (usize::from(rows.get()), usize::from(columns.get()));
    (size(columns, CELL.0) + 2.0 * SIDE, size(rows, CELL.1) + BAR + SIDE / 2.0)
}

/// Writes the text in the window's bar.
pub(crate) fn bar(svg: &mut String, screen: &Screen, words: &str) {
    let middle = extent(screen).0 / 2.0;
    let _ = writeln!(svg, "<text class=\"bar\" x=\"{middle}\" y=\"25\">{}</text>", escaped(words));
}

/// Writes every cell where the terminal has it.
pub(crate) fn cells(svg: &mut String, screen: &Screen) {
    let (rows, columns) = screen.size();
    for row in 0..usize::from(rows.get()) {
        for run in runs(screen, row, usize::from(columns.get())) {
            if run.look.inverse {
                draw_block(svg, row, &run);
            }
            words(&run).iter().for_each(|words| draw_words(svg, row, words));
        }
    }
}

/// Returns the size of this many cells.
fn size(cells: usize, each: f64) -> f64 {
    let cells = u16::try_from(cells).expect("a screen");
    round(f64::from(cells) * each)
}

/// Rounds to a tenth, which keeps the file short.
fn round(number: f64) -> f64 {
    (number * 10.0).round() / 10.0
}

/// Returns the upper left corner of a cell.
fn corner(row: usize, column: usize) -> (f64, f64) {
    (round(SIDE + size(column, CELL.0)), round(BAR + size(row, CELL.1)))
}

fn draw_block(svg: &mut String, row: usize, run: &Run) {
    let ((x, y), width, height) = (corner(row, run.column), size(run.columns(), CELL.0), CELL.1);
    let _ = writeln!(svg, "<rect class=\"block\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"/>");
}

fn draw_words(svg: &mut String, row: usize, run: &Run) {
    let (x, top) = corner(row, run.column);
    let width = size(run.columns(), CELL.0);
    if run.text.chars().all(|c| c == '─') {
        // Draw a line without gaps whatever the font, as terminals do.
        let (to, y) = (round(x + width), top + 9.5);
        let _ = writeln!(svg, "<path class=\"line\" d=\"M{x} {y}H{to}\"/>");
        return;
    }
    let classes = if run.look.inverse { vec!["inverse"] } else { run.look.classes.clone() };
    let class = if classes.is_empty() { String::new() } else { format!(" class=\"{}\"", classes.join(" ")) };
    // The font's width is unknown, so `textLength` sets it. A single sign may come from another font and keeps its own width.
    let length = if run.columns() > 1 { format!(" textLength=\"{width}\"") } else { String::new() };
    let y = top + 14.0;
    let _ = writeln!(svg, "<text x=\"{x}\" y=\"{y}\"{length}{class}>{}</text>", escaped(&run.text));
}

/// Splits a row into runs of one style each.
fn runs(screen: &Screen, row: usize, columns: usize) -> Vec<Run> {
    let at = |column: usize| {
        let place = |n| u16::try_from(n).expect("a screen");
        screen.cell(place(row), place(column)).expect("a cell")
    };
    let letters: Vec<char> = (0..columns).map(|column| letter(at(column))).collect();
    let letters = lasting(letters);
    let mut runs: Vec<Run> = Vec::new();
    for (column, letter) in letters.into_iter().enumerate() {
        let look = look(at(column));
        let same = runs.last_mut().filter(|run| run.look == look && run.column + run.columns() == column);
        match same {
            Some(run) => run.text.push(letter),
            None => runs.push(Run { column, text: letter.to_string(), look }),
        }
    }
    runs
}

/// Splits a run at its gaps, and drops the spaces around it.
fn words(run: &Run) -> Vec<Run> {
    let mut out: Vec<Run> = Vec::new();
    let mut blanks = 2;
    for (n, letter) in run.text.chars().enumerate() {
        if letter == ' ' {
            blanks += 1;
            continue;
        }
        // A horizontal line next to a word is a separate element.
        let line = |c: char| c == '─';
        match out.last_mut() {
            Some(word) if blanks < 2 && word.text.ends_with(line) == line(letter) => {
                word.text.extend(std::iter::repeat_n(' ', blanks).chain([letter]));
            }
            _ => out.push(Run { column: run.column + n, text: letter.to_string(), look: run.look.clone() }),
        }
        blanks = 0;
    }
    out
}

fn letter(cell: &Cell) -> char {
    let mut letters = cell.contents().chars();
    let letter = letters.next().unwrap_or(' ');
    assert!(
        letters.next().is_none() && !cell.is_wide(),
        "one letter of one column in each cell: {:?}",
        cell.contents()
    );
    letter
}

fn look(cell: &Cell) -> Look {
    let colour = match cell.fgcolor() {
        Color::Default => None,
        Color::Idx(1) => Some("red"),
        Color::Idx(2) => Some("green"),
        Color::Idx(3) => Some("yellow"),
        Color::Idx(5) => Some("magenta"),
        Color::Idx(6) => Some("cyan"),
        other => panic!("no class for {other:?}"),
    };
    assert_eq!(cell.bgcolor(), Color::Default, "reverse video only");
    let kinds = [(cell.bold(), "bold"), (cell.dim(), "dim"), (cell.underline(), "under")];
    let classes = kinds.into_iter().filter(|(on, _)| *on).map(|(_, class)| class).chain(colour).collect();
    Look { classes, inverse: cell.inverse() }
}

/// Replaces what differs between runs: the time of the last check, and the embedded ILLiad's port.
fn lasting(mut row: Vec<char>) -> Vec<char> {
    let time = "20:14:03";
    for at in 0..row.len().saturating_sub(time.len() - 1) {
        let shape = |(a, b): (&char, char)| a.is_ascii_digit() == b.is_ascii_digit() && (b != ':' || *a == ':');
        let window = &row[at..at + time.len()];
        if window.iter().zip(time.chars()).all(shape) {
            row.splice(at..at + time.len(), time.chars());
        }
    }
    let path: Vec<char> = "/illiadwebplatform".chars().collect();
    let ends: Vec<usize> = (0..row.len()).filter(|at| row[*at..].starts_with(&path)).collect();
    for end in ends {
        let digits = row[..end].iter().rev().take_while(|c| c.is_ascii_digit()).count();
        if digits == 0 {
            // A host without a port is the same in every run.
            continue;
        }
        assert!(digits == 5 && row[end - digits - 1] == ':', "a port of five digits");
        row.splice(end - digits..end, "40000".chars());
    }
    row
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

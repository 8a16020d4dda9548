//! Screens of version 0.1.0 beside the same screens now. Both are drawn from the records of the screen tests, which have no colours.
use crate::harness::pty::rows_and_columns;
use crate::picture::svg::{Picture, bar, cells, extent};
use std::fmt::Write as _;
use std::path::Path;
use vt100::{Parser, Screen};

/// A screen then and now.
struct Pair {
    words: &'static str,
    before: &'static str,
    /// The name of its record among the screens that the tests hold in step with the program.
    now: &'static str,
}

const PAIRS: [Pair; 5] = [
    Pair { words: "the rota card", before: include_str!("before/step-rota-fresh.txt"), now: "step-rota-fresh" },
    Pair { words: "a difference", before: include_str!("before/step-parameters-url.txt"), now: "step-parameters-url" },
    Pair {
        words: "an error in the set-up",
        before: include_str!("before/setup-systems-wrong.txt"),
        now: "setup-systems-wrong",
    },
    Pair { words: "the summary", before: include_str!("before/summary-differs.txt"), now: "summary-differs" },
    Pair { words: "nothing left to do", before: include_str!("before/summary-done.txt"), now: "finish" },
];

/// Draws all pairs below each other.
pub(crate) fn compared(title: &'static str, description: &'static str) -> String {
    let (width, height) = extent(&screen(""));
    let rows = f64::from(u8::try_from(PAIRS.len()).expect("a few"));
    let picture = Picture { title, description, bar: "" };
    let mut svg = picture.head((width * 2.0, height * rows), "");
    for (at, pair) in (0u8..).zip(&PAIRS) {
        let y = f64::from(at) * height;
        for (x, when, screen) in [(0.0, "0.1.0", screen(pair.before)), (width, "now", screen(&record(pair.now)))] {
            let _ = writeln!(svg, "<g transform=\"translate({x} {y})\">");
            Picture::window(&mut svg, &screen);
            bar(&mut svg, &screen, &format!("{when}: {}", pair.words));
            cells(&mut svg, &screen);
            svg.push_str("</g>\n");
        }
    }
    svg.push_str("</svg>\n");
    svg
}

/// The record of a screen as the tests keep it, without its heading.
fn record(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/golden/screens/{name}.snap"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let (_, screen) = text.split_once("\n---\n").expect("a record");
    screen.lines().filter(|line| !line.starts_with("[cursor ")).map(|line| format!("{line}\n")).collect()
}

/// A text as a terminal of 80 columns and 24 rows shows it.
fn screen(text: &str) -> Screen {
    let (rows, columns) = rows_and_columns((80, 24));
    let mut parser = Parser::new(rows, columns, 0);
    parser.process(text.trim_end_matches('\n').replace('\n', "\r\n").as_bytes());
    parser.screen().clone()
}

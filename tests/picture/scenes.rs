//! What the recording shows: a campus where nothing is set up yet, and the ways through it, by the keys that the footer names.
use crate::film::Scene;
use crate::pty::{Pty, RUN, USUAL, text};
use std::path::Path;
use vt100::Screen;

/// Shown where nothing may move: what was written, and read back.
pub(crate) const STILL: usize = 3;

/// A MatchString as a word processor hands it on.
const NEAR_MISS: &str = "t.CitedIn LIKE ‘01CUNY%’ and (t.LendingString = '' or t.LendingString is NULL)";

fn wizard(home: &Path, arguments: &[&str]) -> Pty {
    let command = [&[env!("CARGO_BIN_EXE_last-resort"), "practice"], arguments].concat();
    Pty::open(home, USUAL, RUN, &command, &[])
}

/// Types, and waits until the screen says this and nothing is under way; gives the screen.
#[track_caller]
fn then(pty: &mut Pty, keys: &str, says: &str) -> Screen {
    pty.type_keys(keys);
    pty.wait_until(says, |screen| {
        let seen = text(screen);
        seen.contains(says) && !seen.contains("ot read yet") && !seen.chars().any(|c| "⠋⠙⠸⠴⠦⠇".contains(c))
    });
    pty.shown().parser.screen().clone()
}

/// All scenes, in order.
pub(crate) fn scenes(home: &Path) -> Vec<Scene> {
    let scene = |words, screen| Scene { words, screen };
    let mut pty = wizard(home, &[]);
    let connect = then(&mut pty, "", "Enter next step");
    then(&mut pty, "\t", " of 2 ");
    then(&mut pty, "\t", "Enter create the partner");
    let plan = then(&mut pty, "\r", "Type 01CUNY_QC to write");
    let typed = then(&mut pty, "01CUNY_QC", "SANDBOX: 01CUNY_QC");
    let written = then(&mut pty, "\r", "read back");
    then(&mut pty, "\r", "Enter sign off 3 values");
    for place in [" of 24 ", " of 5 ", " of 6 ", " 1 of 10 "] {
        then(&mut pty, "\t", place);
    }
    let card = then(&mut pty, &"\x1b[B".repeat(4), "5 of 10");
    then(&mut pty, "p", "Paste here what the screen shows");
    let near = then(&mut pty, &format!("\x1b[200~{NEAR_MISS}\x1b[201~"), "curly");
    then(&mut pty, "\x1b", "5 of 10");
    then(&mut pty, "\t", "1 of 1 ");
    let summary = then(&mut pty, "\t", "Waited for");
    let mut other = wizard(home, &["--world", "done", "--step", "prove"]);
    let proved = then(&mut other, "", "1 of 1 ");
    vec![
        scene("Connect: both systems answer", connect),
        scene("Partner: what would be written, before it is", plan),
        scene("Nothing is sent without the campus code", typed),
        scene("Written, read again, and told value by value", written),
        scene("ILLiad: what to enter by hand, and why", card),
        scene("Paste back: a slip, and what it would do", near),
        scene("Prove: seen in real traffic (--world done)", proved),
        scene("Summary: done, not done, and who is waited for", summary),
    ]
}

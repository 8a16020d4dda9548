//! The scenes of the tour: a campus where nothing is set up yet, and the way through it, with the keys that the footer names.
use crate::harness::pty::{Pty, RUN, USUAL, text};
use crate::picture::film::Scene;
use std::path::Path;
use vt100::Screen;

/// The scene shown when motion is reduced: the values written and read back.
pub(crate) const STILL: usize = 3;

/// A MatchString as a word processor changes it.
const NEAR_MISS: &str = "t.CitedIn LIKE ‘01CUNY%’ and (t.LendingString = '' or t.LendingString is NULL)";

const MATCH_STRING_CHOSEN: &str = "▸ · MatchString";

fn wizard(home: &Path, arguments: &[&str]) -> Pty {
    let command = [&[env!("CARGO_BIN_EXE_last-resort"), "practice"], arguments].concat();
    Pty::open(home, USUAL, RUN, &command, &[])
}

/// Sends keys, waits until the screen contains `says` and no work is in progress, and returns the screen.
#[track_caller]
fn then(pty: &mut Pty, keys: &str, says: &str) -> Screen {
    pty.type_keys(keys);
    pty.wait_until(says, |screen| {
        let seen = text(screen);
        seen.contains(says) && !seen.contains("ot read yet") && !seen.chars().any(|c| "⠋⠙⠸⠴⠦⠇".contains(c))
    });
    pty.shown().parser.screen().clone()
}

/// The text on the screen when a step is shown: its title, next to the first step in the list.
fn shown(step: &str) -> String {
    format!("Connect     14/14  {step} ")
}

/// Returns all scenes in order.
pub(crate) fn scenes(home: &Path) -> Vec<Scene> {
    let scene = |words, screen| Scene { words, screen };
    let mut pty = wizard(home, &[]);
    then(&mut pty, "", "Enter begin");
    let connect = then(&mut pty, "\r", "Enter next step");
    then(&mut pty, "\t", &shown("Patrons"));
    then(&mut pty, "\t", "Enter create the partner");
    let plan = then(&mut pty, "\r", "Type 01CUNY_QC to write");
    let typed = then(&mut pty, "01CUNY_QC", "SANDBOX: 01CUNY_QC");
    then(&mut pty, &"\x1b[6~".repeat(5), "Enter write");
    let written = then(&mut pty, "\r", "read back");
    then(&mut pty, "\r", "Enter sign off 3 values");
    for step in ["Parameters", "Rota template", "Rota rule", "ILLiad"] {
        then(&mut pty, "\t", &shown(step));
    }
    let card = then(&mut pty, &"\x1b[B".repeat(4), MATCH_STRING_CHOSEN);
    then(&mut pty, "p", "Paste what the screen shows");
    let near = then(&mut pty, &format!("\x1b[200~{NEAR_MISS}\x1b[201~"), "curly");
    then(&mut pty, "\x1b", MATCH_STRING_CHOSEN);
    then(&mut pty, "\t", &shown("Prove"));
    let summary = then(&mut pty, "\t", "Waiting for");
    let mut other = wizard(home, &["--world", "done", "--step", "prove"]);
    let proved = then(&mut other, "", &shown("Prove"));
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

//! The line printed after the full screen closes if the user left while a proof ran.
use crate::engine::results::ProofRun;
use crate::tui::text::count;

/// How the proof ended, and how many test requests may be left.
pub(super) fn of_proof(proved: &ProofRun) -> String {
    let why = proved.failure.as_ref().map_or(String::new(), |failure| format!(" {}", failure.what));
    match (proved.made.len(), proved.left.len()) {
        (0, 0) => format!("The proof ended; nothing was made.{why}"),
        (made, 0) => format!("The proof ended; {} made, and nothing is left of that.{why}", were(made)),
        (_, left) => {
            format!("The proof ended; {} not seen cancelled. The next proof looks again.{why}", were(left))
        }
    }
}

fn were(requests: usize) -> String {
    format!("{} {}", count(requests, "test request"), if requests == 1 { "was" } else { "were" })
}

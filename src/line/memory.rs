//! Remembers what was printed for each screen, so that only what is new is printed.
use super::listing::{ListingBlock, Scene, ScreenListing};
use super::listing_line::{LineKind, ListingLine};
use crate::tui::text::count;

/// What was printed last for each screen.
#[derive(Debug, Default)]
pub(super) struct ListingMemory {
    here: Option<Scene>,
    said: Vec<ScreenListing>,
}

/// Why a listing is printed. This decides what may be left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Occasion {
    /// The person did something, or a reply arrived: print refusals again.
    Doing,
    /// A wait has ended: print the title even if nothing else is new.
    Waiting,
    /// The person only looked around.
    Looking,
    /// The person asked for the whole screen.
    Asked,
}

/// Shortens a very long listing to its first lines, because nobody wants to listen to hundreds.
fn brief(mut lines: Vec<String>, after: Occasion) -> Vec<String> {
    const MANY: usize = 70;
    const FIRST: usize = 40;
    if after != Occasion::Asked && lines.len() > MANY {
        let more = count(lines.len() - FIRST, "line");
        lines.truncate(FIRST);
        lines.push(format!("{more} more; l prints them all."));
    }
    lines
}

impl ListingMemory {
    /// Returns the lines that are new, with an empty line before the title of another screen.
    pub(super) fn news(&mut self, listing: ScreenListing, after: Occasion) -> Vec<String> {
        let mut out = Vec::new();
        let same_place = self.here.as_ref() == Some(&listing.scene);
        let before = self
            .said
            .iter()
            .find(|said| said.scene == listing.scene)
            .filter(|_| same_place || listing.scene.is_remembered())
            .cloned();
        if !same_place {
            out.push(String::new());
        }
        if !same_place && listing.scene.changes_values() {
            // After a write, earlier values may be outdated, and the person may have forgotten the others.
            self.said.clear();
        }
        let came = after == Occasion::Waiting;
        if !same_place || came || before.as_ref().is_none_or(|before| before.title != listing.title) {
            out.push(listing.title.clone());
        }
        let by_line = listing.scene.is_remembered();
        for block in &listing.blocks {
            out.extend(fresh(before.as_ref(), block, by_line && !block.whole, after));
        }
        self.here = Some(listing.scene.clone());
        self.said.retain(|said| said.scene != listing.scene);
        self.said.push(listing);
        brief(out, after)
    }

    /// Makes the next listing print the current screen from the start.
    pub(super) fn forget(&mut self) {
        if let Some(here) = self.here.take() {
            self.said.retain(|said| said.scene != here);
        }
    }
}

/// Returns the lines of a block that were not printed yet, with its heading. Only a list of values is compared line by line. Of any other
/// block the beginning that was printed before is left out, such as an introduction or the answers so far. From its first new line on it
/// is printed, because a part of it could lack its context.
fn fresh(before: Option<&ScreenListing>, block: &ListingBlock, by_line: bool, after: Occasion) -> Vec<String> {
    let known: Vec<&ListingBlock> =
        before.map_or(Vec::new(), |before| before.blocks.iter().filter(|b| b.heading == block.heading).collect());
    let is_known =
        |line: &ListingLine| known.iter().flat_map(|block| &block.lines).any(|other| other.words == line.words);
    let same = known.iter().any(|known| known.lines == block.lines);
    // A new instruction is about the values below it, so they are printed with it.
    let instructs = |line: &ListingLine| matches!(line.kind, LineKind::Instruction(_)) && !is_known(line);
    let anew = block.lines.iter().any(instructs);
    let begins_alike = |known: &&ListingBlock| known.lines.iter().zip(&block.lines).take_while(|(a, b)| a == b).count();
    let alike = known.iter().map(begins_alike).max().unwrap_or(0);
    let again =
        |line: &ListingLine| line.kind == LineKind::Refusal && !matches!(after, Occasion::Looking | Occasion::Asked);
    let old = |at: usize, line: &ListingLine| match (by_line, block.whole) {
        (true, _) => !anew && is_known(line),
        (false, true) => same,
        (false, false) => at < alike,
    };
    let lines = block.lines.iter().enumerate().filter(|(at, line)| again(line) || !old(*at, line));
    let lines: Vec<&ListingLine> = lines.map(|(_, line)| line).collect();
    let heading = block.heading.iter().filter(|_| !lines.is_empty());
    heading.cloned().chain(lines.iter().map(|line| line.printed())).collect()
}

//! What was said last of each screen, so that only what is new there is said again.
use super::listing::{ListingBlock, ListingLine, Scene, ScreenListing};
use crate::tui::text::count;

/// What was said last.
#[derive(Debug, Default)]
pub(super) struct ListingMemory {
    here: Option<Scene>,
    said: Vec<ScreenListing>,
}

/// What may be left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Occasion {
    /// Something was asked for or came: a refusal met again is told again.
    Doing,
    /// Something was waited for: that it came is told, even where it brought nothing new.
    Waiting,
    /// Somebody only looked.
    Looking,
    /// Somebody asked for all of it.
    Asked,
}

/// The first lines of very many, and that there are more: hundreds are no answer to somebody who listens.
fn brief(mut lines: Vec<String>, after: Occasion) -> Vec<String> {
    const MANY: usize = 70;
    const FIRST: usize = 40;
    if after != Occasion::Asked && lines.len() > MANY {
        let more = count(lines.len() - FIRST, "line");
        lines.truncate(FIRST);
        lines.push(format!("{more} more; l says all of them."));
    }
    lines
}

impl ListingMemory {
    /// What is new on a screen, an empty line before the title of another one.
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
            // What was said of values before it may not hold any more, and what holds still may have been forgotten over it.
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

    /// The screen shown is said anew.
    pub(super) fn forget(&mut self) {
        if let Some(here) = self.here.take() {
            self.said.retain(|said| said.scene != here);
        }
    }
}

/// The lines of a block that were not said, with its heading. Only a list of values is told line by line; of anything else a part would
/// leave out what it depends on.
fn fresh(before: Option<&ScreenListing>, block: &ListingBlock, by_line: bool, after: Occasion) -> Vec<String> {
    let known: Vec<&ListingBlock> =
        before.map_or(Vec::new(), |before| before.blocks.iter().filter(|b| b.heading == block.heading).collect());
    let is_known =
        |line: &ListingLine| known.iter().flat_map(|block| &block.lines).any(|other| other.words == line.words);
    let same = known.iter().any(|known| known.lines == block.lines);
    let again = |line: &ListingLine| line.again && !matches!(after, Occasion::Looking | Occasion::Asked);
    let old = |line: &ListingLine| if by_line { is_known(line) } else { same };
    let lines: Vec<&ListingLine> = block.lines.iter().filter(|line| again(line) || !old(line)).collect();
    let heading = block.heading.iter().filter(|_| !lines.is_empty());
    heading.chain(lines.iter().map(|line| &line.words)).cloned().collect()
}

//! What was said last of each screen, so that only what is new there is said again.
use super::listing::{Block, Line, Listing, Scene};

/// What was said last.
#[derive(Debug, Default)]
pub(super) struct Memory {
    here: Option<Scene>,
    said: Vec<Listing>,
}

/// What may be left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum After {
    /// Something was asked for or came: a refusal met again is told again.
    Doing,
    /// Something was waited for: that it came is told, even where it brought nothing new.
    Waiting,
    /// Somebody only looked.
    Looking,
}

impl Memory {
    /// What is new on a screen, an empty line before the title of another one.
    pub(super) fn news(&mut self, listing: Listing, after: After) -> Vec<String> {
        let mut out = Vec::new();
        let same_place = self.here.as_ref() == Some(&listing.scene);
        let before = self
            .said
            .iter()
            .find(|said| said.scene == listing.scene)
            .filter(|_| same_place || listing.scene.is_remembered());
        if !same_place {
            out.push(String::new());
        }
        let came = after == After::Waiting && listing.scene.is_remembered();
        if !same_place || came || before.is_none_or(|before| before.title != listing.title) {
            out.push(listing.title.clone());
        }
        for block in &listing.blocks {
            out.extend(fresh(before, block, after));
        }
        self.here = Some(listing.scene.clone());
        self.said.retain(|said| said.scene != listing.scene);
        self.said.push(listing);
        out
    }

    /// The screen shown is said anew.
    pub(super) fn forget(&mut self) {
        if let Some(here) = self.here.take() {
            self.said.retain(|said| said.scene != here);
        }
    }
}

/// The lines of a block that were not said, with its heading.
fn fresh(before: Option<&Listing>, block: &Block, after: After) -> Vec<String> {
    let known: Vec<&Block> =
        before.map_or(Vec::new(), |before| before.blocks.iter().filter(|b| b.heading == block.heading).collect());
    let is_known = |line: &Line| known.iter().flat_map(|block| &block.lines).any(|other| other.words == line.words);
    let lines: Vec<&Line> = if block.whole {
        let same = known.iter().any(|known| known.lines == block.lines);
        block.lines.iter().filter(|_| !same).collect()
    } else {
        let again = |line: &Line| line.again && after != After::Looking;
        block.lines.iter().filter(|line| again(line) || !is_known(line)).collect()
    };
    let heading = block.heading.iter().filter(|_| !lines.is_empty());
    heading.chain(lines.iter().map(|line| &line.words)).cloned().collect()
}

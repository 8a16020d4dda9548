//! What was said last of each screen, so that only what is new there is said again.
use super::listing::{Block, Listing, Scene};

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
        if !same_place || before.is_none_or(|before| before.title != listing.title) {
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
    let known = before.and_then(|before| before.blocks.iter().find(|known| known.heading == block.heading));
    let words = |lines: &[super::listing::Line]| lines.iter().map(|line| line.words.clone()).collect::<Vec<String>>();
    let lines = match known {
        None => words(&block.lines),
        Some(known) if block.whole && known.lines == block.lines => Vec::new(),
        Some(_) if block.whole => words(&block.lines),
        Some(known) => {
            let is_new = |line: &&super::listing::Line| {
                (line.again && after == After::Doing) || !known.lines.iter().any(|other| other.words == line.words)
            };
            block.lines.iter().filter(is_new).map(|line| line.words.clone()).collect()
        }
    };
    let heading = block.heading.clone().filter(|_| !lines.is_empty());
    heading.into_iter().chain(lines).collect()
}

//! Handles the search: typing narrows the list, Enter goes to the chosen value.
use super::state::FindScreen;
use crate::tui::entry::Entry;
use crate::tui::model::{Model, Screen};
use crate::tui::msg::{Effect, Intent};
use crate::tui::parts::area::Area;
use crate::tui::parts::sheet::Sheet;
use crate::tui::row::reveal;
use crate::tui::screen::behaviour::{Behaviour, EntryChange, TextUse};
use crate::tui::screen::steps::StepsScreen;

/// Opens the search, empty.
pub(in crate::tui) fn open(model: &mut Model) {
    model.screen = Screen::Find(FindScreen { words: Entry::open(""), chosen: 0, top: 0 });
}

impl Behaviour for FindScreen {
    fn key(model: &mut Model, intent: Intent, screenful: usize) -> Vec<Effect> {
        let (Screen::Find(screen), Some(campus)) = (&mut model.screen, &mut model.campus) else { return Vec::new() };
        let found = screen.found(campus);
        let last = found.len().saturating_sub(1);
        let chosen = found.get(screen.chosen).map(|(step, finding)| (*step, finding.key.clone()));
        match intent {
            Intent::Up => screen.chosen = screen.chosen.saturating_sub(1),
            Intent::Down => screen.chosen = (screen.chosen + 1).min(last),
            Intent::PageUp => screen.chosen = screen.chosen.saturating_sub(screenful),
            Intent::PageDown => screen.chosen = (screen.chosen + screenful).min(last),
            Intent::Enter => {
                let Some((step, key)) = chosen else { return Vec::new() };
                campus.select(step, key);
                model.screen = Screen::Steps(StepsScreen);
            }
            Intent::Back => model.screen = Screen::Steps(StepsScreen),
            _ => {}
        }
        Vec::new()
    }

    fn edit(model: &mut Model, change: EntryChange<'_>) {
        let Screen::Find(screen) = &mut model.screen else { return };
        change(&mut screen.words);
        screen.chosen = 0;
    }

    fn click(model: &mut Model, item: usize) -> Vec<Effect> {
        if let Screen::Find(screen) = &mut model.screen {
            screen.chosen = item;
        }
        Vec::new()
    }

    fn keep_in_sight(model: &mut Model, sheet: &Sheet, area: Area) {
        if let Screen::Find(screen) = &mut model.screen {
            screen.top = reveal(&sheet.body, screen.chosen, screen.top, sheet.height(area));
        }
    }

    fn enter_words(&self, model: &Model) -> Option<String> {
        let found = self.found(model.campus.as_ref()?);
        (!found.is_empty()).then(|| "go there".to_owned())
    }

    fn entry<'a>(&'a self, _model: &'a Model) -> Option<&'a Entry> {
        Some(&self.words)
    }

    fn text_use(&self, _model: &Model) -> TextUse {
        TextUse::Answer
    }

    fn is_about_steps(&self) -> bool {
        true
    }
}

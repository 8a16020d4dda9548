//! What a person has had before their eyes when they press Enter. Keys that came before it was drawn were pressed for something else:
//! a letter typed ahead is seen in its field, but an Enter would confirm unseen.
use crate::tui::model::{Model, Screen, Typing};
use crate::tui::setup::{Ask, Page, Widget};
use std::mem::{Discriminant, discriminant};
use zeroize::Zeroizing;

/// What Enter would say yes to; nothing where it only leads on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Sight {
    /// Nothing is said yes to.
    Harmless,
    /// What is written or tried after it, as this screen tells.
    Told(Discriminant<Screen>),
    /// A sign-off: the remark, or the word that signs.
    Signing(Typing),
    /// A text that is recorded as it was compared.
    Compared(Zeroizing<String>),
    /// The line of a list that is taken.
    Offered(Page, Ask),
    /// Everything, before it is stored.
    Looked,
}

impl Sight {
    /// On the screen as it is.
    pub(super) fn of(model: &Model) -> Self {
        match &model.screen {
            _ if model.help.is_some() => Self::Harmless,
            Screen::Plan(_) | Screen::Undo(_) | Screen::Prove(_) | Screen::GoLive(_) | Screen::Forecast(_) => {
                Self::Told(discriminant(&model.screen))
            }
            Screen::SignOff(screen) => Self::Signing(screen.typing),
            Screen::PasteBack(screen) => Self::Compared(Zeroizing::new(screen.typed.text().to_owned())),
            Screen::Setup => model.setup.as_ref().map_or(Self::Harmless, |setup| match setup.page {
                Page::Review => Self::Looked,
                Page::Systems | Page::Places if setup.focus.widget() == Widget::List => {
                    Self::Offered(setup.page, setup.focus)
                }
                Page::Campus | Page::Systems | Page::Places => Self::Harmless,
            }),
            Screen::Steps
            | Screen::Writing(_)
            | Screen::Outcome(_)
            | Screen::Proving(_)
            | Screen::Proved(_)
            | Screen::Summary(_)
            | Screen::HandOff(_)
            | Screen::Foretelling(_)
            | Screen::Foretold(_) => Self::Harmless,
        }
    }

    /// Whether Enter may be taken where this is what was drawn last.
    pub(super) fn allows(&self, model: &Model) -> bool {
        let now = Self::of(model);
        now == Self::Harmless || now == *self
    }
}

/// Said of an Enter that was not taken.
pub(super) const UNSEEN: &str = "Enter came before this was on the screen, and was not taken.";

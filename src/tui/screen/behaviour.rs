//! What every screen answers for. The defaults are those of a screen that is only read.
use crate::tui::entry::Entry;
use crate::tui::keys::binding::{Binding, KeyTable};
use crate::tui::model::Model;
use crate::tui::msg::{Effect, Intent};
use crate::tui::parts::area::Area;
pub use crate::tui::parts::marks::Meaning;
use crate::tui::parts::sheet::Sheet;
use crate::tui::screen::sign_off::SignOffField;
use crate::tui::setup::{Question, SetupPage};
use zeroize::Zeroizing;

/// What a text typed on a screen is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextUse {
    /// A code or a word that lets something happen.
    Consent,
    /// An answer or a remark; none begins with a question mark.
    Answer,
    /// Anything may be meant by it, a question mark too.
    Anything,
}

/// What Enter would say yes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AtStake {
    /// Nothing: it only leads on.
    Nothing,
    /// What is written or tried after it, as this screen tells.
    AsTold,
    /// A sign-off: the remark, or the word that signs.
    SignOff(SignOffField),
    /// A text that is recorded as it was compared.
    Comparison(Zeroizing<String>),
    /// The line of a list that is taken.
    Offer(SetupPage, Question),
    /// Everything, before it is stored.
    Answers,
}

/// A change to a text field.
pub type EntryChange<'a> = &'a mut dyn FnMut(&mut Entry);

/// A screen. What only asks takes the screen's own state; what changes takes the whole model, where that state stands.
pub trait Behaviour {
    /// Its keys, a table for each of its pages.
    fn key_tables() -> &'static [KeyTable]
    where
        Self: Sized;

    /// Does what a key means; so many lines are a screenful.
    fn key(model: &mut Model, intent: Intent, screenful: usize) -> Vec<Effect>
    where
        Self: Sized;

    /// Changes the text field under the cursor.
    fn edit(_model: &mut Model, _change: EntryChange<'_>)
    where
        Self: Sized,
    {
    }

    /// Takes a pasted text as something else than text for the field, or refuses it; says whether it did.
    fn paste(_model: &mut Model, _text: &str) -> bool
    where
        Self: Sized,
    {
        false
    }

    /// Goes to the item that the mouse points at.
    fn click(_model: &mut Model, _item: usize) -> Vec<Effect>
    where
        Self: Sized,
    {
        Vec::new()
    }

    /// Asks what is under way to stop.
    fn stop(_model: &mut Model) -> Vec<Effect>
    where
        Self: Sized,
    {
        Vec::new()
    }

    /// Moves what is in sight as little as possible, so that the chosen line is in it.
    fn keep_in_sight(_model: &mut Model, _sheet: &Sheet, _area: Area)
    where
        Self: Sized,
    {
    }

    /// Its lines.
    fn page(&self, model: &Model, area: Area) -> Sheet;

    /// What line mode calls it.
    fn name(&self) -> &'static str;

    /// Which of its tables of keys serves now.
    fn table(&self, _model: &Model) -> usize {
        0
    }

    /// Its first line in sight, where it is scrolled.
    fn top(&mut self) -> Option<&mut usize> {
        None
    }

    /// What Enter does, in words; none where it does nothing.
    fn enter_words(&self, _model: &Model) -> Option<String> {
        None
    }

    /// Whether an intent that is bound here does something now.
    fn works(&self, _model: &Model, _intent: Intent) -> bool {
        true
    }

    /// A binding's words in the footer; empty where it is not named.
    fn label(&self, _model: &Model, binding: &Binding) -> &'static str {
        binding.label
    }

    /// Where text is typed.
    fn entry<'a>(&'a self, _model: &'a Model) -> Option<&'a Entry> {
        None
    }

    /// What the text typed is for.
    fn text_use(&self, _model: &Model) -> TextUse {
        TextUse::Consent
    }

    /// Whether a key typed in the open becomes stars.
    fn hides_keys(&self) -> bool {
        true
    }

    /// What Enter would say yes to.
    fn at_stake(&self, _model: &Model) -> AtStake {
        AtStake::Nothing
    }

    /// Whether something runs, so that time must be shown passing.
    fn is_busy(&self) -> bool {
        false
    }

    /// Whether something is being written that must be finished and journaled before leaving.
    fn is_writing(&self) -> bool {
        false
    }

    /// Whether Esc stops what runs here.
    fn can_be_stopped(&self) -> bool {
        false
    }

    /// Whether the steps stand beside it.
    fn is_about_steps(&self) -> bool {
        false
    }

    /// How many lines a notch of the wheel moves.
    fn wheel_lines(&self, _model: &Model) -> usize {
        3
    }

    /// What its marks mean.
    fn marks(&self) -> &'static [Meaning] {
        &[]
    }

    /// What is said to somebody who leaves while something is written.
    fn finishing(&self) -> &'static str {
        "Finishing the write, then leaving."
    }

    /// What is said on the normal screen of a write that was waited for.
    fn last_word(&self, _model: &Model) -> Option<String> {
        None
    }

    /// What is said on the normal screen of what was typed and not sent.
    fn unsent_word(&self, _model: &Model) -> Option<&'static str> {
        None
    }
}

/// What a screen does to the model.
#[derive(Debug, Clone, Copy)]
pub struct Handlers {
    /// [`Behaviour::key_tables`].
    pub key_tables: fn() -> &'static [KeyTable],
    /// [`Behaviour::key`].
    pub key: fn(&mut Model, Intent, usize) -> Vec<Effect>,
    /// [`Behaviour::edit`].
    pub edit: fn(&mut Model, EntryChange<'_>),
    /// [`Behaviour::paste`].
    pub paste: fn(&mut Model, &str) -> bool,
    /// [`Behaviour::click`].
    pub click: fn(&mut Model, usize) -> Vec<Effect>,
    /// [`Behaviour::stop`].
    pub stop: fn(&mut Model) -> Vec<Effect>,
    /// [`Behaviour::keep_in_sight`].
    pub keep_in_sight: fn(&mut Model, &Sheet, Area),
}

impl Handlers {
    /// Those of a screen.
    #[must_use]
    pub fn of<S: Behaviour>() -> Self {
        Self {
            key_tables: S::key_tables,
            key: S::key,
            edit: S::edit,
            paste: S::paste,
            click: S::click,
            stop: S::stop,
            keep_in_sight: S::keep_in_sight,
        }
    }
}

//! The trait that every screen implements. Its defaults suit a read-only screen.
use crate::tui::entry::Entry;
use crate::tui::keys::Key;
use crate::tui::keys::binding::Binding;
use crate::tui::model::Model;
use crate::tui::msg::{Effect, Intent};
use crate::tui::parts::area::Area;
pub use crate::tui::parts::marks::Meaning;
use crate::tui::parts::sheet::Sheet;
use crate::tui::screen::sign_off::SignOffField;
use crate::tui::setup::{Question, SetupPage};
use zeroize::Zeroizing;

/// What the text typed on a screen is used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextUse {
    /// The campus code, or the word `yes`: it confirms an operation.
    Consent,
    /// An answer or a remark. It never begins with `?`, so that a first `?` opens the help.
    Answer,
    /// A name from Alma's list. None has a `?`, so that one opens the help at any time.
    Listed,
    /// Free text, which may begin with `?`.
    Anything,
}

/// What Enter would confirm. An Enter pressed before this was drawn is dropped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AtStake {
    /// Nothing: Enter only moves on.
    Nothing,
    /// The operation that the screen describes.
    AsTold,
    /// The sign-off, with the field that has the cursor.
    SignOff(SignOffField),
    /// The compared text, which is recorded as evidence.
    Comparison(Zeroizing<String>),
    /// The chosen line of a list of offers.
    Offer(SetupPage, Question),
    /// All answers of the set-up, which are stored.
    Answers,
}

/// A change to a text field, such as an inserted character.
pub type EntryChange<'a> = &'a mut dyn FnMut(&mut Entry);

/// A screen. Methods that only read take the screen's state; methods that change something take the whole model, which holds
/// that state.
pub trait Behaviour {
    /// Handles a key. `screenful` is the number of visible lines.
    fn key(model: &mut Model, intent: Intent, screenful: usize) -> Vec<Effect>
    where
        Self: Sized;

    /// Changes the text field under the cursor.
    fn edit(_model: &mut Model, _change: EntryChange<'_>)
    where
        Self: Sized,
    {
    }

    /// Handles or refuses a pasted text. Returns false if the text goes into the text field instead.
    fn paste(_model: &mut Model, _text: &str) -> bool
    where
        Self: Sized,
    {
        false
    }

    /// Handles a piece of a pasted text, which goes on where the last one ended. Returns false like [`Self::paste`].
    fn piece(model: &mut Model, text: &str) -> bool
    where
        Self: Sized,
    {
        Self::paste(model, text)
    }

    /// Chooses the clicked item.
    fn click(_model: &mut Model, _item: usize) -> Vec<Effect>
    where
        Self: Sized,
    {
        Vec::new()
    }

    /// Asks the running work to stop.
    fn stop(_model: &mut Model) -> Vec<Effect>
    where
        Self: Sized,
    {
        Vec::new()
    }

    /// Scrolls until the chosen line is visible.
    fn keep_in_sight(_model: &mut Model, _sheet: &Sheet, _area: Area)
    where
        Self: Sized,
    {
    }

    /// The index into the screen's key tables of the one that applies now.
    fn table(&self, _model: &Model) -> usize {
        0
    }

    /// The index of the first visible body line, if the screen scrolls.
    fn top(&mut self) -> Option<&mut usize> {
        None
    }

    /// What Enter does, in words. `None` if it does nothing.
    fn enter_words(&self, _model: &Model) -> Option<String> {
        None
    }

    /// Whether a bound intent does something now.
    fn works(&self, _model: &Model, _intent: Intent) -> bool {
        true
    }

    /// The footer's words for a binding. Empty if the footer does not name it.
    fn label(&self, _model: &Model, binding: &Binding) -> &'static str {
        binding.label
    }

    /// The text field that has the cursor, if any.
    fn entry<'a>(&'a self, _model: &'a Model) -> Option<&'a Entry> {
        None
    }

    /// What the typed text is used for.
    fn text_use(&self, _model: &Model) -> TextUse {
        TextUse::Consent
    }

    /// Whether an API key typed into a visible field is replaced by stars.
    fn hides_keys(&self) -> bool {
        true
    }

    /// What Enter would confirm.
    fn at_stake(&self, _model: &Model) -> AtStake {
        AtStake::Nothing
    }

    /// Whether work is running, so that the spinner and elapsed time must be redrawn.
    fn is_busy(&self) -> bool {
        false
    }

    /// Whether a write is running that must be finished and journaled before the program may exit.
    fn is_writing(&self) -> bool {
        false
    }

    /// Whether Esc stops the running work.
    fn can_be_stopped(&self) -> bool {
        false
    }

    /// Whether the list of steps is shown beside the screen.
    fn is_about_steps(&self) -> bool {
        false
    }

    /// Lines moved per notch of the mouse wheel.
    fn wheel_lines(&self, _model: &Model) -> usize {
        3
    }

    /// The keys that a turn of the mouse wheel stands for, up and down.
    fn wheel_keys(&self) -> [Key; 2] {
        [Key::Up, Key::Down]
    }

    /// The messages on the screen that may be about a system's answer.
    fn messages<'a>(&'a self, _model: &'a Model) -> Vec<&'a str> {
        Vec::new()
    }

    /// The request, status and code that a plain sentence on the screen leaves out.
    fn folded<'a>(&'a self, _model: &'a Model) -> Option<&'a str> {
        None
    }

    /// The meaning of each mark on the screen, for the help.
    fn marks(&self) -> &'static [Meaning] {
        &[]
    }

    /// Status text for a user who leaves during a write.
    fn finishing(&self) -> &'static str {
        "Finishing the write, then quitting."
    }

    /// How the write ended, printed after the full screen closes if the user left while it ran.
    fn last_word(&self, _model: &Model) -> Option<String> {
        None
    }

    /// A note about typed but unsent input, printed after the full screen closes.
    fn unsent_word(&self, _model: &Model) -> Option<&'static str> {
        None
    }
}

/// The functions of [`Behaviour`] that change the model, as pointers.
#[derive(Debug, Clone, Copy)]
pub struct Handlers {
    pub key: fn(&mut Model, Intent, usize) -> Vec<Effect>,
    pub edit: fn(&mut Model, EntryChange<'_>),
    pub paste: fn(&mut Model, &str) -> bool,
    pub piece: fn(&mut Model, &str) -> bool,
    pub click: fn(&mut Model, usize) -> Vec<Effect>,
    pub stop: fn(&mut Model) -> Vec<Effect>,
    pub keep_in_sight: fn(&mut Model, &Sheet, Area),
}

impl Handlers {
    /// The functions of the screen whose state is `S`.
    pub fn of<S: Behaviour>() -> Self {
        Self {
            key: S::key,
            edit: S::edit,
            paste: S::paste,
            piece: S::piece,
            click: S::click,
            stop: S::stop,
            keep_in_sight: S::keep_in_sight,
        }
    }
}

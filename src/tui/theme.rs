//! Styles by meaning. Only sixteen colours, so that the user's own palette applies. Every meaning is also a word, symbol or weight.
use super::row::Tone;
use ratatui::style::{Color, Modifier, Style};

/// Whether colours are used. `NO_COLOR` and `--no-color` switch them off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Palette {
    /// The terminal's sixteen colours.
    Colours,
    /// No colours, only weights and reverse video.
    Plain,
}

impl Palette {
    /// Returns the style of a tone.
    pub fn style(self, tone: Tone) -> Style {
        let plain = Style::new();
        let (colour, modifier) = match tone {
            Tone::Plain => (None, Modifier::empty()),
            Tone::Faint => (None, Modifier::DIM),
            Tone::Strong | Tone::Heading | Tone::Key => (None, Modifier::BOLD),
            Tone::Good => (Some(Color::Green), Modifier::empty()),
            Tone::Bad => (Some(Color::Red), Modifier::empty()),
            Tone::Warn => (Some(Color::Yellow), Modifier::empty()),
            Tone::Word => (Some(Color::Cyan), Modifier::empty()),
            Tone::Picked => (None, Modifier::REVERSED),
            Tone::Field => (None, Modifier::UNDERLINED),
            Tone::Alarm => (Some(Color::Red), Modifier::REVERSED.union(Modifier::BOLD)),
        };
        let style = plain.add_modifier(modifier);
        match (self, colour) {
            (Self::Colours, Some(colour)) => style.fg(colour),
            _ => style,
        }
    }
}

//! Styles by meaning. Cyan is for what has the focus and for fields, and for nothing else. Only sixteen colours, so that the user's own palette applies. Every meaning is also a word, symbol or weight.
use super::row::Tone;
use ratatui::style::Style;

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
        let style = match tone {
            Tone::Plain => Style::new(),
            Tone::Faint => Style::new().dim(),
            Tone::Strong | Tone::Heading | Tone::Key => Style::new().bold(),
            Tone::Good => Style::new().green(),
            Tone::Bad => Style::new().red(),
            Tone::GoodLetters => Style::new().green().underlined(),
            Tone::BadLetters => Style::new().red().underlined(),
            Tone::Warn => Style::new().yellow(),
            Tone::SignedOff => Style::new().magenta(),
            Tone::Picked => Style::new().cyan().reversed(),
            Tone::Field => Style::new().cyan().underlined(),
            Tone::Alarm => Style::new().red().reversed().bold(),
        };
        match self {
            Self::Colours => style,
            Self::Plain => Style { fg: None, ..style },
        }
    }
}

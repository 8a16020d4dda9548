//! Styles of glyphs, and the codes that lead from one style to another.
use ratatui::style::{Color, Modifier};

/// Colours and modifiers of one cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct GlyphStyle {
    pub(super) fg: Color,
    pub(super) bg: Color,
    pub(super) modifier: Modifier,
}

/// Modifiers with the codes that set and remove them.
const MODIFIERS: [(Modifier, &str, &str); 9] = [
    (Modifier::BOLD, "1", "22"),
    (Modifier::DIM, "2", "22"),
    (Modifier::ITALIC, "3", "23"),
    (Modifier::UNDERLINED, "4", "24"),
    (Modifier::SLOW_BLINK, "5", "25"),
    (Modifier::RAPID_BLINK, "6", "25"),
    (Modifier::REVERSED, "7", "27"),
    (Modifier::HIDDEN, "8", "28"),
    (Modifier::CROSSED_OUT, "9", "29"),
];

/// Modifiers that show on a blank. With any of them the whole style is visible, without them only the background.
const SEEN_ON_A_BLANK: Modifier = Modifier::REVERSED.union(Modifier::UNDERLINED).union(Modifier::CROSSED_OUT);

impl GlyphStyle {
    /// The style without colours or modifiers.
    pub(super) const PLAIN: Self = Self { fg: Color::Reset, bg: Color::Reset, modifier: Modifier::empty() };

    /// The part of the style that is visible on a blank.
    pub(super) fn on_blank(self) -> Self {
        if self.modifier.intersects(SEEN_ON_A_BLANK) { self } else { Self { bg: self.bg, ..Self::PLAIN } }
    }

    /// Returns whether a blank of the other style looks the same in this one.
    pub(super) fn draws_blank(self, other: Self) -> bool {
        self.on_blank() == other.on_blank()
    }
}

/// Returns the shortest codes that switch to a style.
pub(super) fn codes(before: Option<GlyphStyle>, after: GlyphStyle) -> String {
    let whole = full(after);
    // An unknown style needs the reset that comes with the whole.
    let step = before.map(|before| difference(before, after));
    step.filter(|step| step.len() <= whole.len()).unwrap_or(whole)
}

/// The codes for a style after a reset, with the reset itself.
fn full(look: GlyphStyle) -> String {
    let mut codes = vec![String::new()];
    codes.extend(on(look.modifier));
    codes.extend((look.fg != Color::Reset).then(|| colour(look.fg, 30)));
    codes.extend((look.bg != Color::Reset).then(|| colour(look.bg, 40)));
    if codes.len() == 1 { String::new() } else { codes.join(";") }
}

/// The codes from one style to another.
fn difference(before: GlyphStyle, after: GlyphStyle) -> String {
    let gone = before.modifier - after.modifier;
    let mut come = after.modifier - before.modifier;
    let mut codes: Vec<String> = Vec::new();
    for (_, _, off) in MODIFIERS.iter().filter(|(modifier, ..)| gone.contains(*modifier)) {
        // One code may remove two modifiers, so set again the one that stays.
        let removed = MODIFIERS.iter().filter(|(.., other)| other == off).map(|(modifier, ..)| *modifier);
        come |= after.modifier & removed.collect();
        if codes.last().is_none_or(|last| last != off) {
            codes.push((*off).to_owned());
        }
    }
    codes.extend(on(come));
    codes.extend((before.fg != after.fg).then(|| colour(after.fg, 30)));
    codes.extend((before.bg != after.bg).then(|| colour(after.bg, 40)));
    codes.join(";")
}

fn on(modifier: Modifier) -> impl Iterator<Item = String> {
    MODIFIERS.iter().filter(move |(each, ..)| modifier.contains(*each)).map(|(_, on, _)| (*on).to_owned())
}

/// A colour's code. `base` is 30 for the letters and 40 for the background.
fn colour(colour: Color, base: u8) -> String {
    let bright = base + 60;
    let code = match colour {
        Color::Reset => base + 9,
        Color::Black => base,
        Color::Red => base + 1,
        Color::Green => base + 2,
        Color::Yellow => base + 3,
        Color::Blue => base + 4,
        Color::Magenta => base + 5,
        Color::Cyan => base + 6,
        Color::Gray => base + 7,
        Color::DarkGray => bright,
        Color::LightRed => bright + 1,
        Color::LightGreen => bright + 2,
        Color::LightYellow => bright + 3,
        Color::LightBlue => bright + 4,
        Color::LightMagenta => bright + 5,
        Color::LightCyan => bright + 6,
        Color::White => bright + 7,
        Color::Indexed(n) => return format!("{};5;{n}", base + 8),
        Color::Rgb(r, g, b) => return format!("{};2;{r};{g};{b}", base + 8),
    };
    code.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_taken_off_by_one_code_and_what_stays_is_put_on_again() {
        let look = |modifier| GlyphStyle { modifier, ..GlyphStyle::PLAIN };
        let (bold, dim) = (Modifier::BOLD, Modifier::DIM);
        assert_eq!(full(look(bold | dim)), ";1;2");
        assert_eq!(difference(look(bold | dim), look(bold)), "22;1");
        assert_eq!(difference(look(bold | dim), look(dim)), "22;2");
        assert_eq!(difference(look(bold), look(bold | dim)), "2");
        assert_eq!(difference(look(bold), look(Modifier::empty())), "22");
        let both = Modifier::SLOW_BLINK | Modifier::RAPID_BLINK;
        assert_eq!(difference(look(both), look(Modifier::SLOW_BLINK)), "25;5");
    }

    #[test]
    fn a_blank_shows_its_ground_and_what_crosses_it() {
        let red = GlyphStyle { fg: Color::Red, modifier: Modifier::BOLD, ..GlyphStyle::PLAIN };
        assert!(red.draws_blank(GlyphStyle::PLAIN));
        assert!(!GlyphStyle { modifier: Modifier::REVERSED, ..red }.draws_blank(GlyphStyle::PLAIN));
        assert!(!GlyphStyle { bg: Color::Red, ..GlyphStyle::PLAIN }.draws_blank(GlyphStyle::PLAIN));
    }
}

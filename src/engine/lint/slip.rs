//! Typos of one character.

/// How one text differs from another by a single typo. Positions count characters from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Slip {
    #[error(
        "one letter off: character {at} is \"{}\" instead of \"{}\"{}",
        visible(*.got),
        visible(*.want),
        alike(*.got, *.want)
    )]
    Changed { at: usize, got: char, want: char },
    #[error("one letter off: \"{}\" is missing at character {at}", visible(*.want))]
    Missing { at: usize, want: char },
    #[error("one letter off: extra \"{}\" at character {at}", visible(*.got))]
    Extra { at: usize, got: char },
    /// Two neighbours in the wrong order, the first of them at this position. `got` is in the order they were typed.
    #[error(
        "one letter off: characters {at} and {} are swapped (\"{}{}\")",
        *.at + 1,
        visible(.got[0]),
        visible(.got[1])
    )]
    Swapped { at: usize, got: [char; 2] },
}

impl Slip {
    /// The typo that turns `want` into `got`, if one is enough (a Damerau-Levenshtein distance of 1).
    pub fn between(want: &str, got: &str) -> Option<Self> {
        let (want, got): (Vec<char>, Vec<char>) = (want.chars().collect(), got.chars().collect());
        let same = want.iter().zip(&got).take_while(|(a, b)| a == b).count();
        let (at, wanted, there) = (same + 1, &want[same..], &got[same..]);
        match (wanted, there) {
            ([w, rest_w @ ..], [g, rest_g @ ..]) if rest_w == rest_g => Some(Self::Changed { at, got: *g, want: *w }),
            ([a, b, rest_w @ ..], [c, d, rest_g @ ..]) if a == d && b == c && rest_w == rest_g => {
                Some(Self::Swapped { at, got: [*c, *d] })
            }
            ([w, rest @ ..], there) if rest == there => Some(Self::Missing { at, want: *w }),
            (wanted, [g, rest @ ..]) if wanted == rest => Some(Self::Extra { at, got: *g }),
            _ => None,
        }
    }
}

/// A remark about two characters that look alike.
fn alike(got: char, want: char) -> &'static str {
    match (got, want) {
        ('O' | 'o', '0') => " (the letter O, not the digit 0)",
        ('0', 'O' | 'o') => " (the digit 0, not the letter O)",
        ('l' | 'I' | 'i', '1') => " (a letter, not the digit 1)",
        ('1', 'l' | 'I' | 'i') => " (the digit 1, not a letter)",
        ('I', 'l') => " (a capital I, not a small L)",
        ('l', 'I') => " (a small L, not a capital I)",
        (got, want) if want.is_ascii_alphabetic() && got.is_alphabetic() && !got.is_ascii() => {
            " (it may look the same, but it is from another alphabet)"
        }
        _ => "",
    }
}

fn visible(c: char) -> char {
    if crate::text::steers(c) { crate::text::MARK } else { c }
}

#[cfg(test)]
mod tests {
    use super::Slip;

    #[test]
    fn each_slip_is_told_apart_and_two_are_none() {
        let words = |want, got| Slip::between(want, got).map(|slip| slip.to_string());
        assert_eq!(words("Alma", "Alna").as_deref(), Some("one letter off: character 3 is \"n\" instead of \"m\""));
        assert_eq!(words("Alma", "Ama").as_deref(), Some("one letter off: \"l\" is missing at character 2"));
        assert_eq!(words("Alma", "Allma").as_deref(), Some("one letter off: extra \"l\" at character 3"));
        assert_eq!(words("Alma", "Amla").as_deref(), Some("one letter off: characters 2 and 3 are swapped (\"ml\")"));
        assert!(words("01CUNY", "O1CUNY").is_some_and(|words| words.contains("the letter O, not the digit 0")));
        for (want, got) in [("Alma", "Alma"), ("Alma", "Anna"), ("", ""), ("Alma", "Al"), ("ab", "bca")] {
            assert_eq!(words(want, got), None, "{want} {got}");
        }
    }
}

//! What a mask leaves visible of the key behind it.
use super::ApiKey;
use std::fmt;
use zeroize::Zeroizing;

/// The most characters of a key that are kept from either end of its mask.
const KEPT: usize = 4;

/// The mask of a key, as in `********a1b2`, with the letters and digits that it leaves visible at its ends. A key that
/// differs there is not the one behind it.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct KeyMask {
    start: Zeroizing<String>,
    end: Zeroizing<String>,
}

impl KeyMask {
    /// The mask in a text. Nothing is visible of the key where the text has no run of equal signs, as in `[hidden]`, or
    /// where words stand beside it.
    pub fn of(text: &str) -> Self {
        let chars: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
        let Some((first, last)) = covered(&chars) else { return Self::default() };
        let bare = |part: &[char]| part.iter().copied().filter(|c| !matches!(c, '-' | '{' | '}')).collect::<Vec<_>>();
        let (before, after) = (bare(&chars[..first]), bare(&chars[last..]));
        let start = visible(&before).map(|part| &part[..part.len().min(KEPT)]);
        let end = visible(&after).map(|part| &part[part.len().saturating_sub(KEPT)..]);
        let text = |part: Option<&[char]>| Zeroizing::new(part.unwrap_or_default().iter().collect::<String>());
        Self { start: text(start), end: text(end) }
    }

    /// Whether this key may be the one behind the mask.
    pub fn may_hide(&self, key: &ApiKey) -> bool {
        let bare: String = key.0.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase();
        let bare = Zeroizing::new(bare);
        bare.starts_with(&self.start.to_lowercase()) && bare.ends_with(&self.end.to_lowercase())
    }

    /// All that a screen or report may say of it: `masked, ends a1b2`.
    pub fn described(&self) -> String {
        match self.end.as_str() {
            "" => "masked".to_owned(),
            end => format!("masked, ends {end}"),
        }
    }
}

impl fmt::Debug for KeyMask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.described())
    }
}

/// Where the mask begins and where it ends: the runs of three equal signs, or of four `x`.
fn covered(chars: &[char]) -> Option<(usize, usize)> {
    let mut place: Option<(usize, usize)> = None;
    let mut at = 0;
    for run in chars.chunk_by(|a, b| a == b) {
        let enough = match run {
            ['x' | 'X', ..] => run.len() >= 4,
            [c, ..] => run.len() >= 3 && !c.is_alphanumeric(),
            [] => false,
        };
        if enough {
            place = Some((place.map_or(at, |(first, _)| first), at + run.len()));
        }
        at += run.len();
    }
    place
}

/// A visible part of a key: letters and digits alone, and no word.
fn visible(part: &[char]) -> Option<&[char]> {
    let of_a_key = part.iter().all(char::is_ascii_alphanumeric);
    let word = part.len() > KEPT && part.iter().all(char::is_ascii_alphabetic);
    (of_a_key && !word).then_some(part)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    const KEY: &str = "70726163-7469-4365-8000-696c6c69a1b2";

    #[rstest]
    #[case("********", true, "masked")]
    #[case("********a1b2", true, "masked, ends a1b2")]
    #[case("********A1B2", true, "masked, ends A1B2")]
    #[case("********9999", false, "masked, ends 9999")]
    #[case("••••b2", true, "masked, ends b2")]
    #[case("XXXXXXXX-XXXX-9999", false, "masked, ends 9999")]
    #[case("********-****-****-****-********9999", false, "masked, ends 9999")]
    #[case("70726163-****-****-****-********a1b2", true, "masked, ends a1b2")]
    #[case("7072****", true, "masked")]
    #[case("l8xx****a1b2", false, "masked, ends a1b2")]
    #[case("7072----9999", false, "masked, ends 9999")]
    #[case("[hidden]", true, "masked")]
    #[case("REDACTED", true, "masked")]
    #[case("******** hidden", true, "masked")]
    #[case("", true, "masked")]
    fn a_mask_tells_apart_what_it_leaves_visible(#[case] text: &str, #[case] may: bool, #[case] described: &str) {
        let key = ApiKey::parse(KEY.to_owned()).expect("a key");
        let mask = KeyMask::of(text);
        assert_eq!((mask.may_hide(&key), mask.described()), (may, described.to_owned()));
    }
}

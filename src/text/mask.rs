//! Values that systems show masked.
use super::key_shape::plain;

/// Words for a value that is not shown.
const HIDDEN: [&str; 12] = [
    "hidden",
    "masked",
    "redacted",
    "removed",
    "protected",
    "secret",
    "confidential",
    "omitted",
    "obscured",
    "withheld",
    "suppressed",
    "obfuscated",
];

/// Whether a value may be the mask of another one, whole or in part. The one rule:
/// - a run of four equal signs, such as `****` or `#-#-#-#`, or a run of three that touches a letter or digit or has no letters
///   beside it. Three signs that stand apart from words, as in `*** Ask first ***`, only adorn a note. The signs with which people write
///   and draw lines, as in `-----`, `...` and `===`, count only inside one word, in a run of four;
/// - four `x` in a row with nothing but digits and `x` beside, or four capital ones inside a word that has others;
/// - a word for hidden in brackets, such as `[redacted]`, or a whole value in brackets that has one.
pub fn is_masked(value: &str) -> bool {
    let chars: Vec<char> = value.chars().map(plain).collect();
    is_blotted(&chars) || is_crossed_out(&chars) || is_called_hidden(&chars)
}

/// Whether people write, calculate or draw lines with this sign.
fn is_of_writing(c: char) -> bool {
    matches!(
        c,
        '-' | '\u{2010}'
            ..='\u{2015}'
                | '.'
                | '…'
                | ','
                | ':'
                | ';'
                | '!'
                | '?'
                | '\''
                | '"'
                | '`'
                | '´'
                | '('
                | ')'
                | '['
                | ']'
                | '{'
                | '}'
                | '<'
                | '>'
                | '/'
                | '\\'
                | '|'
                | '_'
                | '='
                | '~'
                | '+'
                | '\u{fffd}'
    )
}

fn is_sign(c: char) -> bool {
    !c.is_alphanumeric() && !c.is_whitespace() && !c.is_control()
}

/// The runs of equal characters: each character, where its run begins, and how long it is.
fn runs(chars: &[char]) -> Vec<(char, usize, usize)> {
    let mut all: Vec<(char, usize, usize)> = Vec::new();
    for (at, c) in chars.iter().enumerate() {
        match all.last_mut() {
            Some((last, _, length)) if last == c => *length += 1,
            _ => all.push((*c, at, 1)),
        }
    }
    all
}

fn is_blotted(chars: &[char]) -> bool {
    let is_blot = |c: char| is_sign(c) && !is_of_writing(c);
    // A mask may be divided like the value behind it: `**** **** 1234`.
    let bare: Vec<char> = chars.iter().copied().filter(|c| !c.is_whitespace() && *c != '-').collect();
    let longest = runs(&bare).into_iter().filter(|(c, ..)| is_blot(*c)).map(|(.., length)| length).max().unwrap_or(0);
    let has_letters = bare.iter().any(|c| c.is_alphabetic());
    let is_word = !chars.iter().any(|c| c.is_whitespace());
    let inside = |c: &(char, usize, usize)| {
        let beside =
            |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(|c| c.is_alphanumeric() || *c == '@');
        let (before, after) = (beside(c.1.checked_sub(1)), beside(Some(c.1 + c.2)));
        match is_blot(c.0) {
            true => c.2 >= 3 && (before || after),
            false => is_word && is_sign(c.0) && c.2 >= 4 && before && after,
        }
    };
    longest >= 4 || (longest == 3 && !has_letters) || runs(chars).iter().any(inside)
}

fn is_crossed_out(chars: &[char]) -> bool {
    let bare: Vec<char> = chars.iter().copied().filter(|c| !c.is_whitespace() && *c != '-').collect();
    let cross = |c: &char| matches!(c, 'x' | 'X');
    let has = |crosses: &[char]| runs(&bare).iter().any(|(c, _, length)| crosses.contains(c) && *length >= 4);
    let others = bare.iter().any(|c| !cross(c));
    let nothing_else = bare.iter().all(|c| cross(c) || c.is_ascii_digit());
    let mixed = bare.len() >= 4 && !others;
    mixed || (nothing_else && has(&['x', 'X'])) || (others && !chars.contains(&' ') && has(&['X']))
}

fn is_called_hidden(chars: &[char]) -> bool {
    let text: String = chars.iter().collect::<String>().to_lowercase();
    let open = |c: char| matches!(c, '(' | '[' | '{' | '<' | '«' | '‹' | '【' | '〈');
    let close = |c: char| matches!(c, ')' | ']' | '}' | '>' | '»' | '›' | '】' | '〉');
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
    };
    let is_word = |word: &String| HIDDEN.contains(&word.as_str());
    let whole = text.trim();
    let bracketed = whole.starts_with(open) && whole.ends_with(close) && !whole.chars().skip(1).any(open);
    let parts = text.split(open).skip(1).filter_map(|rest| rest.split_once(close)).map(|(inside, _)| words(inside));
    (bracketed && words(whole).iter().any(is_word))
        || parts.into_iter().any(|words| !words.is_empty() && words.iter().all(is_word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mask_is_known() {
        for masked in [
            "****",
            "********",
            "••••a1b2",
            "jane****@example.edu",
            "●●●@example.edu",
            "**** **** **** 1234",
            "***",
            "xxxx-xxxx",
            "●●●●",
            "########",
            "###",
            "＊＊＊＊",
            "＃＃＃＃",
            "abc***def",
            "l8xx****1234",
            "l8xx###1234",
            "l8xx....1234",
            "l8xx____1234",
            "l8xx----1234",
            "█████",
            "■■■■",
            "* * * *",
            "5f2c%%%%a1b2",
            "XXXX1234",
            "xxxxxxxx1234",
            "l8xxXXXXXX1234",
            "XXXX-XXXX-1234",
            "ＸＸＸＸ",
            "<hidden>",
            "[masked]",
            "(masked)",
            "[REDACTED]",
            "{removed}",
            "«hidden»",
            "（hidden）",
            "[PROTECTED-1]",
            "[value hidden by Alma]",
            "key: <redacted>",
            "see (hidden)",
        ] {
            assert!(is_masked(masked), "{masked}");
        }
    }

    #[test]
    fn an_ordinary_text_is_no_mask() {
        for plain in [
            "",
            "*",
            "NCIP",
            "*** Ask the ILL office first ***",
            "### Loans",
            "XX",
            "a...b",
            "4x4",
            "OCLC -- x",
            "-----",
            "...",
            "===",
            "----- see below -----",
            "Loans ... and more",
            "====== Loans ======",
            "_____",
            "Call first!!!!",
            "Why????",
            "wait...",
            "C++",
            "C#",
            "https://qc.illiad.oclc.org/illiadwebplatform/",
            "a@b.edu",
            "20 % & more",
            "XXL",
            "Level XXX",
            "Main desk (hidden entrance)",
            "Main desk (2nd floor)",
            "<b>Loans</b>",
            "Secret Garden",
            "hidden",
            "100.000.000",
            "l8xxxxyz",
            "[Protect me]",
            "0000",
            "1111-1111",
            "Loan desk (removed in 2020)",
            "\u{fffd}\u{fffd}\u{fffd}\u{fffd}",
        ] {
            assert!(!is_masked(plain), "{plain}");
        }
    }
}

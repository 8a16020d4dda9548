//! An identifier as a cell of a spreadsheet holds it. What the spreadsheet did to it is undone where only one reading is
//! possible, and named where not.
use crate::text::{key_shapes, steers};

/// The longest identifier accepted, in bytes. We assume neither system has longer ones.
const LONGEST: usize = 255;
/// The digits of an EMPLID.
const EMPLID_DIGITS: usize = 8;
/// Characters that take no room and come along when text is copied.
const UNSEEN: [char; 7] = ['\u{200b}', '\u{200c}', '\u{200d}', '\u{2060}', '\u{feff}', '\u{ad}', '\u{180e}'];

/// An identifier, and whether a spreadsheet had changed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CellIdentifier {
    pub(super) text: String,
    pub(super) origin: CellOrigin,
}

/// How an identifier stood in its cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CellOrigin {
    AsIs,
    /// A spreadsheet had changed it, and the change was undone.
    Restored,
}

/// Why a cell holds no identifier that can be asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdentifierFault {
    /// Nothing is in the cell.
    Empty,
    /// A number that a spreadsheet has rounded (`1.00E+07`).
    Rounded,
    /// A spreadsheet's error, or `#####` of a narrow column.
    CellError,
    /// It has the shape of an API key, which must not be sent to the other system.
    Key,
    /// Blanks inside, control characters, or too long.
    Unfit,
}

/// Reads an identifier from a cell.
pub(super) fn identifier(cell: &str) -> Result<CellIdentifier, IdentifierFault> {
    let bare = cell.trim_matches([' ', '\t', '\r', '\n']);
    let text = restored(bare);
    let origin = if text == bare { CellOrigin::AsIs } else { CellOrigin::Restored };
    fit(&text).map(|()| CellIdentifier { text, origin })
}

fn fit(text: &str) -> Result<(), IdentifierFault> {
    let rounded = text.split_once(['E', 'e']).is_some_and(|(number, power)| {
        number.contains(['.', ',']) && number.replace(',', ".").parse::<f64>().is_ok() && power.parse::<i32>().is_ok()
    });
    match text {
        "" => Err(IdentifierFault::Empty),
        _ if rounded => Err(IdentifierFault::Rounded),
        _ if text.starts_with('#') => Err(IdentifierFault::CellError),
        "." | ".." => Err(IdentifierFault::Unfit),
        _ if text.len() > LONGEST || text.chars().any(|c| c.is_whitespace() || steers(c)) => {
            Err(IdentifierFault::Unfit)
        }
        _ if !key_shapes(text).is_empty() => Err(IdentifierFault::Key),
        _ => Ok(()),
    }
}

/// Undoes what spreadsheets do: blanks that do not break, `="…"`, a leading apostrophe, `.0`, and thousands.
fn restored(cell: &str) -> String {
    let edge = |c: char| c.is_whitespace() || UNSEEN.contains(&c);
    let mut text: String = cell.trim_matches(edge).chars().filter(|c| !UNSEEN.contains(c)).collect();
    if let Some(inner) = text.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')) {
        text = inner.trim_matches(edge).to_owned();
    } else if let Some(inner) = text.strip_prefix('=').filter(|rest| is_digits(rest)) {
        text = inner.to_owned();
    }
    let number = text.strip_prefix(['\'', '\u{2019}', '\u{2018}', '`', '\u{b4}']).unwrap_or(&text);
    let number = number.trim_matches(edge);
    let exact = unrounded(number);
    let whole = exact.as_deref().unwrap_or_else(|| without_zeros(number));
    let digits = without_thousands(whole).unwrap_or_else(|| whole.to_owned());
    // Only a number may be taken apart: a username may have any of these signs for its own.
    if is_digits(&digits) { digits } else { text }
}

/// The number in `2.3456789E+07`. `None` unless it has all its digits.
fn unrounded(text: &str) -> Option<String> {
    let (number, power) = text.split_once(['E', 'e'])?;
    let (first, rest) = number.split_once(['.', ','])?;
    let power: usize = power.strip_prefix('+').unwrap_or(power).parse().ok()?;
    (first.len() == 1 && is_digits(first) && is_digits(rest) && rest.len() == power).then(|| format!("{first}{rest}"))
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A number without the decimals that a spreadsheet added (`.0`, `,00`).
fn without_zeros(text: &str) -> &str {
    let zeros = |part: &&str| matches!(*part, "0" | "00");
    text.rsplit_once(['.', ',']).filter(|(_, part)| zeros(part)).map_or(text, |(whole, _)| whole)
}

/// A number without the signs between its thousands. `None` unless they stand exactly there.
fn without_thousands(text: &str) -> Option<String> {
    let is_sign = |c: char| matches!(c, ',' | '.' | '\'' | '\u{2019}' | '_') || c.is_whitespace();
    let sign = text.chars().find(|c| is_sign(*c))?;
    let groups: Vec<&str> = text.split(sign).collect();
    let (first, rest) = groups.split_first()?;
    // One point may be a decimal point.
    let sure = rest.len() > 1 || sign != '.';
    let fits = (1..=3).contains(&first.len()) && rest.iter().all(|group| group.len() == 3) && sure;
    let digits = groups.concat();
    (fits && is_digits(&digits)).then_some(digits)
}

/// The EMPLID that a spreadsheet may have made this number of by dropping zeros at the start. `None` for anything that is
/// no shorter number.
pub fn with_zeros(emplid: &str) -> Option<String> {
    (is_digits(emplid) && emplid.len() < EMPLID_DIGITS).then(|| format!("{emplid:0>EMPLID_DIGITS$}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::as_it_is("23456789", "23456789")]
    #[case::blanks(" 23456789\t", "23456789")]
    #[case::decimal("23456789.0", "23456789")]
    #[case::decimals("23456789,00", "23456789")]
    #[case::apostrophe("'23456789", "23456789")]
    #[case::curly_apostrophe("\u{2019}23456789", "23456789")]
    #[case::formula("=\"23456789\"", "23456789")]
    #[case::bare_formula("=23456789", "23456789")]
    #[case::thousands("23,456,789", "23456789")]
    #[case::points("23.456.789", "23456789")]
    #[case::thin_blanks("23\u{202f}456\u{202f}789", "23456789")]
    #[case::thousands_and_decimals("23,456,789.00", "23456789")]
    #[case::short_thousands("456,789", "456789")]
    #[case::exact("2.3456789E+07", "23456789")]
    #[case::exact_with_comma("2,3456789e7", "23456789")]
    #[case::no_break("23456789\u{a0}", "23456789")]
    #[case::unseen("\u{feff}2345\u{200b}6789", "23456789")]
    #[case::username("o'neil.0", "o'neil.0")]
    #[case::username_with_sign("'jdoe", "'jdoe")]
    #[case::username_in_a_formula("=\"jdoe\"", "jdoe")]
    #[case::two_groups("2345,6789", "2345,6789")]
    #[case::one_point("456.789", "456.789")]
    fn what_a_spreadsheet_did_is_undone_where_it_is_certain(#[case] cell: &str, #[case] text: &str) {
        let read = identifier(cell).expect("an identifier");
        assert_eq!(read.text, text);
        let changed = cell.trim_matches([' ', '\t']) != text;
        assert_eq!(read.origin == CellOrigin::Restored, changed);
    }

    #[rstest]
    #[case("", IdentifierFault::Empty)]
    #[case("\u{a0}", IdentifierFault::Empty)]
    #[case("=\"\"", IdentifierFault::Empty)]
    #[case("2.35E+07", IdentifierFault::Rounded)]
    #[case("2,35E+07", IdentifierFault::Rounded)]
    #[case("2.345678E+07", IdentifierFault::Rounded)]
    #[case("#N/A", IdentifierFault::CellError)]
    #[case("########", IdentifierFault::CellError)]
    #[case("two words", IdentifierFault::Unfit)]
    #[case("..", IdentifierFault::Unfit)]
    fn what_cannot_be_undone_is_named(#[case] cell: &str, #[case] fault: IdentifierFault) {
        assert_eq!(identifier(cell), Err(fault));
    }

    #[test]
    fn zeros_are_put_back_only_before_a_shorter_number() {
        assert_eq!(with_zeros("456789").as_deref(), Some("00456789"));
        assert_eq!((with_zeros("23456789"), with_zeros("jdoe"), with_zeros("")), (None, None, None));
    }
}

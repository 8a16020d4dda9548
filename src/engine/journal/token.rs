//! The token of a test request.
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use std::fmt;

/// How many digits the day of a token has.
const DAY: usize = 8;

/// How many hexadecimal digits follow the day.
const REST: usize = 10;

/// What identifies a test request of ours, for example `202611230a1b2c3d4e`: the day and ten hexadecimal digits. It can hold
/// nothing else, also when it is read from the journal, because requests are found and cancelled by it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ProbeToken(String);

impl ProbeToken {
    /// A token for this day, with the first digits of a digest.
    pub fn of(at: Timestamp, digest: &str) -> Self {
        let day = TimeZone::UTC.to_datetime(at).date();
        let rest: String = digest.bytes().filter(is_hex).chain([b'0'; REST]).take(REST).map(char::from).collect();
        Self(format!("{:04}{:02}{:02}{rest}", day.year().unsigned_abs(), day.month(), day.day()))
    }
}

impl TryFrom<String> for ProbeToken {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let well_formed = text.len() == DAY + REST
            && text.bytes().take(DAY).all(|c| c.is_ascii_digit())
            && text.bytes().skip(DAY).all(|c| is_hex(&c));
        if well_formed { Ok(Self(text)) } else { Err("this is not the token of a test request".to_owned()) }
    }
}

fn is_hex(c: &u8) -> bool {
    matches!(c, b'0'..=b'9' | b'a'..=b'f')
}

impl From<ProbeToken> for String {
    fn from(ProbeToken(text): ProbeToken) -> Self {
        text
    }
}

impl fmt::Display for ProbeToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_form_is_a_token() {
        let token = ProbeToken::of(Timestamp::UNIX_EPOCH, "0a1b2c3d4e5f").to_string();
        assert_eq!(token, "197001010a1b2c3d4e");
        assert!(ProbeToken::try_from(token).is_ok());
        for other in
            ["", " ", "0", "A real book", "20261129", "20261129ABCDEF0123", "20261129abcdef01234", "2026112xabcdef0123"]
        {
            assert!(ProbeToken::try_from(other.to_owned()).is_err(), "{other}");
        }
    }
}

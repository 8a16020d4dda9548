//! Compares the name that was asked for with the name of the record that came back.

/// How the name of a record relates to the name that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameMatch {
    Exact,
    /// Only letter case differs, which neither system tells apart.
    OtherCase,
    /// The record's name has blanks at its end, which ILLiad's database ignores (facts/illiad.md §1.5).
    TrailingBlank,
    /// The record is another person's.
    Another,
}

impl NameMatch {
    /// Compares the two names.
    pub fn of(asked: &str, found: &str) -> Self {
        let (bare_asked, bare_found) = (asked.trim_end(), found.trim_end());
        if asked == found {
            Self::Exact
        } else if bare_asked.to_lowercase() != bare_found.to_lowercase() {
            Self::Another
        } else if found != bare_found {
            Self::TrailingBlank
        } else {
            Self::OtherCase
        }
    }
}

#[cfg(test)]
mod tests {
    use super::NameMatch;

    #[test]
    fn names_are_told_apart() {
        for (found, expected) in [
            ("jdoe", NameMatch::Exact),
            ("JDoe", NameMatch::OtherCase),
            ("jdoe ", NameMatch::TrailingBlank),
            ("JDOE\u{a0}", NameMatch::TrailingBlank),
            ("jdoe2", NameMatch::Another),
        ] {
            assert_eq!(NameMatch::of("jdoe", found), expected, "{found:?}");
        }
    }
}

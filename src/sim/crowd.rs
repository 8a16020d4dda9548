//! Generates many patrons from a rule: how many, the first number, and how each is known. A habit applies to every
//! nth patron, and the first that fits wins. A patron without a habit has the EMPLID as username in both systems.
use serde::Deserialize;

/// The table `crowd` of a world.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Crowd {
    people: u32,
    /// The EMPLID of the first patron; the others count up from there.
    first: u32,
    /// How many digits an EMPLID has at least, with zeros at its start.
    width: usize,
    habits: Vec<CrowdRule>,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
struct CrowdRule {
    every: u32,
    is: Habit,
}

/// How a patron's identifiers differ from the usual case, the EMPLID in both systems.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Habit {
    /// ILLiad has an account under the old username only.
    OldUsername,
    /// Like [`Habit::OldUsername`], but that account's ExternalUserId is the EMPLID.
    ExternalId,
    /// ILLiad has two accounts: one under the old username, one under the EMPLID.
    Doubled,
    /// Alma's primary identifier is another id, and ILLiad uses that one. Alma also finds the patron by EMPLID.
    OtherPrimaryId,
    /// ILLiad has no account.
    NotInIlliad,
    /// Alma has no user.
    NotInAlma,
    /// The account under the old username was merged into the one under the EMPLID.
    MergedAway,
    /// The account under the EMPLID is disavowed.
    Disavowed,
    /// The account under the EMPLID is blocked.
    Blocked,
    /// The account under the EMPLID has a name and nothing else.
    HalfEmpty,
    /// The username has a blank at its end.
    TrailingBlank,
    /// ILLiad answers with another person's record.
    OtherRecord,
}

/// One patron of a crowd.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Patron {
    /// The place in the crowd, counted from 1.
    pub(super) number: u32,
    pub(super) emplid: String,
    pub(super) habit: Option<Habit>,
}

impl Patron {
    pub(super) fn name(&self) -> String {
        format!("Patron {}", self.number)
    }

    pub(super) fn old_username(&self) -> String {
        format!("patron{:03}", self.number)
    }

    pub(super) fn other_id(&self) -> String {
        format!("N{:07}", self.number)
    }
}

impl Crowd {
    pub(super) fn patrons(&self) -> impl Iterator<Item = Patron> + '_ {
        (1..=self.people).map(|number| Patron {
            number,
            emplid: format!("{:0>width$}", self.first + number - 1, width = self.width),
            habit: self.habits.iter().find(|rule| number.is_multiple_of(rule.every)).map(|rule| rule.is),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_habit_that_fits_counts() {
        let rule = |every, is| CrowdRule { every, is };
        let habits = vec![rule(4, Habit::NotInAlma), rule(2, Habit::OldUsername)];
        let crowd = Crowd { people: 5, first: 20_000_001, width: 0, habits };
        let all: Vec<_> = crowd.patrons().map(|patron| (patron.emplid, patron.habit)).collect();
        let (old, none) = (Some(Habit::OldUsername), Some(Habit::NotInAlma));
        let expected =
            [("20000001", None), ("20000002", old), ("20000003", None), ("20000004", none), ("20000005", None)];
        assert_eq!(all, expected.map(|(emplid, habit)| (emplid.to_owned(), habit)));
    }
}

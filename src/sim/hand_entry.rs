//! Entries that a person makes on screens no API reaches: Alma's rota templates and rules, ILLiad's Customization
//! Manager.
use thiserror::Error;

/// What a person enters into one record on one screen.
#[derive(Debug, Clone, Copy)]
pub struct HandEntry<'a> {
    /// The path to the screen through the menus. The first element is the system's name.
    pub path: &'a [String],
    /// All values of the record, entered now or later, as pairs of field name and value. They are used to find an
    /// existing record.
    pub card: &'a [(String, String)],
    /// The values that are entered now.
    pub now: &'a [(String, String)],
}

/// There is no such screen or field.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("there is no {field} at {screen}")]
pub struct NoSuchField {
    pub(super) screen: String,
    pub(super) field: String,
}

impl HandEntry<'_> {
    /// The value on the card for a field.
    pub(super) fn wanted(&self, field: &str) -> Option<&str> {
        self.card.iter().find(|(name, _)| same_name(name, field)).map(|(_, value)| value.as_str())
    }

    /// Enters the values field by field. `cell` enters one value and returns whether there is such a field.
    pub(super) fn each(&self, mut cell: impl FnMut(&str, &str) -> bool) -> Result<(), NoSuchField> {
        for (field, value) in self.now {
            if !cell(field, value) {
                return Err(self.no_such(field));
            }
        }
        Ok(())
    }

    /// The error for a screen that does not exist; it names the first field.
    pub(super) fn nowhere(&self) -> NoSuchField {
        self.no_such(self.now.first().map_or("", |(field, _)| field))
    }

    fn no_such(&self, field: &str) -> NoSuchField {
        NoSuchField { screen: self.path.join(" > "), field: field.to_owned() }
    }
}

/// Whether a heading on a screen names this column. Headings have blanks where column names have none.
pub(super) fn same_name(heading: &str, column: &str) -> bool {
    heading.replace(' ', "") == column.replace(' ', "")
}

/// The record that the person has open, else the one found in the list, else a new one. It stays open.
pub(super) fn opened<'a, T: Default>(
    rows: &'a mut Vec<T>,
    open: &mut Option<usize>,
    found: impl FnOnce(&[T]) -> Option<usize>,
) -> &'a mut T {
    let at = open.or_else(|| found(rows)).unwrap_or_else(|| {
        rows.push(T::default());
        rows.len() - 1
    });
    *open = Some(at);
    &mut rows[at]
}

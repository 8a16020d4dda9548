//! Edits a campus file in place: values change, while comments, order, unknown keys and formatting stay.
use crate::site::{CampusField, SiteDraft};
use toml_edit::{Array, DocumentMut, Item, Table, TableLike, TomlError, Value};

/// Returns `text` with the draft's values in it; an empty text gives a new file. Defaults are written only where the
/// file has that key already.
pub(super) fn rewritten(text: &str, draft: &SiteDraft) -> Result<String, TomlError> {
    let mut document: DocumentMut = text.parse()?;
    let stands = SiteDraft::from_toml(text);
    for slot in CampusField::ALL {
        let wanted = draft.get(slot);
        // A value that is unchanged keeps its quotes and list layout.
        if stands.get(slot) != wanted {
            put(&mut document, slot, &wanted);
        }
    }
    Ok(document.to_string())
}

fn put(document: &mut DocumentMut, slot: CampusField, wanted: &str) {
    let (table, key): (Option<&mut dyn TableLike>, &str) = match slot.path().split_once('.') {
        None => (Some(document.as_table_mut()), slot.path()),
        Some((table, key)) => (sub_table(document, table), key),
    };
    let Some(table) = table else { return };
    let old = table.get_mut(key).and_then(Item::as_value_mut);
    let new = match (slot, &old) {
        (CampusField::PatronsSample, Some(Value::Array(old))) => Value::Array(list(wanted, old)),
        (CampusField::PatronsSample, _) => Value::Array(list(wanted, &Array::new())),
        (CampusField::EvidenceMaxAge | CampusField::WordMaxAge, _) => number(wanted),
        _ => Value::from(wanted),
    };
    match old {
        Some(old) => {
            // The comment after a value is part of its decor.
            let decor = old.decor().clone();
            *old = new;
            *old.decor_mut() = decor;
        }
        None => drop(table.insert(key, Item::Value(new))),
    }
}

/// The value as a TOML number if it is one, else as text.
fn number(wanted: &str) -> Value {
    match wanted.parse::<i64>() {
        Ok(number) if number.to_string() == wanted => Value::from(number),
        _ => Value::from(wanted),
    }
}

/// The table of this name. Makes it if it is missing, and replaces anything else of that name, so the result is never `None`.
fn sub_table<'a>(document: &'a mut DocumentMut, name: &str) -> Option<&'a mut dyn TableLike> {
    let item = document.entry(name).or_insert_with(|| Item::Table(Table::new()));
    if !item.is_table_like() {
        *item = Item::Table(Table::new());
    }
    item.as_table_like_mut()
}

/// The wanted list. Entries that were in `old` keep their layout and comments.
fn list(wanted: &str, old: &Array) -> Array {
    let mut list = old.clone();
    list.clear();
    for id in wanted.split(',').map(str::trim).filter(|id| !id.is_empty()) {
        match old.iter().find(|value| value.as_str() == Some(id)) {
            Some(value) => list.push_formatted(value.clone()),
            None => list.push(id),
        }
    }
    list
}

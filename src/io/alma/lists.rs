//! Reads lists out of Alma's answers. Only a whole, well-formed list can show that something is missing from it.
use crate::engine::observed::ListExtent;
use crate::io::http::{CodedValue, Many, shaped};
use crate::text::clean;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::BTreeSet;

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ListPage<T> {
    pub(super) items: Vec<T>,
    /// The list's `total_record_count`, if given.
    pub(super) total: Option<usize>,
}

impl<T: DeserializeOwned> ListPage<T> {
    /// Reads the items under `item`, or under `rows.row` (facts/alma.md §8).
    ///
    /// # Errors
    /// The answer is not such a list. A list that is null or missing is empty only if Alma counts none.
    pub(super) fn of(answer: &Value, item: &str) -> Result<Self, ListFault> {
        Self::shaped(answer, item).map_err(ListFault::Shape)
    }

    fn shaped(answer: &Value, item: &str) -> Result<Self, String> {
        let total = total(answer)?;
        let wrapped = answer.get("rows").filter(|_| item != "rows");
        let found = match (answer.get(item), wrapped) {
            (Some(list), None) => Some((list, item)),
            (None, Some(rows)) => Some((rows.get("row").unwrap_or(&Value::Null), "rows.row")),
            (Some(_), Some(_)) => return Err(format!("the answer has two lists, \"{item}\" and \"rows\"")),
            (None, None) => None,
        };
        let items = match found {
            Some((Value::Null, _)) | None if total == Some(0) && answer.is_object() => Vec::new(),
            Some((Value::Null, at)) => return Err(format!("the list \"{at}\" of the answer is null")),
            None => return Err(format!("the answer has no list \"{item}\"")),
            Some((list, at)) => shaped::<Many<T>>(list).map_err(|why| format!("{why} (in {at})"))?.0,
        };
        Ok(Self { items, total })
    }

    /// The items of a list that comes in one answer.
    ///
    /// # Errors
    /// Alma counts more or fewer items than it sent, or does not count them.
    pub(super) fn whole(self) -> Result<Vec<T>, ListFault> {
        match (self.items.len(), self.total) {
            (came, Some(total)) if total > came => Err(ListFault::CutOff { came, total }),
            (came, Some(total)) if total < came => Err(ListFault::Miscounted { came, total }),
            (_, Some(_)) => Ok(self.items),
            (came, None) => Err(ListFault::Uncounted { came }),
        }
    }

    /// The rows of a code table, which Alma sends in one answer and does not count (rest_code_table.xsd). The table that was asked for
    /// has rows; without any, what came is not known to be that table.
    ///
    /// # Errors
    /// There are no rows, or Alma counts more than it sent.
    pub(super) fn table(self) -> Result<Vec<T>, ListFault> {
        match (self.items.len(), self.total) {
            (0, _) => Err(ListFault::Shape("the code table of the answer has no rows".to_owned())),
            (came, Some(total)) if total > came => Err(ListFault::CutOff { came, total }),
            _ => Ok(self.items),
        }
    }
}

/// What was read of a list, given the identities of its rows. Where one stands in it twice, rows have moved between its pages, and
/// another row may be missing although the number is right.
pub(super) fn once_each<'a>(rows: impl Iterator<Item = &'a str>, extent: ListExtent) -> ListExtent {
    let mut seen = BTreeSet::new();
    match rows.into_iter().find(|row| !seen.insert(row.to_lowercase())) {
        Some(row) => ListExtent::Cut(format!("{} is in it twice, so another may be missing", clean(row, 60))),
        None => extent,
    }
}

/// Why an answer is no whole list.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum ListFault {
    /// It has another shape. Holds what is odd about it.
    #[error("{0}")]
    Shape(String),
    /// Alma counts more items than came.
    #[error("the list is incomplete: {came} of {total} entries arrived")]
    CutOff { came: usize, total: usize },
    /// Alma does not count the items, as it is documented to.
    #[error("the list may be incomplete: {came} arrived, and Alma does not say how many there are")]
    Uncounted { came: usize },
    /// Alma counts fewer items than came.
    #[error("the list is not to be trusted: {came} entries arrived, and Alma counts {total}")]
    Miscounted { came: usize, total: usize },
    /// Alma gave the same page twice.
    #[error("the list may be incomplete: {came} arrived, and Alma gives the same ones again")]
    Repeated { came: usize },
}

fn total(answer: &Value) -> Result<Option<usize>, String> {
    let Some(total) = answer.get("total_record_count").filter(|total| !total.is_null()) else { return Ok(None) };
    let Some(number) = shaped::<CodedValue>(total)?.filled() else { return Ok(None) };
    let number = number.trim().parse();
    number.map(Some).map_err(|_| "the answer's total_record_count is not a number".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(answer: &Value, item: &str) -> Result<usize, ListFault> {
        let page = ListPage::<CodedValue>::of(answer, item)?;
        if item == "row" { page.table() } else { page.whole() }.map(|list| list.len())
    }

    #[test]
    fn a_list_has_several_shapes() {
        assert_eq!(read(&json!({"library": ["A", "B"], "total_record_count": 2}), "library"), Ok(2));
        assert_eq!(read(&json!({"library": {"value": "A"}, "total_record_count": 1}), "library"), Ok(1));
        assert_eq!(read(&json!({"library": [], "total_record_count": {"value": "0"}}), "library"), Ok(0));
        assert_eq!(read(&json!({"total_record_count": 0}), "library"), Ok(0));
        assert_eq!(read(&json!({"library": null, "total_record_count": "0"}), "library"), Ok(0));
        assert_eq!(read(&json!({"name": "ItemPolicy", "row": ["A"]}), "row"), Ok(1));
        assert_eq!(read(&json!({"name": "ItemPolicy", "rows": {"row": ["A", "B"]}}), "row"), Ok(2));
        assert_eq!(read(&json!({"rows": {"row": {"value": "A"}}, "total_record_count": 1}), "library"), Ok(1));
    }

    #[test]
    fn a_list_that_is_counted_wrongly_or_has_one_twice_is_not_whole() {
        let two = json!({"library": ["A", "B"], "total_record_count": 1});
        assert_eq!(read(&two, "library"), Err(ListFault::Miscounted { came: 2, total: 1 }));
        assert_eq!(once_each(["A", "B"].into_iter(), ListExtent::Whole), ListExtent::Whole);
        assert!(matches!(once_each(["A", "B", "a"].into_iter(), ListExtent::Whole), ListExtent::Cut(_)));
    }

    #[test]
    fn an_unknown_shape_is_never_an_empty_list() {
        for (answer, item) in [
            (json!({}), "library"),
            (json!([]), "library"),
            (json!("library"), "library"),
            (json!({"library": null}), "library"),
            (json!({"library": "A"}), "library"),
            (json!({"library": [["A"]]}), "library"),
            (json!({"libraries": {"library": ["A"]}, "total_record_count": 1}), "library"),
            (json!({"total_record_count": 3}), "library"),
            (json!({"library": [], "total_record_count": "some"}), "library"),
            (json!({"library": [], "total_record_count": -1}), "library"),
            (json!({"library": [], "total_record_count": []}), "library"),
            (json!({"name": "ItemPolicy", "row": []}), "row"),
            (json!({"name": "ItemPolicy", "row": [], "total_record_count": 0}), "row"),
            (json!({"name": "ItemPolicy", "scope": {}}), "row"),
            (json!({"name": "ItemPolicy", "rows": ["A"]}), "row"),
            (json!({"name": "ItemPolicy", "rows": {}}), "row"),
            (json!({"name": "ItemPolicy", "rows": {"row": ["A"]}, "row": ["B"]}), "row"),
        ] {
            assert!(read(&answer, item).is_err(), "{answer}");
        }
    }

    /// The specification has a count for every list but a code table's.
    #[test]
    fn a_list_that_is_not_counted_is_not_known_to_be_whole() {
        for (answer, came) in [
            (json!({"library": []}), 0),
            (json!({"library": [], "total_record_count": null}), 0),
            (json!({"library": ["A"], "total_record_count": ""}), 1),
            (json!({"library": ["A", "B"]}), 2),
        ] {
            assert_eq!(read(&answer, "library"), Err(ListFault::Uncounted { came }), "{answer}");
        }
    }

    #[test]
    fn a_list_that_is_cut_off_says_so() {
        let cut = read(&json!({"library": ["A", "B"], "total_record_count": 12}), "library");
        assert_eq!(cut, Err(ListFault::CutOff { came: 2, total: 12 }));
    }
}

//! OData's `$filter`, as far as clients of ILLiad use it: `eq ne gt ge lt le`, `startswith(Field,'text')`, `and`, `or`, `not`,
//! parentheses, `null`, `datetime'…'`. Letter case matters (facts/illiad.md §1.8).

use serde_json::Value;

/// A filter that could be read.
#[derive(Debug, PartialEq)]
pub(super) enum Filter {
    All(Box<Filter>, Box<Filter>),
    Any(Box<Filter>, Box<Filter>),
    Not(Box<Filter>),
    StartsWith(String, String),
    Compare(String, String, Value),
}

impl Filter {
    /// Reads a filter; the error says where it could not go on.
    pub(super) fn parsed(text: &str) -> Result<Self, String> {
        let mut rest = text.trim();
        let filter = any(&mut rest)?;
        if rest.is_empty() {
            Ok(filter)
        } else {
            Err(lost(rest))
        }
    }

    /// Whether a transaction passes.
    pub(super) fn holds(&self, row: &Value) -> bool {
        match self {
            Self::All(a, b) => a.holds(row) && b.holds(row),
            Self::Any(a, b) => a.holds(row) || b.holds(row),
            Self::Not(a) => !a.holds(row),
            Self::StartsWith(field, start) => row[field]
                .as_str()
                .is_some_and(|text| text.starts_with(start)),
            Self::Compare(field, operator, value) => compared(&row[field], operator, value),
        }
    }
}

fn compared(got: &Value, operator: &str, wanted: &Value) -> bool {
    let order = match (got, wanted) {
        (Value::String(got), Value::String(wanted)) => Some(got.cmp(wanted)),
        (Value::Number(got), Value::Number(wanted)) => got.as_f64().partial_cmp(&wanted.as_f64()),
        _ => None,
    };
    match operator {
        "eq" => got == wanted,
        "ne" => got != wanted,
        "gt" => order.is_some_and(|o| o.is_gt()),
        "ge" => order.is_some_and(|o| o.is_ge()),
        "lt" => order.is_some_and(|o| o.is_lt()),
        _ => order.is_some_and(|o| o.is_le()),
    }
}

fn lost(rest: &str) -> String {
    format!(
        "Syntax error at '{}'.",
        rest.chars().take(20).collect::<String>()
    )
}

fn any(rest: &mut &str) -> Result<Filter, String> {
    let mut left = all(rest)?;
    while keyword(rest, "or") {
        left = Filter::Any(Box::new(left), Box::new(all(rest)?));
    }
    Ok(left)
}

fn all(rest: &mut &str) -> Result<Filter, String> {
    let mut left = one(rest)?;
    while keyword(rest, "and") {
        left = Filter::All(Box::new(left), Box::new(one(rest)?));
    }
    Ok(left)
}

fn one(rest: &mut &str) -> Result<Filter, String> {
    if keyword(rest, "not") {
        return Ok(Filter::Not(Box::new(one(rest)?)));
    }
    if sign(rest, "(") {
        let inner = any(rest)?;
        return if sign(rest, ")") {
            Ok(inner)
        } else {
            Err(lost(rest))
        };
    }
    let name = word(rest)?;
    if name == "startswith" && sign(rest, "(") {
        let field = word(rest)?;
        if !sign(rest, ",") {
            return Err(lost(rest));
        }
        return match (literal(rest)?, sign(rest, ")")) {
            (Value::String(start), true) => {
                // Older OData writes `startswith(…) eq true`.
                let stated = keyword(rest, "eq").then(|| word(rest)).transpose()?;
                let filter = Filter::StartsWith(field, start);
                Ok(if stated.as_deref() == Some("false") {
                    Filter::Not(Box::new(filter))
                } else {
                    filter
                })
            }
            _ => Err(lost(rest)),
        };
    }
    let operator = word(rest)?;
    if !["eq", "ne", "gt", "ge", "lt", "le"].contains(&operator.as_str()) {
        return Err(lost(&operator));
    }
    Ok(Filter::Compare(name, operator, literal(rest)?))
}

fn literal(rest: &mut &str) -> Result<Value, String> {
    let text = rest.strip_prefix("datetime").unwrap_or(rest);
    if let Some(quoted) = text.strip_prefix('\'') {
        let mut content = String::new();
        let mut marks = quoted.char_indices().peekable();
        while let Some((at, c)) = marks.next() {
            if c == '\'' && marks.next_if(|(_, next)| *next == '\'').is_none() {
                *rest = quoted[at + 1..].trim_start();
                return Ok(Value::String(content));
            }
            content.push(c);
        }
        return Err(lost(rest));
    }
    let plain = word(rest)?;
    match plain.as_str() {
        "null" => Ok(Value::Null),
        "true" => Ok(Value::Bool(true)),
        "false" => Ok(Value::Bool(false)),
        number => number
            .parse::<u64>()
            .map(Value::from)
            .map_err(|_| lost(number)),
    }
}

fn word(rest: &mut &str) -> Result<String, String> {
    let end = rest
        .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        .unwrap_or(rest.len());
    if end == 0 {
        return Err(lost(rest));
    }
    let found = rest[..end].to_owned();
    *rest = rest[end..].trim_start();
    Ok(found)
}

fn keyword(rest: &mut &str, wanted: &str) -> bool {
    let mut probe = *rest;
    let hit = word(&mut probe).is_ok_and(|found| found == wanted);
    if hit {
        *rest = probe;
    }
    hit
}

fn sign(rest: &mut &str, wanted: &str) -> bool {
    match rest.strip_prefix(wanted) {
        Some(after) => {
            *rest = after.trim_start();
            true
        }
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::Filter;
    use serde_json::json;

    #[test]
    fn filters_hold_as_odata_says() {
        let row = json!({"TransactionStatus": "Cancelled by ILL Staff", "CitedIn": "01CUNY_QC1", "TransactionNumber": 7, "X": null,
            "CreationDate": "2024-03-01T10:00:00.000"});
        for (text, expected) in [
            ("startswith(TransactionStatus,'Cancelled')", true),
            ("startswith(TransactionStatus, 'cancelled')", false),
            (
                "not startswith(CitedIn,'01CUNY') or TransactionNumber eq 7",
                true,
            ),
            ("startswith(CitedIn,'01CUNY') eq false", false),
            (
                "CitedIn eq '01CUNY_QC1' and (X eq null and X ne 'it''s')",
                true,
            ),
            (
                "CreationDate gt datetime'2024-01-01' and TransactionNumber lt 7",
                false,
            ),
        ] {
            assert_eq!(
                Filter::parsed(text).map(|f| f.holds(&row)),
                Ok(expected),
                "{text}"
            );
        }
    }

    #[test]
    fn what_cannot_be_read_is_refused() {
        for text in [
            "",
            "CitedIn",
            "CitedIn eq",
            "CitedIn is 'x'",
            "startswith(CitedIn)",
            "(CitedIn eq 'x'",
            "CitedIn eq 'x",
            "A eq 1 B",
        ] {
            assert!(Filter::parsed(text).is_err(), "{text}");
        }
    }
}

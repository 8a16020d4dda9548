//! ILLiad's records as they come over the wire (facts/illiad.md §1.4, §1.5). Every field except the identity is
//! optional.
use super::answer::IlliadMessage;
use crate::engine::observed::{AccountFill, IlliadUser, Transaction};
use crate::io::http::{CodedValue, Many, Whole, required, shaped};
use crate::io::text;
use serde::Deserialize;
use serde_json::Value;

/// The longest text that is searched for a version, in bytes.
const LONGEST_VERSION_TEXT: usize = 200;

/// Finds the version, such as `9.2.2.0` in `ILLiad Platform Version: 9.2.2.0`, quoted or not.
pub(super) fn version(said: &IlliadMessage) -> Result<String, String> {
    let text = match said {
        IlliadMessage::Value(value) => value.as_str().unwrap_or_default(),
        IlliadMessage::Text(text) => text.as_str(),
    };
    let none = || format!("the answer contains no version, but \"{}\"", text::cut(&text::clean(text), 60));
    if text.len() > LONGEST_VERSION_TEXT {
        return Err(none());
    }
    let (named, rest) = match text.to_ascii_lowercase().rfind("version") {
        Some(at) => (true, &text[at..]),
        None => (false, text),
    };
    let number = rest.split(|c: char| !c.is_ascii_digit() && c != '.').map(|word| word.trim_matches('.'));
    let mut dotted = number.filter(|word| word.contains('.') && !word.contains(".."));
    // Without the word "version", the text must be the number and nothing else, so that an IP address is not taken
    // for one.
    match dotted.next() {
        Some(number) if named || number == text.trim() => Ok(number.to_owned()),
        _ => Err(none()),
    }
}

#[derive(Deserialize)]
struct WireIlliadUser {
    #[serde(rename = "UserName", alias = "Username", deserialize_with = "required")]
    user_name: String,
    #[serde(default, rename = "Cleared")]
    cleared: CodedValue,
    #[serde(default, rename = "NVTGC")]
    nvtgc: CodedValue,
    #[serde(default, rename = "Status")]
    status: CodedValue,
    #[serde(default, rename = "FirstName")]
    first_name: CodedValue,
    #[serde(default, rename = "EMailAddress")]
    email: CodedValue,
}

/// Parses the answer to `Users/{username}`.
pub(super) fn user(value: &Value) -> Result<IlliadUser, String> {
    let wire: WireIlliadUser = shaped(value)?;
    // A field that the answer leaves out says nothing; one that is there and empty does.
    let is_empty = |name: &str| value.get(name).is_some_and(|field| matches!(field, Value::Null) || *field == "");
    let nameless = is_empty("LastName") && wire.first_name.filled().is_none() && wire.email.filled().is_none();
    let fill = if nameless || is_empty("NVTGC") { AccountFill::NameOnly } else { AccountFill::Whole };
    Ok(IlliadUser {
        user_name: wire.user_name,
        cleared: wire.cleared.filled(),
        nvtgc: wire.nvtgc.filled(),
        status: wire.status.filled(),
        fill,
    })
}

#[derive(Deserialize)]
struct WireTransaction {
    #[serde(rename = "TransactionNumber")]
    number: Whole,
    #[serde(rename = "TransactionStatus", deserialize_with = "required")]
    status: String,
    #[serde(default, rename = "Username", alias = "UserName")]
    username: CodedValue,
    #[serde(default, rename = "CitedIn")]
    cited_in: CodedValue,
    #[serde(default, rename = "LoanTitle")]
    title: CodedValue,
    #[serde(default, rename = "ProcessType")]
    process_type: CodedValue,
    #[serde(default, rename = "LendingString")]
    lending_string: CodedValue,
    #[serde(default, rename = "CreationDate")]
    created: CodedValue,
}

impl From<WireTransaction> for Transaction {
    fn from(wire: WireTransaction) -> Self {
        Self {
            number: wire.number.0,
            status: wire.status,
            username: wire.username.filled(),
            cited_in: wire.cited_in.filled(),
            title: wire.title.filled(),
            process_type: wire.process_type.filled(),
            lending_string: wire.lending_string.filled(),
            created: wire.created.filled().and_then(|at| at.trim().parse().ok()),
        }
    }
}

/// Parses the answer to `Transaction/{number}` and to a creation.
pub(super) fn transaction(value: &Value) -> Result<Transaction, String> {
    shaped::<WireTransaction>(value.get("Transaction").unwrap_or(value)).map(Transaction::from)
}

/// Parses the answer to `Transaction/UserRequests/{username}`, in the order in which ILLiad gave it.
pub(super) fn transactions(value: &Value) -> Result<Vec<Transaction>, String> {
    // In XML the root holds the requests under their own name.
    let list = value.get("Transaction").unwrap_or(value);
    if !list.is_array() && list.get("TransactionNumber").is_none() {
        return Err("the answer is not a list of requests".into());
    }
    // A row without these would pass for one that is not ours. They may be empty, but not missing.
    let bare = |row: &Value| row.get("LoanTitle").is_none() && row.get("CitedIn").is_none();
    if list.as_array().is_some_and(|rows| rows.iter().any(bare)) {
        return Err("a request in the list has neither LoanTitle nor CitedIn".into());
    }
    let wire: Many<WireTransaction> = shaped(list)?;
    Ok(wire.0.into_iter().map(Transaction::from).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;
    use serde_json::json;

    #[rstest]
    #[case("ILLiad Platform Version: 9.2.2.0", Some("9.2.2.0"))]
    #[case("ILLiad Platform Version: 10.0", Some("10.0"))]
    #[case("9.1.5", Some("9.1.5"))]
    #[case("Version 9.2.", Some("9.2"))]
    #[case("Welcome to 10.0.0.1", None)]
    #[case("ILLiad", None)]
    #[case("", None)]
    fn a_version_is_found(#[case] said: &str, #[case] version_in_it: Option<&str>) {
        assert_eq!(version(&IlliadMessage::Text(said.into())).ok().as_deref(), version_in_it);
        let quoted = IlliadMessage::Value(json!(said));
        assert_eq!(version(&quoted).ok().as_deref(), version_in_it);
    }

    #[test]
    fn requests_come_in_the_order_of_the_answer() {
        let list = json!([
            {"TransactionNumber": 7, "TransactionStatus": "A", "CitedIn": "01CUNY_QC1", "Username": "1", "Other": [1]},
            {"TransactionNumber": "9", "TransactionStatus": "B", "CitedIn": null},
        ]);
        let read = transactions(&list).expect("two");
        assert_eq!(read.iter().map(|t| t.number).collect::<Vec<_>>(), [7, 9]);
        assert_eq!((read[0].cited_in.as_deref(), read[0].username.as_deref()), (Some("01CUNY_QC1"), Some("1")));
        assert_eq!(read[1].username, None);
        assert_eq!(transactions(&json!([])), Ok(Vec::new()));
        assert!(transactions(&json!({"Message": "x"})).is_err());
        assert!(transactions(&json!([{"TransactionNumber": 7}])).is_err());
        assert!(transactions(&json!([{"TransactionNumber": 7, "TransactionStatus": "A", "Username": "1"}])).is_err());
    }

    #[test]
    fn a_user_needs_a_name_and_nothing_else() {
        let read = user(&json!({"UserName": "10000001", "Cleared": "Yes", "SSN": "x"})).expect("a user");
        assert_eq!((read.user_name.as_str(), read.cleared.as_deref(), read.nvtgc), ("10000001", Some("Yes"), None));
        assert!(user(&json!({"Cleared": "Yes"})).is_err());
    }
}

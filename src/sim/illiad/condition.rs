//! The SQL condition of a routing rule: comparisons, `LIKE`, `IN`, `IS NULL`, `AND`, `OR`, `NOT`, parentheses, on
//! columns of `t.` (the transaction) and `u.` (its user). As on SQL Server, NULL compares as unknown and letter case
//! does not matter. Sub-selects are not supported and count as malformed.
use serde_json::Value;

/// The condition is malformed, or names a column that does not exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct SqlFault;

type Read<T> = Result<T, SqlFault>;

/// SQL's three-valued logic. `None` is unknown.
type Truth = Option<bool>;

/// Whether the condition holds; unknown counts as no.
pub(super) fn holds(condition: &str, transaction: &Value, user: &Value) -> Read<bool> {
    let mut reader = Reader { tokens: tokens(condition)?, at: 0, transaction, user };
    let truth = reader.any()?;
    if reader.at == reader.tokens.len() { Ok(truth == Some(true)) } else { Err(SqlFault) }
}

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Word(String),
    Text(String),
    Sign(&'static str),
}

const SIGNS: [&str; 11] = ["<>", "!=", "<=", ">=", "=", "<", ">", "(", ")", ",", "."];

fn tokens(text: &str) -> Read<Vec<Token>> {
    let mut rest = text.trim_start();
    let mut tokens = Vec::new();
    while let Some(first) = rest.chars().next() {
        let used = if first == '\'' {
            let (content, used) = quoted(rest)?;
            tokens.push(Token::Text(content));
            used
        } else if first.is_ascii_alphanumeric() || first == '_' {
            let used = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
            tokens.push(Token::Word(rest[..used].to_owned()));
            used
        } else {
            let sign = SIGNS.into_iter().find(|sign| rest.starts_with(sign)).ok_or(SqlFault)?;
            tokens.push(Token::Sign(sign));
            sign.len()
        };
        rest = rest[used..].trim_start();
    }
    Ok(tokens)
}

/// Reads the quoted text at the start, and returns it with its length in bytes. A doubled quote stands for one.
fn quoted(text: &str) -> Read<(String, usize)> {
    let mut content = String::new();
    let mut marks = text.char_indices().skip(1).peekable();
    while let Some((at, c)) = marks.next() {
        if c != '\'' {
            content.push(c);
        } else if marks.next_if(|(_, next)| *next == '\'').is_some() {
            content.push('\'');
        } else {
            return Ok((content, at + 1));
        }
    }
    Err(SqlFault)
}

/// One true part decides `OR`, one false part decides `AND`. If undecided, one unknown part makes the result unknown.
fn joined(left: Truth, right: Truth, decided_by: bool) -> Truth {
    if left == Some(decided_by) || right == Some(decided_by) {
        return Some(decided_by);
    }
    left.and(right)
}

fn compare(left: &str, sign: &str, right: &str) -> bool {
    // SQL pads the shorter text with blanks.
    let (left, right) = (left.trim_end().to_lowercase(), right.trim_end().to_lowercase());
    let order = match (left.parse::<f64>(), right.parse::<f64>()) {
        (Ok(left), Ok(right)) => left.total_cmp(&right),
        _ => left.cmp(&right),
    };
    match sign {
        "=" => order.is_eq(),
        "<" => order.is_lt(),
        "<=" => order.is_le(),
        ">" => order.is_gt(),
        ">=" => order.is_ge(),
        _ => order.is_ne(),
    }
}

/// Matches a text against a pattern: `%` is any text, `_` any one character.
fn like(text: &str, pattern: &str) -> bool {
    fn matches(text: &[char], pattern: &[char]) -> bool {
        match pattern.split_first() {
            None => text.is_empty(),
            Some(('%', rest)) => (0..=text.len()).any(|skip| matches(&text[skip..], rest)),
            Some((one, rest)) => {
                text.split_first().is_some_and(|(first, text)| (*one == '_' || one == first) && matches(text, rest))
            }
        }
    }
    let letters = |s: &str| s.to_lowercase().chars().collect::<Vec<_>>();
    matches(&letters(text), &letters(pattern))
}

/// Reads a condition from left to right, and judges each part of it as it goes.
struct Reader<'a> {
    tokens: Vec<Token>,
    at: usize,
    transaction: &'a Value,
    user: &'a Value,
}

impl Reader<'_> {
    fn any(&mut self) -> Read<Truth> {
        let mut truth = self.all()?;
        while self.word("or") {
            truth = joined(truth, self.all()?, true);
        }
        Ok(truth)
    }

    fn all(&mut self) -> Read<Truth> {
        let mut truth = self.one()?;
        while self.word("and") {
            truth = joined(truth, self.one()?, false);
        }
        Ok(truth)
    }

    fn one(&mut self) -> Read<Truth> {
        if self.word("not") {
            return Ok(self.one()?.map(|truth| !truth));
        }
        if self.sign("(") {
            let inner = self.any()?;
            return self.must(")").map(|()| inner);
        }
        let left = self.value()?;
        if self.word("is") {
            let negated = self.word("not");
            return if self.word("null") { Ok(Some(left.is_none() != negated)) } else { Err(SqlFault) };
        }
        let negated = self.word("not");
        let truth = if self.word("like") {
            left.zip(self.value()?).map(|(text, pattern)| like(&text, &pattern))
        } else if self.word("in") {
            self.is_in_list(left)?
        } else if !negated && let Some(sign) = self.comparison() {
            left.zip(self.value()?).map(|(left, right)| compare(&left, sign, &right))
        } else {
            return Err(SqlFault);
        };
        Ok(truth.map(|truth| truth != negated))
    }

    fn is_in_list(&mut self, wanted: Option<String>) -> Read<Truth> {
        self.must("(")?;
        let mut truth = Some(false);
        loop {
            let equal = wanted.clone().zip(self.value()?).map(|(wanted, item)| compare(&wanted, "=", &item));
            truth = joined(truth, equal, true);
            if !self.sign(",") {
                return self.must(")").map(|()| truth);
            }
        }
    }

    /// The value of a text, a number, a column or NULL; `None` is NULL.
    fn value(&mut self) -> Read<Option<String>> {
        let token = self.tokens.get(self.at).cloned();
        self.at += 1;
        let word = match token {
            Some(Token::Text(text)) => return Ok(Some(text)),
            Some(Token::Word(word)) => word,
            Some(Token::Sign(_)) | None => return Err(SqlFault),
        };
        if word.chars().all(|c| c.is_ascii_digit()) {
            return Ok(Some(word));
        }
        let row = match word.to_ascii_lowercase().as_str() {
            "null" => return Ok(None),
            "t" => self.transaction,
            "u" => self.user,
            _ => return Err(SqlFault),
        };
        self.must(".")?;
        let Some(Token::Word(column)) = self.tokens.get(self.at) else { return Err(SqlFault) };
        self.at += 1;
        let found = row.as_object().and_then(|row| row.iter().find(|(name, _)| name.eq_ignore_ascii_case(column)));
        match found.ok_or(SqlFault)?.1 {
            Value::Null => Ok(None),
            Value::String(text) => Ok(Some(text.clone())),
            Value::Bool(flag) => Ok(Some(u8::from(*flag).to_string())),
            other => Ok(Some(other.to_string())),
        }
    }

    fn comparison(&mut self) -> Option<&'static str> {
        ["<>", "!=", "<=", ">=", "=", "<", ">"].into_iter().find(|sign| self.sign(sign))
    }

    fn word(&mut self, wanted: &str) -> bool {
        let hit = matches!(self.tokens.get(self.at), Some(Token::Word(word)) if word.eq_ignore_ascii_case(wanted));
        self.at += usize::from(hit);
        hit
    }

    fn sign(&mut self, wanted: &str) -> bool {
        let hit = matches!(self.tokens.get(self.at), Some(Token::Sign(sign)) if *sign == wanted);
        self.at += usize::from(hit);
        hit
    }

    fn must(&mut self, sign: &str) -> Read<()> {
        if self.sign(sign) { Ok(()) } else { Err(SqlFault) }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    fn holds(text: &str, transaction: &Value) -> Option<bool> {
        super::holds(text, transaction, &json!({"NVTGC": "ILL"})).ok()
    }

    #[test]
    fn the_procedures_condition_takes_what_came_from_alma_and_has_no_lender() {
        let text = "t.CitedIn LIKE '01CUNY%' and (t.LendingString = '' or t.LendingString is NULL)";
        let request = |cited: Value, lending: Value| json!({"CitedIn": cited, "LendingString": lending});
        assert_eq!(holds(text, &request(json!("01CUNY_QC0001"), json!(null))), Some(true));
        assert_eq!(holds(text, &request(json!("01cunyqc0001"), json!("  "))), Some(true));
        assert_eq!(holds(text, &request(json!("01CUNY_QC0001"), json!("ABC,DEF"))), Some(false));
        assert_eq!(holds(text, &request(json!(null), json!(null))), Some(false));
        let lost_parentheses = "t.CitedIn LIKE '01CUNY%' and t.LendingString = '' or t.LendingString is NULL";
        assert_eq!(holds(lost_parentheses, &request(json!("other"), json!(null))), Some(true));
    }

    #[test]
    fn sql_logic_is_three_valued() {
        let t = json!({"A": null, "B": "x", "N": 7, "F": true});
        for (text, expected) in [
            ("t.A = ''", false),
            ("not (t.A = '')", false),
            ("t.A <> 'x'", false),
            ("t.A is null and t.B is not null", true),
            ("t.B in ('y', 'X')", true),
            ("t.B not in ('y', null)", false),
            ("t.B NOT LIKE '_y%'", true),
            ("t.N >= 7 and t.N < 10 and t.F = 1", true),
            ("t.B = 'it''s' or u.NVTGC = 'ill '", true),
        ] {
            assert_eq!(holds(text, &t), Some(expected), "{text}");
        }
    }

    #[test]
    fn malformed_conditions_are_errors() {
        for text in [
            "",
            "t.B",
            "t.B = ",
            "(t.B = 'x'",
            "t.B = 'x",
            "t.B = \u{2018}x\u{2019}",
            "t.B LIKE 'x' 'y'",
            "x.B = 1",
            "t.Nope = 1",
            "B = 'x'",
        ] {
            assert_eq!(holds(text, &json!({"B": "x"})), None, "{text}");
        }
    }
}

//! The SQL condition of a routing rule: comparisons, `LIKE`, `IN`, `IS NULL`, `AND`, `OR`, `NOT`, parentheses, on
//! columns of `t.` (the transaction) and `u.` (its user). As on SQL Server, NULL compares as unknown and letter case
//! does not matter. Sub-selects are not supported and count as malformed.

use serde_json::Value;

/// A message that says what is wrong with a condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SqlFault(pub(super) String);

/// The condition of a rule, parsed.
#[derive(Debug, PartialEq)]
pub(super) enum SqlCondition {
    All(Vec<SqlCondition>),
    Any(Vec<SqlCondition>),
    Not(Box<SqlCondition>),
    Compare(Operand, &'static str, Operand),
    Like(Operand, Operand),
    In(Operand, Vec<Operand>),
    IsNull(Operand),
}

/// One side of a comparison.
#[derive(Debug, PartialEq)]
pub(super) enum Operand {
    Text(String),
    Null,
    /// Alias and column, in lower case.
    Column(char, String),
}

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Word(String),
    Text(String),
    Sign(&'static str),
}

const SIGNS: [&str; 11] = ["<>", "!=", "<=", ">=", "=", "<", ">", "(", ")", ",", "."];

fn tokens(text: &str) -> Result<Vec<Token>, SqlFault> {
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
        } else if let Some(sign) = SIGNS.into_iter().find(|sign| rest.starts_with(sign)) {
            tokens.push(Token::Sign(sign));
            sign.len()
        } else {
            return Err(SqlFault(format!("Incorrect syntax near '{first}'.")));
        };
        rest = rest[used..].trim_start();
    }
    Ok(tokens)
}

/// Reads the quoted text at the start, and returns it with its length in bytes. A doubled quote stands for one.
fn quoted(text: &str) -> Result<(String, usize), SqlFault> {
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
    Err(SqlFault("Unclosed quotation mark.".to_owned()))
}

impl SqlCondition {
    /// Parses the text of a condition.
    pub(super) fn parsed(text: &str) -> Result<Self, SqlFault> {
        let mut reader = Reader { tokens: tokens(text)?, at: 0 };
        let condition = reader.any()?;
        if reader.at == reader.tokens.len() { Ok(condition) } else { Err(reader.lost()) }
    }

    /// Whether the condition holds; unknown counts as no. A column that does not exist is an error.
    pub(super) fn holds(&self, transaction: &Value, user: &Value) -> Result<bool, SqlFault> {
        Ok(self.truth(transaction, user)? == Some(true))
    }

    fn truth(&self, t: &Value, u: &Value) -> Result<Option<bool>, SqlFault> {
        let value = |operand: &Operand| operand.value(t, u);
        Ok(match self {
            Self::All(parts) => joined(parts, t, u, false)?,
            Self::Any(parts) => joined(parts, t, u, true)?,
            Self::Not(part) => part.truth(t, u)?.map(|truth| !truth),
            Self::IsNull(operand) => Some(value(operand)?.is_none()),
            Self::Like(operand, pattern) => {
                both(value(operand)?, value(pattern)?).map(|(text, pattern)| like(&text, &pattern))
            }
            Self::Compare(left, sign, right) => both(value(left)?, value(right)?).map(|(l, r)| compare(&l, sign, &r)),
            Self::In(operand, list) => {
                let mut any = Some(false);
                for item in list {
                    match both(value(operand)?, value(item)?) {
                        Some((l, r)) if compare(&l, "=", &r) => return Ok(Some(true)),
                        Some(_) => {}
                        None => any = None,
                    }
                }
                any
            }
        })
    }
}

/// One true part decides `OR`, one false part decides `AND`. If undecided, one unknown part makes the result unknown.
fn joined(parts: &[SqlCondition], t: &Value, u: &Value, decided_by: bool) -> Result<Option<bool>, SqlFault> {
    let mut whole = Some(!decided_by);
    for part in parts {
        match part.truth(t, u)? {
            Some(truth) if truth == decided_by => whole = Some(decided_by),
            None if whole != Some(decided_by) => whole = None,
            _ => {}
        }
    }
    Ok(whole)
}

fn both(left: Option<String>, right: Option<String>) -> Option<(String, String)> {
    left.zip(right)
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

impl Operand {
    fn value(&self, t: &Value, u: &Value) -> Result<Option<String>, SqlFault> {
        let (alias, column) = match self {
            Self::Text(text) => return Ok(Some(text.clone())),
            Self::Null => return Ok(None),
            Self::Column(alias, column) => (*alias, column),
        };
        let row = if alias == 't' { t } else { u };
        let found = row.as_object().and_then(|row| row.iter().find(|(name, _)| name.eq_ignore_ascii_case(column)));
        match found {
            None => Err(SqlFault(format!("Invalid column name '{column}'."))),
            Some((_, Value::Null)) => Ok(None),
            Some((_, Value::String(text))) => Ok(Some(text.clone())),
            Some((_, Value::Bool(flag))) => Ok(Some(if *flag { "1" } else { "0" }.to_owned())),
            Some((_, other)) => Ok(Some(other.to_string())),
        }
    }
}

struct Reader {
    tokens: Vec<Token>,
    at: usize,
}

type Read<T> = Result<T, SqlFault>;

impl Reader {
    fn any(&mut self) -> Read<SqlCondition> {
        let mut parts = vec![self.all()?];
        while self.word("or") {
            parts.push(self.all()?);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { SqlCondition::Any(parts) })
    }

    fn all(&mut self) -> Read<SqlCondition> {
        let mut parts = vec![self.one()?];
        while self.word("and") {
            parts.push(self.one()?);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { SqlCondition::All(parts) })
    }

    fn one(&mut self) -> Read<SqlCondition> {
        if self.word("not") {
            return Ok(SqlCondition::Not(Box::new(self.one()?)));
        }
        if self.sign("(") {
            let inner = self.any()?;
            return if self.sign(")") { Ok(inner) } else { Err(self.lost()) };
        }
        let left = self.operand()?;
        if self.word("is") {
            let negated = self.word("not");
            return if self.word("null") { Ok(negate(negated, SqlCondition::IsNull(left))) } else { Err(self.lost()) };
        }
        let negated = self.word("not");
        if self.word("like") {
            let pattern = self.operand()?;
            return Ok(negate(negated, SqlCondition::Like(left, pattern)));
        }
        if self.word("in") {
            let list = self.list()?;
            return Ok(negate(negated, SqlCondition::In(left, list)));
        }
        match (negated, self.comparison()) {
            (false, Some(sign)) => Ok(SqlCondition::Compare(left, sign, self.operand()?)),
            _ => Err(self.lost()),
        }
    }

    fn list(&mut self) -> Read<Vec<Operand>> {
        if !self.sign("(") {
            return Err(self.lost());
        }
        let mut list = vec![self.operand()?];
        while self.sign(",") {
            list.push(self.operand()?);
        }
        if self.sign(")") { Ok(list) } else { Err(self.lost()) }
    }

    fn operand(&mut self) -> Read<Operand> {
        let Some(token) = self.tokens.get(self.at).cloned() else {
            return Err(self.lost());
        };
        let word = match token {
            Token::Text(text) => {
                self.at += 1;
                return Ok(Operand::Text(text));
            }
            Token::Word(word) => word,
            Token::Sign(_) => return Err(self.lost()),
        };
        self.at += 1;
        if word.chars().all(|c| c.is_ascii_digit()) {
            return Ok(Operand::Text(word));
        }
        if word.eq_ignore_ascii_case("null") {
            return Ok(Operand::Null);
        }
        let alias = match word.to_ascii_lowercase().as_str() {
            "t" => 't',
            "u" => 'u',
            _ => {
                return Err(SqlFault(format!("The identifier \"{word}\" could not be bound.")));
            }
        };
        match (self.sign("."), self.tokens.get(self.at)) {
            (true, Some(Token::Word(column))) => {
                let column = column.to_ascii_lowercase();
                self.at += 1;
                Ok(Operand::Column(alias, column))
            }
            _ => Err(self.lost()),
        }
    }

    fn comparison(&mut self) -> Option<&'static str> {
        let Some(Token::Sign(sign)) = self.tokens.get(self.at) else {
            return None;
        };
        let sign = ["<>", "!=", "<=", ">=", "=", "<", ">"].into_iter().find(|s| s == sign)?;
        self.at += 1;
        Some(sign)
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

    fn lost(&self) -> SqlFault {
        SqlFault(match self.tokens.get(self.at) {
            Some(Token::Word(near) | Token::Text(near)) => {
                format!("Incorrect syntax near '{near}'.")
            }
            Some(Token::Sign(near)) => format!("Incorrect syntax near '{near}'."),
            None => "Incorrect syntax at the end.".to_owned(),
        })
    }
}

fn negate(negated: bool, condition: SqlCondition) -> SqlCondition {
    if negated { SqlCondition::Not(Box::new(condition)) } else { condition }
}

#[cfg(test)]
mod tests {
    use super::SqlCondition;
    use serde_json::{Value, json};

    fn holds(text: &str, transaction: &Value) -> Option<bool> {
        let user = json!({"NVTGC": "ILL"});
        SqlCondition::parsed(text).and_then(|c| c.holds(transaction, &user)).ok()
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

//! Reads an SQL condition with `sqlparser` and evaluates it for a sample request in SQL's three-valued logic.
//!
//! Anything not listed here is "not understood"; nothing is guessed. FALSE AND something not understood is still false,
//! and TRUE OR it is true. We assume SQL Server's default collation: text compares without regard to case, and `=`
//! ignores trailing spaces.
use super::like::fits;
use super::requests::{COLUMNS, SampleRequest, SqlValue};
use super::slip::Slip;
use sqlparser::ast::{
    BinaryOperator, Expr, Function, FunctionArg, FunctionArgExpr, FunctionArguments, Ident, InTarget, UnaryOperator,
    Value as Literal,
};
use sqlparser::dialect::MsSqlDialect;
use sqlparser::keywords::Keyword;
use sqlparser::parser::{Parser, ParserError};
use sqlparser::tokenizer::{Token, TokenWithSpan, Tokenizer, Whitespace};

/// A condition that parsed as SQL.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Condition {
    expr: Expr,
    /// The first token whose meaning in SQL Server we do not know, even if the parser accepts it.
    unknown: Option<String>,
    /// The first column that looks like a typing error.
    misspelt: Option<OddPart>,
}

/// Why a text could not be read as a condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum UnreadableCondition {
    /// Not SQL. `said` is the parser's message, `at` the character position from 1.
    Syntax { said: String, at: Option<usize> },
    /// Longer or more deeply nested than any real rule's condition.
    TooMuch,
}

/// Why a valid SQL condition cannot be evaluated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum OddPart {
    /// Unknown column, one typo away from a known one.
    Column { written: String, meant: &'static str, slip: Slip },
    /// An SQL feature this evaluator does not support.
    NotUnderstood(String),
}

type Answered<T> = Result<T, OddPart>;

/// SQL three-valued logic: `None` is UNKNOWN.
type Truth = Option<bool>;

/// Longer texts are rejected. A tree of this many tokens cannot exhaust the stack.
const MOST_TOKENS: usize = 300;

/// The deepest nesting accepted, counted as [`depth`] does.
const DEEPEST: usize = 12;

impl Condition {
    pub(super) fn parse(text: &str) -> Result<Self, UnreadableCondition> {
        let dialect = MsSqlDialect {};
        let tokens =
            Tokenizer::new(&dialect, text).tokenize_with_location().map_err(|error| UnreadableCondition::Syntax {
                at: place(text, error.location.line, error.location.column),
                said: error.message,
            })?;
        let tokens: Vec<TokenWithSpan> = tokens.into_iter().filter(|token| !is_blank(&token.token)).collect();
        if tokens.len() > MOST_TOKENS || depth(&tokens) > DEEPEST {
            return Err(UnreadableCondition::TooMuch);
        }
        // The parser accepts `==` as `=`; SQL Server does not.
        if let Some(sign) = tokens.iter().find(|token| token.token == Token::DoubleEq) {
            let at = place(text, sign.span.start.line, sign.span.start.column);
            return Err(UnreadableCondition::Syntax { said: "== is not an SQL operator; use =".to_owned(), at });
        }
        let unknown = tokens.iter().map(|token| &token.token).find(|token| !is_known(token)).map(|token| match token {
            Token::Whitespace(_) => "a comment".to_owned(),
            sign => format!("the sign {sign}"),
        });
        let misspelt = misspelt(&tokens);
        let mut parser = Parser::new(&dialect).with_recursion_limit(DEEPEST * 3).with_tokens_with_locations(tokens);
        let read = parser.parse_expr();
        let next = parser.peek_token();
        let at = place(text, next.span.start.line, next.span.start.column);
        match read {
            Ok(_) if next.token != Token::EOF => {
                Err(UnreadableCondition::Syntax { said: format!("it cannot continue with {}", next.token), at })
            }
            Ok(expr) => Ok(Self { expr, unknown, misspelt }),
            Err(ParserError::RecursionLimitExceeded) => Err(UnreadableCondition::TooMuch),
            Err(ParserError::TokenizerError(said) | ParserError::ParserError(said)) => {
                let (said, line, column) = located(&said);
                Err(UnreadableCondition::Syntax { said, at: line.zip(column).map_or(at, |(l, c)| place(text, l, c)) })
            }
        }
    }

    /// The first column that looks like a typing error. SQL Server refuses the whole condition for it, whatever the
    /// other parts say.
    pub(super) fn misspelt(&self) -> Option<&OddPart> {
        self.misspelt.as_ref()
    }

    /// Whether the request matches. UNKNOWN counts as no.
    pub(super) fn holds(&self, request: &SampleRequest<'_>) -> Answered<bool> {
        match &self.unknown {
            Some(unknown) => not_understood(unknown),
            None => Ok(truth(&self.expr, request)? == Some(true)),
        }
    }
}

fn is_blank(token: &Token) -> bool {
    matches!(token, Token::Whitespace(Whitespace::Space | Whitespace::Tab | Whitespace::Newline))
}

/// Whether the parser gives this token the same meaning as SQL Server.
fn is_known(token: &Token) -> bool {
    matches!(
        token,
        Token::Word(_)
            | Token::Number(..)
            | Token::SingleQuotedString(_)
            | Token::NationalStringLiteral(_)
            | Token::Comma
            | Token::Period
            | Token::Eq
            | Token::Neq
            | Token::Lt
            | Token::Gt
            | Token::LtEq
            | Token::GtEq
            | Token::LParen
            | Token::RParen
            | Token::EOF
    )
}

/// An upper bound on how deeply the parser would recurse. Its own limit does not cover everything (nested types, for
/// one). Each token that a plain condition never uses therefore counts as one more level.
fn depth(tokens: &[TokenWithSpan]) -> usize {
    let (mut now, mut most, mut after_period) = (0_usize, 0, false);
    for token in tokens {
        match &token.token {
            Token::LParen => now += 1,
            Token::RParen => now = now.saturating_sub(1),
            Token::Word(word) => now += usize::from(!after_period && nests(word.keyword)),
            sign => now += usize::from(!is_known(sign)),
        }
        most = most.max(now);
        after_period = token.token == Token::Period;
    }
    most
}

fn nests(keyword: Keyword) -> bool {
    !matches!(
        keyword,
        Keyword::NoKeyword
            | Keyword::AND
            | Keyword::OR
            | Keyword::IS
            | Keyword::NULL
            | Keyword::LIKE
            | Keyword::IN
            | Keyword::LEFT
            | Keyword::UPPER
            | Keyword::LOWER
    )
}

/// The character position, from 1, of a tokenizer line and column. `None` at the end of the text.
fn place(text: &str, line: u64, column: u64) -> Option<usize> {
    let (line, column) = (usize::try_from(line).ok()?, usize::try_from(column).ok()?);
    let before: usize = text.split('\n').take(line.checked_sub(1)?).map(|line| line.chars().count() + 1).sum();
    let at = before + column;
    (column > 0 && at <= text.chars().count()).then_some(at)
}

/// The parser's message without the position at its end, then that line and column.
fn located(said: &str) -> (String, Option<u64>, Option<u64>) {
    let said = said.replace("found: EOF", "found: the end");
    let Some((said, place)) = said.rsplit_once(" at Line: ") else { return (said, None, None) };
    let (line, column) = place.split_once(", Column: ").unwrap_or((place, ""));
    (said.to_owned(), line.trim().parse().ok(), column.trim().parse().ok())
}

fn truth(expr: &Expr, request: &SampleRequest<'_>) -> Answered<Truth> {
    Ok(match expr {
        Expr::Nested(inner) => truth(inner, request)?,
        Expr::UnaryOp { op: UnaryOperator::Not, expr } => truth(expr, request)?.map(|truth| !truth),
        Expr::BinaryOp { left, op: BinaryOperator::And, right } => {
            decided(truth(left, request), truth(right, request), false)?
        }
        Expr::BinaryOp { left, op: BinaryOperator::Or, right } => {
            decided(truth(left, request), truth(right, request), true)?
        }
        Expr::BinaryOp { left, op, right } => {
            with_null(value(left, request), value(right, request), |left, right| compared(left, op, right))?
        }
        Expr::IsNull(inner) => Some(value(inner, request)? == SqlValue::Null),
        Expr::IsNotNull(inner) => Some(value(inner, request)? != SqlValue::Null),
        Expr::Like { negated, any: false, expr, pattern, escape_char: None } => {
            with_null(value(expr, request), value(pattern, request), like)?.map(|truth| truth != *negated)
        }
        Expr::In { expr, target: InTarget::List(list), negated, global: false } => {
            let equal = |item| {
                with_null(value(expr, request), value(item, request), |left, right| {
                    compared(left, &BinaryOperator::Eq, right)
                })
            };
            let mut any = Ok(Some(false));
            for item in list {
                any = decided(any, equal(item), true);
            }
            any?.map(|truth| truth != *negated)
        }
        Expr::In { .. } | Expr::Exists { .. } | Expr::Subquery(_) => return not_understood("a sub-select"),
        Expr::Identifier(_) | Expr::CompoundIdentifier(_) | Expr::Value(_) => {
            return not_understood(format!("{expr}, which is not a condition by itself"));
        }
        other => return not_understood(other.to_string()),
    })
}

/// AND, where `decides` is false, or OR, where it is true: one side that decides is enough, whatever the other one is.
fn decided(left: Answered<Truth>, right: Answered<Truth>, decides: bool) -> Answered<Truth> {
    match (left, right) {
        (Ok(Some(truth)), _) | (_, Ok(Some(truth))) if truth == decides => Ok(Some(decides)),
        (left, right) => match (left?, right?) {
            (Some(_), Some(_)) => Ok(Some(!decides)),
            _ => Ok(None),
        },
    }
}

/// Compares two values. Beside NULL the result is UNKNOWN, whatever the other value is.
fn with_null(
    left: Answered<SqlValue>,
    right: Answered<SqlValue>,
    compare: impl Fn(&SqlValue, &SqlValue) -> Answered<Truth>,
) -> Answered<Truth> {
    match (left, right) {
        (Ok(SqlValue::Null), _) | (_, Ok(SqlValue::Null)) => Ok(None),
        (left, right) => compare(&left?, &right?),
    }
}

/// The first column in these tokens that is one typing error away from a known one.
fn misspelt(tokens: &[TokenWithSpan]) -> Option<OddPart> {
    tokens.windows(3).find_map(|three| match [&three[0].token, &three[1].token, &three[2].token] {
        [Token::Word(table), Token::Period, Token::Word(name)] => {
            let alias = ['t', 'u'].into_iter().find(|alias| table.value.eq_ignore_ascii_case(&alias.to_string()))?;
            slipped(alias, &name.value, || format!("{}.{}", table.value, name.value))
        }
        _ => None,
    })
}

/// A column that is not known, but one typing error away from one that is.
fn slipped(alias: char, name: &str, written: impl Fn() -> String) -> Option<OddPart> {
    let own = || COLUMNS.iter().filter(|(other, _)| *other == alias).map(|(_, name)| *name);
    if own().any(|known| known.eq_ignore_ascii_case(name)) {
        return None;
    }
    own().find_map(|meant| {
        let slip = Slip::between(&meant.to_lowercase(), &name.to_lowercase())?;
        Some(OddPart::Column { written: written(), meant, slip })
    })
}

fn not_understood<T>(what: impl Into<String>) -> Answered<T> {
    Err(OddPart::NotUnderstood(what.into()))
}

fn value(expr: &Expr, request: &SampleRequest<'_>) -> Answered<SqlValue> {
    Ok(match expr {
        Expr::Nested(inner) => value(inner, request)?,
        Expr::Value(literal) => match &literal.value {
            Literal::Null => SqlValue::Null,
            Literal::SingleQuotedString(text) | Literal::NationalStringLiteral(text) => SqlValue::Text(text.clone()),
            Literal::Number(digits, _) => match digits.parse() {
                Ok(number) => SqlValue::Number(number),
                Err(_) => return not_understood(digits.clone()),
            },
            other => return not_understood(other.to_string()),
        },
        Expr::Identifier(name) => return not_understood(alone(name)),
        Expr::CompoundIdentifier(names) => column(names, request)?,
        Expr::Function(function) => call(function, request)?,
        Expr::Subquery(_) => return not_understood("a sub-select"),
        other => return not_understood(other.to_string()),
    })
}

fn alone(name: &Ident) -> String {
    format!("the column {} without t. or u. in front of it", name.value)
}

fn column(names: &[Ident], request: &SampleRequest<'_>) -> Answered<SqlValue> {
    let written = || names.iter().map(|name| name.value.as_str()).collect::<Vec<_>>().join(".");
    let (alias, name) = match names {
        [alias, name] if alias.value.eq_ignore_ascii_case("t") => ('t', &name.value),
        [alias, name] if alias.value.eq_ignore_ascii_case("u") => ('u', &name.value),
        _ => return not_understood(format!("{}: only t. and u. name a table in a MatchString", written())),
    };
    if let Some(value) = request.column(alias, name) {
        return Ok(value);
    }
    let unknown = || OddPart::NotUnderstood(format!("the column {}, which the sample requests do not have", written()));
    Err(slipped(alias, name, written).unwrap_or_else(unknown))
}

/// Evaluates the few functions that routing conditions use.
fn call(function: &Function, request: &SampleRequest<'_>) -> Answered<SqlValue> {
    let FunctionArguments::List(list) = &function.args else { return not_understood(function.to_string()) };
    let plain = function.over.is_none() && function.filter.is_none() && function.null_treatment.is_none();
    if !plain || !list.clauses.is_empty() || list.duplicate_treatment.is_some() {
        return not_understood(function.to_string());
    }
    let mut values = Vec::new();
    for arg in &list.args {
        let FunctionArg::Unnamed(FunctionArgExpr::Expr(expr)) = arg else {
            return not_understood(function.to_string());
        };
        values.push(value(expr, request)?);
    }
    let count = |text: &str| i64::try_from(text.chars().count()).unwrap_or(i64::MAX);
    Ok(match (function.name.to_string().to_uppercase().as_str(), values.as_slice()) {
        ("ISNULL", [first, second]) => if *first == SqlValue::Null { second } else { first }.clone(),
        ("COALESCE", all) if all.len() > 1 => {
            all.iter().find(|value| **value != SqlValue::Null).cloned().unwrap_or(SqlValue::Null)
        }
        ("LEN" | "LEFT" | "UPPER" | "LOWER" | "LTRIM" | "RTRIM", [SqlValue::Null, ..]) => SqlValue::Null,
        ("LEN", [SqlValue::Text(text)]) => SqlValue::Number(count(text.trim_end_matches(' '))),
        ("LEFT", [SqlValue::Text(text), SqlValue::Number(most)]) => {
            SqlValue::Text(text.chars().take(usize::try_from(*most).unwrap_or(0)).collect())
        }
        ("UPPER" | "LOWER", [SqlValue::Text(text)]) => SqlValue::Text(text.clone()),
        ("LTRIM", [SqlValue::Text(text)]) => SqlValue::Text(text.trim_start_matches(' ').to_owned()),
        ("RTRIM", [SqlValue::Text(text)]) => SqlValue::Text(text.trim_end_matches(' ').to_owned()),
        _ => return not_understood(function.to_string()),
    })
}

fn compared(left: &SqlValue, op: &BinaryOperator, right: &SqlValue) -> Answered<Truth> {
    let order = match (left, right) {
        (SqlValue::Null, _) | (_, SqlValue::Null) => None,
        (SqlValue::Number(left), SqlValue::Number(right)) => Some(left.cmp(right)),
        (SqlValue::Text(left), SqlValue::Text(right)) => {
            let small = |text: &str| text.trim_end_matches(' ').to_lowercase();
            Some(small(left).cmp(&small(right)))
        }
        _ => return not_understood("text compared with a number"),
    };
    let texts = matches!(left, SqlValue::Text(_)) || matches!(right, SqlValue::Text(_));
    let holds: fn(std::cmp::Ordering) -> bool = match op {
        BinaryOperator::Eq => std::cmp::Ordering::is_eq,
        BinaryOperator::NotEq => std::cmp::Ordering::is_ne,
        // The order of texts depends on the server's collation.
        BinaryOperator::Gt | BinaryOperator::Lt | BinaryOperator::GtEq | BinaryOperator::LtEq if texts => {
            return not_understood(format!("text compared with {op}"));
        }
        BinaryOperator::Gt => std::cmp::Ordering::is_gt,
        BinaryOperator::Lt => std::cmp::Ordering::is_lt,
        BinaryOperator::GtEq => std::cmp::Ordering::is_ge,
        BinaryOperator::LtEq => std::cmp::Ordering::is_le,
        other => return not_understood(format!("the operator {other}")),
    };
    Ok(order.map(holds))
}

fn like(text: &SqlValue, pattern: &SqlValue) -> Answered<Truth> {
    match (text, pattern) {
        (SqlValue::Null, _) | (_, SqlValue::Null) => Ok(None),
        (_, SqlValue::Text(pattern)) if pattern.contains('[') => {
            not_understood("a set of letters [...] in a LIKE pattern")
        }
        (SqlValue::Text(text), SqlValue::Text(pattern)) => {
            let letters = |text: &str| text.to_lowercase().chars().collect::<Vec<_>>();
            Ok(Some(fits(&letters(text), &letters(pattern))))
        }
        _ => not_understood("LIKE on a number"),
    }
}

//! Tries a MatchString that differs from the procedure's on sample
//! requests, to show what it would wrongly catch or miss.
use super::condition::{Condition, OddPart, UnreadableCondition};
use super::near::is_curly;
use super::requests::{ConditionFault, Lending, RequestTag, SampleAnswer, SampleRequest, SampleRequests, unlike};
use super::slip::Slip;
use crate::text::clean;
use std::fmt;

/// The result of trying a MatchString on the sample requests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TrialResult {
    /// Gives the same answer as the procedure's on all sample requests. Holds how many were tried.
    Alike(usize),
    /// Gives other answers. Never empty.
    Unlike(Vec<ConditionFault>),
    /// Not readable as SQL, or ILLiad's database would reject it.
    Broken(SyntaxFault),
    /// Valid SQL that we cannot evaluate, so we claim nothing about it.
    NotUnderstood(String),
}

/// Where and why a MatchString cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxFault {
    /// Character position from 1; `None` at the end of the text.
    pub at: Option<usize>,
    pub cause: SyntaxCause,
}

/// The likely reason a MatchString cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SyntaxCause {
    #[error("a curly quote ({0}); SQL takes only the straight one (')")]
    CurlyQuote(char),
    /// Double quotes mark a name in SQL, not a text.
    #[error("double quotes; SQL reads what is inside them as a name, not as text")]
    DoubleQuotes,
    #[error("this quote is never closed")]
    OpenQuote,
    /// How many parentheses open, and how many close.
    #[error("{0} opening and {1} closing parentheses")]
    Parentheses(usize, usize),
    /// The word that begins a whole statement, or WHERE, where only a condition is allowed.
    #[error("the word {0}; a MatchString is only the condition")]
    Statement(&'static str),
    /// A text after LIKE without quotes.
    #[error("text without quotes; put it in straight quotes (')")]
    Unquoted,
    #[error("there is no condition")]
    Nothing,
    /// An HTML entity instead of the character.
    #[error("{0}, a web page code for a character; type the character itself")]
    Entity(&'static str),
    /// Unknown column, one typo away from a known one.
    #[error("the column {} is unknown; {meant} was probably meant ({slip})", clean(.written, 60))]
    Column { written: String, meant: &'static str, slip: Slip },
    /// Any other error, in the parser's words.
    #[error("not readable as SQL ({})", clean(.0, 120))]
    Syntax(String),
}

impl SyntaxCause {
    /// Whether ILLiad's database refuses it too. The parser here is not ILLiad's, so what it says by itself is no proof.
    pub(super) fn is_certain(&self) -> bool {
        match self {
            Self::Syntax(_) => false,
            Self::CurlyQuote(_)
            | Self::Column { .. }
            | Self::Unquoted
            | Self::DoubleQuotes
            | Self::OpenQuote
            | Self::Parentheses(..)
            | Self::Statement(_)
            | Self::Nothing
            | Self::Entity(_) => true,
        }
    }
}

/// Whether a condition that cannot be parsed is certainly no SQL to ILLiad either.
pub(super) fn is_certainly_broken(text: &str, said: String, at: Option<usize>) -> bool {
    broken(text, said, at).cause.is_certain()
}

/// Evaluates `got` and the procedure's own condition `want` on the sample requests and compares the answers.
pub fn trial(want: &str, got: &str, requests: &SampleRequests) -> TrialResult {
    let condition = match Condition::parse(got) {
        Ok(condition) => condition,
        Err(UnreadableCondition::TooMuch) => {
            return TrialResult::NotUnderstood("it is too long or too deeply nested".to_owned());
        }
        Err(UnreadableCondition::Syntax { said, at }) => return TrialResult::Broken(broken(got, said, at)),
    };
    if let Some(OddPart::Column { written, meant, slip }) = condition.misspelt().cloned() {
        let at = find(got, &written);
        return TrialResult::Broken(SyntaxFault { at, cause: SyntaxCause::Column { written, meant, slip } });
    }
    let Ok(wanted) = Condition::parse(want) else {
        return TrialResult::NotUnderstood("the wanted condition itself is not understood".to_owned());
    };
    let answer = |request: SampleRequest<'_>| {
        let (got, want) = (condition.holds(&request)?, wanted.holds(&request)?);
        Ok(SampleAnswer { tag: request.tag, lending: request.lending, got, want })
    };
    match requests.all().map(answer).collect::<Result<Vec<_>, OddPart>>() {
        Ok(answers) => match unlike(&answers) {
            unlike if unlike.is_empty() => TrialResult::Alike(answers.len()),
            unlike => TrialResult::Unlike(unlike),
        },
        Err(OddPart::Column { written, meant, slip }) => {
            let at = find(got, &written);
            TrialResult::Broken(SyntaxFault { at, cause: SyntaxCause::Column { written, meant, slip } })
        }
        Err(OddPart::NotUnderstood(_)) if double_quote(got).is_some() => {
            TrialResult::Broken(SyntaxFault { at: double_quote(got), cause: SyntaxCause::DoubleQuotes })
        }
        Err(OddPart::NotUnderstood(what)) => TrialResult::NotUnderstood(what),
    }
}

/// The sample requests that a condition catches. `None` if it cannot be read or evaluated.
pub fn catches<'a>(match_string: &str, requests: &'a SampleRequests) -> Option<Vec<SampleRequest<'a>>> {
    let condition = Condition::parse(match_string).ok()?;
    let mut caught = Vec::new();
    for request in requests.all() {
        if condition.holds(&request).ok()? {
            caught.push(request);
        }
    }
    Some(caught)
}

/// Whether a condition catches Alma's own requests, with the two lending strings that they may have.
pub fn catches_alma(match_string: &str, requests: &SampleRequests) -> bool {
    let ours = |request: &SampleRequest<'_>| {
        request.tag == RequestTag::Alma && matches!(request.lending, Lending::Null | Lending::Empty)
    };
    let caught = catches(match_string, requests).unwrap_or_default();
    requests.all().filter(ours).all(|request| caught.contains(&request))
}

fn find(text: &str, word: &str) -> Option<usize> {
    text.find(word).map(|at| text[..at].chars().count() + 1)
}

/// The likely cause of a parser error.
fn broken(text: &str, said: String, at: Option<usize>) -> SyntaxFault {
    let marks = Marks::of(text);
    let of = |at, cause| SyntaxFault { at, cause };
    if let Some((at, quote)) = marks.curly {
        return of(Some(at), SyntaxCause::CurlyQuote(quote));
    }
    if let Some((at, entity)) = entity(text) {
        return of(Some(at), SyntaxCause::Entity(entity));
    }
    if let Some(at) = marks.open_quote {
        return of(Some(at), SyntaxCause::OpenQuote);
    }
    if marks.opening != marks.closing {
        return of(marks.too_early.or(at), SyntaxCause::Parentheses(marks.opening, marks.closing));
    }
    let first = text.split_whitespace().next().unwrap_or_default();
    if first.is_empty() {
        return of(None, SyntaxCause::Nothing);
    }
    if let Some(word) = ["WHERE", "SELECT", "UPDATE", "IF"].into_iter().find(|word| first.eq_ignore_ascii_case(word)) {
        return of(find(text, first), SyntaxCause::Statement(word));
    }
    if let Some(at) = unquoted(text) {
        return of(Some(at), SyntaxCause::Unquoted);
    }
    if let Some(at) = double_quote(text) {
        return of(Some(at), SyntaxCause::DoubleQuotes);
    }
    of(at, SyntaxCause::Syntax(said))
}

/// The quotes and parentheses of a condition, ignoring those inside quoted text.
#[derive(Default)]
struct Marks {
    curly: Option<(usize, char)>,
    open_quote: Option<usize>,
    opening: usize,
    closing: usize,
    /// Position of the first closing parenthesis without an opening one.
    too_early: Option<usize>,
}

impl Marks {
    fn of(text: &str) -> Self {
        let mut marks = Self::default();
        let mut chars = text.chars().enumerate().map(|(at, c)| (at + 1, c)).peekable();
        while let Some((at, c)) = chars.next() {
            match (c, marks.open_quote) {
                // Two single quotes inside a text stand for one.
                ('\'', Some(_)) if chars.next_if(|(_, next)| *next == '\'').is_some() => {}
                ('\'', None) => marks.open_quote = Some(at),
                ('\'', Some(_)) => marks.open_quote = None,
                (_, Some(_)) => {}
                ('(', None) => marks.opening += 1,
                (')', None) => {
                    marks.closing += 1;
                    if marks.closing > marks.opening {
                        marks.too_early = marks.too_early.or(Some(at));
                    }
                }
                (c, None) if is_curly(c) => marks.curly = marks.curly.or(Some((at, c))),
                _ => {}
            }
        }
        // A text that should end at a curly quote stays open. Then the curly quote is the cause.
        if marks.open_quote.is_some() && marks.curly.is_none() {
            let last = |(at, c): (usize, char)| is_curly(c).then_some((at + 1, c));
            marks.curly = text.chars().enumerate().filter_map(last).last();
        }
        marks
    }
}

/// Position of the first double quote outside quoted text.
fn double_quote(text: &str) -> Option<usize> {
    let mut inside = false;
    for (at, c) in text.chars().enumerate() {
        match c {
            '\'' => inside = !inside,
            '"' if !inside => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// Position of a text after LIKE that has no quotes and is neither a column nor a function.
fn unquoted(text: &str) -> Option<usize> {
    let small = text.to_ascii_lowercase();
    let (at, _) = small.match_indices("like ").next()?;
    let rest = &small[at + "like ".len()..];
    let word = rest.trim_start();
    let bare = word.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '%' | '_'));
    bare.then(|| text[..text.len() - word.len()].chars().count() + 1)
}

fn entity(text: &str) -> Option<(usize, &'static str)> {
    ["&#39;", "&#x27;", "&apos;", "&quot;", "&lt;", "&gt;", "&amp;", "&nbsp;"]
        .into_iter()
        .filter_map(|entity| Some((find(text, entity)?, entity)))
        .min()
}

impl fmt::Display for SyntaxFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.at {
            Some(at) => write!(f, "at character {at}: {}", self.cause),
            None => write!(f, "at the end: {}", self.cause),
        }
    }
}

impl TrialResult {
    /// The result as plain lines, none of them empty.
    pub fn lines(&self) -> Vec<String> {
        match self {
            Self::Alike(count) => {
                vec![format!("behaves the same on {count} sample requests, but is not the wanted text")]
            }
            Self::Unlike(ways) => ways.iter().map(ToString::to_string).collect(),
            Self::Broken(broken) if broken.cause.is_certain() => {
                vec![format!("{broken}: ILLiad would probably report an error, and the rule would not run")]
            }
            Self::Broken(broken) => vec![format!(
                "{broken}: not understood here; if ILLiad does not understand it either, it probably reports an error \
                 and the rule does not run"
            )],
            Self::NotUnderstood(what) => {
                vec![format!("not tried on sample requests, because this is not understood: {}", clean(what, 120))]
            }
        }
    }
}

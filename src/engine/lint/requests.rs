//! Sample requests to try a condition on, and in which of them two conditions disagree, in words.
use super::sql_value::SqlValue;
use std::collections::BTreeSet;
use std::fmt;

/// What stands in CitedIn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RequestTag {
    /// An id of this campus's Alma.
    Alma,
    /// The same without the underscore: how Alma writes the id is not documented (facts/illiad.md §6).
    AlmaPlain,
    /// NULL.
    Null,
    /// Nothing.
    Empty,
    /// A citation that has nothing to do with Alma.
    Other,
    /// A citation that names the campus further in.
    Within,
}

/// What stands in LendingString.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lending {
    /// NULL, as ILLiad leaves it on requests made through its API.
    Null,
    /// Nothing.
    Empty,
    /// Lenders.
    Filled,
}

impl RequestTag {
    const ALL: [Self; 6] = [Self::Alma, Self::AlmaPlain, Self::Null, Self::Empty, Self::Other, Self::Within];

    /// Those that are not Alma's.
    const FOREIGN: [Self; 4] = [Self::Null, Self::Empty, Self::Other, Self::Within];

    fn words(self) -> &'static str {
        match self {
            Self::Alma => "Alma's requests",
            Self::AlmaPlain => "Alma's requests whose tag has no underscore",
            Self::Null => "requests with no tag",
            Self::Empty => "requests with an empty tag",
            Self::Other => "requests with another tag",
            Self::Within => "requests with the campus's code inside another tag",
        }
    }
}

impl Lending {
    const ALL: [Self; 3] = [Self::Null, Self::Empty, Self::Filled];

    fn words(self) -> &'static str {
        match self {
            Self::Null => "without a lending string",
            Self::Empty => "whose LendingString is empty",
            Self::Filled => "whose LendingString is filled",
        }
    }
}

/// Words for some of the lending strings; nothing for all of them.
fn lending_words(some: &BTreeSet<Lending>) -> String {
    let has = |lending: &Lending| some.contains(lending);
    match (has(&Lending::Null), has(&Lending::Empty), has(&Lending::Filled)) {
        (true, true, true) => return String::new(),
        (true, true, false) => return " without a lending string (NULL or empty)".to_owned(),
        _ => {}
    }
    format!(" {}", some.iter().map(|lending| lending.words()).collect::<Vec<_>>().join(" or "))
}

/// A sample request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SampleRequest<'a> {
    /// Its tag.
    pub tag: RequestTag,
    /// Its lending string.
    pub lending: Lending,
    of: &'a SampleRequests,
}

/// The sample requests of a campus: every tag with every lending string.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleRequests {
    institution: String,
    nvtgc: String,
}

/// The columns a sample request has.
pub(super) const COLUMNS: [(char, &str); 6] = [
    ('t', "CitedIn"),
    ('t', "LendingString"),
    ('t', "ProcessType"),
    ('t', "TransactionStatus"),
    ('t', "RequestType"),
    ('u', "NVTGC"),
];

impl SampleRequests {
    /// For a campus: its institution code in Alma (`01CUNY_QC`), and its NVTGC in ILLiad.
    #[must_use]
    pub fn new(institution: &str, nvtgc: &str) -> Self {
        Self { institution: institution.to_owned(), nvtgc: nvtgc.to_owned() }
    }

    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = SampleRequest<'_>> {
        RequestTag::ALL
            .into_iter()
            .flat_map(move |tag| Lending::ALL.into_iter().map(move |lending| SampleRequest { tag, lending, of: self }))
    }
}

impl SampleRequest<'_> {
    /// What stands in a column; none where a sample request has no such column.
    pub(super) fn column(&self, alias: char, name: &str) -> Option<SqlValue> {
        let (_, name) = COLUMNS.into_iter().find(|(a, n)| *a == alias && n.eq_ignore_ascii_case(name))?;
        let text = |text: &str| Some(SqlValue::Text(text.to_owned()));
        match name {
            "CitedIn" => Some(self.cited_in().map_or(SqlValue::Null, SqlValue::Text)),
            "LendingString" => self.lending_string().map_or(Some(SqlValue::Null), text),
            "ProcessType" => text("Borrowing"),
            "TransactionStatus" => text("Awaiting SampleRequest Processing"),
            "RequestType" => text("Loan"),
            _ => text(&self.of.nvtgc),
        }
    }

    /// What stands in LendingString; none for NULL.
    #[must_use]
    pub fn lending_string(&self) -> Option<&'static str> {
        match self.lending {
            Lending::Null => None,
            Lending::Empty => Some(""),
            Lending::Filled => Some("ABC,DEF,GHI"),
        }
    }

    /// What stands in CitedIn; none for NULL.
    #[must_use]
    pub fn cited_in(&self) -> Option<String> {
        let code = &self.of.institution;
        match self.tag {
            RequestTag::Alma => Some(format!("{code}0021000001")),
            RequestTag::AlmaPlain => Some(format!("{}0021000001", code.replace('_', ""))),
            RequestTag::Null => None,
            RequestTag::Empty => Some(String::new()),
            RequestTag::Other => Some("FirstSearch: WorldCat".to_owned()),
            RequestTag::Within => Some(format!("see {code}0021000001")),
        }
    }
}

/// A way in which a condition goes wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConditionFault {
    /// No sample request at all.
    CatchesNothing,
    /// Every one.
    CatchesEverything,
    /// These, whatever their tag.
    CatchesWhateverTag(BTreeSet<Lending>),
    /// These of those tags.
    Catches(Vec<RequestTag>, BTreeSet<Lending>),
    /// Every request of Alma's that the procedure's condition catches, though it catches others.
    MissesAlma,
    /// These of those tags.
    Misses(Vec<RequestTag>, BTreeSet<Lending>),
    /// All that the procedure's condition catches of that tag.
    MissesTag(RequestTag),
}

impl fmt::Display for ConditionFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::CatchesNothing => f.write_str("would catch nothing"),
            Self::CatchesEverything => {
                f.write_str("would catch every request, whatever its tag and its lending string")
            }
            Self::CatchesWhateverTag(some) => {
                write!(f, "would also catch every request{}, whatever its tag", lending_words(some))
            }
            Self::Catches(tags, some) => write!(f, "would also catch {}{}", tag_words(tags), lending_words(some)),
            Self::MissesAlma => f.write_str("would miss every request of Alma's"),
            Self::Misses(tags, some) => write!(f, "would miss {}{}", tag_words(tags), lending_words(some)),
            Self::MissesTag(tag) => write!(f, "would miss {}", tag.words()),
        }
    }
}

/// How a condition answered a sample request, and how the procedure's did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct SampleAnswer {
    pub(super) tag: RequestTag,
    pub(super) lending: Lending,
    pub(super) got: bool,
    pub(super) want: bool,
}

/// In which ways the answers are unlike the procedure's; empty where they are the same.
pub(super) fn unlike(answers: &[SampleAnswer]) -> Vec<ConditionFault> {
    if answers.iter().all(|answer| answer.got == answer.want) {
        return Vec::new();
    }
    if answers.iter().all(|answer| !answer.got) {
        return vec![ConditionFault::CatchesNothing];
    }
    if answers.iter().all(|answer| answer.got) {
        return vec![ConditionFault::CatchesEverything];
    }
    let of = |tag: RequestTag, differs: fn(&SampleAnswer) -> bool| -> BTreeSet<Lending> {
        answers.iter().filter(|answer| answer.tag == tag && differs(answer)).map(|answer| answer.lending).collect()
    };
    let caught = |tag| of(tag, |answer| answer.got && !answer.want);
    let missed = |tag| of(tag, |answer| !answer.got && answer.want);
    let mut all = Vec::new();
    let whatever: BTreeSet<Lending> = Lending::ALL
        .into_iter()
        .filter(|lending| RequestTag::FOREIGN.into_iter().all(|tag| caught(tag).contains(lending)))
        .collect();
    if !whatever.is_empty() {
        all.push(ConditionFault::CatchesWhateverTag(whatever.clone()));
    }
    let more = |tag| caught(tag).difference(&whatever).copied().collect();
    all.extend(alike(more).into_iter().map(|(tags, some)| ConditionFault::Catches(tags, some)));
    if answers.iter().filter(|answer| answer.want).all(|answer| !answer.got) {
        all.push(ConditionFault::MissesAlma);
        return all;
    }
    let wanted = |tag| of(tag, |answer| answer.want);
    all.extend(alike(missed).into_iter().map(|(tags, some)| match tags.as_slice() {
        [tag] if wanted(*tag) == some => ConditionFault::MissesTag(*tag),
        _ => ConditionFault::Misses(tags, some),
    }));
    all
}

/// Tags with the same lending strings go together; those with none are left out.
fn alike(of: impl Fn(RequestTag) -> BTreeSet<Lending>) -> Vec<(Vec<RequestTag>, BTreeSet<Lending>)> {
    let mut all: Vec<(Vec<RequestTag>, BTreeSet<Lending>)> = Vec::new();
    for tag in RequestTag::ALL {
        let some = of(tag);
        match all.iter_mut().find(|(_, same)| *same == some) {
            Some((tags, _)) => tags.push(tag),
            None => all.push((vec![tag], some)),
        }
    }
    all.retain(|(_, some)| !some.is_empty());
    all
}

/// Tags in words; with and without underscore are the same to whoever reads.
fn tag_words(tags: &[RequestTag]) -> String {
    let said = |tag: &&RequestTag| **tag != RequestTag::AlmaPlain || !tags.contains(&RequestTag::Alma);
    tags.iter().filter(said).map(|tag| tag.words()).collect::<Vec<_>>().join(", ")
}

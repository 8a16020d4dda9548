//! Sample requests on which a condition is tried, and the ways in which two conditions disagree on them.
use crate::site::Site;
use std::collections::BTreeSet;

/// What the CitedIn column of a sample request contains.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RequestTag {
    /// A request id from this campus's Alma.
    Alma,
    /// The same without the underscore: how Alma writes the id is not documented (facts/illiad.md §6).
    AlmaPlain,
    Null,
    Empty,
    /// A citation that has nothing to do with Alma.
    Other,
    /// A citation with the campus code further inside.
    Within,
}

/// What the LendingString column of a sample request contains.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lending {
    /// NULL, as ILLiad leaves it on requests made through its API.
    Null,
    Empty,
    /// A list of lenders.
    Filled,
}

impl RequestTag {
    const ALL: [Self; 6] = [Self::Alma, Self::AlmaPlain, Self::Null, Self::Empty, Self::Other, Self::Within];

    /// Tags of requests that did not come from Alma.
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

/// Names some of the lending strings. Empty when `some` has all of them.
fn lending_words(some: &BTreeSet<Lending>) -> String {
    let has = |lending: &Lending| some.contains(lending);
    match (has(&Lending::Null), has(&Lending::Empty), has(&Lending::Filled)) {
        (true, true, true) => return String::new(),
        (true, true, false) => return " without a lending string (NULL or empty)".to_owned(),
        _ => {}
    }
    format!(" {}", some.iter().map(|lending| lending.words()).collect::<Vec<_>>().join(" or "))
}

/// A sample request: one tag with one lending string.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SampleRequest<'a> {
    pub tag: RequestTag,
    pub lending: Lending,
    of: &'a SampleRequests,
}

/// The sample requests of a campus: every tag with every lending string.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleRequests {
    institution: String,
    nvtgc: String,
}

/// The columns of a sample request, with the table alias.
pub(super) const COLUMNS: [(char, &str); 6] = [
    ('t', "CitedIn"),
    ('t', "LendingString"),
    ('t', "ProcessType"),
    ('t', "TransactionStatus"),
    ('t', "RequestType"),
    ('u', "NVTGC"),
];

impl SampleRequests {
    /// Takes the campus's institution code in Alma (`01CUNY_QC`) and its NVTGC in ILLiad.
    pub fn new(institution: &str, nvtgc: &str) -> Self {
        Self { institution: institution.to_owned(), nvtgc: nvtgc.to_owned() }
    }

    /// The sample requests of this campus.
    pub fn of(site: &Site) -> Self {
        let agreed = site.agreed.get("illiad.queue.nvtgc").map(|agreed| agreed.value.as_str());
        Self::new(site.institution.as_str(), agreed.unwrap_or(&site.nvtgc))
    }

    /// Every tag combined with every lending string.
    pub fn all(&self) -> impl Iterator<Item = SampleRequest<'_>> {
        RequestTag::ALL
            .into_iter()
            .flat_map(move |tag| Lending::ALL.into_iter().map(move |lending| SampleRequest { tag, lending, of: self }))
    }
}

impl SampleRequest<'_> {
    /// The value of a column. `None` if a sample request has no such column.
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

    /// The value of LendingString. `None` is NULL.
    pub fn lending_string(&self) -> Option<&'static str> {
        match self.lending {
            Lending::Null => None,
            Lending::Empty => Some(""),
            Lending::Filled => Some("ABC,DEF,GHI"),
        }
    }

    /// The value of CitedIn. `None` is NULL.
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

/// A way in which a condition differs from the procedure's.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConditionFault {
    /// Catches no sample request at all.
    #[error("would catch nothing")]
    CatchesNothing,
    /// Catches every sample request.
    #[error("would catch every request, whatever its tag and its lending string")]
    CatchesEverything,
    /// Catches all requests with these lending strings, whatever their tag.
    #[error("would also catch every request{}, whatever its tag", lending_words(.0))]
    CatchesWhateverTag(BTreeSet<Lending>),
    /// Wrongly catches requests with these tags and lending strings.
    #[error("would also catch {}{}", tag_words(.0), lending_words(.1))]
    Catches(Vec<RequestTag>, BTreeSet<Lending>),
    /// Catches others, but none of Alma's requests that the procedure's condition catches.
    #[error("would miss every request from Alma")]
    MissesAlma,
    /// Misses requests with these tags and lending strings.
    #[error("would miss {}{}", tag_words(.0), lending_words(.1))]
    Misses(Vec<RequestTag>, BTreeSet<Lending>),
    /// Misses every request with this tag that the procedure's condition catches.
    #[error("would miss {}", .0.words())]
    MissesTag(RequestTag),
}

/// How a condition answered a sample request, beside the procedure's answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct SampleAnswer {
    pub(super) tag: RequestTag,
    pub(super) lending: Lending,
    pub(super) got: bool,
    pub(super) want: bool,
}

/// The ways in which the answers differ from the procedure's. Empty if they are the same.
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

/// Groups tags that have the same lending strings. Tags without any are left out.
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

/// Tags in words. The tag without underscore is not named beside the
/// one with it, because readers need no such detail.
fn tag_words(tags: &[RequestTag]) -> String {
    let said = |tag: &&RequestTag| **tag != RequestTag::AlmaPlain || !tags.contains(&RequestTag::Alma);
    tags.iter().filter(said).map(|tag| tag.words()).collect::<Vec<_>>().join(", ")
}

/// An SQL value of one of the supported types.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum SqlValue {
    Null,
    Text(String),
    Number(i64),
}

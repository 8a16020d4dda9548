//! What was typed into a campus file or form, before it is accepted.
use super::agreed::{AgreedValues, AgreementOrigin, agreed_values};
use super::campus_field::CampusField;
use super::consortium::Consortium;
use super::host::ServiceUrl;
use super::outside_key::{OutsideKeys, outside_keys};
use super::problem::{Problem, line_of};
use super::types::{CampusCode, CampusNaming, Environment, Site, Stance};
use crate::text::{cut, key_shapes};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};
use toml_edit::{Document, Item, Value};

/// The table of agreed differences.
const WANT: &str = "want";

/// The table of keys that are kept elsewhere.
const KEYS: &str = "keys";

/// The most characters of a wrong value that a message repeats.
const ECHOED: usize = 60;

/// A typed value and its line number.
#[derive(Debug, Clone, PartialEq, Eq)]
struct TypedAnswers {
    texts: Vec<String>,
    line: Option<usize>,
}

/// The typed values of a campus, by key. It may be incomplete.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SiteDraft {
    typed: BTreeMap<CampusField, TypedAnswers>,
    agreed: AgreedValues,
    outside_keys: OutsideKeys,
    problems: Vec<Problem>,
}

impl SiteDraft {
    /// Reads a campus file. Problems with its format are kept for [`SiteDraft::accept`] to report.
    pub fn from_toml(text: &str) -> Self {
        let mut draft = Self::default();
        match text.parse::<Document<String>>() {
            Ok(document) => draft.table(document.as_item(), "", text),
            Err(error) => {
                let line = error.span().map(|span| line_of(text, span.start));
                draft.unreadable(line, &format!("is not TOML: {}", error.message().trim()));
            }
        }
        draft
    }

    /// Reads a campus file that may not even be text.
    pub fn from_bytes(bytes: &[u8]) -> Self {
        match std::str::from_utf8(bytes) {
            Ok(text) => Self::from_toml(text),
            Err(error) => {
                let mut draft = Self::default();
                let line = bytes[..error.valid_up_to()].split(|byte| *byte == b'\n').count();
                draft.unreadable(Some(line), "is not UTF-8; save the file as UTF-8");
                draft
            }
        }
    }

    /// Records that the file could not be read at all.
    fn unreadable(&mut self, line: Option<usize>, what: &str) {
        self.problems.push(Problem { path: None, line, what: what.to_owned(), accepts: None });
    }

    fn table(&mut self, item: &Item, prefix: &str, text: &str) {
        let Some(table) = item.as_table_like() else { return };
        for (key, item) in table.iter() {
            let path = if prefix.is_empty() { key.to_owned() } else { format!("{prefix}.{key}") };
            let line = table.key(key).and_then(toml_edit::Key::span).map(|span| line_of(text, span.start));
            let section = format!("{path}.");
            let is_section = CampusField::ALL.iter().any(|slot| slot.path().starts_with(&section));
            match CampusField::of(&path) {
                None if path == WANT || path == KEYS => self.table_of_its_own(&path, item, line, text),
                Some(slot) => self.value(slot, item, line),
                None if is_section && item.is_table_like() => self.table(item, &path, text),
                None if is_section => {
                    let what = format!("must be a table: [{path}] on a line of its own, its keys below");
                    self.problems.push(Problem { path: Some(path), line, what, accepts: None });
                }
                None => self.problems.push(Problem {
                    path: Some(cut(&path, ECHOED)),
                    line,
                    what: format!("is not a key of a campus file (known keys: {})", known_keys()),
                    accepts: None,
                }),
            }
        }
    }

    /// A table whose keys are not those of a form.
    fn table_of_its_own(&mut self, path: &str, item: &Item, line: Option<usize>, text: &str) {
        let Some(table) = item.as_table_like() else {
            let what = format!("must be a table: [{path}] on a line of its own, its keys below");
            return self.problems.push(Problem { path: Some(path.to_owned()), line, what, accepts: None });
        };
        let line = |key: &toml_edit::Key| key.span().map(|span| line_of(text, span.start));
        match path {
            KEYS => self.outside_keys = outside_keys(table, line, &mut self.problems),
            _ => self.agreed = agreed_values(table, AgreementOrigin::CampusFile, line, &mut self.problems),
        }
    }

    fn value(&mut self, slot: CampusField, item: &Item, line: Option<usize>) {
        let texts = match (slot, item.as_value()) {
            (CampusField::PatronsSample, Some(Value::Array(array))) => {
                array.iter().map(|value| value.as_str().map(str::to_owned)).collect::<Option<Vec<_>>>()
            }
            (CampusField::PatronsSample, _) => None,
            (CampusField::EvidenceMaxAge | CampusField::WordMaxAge, Some(Value::Integer(days))) => {
                Some(vec![days.value().to_string()])
            }
            (_, Some(Value::String(text))) => Some(vec![text.value().clone()]),
            _ => None,
        };
        match texts {
            Some(texts) => drop(self.typed.insert(slot, TypedAnswers { texts, line })),
            None => self.problems.push(problem(slot, line, "is not of the right type")),
        }
    }

    /// Sets one value, as a form does. A list of sample patrons is split at commas and spaces.
    pub fn set(&mut self, slot: CampusField, text: &str) {
        let texts = match slot {
            CampusField::PatronsSample => {
                text.split([',', ' ', '\n', '\t']).filter(|id| !id.is_empty()).map(str::to_owned).collect()
            }
            _ => vec![text.trim().to_owned()],
        };
        self.typed.insert(slot, TypedAnswers { texts, line: None });
    }

    /// The current value of a key, or its default.
    pub fn get(&self, slot: CampusField) -> String {
        self.typed
            .get(&slot)
            .map_or_else(|| slot.default().unwrap_or_default().to_owned(), |typed| typed.texts.join(", "))
    }

    /// The problem with one key, so that a form can show it.
    pub fn problem_of(&self, slot: CampusField) -> Option<Problem> {
        self.accept().err()?.into_iter().find(|problem| problem.path.as_deref() == Some(slot.path()))
    }

    /// Accepts the campus if every value is right, as one of the consortium that the procedure was written for.
    ///
    /// # Errors
    /// Every problem there is, in the order of the file.
    pub fn accept(&self) -> Result<Site, Vec<Problem>> {
        self.accept_in(&Consortium::default())
    }

    /// Accepts the campus if every value is right. What it agreed on itself counts before what the consortium did.
    ///
    /// # Errors
    /// Every problem there is, in the order of the file.
    pub fn accept_in(&self, consortium: &Consortium) -> Result<Site, Vec<Problem>> {
        // If the file could not be read, its values are unknown, not missing.
        if self.problems.iter().any(|problem| problem.path.is_none()) {
            return Err(self.problems.clone());
        }
        let mut problems = self.problems.clone();
        let site = self.site(consortium, &mut problems);
        problems.sort_by_key(|problem| problem.line.unwrap_or(usize::MAX));
        site.filter(|_| problems.is_empty()).ok_or(problems)
    }

    /// Reads every value before it returns, so that all problems are reported at once.
    fn site(&self, consortium: &Consortium, all: &mut Vec<Problem>) -> Option<Site> {
        let institution = self.read(CampusField::Institution, all, CampusCode::parse);
        let name = self.one(CampusField::Name, all);
        let environment = self.read(CampusField::Environment, all, Environment::parse);
        let stance = self.read(CampusField::Stance, all, Stance::parse);
        let alma_url = self.url(CampusField::AlmaUrl, all);
        let library = self.one(CampusField::AlmaLibrary, all);
        let receive_desk = self.one(CampusField::AlmaReceiveDesk, all);
        let illiad_url = self.url(CampusField::IlliadUrl, all);
        let nvtgc = self.nvtgc(all);
        let days = |text: &str| text.trim().parse().ok().filter(|days| (1..=3650).contains(days));
        let evidence_days = self.read(CampusField::EvidenceMaxAge, all, days);
        let word_days = self.read(CampusField::WordMaxAge, all, days);
        let sample = self.sample(all);
        let (institution, name) = (institution?, name?);
        Some(Site {
            name: if name.is_empty() { institution.to_string() } else { name },
            institution,
            environment: environment?,
            stance: stance?,
            alma_url: alma_url?,
            library: library?,
            receive_desk: receive_desk?,
            illiad_url: illiad_url?,
            nvtgc: nvtgc?,
            sample,
            evidence_days: evidence_days?,
            word_days: word_days?,
            consortium: consortium.name.clone(),
            prefix: consortium.prefix.clone(),
            outside_keys: self.outside_keys.clone(),
            naming: CampusNaming::default(),
            agreed: consortium.agreed.clone().into_iter().chain(self.agreed.clone()).collect(),
        })
    }

    /// The text of a key, or its default. Adds a problem if a required
    /// value is missing or empty, or has control characters.
    fn one(&self, slot: CampusField, problems: &mut Vec<Problem>) -> Option<String> {
        let Some(typed) = self.typed.get(&slot) else {
            let section = slot.path().split_once('.').map(|(section, _)| section);
            let told = problems.iter().filter_map(|problem| problem.path.as_deref());
            let told = told.into_iter().any(|path| path == slot.path() || Some(path) == section);
            let default = slot.default();
            if default.is_none() && !told {
                problems.push(problem(slot, None, "is missing"));
            }
            return default.map(str::to_owned);
        };
        let text = typed.texts.concat();
        if text.chars().any(char::is_control) {
            problems.push(problem(slot, typed.line, "contains a control character"));
            return None;
        }
        if !key_shapes(&text).is_empty() {
            problems.push(problem(slot, typed.line, "looks like an API key; keys do not belong in a campus file"));
            return None;
        }
        if text.trim().is_empty() && slot != CampusField::Name {
            problems.push(problem(slot, typed.line, "is empty"));
            return None;
        }
        Some(text)
    }

    fn read<T>(&self, slot: CampusField, problems: &mut Vec<Problem>, parse: impl Fn(&str) -> Option<T>) -> Option<T> {
        let text = self.one(slot, problems)?;
        let value = parse(&text);
        if value.is_none() {
            problems.push(problem(slot, self.line(slot), &format!("cannot be {:?}", cut(&text, ECHOED))));
        }
        value
    }

    fn url(&self, slot: CampusField, problems: &mut Vec<Problem>) -> Option<ServiceUrl> {
        match ServiceUrl::parse(&self.one(slot, problems)?) {
            Ok(url) => Some(url),
            Err(why) => {
                problems.push(problem(slot, self.line(slot), &why.to_string()));
                None
            }
        }
    }

    /// ILLiad names a site by one short word.
    fn nvtgc(&self, problems: &mut Vec<Problem>) -> Option<String> {
        let text = self.one(CampusField::IlliadNvtgc, problems)?;
        if text.contains(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '\'' | '"')) {
            let what = format!("cannot be {:?}: it is one word, without spaces or commas", cut(&text, ECHOED));
            problems.push(problem(CampusField::IlliadNvtgc, self.line(CampusField::IlliadNvtgc), &what));
            return None;
        }
        Some(text)
    }

    fn sample(&self, problems: &mut Vec<Problem>) -> Vec<String> {
        let mut ids = self.typed.get(&CampusField::PatronsSample).map(|typed| typed.texts.clone()).unwrap_or_default();
        // A person named twice counts once.
        let mut seen = BTreeSet::new();
        ids.retain(|id| seen.insert(id.clone()));
        let fits = |id: &String| {
            let control = id.chars().any(char::is_control);
            !id.trim().is_empty() && id.len() <= 100 && !control && key_shapes(id).is_empty()
        };
        if !ids.iter().all(fits) {
            problems.push(problem(
                CampusField::PatronsSample,
                self.line(CampusField::PatronsSample),
                "contains an unusable identifier",
            ));
        }
        ids
    }

    fn line(&self, slot: CampusField) -> Option<usize> {
        self.typed.get(&slot).and_then(|typed| typed.line)
    }
}

fn problem(slot: CampusField, line: Option<usize>, what: &str) -> Problem {
    Problem { path: Some(slot.path().to_owned()), line, what: what.to_owned(), accepts: Some(slot.accepts()) }
}

fn known_keys() -> String {
    format!("{}, [{WANT}], [{KEYS}]", CampusField::ALL.map(CampusField::path).join(", "))
}

/// The answers so far of an unfinished set-up. It has no API keys, because a campus file has none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedSetup {
    /// When the set-up began.
    pub at: Timestamp,
    /// The number of the furthest page that was reached. The pages before it were answered.
    pub page: usize,
    /// The answers so far.
    pub draft: SiteDraft,
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"
institution = "01CUNY_QC"
environment = "sandbox"
[alma]
url = "https://api-na.hosted.exlibrisgroup.com"
library = "QCRS"
[illiad]
url = "https://qc.illiad.oclc.org/illiadwebplatform/"
"#;

    #[test]
    fn defaults_fill_what_may_be_left_out() {
        let site = SiteDraft::from_toml(GOOD).accept().expect("accepted");
        assert_eq!(
            (site.stance, site.receive_desk.as_str(), site.nvtgc.as_str()),
            (Stance::Ahead, "Main Service Desk", "ILL")
        );
        assert_eq!(site.name, "01CUNY_QC");
        assert!(site.sample.is_empty());
    }

    #[test]
    fn somebody_named_twice_is_looked_at_once() {
        let twice = format!("{GOOD}[patrons]\nsample = [\"2\", \"1\", \"2\"]\n");
        assert_eq!(SiteDraft::from_toml(&twice).accept().expect("accepted").sample, ["2", "1"]);
    }

    #[test]
    fn every_problem_is_told_at_once_with_its_line() {
        let text = "institution = \"x\"\nenvironment = \"test\"\ncolour = 1\n[alma]\nurl = \"http://alma.example.org\"\nlib = \"Q\"\n[illiad]\nurl = 5\n";
        let problems = SiteDraft::from_toml(text).accept().expect_err("refused");
        let told: Vec<(Option<usize>, &str)> =
            problems.iter().map(|p| (p.line, p.path.as_deref().unwrap_or_default())).collect();
        assert_eq!(
            told,
            [
                (Some(1), "institution"),
                (Some(2), "environment"),
                (Some(3), "colour"),
                (Some(5), "alma.url"),
                (Some(6), "alma.lib"),
                (Some(8), "illiad.url"),
                (None, "alma.library"),
            ]
        );
        assert!(problems[1].to_string().contains("\"sandbox\" or \"production\""));
    }

    #[test]
    fn an_nvtgc_is_one_word() {
        let with = |nvtgc: &str| {
            SiteDraft::from_toml(&GOOD.replace("[illiad]\n", &format!("[illiad]\nnvtgc = {nvtgc:?}\n"))).accept()
        };
        for good in ["ILL", "QC", "ZCU-2", "Q&A"] {
            assert_eq!(with(good).map(|site| site.nvtgc).as_deref(), Ok(good));
        }
        for bad in ["ILL QC", "ILL,QC", "'ILL'", "ILL "] {
            assert!(with(bad).expect_err("refused")[0].to_string().contains("it is one word"), "{bad}");
        }
    }

    #[test]
    fn text_that_is_not_toml_names_the_line() {
        let problems = SiteDraft::from_toml("institution = \"a\n").accept().expect_err("refused");
        assert_eq!(problems[0].line, Some(1));
    }
}

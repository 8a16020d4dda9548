//! What Enter does on the steps: one decision, which the footer shows and the update function carries out.
use super::model::{Campus, Model};
use super::setup::Question;
use super::text::count;
use crate::engine::judge::{FieldPlace, Finding, Prerequisite, Verdict, Weight};
use crate::engine::observed::UnreadKind;
use crate::recipe::{Channel, Expectation, Field, FieldKey, KeySlot, Recipe, StepId};
use crate::site::CampusField;

/// The next thing to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// Plan a write that corrects this many values.
    Fix(usize),
    /// Plan the creation of a record with this many values.
    Create(usize),
    /// Sign off these values.
    SignOff(Vec<FieldKey>),
    /// Answer a question of the set-up.
    SetUp(Question),
    /// Change an answer that is wrong, or that keeps something from being read.
    Change(Question),
    /// Look who would get a second ILLiad account, and what OCLC must be sent.
    Forecast,
    /// Make test requests, watch them and cancel them.
    Prove,
    /// Paste a value again that differed, after it was corrected on its screen.
    PasteBack(FieldKey),
    CheckAgain,
    /// Go to the step that this one needs.
    GoTo(StepId),
    /// Go to the next step.
    Step(StepId),
    /// Show what is done and what is not.
    Summary,
    /// Show that nothing is left to do.
    Finish,
}

impl Next {
    /// The words for the footer.
    pub fn words(&self, recipe: &Recipe) -> String {
        match self {
            Self::Fix(n) => format!("fix {}", count(*n, "value")),
            Self::Create(n) => format!("create the partner and its parameters, {}", count(*n, "value")),
            Self::SignOff(keys) => format!("sign off {}", count(keys.len(), "value")),
            Self::SetUp(ask) => match ask {
                Question::Key(_) => "set the key".to_owned(),
                Question::Slot(CampusField::PatronsSample) => "add sample patrons".to_owned(),
                Question::Slot(_) => "change the campus file".to_owned(),
            },
            Self::Change(ask) => match ask {
                Question::Key(_) => "change the key".to_owned(),
                Question::Slot(CampusField::AlmaUrl | CampusField::IlliadUrl) => "change the address".to_owned(),
                Question::Slot(CampusField::PatronsSample) => "change the sample".to_owned(),
                Question::Slot(_) => "change the campus file".to_owned(),
            },
            Self::Forecast => "forecast".to_owned(),
            Self::Prove => "run the proof".to_owned(),
            Self::PasteBack(key) => {
                let label = recipe.field(key).map(|field| field.label.as_str()).unwrap_or_default();
                format!("correct and paste back {label}").trim_end().to_owned()
            }
            Self::CheckAgain => "check again".to_owned(),
            Self::GoTo(step) => format!("go to {}", recipe.step(*step).title),
            Self::Step(_) => "next step".to_owned(),
            Self::Summary => "summary".to_owned(),
            Self::Finish => "finish".to_owned(),
        }
    }
}

/// Decides what Enter does on the step shown.
pub fn next(model: &Model, campus: &Campus) -> Next {
    let standing = campus.here();
    let end = if campus.completion().is_some() { Next::Finish } else { Next::Summary };
    let onward = StepId::ALL.into_iter().find(|id| *id > campus.at).map_or(end, Next::Step);
    if standing.read.is_none() {
        return if campus.reading(campus.at).is_some() { onward } else { Next::CheckAgain };
    }
    if let Prerequisite::Missing(other) = standing.report.ground {
        return Next::GoTo(other);
    }
    let counted: Vec<&Finding> =
        standing.report.findings.iter().filter(|finding| finding.weight == Weight::Counts).collect();
    if let Some(next) = (campus.at == StepId::Connect).then(|| campus_file(campus, &counted)).flatten() {
        return next;
    }
    if let Some(next) = counted.iter().find_map(|finding| unread(finding)) {
        return next;
    }
    if campus.at == StepId::Prove {
        return proof(campus).unwrap_or(onward);
    }
    let wrong: Vec<&&Finding> = counted.iter().filter(|finding| is_wrong(&finding.verdict)).collect();
    if let Some(first) = wrong.first() {
        // Of several wrong values, take the selected one.
        let chosen = campus.finding().filter(|chosen| wrong.iter().any(|finding| finding.key == chosen.key));
        let shown = || Next::PasteBack(chosen.unwrap_or(first).key.clone());
        return match campus.at {
            StepId::Partner | StepId::Parameters if wrong.iter().any(|f| f.verdict == Verdict::Absent) => {
                Next::Create(absent(campus))
            }
            StepId::Partner | StepId::Parameters => {
                match wrong.iter().filter(|finding| is_written(model, finding)).count() {
                    // A person corrects in Alma what no API writes, and pastes it again.
                    0 => shown(),
                    n => Next::Fix(n),
                }
            }
            StepId::Connect => Next::CheckAgain,
            StepId::Rota | StepId::Rule | StepId::Illiad => shown(),
            StepId::Patrons if chosen.unwrap_or(first).asks_for_a_forecast() => Next::Forecast,
            // A wrong EMPLID in the sample looks the same as a patron record to be corrected. `r` is there for the latter.
            StepId::Patrons => Next::Change(Question::Slot(CampusField::PatronsSample)),
            StepId::Prove => Next::CheckAgain,
        };
    }
    if counted.iter().any(|finding| finding.key == FieldKey::new(StepId::Patrons, "sample")) {
        return Next::SetUp(Question::Slot(CampusField::PatronsSample));
    }
    let waiting: Vec<FieldKey> = counted
        .iter()
        .filter(|finding| matches!(finding.verdict, Verdict::Waiting(_)) && may_be_signed(model.recipe(), &finding.key))
        .map(|finding| finding.key.clone())
        .collect();
    if waiting.is_empty() { onward } else { Next::SignOff(waiting) }
}

/// Whether something is to be corrected, or looked at again because evidence contradicts the sign-off.
fn is_wrong(verdict: &Verdict) -> bool {
    matches!(verdict, Verdict::Differs(_) | Verdict::Absent | Verdict::Contradicted(_))
}

/// Returns whether an API writes this value, and not a person on a screen.
fn is_written(model: &Model, finding: &Finding) -> bool {
    model.recipe().field(&finding.key).is_none_or(|field| field.channel != Channel::Screen)
}

/// The set-up answer to change: the one behind the selected value, or else behind the first value with a problem.
fn campus_file(campus: &Campus, counted: &[&Finding]) -> Option<Next> {
    campus.finding().and_then(cause).or_else(|| counted.iter().find_map(|finding| cause(finding)))
}

/// The set-up answer because of which a value of `connect` is unread or wrong, if it can be one.
fn cause(finding: &Finding) -> Option<Next> {
    let (address, key) = answers(finding);
    let asked = asks(finding);
    let of_key = || asked.filter(|ask| matches!(ask, Question::Key(_))).unwrap_or(Question::Key(key));
    match &finding.verdict {
        Verdict::Unread(why) => match why.why {
            UnreadKind::NoKey(_) | UnreadKind::KeyUnfit => Some(Next::SetUp(of_key())),
            UnreadKind::KeyRefused | UnreadKind::WrongCampus | UnreadKind::NotAllowed => Some(Next::Change(of_key())),
            UnreadKind::Network | UnreadKind::Nonsense => Some(Next::Change(Question::Slot(address))),
            // The host is right and will be asked again later, or nobody was asked.
            UnreadKind::Down | UnreadKind::Limit | UnreadKind::Unaskable | UnreadKind::NotAsked => None,
        },
        // An address that replies, but has nothing there, is too short or too long.
        Verdict::Absent if matches!(asked, Some(Question::Key(_)) | None) => {
            Some(Next::Change(Question::Slot(address)))
        }
        Verdict::Differs(_) | Verdict::Absent => asked.map(Next::Change),
        Verdict::Same(_) | Verdict::Attested(_) | Verdict::Contradicted(_) | Verdict::Waiting(_) => None,
    }
}

/// The address and the key of the system that was asked. Only Alma's paths begin with a slash.
fn answers(finding: &Finding) -> (CampusField, KeySlot) {
    match &finding.place {
        FieldPlace::Api(at) if !at.starts_with('/') => (CampusField::IlliadUrl, KeySlot::Illiad),
        _ => (CampusField::AlmaUrl, KeySlot::Alma),
    }
}

/// The next part of the proof that is still to do.
fn proof(campus: &Campus) -> Option<Next> {
    let findings = &campus.here().report.findings;
    if findings.iter().all(|finding| matches!(finding.verdict, Verdict::Same(_))) {
        return None;
    }
    Some(match campus.site.sample.is_empty() {
        true => Next::SetUp(Question::Slot(CampusField::PatronsSample)),
        false => Next::Prove,
    })
}

/// How many values a new record gets: those of both tabs, whichever was read.
fn absent(campus: &Campus) -> usize {
    let findings = campus.steps.iter().flat_map(|standing| &standing.report.findings);
    findings.filter(|finding| finding.verdict == Verdict::Absent && finding.weight == Weight::Counts).count()
}

fn unread(finding: &Finding) -> Option<Next> {
    let Verdict::Unread(why) = &finding.verdict else { return None };
    Some(match why.why {
        UnreadKind::NoKey(_) | UnreadKind::KeyUnfit => Next::SetUp(Question::Key(answers(finding).1)),
        UnreadKind::KeyRefused | UnreadKind::WrongCampus => Next::Change(Question::Key(answers(finding).1)),
        UnreadKind::NotAllowed
        | UnreadKind::Network
        | UnreadKind::Down
        | UnreadKind::Limit
        | UnreadKind::Nonsense
        | UnreadKind::Unaskable
        | UnreadKind::NotAsked => Next::CheckAgain,
    })
}

/// The question whose answer decides a value of `connect`.
fn asks(finding: &Finding) -> Option<Question> {
    match finding.key.as_str().split_once('.')?.1 {
        "institution" | "environment" | "alma_key" | "partners_permission" => Some(Question::Key(KeySlot::Alma)),
        "illiad_key" => Some(Question::Key(KeySlot::Illiad)),
        "export_key" => Some(Question::Key(KeySlot::Export)),
        "library" => Some(Question::Slot(CampusField::AlmaLibrary)),
        name if name.ends_with("receive_desk") => Some(Question::Slot(CampusField::AlmaReceiveDesk)),
        _ => None,
    }
}

/// The question at which the set-up opens to change answers, on the steps that depend on them. The one behind the selected value comes
/// first.
pub fn answer_here(campus: &Campus) -> Option<Question> {
    match campus.at {
        StepId::Connect => Some(campus.finding().and_then(asks).unwrap_or(Question::Slot(CampusField::AlmaLibrary))),
        StepId::Patrons => Some(Question::Slot(CampusField::PatronsSample)),
        _ => None,
    }
}

/// Returns whether a value may be signed off.
pub fn may_be_signed(recipe: &Recipe, key: &FieldKey) -> bool {
    recipe.field(key).is_some_and(Field::may_be_signed)
}

/// Returns whether a value is a key, which is neither copied nor pasted back.
pub fn is_secret(recipe: &Recipe, key: &FieldKey) -> bool {
    recipe.field(key).is_some_and(|field| matches!(field.want, Expectation::Secret(_)))
}

//! Judges agreed differences themselves: whether a field has such a key and may have such a value, whether a wanted MatchString still
//! catches Alma's requests, and whether values that must agree still do.
use crate::engine::judge::{unagreed, wanted};
use crate::engine::lint::{ConditionFault, SampleRequests, TrialResult, catches_alma, trial};
use crate::engine::observed::AlmaObservations;
use crate::recipe::{Expectation, Field, FieldKey, Recipe};
use crate::site::{AgreedValue, AgreementOrigin, Problem, ServiceUrl, Site, want_path};
use crate::text::clean;

const MATCH_STRING: &str = "illiad.routing.match_string";

/// The column of ILLiad in which the test requests carry their tag, and in which Alma's requests are looked for.
const TAG: &str = "parameters.export.request_id_name_tag";

/// What is wrong with the agreed differences of a campus, each with the file that it is from.
pub fn problems(recipe: &Recipe, site: &Site) -> Vec<(AgreementOrigin, Problem)> {
    let each = site.agreed.iter().filter_map(|(key, agreed)| {
        let what = wrong(recipe, site, key, agreed)?;
        Some((agreed.origin, Problem { path: Some(want_path(key)), line: agreed.line, what, accepts: None }))
    });
    let found: Vec<_> = each.collect();
    if found.is_empty() { broken_ties(recipe, site) } else { found }
}

fn wrong(recipe: &Recipe, site: &Site, key: &str, agreed: &AgreedValue) -> Option<String> {
    let Some(field) = recipe.field(&FieldKey::from(key)) else {
        return Some("is not the key of a field; the keys are in the output of check --json".to_owned());
    };
    if let Err(what) = field.want.agreed(&agreed.value) {
        return Some(what);
    }
    match (key, &field.want) {
        (TAG, _) => Some("cannot be agreed on: the proofs look for Alma's requests in CitedIn".to_owned()),
        (MATCH_STRING, _) => refused_condition(recipe, site, field, &agreed.value),
        (_, Expectation::Template(_)) => {
            ServiceUrl::parse(&agreed.value).err().map(|why| format!("cannot be that value: it {why}"))
        }
        ("partner.code", _) => refused_code(&agreed.value),
        _ => None,
    }
}

/// The code goes into addresses of Alma's API.
fn refused_code(code: &str) -> Option<String> {
    let fits = code.len() <= 50 && code.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b));
    (!fits).then(|| "cannot be that code: it may have letters, digits, - _ and . only".to_owned())
}

/// The result of trying the agreed MatchString on the sample requests, beside the procedure's.
fn tried(recipe: &Recipe, site: &Site, field: &Field, agreed: &str) -> TrialResult {
    let procedure = wanted(recipe, &unagreed(site), &AlmaObservations::default(), field).words(None);
    trial(&procedure.unwrap_or_default(), agreed, &SampleRequests::of(site))
}

/// Why a MatchString is no condition that anyone can have agreed on.
fn refused_condition(recipe: &Recipe, site: &Site, field: &Field, agreed: &str) -> Option<String> {
    match tried(recipe, site, field, agreed) {
        TrialResult::Broken(fault) => Some(format!("is not a condition that ILLiad can read: {fault}")),
        TrialResult::Unlike(ways) => {
            let harm = |way: &&ConditionFault| {
                use ConditionFault::{Catches, CatchesEverything, CatchesNothing, CatchesWhateverTag, MissesAlma};
                matches!(way, Catches(..) | CatchesEverything | CatchesNothing | CatchesWhateverTag(_) | MissesAlma)
            };
            let found = ways.iter().find(harm).map(|way| format!("{way}; it must catch Alma's requests and no others"));
            let missed = || "would miss requests from Alma; it must catch all of them".to_owned();
            found.or_else(|| (!catches_alma(agreed, &SampleRequests::of(site))).then(missed))
        }
        TrialResult::Alike(_) | TrialResult::NotUnderstood(_) => None,
    }
}

/// Values that must agree, one of which was agreed on without the other.
fn broken_ties(recipe: &Recipe, site: &Site) -> Vec<(AgreementOrigin, Problem)> {
    let words = |key: &FieldKey| {
        recipe.field(key).and_then(|field| wanted(recipe, site, &AlmaObservations::default(), field).words(None))
    };
    let broken = recipe.ties.iter().filter_map(|tie| {
        let (key, other) = match site.agreed.contains_key(tie.a.as_str()) {
            true => (&tie.a, &tie.b),
            false => (&tie.b, &tie.a),
        };
        let agreed = site.agreed.get(key.as_str())?;
        let (a, b) = (words(&tie.a)?, words(&tie.b)?);
        let theirs = if key == &tie.a { &b } else { &a };
        let what = format!("must match {other}, which is \"{}\"; agree on both. {}", clean(theirs, 80), tie.why);
        let problem = Problem { path: Some(want_path(key.as_str())), line: agreed.line, what, accepts: None };
        (!tie.holds(&a, &b)).then_some((agreed.origin, problem))
    });
    broken.collect()
}

/// What to know about agreed differences that are accepted.
pub fn remarks(recipe: &Recipe, site: &Site) -> Vec<String> {
    let Some((agreed, field)) = site.agreed.get(MATCH_STRING).zip(recipe.field(&MATCH_STRING.into())) else {
        return Vec::new();
    };
    let of = |line: &String| format!("The agreed MatchString, tried on sample requests: {line}.");
    match tried(recipe, site, field, &agreed.value) {
        TrialResult::Alike(_) => Vec::new(),
        told => told.lines().iter().map(of).collect(),
    }
}

//! Judges the other rows of an imported list: whether one of them gets in the way of ours.
use super::proof;
use super::snapshot::Snapshot;
use super::verdict::{Evidence, FieldPlace, Finding, Verdict, Weight};
use crate::engine::journal::{ExportedList, ListEvidence, ProofStatus, age_in_days};
use crate::recipe::StepId;
use crate::site::Site;
use crate::text::clean;

/// One finding for each list of a step that was ever imported.
pub(crate) fn findings(site: &Site, snapshot: &Snapshot, step: StepId) -> Vec<Finding> {
    let lists = ExportedList::ALL.into_iter().filter(|list| list.step() == step);
    lists.filter_map(|list| snapshot.journal.evidence.list(list)).map(|shown| finding(site, snapshot, shown)).collect()
}

/// What is known about the rows beside ours of which nobody can tell from the list alone what they do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NeighbourQuestion {
    /// Nobody knows. Holds the question.
    Open(String),
    /// A whole-chain proof got through although they were there. Says so.
    Settled(String),
}

/// The question that a list's neighbours of our row raise, if there are any and the list still counts.
pub fn neighbour_question(site: &Site, snapshot: &Snapshot, list: ExportedList) -> Option<NeighbourQuestion> {
    let shown = snapshot.journal.evidence.list(list)?;
    let counts = age_in_days(shown.origin.since(), snapshot.at) <= site.evidence_days;
    (counts && !shown.beside.neighbours.is_empty()).then(|| question(site, snapshot, shown))
}

fn question(site: &Site, snapshot: &Snapshot, shown: &ListEvidence) -> NeighbourQuestion {
    let neighbours: Vec<String> = shown.beside.neighbours.iter().map(|one| clean(one, 300)).collect();
    let neighbours = neighbours.join("; ");
    let proof = proof::recent_chain(site, snapshot).map(|proof| (proof.showed.shows, proof));
    let day = |proof: &crate::engine::journal::Proof| proof.when.strftime("%Y-%m-%d").to_string();
    let earlier = match proof {
        Some((ProofStatus::Proved, proof)) if proof.when >= shown.neighbours_since => {
            return NeighbourQuestion::Settled(format!(
                "{neighbours}; settled by the whole-chain proof of {}: a request reached ILLiad anyway",
                day(proof)
            ));
        }
        Some((ProofStatus::Proved, proof)) => {
            format!(" The whole-chain proof of {} is older than this list, so it does not settle this.", day(proof))
        }
        Some((ProofStatus::Wrong, proof)) => {
            format!(" The whole-chain proof of {} failed; this may be why.", day(proof))
        }
        Some((ProofStatus::Waiting | ProofStatus::Unclear, _)) | None => String::new(),
    };
    NeighbourQuestion::Open(format!(
        "{neighbours}. Does our template still come into the rota? Alma does not document how it combines rules that match \
         the same request: it may add the templates of all of them, or use only one rule.{earlier}"
    ))
}

/// What a person can look at to answer the question.
fn what_to_look_at(site: &Site) -> String {
    format!(
        "in Alma, open the rota of a borrowing request that both rules match: are the partners of both templates in it? \
         With our rule enabled, the whole-chain proof settles it: {}",
        site.confirmed("prove --chain")
    )
}

fn finding(site: &Site, snapshot: &Snapshot, shown: &ListEvidence) -> Finding {
    let origin = &shown.origin;
    let age = age_in_days(origin.since(), snapshot.at);
    let troubles: Vec<String> = shown.beside.troubles.iter().map(|trouble| clean(trouble, 300)).collect();
    let question = neighbour_question(site, snapshot, shown.list);
    let import = Some(site.command("evidence import FILE"));
    let nothing = "no problems";
    let (want, got, verdict, weight, hint) = if age > site.evidence_days {
        let why =
            format!("the evidence by {} ({}) is {age} days old; import the list again", origin.who, origin.source);
        (nothing, None, Verdict::Waiting(why), Weight::Advisory, import)
    } else if !troubles.is_empty() {
        let got = troubles.join("; ");
        (nothing, Some(got), Verdict::Differs(Evidence::Imported), Weight::Counts, import)
    } else if let Some(unjudged) = &shown.unjudged_in {
        let why = format!(
            "a part of the list {}, is not understood, so its other rows were not checked; export it whole and in English, and import it again",
            unjudged.words()
        );
        (nothing, None, Verdict::Waiting(why), Weight::Advisory, import)
    } else {
        match &question {
            None => (nothing, Some(nothing.to_owned()), Verdict::Same(Evidence::Imported), Weight::Counts, None),
            Some(NeighbourQuestion::Settled(words)) => {
                (OUR_TEMPLATE, Some(words.clone()), Verdict::Same(Evidence::Proved), Weight::Advisory, None)
            }
            Some(NeighbourQuestion::Open(words)) => {
                let hint = Some(what_to_look_at(site));
                (OUR_TEMPLATE, None, Verdict::Waiting(words.clone()), Weight::Advisory, hint)
            }
        }
    };
    let why = match (shown.list, question) {
        (ExportedList::RotaRules, Some(NeighbourQuestion::Open(words))) if !troubles.is_empty() => words,
        (ExportedList::RotaRules, _) => RULES_WHY.to_owned(),
        _ => "Another row can win first, or stop ours from running, even if every value of ours is right.".to_owned(),
    };
    Finding {
        key: shown.list.key(),
        label: "Other rows".to_owned(),
        group: shown.list.title().to_owned(),
        want: Some(want.to_owned()),
        got,
        verdict,
        when: Some(origin.when),
        origin: Some(origin.clone()),
        weight,
        agreed: None,
        place: FieldPlace::Screen(shown.list.title().to_owned()),
        why,
        hint,
    }
}

/// What is wanted where rules stand above ours.
const OUR_TEMPLATE: &str = "our template still in the rota";

const RULES_WHY: &str = "Rules that match the same request may all add to its rota, or one of them may keep ours out of it. How Alma combines them is not documented.";

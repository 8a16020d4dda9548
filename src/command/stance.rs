//! Going live and back, shared by the command line and the wizard: judges the gates, sets the stance, makes the cards.
use super::campus_file::accepted;
use super::session::CampusSession;
use crate::engine;
use crate::engine::golive::{GatePassage, GateResult, SwitchCard};
use crate::engine::journal::JournalEvent;
use crate::engine::judge::{Report, Snapshot, Verdict};
use crate::engine::plan::Consent;
use crate::engine::results::CheckResult;
use crate::failure::{Failure, FailureKind};
use crate::io::CampusFiles;
use crate::recipe::{Recipe, StepId};
use crate::site::{CampusField, Site, Stance};
use std::collections::BTreeMap;

/// The go-live gates as judged now, with the check they were judged by.
pub(super) struct Judgement {
    pub(super) checked: CheckResult,
    pub(super) gates: Vec<GateResult>,
    pub(super) passage: GatePassage,
    pub(super) remarks: Vec<String>,
}

/// Reads everything, and judges every gate.
pub(super) async fn judge(session: &CampusSession) -> Result<Judgement, Failure> {
    let site = &session.ops.site;
    let checked = session.ops.check(&StepId::ALL).await?;
    let gates = engine::golive::gates(Recipe::embedded(), site, &checked.snapshot, &checked.report);
    let live = checked.snapshot.journal.milestones.live.as_ref();
    let passed = live.filter(|_| site.stance == Stance::Live);
    let mut remarks = checked.remarks.clone();
    match (passed, site.stance) {
        (Some(live), _) => {
            remarks.push(format!(
                "{} was set live on {} by {}.",
                site.institution,
                live.at.strftime("%Y-%m-%d"),
                live.by
            ));
        }
        // Where it was set back since, the check says so.
        (None, Stance::Live) if checked.snapshot.journal.milestones.switched.is_none() => remarks.push(format!(
            "The campus file says live, but {} ({}) was never taken live with golive.",
            site.institution,
            site.environment.as_str()
        )),
        (None, Stance::Live | Stance::Ahead) => {}
    }
    remarks.extend(not_proved_since(&checked.report));
    let passage = if passed.is_some() { GatePassage::Through } else { GatePassage::Before };
    Ok(Judgement { checked, gates, passage, remarks })
}

/// A remark if nothing was proved since the campus went live.
fn not_proved_since(report: &Report) -> Option<String> {
    let finding = report.findings().find(|finding| finding.key == engine::judge::since_live_key())?;
    Some(format!("Not proved since going live: {}.", finding.verdict.plain_reason()?))
}

/// The cards for switching the rule by hand: always the one to disable it, and the one to enable it until that is confirmed.
pub(super) fn cards(site: &Site, snapshot: &Snapshot) -> Vec<SwitchCard> {
    let recipe = Recipe::embedded();
    let switch = engine::golive::switch(recipe);
    let report = engine::judge::verify(recipe, site, snapshot, &StepId::ALL);
    let on = report.findings().any(|finding| {
        Some(&finding.key) == switch.as_ref() && matches!(finding.verdict, Verdict::Same(_) | Verdict::Attested(_))
    });
    let enable = if on { None } else { engine::golive::enable_card(recipe, site, snapshot) };
    enable.into_iter().chain(engine::golive::back_out_card(recipe, site, snapshot)).collect()
}

/// The sentence after going live: what was done, and that a person must still enable the rule in Alma.
pub(super) fn went_live_words(site: &Site) -> String {
    let campus = &site.institution;
    format!("{campus} is set live in the campus file. Now enable the rule by hand in Alma.")
}

/// The failure that names the gates that do not hold, with the exit code of the gates.
pub(super) fn refusal(site: &Site, gates: &[GateResult]) -> Failure {
    let kind = match engine::golive::gates_exit_code(gates) {
        4 => FailureKind::ByHand,
        3 => FailureKind::NotAsWanted,
        _ => FailureKind::Refused,
    };
    // Each gate also gets the name it has in JSON and in the journal.
    let shut: Vec<String> =
        engine::golive::missing(gates).into_iter().map(|gate| format!("{} [{}]", gate.must(), gate.as_str())).collect();
    let what = format!("{} was not taken live; nothing was changed. Conditions not confirmed: ", site.institution);
    Failure::new(kind, format!("{what}{}.", shut.join("; ")))
        .hint(format!("to see what each condition needs: {}", site.command("golive")))
}

/// Sets the stance in the campus file, if the file is still as it was judged, and journals the change.
///
/// # Errors
/// The campus file was edited meanwhile, somebody else is writing, or the file or the journal cannot be written: nothing was changed. If
/// the file cannot be put back, the failure says so.
pub(super) fn set_stance(
    session: &CampusSession,
    consent: &Consent,
    stance: Stance,
    gates: &[GateResult],
) -> Result<Site, Failure> {
    let site = &session.ops.site;
    session.ops.consented(consent)?;
    let _lock = session.lock()?;
    let files = CampusFiles::new(session.folders.clone());
    let known = files.find_in(&site.institution, Some(site.environment));
    // Another file beside it changes only how commands name this one.
    if (Site { naming: site.naming, ..accepted(&known)? }) != *site {
        let what = format!("The campus file of {} was edited in the meantime. Nothing was changed.", site.institution);
        return Err(Failure::new(FailureKind::Changed, what).hint("run the command again"));
    }
    let mut draft = known.draft?;
    draft.set(CampusField::Stance, stance.as_str());
    let gates: BTreeMap<String, String> =
        gates.iter().map(|judged| (judged.gate.as_str().to_owned(), judged.pass.words().to_owned())).collect();
    let event = JournalEvent::StanceSet { to: stance, environment: site.environment, gates };
    files.save_noted(&draft, || session.ops.journal.append(event))?;
    Ok(Site { stance, ..site.clone() })
}

/// Goes back to set up ahead in the campus file. Returns the campus as it is now, and a sentence on what was done.
pub(super) fn go_back(session: &CampusSession, consent: &Consent) -> Result<(Site, String), Failure> {
    let campus = &session.ops.site.institution;
    Ok(match session.ops.site.stance {
        Stance::Live => {
            let words =
                format!("{campus} is set up ahead again in the campus file. Now disable the rule by hand in Alma.");
            (set_stance(session, consent, Stance::Ahead, &[])?, words)
        }
        Stance::Ahead => (session.ops.site.clone(), format!("{campus} is not live; nothing was changed.")),
    })
}

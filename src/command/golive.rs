//! `golive`: from set up ahead to live, and back.
use super::answer::{self, Outcome, say};
use super::session::CampusSession;
use super::stance::{self, Judgement};
use crate::engine;
use crate::engine::golive::{GatePassage, GateResult, SwitchCard};
use crate::engine::plan::Consent;
use crate::failure::{Failure, FailureKind};
use crate::recipe::Recipe;
use crate::site::{Site, Stance};

/// What was asked for.
pub(super) enum StanceWish {
    /// To see the gates.
    Look,
    /// To go live.
    Through(Consent),
    /// To go back to set up ahead.
    Back(Consent),
}

/// Lists the gates; goes through where the campus code was typed and all hold; or goes back.
pub(super) async fn golive(session: &CampusSession, wish: StanceWish, json: bool) -> Outcome {
    let consent = match wish {
        StanceWish::Look => None,
        StanceWish::Through(consent) => Some(consent),
        StanceWish::Back(consent) => return back(session, &consent, json),
    };
    let site = &session.ops.site;
    let Judgement { looked, gates, passage, remarks } = stance::judge(session).await?;
    let code = engine::golive::gates_exit_code(&gates);
    let consent = consent.filter(|_| passage == GatePassage::Before);
    let asked = consent.is_some();
    let (now, goes) = match consent.filter(|_| code == 0) {
        Some(consent) => (stance::set(session, &consent, Stance::Live, &gates)?, true),
        None => (site.clone(), false),
    };
    let cards =
        if goes || passage == GatePassage::Through { stance::cards(&now, &looked.snapshot) } else { Vec::new() };
    remarks.iter().for_each(|remark| say(remark));
    let told = match json {
        true => answer::json(&engine::golive::golive_json(&now, &gates, cards, &remarks)),
        false => told(&now, &gates, &cards, goes),
    };
    (if goes { answer::of_done(told) } else { told })?;
    match (goes, asked) {
        // Somebody has to throw the switch now.
        (true, _) => Ok(FailureKind::ByHand.exit_code()),
        (false, true) => Err(stance::refused(site, &gates)),
        (false, false) => Ok(code),
    }
}

fn told(site: &Site, gates: &[GateResult], cards: &[SwitchCard], goes: bool) -> Result<(), Failure> {
    let (campus, environment) = (&site.institution, site.environment.as_str().to_uppercase());
    answer::lines([format!("{}  {campus}  {environment}  {}", site.name, site.stance.as_str())])?;
    answer::lines(engine::golive::gate_lines(gates))?;
    if goes {
        answer::lines([stance::set_live(site)])?;
    } else if cards.is_empty() && engine::golive::missing(gates).is_empty() {
        let next = format!("last-resort golive --campus {campus} --confirm {campus}");
        let open = engine::golive::none_shut(Recipe::embedded(), gates);
        answer::lines([format!("{open} To go live: {next}")])?;
    }
    answer::lines(cards.iter().flat_map(SwitchCard::lines))
}

/// Back to set up ahead: the file first, then the switch by hand.
fn back(session: &CampusSession, consent: &Consent, json: bool) -> Outcome {
    let (site, words) = stance::back(session, consent)?;
    let code = if site == session.ops.site { 0 } else { FailureKind::ByHand.exit_code() };
    // Where nothing was changed, there is no way back to go.
    let card = match code {
        0 => None,
        _ => engine::golive::back_out_card(Recipe::embedded(), &site, &session.ops.unseen()?),
    };
    let card: Vec<SwitchCard> = card.into_iter().collect();
    let told = match json {
        true => answer::json(&engine::golive::golive_json(&site, &[], card, &[words])),
        false => answer::lines([words].into_iter().chain(card.iter().flat_map(SwitchCard::lines))),
    };
    (if code == 0 { told } else { answer::of_done(told) })?;
    Ok(code)
}

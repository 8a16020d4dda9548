//! The command `golive`: from set up ahead to live, and back.
use super::output::{self, Outcome};
use super::session::CampusSession;
use super::stance::{self, Judgement};
use crate::engine;
use crate::engine::golive::{GateCount, GatePassage, GateResult, SwitchCard};
use crate::engine::plan::Consent;
use crate::failure::{Failure, FailureKind};
use crate::recipe::Recipe;
use crate::site::{Site, Stance};

/// What `golive` was asked to do.
pub(super) enum StanceWish {
    /// Only list the gates.
    Look,
    /// Go live if every gate holds.
    Through(Consent),
    /// Go back to set up ahead.
    Back(Consent),
}

/// Lists the gates, goes live with consent if they all hold, or goes back.
pub(super) async fn golive(session: &CampusSession, wish: StanceWish, json: bool) -> Outcome {
    let consent = match wish {
        StanceWish::Look => None,
        StanceWish::Through(consent) => Some(consent),
        StanceWish::Back(consent) => return back(session, &consent, json),
    };
    let site = &session.ops.site;
    let Judgement { checked, gates, passage, remarks } = stance::judge(session).await?;
    let code = engine::golive::gates_exit_code(&gates);
    let consent = consent.filter(|_| passage == GatePassage::Before);
    let asked = consent.is_some();
    let (now, goes) = match consent.filter(|_| code == 0) {
        Some(consent) => (stance::set_stance(session, &consent, Stance::Live, &gates)?, true),
        None => (site.clone(), false),
    };
    let cards =
        if goes || passage == GatePassage::Through { stance::cards(&now, &checked.snapshot) } else { Vec::new() };
    output::say_all(&remarks);
    let printed = match json {
        true => output::json(&engine::golive::golive_json(Recipe::embedded(), &now, &gates, cards, &remarks)),
        false => print_gates(&now, &gates, &cards, goes),
    };
    output::already_done_if(goes, printed)?;
    match (goes, asked) {
        // A person still has to enable the rule in Alma.
        (true, _) => Ok(FailureKind::ByHand.exit_code()),
        (false, true) => Err(stance::refusal(site, &gates)),
        (false, false) => Ok(code),
    }
}

fn print_gates(site: &Site, gates: &[GateResult], cards: &[SwitchCard], goes: bool) -> Result<(), Failure> {
    output::lines([format!("{}  {}", output::heading(site), site.stance.as_str())])?;
    output::lines(engine::golive::gate_lines(gates))?;
    output::lines([GateCount::of(gates).words()])?;
    if goes {
        output::lines([stance::went_live_words(site)])?;
    } else if cards.is_empty() && engine::golive::missing(gates).is_empty() {
        let next = site.confirmed("golive");
        let open = engine::golive::none_shut(Recipe::embedded(), gates);
        output::lines([format!("{open} To go live: {next}")])?;
    }
    output::lines(cards.iter().flat_map(SwitchCard::lines))
}

/// Goes back to set up ahead in the campus file, and prints the card for disabling the rule by hand.
fn back(session: &CampusSession, consent: &Consent, json: bool) -> Outcome {
    let (site, words) = stance::go_back(session, consent)?;
    let code = if site == session.ops.site { 0 } else { FailureKind::ByHand.exit_code() };
    // If the campus was not live, nothing changed and no card is needed.
    let card = match code {
        0 => None,
        _ => engine::golive::back_out_card(Recipe::embedded(), &site, &session.ops.snapshot_without_reads()?),
    };
    let card: Vec<SwitchCard> = card.into_iter().collect();
    let printed = match json {
        true => output::json(&engine::golive::golive_json(Recipe::embedded(), &site, &[], card, &[words])),
        false => output::lines([words].into_iter().chain(card.iter().flat_map(SwitchCard::lines))),
    };
    output::already_done_if(code != 0, printed)?;
    Ok(code)
}

//! `golive`: from set up ahead to live, and back.
use super::answer::{self, Outcome, say};
use super::session::Session;
use crate::cli::GoLiveArgs;
use crate::engine::{self, Entry, Judged, Snapshot, SwitchCard, Verdict};
use crate::failure::{Failure, Kind};
use crate::io::CampusFiles;
use crate::ports::Journal as _;
use crate::recipe::{Recipe, StepId};
use crate::site::{Site, Slot, Stance};
use std::collections::BTreeMap;

/// Lists the gates; goes through where the campus code was typed and all hold; or goes back.
pub(super) async fn golive(session: &Session, args: &GoLiveArgs) -> Outcome {
    if args.back {
        return back(session, args.json);
    }
    let site = &session.bench.site;
    let looked = session.bench.check(&StepId::ALL).await?;
    let lines = session.bench.journal.read()?;
    let gates = engine::gates(Recipe::embedded(), site, &looked.snapshot, &looked.report, &lines);
    let passed = engine::went_live(&lines, site.environment).filter(|_| site.stance == Stance::Live);
    let mut remarks = looked.remarks.clone();
    match (passed, site.stance) {
        (Some(line), _) => {
            remarks.push(format!("{} is live since {}, {}.", site.institution, line.at.strftime("%Y-%m-%d"), line.by));
        }
        (None, Stance::Live) => remarks.push(format!(
            "The campus file says live, though {}'s {} never went through this gate.",
            site.institution,
            site.environment.as_str()
        )),
        (None, Stance::Ahead) => {}
    }
    let code = engine::gates_exit_code(&gates);
    let asked = args.confirm.is_some() && passed.is_none();
    let goes = asked && code == 0;
    let now = if goes { set(session, Stance::Live, &gates)? } else { site.clone() };
    let cards = if goes || passed.is_some() { cards(&now, &looked.snapshot) } else { Vec::new() };
    remarks.iter().for_each(|remark| say(remark));
    if args.json {
        answer::json(&engine::golive_json(&now, &gates, cards, &remarks))?;
    } else {
        told(&now, &gates, &cards, goes)?;
    }
    match (goes, asked) {
        // Somebody has to throw the switch now.
        (true, _) => Ok(Kind::ByHand.exit_code()),
        (false, true) => Err(refused(site, &gates, code)),
        (false, false) => Ok(code),
    }
}

/// The way back always; the way on only as long as nobody has signed off that the rule is enabled.
fn cards(site: &Site, snapshot: &Snapshot) -> Vec<SwitchCard> {
    let recipe = Recipe::embedded();
    let switch = engine::switch(recipe);
    let report = engine::verify(recipe, site, snapshot, &StepId::ALL);
    let on = report.findings().any(|finding| {
        Some(&finding.key) == switch.as_ref() && matches!(finding.verdict, Verdict::Same(_) | Verdict::Attested(_))
    });
    let enable = if on { None } else { engine::enable_card(recipe, site, snapshot) };
    enable.into_iter().chain(engine::back_out_card(recipe, site, snapshot)).collect()
}

fn told(site: &Site, gates: &[Judged], cards: &[SwitchCard], goes: bool) -> Result<(), Failure> {
    let (campus, environment) = (&site.institution, site.environment.as_str().to_uppercase());
    answer::lines([format!("{}  {campus}  {environment}  {}", site.name, site.stance.as_str())])?;
    answer::lines(engine::gate_lines(gates))?;
    if goes {
        answer::lines([format!("{campus} is live now: the campus file says so, and the rule is to be enabled.")])?;
    } else if cards.is_empty() && engine::missing(gates).is_empty() {
        let next = format!("last-resort golive --campus {campus} --confirm {campus}");
        answer::lines([format!("Nothing is in the way. To go live: {next}")])?;
    }
    answer::lines(cards.iter().flat_map(SwitchCard::lines))
}

/// The failure whose exit code is that of the gates.
fn refused(site: &Site, gates: &[Judged], code: u8) -> Failure {
    let kind = match code {
        4 => Kind::ByHand,
        3 => Kind::NotAsWanted,
        _ => Kind::Refused,
    };
    let missing = engine::missing(gates).join(", ");
    Failure::new(kind, format!("{} does not go live, nothing was changed. Still shut: {missing}.", site.institution))
        .hint(format!("see what each needs: last-resort golive --campus {}", site.institution))
}

/// Sets the stance in the campus file, if that still says what was judged, and journals it.
fn set(session: &Session, stance: Stance, gates: &[Judged]) -> Result<Site, Failure> {
    let site = &session.bench.site;
    let _lock = session.lock()?;
    let files = CampusFiles::new(session.folders.clone());
    let known = files.find(&site.institution);
    if known.site()? != *site {
        let what = format!("The campus file of {} was edited meanwhile; nothing was changed.", site.institution);
        return Err(Failure::new(Kind::Changed, what).hint("run it again"));
    }
    let mut draft = known.draft?;
    draft.set(Slot::Stance, stance.as_str());
    files.save(&draft)?;
    let gates: BTreeMap<String, String> =
        gates.iter().map(|judged| (judged.gate.as_str().to_owned(), judged.pass.words().to_owned())).collect();
    session.bench.journal.append(Entry::StanceSet { to: stance, environment: site.environment, gates })?;
    Ok(Site { stance, ..site.clone() })
}

/// Back to set up ahead: the file first, then the switch by hand.
fn back(session: &Session, json: bool) -> Outcome {
    let campus = &session.bench.site.institution;
    let (site, words, code) = match session.bench.site.stance {
        Stance::Live => {
            let words = format!("{campus} is set up ahead again: the campus file says so. The rule is to be disabled.");
            (set(session, Stance::Ahead, &[])?, words, Kind::ByHand.exit_code())
        }
        Stance::Ahead => (session.bench.site.clone(), format!("{campus} is not live; nothing was changed."), 0),
    };
    let card = engine::back_out_card(Recipe::embedded(), &site, &session.bench.unseen()?);
    let card: Vec<SwitchCard> = card.into_iter().collect();
    if json {
        answer::json(&engine::golive_json(&site, &[], card, &[words]))?;
    } else {
        answer::lines([words])?;
        answer::lines(card.iter().flat_map(SwitchCard::lines))?;
    }
    Ok(code)
}

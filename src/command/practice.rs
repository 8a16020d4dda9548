//! The command `practice`: the wizard on an embedded Alma and ILLiad, with files in a temporary folder that is removed afterwards.
use super::deferred_write::DeferredWrite;
use super::key_source::KeySource;
use super::output::{self, Outcome};
use super::practice_campus::{draft, site};
use super::screen_entry::ScreenEntry;
use super::{simulate, wizard};
use crate::cli::{Global, StepArgument};
use crate::failure::{Failure, FailureKind};
use crate::io::{CampusFiles, Folders, SessionKeys};
use crate::ports::Keys;
use crate::recipe::{KeySlot, Recipe, StepId};
use crate::secret::ApiKey;
use crate::sim::{self, Running};
use crate::site::{CampusCode, CampusNaming};
use crate::tui::key_store::KeyStore;
use serde_json::json;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use tokio::sync::Mutex;

/// Prints the practice worlds, each with a sentence.
pub(super) fn list(json: bool) -> Outcome {
    if json {
        let world = |(name, sentence): (&str, &str)| json!({"name": name, "sentence": sentence, "fails": fails(name)});
        let worlds: Vec<_> = sim::world_names().into_iter().map(world).collect();
        output::json(&json!({"schema": 1, "worlds": worlds}))?;
        return Ok(0);
    }
    let widest = sim::world_names().iter().map(|(name, _)| name.len()).max().unwrap_or(0);
    output::lines(sim::world_names().into_iter().map(|(name, sentence)| {
        let titles: Vec<&str> = fails(name).iter().map(|id| Recipe::embedded().step(*id).title.as_str()).collect();
        let fails = if titles.is_empty() { String::new() } else { format!(" Meant to fail: {}.", titles.join(", ")) };
        format!("{name:<widest$}  {sentence}{fails}")
    }))?;
    Ok(0)
}

/// The steps that are meant to fail in a practice world.
fn fails(world: &str) -> Vec<StepId> {
    let world = sim::World::embedded(world).ok();
    let named = |id: &StepId| world.as_ref().is_some_and(|world| world.fails().iter().any(|name| name == id.as_str()));
    StepId::ALL.into_iter().filter(named).collect()
}

/// Runs the wizard on a practice world.
pub(super) async fn practice(
    global: &Global,
    name: &str,
    step: Option<StepArgument>,
    in_flight: Arc<Mutex<()>>,
) -> Outcome {
    let any = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    let consortium = simulate::consortium_here()?;
    let (running, doors) = sim::listen(simulate::world_in(name, &consortium)?, any, any).await.map_err(|error| {
        Failure::new(
            FailureKind::Network,
            format!("The embedded Alma and ILLiad could not listen on loopback: {error}"),
        )
    })?;
    let home = tempfile::tempdir().map_err(|error| {
        Failure::new(FailureKind::Files, format!("Practice needs a temporary folder and could not create one: {error}"))
    })?;
    let folders = Folders::at(home.path().join("config"), home.path().join("state"));
    let draft = draft(&running);
    let running = Arc::new(running);
    let site = site(&running, &consortium)?;
    if let Some(other) = global.campus.as_ref().filter(|campus| campus.as_str() != site.institution.as_str()) {
        let what = format!("Practice always uses its own campus, {}, not {other}.", site.institution);
        let failure = Failure::new(FailureKind::Usage, what).hint("leave out --campus");
        let real = CampusCode::parse(other).map(|code| CampusNaming::Code.command(&code, ""));
        return Err(real.iter().fold(failure, |told, open| told.hint(format!("to open the real campus: {open}"))));
    }
    let files = CampusFiles::new(folders.clone());
    if let Ok(real) = Folders::from_env() {
        CampusFiles::new(real).copy_consortium(&files)?;
    }
    let deferred = DeferredWrite::of(move || {
        doors.open();
        files.save(&draft).map(drop)
    });
    let keys = keys(&running)?;
    let context = wizard::WizardContext {
        practice: Some(name.to_owned()),
        fails: fails(name),
        screen_entry: ScreenEntry::Practice(running),
        site: Some(site),
        board: None,
        known: Vec::new(),
        named: None,
        folders,
        keys: KeySource::Given(keys),
        store: KeyStore::Untold,
        deferred,
    };
    wizard::run_with(global, context, step.map(|StepArgument(id)| id), in_flight).await
}

/// The keys of a practice world, in memory.
pub(super) fn keys(running: &Running) -> Result<Arc<dyn Keys>, Failure> {
    let practice = running.keys();
    let texts =
        [(KeySlot::Alma, &practice.alma), (KeySlot::Illiad, &practice.illiad), (KeySlot::Export, &practice.export)];
    let keys = texts
        .into_iter()
        .map(|(slot, text)| ApiKey::parse(text.to_string()).map(|key| (slot, key)))
        .collect::<Result<Vec<_>, _>>()
        .map_err(|why| Failure::new(FailureKind::Key, format!("The keys of this world are not valid: {why}")))?;
    Ok(Arc::new(SessionKeys::holding(keys)))
}

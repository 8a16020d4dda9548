//! The command `simulate`: serves a practice world for scripts and tests.
use super::output::{self, Outcome};
use super::{practice_campus, simulate_console};
use crate::failure::{Failure, FailureKind};
use crate::io::{CampusFiles, Folders};
use crate::sim::{self, World};
use crate::site::{CampusCode, Consortium};
use std::net::SocketAddr;
use std::sync::Arc;

/// Loads a practice world by name.
///
/// # Errors
/// There is no such world. The failure suggests one or two similar names, and the command that lists all.
pub(super) fn world(name: &str) -> Result<World, Failure> {
    World::embedded(name).map_err(|error| {
        let failure = Failure::new(FailureKind::Usage, format!("{error}"));
        let near = similar_worlds(name);
        let failure =
            if near.is_empty() { failure } else { failure.hint(format!("did you mean {}?", near.join(" or "))) };
        failure.hint("to list the worlds: last-resort practice --list")
    })
}

/// The consortium whose file is here, or else the one that the procedure was written for. Practice needs no home folder.
pub(super) fn consortium_here() -> Result<Arc<Consortium>, Failure> {
    Folders::from_env().map_or_else(|_| Ok(Arc::default()), |folders| CampusFiles::new(folders).consortium())
}

/// A practice world as the zone of a consortium: of its first campus, unless it is the one that the procedure was written for.
pub(super) fn world_in(name: &str, consortium: &Consortium) -> Result<World, Failure> {
    let world = world(name)?;
    let first = consortium.campuses.first().filter(|_| !consortium.is_home());
    Ok(match first {
        Some(zone) => world.of_campus(zone.code.as_str()).called(&zone.name),
        None => world,
    }
    .with_prefix(&consortium.prefix))
}

/// One or two worlds whose names begin with what was typed, or else contain it. Empty if more fit, since none of them is likelier.
fn similar_worlds(typed: &str) -> Vec<&'static str> {
    const MOST: usize = 2;
    let typed = typed.trim().to_lowercase();
    let those = |fits: &dyn Fn(&str) -> bool| -> Vec<&'static str> {
        sim::world_names().into_iter().map(|(name, _)| name).filter(|name| fits(name)).collect()
    };
    let begins = those(&|name| name.starts_with(&typed));
    let near = if begins.is_empty() { those(&|name| name.contains(&typed)) } else { begins };
    if near.len() > MOST { Vec::new() } else { near }
}

/// The code as Alma writes it.
///
/// # Errors
/// The text is no campus code.
fn code(typed: &str, consortium: &Consortium) -> Result<String, Failure> {
    let code = CampusCode::parse(&typed.trim().to_uppercase());
    let what = || format!("--campus needs an Alma code, such as {}.", consortium.example());
    code.map(|code| code.to_string()).ok_or_else(|| Failure::new(FailureKind::Usage, what()))
}

/// Refuses an address that others could reach.
pub(super) fn on_loopback(addresses: [SocketAddr; 2]) -> Result<(), Failure> {
    match addresses.iter().find(|address| !address.ip().is_loopback()) {
        None => Ok(()),
        Some(outside) => Err(Failure::new(FailureKind::Usage, format!("{outside} is not a loopback address"))
            .hint("use 127.0.0.1 or [::1]: the embedded Alma and ILLiad listen on this machine only")),
    }
}

/// Serves a practice world on loopback addresses until Ctrl-C, as the zone of the campus named, if one is.
pub(super) async fn simulate(name: &str, campus: Option<&str>, alma: SocketAddr, illiad: SocketAddr) -> Outcome {
    on_loopback([alma, illiad])?;
    let consortium = consortium_here()?;
    let world = world_in(name, &consortium)?;
    let world = match campus {
        Some(typed) => world.of_campus(&code(typed, &consortium)?),
        None => world,
    };
    let running = sim::serve(world, alma, illiad).await.map_err(|error| {
        Failure::new(
            FailureKind::Network,
            format!("The embedded Alma and ILLiad could not listen on {alma} and {illiad}: {error}"),
        )
    })?;
    let running = Arc::new(running);
    let (campus, keys) = (running.campus(), running.keys());
    output::lines([
        format!("World {name}: {} {}, {}", campus.name, campus.institution, campus.environment),
        format!("Alma   {}", running.alma_url()),
        format!("ILLiad {}", running.illiad_url()),
        format!("LAST_RESORT_ALMA_KEY={}", keys.alma),
        format!("LAST_RESORT_ILLIAD_KEY={}", keys.illiad),
        format!("LAST_RESORT_EXPORT_KEY={}", keys.export),
        "Nothing here is real. Ctrl-C stops it.".to_owned(),
    ])?;
    simulate_console::listen(Arc::clone(&running), practice_campus::site(&running, &consortium)?);
    std::future::pending().await
}

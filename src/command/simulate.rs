//! `simulate`
use super::answer::{self, Outcome};
use crate::failure::{Failure, Kind};
use crate::sim::{self, World};
use std::net::SocketAddr;

/// Loads a world by name.
///
/// # Errors
/// Usage: no such world; names those there are.
pub(super) fn world(name: &str) -> Result<World, Failure> {
    World::embedded(name).map_err(|error| {
        let names: Vec<&str> = sim::world_names().into_iter().map(|(name, _)| name).collect();
        Failure::new(Kind::Usage, format!("{error}")).hint(format!("the worlds are: {}", names.join(", ")))
    })
}

/// Serves a world until stopped.
pub(super) async fn simulate(name: &str, alma: SocketAddr, illiad: SocketAddr) -> Outcome {
    if let Some(outside) = [alma, illiad].iter().find(|address| !address.ip().is_loopback()) {
        return Err(Failure::new(Kind::Usage, format!("{outside} is not a loopback address"))
            .hint("the embedded Alma and ILLiad are served on 127.0.0.1 or [::1] only"));
    }
    let running = sim::serve(world(name)?, alma, illiad).await.map_err(|error| {
        Failure::new(
            Kind::Network,
            format!("The embedded Alma and ILLiad could not listen on {alma} and {illiad}: {error}"),
        )
    })?;
    let (campus, keys) = (running.campus(), running.keys());
    answer::lines([
        format!("World {name}: {} {}, {}", campus.name, campus.institution, campus.environment),
        format!("Alma   {}", running.alma_url()),
        format!("ILLiad {}", running.illiad_url()),
        format!("LAST_RESORT_ALMA_KEY={}", keys.alma),
        format!("LAST_RESORT_ILLIAD_KEY={}", keys.illiad),
        format!("LAST_RESORT_EXPORT_KEY={}", keys.export),
        "Nothing here is real. Ctrl-C stops it.".to_owned(),
    ])?;
    std::future::pending().await
}

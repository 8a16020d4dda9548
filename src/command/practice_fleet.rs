//! The campuses of `practice --fleet`: each has an embedded Alma and ILLiad of its own, in another world.
use super::key_source::KeySource;
use super::practice_campus::draft;
use super::screen_entry::ScreenEntry;
use super::{practice, simulate};
use crate::failure::{Failure, FailureKind};
use crate::io::{CampusFiles, Folders};
use crate::sim;
use crate::site::CampusCode;
use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;

/// The worlds, one for each of the consortium's first campuses.
const WORLDS: [&str; 8] =
    ["done", "drifted", "fresh", "probe-ready", "illiad-down", "wrong-campus-key", "slow", "chain-tag-wrong"];

/// A served fleet, with campus files in a folder.
pub(super) struct PracticeFleet {
    pub(super) folders: Folders,
    pub(super) keys: KeySource,
    /// Holds the running servers.
    pub(super) screen_entry: ScreenEntry,
}

impl PracticeFleet {
    /// Serves the fleet on loopback, and writes its campus files below `home`.
    pub(super) async fn serve(home: &Path) -> Result<Self, Failure> {
        let any = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let folders = Folders::at(home.join("config"), home.join("state"));
        let files = CampusFiles::new(folders.clone());
        let (mut keys, mut served) = (BTreeMap::new(), BTreeMap::new());
        let consortium = simulate::consortium_here()?;
        if let Ok(real) = Folders::from_env() {
            CampusFiles::new(real).copy_consortium(&files)?;
        }
        for ((code, name), world) in consortium.fleet().zip(WORLDS) {
            let world = simulate::world(world)?.of_campus(&code).called(&name).with_prefix(&consortium.prefix);
            let running = sim::serve(world, any, any).await.map_err(|error| {
                Failure::new(FailureKind::Network, format!("The embedded fleet could not listen on loopback: {error}"))
            })?;
            files.save(&draft(&running))?;
            if let Some(code) = CampusCode::parse(&code) {
                keys.insert(code.clone(), practice::keys(&running)?);
                served.insert(code, Arc::new(running));
            }
        }
        Ok(Self { folders, keys: KeySource::OfFleet(keys), screen_entry: ScreenEntry::PracticeFleet(served) })
    }
}

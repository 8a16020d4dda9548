//! A fleet: several campuses behind one Alma address and one ILLiad host, as at Ex Libris and OCLC. The key decides the
//! zone, the path decides the ILLiad.
use super::directory::FleetDirectory;
use super::exchange::Exchange;
use super::request_log::LoggedServer;
use super::serve::{PLATFORM, spawn};
use super::settings::{PracticeCampus, PracticeKeys};
use super::state::{SharedState, SimState};
use super::world::World;
use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::sync::watch;

/// One campus of a fleet.
#[derive(Debug, Clone)]
pub struct FleetCampus {
    pub campus: PracticeCampus,
    pub keys: PracticeKeys,
    /// ILLiad's address, as its campus file names it.
    pub illiad_url: String,
}

/// The two servers of a fleet. They stop when this is dropped.
pub struct Fleet {
    alma: SocketAddr,
    campuses: Vec<FleetCampus>,
    close: watch::Sender<bool>,
}

impl Fleet {
    /// Alma's address, as every campus file names it.
    pub fn alma_url(&self) -> String {
        format!("http://{}", self.alma)
    }

    /// The campuses, in the order in which their worlds were given.
    pub fn campuses(&self) -> &[FleetCampus] {
        &self.campuses
    }
}

impl Drop for Fleet {
    fn drop(&mut self) {
        self.close.send_replace(true);
    }
}

/// Serves these worlds on these addresses. Each world must be that of another campus ([`World::of_campus`]); it gets keys of its
/// own. Port 0 means any free port.
pub async fn serve_fleet(worlds: Vec<World>, alma: SocketAddr, illiad: SocketAddr) -> std::io::Result<Fleet> {
    let (alma_socket, illiad_socket) = (TcpListener::bind(alma).await?, TcpListener::bind(illiad).await?);
    let (alma, illiad) = (alma_socket.local_addr()?, illiad_socket.local_addr()?);
    let mut directory = FleetDirectory { by_key: HashMap::new(), by_path: HashMap::new() };
    let mut campuses = Vec::new();
    let mut first = None;
    for (number, world) in worlds.into_iter().enumerate() {
        let world = world.with_own_keys(number);
        let settings = world.settings();
        let (keys, campus) = (settings.keys.clone(), settings.campus.clone());
        let (accepted, path) = (settings.alma.key.clone(), campus.institution.to_ascii_lowercase());
        let illiad_url = format!("http://{illiad}/{path}{PLATFORM}");
        let (alma_url, own_url) = (format!("http://{alma}"), illiad_url.clone());
        let state = Arc::new(SharedState::new(move || SimState::new(&world, &alma_url, &own_url)));
        first.get_or_insert_with(|| Arc::clone(&state));
        for key in [&keys.alma, &accepted] {
            directory.by_key.entry(key.clone()).or_insert_with(|| Arc::clone(&state));
        }
        directory.by_path.insert(path, state);
        campuses.push(FleetCampus { campus, keys, illiad_url });
    }
    let state = first.ok_or(std::io::ErrorKind::InvalidInput)?;
    let (close, closed) = watch::channel(false);
    let fleet = Arc::new(directory);
    for (socket, server) in [(alma_socket, LoggedServer::Alma), (illiad_socket, LoggedServer::Illiad)] {
        let desk =
            Exchange { server, state: Arc::clone(&state), fleet: Some(Arc::clone(&fleet)), closed: closed.clone() };
        spawn(socket, desk);
    }
    Ok(Fleet { alma, campuses, close })
}

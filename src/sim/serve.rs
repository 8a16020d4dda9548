//! Starts and stops the two servers, and gives access to their state.
use super::exchange::{Exchange, exchange};
use super::fault::Fault;
use super::hand_entry::{HandEntry, NoSuchField};
use super::request_log::{LoggedServer, RequestLog};
use super::settings::{PracticeCampus, PracticeKeys};
use super::state::{SharedState, SimState};
use super::wire::{Scissors, Sockets};
use super::world::World;
use axum::Router;
use serde_json::Value;
use std::fmt;
use std::future::IntoFuture;
use std::net::SocketAddr;
use std::sync::{Arc, MutexGuard};
use tokio::net::TcpListener;
use tokio::sync::watch;

/// The path of the Web Platform on the ILLiad host.
pub(super) const PLATFORM: &str = "/illiadwebplatform";

/// The two servers of a world. They stop when this is dropped: idle connections are closed, hanging ones are cut.
pub struct Running {
    alma: SocketAddr,
    illiad: SocketAddr,
    keys: PracticeKeys,
    campus: PracticeCampus,
    state: Arc<SharedState>,
    close: watch::Sender<bool>,
}

/// Servers that are listening but not answering yet. Requests wait until [`Doors::open`].
pub struct Doors([(TcpListener, Exchange); 2]);

impl Doors {
    /// Starts to answer. Call this within a runtime.
    pub fn open(self) {
        self.0.into_iter().for_each(|(socket, desk)| spawn(socket, desk));
    }
}

/// Serves a world's Alma and ILLiad on these addresses. Port 0 means any free port.
pub async fn serve(world: World, alma: SocketAddr, illiad: SocketAddr) -> std::io::Result<Running> {
    let (running, doors) = listen(world, alma, illiad).await?;
    doors.open();
    Ok(running)
}

/// Listens on these addresses like [`serve`], but answers only once the doors are opened. This lets the wizard draw
/// its first screen before the world is built.
pub async fn listen(world: World, alma: SocketAddr, illiad: SocketAddr) -> std::io::Result<(Running, Doors)> {
    let (alma_socket, illiad_socket) = (TcpListener::bind(alma).await?, TcpListener::bind(illiad).await?);
    let (alma, illiad) = (alma_socket.local_addr()?, illiad_socket.local_addr()?);
    let settings = world.settings();
    let (keys, campus) = (settings.keys.clone(), settings.campus.clone());
    let build = move || SimState::new(&world, &format!("http://{alma}"), &format!("http://{illiad}{PLATFORM}"));
    let state = Arc::new(SharedState::new(build));
    let (close, closed) = watch::channel(false);
    let desk = |server| Exchange { server, state: Arc::clone(&state), fleet: None, closed: closed.clone() };
    let doors = Doors([(alma_socket, desk(LoggedServer::Alma)), (illiad_socket, desk(LoggedServer::Illiad))]);
    Ok((Running { alma, illiad, keys, campus, state, close }, doors))
}

pub(super) fn spawn(socket: TcpListener, desk: Exchange) {
    let mut closed = desk.closed.clone();
    let service = Router::new().fallback(exchange).with_state(desk).into_make_service_with_connect_info::<Scissors>();
    let serving = axum::serve(Sockets(socket), service).with_graceful_shutdown(async move {
        // An error means that the sender is gone, which also means stopped.
        let _ = closed.wait_for(|closed| *closed).await;
    });
    tokio::spawn(serving.into_future());
}

impl fmt::Debug for Running {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Running").field("alma", &self.alma).field("illiad", &self.illiad).finish_non_exhaustive()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.close.send_replace(true);
    }
}

impl Running {
    fn state(&self) -> MutexGuard<'_, SimState> {
        self.state.lock()
    }

    /// Alma's address, as a campus file names it.
    pub fn alma_url(&self) -> String {
        format!("http://{}", self.alma)
    }

    /// ILLiad's address, as a campus file names it.
    pub fn illiad_url(&self) -> String {
        format!("http://{}{PLATFORM}", self.illiad)
    }

    /// The keys that a user of this world holds.
    pub fn keys(&self) -> &PracticeKeys {
        &self.keys
    }

    /// The campus this world is meant for.
    pub fn campus(&self) -> &PracticeCampus {
        &self.campus
    }

    /// A partner record as Alma stores it, with its export key in clear. The code must match exactly.
    pub fn partner(&self, code: &str) -> Option<Value> {
        self.state().zone.stored(code).cloned()
    }

    /// Stores a partner record in Alma as it is, bypassing the API.
    pub fn set_partner(&self, code: &str, record: Value) {
        self.state().zone.store(code, record);
    }

    /// Removes a partner from Alma, bypassing the API.
    pub fn remove_partner(&self, code: &str) {
        self.state().zone.remove(code);
    }

    /// Every request that both servers received, in order of arrival.
    pub fn requests(&self) -> Vec<RequestLog> {
        self.state().seen.clone()
    }

    /// Adds a fault to those in force.
    pub fn set_fault(&self, fault: Fault) {
        self.state().faults.add(fault);
    }

    /// Removes all faults, including the world's own.
    pub fn clear_faults(&self) {
        self.state().faults.clear();
    }

    /// ILLiad's transactions as they are now, oldest first.
    pub fn transactions(&self) -> Vec<Value> {
        let mut state = self.state();
        state.catch_up(std::time::Instant::now());
        state.illiad.all()
    }

    /// The borrowing requests made in Alma as they are now, oldest first.
    pub fn alma_requests(&self) -> Vec<Value> {
        let mut state = self.state();
        state.catch_up(std::time::Instant::now());
        state.zone.requests()
    }

    /// ILLiad's tables Routing and CustomQueues as the Customization Manager shows them: `{"Routing": […],
    /// "CustomQueues": […]}`. No API reads these.
    pub fn illiad_tables(&self) -> Value {
        self.state().illiad.tables()
    }

    /// What only Alma's screens show: rota templates, rota assignment rules, and three fields of each partner entered
    /// here.
    pub fn alma_screens(&self) -> Value {
        self.state().zone.on_screens()
    }

    /// Enters values on a screen of Alma or into a table of ILLiad, as a person would. Edits the record if it exists,
    /// else makes one. Fields that are not entered stay empty in a new record.
    pub fn enter(&self, entered: &HandEntry<'_>) -> Result<(), NoSuchField> {
        let mut state = self.state();
        match entered.path.first().map(String::as_str) {
            Some("Alma") => state.zone.enter(entered),
            Some("ILLiad Customization Manager") => state.illiad.enter(entered),
            _ => Err(entered.nowhere()),
        }
    }
}

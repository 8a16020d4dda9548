//! The state of both servers, behind one lock, and the dispatch of requests to the right one.
use super::alma;
use super::alma::AlmaZone;
use super::fault::Faults;
use super::http::{SimAnswer, SimRequest};
use super::illiad::{self, Illiad};
use super::request_log::{LoggedServer, RequestLog};
use super::world::World;
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};

type Build = Box<dyn FnOnce() -> Mutex<SimState> + Send>;

/// The state that both servers share. It is made on first use, so that the wizard can draw its first screen before.
pub(super) struct SharedState(LazyLock<Mutex<SimState>, Build>);

impl SharedState {
    pub(super) fn new(build: impl FnOnce() -> SimState + Send + 'static) -> Self {
        Self(LazyLock::new(Box::new(move || Mutex::new(build()))))
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, SimState> {
        // Data is consistent even after a panic elsewhere, since every change is one assignment.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Alma's and ILLiad's state, the faults in force, and the log of requests. It holds keys, so it has no `Debug`.
pub(super) struct SimState {
    pub(super) zone: AlmaZone,
    pub(super) illiad: Illiad,
    pub(super) faults: Faults,
    pub(super) seen: Vec<RequestLog>,
}

impl SimState {
    pub(super) fn new(world: &World, alma_url: &str, illiad_url: &str) -> Self {
        let settings = world.settings();
        let names = [
            ("alma_url", alma_url),
            ("illiad_url", illiad_url),
            ("illiad_origin", illiad_url.trim_end_matches("/illiadwebplatform")),
            ("institution", &settings.alma.institution),
            ("prefix", &settings.alma.prefix),
            ("institution_name", &settings.alma.institution_name),
            ("export_key", &settings.keys.export),
            ("primary_identifier", &settings.alma.primary_identifier),
            ("illiad_system_type", &settings.alma.illiad_system_type),
        ];
        let faults = settings.fault.iter().cloned().map(|fault| fault.filled_in(&names)).collect();
        let mut zone = AlmaZone::new(&settings.alma, &names);
        let mut illiad = Illiad::new(&settings.illiad, &settings.campus);
        for patron in settings.crowd.patrons() {
            zone.admit(&patron);
            illiad.admit(&patron, &settings.campus.nvtgc);
        }
        Self { zone, illiad, faults: Faults::new(faults), seen: Vec::new() }
    }

    /// Carries out a request to one of the servers.
    pub(super) fn answer(&mut self, server: LoggedServer, ask: &SimRequest) -> SimAnswer {
        self.catch_up(ask.at);
        match server {
            LoggedServer::Alma => alma::answer(&mut self.zone, ask),
            LoggedServer::Illiad => illiad::answer(&mut self.illiad, ask),
        }
    }

    /// Does what is due by now: delayed routing and rotas.
    pub(super) fn catch_up(&mut self, now: std::time::Instant) {
        self.illiad.catch_up(now);
        for export in self.zone.due_exports(now) {
            let taken = export.carry_out(&mut |ask| illiad::answer(&mut self.illiad, ask));
            self.zone.exported(&export, taken);
        }
    }
}

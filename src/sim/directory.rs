//! Finds the campus of a fleet that a request is for.
use super::http::SimRequest;
use super::request_log::LoggedServer;
use super::state::SharedState;
use std::collections::HashMap;
use std::sync::Arc;

/// The campuses of a fleet, by their Alma keys and by their paths on the ILLiad host.
pub(super) struct FleetDirectory {
    pub(super) by_key: HashMap<String, Arc<SharedState>>,
    pub(super) by_path: HashMap<String, Arc<SharedState>>,
}

impl FleetDirectory {
    /// The state of the campus that a request is for. Takes the campus's part out of an ILLiad path. `None` for a key or path of
    /// nobody here.
    pub(super) fn state(&self, server: LoggedServer, ask: &mut SimRequest) -> Option<Arc<SharedState>> {
        match server {
            LoggedServer::Alma => self.by_key.get(ask.alma_key()?).cloned(),
            LoggedServer::Illiad => {
                let first = ask.segments.first()?.to_ascii_lowercase();
                let state = self.by_path.get(&first).cloned()?;
                ask.segments.remove(0);
                Some(state)
            }
        }
    }
}

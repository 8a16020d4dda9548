//! The campus file: what was typed ([`SiteDraft`]) and what was
//! accepted ([`Site`]). All problems are reported at once.
mod begun;
mod draft;
mod host;
mod slot;
mod types;
mod zones;

pub use begun::SavedSetup;
pub use draft::{Problem, SiteDraft};
pub use host::{HostProblem, ServiceUrl};
pub use slot::CampusField;
pub use types::{CampusCode, Environment, Site, Stance};
pub use zones::{Certainty, Zone, ZonesError, zones};

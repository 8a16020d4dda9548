//! The campus file: what was typed ([`SiteDraft`]) and what was
//! accepted ([`Site`]). All problems are reported at once.
mod campus_field;
mod draft;
mod host;
mod types;
mod zones;

pub use campus_field::CampusField;
pub use draft::{Problem, SavedSetup, SiteDraft};
pub use host::{HostProblem, ServiceUrl};
pub use types::{CampusCode, Environment, Site, Stance};
pub use zones::{Certainty, Zone, ZonesError, zones};

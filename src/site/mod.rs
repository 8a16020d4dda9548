//! The campus file: what was typed ([`SiteDraft`]) and what was
//! accepted ([`Site`]). All problems are reported at once.
mod agreed;
mod campus_field;
mod consortium;
mod draft;
mod host;
mod outside_key;
mod problem;
mod types;
mod zones;

pub use agreed::{AgreedValue, AgreedValues, AgreementOrigin, want_path};
pub use campus_field::CampusField;
pub use consortium::Consortium;
pub use draft::{SavedSetup, SiteDraft};
pub use host::{HostProblem, ServiceUrl, is_almas_host};
pub use outside_key::{OutsideKey, OutsideKeys};
pub use problem::Problem;
pub use types::{CampusCode, CampusNaming, Environment, Site, Stance};
pub use zones::{Certainty, Zone, ZonesError, zones};

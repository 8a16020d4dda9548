//! The wizard on a real campus or on a practice one.
use super::answer::Outcome;
use crate::cli::Global;
use crate::failure::{Failure, Kind};
use crate::io::Folders;
use crate::ports::Keys;
use crate::recipe::StepId;
use crate::site::Site;
use std::sync::Arc;
use tokio::sync::Mutex;

/// Where the wizard works.
pub(super) enum Place {
    /// On an embedded Alma and ILLiad.
    Practice {
        /// Which world.
        world: String,
    },
}

/// `last-resort` without a command.
pub(super) async fn wizard(_global: &Global, _step: Option<StepId>, _in_flight: Arc<Mutex<()>>) -> Outcome {
    Err(Failure::new(Kind::Terminal, "The wizard is being built."))
}

/// Runs it.
pub(super) async fn on(
    _global: &Global,
    _place: Place,
    _site: Option<Site>,
    _folders: Folders,
    _keys: Option<Arc<dyn Keys>>,
    _step: Option<StepId>,
    _in_flight: Arc<Mutex<()>>,
) -> Outcome {
    Err(Failure::new(Kind::Terminal, "The wizard is being built."))
}

//! The routing that the procedure wants for a campus.
use super::snapshot::Snapshot;
use super::wanted::{wanted, wanted_words};
use crate::engine::observed::AlmaObservations;
use crate::recipe::{Field, Recipe};
use crate::site::Site;

/// The routing that the procedure wants for this campus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// The status in which the rule finds a request.
    pub from: String,
    /// The queue into which the rule puts it.
    pub queue: String,
    /// The start of `CitedIn` in Alma's requests.
    pub prefix: String,
    /// The process type that a request has in the queue.
    pub process_type: String,
}

impl Route {
    /// Reads the route from the recipe, with what this snapshot shows.
    pub fn wanted(recipe: &Recipe, site: &Site, snapshot: &Snapshot) -> Self {
        Self::read(recipe, site, |field| wanted_words(recipe, site, snapshot, field))
    }

    /// Reads the route from the recipe and the campus alone, before anything was observed.
    pub fn of_procedure(recipe: &Recipe, site: &Site) -> Self {
        Self::read(recipe, site, |field| wanted(recipe, site, &AlmaObservations::default(), field).words(None))
    }

    fn read(recipe: &Recipe, site: &Site, words: impl Fn(&Field) -> Option<String>) -> Self {
        let words = |key: &str| recipe.field(&key.into()).and_then(&words).unwrap_or_default();
        Self {
            from: words("illiad.routing.transaction_status"),
            queue: words("illiad.queue.queue_name"),
            prefix: site.prefix.clone(),
            process_type: words("illiad.queue.process_type"),
        }
    }

    /// Whether the status suggests that the rule has not yet looked at the request.
    pub fn awaits(&self, status: &str) -> bool {
        status.trim().eq_ignore_ascii_case(&self.from) || status.trim().is_empty()
    }
}

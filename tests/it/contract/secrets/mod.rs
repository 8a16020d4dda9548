//! Searches everything the program prints, writes and sends for planted keys.
mod echo;
mod everywhere;
mod named;
mod parts;
mod typed;

use crate::harness::keeper::{Hunt, Looks, Planted};
use crate::harness::tap::Tap;
use crate::harness::{Desk, Ran};

/// A desk with its own keys, and a tap on each connection.
struct Tapped {
    desk: Desk,
    keys: Planted,
    hunt: Hunt,
    alma: Tap,
    illiad: Tap,
}

impl Tapped {
    fn in_world(world: &str, looks: Looks) -> Self {
        let keys = Planted::new(looks);
        let desk = Desk::in_world_of(&keys.world(world));
        let (alma_url, illiad_url) = (desk.sim.alma_url(), desk.sim.illiad_url());
        let (alma, illiad) = (Tap::before(&alma_url), Tap::before(&illiad_url));
        let text = desk.campus_text();
        let text = text.replace(&alma_url, &alma.url(&alma_url)).replace(&illiad_url, &illiad.url(&illiad_url));
        desk.campus_file("01CUNY_QC", &text);
        let hunt = Hunt::of(keys.all());
        Self { desk, keys, hunt, alma, illiad }
    }
}

/// Searches a run's output and every file in the home, names included.
#[track_caller]
fn hunt_in(hunt: &Hunt, desk: &Desk, ran: &Ran, context: &str) {
    hunt.finds_nothing(&ran.stdout, &format!("{context}: standard output"));
    hunt.finds_nothing(&ran.stderr, &format!("{context}: standard error"));
    assert!(!ran.err().contains("panicked"), "{context}: {}", ran.err());
    for (path, bytes) in desk.files() {
        let name = path.display().to_string();
        hunt.finds_nothing(name.as_bytes(), &format!("{context}: the name of a file"));
        hunt.finds_nothing(&bytes, &format!("{context}: {name}"));
    }
}

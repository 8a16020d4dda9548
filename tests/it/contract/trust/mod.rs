//! Failures: network faults, kills, two runs at once, a truncated journal. Every command ends, names the host and the
//! next action, and never writes without having read the record.
mod contradicted;
mod faults;
mod journal;
mod kills;
mod together;
mod writes;

use crate::harness::{Desk, PARTNER_PATH};
use last_resort::sim::{Fault, FaultKind};

/// A fault on every kind of write to the partner: create, replace and delete.
fn on_writes(kind: &FaultKind) -> [Fault; 3] {
    [
        Fault::new(kind.clone()).method("POST").path("/almaws/v1/partners"),
        Fault::new(kind.clone()).method("PUT").path(PARTNER_PATH),
        Fault::new(kind.clone()).method("DELETE").path(PARTNER_PATH),
    ]
}

/// A fault on the nth read of the partner.
fn on_read(nth: u32, kind: FaultKind) -> Fault {
    Fault::new(kind).method("GET").path(PARTNER_PATH).nth(nth)
}

/// Fails if two writes were sent without a read of the partner in between.
#[track_caller]
fn assert_never_blind(desk: &Desk, context: &str) {
    let mut written = false;
    for seen in desk.sim.requests() {
        if crate::harness::desk::is_write(&seen) {
            assert!(!written, "{context}: two writes without a read in between");
            written = true;
        } else if seen.method == "GET" && seen.path == PARTNER_PATH {
            written = false;
        }
    }
}

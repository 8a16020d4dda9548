//! The bar of a long command: drawn where standard error is a terminal, and gone when the command has left.
use crate::desk::{Desk, PROGRAM};
use crate::pty::RUN;
use last_resort::sim::{Fault, FaultKind, Running, World, serve};
use rustix::process::Signal;
use std::fs;
use std::net::{Ipv4Addr, SocketAddr};
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// The forecast of the sample and more, in a terminal.
fn forecast(sim: &Running, ids: &[&str]) -> Desk {
    let home = TempDir::new().expect("a home");
    let campuses = home.path().join(".config/last-resort/campuses");
    fs::create_dir_all(&campuses).expect("a folder");
    let text = format!(
        "institution = \"01CUNY_QC\"\nenvironment = \"sandbox\"\n\n[alma]\nurl = {:?}\nlibrary = \"QCRS\"\n\n[illiad]\nurl = {:?}\n",
        sim.alma_url(),
        sim.illiad_url()
    );
    fs::write(campuses.join("01CUNY_QC.toml"), text).expect("a campus");
    let keys = sim.keys();
    let env = [("LAST_RESORT_ALMA_KEY", keys.alma.as_str()), ("LAST_RESORT_ILLIAD_KEY", keys.illiad.as_str())];
    Desk::in_home(home, RUN, &[&[PROGRAM, "patrons"], ids].concat(), &env)
}

fn served(runtime: &Runtime) -> Running {
    let any = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    runtime.block_on(serve(World::embedded("many-patrons").expect("a world"), any, any)).expect("loopback")
}

#[test]
fn the_bar_shows_how_far_it_is_and_leaves_nothing() {
    let runtime = Runtime::new().expect("threads");
    let sim = served(&runtime);
    let slow = Fault::new(FaultKind::Hang).path("/almaws/v1/users/20000040");
    sim.set_fault(slow);
    let desk = forecast(&sim, &["20000001", "20000007", "20000040"]);
    desk.pty.wait_for("[####################..........] 2 of 3 people read");
    // It asks once more after a time-out.
    sim.clear_faults();
    let text = desk.has_left(0);
    assert!(!text.contains("people read"), "{text}");
    assert!(text.contains("\n2 of 3 people are not in ILLiad yet"), "{text}");
}

#[test]
fn an_interrupt_takes_the_bar_away() {
    let runtime = Runtime::new().expect("threads");
    let sim = served(&runtime);
    sim.set_fault(Fault::new(FaultKind::Hang).path("/almaws/v1/users/20000040"));
    let desk = forecast(&sim, &["20000001", "20000040"]);
    desk.pty.wait_for("1 of 2 people read");
    desk.signal(Signal::INT);
    let text = desk.has_left(130);
    assert!(text.contains("last-resort: Stopped by Ctrl-C.") && !text.contains("people read"), "{text}");
}

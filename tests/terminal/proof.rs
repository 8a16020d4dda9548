//! A proof in the wizard, on a served world: live, stopped by Esc, and by a signal; nothing is left in ILLiad.
use crate::desk::{Desk, PROGRAM};
use crate::pty::RUN;
use last_resort::sim::{Running, World, serve};
use rustix::process::Signal;
use std::fs;
use std::net::{Ipv4Addr, SocketAddr};
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// A served world, and the wizard on it at the step `prove`, with both test requests made.
struct Proof {
    desk: Desk,
    sim: Running,
    _runtime: Runtime,
}

impl Proof {
    fn begun(world: &str) -> Self {
        let runtime = Runtime::new().expect("threads");
        let any = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let sim = runtime.block_on(serve(World::embedded(world).expect("a world"), any, any)).expect("served");
        let home = TempDir::new().expect("a home");
        let folder = home.path().join(".config/last-resort/campuses");
        fs::create_dir_all(&folder).expect("a folder");
        let campus = format!(
            "institution = \"01CUNY_QC\"\nenvironment = \"sandbox\"\n[alma]\nurl = {:?}\nlibrary = \"QCRS\"\n[illiad]\nurl = {:?}\n\
             [patrons]\nsample = [\"10000001\"]\n",
            sim.alma_url(),
            sim.illiad_url()
        );
        fs::write(folder.join("01CUNY_QC.toml"), campus).expect("written");
        let keys = sim.keys();
        let env = [
            ("LAST_RESORT_ALMA_KEY", keys.alma.as_str()),
            ("LAST_RESORT_ILLIAD_KEY", &keys.illiad),
            ("LAST_RESORT_EXPORT_KEY", &keys.export),
        ];
        let mut desk = Desk::in_home(home, RUN, &[PROGRAM, "--step", "prove"], &env);
        desk.settled();
        desk.press("\r");
        desk.press("01CUNY_QC");
        desk.pty.type_keys("\r");
        desk.pty.wait_for("negative twin: 410003 stands in");
        Self { desk, sim, _runtime: runtime }
    }

    #[track_caller]
    fn assert_nothing_left(&self) {
        let tests: Vec<_> = self
            .sim
            .transactions()
            .into_iter()
            .filter(|one| one["LoanTitle"].as_str().is_some_and(|title| title.starts_with("TEST")))
            .collect();
        assert_eq!(tests.len(), 2);
        for one in tests {
            assert_eq!(one["TransactionStatus"], "Cancelled by ILL Staff");
        }
    }
}

#[test]
fn it_ends_with_the_verdict_and_the_step_shows_it() {
    let mut proof = Proof::begun("probe-ready");
    proof.desk.pty.wait_for("Proved: ILLiad's routing");
    proof.assert_nothing_left();
    assert!(proof.desk.press("\r").contains("seen to work"));
}

#[test]
fn esc_ends_the_watch_and_cancels() {
    let mut proof = Proof::begun("probe-routing-off");
    proof.desk.pty.type_keys("\x1b");
    proof.desk.pty.wait_for("Not proved yet");
    proof.assert_nothing_left();
}

#[test]
fn a_signal_or_ctrl_c_leaves_once_it_is_cancelled() {
    let mut proof = Proof::begun("probe-routing-off");
    proof.desk.pty.type_keys("\x03");
    proof.desk.has_left(130);
    proof.assert_nothing_left();
    for (signal, code) in [(Signal::QUIT, 131), (Signal::TERM, 143), (Signal::HUP, 129)] {
        let proof = Proof::begun("probe-routing-off");
        proof.desk.signal(signal);
        proof.desk.has_left(code);
        proof.assert_nothing_left();
    }
}

//! Worlds served by this test process, for the wizard on a real campus file: the program cannot tell them from a real Alma and ILLiad.
use last_resort::sim::{Running, World, serve};
use std::fs;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::OnceLock;
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// Serves a world given as text, until it is dropped.
pub(crate) fn world(text: &str) -> Running {
    static RUNTIME: OnceLock<Runtime> = OnceLock::new();
    let runtime = RUNTIME.get_or_init(|| Runtime::new().expect("threads"));
    let world = World::from_toml(text).unwrap_or_else(|error| panic!("{error}"));
    let any = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    runtime.block_on(serve(world, any, any)).expect("loopback")
}

/// A home with the campus file of a served world.
pub(crate) fn home(sim: &Running) -> TempDir {
    let home = TempDir::new().expect("a home");
    let campuses = home.path().join(".config/last-resort/campuses");
    fs::create_dir_all(&campuses).expect("a folder");
    let campus = sim.campus();
    let text = format!(
        "institution = {:?}\nname = {:?}\nenvironment = {:?}\n\n[alma]\nurl = {:?}\nlibrary = {:?}\n\n[illiad]\nurl = {:?}\n",
        campus.institution,
        campus.name,
        campus.environment,
        sim.alma_url(),
        campus.library,
        sim.illiad_url()
    );
    fs::write(campuses.join(format!("{}.toml", campus.institution)), text).expect("a campus");
    home
}

/// The world's keys, as environment variables.
pub(crate) fn keys(sim: &Running) -> [(&'static str, &str); 3] {
    let keys = sim.keys();
    [
        ("LAST_RESORT_ALMA_KEY", keys.alma.as_str()),
        ("LAST_RESORT_ILLIAD_KEY", keys.illiad.as_str()),
        ("LAST_RESORT_EXPORT_KEY", keys.export.as_str()),
    ]
}

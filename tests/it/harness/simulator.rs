//! Worlds served by this test process. The program cannot tell them from a real Alma and ILLiad.
use last_resort::sim::{Running, World};
use std::fs;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::OnceLock;
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// Loads an embedded world.
pub(crate) fn embedded(name: &str) -> World {
    World::embedded(name).unwrap_or_else(|error| panic!("{error}"))
}

/// Loads a world given as TOML, which may be `based_on` an embedded one.
pub(crate) fn world(text: &str) -> World {
    World::from_toml(text).unwrap_or_else(|error| panic!("{error}"))
}

/// Serves a world until it is dropped, for tests that are async functions.
pub(crate) async fn serve(world: World) -> Running {
    let any = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    last_resort::sim::serve(world, any, any).await.expect("loopback")
}

/// Serves a world for all other tests, on threads they share.
pub(crate) fn start(world: World) -> Running {
    static RUNTIME: OnceLock<Runtime> = OnceLock::new();
    RUNTIME.get_or_init(|| Runtime::new().expect("threads")).block_on(serve(world))
}

/// Serves a world given as TOML.
pub(crate) fn start_text(text: &str) -> Running {
    start(world(text))
}

/// Makes a home with the campus file of a served world, plus the lines `more`.
pub(crate) fn home_with(sim: &Running, more: &str) -> TempDir {
    let home = TempDir::new().expect("a home");
    let campuses = home.path().join(".config/last-resort/campuses");
    fs::create_dir_all(&campuses).expect("a folder");
    let campus = sim.campus();
    let text = format!(
        "institution = {:?}\nname = {:?}\nenvironment = {:?}\n\n[alma]\nurl = {:?}\nlibrary = {:?}\n\n[illiad]\nurl = {:?}\n{more}",
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

/// Makes a home with the campus file of a served world.
pub(crate) fn home(sim: &Running) -> TempDir {
    home_with(sim, "")
}

/// Returns the world's keys as environment variables.
pub(crate) fn keys(sim: &Running) -> [(&'static str, &str); 3] {
    let keys = sim.keys();
    [
        ("LAST_RESORT_ALMA_KEY", keys.alma.as_str()),
        ("LAST_RESORT_ILLIAD_KEY", keys.illiad.as_str()),
        ("LAST_RESORT_EXPORT_KEY", keys.export.as_str()),
    ]
}

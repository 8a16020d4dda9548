//! Worlds served by this test process, for the wizard on a real campus file: the program cannot tell them from a real Alma and ILLiad.
use last_resort::sim::{Running, World, serve};
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::OnceLock;
use tokio::runtime::Runtime;

/// Serves a world given as text, until it is dropped.
pub(crate) fn world(text: &str) -> Running {
    static RUNTIME: OnceLock<Runtime> = OnceLock::new();
    let runtime = RUNTIME.get_or_init(|| Runtime::new().expect("threads"));
    let world = World::from_toml(text).unwrap_or_else(|error| panic!("{error}"));
    let any = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    runtime.block_on(serve(world, any, any)).expect("loopback")
}

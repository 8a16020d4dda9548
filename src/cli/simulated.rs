//! The arguments of `simulate`.
use super::values::path_to_make;
use clap::{Args, ValueHint};
use std::net::SocketAddr;
use std::path::PathBuf;

/// What to serve, and where.
#[derive(Debug, Clone, Args)]
pub struct SimulateArgs {
    /// Which world; last-resort practice --list shows them.
    #[arg(long, value_name = "NAME", default_value = "fresh")]
    pub world: String,
    /// The address where Alma listens.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:0", value_hint = ValueHint::Other)]
    pub alma: SocketAddr,
    /// The address where ILLiad listens.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:0", value_hint = ValueHint::Other)]
    pub illiad: SocketAddr,
    /// Serve this many campuses behind the same addresses; the key decides which Alma answers.
    #[arg(long, value_name = "N", requires = "into")]
    pub fleet: Option<usize>,
    /// With --fleet: another world for some of them, such as 01CUNY_BC=drifted.
    #[arg(long, value_name = "CODE=WORLD", value_delimiter = ',', requires = "fleet", value_hint = ValueHint::Other)]
    pub at: Vec<String>,
    /// With --fleet: write the campus files and keys to this folder.
    #[arg(long, value_name = "DIR", requires = "fleet", value_hint = ValueHint::DirPath, value_parser = path_to_make())]
    pub into: Option<PathBuf>,
}

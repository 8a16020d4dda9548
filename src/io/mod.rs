//! The adapters: one for each port, and the only place where the outside is touched.
pub mod alma;
pub mod http;
pub mod illiad;
pub mod text;

pub use alma::{AlmaClient, AlmaWriter};
pub use http::{Http, Limits};
pub use illiad::IlliadClient;

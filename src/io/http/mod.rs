//! HTTP for both clients: one connection pool, time-outs, pace, repeats, and bodies taken apart.
mod ask;
mod client;
mod decode;
mod fault;
mod lenient;
mod limits;
mod once;
mod pace;
mod repeat;
mod reply;
mod tls;
mod xml;

pub(in crate::io) use ask::{Ask, Campus, Purpose, secret_header};
pub use client::Http;
pub(in crate::io) use decode::{Body, decode, shaped};
pub(in crate::io) use fault::{BEHIND_SIGN_IN, Fault};
pub(in crate::io) use lenient::{Coded, Flag, Many, Whole, required};
pub use limits::HttpLimits;
pub(in crate::io) use pace::Pace;
pub(in crate::io) use repeat::{Judged, Sent, send};
pub(in crate::io) use reply::Reply;

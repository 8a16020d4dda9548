//! HTTP for both clients: one connection pool, time-outs, pace, repeats, and parsed bodies.
mod client;
mod decode;
mod duplicate_fields;
mod fault;
mod lenient;
mod limits;
mod pace;
mod page;
mod proxy;
mod repeat;
mod reply;
mod request;
mod tls;
mod xml;

pub use client::Http;
pub(in crate::io) use decode::{Body, decode, shaped};
pub(in crate::io) use fault::{BEHIND_SIGN_IN, HttpFault, not_executed};
pub(in crate::io) use lenient::{CodedValue, Flag, Many, RawText, Whole, required};
pub use limits::HttpLimits;
pub(in crate::io) use pace::Pace;
pub use pace::pause_left;
pub(in crate::io) use repeat::{ReplyVerdict, SendResult, send};
pub(in crate::io) use reply::HttpReply;
pub(in crate::io) use request::{HttpRequest, RequestPurpose, campus_words, secret_header};

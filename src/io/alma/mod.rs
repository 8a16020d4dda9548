//! Adapters for Alma's REST API (facts/alma.md).
#![doc = include_str!("facts.md")]
mod answer;
mod client;
mod key;
mod lists;
mod read;
mod refusal;
mod requests;
mod shapes;
mod write;

pub use client::AlmaClient;
pub use requests::AlmaRequester;
pub use write::AlmaWriter;

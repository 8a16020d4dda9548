//! Adapters for ILLiad's Web Platform (facts/illiad.md §1).
#![doc = include_str!("facts.md")]
mod answer;
mod client;
mod shapes;
mod write;

pub use client::IlliadClient;
pub use write::IlliadWriter;

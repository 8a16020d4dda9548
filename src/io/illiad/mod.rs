//! ILLiad's Web Platform (facts/illiad.md §1).
mod answer;
mod client;
mod shapes;

pub use client::IlliadClient;

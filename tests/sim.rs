//! The embedded Alma and ILLiad, driven over the wire by a plain HTTP client.

#[path = "sim/alma.rs"]
mod alma;
#[path = "sim/borrowing.rs"]
mod borrowing;
#[path = "sim/client.rs"]
mod client;
#[path = "sim/faults.rs"]
mod faults;
#[path = "sim/illiad.rs"]
mod illiad;
#[path = "sim/partners.rs"]
mod partners;
#[path = "sim/worlds.rs"]
mod worlds;

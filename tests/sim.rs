//! The embedded Alma and ILLiad, driven over the wire by a plain HTTP client.

#[path = "sim/alma.rs"]
mod alma;
#[path = "sim/borrowing.rs"]
mod borrowing;
#[path = "sim/client.rs"]
mod client;
#[path = "sim/conditions.rs"]
mod conditions;
#[path = "sim/faults.rs"]
mod faults;
#[path = "sim/illiad.rs"]
mod illiad;
#[path = "sim/partners.rs"]
mod partners;
#[path = "sim/records.rs"]
mod records;
#[path = "sim/routing.rs"]
mod routing;
#[path = "sim/worlds.rs"]
mod worlds;

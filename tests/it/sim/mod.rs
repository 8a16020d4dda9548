//! The embedded Alma and ILLiad, driven over the wire by a plain HTTP client.

mod alma;
mod borrowing;
mod conditions;
mod faults;
mod illiad;
mod partners;
mod records;
mod routing;
mod worlds;

//! The embedded Alma and ILLiad, tested over the network with a plain HTTP client.

mod alma;
mod borrowing;
mod conditions;
mod faults;
mod illiad;
mod partners;
mod records;
mod routing;
mod worlds;

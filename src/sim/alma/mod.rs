//! Alma's REST API: configuration, partners, users and borrowing requests of one institution zone.
mod borrowing;
mod columns;
mod conf;
mod furnish;
mod gateway;
mod partners;
mod record;
mod refusal;
mod reply;
mod rota;
mod screens;
mod shown;
mod users;
mod xml;
mod zone;

pub(super) use gateway::answer;
pub(super) use xml::written as xml_of;
pub(super) use zone::AlmaZone;

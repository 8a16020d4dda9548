//! The wizard's screens: each drawn at 80×24 and held against its picture, and what keys and answers do, through messages alone.
mod anything;
mod keyboard;
mod models;
mod mouse;
mod paint;
mod pictures;
mod proofs;
mod screens;
mod setups;
mod spoken;
mod wizard;

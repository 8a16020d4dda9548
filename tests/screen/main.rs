//! The wizard's screens: each drawn at 80×24 and held against its picture, and what keys and answers do, through messages alone.
mod anything;
mod away;
mod coming_back;
mod errands;
mod keyboard;
mod last_word;
mod mending;
mod models;
mod mouse;
mod paint;
mod pictures;
mod proofs;
mod screens;
mod setups;
mod signing;
mod spoken;
mod wizard;

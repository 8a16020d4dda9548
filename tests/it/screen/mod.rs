//! The wizard's screens: each is drawn at 80×24 and compared with its picture. Keys and answers are tested through
//! messages alone.
mod answers;
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
mod pasting;
mod pictures;
mod proofs;
mod screens;
mod setups;
mod signing;
mod small;
mod spoken;
mod wizard;

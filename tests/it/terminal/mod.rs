//! The built binary in a real terminal: what it takes it gives back, it rests while nobody types, and a person who only follows the
//! footer gets to the end.
mod acceptance;
mod back;
mod breaks;
mod bytes;
mod errands;
mod given_back;
mod half;
mod headless;
mod hostile;
mod idle;
mod local;
mod looks;
mod meanwhile;
mod newcomer;
mod pastes;
mod progress;
mod proof;
mod sent;
mod setup;
mod shown;
mod stall;
mod unseen;
mod window;

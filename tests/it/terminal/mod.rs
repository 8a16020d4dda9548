//! The built binary in a real terminal: it restores everything it changes, does nothing while the user is idle, and
//! leads a user who only follows the footer to the end.
mod acceptance;
mod back;
mod board;
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

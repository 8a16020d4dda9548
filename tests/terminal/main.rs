//! The built binary in a real terminal: what it takes it gives back, it rests while nobody types, and a person who only follows the
//! footer gets to the end.
mod breaks;
mod desk;
mod given_back;
mod headless;
mod idle;
mod newcomer;
mod progress;
mod pty;
mod window;

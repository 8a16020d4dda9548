//! The wizard over a real ssh connection: an sshd on loopback with its own keys, and a client in a terminal. Quitting,
//! typing and copying work as in a local terminal, and a dropped connection loses nothing.
mod dropped;
mod host;
mod keys;
mod line;
mod seen;
mod tmux;

//! The wizard over a real ssh: an sshd on loopback with keys of its own, and a client in a terminal. Quitting, typing and copying work
//! as at home, and a line that breaks loses nothing.
mod dropped;
mod host;
mod keys;
mod line;
mod seen;
mod tmux;

//! The two HTTP clients against the embedded Alma and ILLiad: every fault on every request, worlds, rate limit.
mod bench;
mod habits;
mod pace;
mod reads;
mod worlds;
mod writes;

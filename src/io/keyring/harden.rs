//! Keeps the memory of this process, which holds keys, out of core dumps.

/// Prevents core dumps of this process. On Linux, also prevents the user's other processes from reading its memory.
/// Call this first in `main`.
///
/// # Errors
/// The system refused. The program can go on.
#[cfg(target_os = "linux")]
pub fn harden() -> std::io::Result<()> {
    use rustix::process::{DumpableBehavior, set_dumpable_behavior};
    Ok(set_dumpable_behavior(DumpableBehavior::NotDumpable)?)
}

/// Prevents core dumps of this process. Call this first in `main`.
///
/// # Errors
/// The system refused. The program can go on.
#[cfg(all(unix, not(target_os = "linux")))]
pub fn harden() -> std::io::Result<()> {
    use rustix::process::{Resource, Rlimit, setrlimit};
    Ok(setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) })?)
}

/// Does nothing: this system writes no dumps unless told to.
#[cfg(not(unix))]
pub fn harden() -> std::io::Result<()> {
    Ok(())
}

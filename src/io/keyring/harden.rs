//! Keeps the memory of this process, which holds keys, out of core dumps.

/// No core dump of this process, and on Linux no reading of its memory by the user's other processes. Called first in `main`.
///
/// # Errors
/// The system refused; the program can go on.
#[cfg(target_os = "linux")]
pub fn harden() -> std::io::Result<()> {
    use rustix::process::{DumpableBehavior, set_dumpable_behavior};
    Ok(set_dumpable_behavior(DumpableBehavior::NotDumpable)?)
}

/// No core dump of this process. Called first in `main`.
///
/// # Errors
/// The system refused; the program can go on.
#[cfg(all(unix, not(target_os = "linux")))]
pub fn harden() -> std::io::Result<()> {
    use rustix::process::{Resource, Rlimit, setrlimit};
    Ok(setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) })?)
}

/// Nothing to do: this system writes no dumps unless it is told to.
///
/// # Errors
/// None.
#[cfg(not(unix))]
pub fn harden() -> std::io::Result<()> {
    Ok(())
}

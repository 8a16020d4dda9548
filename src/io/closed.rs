//! Whether standard output was closed when we were started (`>&-`).
//!
//! Before `main`, Rust's runtime opens `/dev/null` in the place of a standard stream that is closed, and from then on it looks
//! like that of a caller who wants silence. So it is looked at earlier, among what the loader calls first.
use std::sync::atomic::{AtomicBool, Ordering};

static STDOUT: AtomicBool = AtomicBool::new(false);

/// Whether standard output was closed. Always false where it cannot be known (not Linux).
#[must_use]
pub fn stdout_was_closed() -> bool {
    STDOUT.load(Ordering::Relaxed)
}

/// Called by the loader, on one thread, before the runtime: a system call and a store, which need nothing of it.
#[cfg(target_os = "linux")]
extern "C" fn look() {
    STDOUT.store(rustix::io::fcntl_getfd(rustix::stdio::stdout()).is_err(), Ordering::Relaxed);
}

#[cfg(target_os = "linux")]
#[expect(
    unsafe_code,
    reason = "the loader calls what stands here; the function takes nothing and returns nothing, as it expects"
)]
#[used]
#[unsafe(link_section = ".init_array")]
static FIRST: extern "C" fn() = look;

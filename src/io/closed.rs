//! Whether standard output was closed when we were started (`>&-`).
//!
//! Before `main`, Rust's runtime opens `/dev/null` in place of a closed standard stream. After that, a closed stream
//! looks like the choice of a caller who wants no output. So we check earlier, in a function that the loader calls.
use std::sync::atomic::{AtomicBool, Ordering};

static STDOUT: AtomicBool = AtomicBool::new(false);

/// Whether standard output was closed. Always false on systems where this cannot be known (other than Linux).
pub fn stdout_was_closed() -> bool {
    STDOUT.load(Ordering::Relaxed)
}

/// Called by the loader on one thread, before the runtime starts. The system call and the store do not need the
/// runtime.
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

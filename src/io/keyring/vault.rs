//! The one plain thread that talks to the keyring, and the deadline for every caller that waits for it.
//!
//! No other thread may use the keyring, for three reasons. D-Bus calls on a thread of the async runtime panic. A
//! prompt that nobody answers blocks for 25 s. The kernel's process keyring belongs to a thread.
use super::opened::StoreChoice;
use crate::failure::{Failure, FailureKind};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel, sync_channel};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// How long a call waits. The first call includes the probe.
const DEADLINE: Duration = Duration::from_secs(4);
/// How long to leave a keyring alone after it did not answer. Otherwise a command would wait the whole deadline for
/// every key.
const LEFT_ALONE: Duration = Duration::from_secs(30);

type VaultJob = Box<dyn FnOnce(&StoreChoice) + Send>;

enum Thread {
    Idle,
    Serving(Sender<VaultJob>),
    /// It did not answer a call, as of this time.
    Stuck(Instant),
}

/// Opens the store on its own thread, once, at the first question.
pub(super) struct Vault {
    open: fn() -> StoreChoice,
    thread: Mutex<Thread>,
}

impl Vault {
    pub(super) fn new(open: fn() -> StoreChoice) -> Self {
        Self { open, thread: Mutex::new(Thread::Idle) }
    }

    /// Runs `job` on the thread and waits for its answer, at most [`DEADLINE`].
    pub(super) fn ask<T: Send + 'static>(
        &self,
        job: impl FnOnce(&StoreChoice) -> T + Send + 'static,
    ) -> Result<T, Failure> {
        self.ask_within(DEADLINE, job)
    }

    fn ask_within<T: Send + 'static>(
        &self,
        deadline: Duration,
        job: impl FnOnce(&StoreChoice) -> T + Send + 'static,
    ) -> Result<T, Failure> {
        let (reply, answer) = sync_channel(1);
        let job: VaultJob = Box::new(move |opened| {
            // The caller may have stopped waiting.
            let _ = reply.send(job(opened));
        });
        self.hand_over(job)?;
        answer.recv_timeout(deadline).map_err(|error| match error {
            RecvTimeoutError::Timeout => {
                *self.thread() = Thread::Stuck(Instant::now());
                stuck(deadline)
            }
            RecvTimeoutError::Disconnected => {
                *self.thread() = Thread::Idle;
                broken("the keyring failed during the request")
            }
        })
    }

    fn hand_over(&self, job: VaultJob) -> Result<(), Failure> {
        let mut thread = self.thread();
        match &*thread {
            Thread::Serving(jobs) => return jobs.send(job).map_err(|_| broken("the keyring failed earlier")),
            Thread::Stuck(since) if since.elapsed() < LEFT_ALONE => return Err(stuck(DEADLINE)),
            // Leave a thread that hangs behind. The process does not wait for it at exit.
            Thread::Stuck(_) | Thread::Idle => {}
        }
        let (jobs, asked) = channel::<VaultJob>();
        let open = self.open;
        let serve = move || {
            let opened = open();
            asked.into_iter().for_each(|job| job(&opened));
        };
        thread::Builder::new()
            .name("keyring".to_owned())
            .spawn(serve)
            .map_err(|error| broken(&format!("the keyring's thread could not be started: {error}")))?;
        jobs.send(job).map_err(|_| broken("the keyring failed immediately"))?;
        *thread = Thread::Serving(jobs);
        Ok(())
    }

    fn thread(&self) -> MutexGuard<'_, Thread> {
        self.thread.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn stuck(deadline: Duration) -> Failure {
    broken(&format!("the keyring did not answer within {} s", deadline.as_secs()))
        .hint("look for a window that asks to unlock it, or end the keyring service and log in again")
}

fn broken(what: &str) -> Failure {
    Failure::new(FailureKind::Key, what)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::sync_channel;

    fn nothing() -> StoreChoice {
        StoreChoice::Nothing { why: "a test".to_owned(), hints: Vec::new() }
    }

    #[test]
    fn every_question_is_answered_on_the_same_other_thread() {
        let vault = Vault::new(nothing);
        let first = vault.ask(|_| thread::current().id()).expect("answered");
        assert_eq!(vault.ask(|_| thread::current().id()).expect("answered"), first);
        assert_ne!(first, thread::current().id());
    }

    #[test]
    fn a_store_that_hangs_is_named_and_then_left_alone() {
        let vault = Vault::new(nothing);
        let (release, held) = sync_channel::<()>(1);
        let hang = vault.ask_within(Duration::from_millis(20), move |_| held.recv().is_ok());
        assert_eq!(hang.expect_err("hangs").kind, FailureKind::Key);
        let again = Instant::now();
        let failure = vault.ask(|_| ()).expect_err("left alone");
        assert!(failure.what.contains("did not answer"), "{failure}");
        assert!(again.elapsed() < DEADLINE, "waited again");
        drop(release);
    }

    #[test]
    fn a_panic_of_the_store_is_a_failure_and_the_next_call_starts_afresh() {
        let vault = Vault::new(nothing);
        let failed: Result<(), Failure> = vault.ask(|_| panic!("a store's own"));
        assert!(failed.is_err());
        assert_eq!(vault.ask(|_| 5), Ok(5));
    }
}

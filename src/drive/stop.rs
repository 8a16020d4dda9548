//! The user's request to stop watching. What was made is then cancelled and confirmed before the proof ends, unless the user asks again.
use tokio::sync::watch;

/// How urgently the user wants to stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Urgency {
    None,
    /// Cancel what was made, then end.
    Orderly,
    /// Do not wait for anything.
    AtOnce,
}

/// A request to stop, shared between the user interface and the proof.
#[derive(Debug, Clone)]
pub struct Stop {
    urgency: watch::Sender<Urgency>,
    owes: watch::Sender<bool>,
}

impl Default for Stop {
    fn default() -> Self {
        Self { urgency: watch::channel(Urgency::None).0, owes: watch::channel(false).0 }
    }
}

impl Stop {
    /// Asks the proof to stop.
    pub fn ask(&self) {
        self.urge(Urgency::Orderly);
    }

    /// Asks the proof to end without cancelling what it made.
    pub fn ask_to_leave(&self) {
        self.urge(Urgency::AtOnce);
    }

    fn urge(&self, urgency: Urgency) {
        self.urgency.send_modify(|now| *now = urgency.max(*now));
    }

    /// Whether a stop was requested.
    pub fn asked(&self) -> bool {
        *self.urgency.borrow() >= Urgency::Orderly
    }

    /// Waits until a stop is requested.
    pub async fn heard(&self) {
        self.reached(Urgency::Orderly).await;
    }

    /// Whether the user does not wait for the cancelling either.
    pub fn is_leaving(&self) -> bool {
        *self.urgency.borrow() == Urgency::AtOnce
    }

    /// Waits until the user does not want to wait for the cancelling either.
    pub async fn leaving(&self) {
        self.reached(Urgency::AtOnce).await;
    }

    async fn reached(&self, urgency: Urgency) {
        let mut wish = self.urgency.subscribe();
        // An error means that all senders are gone, so nobody can request a stop any more.
        if wish.wait_for(|now| *now >= urgency).await.is_err() {
            std::future::pending::<()>().await;
        }
    }

    /// Notes that from now on the command has words to say at its end, whatever stops it.
    pub fn owe_words(&self) {
        self.owes.send_replace(true);
    }

    /// Whether the command has words to say at its end.
    pub fn owes_words(&self) -> bool {
        *self.owes.borrow()
    }
}

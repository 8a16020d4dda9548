//! The user's request to stop watching. What was made is then cancelled and confirmed before the proof ends.
use tokio::sync::watch;

/// A request to stop, shared between the user interface and the proof.
#[derive(Debug, Clone)]
pub struct Stop(watch::Sender<bool>);

impl Default for Stop {
    fn default() -> Self {
        Self(watch::channel(false).0)
    }
}

impl Stop {
    /// Asks the proof to stop.
    pub fn ask(&self) {
        self.0.send_replace(true);
    }

    /// Whether a stop was requested.
    pub fn asked(&self) -> bool {
        *self.0.borrow()
    }

    /// Waits until a stop is requested.
    pub async fn heard(&self) {
        let mut wish = self.0.subscribe();
        // An error means that all senders are gone, so nobody can request a stop any more.
        if wish.wait_for(|asked| *asked).await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

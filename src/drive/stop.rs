//! A person's wish to stop watching: what was made is cancelled and confirmed, and then we leave.
use tokio::sync::watch;

/// The wish, shared between who may utter it and who must hear it.
#[derive(Debug, Clone)]
pub struct Stop(watch::Sender<bool>);

impl Default for Stop {
    fn default() -> Self {
        Self(watch::channel(false).0)
    }
}

impl Stop {
    /// Utters it.
    pub fn ask(&self) {
        self.0.send_replace(true);
    }

    /// Whether it was uttered.
    #[must_use]
    pub fn asked(&self) -> bool {
        *self.0.borrow()
    }

    /// Waits until it is uttered.
    pub async fn heard(&self) {
        let mut wish = self.0.subscribe();
        // An error means that nobody can utter it any more; then it never comes.
        if wish.wait_for(|asked| *asked).await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

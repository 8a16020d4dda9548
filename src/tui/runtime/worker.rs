//! The interface to what performs the work.
use crate::engine::whole_answer::WholeAnswer;
use crate::failure::{Failure, FailureKind};
use crate::site::SavedSetup;
use crate::tui::msg::{Msg, Work};
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc::UnboundedSender;

/// Performs the work that the update function asks for. Every piece of work ends in exactly one message, with the ticket of the request.
pub trait Worker: Send + Sync + 'static {
    /// Performs one piece of work, and reports progress through `tell`. A write must be in the journal before this ends.
    fn perform(self: Arc<Self>, work: Work, tell: Tell) -> Pin<Box<dyn Future<Output = Msg> + Send>>;

    /// Asks the running proof or forecast to stop.
    fn stop_work(&self);

    /// Asks the running proof to end without cancelling its test requests. It then says what is left.
    fn leave_work(&self) {}

    /// Ends once no write is in flight. After that no write begins.
    fn written(&self) -> Pin<Box<dyn Future<Output = ()> + Send>>;

    /// Stores the answers of a set-up. When this returns they are on disk, or the log says why not.
    fn keep_setup(&self, begun: &SavedSetup);

    /// The long answers of both systems so far, whole.
    fn long_answers(&self) -> Vec<WholeAnswer> {
        Vec::new()
    }

    /// For how long requests pause, because a system had too many at a time.
    fn pause_left(&self) -> Option<Duration> {
        None
    }

    /// Returns whether the stored answers can be read again.
    fn keeps_setup(&self, _begun: &SavedSetup) -> bool {
        true
    }
}

/// Takes progress messages while work goes on.
pub type Tell = Arc<dyn Fn(Msg) + Send + Sync>;

/// Starts a piece of work. If it panics, the reply is a failure.
pub(crate) fn start(worker: &Arc<dyn Worker>, work: Work, to: &UnboundedSender<Msg>) {
    let broken = Failure::new(FailureKind::Refused, "Internal error: the task crashed. Please report this bug.")
        .hint("read the log, and check again before anything else: part of it may have been done");
    let lost = work.lost(broken);
    let told = to.clone();
    let tell: Tell = Arc::new(move |msg| {
        // Nobody listens once the session has ended; the same holds below.
        let _ = told.send(msg);
    });
    let task = tokio::spawn(Arc::clone(worker).perform(work, tell));
    let (to, worker) = (to.clone(), Arc::clone(worker));
    tokio::spawn(async move {
        let msg = task.await.unwrap_or(lost);
        let _ = to.send(Msg::LongAnswers(worker.long_answers()));
        let _ = to.send(msg);
    });
}

//! Who performs the work that the update function asks for.
use crate::failure::{Failure, FailureKind};
use crate::site::SavedSetup;
use crate::tui::msg::{Msg, Work};
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use tokio::sync::mpsc::UnboundedSender;

/// Performs what the update function asks for. Every work ends in exactly one message, tagged with the ticket it was asked with.
pub trait Worker: Send + Sync + 'static {
    /// Performs one piece of work. A write must have been journaled when this ends. What is worth showing meanwhile is told.
    fn perform(self: Arc<Self>, work: Work, tell: Tell) -> Pin<Box<dyn Future<Output = Msg> + Send>>;

    /// Asks the proof or the forecast under way to stop.
    fn stop_work(&self);

    /// Ends once no write is in flight; after that none begins any more.
    fn written(&self) -> Pin<Box<dyn Future<Output = ()> + Send>>;

    /// Keeps the answers of a set-up; they are on disk when this returns, or a note of why not is in the log.
    fn keep_setup(&self, begun: &SavedSetup);

    /// Whether these answers can be read again where they were kept.
    fn keeps_setup(&self, _begun: &SavedSetup) -> bool {
        true
    }
}

/// Takes messages that are no answers, while work goes on.
pub type Tell = Arc<dyn Fn(Msg) + Send + Sync>;

/// Starts a piece of work. Should it break, that is an answer too.
pub(crate) fn start(worker: &Arc<dyn Worker>, work: Work, to: &UnboundedSender<Msg>) {
    let broken = Failure::new(FailureKind::Refused, "This broke off inside the program, which is a mistake in it.")
        .hint("look at the log, and check again before anything else: it may have been done in part");
    let lost = work.lost(broken);
    let told = to.clone();
    let tell: Tell = Arc::new(move |msg| {
        // As below.
        let _ = told.send(msg);
    });
    let task = tokio::spawn(Arc::clone(worker).perform(work, tell));
    let to = to.clone();
    tokio::spawn(async move {
        let msg = task.await.unwrap_or(lost);
        // Nobody listens any more once the session has ended.
        let _ = to.send(msg);
    });
}

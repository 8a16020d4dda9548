//! Tells a command of the user's what changed (`--on-change`).
use crate::failure::{Failure, FailureKind};
use crate::io::child_command;
use tokio::io::AsyncWriteExt as _;

/// Runs the command in a shell, with one JSON line for each changed campus on its standard input.
///
/// # Errors
/// It cannot be started, or fails. The check itself is done by then.
pub(super) async fn tell(command: &str, news: &[String]) -> Result<(), Failure> {
    let failed = |why: String| {
        Failure::new(FailureKind::Files, format!("The command of --on-change failed: {why}. The check itself is done."))
    };
    let mut shell = tokio::process::Command::from(child_command("sh"));
    shell.arg("-c").arg(command).stdin(std::process::Stdio::piped());
    let mut running = shell.spawn().map_err(|error| failed(error.to_string()))?;
    if let Some(mut input) = running.stdin.take() {
        // A command that does not read its input is no failure.
        let _ = input.write_all(news.concat().as_bytes()).await;
    }
    let status = running.wait().await.map_err(|error| failed(error.to_string()))?;
    if status.success() { Ok(()) } else { Err(failed(status.to_string())) }
}

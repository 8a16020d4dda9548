//! Asks tmux about the terminal it runs in, which the environment inside tmux does not tell.
use super::child;
use std::process::Stdio;
use std::sync::mpsc::sync_channel;
use std::thread;
use std::time::Duration;

/// How long to wait for tmux. It answers within a few milliseconds.
const LIMIT: Duration = Duration::from_millis(300);

/// Whether the attached client takes UTF-8 (`client_utf8` in tmux's manual). If it does not, every symbol is shown as
/// `_`. `None` if tmux does not say.
pub fn tmux_takes_utf8() -> Option<bool> {
    let (reply, answer) = sync_channel(1);
    let asking = thread::Builder::new().name("tmux".to_owned()).spawn(move || {
        let mut tmux = child::child_command("tmux");
        tmux.args(["display-message", "-p", "#{client_utf8}"]).stdin(Stdio::null()).stderr(Stdio::null());
        // The caller may have stopped waiting.
        let _ = reply.send(tmux.output().ok());
    });
    let output = asking.ok().and_then(|_| answer.recv_timeout(LIMIT).ok())??;
    match output.stdout.trim_ascii() {
        b"1" => Some(true),
        b"0" => Some(false),
        _ => None,
    }
}

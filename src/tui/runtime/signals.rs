//! Signals, and a watch for a terminal that goes away.
use rustix::event::{PollFd, PollFlags, poll};
use rustix::process::{self, Signal as Number};
use std::io::{self, IsTerminal as _};
use std::os::fd::AsFd as _;
use std::task::Poll;
use tokio::signal::unix::{Signal as Stream, SignalKind, signal};
use tokio::sync::oneshot;

/// What a signal asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Signal {
    /// Leave with this exit code.
    Leave(u8),
    Stop,
    /// The program was continued. The terminal may show anything.
    Continued,
}

/// The signals we handle, and a watch on the terminal.
pub(crate) struct Signals {
    streams: Vec<(Stream, Signal)>,
    gone: Option<oneshot::Receiver<()>>,
}

impl Signals {
    /// Starts listening for the signals.
    pub(crate) fn listen() -> io::Result<Self> {
        let mut streams: Vec<_> = ending()?.into_iter().map(|(stream, code)| (stream, Signal::Leave(code))).collect();
        // They have no name in tokio.
        for (number, asks) in [(Number::TSTP, Signal::Stop), (Number::CONT, Signal::Continued)] {
            streams.push((signal(SignalKind::from_raw(number.as_raw()))?, asks));
        }
        Ok(Self { streams, gone: watch() })
    }

    /// Listens for rare signals too, so that the terminal is given back then as well. This happens after the first screen, and a
    /// failure is ignored.
    pub(crate) fn listen_to_the_others(&mut self) {
        let kinds = [SignalKind::user_defined1(), SignalKind::user_defined2(), SignalKind::alarm()];
        let leave = |kind| Some((signal(kind).ok()?, Signal::Leave(exit_code(kind))));
        self.streams.extend(kinds.into_iter().filter_map(leave));
    }

    /// Waits for the next signal.
    pub(crate) async fn next(&mut self) -> Signal {
        tokio::select! {
            asks = any(&mut self.streams) => asks,
            () = gone(&mut self.gone) => Signal::Leave(129),
        }
    }
}

/// Starts listening for the usual signals that end a program, each with its exit code.
pub(super) fn ending() -> io::Result<Vec<(Stream, u8)>> {
    let kinds = [SignalKind::interrupt(), SignalKind::quit(), SignalKind::terminate(), SignalKind::hangup()];
    kinds.into_iter().map(|kind| Ok((signal(kind)?, exit_code(kind)))).collect()
}

fn exit_code(kind: SignalKind) -> u8 {
    u8::try_from(128 + kind.as_raw_value()).unwrap_or(u8::MAX)
}

/// Waits for any of these signals, and returns what belongs to it.
pub(super) async fn any<T: Copy>(streams: &mut [(Stream, T)]) -> T {
    std::future::poll_fn(|context| {
        let came = |(stream, asks): &mut (Stream, T)| match stream.poll_recv(context) {
            Poll::Ready(Some(())) => Some(*asks),
            _ => None,
        };
        streams.iter_mut().find_map(came).map_or(Poll::Pending, Poll::Ready)
    })
    .await
}

/// Starts listening for a new window size. We wait for keys without crossterm, so crossterm cannot report it.
pub(super) fn sizes() -> io::Result<Stream> {
    signal(SignalKind::window_change())
}

/// Starts a thread that sleeps until the other end of the terminal is closed. SIGHUP does not reach every program, and crossterm's
/// reader would spin on the dead terminal. Keys do not wake the thread, and a failure to start it is ignored.
fn watch() -> Option<oneshot::Receiver<()>> {
    if !io::stdin().is_terminal() {
        return None;
    }
    // Use a copy of the handle, because standard input may be swapped for a moment.
    let terminal = io::stdin().as_fd().try_clone_to_owned().ok()?;
    let (tell, told) = oneshot::channel();
    let sleep = move || {
        let mut fds = [PollFd::new(&terminal, PollFlags::empty())];
        loop {
            match poll(&mut fds, None) {
                Err(rustix::io::Errno::INTR) => {}
                Ok(_) if !fds[0].revents().intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL) => {}
                _ => break,
            }
        }
        let _ = tell.send(());
    };
    std::thread::Builder::new().name("terminal".to_owned()).spawn(sleep).ok().map(|_| told)
}

/// Waits until the watch reports, once.
async fn gone(told: &mut Option<oneshot::Receiver<()>>) {
    let Some(waiting) = told else { return std::future::pending().await };
    let result = waiting.await;
    *told = None;
    if result.is_err() {
        std::future::pending().await
    }
}

/// Stops this process as Ctrl-Z in a shell does. Returns when it is continued.
pub(crate) fn stop() {
    let _ = process::kill_process(process::getpid(), Number::STOP);
}

/// Asks this process and those it was started with to stop, as the terminal does for Ctrl-Z outside raw mode. The signal comes back
/// through [`Signals`]. Fails with a message for the person if no shell could continue it.
pub(crate) fn suspend() -> Result<(), &'static str> {
    has_shell()?;
    process::kill_current_process_group(Number::TSTP).map_err(|_| NO_SHELL)
}

/// Checks that a shell can continue this process after a stop, or fails with a message for the person. Only a shell with jobs gives
/// them a process group of their own.
pub(crate) fn has_shell() -> Result<(), &'static str> {
    if process::getsid(None).ok() == Some(process::getpgrp()) { Err(NO_SHELL) } else { Ok(()) }
}

const NO_SHELL: &str = "Not suspended: there is no shell that could resume it.";

//! Signals, and a watch for a terminal that goes away.
use crate::failure::FailureKind;
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
        let leaves = |(stream, kind): (Stream, FailureKind)| (stream, Signal::Leave(kind.exit_code()));
        let mut streams: Vec<_> = ending()?.into_iter().map(leaves).collect();
        // They have no name in tokio.
        for (number, asks) in [(Number::TSTP, Signal::Stop), (Number::CONT, Signal::Continued)] {
            streams.push((signal(SignalKind::from_raw(number.as_raw()))?, asks));
        }
        Ok(Self { streams, gone: watch() })
    }

    /// Waits for the next signal.
    pub(crate) async fn next(&mut self) -> Signal {
        tokio::select! {
            asks = any(&mut self.streams) => asks,
            () = gone(&mut self.gone) => Signal::Leave(129),
        }
    }
}

/// Starts listening for every signal that ends the program, each with the kind of its failure. No other code has a list of them.
pub(crate) fn ending() -> io::Result<Vec<(Stream, FailureKind)>> {
    let kinds = [
        (SignalKind::interrupt(), FailureKind::Interrupted),
        (SignalKind::quit(), FailureKind::Quit),
        (SignalKind::terminate(), FailureKind::Terminated),
        (SignalKind::hangup(), FailureKind::HungUp),
        (SignalKind::user_defined1(), FailureKind::UserSignal1),
        (SignalKind::user_defined2(), FailureKind::UserSignal2),
        (SignalKind::alarm(), FailureKind::Alarm),
    ];
    // Once it is listened for, a file that would grow beyond its limit is an error of writing, and not the end of the program.
    let _ = signal(SignalKind::from_raw(Number::XFSZ.as_raw()))?;
    kinds.into_iter().map(|(number, kind)| Ok((signal(number)?, kind))).collect()
}

/// Waits for any of these signals, and returns what belongs to it.
pub(crate) async fn any<T: Copy>(streams: &mut [(Stream, T)]) -> T {
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

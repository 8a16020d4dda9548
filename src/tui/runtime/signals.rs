//! Signals, and a watch for a terminal that goes away.
use std::io;

/// What a signal asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Signal {
    /// Leave with this exit code.
    Leave(u8),
    Stop,
    /// The program was continued. The terminal may show anything.
    Continued,
}

#[cfg(unix)]
pub(crate) use unix::Signals;
#[cfg(unix)]
pub(super) use unix::Sizes;

#[cfg(unix)]
mod unix {
    use super::{Signal, io};
    use rustix::event::{PollFd, PollFlags, poll};
    use std::io::IsTerminal as _;
    use std::os::fd::AsFd as _;
    use std::task::Poll;
    use tokio::signal::unix::{Signal as Stream, SignalKind, signal};
    use tokio::sync::oneshot;

    /// SIGTSTP and SIGCONT, which have no name in tokio.
    fn stop_kinds() -> [SignalKind; 2] {
        use rustix::process::Signal as Number;
        [SignalKind::from_raw(Number::TSTP.as_raw()), SignalKind::from_raw(Number::CONT.as_raw())]
    }

    /// The signals we handle, and a watch on the terminal.
    pub(crate) struct Signals {
        interrupt: Stream,
        quit: Stream,
        terminate: Stream,
        hang_up: Stream,
        stop: Stream,
        go_on: Stream,
        /// Signals that end a program by default, each with its exit code.
        others: Vec<(Stream, u8)>,
        gone: Option<oneshot::Receiver<()>>,
    }

    impl Signals {
        /// Starts listening for the signals.
        pub(crate) fn listen() -> io::Result<Self> {
            let [stop, go_on] = stop_kinds();
            Ok(Self {
                interrupt: signal(SignalKind::interrupt())?,
                quit: signal(SignalKind::quit())?,
                terminate: signal(SignalKind::terminate())?,
                hang_up: signal(SignalKind::hangup())?,
                stop: signal(stop)?,
                go_on: signal(go_on)?,
                others: Vec::new(),
                gone: watch(),
            })
        }

        /// Listens for rare signals too, so that the terminal is given back then as well. This happens after the first screen, and a
        /// failure is ignored.
        pub(crate) fn listen_to_the_others(&mut self) {
            let leave = |kind: SignalKind| {
                let code = u8::try_from(kind.as_raw_value()).ok()?.checked_add(128)?;
                Some((signal(kind).ok()?, code))
            };
            let kinds = [SignalKind::user_defined1(), SignalKind::user_defined2(), SignalKind::alarm()];
            self.others = kinds.into_iter().filter_map(leave).collect();
        }

        /// Waits for the next signal.
        pub(crate) async fn next(&mut self) -> Signal {
            tokio::select! {
                Some(()) = self.interrupt.recv() => Signal::Leave(130),
                Some(()) = self.quit.recv() => Signal::Leave(131),
                Some(()) = self.terminate.recv() => Signal::Leave(143),
                Some(()) = self.hang_up.recv() => Signal::Leave(129),
                Some(()) = self.stop.recv() => Signal::Stop,
                Some(()) = self.go_on.recv() => Signal::Continued,
                code = any(&mut self.others) => Signal::Leave(code),
                () = gone(&mut self.gone) => Signal::Leave(129),
            }
        }
    }

    /// Waits for any of these signals, and returns its exit code.
    async fn any(of: &mut [(Stream, u8)]) -> u8 {
        std::future::poll_fn(|context| {
            let came = |(stream, code): &mut (Stream, u8)| stream.poll_recv(context).is_ready().then_some(*code);
            of.iter_mut().find_map(came).map_or(Poll::Pending, Poll::Ready)
        })
        .await
    }

    /// The signal for a new window size. We wait for keys without crossterm, so crossterm cannot report it.
    pub(in crate::tui::runtime) struct Sizes(Stream);

    impl Sizes {
        /// Starts listening for the signal.
        pub(in crate::tui::runtime) fn listen() -> io::Result<Self> {
            signal(SignalKind::window_change()).map(Self)
        }

        /// Waits for the next signal.
        pub(in crate::tui::runtime) async fn next(&mut self) {
            if self.0.recv().await.is_none() {
                std::future::pending().await
            }
        }
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
}

/// Stops this process as Ctrl-Z in a shell does. Returns when it is continued.
#[cfg(unix)]
pub(crate) fn stop() {
    let _ = rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::STOP);
}

/// Asks this process and those it was started with to stop, as the terminal does for Ctrl-Z outside raw mode. The signal comes back
/// through [`Signals`].
///
/// # Errors
/// Says in words that nobody could continue it. Only a shell with jobs gives them a process group of their own.
#[cfg(unix)]
pub(crate) fn suspend() -> Result<(), &'static str> {
    has_shell()?;
    rustix::process::kill_current_process_group(rustix::process::Signal::TSTP).map_err(|_| NO_SHELL)
}

/// Checks that there is a shell that can continue this process after a stop.
///
/// # Errors
/// Says in words that there is none.
#[cfg(unix)]
pub(crate) fn has_shell() -> Result<(), &'static str> {
    use rustix::process::{getpgrp, getsid};
    if getsid(None).ok() == Some(getpgrp()) { Err(NO_SHELL) } else { Ok(()) }
}

/// Always fails: other systems have no such shell.
#[cfg(not(unix))]
pub(crate) fn has_shell() -> Result<(), &'static str> {
    Err(NO_SHELL)
}

/// Always fails: other systems have no such signal.
#[cfg(not(unix))]
pub(crate) fn suspend() -> Result<(), &'static str> {
    Err(NO_SHELL)
}

const NO_SHELL: &str = "Not stopped: no shell is behind this that could go on with it.";

#[cfg(not(unix))]
pub(crate) struct Signals;

#[cfg(not(unix))]
impl Signals {
    /// Starts listening for Ctrl-C.
    pub(crate) fn listen() -> io::Result<Self> {
        Ok(Self)
    }

    /// Does nothing: there are no other signals.
    pub(crate) fn listen_to_the_others(&mut self) {}

    /// Waits for the next Ctrl-C.
    pub(crate) async fn next(&mut self) -> Signal {
        match tokio::signal::ctrl_c().await {
            Ok(()) => Signal::Leave(130),
            Err(_) => std::future::pending().await,
        }
    }
}

#[cfg(not(unix))]
pub(super) struct Sizes;

#[cfg(not(unix))]
impl Sizes {
    /// Listens for nothing, because there is no such signal.
    pub(super) fn listen() -> io::Result<Self> {
        Ok(Self)
    }

    /// Waits for ever, because no such signal comes.
    pub(super) async fn next(&mut self) {
        std::future::pending().await
    }
}

/// Does nothing on other systems.
#[cfg(not(unix))]
pub(crate) fn stop() {}

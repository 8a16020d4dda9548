//! Failures, all of one shape: what is wrong, what to do next, and what was asked and answered. The kind determines the exit code.
use std::fmt;

/// The kind of a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FailureKind {
    /// The command line was wrong, or `--confirm` was missing or wrong.
    Usage,
    /// A campus file is missing, unreadable or has problems.
    CampusFile,
    /// A server could not be reached, did not answer in time, or sent an answer that makes no sense.
    Network,
    /// A key is missing, wrong, of another campus, or lacks a permission.
    Key,
    /// A server, or this program, refused on purpose.
    Refused,
    /// The record changed between the plan and the write.
    Changed,
    /// Another process works on the same campus.
    Busy,
    /// A file of ours could not be read or written.
    Files,
    /// Standard output is closed or full.
    Output,
    /// The reader of standard output has seen enough and closed it.
    ReaderGone,
    /// The terminal cannot do what was asked.
    Terminal,
    /// Something is not as the procedure wants it.
    NotAsWanted,
    /// Only a person can do this.
    ByHand,
    /// The user pressed Ctrl-C (SIGINT).
    Interrupted,
    /// SIGQUIT, which many terminals send for Ctrl-\.
    Quit,
    Terminated,
    /// SIGHUP: the terminal was closed.
    HungUp,
    /// SIGUSR1 asked the program to end.
    UserSignal1,
    /// SIGUSR2 asked the program to end.
    UserSignal2,
    /// SIGALRM asked the program to end.
    Alarm,
}

/// The meaning of each exit code, for failures and for verdicts. The help, the man page and the README list these.
pub const EXIT_CODES: [(u8, &str); 12] = [
    (0, "every value is as wanted or signed off"),
    (1, "something could not be read or done"),
    (2, "wrong usage or a bad campus file"),
    (3, "something differs or is absent"),
    (4, "nothing wrong, but waiting on people"),
    (129, "stopped: the terminal was closed"),
    (130, "stopped by Ctrl-C"),
    (131, "stopped by SIGQUIT"),
    (138, "stopped by SIGUSR1"),
    (140, "stopped by SIGUSR2"),
    (142, "stopped by SIGALRM"),
    (143, "stopped by SIGTERM"),
];

impl FailureKind {
    /// The exit code of each kind of failure (CONTRACT.md, "Exit codes").
    pub fn exit_code(self) -> u8 {
        match self {
            Self::Usage | Self::CampusFile => 2,
            Self::Network
            | Self::Key
            | Self::Refused
            | Self::Changed
            | Self::Busy
            | Self::Files
            | Self::Output
            | Self::ReaderGone
            | Self::Terminal => 1,
            Self::NotAsWanted => 3,
            Self::ByHand => 4,
            Self::Interrupted => 130,
            Self::Quit => 131,
            Self::Terminated => 143,
            Self::HungUp => 129,
            Self::UserSignal1 => 138,
            Self::UserSignal2 => 140,
            Self::Alarm => 142,
        }
    }
}

/// A failure, with what happened and what to do next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// Determines the exit code.
    pub kind: FailureKind,
    /// What was tried, on which campus and host, and what came back, with the request and the codes.
    pub what: String,
    /// What is wrong, in plain sentences without the request and the codes. `None` where `what` already is that.
    pub short: Option<Box<str>>,
    /// What to do next, the most useful first.
    pub hints: Vec<String>,
}

impl Failure {
    /// Makes a failure without hints.
    pub fn new(kind: FailureKind, what: impl Into<String>) -> Self {
        Self { kind, what: what.into(), short: None, hints: Vec::new() }
    }

    /// The failure of a command that a signal ended.
    pub fn stopped(kind: FailureKind) -> Self {
        let code = kind.exit_code();
        let words = EXIT_CODES.into_iter().find_map(|(own, words)| (own == code).then_some(words)).unwrap_or("stopped");
        let mut words: String =
            words.chars().take(1).flat_map(char::to_uppercase).chain(words.chars().skip(1)).collect();
        words.push('.');
        Self::new(kind, words)
    }

    /// The failure with how things stand said first.
    #[must_use]
    pub fn after(self, stands: &str) -> Self {
        self.within(|words| format!("{stands}: {words}"))
    }

    /// The failure with its words put into a longer sentence.
    #[must_use]
    pub fn within(mut self, put: impl Fn(&str) -> String) -> Self {
        self.what = put(&self.what);
        self.short = self.short.as_deref().map(|short| put(short).into());
        self
    }

    /// Adds plain sentences that say the same without the request and the codes.
    #[must_use]
    pub fn in_short(mut self, sentences: Option<String>) -> Self {
        self.short = sentences.map(String::into_boxed_str);
        self
    }

    /// What is wrong, in plain sentences.
    pub fn plain(&self) -> &str {
        self.short.as_deref().unwrap_or(&self.what)
    }

    /// The request, status and code that the plain sentences leave out. `None` if they leave nothing out.
    pub fn folded(&self) -> Option<&str> {
        self.short.as_ref().map(|_| self.what.as_str())
    }

    /// Adds a hint on what to do next.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.plain())?;
        for hint in &self.hints {
            write!(f, "\n  next: {hint}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Failure {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_exit_code_has_its_words_and_none_has_two() {
        let kinds = [
            FailureKind::Usage,
            FailureKind::CampusFile,
            FailureKind::Network,
            FailureKind::Key,
            FailureKind::Refused,
            FailureKind::Changed,
            FailureKind::Busy,
            FailureKind::Files,
            FailureKind::Output,
            FailureKind::Terminal,
            FailureKind::NotAsWanted,
            FailureKind::ByHand,
            FailureKind::Interrupted,
            FailureKind::Quit,
            FailureKind::Terminated,
            FailureKind::HungUp,
            FailureKind::UserSignal1,
            FailureKind::UserSignal2,
            FailureKind::Alarm,
        ];
        let codes: std::collections::BTreeSet<u8> = kinds.into_iter().map(FailureKind::exit_code).chain([0]).collect();
        assert!(EXIT_CODES.iter().map(|(code, _)| *code).eq(codes), "sorted, and all there");
    }
}

//! The arguments of commands on several campuses.
use super::values::path_to_make;
use clap::{Args, ValueHint};
use std::path::PathBuf;

/// The campuses that a reading command is about.
#[derive(Debug, Clone, Default, Args)]
pub struct AllCampuses {
    /// Every campus set up here, all at once.
    #[arg(long)]
    pub all: bool,
    /// With --all: only these campuses.
    #[arg(long, value_name = "CODE", value_delimiter = ',', requires = "all", value_hint = ValueHint::Other)]
    pub only: Vec<String>,
}

/// How `check --all` tells what it found.
#[derive(Debug, Clone, Default, Args)]
pub struct NewsOptions {
    /// With --all: one row for each campus.
    #[arg(long, requires = "all", conflicts_with = "json")]
    pub brief: bool,
    /// With --all: print nothing and exit with 0 if no verdict changed since the check before.
    #[arg(long, requires = "all")]
    pub quiet_if_same: bool,
    /// With --all: run this command in a shell if a verdict changed. It gets the changed campuses on standard input, as JSON lines.
    #[arg(long, value_name = "COMMAND", requires = "all", value_hint = ValueHint::CommandString)]
    pub on_change: Option<String>,
    /// With --all: also write the states to this file, as metrics for Prometheus.
    #[arg(long, value_name = "PATH", requires = "all", value_hint = ValueHint::FilePath, value_parser = path_to_make())]
    pub textfile: Option<PathBuf>,
}

/// Which part of the history to tell.
#[derive(Debug, Clone, Args)]
pub struct HistoryArgs {
    /// Keys (parameters.export.url) or steps (rota); everything if none is given.
    #[arg(value_name = "KEY_OR_STEP", value_hint = ValueHint::Other)]
    pub what: Vec<String>,
    /// Every campus set up here.
    #[arg(long)]
    pub all: bool,
    /// Only from then on: a date (2026-11-01), a time, or how long ago (7d).
    #[arg(long, value_name = "WHEN", value_hint = ValueHint::Other)]
    pub since: Option<String>,
    /// Instead, move entries from before this date that no longer count to an archive beside the journal.
    #[arg(long, value_name = "DATE", conflicts_with_all = ["what", "since"], value_hint = ValueHint::Other)]
    pub archive_before: Option<String>,
    /// Print one JSON object to standard output; with --all, one line for each campus.
    #[arg(long)]
    pub json: bool,
}

//! `completions` and `man`, from the table in `cli`.
use super::answer::{self, Outcome};
use crate::cli::Cli;
use crate::failure::{Failure, Kind};
use clap::CommandFactory as _;

/// Completions for a shell.
pub(super) fn completions(shell: clap_complete::Shell) -> Outcome {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "last-resort", &mut text);
    answer::bytes(&text)?;
    Ok(0)
}

/// The man page.
pub(super) fn man() -> Outcome {
    let mut text = Vec::new();
    clap_mangen::Man::new(Cli::command())
        .render(&mut text)
        .map_err(|error| Failure::new(Kind::Files, format!("The man page could not be made: {error}")))?;
    answer::bytes(&text)?;
    Ok(0)
}

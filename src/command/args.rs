//! The command line as it was typed: parsed, or refused without repeating what may be a key.
use super::answer::{say, unwritten, writable};
use super::manual::surface;
use crate::cli::Cli;
use crate::failure::{Failure, FailureKind};
use crate::recipe::KeySlot;
use clap::error::ErrorKind;
use clap::{Command, CommandFactory as _, FromArgMatches as _};
use std::ffi::OsString;
use std::io::Write as _;

/// Parses it.
///
/// # Errors
/// The exit code, once help, version or what is wrong was printed.
pub fn parsed(words: impl IntoIterator<Item = OsString>) -> Result<Cli, u8> {
    let words: Vec<OsString> = words.into_iter().collect();
    let read = |command: Command| {
        command.try_get_matches_from(&words).and_then(|mut read| Cli::from_arg_matches_mut(&mut read))
    };
    // The pages of help are written only for whoever will see one: every start waits for this.
    let refused = match read(Cli::command()).or_else(|_| read(surface())) {
        Ok(cli) => return writable().map(|()| cli).map_err(|failure| told(&failure)),
        Err(refused) => refused,
    };
    let mut typed = words.iter().skip(1);
    if typed.any(|word| word == "keys" || may_be_a_key(word)) && repeats_a_word(refused.kind()) {
        return Err(told(&no_argument()));
    }
    if !refused.use_stderr() {
        writable().map_err(|failure| told(&failure))?;
    }
    Err(match refused.print().and_then(|()| std::io::stdout().flush()) {
        // Help and version were asked for. Who closed the pipe has read enough of them; and where what is wrong cannot be printed, there
        // is nobody to tell.
        Err(error) if !refused.use_stderr() && error.kind() != std::io::ErrorKind::BrokenPipe => {
            told(&unwritten(&error))
        }
        _ => u8::try_from(refused.exit_code()).unwrap_or(FailureKind::Usage.exit_code()),
    })
}

/// Says what was wrong; the exit code.
fn told(failure: &Failure) -> u8 {
    say(&format!("last-resort: {failure}"));
    failure.kind.exit_code()
}

/// Whether a word may be a key, or holds one: twenty characters and more, letters and digits in one run, and no name of a
/// place. The keys of both systems are such; steps, options and campus codes are not.
fn may_be_a_key(word: &OsString) -> bool {
    let word = word.to_string_lossy();
    let value = word.split_once('=').filter(|(name, _)| name.starts_with('-')).map_or(&*word, |(_, value)| value);
    let mixed = value.contains(|c: char| c.is_ascii_digit()) && value.contains(|c: char| c.is_ascii_alphabetic());
    value.len() >= 20 && mixed && !value.contains([' ', ':'])
}

/// Whether the parser's own words repeat what was typed: who types a key after `keys set` must not find it in a log.
fn repeats_a_word(kind: ErrorKind) -> bool {
    !matches!(
        kind,
        ErrorKind::DisplayHelp
            | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
            | ErrorKind::DisplayVersion
            | ErrorKind::MissingSubcommand
    )
}

fn no_argument() -> Failure {
    let slots = KeySlot::ALL.map(KeySlot::as_str).join("|");
    Failure::new(
        FailureKind::Usage,
        "This is not a way to call last-resort, and what was typed is not repeated here. A key is never an argument: it is read from a \
         hidden prompt, or from standard input when that is not a terminal.",
    )
    .hint(format!("last-resort keys set --slot {slots}"))
    .hint("last-resort keys --help")
}

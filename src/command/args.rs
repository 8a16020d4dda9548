//! Parses the command line, and refuses a wrong one without printing back any word that may be a key.
use super::manual::surface;
use super::output::{output_failure, require_output, say};
use crate::cli::Cli;
use crate::failure::{Failure, FailureKind};
use crate::io::shown;
use crate::recipe::KeySlot;
use crate::text::key_shapes;
use crate::tui::script::Script;
use crate::tui::script_of;
use clap::error::{ContextKind, ErrorKind};
use clap::{Command, CommandFactory as _, FromArgMatches as _};
use std::ffi::OsString;
use std::io::{IsTerminal as _, Write as _};

/// Parses the words of the command line, the program name first.
///
/// # Errors
/// The exit code, after help, the version or an error message was printed.
pub fn parse(words: impl IntoIterator<Item = OsString>) -> Result<Cli, u8> {
    let words: Vec<OsString> = words.into_iter().collect();
    let asked = words.iter().any(|word| word == "--ascii");
    if script_of(asked, |name| std::env::var(name).ok()) == Script::Ascii {
        shown::print_ascii();
    }
    let read = |command: Command| {
        command.try_get_matches_from(&words).and_then(|mut read| Cli::from_arg_matches_mut(&mut read))
    };
    // Building the help pages takes time, so they are added only if plain parsing fails: then one of them may be printed.
    let refused = match read(Cli::command()).or_else(|_| read(surface())) {
        Ok(cli) => return require_output().map(|()| cli).map_err(|failure| print_failure(&failure)),
        Err(refused) => refused,
    };
    let mut typed = words.iter().skip(1);
    if typed.any(|word| word == "keys" || may_be_a_key(word)) && repeats_a_word(refused.kind()) {
        return Err(print_failure(&not_repeated(unknown_option(&refused))));
    }
    if !refused.use_stderr() {
        require_output().map_err(|failure| print_failure(&failure))?;
    }
    Err(match print_refused(&refused) {
        // Help or version was asked for and could not be printed. A closed pipe is fine: the reader has seen enough. An error message
        // that cannot be printed has no other place to go.
        Err(error) if !refused.use_stderr() && error.kind() != std::io::ErrorKind::BrokenPipe => {
            print_failure(&output_failure(&error))
        }
        _ => u8::try_from(refused.exit_code()).unwrap_or(FailureKind::Usage.exit_code()),
    })
}

/// Prints clap's help or message. It has wrapped it already.
fn print_refused(refused: &clap::Error) -> std::io::Result<()> {
    let is_terminal =
        if refused.use_stderr() { std::io::stderr().is_terminal() } else { std::io::stdout().is_terminal() };
    if !shown::prints_ascii() && is_terminal {
        return refused.print().and_then(|()| std::io::stdout().flush());
    }
    // Without colours, whatever CLICOLOR_FORCE says: escapes would end up in logs.
    let text = refused.render().to_string();
    match refused.use_stderr() {
        true => std::io::stderr().write_all(shown::spelled(&text).as_bytes()),
        false => {
            let mut out = std::io::stdout().lock();
            out.write_all(shown::spelled(&text).as_bytes()).and_then(|()| out.flush())
        }
    }
}

/// Prints the failure on standard error and returns its exit code.
fn print_failure(failure: &Failure) -> u8 {
    say(&format!("last-resort: {failure}"));
    failure.kind.exit_code()
}

/// Whether a word, or the value in `--option=value`, may be a key: at least 20 characters, with letters and digits, and without a space
/// or colon. Keys of Alma and ILLiad look like this; steps, options and campus codes do not.
fn may_be_a_key(word: &OsString) -> bool {
    let word = word.to_string_lossy();
    let value = word.split_once('=').filter(|(name, _)| name.starts_with('-')).map_or(&*word, |(_, value)| value);
    let mixed = value.contains(|c: char| c.is_ascii_digit()) && value.contains(|c: char| c.is_ascii_alphabetic());
    (value.len() >= 20 && mixed && !value.contains([' ', ':'])) || !key_shapes(value).is_empty()
}

/// Whether clap's message repeats what was typed. A key typed after `keys set` must not end up in a log.
fn repeats_a_word(kind: ErrorKind) -> bool {
    !matches!(
        kind,
        ErrorKind::DisplayHelp
            | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
            | ErrorKind::DisplayVersion
            | ErrorKind::MissingSubcommand
    )
}

/// The option that clap does not know, if its name is one of words alone: no key is.
fn unknown_option(refused: &clap::Error) -> Option<String> {
    let clap::error::ContextValue::String(option) = refused.get(ContextKind::InvalidArg)? else { return None };
    let name = option.split('=').next().unwrap_or_default();
    let words = name.strip_prefix("--").is_some_and(|name| name.chars().all(|c| c.is_ascii_lowercase() || c == '-'));
    (words && name.len() < 20 && refused.kind() == ErrorKind::UnknownArgument).then(|| name.to_owned())
}

fn not_repeated(unknown: Option<String>) -> Failure {
    let slots = KeySlot::ALL.map(KeySlot::as_str).join("|");
    let unknown = unknown.map_or(String::new(), |name| format!("Unknown option {name}. "));
    Failure::new(
        FailureKind::Usage,
        unknown + "Invalid arguments (not shown, in case one is a key). A key is never an argument: last-resort reads it from a \
         hidden prompt, or from standard input when that is not a terminal.",
    )
    .hint(format!("last-resort keys set --slot {slots}"))
    .hint("last-resort keys --help")
}

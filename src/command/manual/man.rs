//! Man pages: of the program, and of each command.
use super::around;
use super::pages::{self, Page};
use super::surface::{codes, surface};
use crate::failure::{Failure, FailureKind};
use clap::Command;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};

/// The page of a command, named by its words; of the program where there are none.
///
/// # Errors
/// There is no such command.
pub(in super::super) fn page(words: &[String]) -> Result<String, Failure> {
    let whole = built();
    let mut command = &whole;
    for word in words {
        command = command.find_subcommand(word).ok_or_else(|| no_such(command))?;
    }
    let page = pages::of(&words.join(" ")).ok_or_else(|| no_such(&whole))?;
    Ok(written(command, page))
}

/// All pages, each with the name of its file.
///
/// # Errors
/// One is of no command.
pub(in super::super) fn all() -> Result<Vec<(String, String)>, Failure> {
    let file = |path: &str| std::iter::once("last-resort").chain(path.split_whitespace()).collect::<Vec<_>>().join("-");
    let named = |told: &Page| -> Result<(String, String), Failure> {
        let words: Vec<String> = told.path.split_whitespace().map(str::to_owned).collect();
        Ok((format!("{}.1", file(told.path)), page(&words)?))
    };
    pages::PAGES.iter().map(named).collect()
}

fn built() -> Command {
    let mut whole = surface().disable_help_subcommand(true);
    whole.build();
    whole
}

/// What was typed is not repeated: it may be anything.
fn no_such(command: &Command) -> Failure {
    let names: Vec<&str> = command.get_subcommands().map(Command::get_name).collect();
    let line = command.get_bin_name().unwrap_or("last-resort");
    let hint = match names.is_empty() {
        true => format!("{line} has no commands below it"),
        false => format!("below {line} there are: {}", names.join(", ")),
    };
    Failure::new(FailureKind::Usage, "There is no such command.").hint(hint)
}

/// What clap knows of the command by `clap_mangen`; what it does not know by our own sections.
fn written(command: &Command, page: &Page) -> String {
    let name = command.get_display_name().unwrap_or("last-resort").to_uppercase();
    let told = if page.more.is_empty() { command.clone() } else { command.clone().long_about(page.more) };
    let man = Man::new(told);
    // An empty date would be left out, and the version would stand in its place.
    let mut text =
        format!(".TH {name} 1 \"\" \"last-resort {}\" \"last-resort\"\n", env!("CARGO_PKG_VERSION")).into_bytes();
    let rendered = man
        .render_name_section(&mut text)
        .and_then(|()| man.render_synopsis_section(&mut text))
        .and_then(|()| man.render_description_section(&mut text))
        .and_then(|()| man.render_options_section(&mut text))
        .and_then(|()| ours(command, page).to_writer(&mut text));
    debug_assert!(rendered.is_ok(), "memory takes everything");
    String::from_utf8_lossy(&text).into_owned()
}

/// The sections that clap knows nothing of, and the commands below by the words one types.
fn ours(command: &Command, page: &Page) -> Roff {
    let mut roff = Roff::new();
    let below: Vec<&Command> = command.get_subcommands().collect();
    let about = |sub: &Command| sub.get_about().map(ToString::to_string).unwrap_or_default();
    if !below.is_empty() {
        section(&mut roff, "COMMANDS", below.iter().map(|sub| (sub.get_bin_name().unwrap_or_default(), about(sub))));
    }
    section(&mut roff, "EXIT STATUS", codes(page).into_iter().map(|(code, words)| (code.to_string(), words)));
    if page.path.is_empty() {
        section(&mut roff, "FILES", around::files());
        section(&mut roff, "ENVIRONMENT", around::environment());
    }
    section(&mut roff, "EXAMPLES", page.examples.iter().copied());
    roff.control("SH", ["SEE ALSO"]);
    let names = see_also(command, &below).into_iter().enumerate();
    roff.text(
        names
            .flat_map(|(at, name)| [roman(if at > 0 { ", " } else { "" }), bold(name), roman("(1)")])
            .collect::<Vec<_>>(),
    );
    roff
}

/// A section of terms, each with its words below it.
fn section(roff: &mut Roff, title: &str, rows: impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>) {
    roff.control("SH", [title]);
    for (term, words) in rows {
        roff.control("TP", []).text([bold(term)]).text([roman(words)]);
    }
}

/// The command above and those below.
fn see_also(command: &Command, below: &[&Command]) -> Vec<String> {
    let page = |line: &str| line.replace(' ', "-");
    let above = command.get_bin_name().and_then(|line| line.rsplit_once(' ')).map(|(above, _)| page(above));
    above.into_iter().chain(below.iter().filter_map(|sub| sub.get_bin_name()).map(page)).collect()
}

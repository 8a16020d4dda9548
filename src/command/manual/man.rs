//! The man pages of the program and of each command.
use super::pages::{self, ManualPage};
use super::surface::{codes, surface};
use super::synopsis::synopsis;
use super::variables_and_files;
use crate::failure::{Failure, FailureKind};
use clap::Command;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};

/// The man page of the command with these words, or of the program if there are none.
pub(in super::super) fn man_page(words: &[String]) -> Result<String, Failure> {
    let whole = whole_command();
    let mut command = &whole;
    for word in words {
        command = command.find_subcommand(word).ok_or_else(|| no_such_command(command))?;
    }
    let page = pages::of(&words.join(" ")).ok_or_else(|| no_such_command(&whole))?;
    Ok(man_text(command, page))
}

/// All man pages, as pairs of file name and text.
pub(in super::super) fn all_pages() -> Result<Vec<(String, String)>, Failure> {
    let file = |path: &str| std::iter::once("last-resort").chain(path.split_whitespace()).collect::<Vec<_>>().join("-");
    let named = |page: &ManualPage| -> Result<(String, String), Failure> {
        let words: Vec<String> = page.path.split_whitespace().map(str::to_owned).collect();
        Ok((format!("{}.1", file(page.path)), man_page(&words)?))
    };
    pages::PAGES.iter().map(named).collect()
}

fn whole_command() -> Command {
    let mut whole = surface().disable_help_subcommand(true);
    whole.build();
    whole
}

/// The failure does not repeat what was typed, which may be anything, even a key.
fn no_such_command(command: &Command) -> Failure {
    let names: Vec<&str> = command.get_subcommands().map(Command::get_name).collect();
    let line = command.get_bin_name().unwrap_or("last-resort");
    let hint = match names.is_empty() {
        true => format!("{line} has no subcommands"),
        false => format!("the commands of {line} are: {}", names.join(", ")),
    };
    Failure::new(FailureKind::Usage, "No such command.").hint(hint)
}

/// The text of a man page: the sections `clap_mangen` can make, then our own.
fn man_text(command: &Command, page: &ManualPage) -> String {
    let name = command.get_display_name().unwrap_or("last-resort").to_uppercase();
    let described = if page.more.is_empty() { command.clone() } else { command.clone().long_about(page.more) };
    let man = Man::new(described);
    // Written by hand: `clap_mangen` leaves out an empty date, and the version would move into its place.
    let mut text =
        format!(".TH {name} 1 \"\" \"last-resort {}\" \"last-resort\"\n", env!("CARGO_PKG_VERSION")).into_bytes();
    let rendered = man
        .render_name_section(&mut text)
        .and_then(|()| synopsis(command).to_writer(&mut text))
        .and_then(|()| man.render_description_section(&mut text))
        .and_then(|()| man.render_options_section(&mut text))
        .and_then(|()| own_sections(command, page).to_writer(&mut text));
    debug_assert!(rendered.is_ok(), "memory takes everything");
    String::from_utf8_lossy(&text).into_owned()
}

/// The sections that clap has no data for, and the list of subcommands under the names one types.
fn own_sections(command: &Command, page: &ManualPage) -> Roff {
    let mut roff = Roff::new();
    let below: Vec<&Command> = command.get_subcommands().collect();
    let about = |sub: &Command| sub.get_about().map(ToString::to_string).unwrap_or_default();
    if !below.is_empty() {
        section(&mut roff, "COMMANDS", below.iter().map(|sub| (sub.get_bin_name().unwrap_or_default(), about(sub))));
    }
    section(&mut roff, "EXIT STATUS", codes(page).into_iter().map(|(code, words)| (code.to_string(), words)));
    if page.path.is_empty() {
        section(&mut roff, "FILES", variables_and_files::files());
        section(&mut roff, "ENVIRONMENT", variables_and_files::environment());
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

/// Adds a section of terms, each with its explanation below it.
fn section(roff: &mut Roff, title: &str, rows: impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>) {
    roff.control("SH", [title]);
    for (term, words) in rows {
        roff.control("TP", []).text([bold(term)]).text([roman(words)]);
    }
}

/// The names of the man pages of the parent command and the subcommands.
fn see_also(command: &Command, below: &[&Command]) -> Vec<String> {
    let page = |line: &str| line.replace(' ', "-");
    let above = command.get_bin_name().and_then(|line| line.rsplit_once(' ')).map(|(above, _)| page(above));
    above.into_iter().chain(below.iter().filter_map(|sub| sub.get_bin_name()).map(page)).collect()
}

//! Man pages: of the program, and of each command.
use super::around;
use super::pages::{self, Page};
use super::surface::{codes, surface};
use crate::failure::{Failure, FailureKind};
use clap::{Arg, ArgAction, Command};
use roff::{Inline, Roff, bold, italic, roman};

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

fn written(command: &Command, page: &Page) -> String {
    let mut roff = Roff::new();
    let name = command.get_display_name().unwrap_or("last-resort");
    let about = command.get_about().map(ToString::to_string).unwrap_or_default();
    roff.control("SH", ["NAME"]);
    roff.text([roman(format!("{name} - {}", about.trim_end_matches('.')))]);
    roff.control("SH", ["SYNOPSIS"]);
    let usage = command.clone().render_usage().to_string();
    let line = command.get_bin_name().unwrap_or("last-resort").to_owned();
    let rest = usage.trim_start_matches("Usage: ").trim_start_matches(&line).to_owned();
    roff.text([bold(line), roman(rest)]);
    roff.control("SH", ["DESCRIPTION"]);
    roff.text([roman(if page.more.is_empty() {
        format!("{}.", about.trim_end_matches('.'))
    } else {
        page.more.to_owned()
    })]);
    options(&mut roff, command);
    let below: Vec<&Command> = command.get_subcommands().collect();
    if !below.is_empty() {
        roff.control("SH", ["COMMANDS"]);
        for sub in &below {
            entry(
                &mut roff,
                sub.get_bin_name().unwrap_or_default(),
                &sub.get_about().map(ToString::to_string).unwrap_or_default(),
            );
        }
    }
    after(&mut roff, page);
    roff.control("SH", ["SEE ALSO"]);
    let names: Vec<Inline> = see_also(command, &below)
        .into_iter()
        .enumerate()
        .flat_map(|(at, name)| [roman(if at > 0 { ", " } else { "" }), bold(name), roman("(1)")])
        .collect();
    roff.text(names);
    // The crate leaves an empty argument out, and the version would stand where the date belongs.
    let version = env!("CARGO_PKG_VERSION");
    format!(".TH {} 1 \"\" \"last-resort {version}\" \"last-resort\"\n{}", name.to_uppercase(), roff.render())
}

/// Arguments first, then its own options, then those of every command.
fn options(roff: &mut Roff, command: &Command) {
    let shown: Vec<&Arg> = command.get_arguments().filter(|arg| !arg.is_hide_set()).collect();
    let (own, everywhere): (Vec<&Arg>, Vec<&Arg>) = shown.into_iter().partition(|arg| arg.get_help_heading().is_none());
    roff.control("SH", ["OPTIONS"]);
    let (first, then): (Vec<&Arg>, Vec<&Arg>) = own.into_iter().partition(|arg| arg.is_positional());
    first.iter().chain(&then).for_each(|arg| option(roff, arg));
    if let Some(heading) = everywhere.first().and_then(|arg| arg.get_help_heading()) {
        roff.control("SS", [heading]);
    }
    everywhere.iter().for_each(|arg| option(roff, arg));
}

fn option(roff: &mut Roff, arg: &Arg) {
    let names = arg.get_short().map(|short| format!("-{short}")).into_iter();
    let names = names.chain(arg.get_long().map(|long| format!("--{long}")));
    let mut head: Vec<Inline> = vec![bold(names.collect::<Vec<_>>().join(", "))];
    let takes = arg.is_positional() || arg.get_action().takes_values();
    let value = arg.get_value_names().map(|names| names.join(" ")).unwrap_or_default();
    match (arg.is_positional(), takes) {
        (true, _) => head = vec![italic(value)],
        (false, true) => head.extend([roman(" "), italic(value)]),
        (false, false) if matches!(arg.get_action(), ArgAction::Count) => head.push(roman("...")),
        (false, false) => {}
    }
    roff.control("TP", []);
    roff.text(head);
    let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
    let values: Vec<String> = match takes {
        true => arg.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect(),
        false => Vec::new(),
    };
    let mut words = format!("{}.", help.trim_end_matches('.'));
    if !values.is_empty() {
        words += &format!(" One of {}.", values.join(", "));
    }
    let default: Vec<String> =
        arg.get_default_values().iter().map(|value| value.to_string_lossy().into_owned()).collect();
    if takes && !default.is_empty() {
        words += &format!(" By default {}.", default.join(", "));
    }
    roff.text([roman(words)]);
}

fn after(roff: &mut Roff, page: &Page) {
    roff.control("SH", ["EXIT STATUS"]);
    codes(page).iter().for_each(|(code, words)| entry(roff, &code.to_string(), words));
    if page.path.is_empty() {
        roff.control("SH", ["FILES"]);
        around::files().iter().for_each(|(path, words)| entry(roff, path, words));
        roff.control("SH", ["ENVIRONMENT"]);
        around::environment().iter().for_each(|(name, words)| entry(roff, name, words));
    }
    roff.control("SH", ["EXAMPLES"]);
    page.examples.iter().for_each(|(line, words)| entry(roff, line, words));
}

/// The command above and those below.
fn see_also(command: &Command, below: &[&Command]) -> Vec<String> {
    let page = |line: &str| line.replace(' ', "-");
    let above = command.get_bin_name().and_then(|line| line.rsplit_once(' ')).map(|(above, _)| page(above));
    above.into_iter().chain(below.iter().filter_map(|sub| sub.get_bin_name()).map(page)).collect()
}

fn entry(roff: &mut Roff, term: &str, words: &str) {
    roff.control("TP", []);
    roff.text([bold(term)]);
    roff.text([roman(words)]);
}

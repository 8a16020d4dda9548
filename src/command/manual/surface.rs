//! The command line of `cli` with its manual: what `--help` shows, and what man pages and completions are made from.
use super::pages::{self, Codes, ManualPage};
use super::variables_and_files;
use crate::cli::Cli;
use crate::drive::attestable;
use crate::failure::EXIT_CODES;
use crate::recipe::{Recipe, StepId};
use crate::sim::world_names;
use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{Command, CommandFactory as _};
use std::collections::BTreeSet;

/// The order of a help page: one line on the command, its manual, usage, options, then examples and tables.
const TEMPLATE: &str = "{about}\n\n{before-help}{usage-heading} {usage}\n\n{all-args}{after-help}";

/// The whole command line, with the manual in every help page.
pub(in super::super) fn surface() -> Command {
    with_manual(Cli::command(), "")
}

/// The command line for shell completion. It also lists practice worlds, campuses and what can be signed off, which are too many for a
/// help page. `here` are the codes of the campuses set up here.
pub(in super::super) fn for_shells(here: Vec<String>) -> Command {
    let worlds = || possible_values(world_names().into_iter().map(|(name, _)| name));
    let command = ["practice", "simulate"].into_iter().fold(surface(), |command, name| {
        command.mut_subcommand(name, |sub| sub.mut_arg("world", |world| world.value_parser(worlds())))
    });
    // The parser wants static words. Leaking them is fine, as the program ends once the completions are printed.
    let here = here.into_iter().map(|code| &*code.leak());
    let campuses: BTreeSet<&'static str> = here.collect();
    command.mut_arg("campus", |campus| campus.value_parser(possible_values(campuses))).mut_subcommand("attest", |sub| {
        sub.mut_arg("what", |what| what.value_parser(possible_values(attestable_words())))
    })
}

fn possible_values(all: impl IntoIterator<Item = &'static str>) -> PossibleValuesParser {
    PossibleValuesParser::new(all.into_iter().map(PossibleValue::new))
}

/// The steps and fields that a person can sign off.
fn attestable_words() -> Vec<&'static str> {
    let recipe = Recipe::embedded();
    let steps = StepId::ALL.into_iter().map(StepId::as_str);
    let all = steps.chain(recipe.fields().map(|field| field.key.as_str()));
    all.filter(|word| attestable(recipe, &[(*word).to_owned()]).is_ok()).collect()
}

/// Adds the manual to a command and to all its subcommands.
fn with_manual(command: Command, path: &str) -> Command {
    let below: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    let command = below.into_iter().fold(command, |command, name| {
        let path = format!("{path} {name}");
        command.mut_subcommand(name, |sub| with_manual(sub, path.trim()))
    });
    let Some(page) = pages::of(path) else { return command };
    let command = command.help_template(TEMPLATE).after_help(below_options(page));
    if page.more.is_empty() { command } else { command.before_help(page.more) }
}

fn below_options(page: &ManualPage) -> String {
    let mut parts = vec![examples(page)];
    if page.path.is_empty() {
        parts.push(table("Environment:", &variables_and_files::environment()));
        parts.push(table("Files:", &variables_and_files::files()));
    }
    let codes: Vec<(String, String)> =
        codes(page).into_iter().map(|(code, words)| (code.to_string(), words.to_owned())).collect();
    parts.push(table("Exit codes:", &codes));
    parts.join("\n\n")
}

fn examples(page: &ManualPage) -> String {
    let lines = page.examples.iter().map(|(line, words)| format!("\n  {line}\n      {words}"));
    std::iter::once("Examples:".to_owned()).chain(lines).collect()
}

/// A table with a head: names and words in two columns, or the words on the next line if both are too long for 80 columns.
fn table(head: &str, rows: &[(String, String)]) -> String {
    const WIDE: usize = 25;
    let width = rows.iter().map(|(name, _)| name.len()).filter(|width| *width <= WIDE).max().unwrap_or(0);
    let line = |(name, words): &(String, String)| match (name.len(), 2 + width + 2 + words.len()) {
        (0..=WIDE, 0..=80) => format!("\n  {name:<width$}  {words}"),
        _ => format!("\n  {name}\n      {words}"),
    };
    std::iter::once(head.to_owned()).chain(rows.iter().map(line)).collect()
}

/// The exit codes of a command, each with what it means.
pub(super) fn codes(page: &ManualPage) -> Vec<(u8, &'static str)> {
    if page.path.is_empty() {
        return EXIT_CODES.to_vec();
    }
    let own = match page.codes {
        // Codes above these come from signals other than Ctrl-C; only the page of the program lists them.
        Codes::Judged => return EXIT_CODES.into_iter().filter(|(code, _)| *code <= 4 || *code == 130).collect(),
        Codes::Done(words) => &[(0, words)][..],
        Codes::Own(own) => own,
    };
    // 1, 2 and 130 mean the same for every command, unless its own codes say otherwise.
    let usual = |code: u8| EXIT_CODES.into_iter().filter(move |(usual, _)| *usual == code);
    let mut all = own.to_vec();
    for code in [1, 2, 130] {
        if !own.iter().any(|(given, _)| *given == code) {
            all.extend(usual(code));
        }
    }
    all.sort_by_key(|(code, _)| *code);
    all
}

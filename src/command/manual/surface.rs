//! The table of commands with the words around it: what `--help` shows, and what man pages and completions are made of.
use super::around;
use super::pages::{self, Codes, Page};
use crate::cli::Cli;
use crate::drive::attestable;
use crate::failure::EXIT_CODES;
use crate::recipe::{Recipe, StepId};
use crate::sim::world_names;
use crate::site::zones;
use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{Command, CommandFactory as _};
use std::collections::BTreeSet;

/// About, then what there is to know, then the options, then examples.
const TEMPLATE: &str = "{about}\n\n{before-help}{usage-heading} {usage}\n\n{all-args}{after-help}";

/// The command line as it is parsed, with help that needs no manual.
#[must_use]
pub fn surface() -> Command {
    told(Cli::command(), "")
}

/// The same for shells that complete words: they are also told the worlds, the campuses and what can be signed off, which are too many
/// for a help text. `here` are the campuses set up here.
#[must_use]
pub(in super::super) fn for_shells(here: Vec<String>) -> Command {
    let worlds = || words(world_names().into_iter().map(|(name, _)| name));
    let command = ["practice", "simulate"].into_iter().fold(surface(), |command, name| {
        command.mut_subcommand(name, |sub| sub.mut_arg("world", |world| world.value_parser(worlds())))
    });
    // The parser wants words that stay; the program ends once they are printed.
    let here = here.into_iter().map(|code| &*code.leak());
    let campuses: BTreeSet<&'static str> = here.chain(zones().iter().map(|zone| zone.code.as_str())).collect();
    command
        .mut_arg("campus", |campus| campus.value_parser(words(campuses)))
        .mut_subcommand("attest", |sub| sub.mut_arg("what", |what| what.value_parser(words(signed_off()))))
}

fn words(all: impl IntoIterator<Item = &'static str>) -> PossibleValuesParser {
    PossibleValuesParser::new(all.into_iter().map(PossibleValue::new))
}

/// The steps and the keys that a person's word counts for.
fn signed_off() -> Vec<&'static str> {
    let recipe = Recipe::embedded();
    let steps = StepId::ALL.into_iter().map(StepId::as_str);
    let all = steps.chain(recipe.fields().map(|field| field.key.as_str()));
    all.filter(|word| attestable(recipe, &[(*word).to_owned()]).is_ok()).collect()
}

/// A command and all below it, with their words.
fn told(command: Command, path: &str) -> Command {
    let below: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    let command = below.into_iter().fold(command, |command, name| {
        let path = format!("{path} {name}");
        command.mut_subcommand(name, |sub| told(sub, path.trim()))
    });
    let Some(page) = pages::of(path) else { return command };
    let command = command.help_template(TEMPLATE).after_help(after(page));
    if page.more.is_empty() { command } else { command.before_help(page.more) }
}

fn after(page: &Page) -> String {
    let mut parts = vec![examples(page)];
    if page.path.is_empty() {
        parts.push(table("Environment:", &around::environment()));
        parts.push(table("Files:", &around::files()));
    }
    let codes: Vec<(String, String)> =
        codes(page).into_iter().map(|(code, words)| (code.to_string(), words.to_owned())).collect();
    parts.push(table("Exit codes:", &codes));
    parts.join("\n\n")
}

fn examples(page: &Page) -> String {
    let lines = page.examples.iter().map(|(line, words)| format!("\n  {line}\n      {words}"));
    std::iter::once("Examples:".to_owned()).chain(lines).collect()
}

/// Two columns where both fit into 80; else the words below.
fn table(head: &str, rows: &[(String, String)]) -> String {
    const WIDE: usize = 25;
    let width = rows.iter().map(|(name, _)| name.len()).filter(|width| *width <= WIDE).max().unwrap_or(0);
    let line = |(name, words): &(String, String)| match name.len() {
        0..=WIDE => format!("\n  {name:<width$}  {words}"),
        _ => format!("\n  {name}\n      {words}"),
    };
    std::iter::once(head.to_owned()).chain(rows.iter().map(line)).collect()
}

/// The exit codes of a command, in words.
pub(super) fn codes(page: &Page) -> Vec<(u8, &'static str)> {
    if page.path.is_empty() {
        return EXIT_CODES.to_vec();
    }
    let own = match page.codes {
        // Above these are the signals', which are the program's matter.
        Codes::Judged => return EXIT_CODES.into_iter().filter(|(code, _)| *code <= 4 || *code == 130).collect(),
        Codes::Done(words) => &[(0, words)][..],
        Codes::Own(own) => own,
    };
    // The first two say how it ended, whatever the command; what it says itself stands for the rest.
    let usual = |code: u8| EXIT_CODES.into_iter().filter(move |(usual, _)| *usual == code);
    let mut all = own.to_vec();
    for code in [1, 2, 130] {
        if !own.iter().any(|(told, _)| *told == code) {
            all.extend(usual(code));
        }
    }
    all.sort_by_key(|(code, _)| *code);
    all
}

//! The synopsis of a man page. `clap_mangen` leaves out the values of options, so it is made here.
use clap::{Arg, ArgAction, Command};
use clap_mangen::roff::{Inline, Roff, bold, italic, roman};

/// The section SYNOPSIS of a command: its options with their values, then its words, then what stands below it.
pub(super) fn synopsis(command: &Command) -> Roff {
    let shown = |arg: &&Arg| !arg.is_hide_set();
    let mut line = vec![bold(command.get_bin_name().unwrap_or("last-resort"))];
    for option in command.get_opts().chain(command.get_arguments().filter(|arg| is_flag(arg))).filter(shown) {
        line.extend(bracketed(option, option_words(option)));
    }
    for word in command.get_positionals().filter(shown) {
        let more = if word.get_num_args().is_some_and(|count| count.max_values() > 1) { "..." } else { "" };
        line.extend(bracketed(word, vec![italic(value_names(word)), roman(more)]));
    }
    if command.has_subcommands() {
        let (open, close) = if command.is_subcommand_required_set() { ("", "") } else { ("[", "]") };
        line.extend([roman(format!(" {open}")), italic("command"), roman(close)]);
    }
    let mut roff = Roff::new();
    roff.control("SH", ["SYNOPSIS"]).text(line);
    roff
}

fn is_flag(arg: &Arg) -> bool {
    !arg.is_positional() && !arg.get_action().takes_values()
}

/// The option as one types it, with its value.
fn option_words(option: &Arg) -> Vec<Inline> {
    let names = option.get_short().map(|short| format!("-{short}")).into_iter();
    let names = names.chain(option.get_long().map(|long| format!("--{long}")));
    let mut words = Vec::new();
    for name in names {
        if !words.is_empty() {
            words.push(roman("|"));
        }
        words.push(bold(name));
    }
    if option.get_action().takes_values() {
        words.extend([roman(" "), italic(value_names(option))]);
    }
    words
}

/// The names of the value, such as `CODE`.
fn value_names(arg: &Arg) -> String {
    match arg.get_value_names() {
        Some(names) => names.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
        None => arg.get_id().as_str().to_uppercase(),
    }
}

/// A blank and the words, in brackets unless they are required, with dots where they may be repeated.
fn bracketed(arg: &Arg, words: Vec<Inline>) -> Vec<Inline> {
    let (open, close) = if arg.is_required_set() { ("", "") } else { ("[", "]") };
    let repeated = !arg.is_positional() && matches!(arg.get_action(), ArgAction::Append | ArgAction::Count);
    let end = format!("{close}{}", if repeated { "..." } else { "" });
    std::iter::once(roman(format!(" {open}"))).chain(words).chain([roman(end)]).collect()
}

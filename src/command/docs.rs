//! The commands `completions` and `man`, made from the command line in `cli` and its manual.
use super::manual;
use super::output::{self, Outcome};
use super::simulate::consortium_here;
use crate::failure::{Failure, FailureKind};
use crate::io::{CampusFiles, Folders};
use clap::{Arg, Command};
use clap_complete::Shell;
use std::path::Path;

/// Prints the completion script for a shell.
pub(super) fn completions(shell: Shell) -> Outcome {
    let mut command = manual::for_shells(known_campus_codes());
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut command, "last-resort", &mut text);
    let text = String::from_utf8_lossy(&text);
    let text = match shell {
        // For a program with a hyphen in its name, the generator spells the name in two ways, and subcommands are not completed
        // (clap-rs/clap#6421).
        Shell::Bash => text.replace("last__subcmd__resort", "last__resort"),
        // The fish generator leaves out positional arguments, as clap_complete documents.
        Shell::Fish => text.into_owned() + &values_for_fish(&command),
        _ => text.into_owned(),
    };
    output::text(&text)?;
    Ok(0)
}

/// The codes of the campuses set up here, and of those that the set-up offers.
fn known_campus_codes() -> Vec<String> {
    let listing = Folders::from_env().and_then(|folders| CampusFiles::new(folders).list());
    let here = listing.map_or_else(|_| Vec::new(), |listing| listing.known).into_iter().map(|known| known.code);
    let consortium = consortium_here().unwrap_or_default();
    here.chain(consortium.campuses.iter().map(|zone| zone.code.clone())).map(|code| code.to_string()).collect()
}

/// Fish completions for the values of positional arguments, such as steps and shells.
fn values_for_fish(command: &Command) -> String {
    let line = |sub: &Command| {
        let values: Vec<String> =
            sub.get_positionals().flat_map(Arg::get_possible_values).map(|value| value.get_name().to_owned()).collect();
        let name = sub.get_name();
        let (when, what) = (format!("__fish_last_resort_using_subcommand {name}"), values.join(" "));
        (!what.is_empty()).then(|| format!("complete -c last-resort -n \"{when}\" -f -a \"{what}\"\n"))
    };
    command.get_subcommands().filter_map(line).collect()
}

/// Prints the man page of the program, or of the command named.
pub(super) fn man(of: &[String]) -> Outcome {
    output::text(&manual::man_page(of)?)?;
    Ok(0)
}

/// Writes all man pages into a folder, and creates the folder if necessary.
pub(super) fn man_into(folder: &Path) -> Outcome {
    let failed = |error: std::io::Error| {
        Failure::new(FailureKind::Files, format!("The man pages could not be written to {}: {error}", folder.display()))
            .hint("choose a folder you can write to, for example: last-resort man --into man")
    };
    std::fs::create_dir_all(folder).map_err(failed)?;
    for (name, text) in manual::all_pages()? {
        std::fs::write(folder.join(name), text).map_err(failed)?;
    }
    Ok(0)
}

//! `completions` and `man`, from the table in `cli` and the manual beside it.
use super::answer::{self, Outcome};
use super::manual;
use crate::failure::{Failure, Kind};
use std::path::Path;

/// Completions for a shell.
pub(super) fn completions(shell: clap_complete::Shell) -> Outcome {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut manual::for_shells(), "last-resort", &mut text);
    answer::bytes(&text)?;
    Ok(0)
}

/// The man page of the program, or of the command named.
pub(super) fn man(of: &[String]) -> Outcome {
    answer::bytes(manual::man_page(of)?.as_bytes())?;
    Ok(0)
}

/// All man pages, into a folder, which is made if need be.
pub(super) fn man_into(folder: &Path) -> Outcome {
    let failed = |error: std::io::Error| {
        Failure::new(Kind::Files, format!("The man pages could not be written to {}: {error}", folder.display()))
            .hint("name a folder of yours: last-resort man --into man")
    };
    std::fs::create_dir_all(folder).map_err(failed)?;
    for (name, text) in manual::all_pages()? {
        std::fs::write(folder.join(name), text).map_err(failed)?;
    }
    Ok(0)
}

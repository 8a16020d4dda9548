//! The binary: parses the arguments, runs the command, returns its exit code.
use last_resort::{command, io};
use std::io::IsTerminal as _;
use std::process::ExitCode;

fn main() -> ExitCode {
    // Every command needs the recipe. Without a command the wizard may open with the set-up, which does not.
    if std::env::args_os().len() > 1 {
        command::read_ahead();
    }
    // A panic report names where it happened, and no data. The wizard adds a hook in front of it that restores the terminal.
    let plain = !std::io::stderr().is_terminal() || std::env::var_os("NO_COLOR").is_some();
    let hooks = color_eyre::config::HookBuilder::default().display_env_section(false);
    let hooks = if plain { hooks.theme(color_eyre::config::Theme::new()) } else { hooks };
    let hooks = hooks.install();
    if hooks.is_err() || io::harden().is_err() {
        // The program works without either.
    }
    ExitCode::from(command::parse(std::env::args_os()).map_or_else(|code| code, command::run))
}

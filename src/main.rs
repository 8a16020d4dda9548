//! The binary: arguments in, exit code out.
use clap::Parser as _;
use last_resort::cli::Cli;
use last_resort::{command, io};
use std::process::ExitCode;

fn main() -> ExitCode {
    // A panic names its place and never its data; the terminal's own hook is put before this one by the wizard.
    let hooks = color_eyre::config::HookBuilder::default().display_env_section(false).install();
    if hooks.is_err() || io::harden().is_err() {
        // Neither is a reason not to work.
    }
    ExitCode::from(command::run(Cli::parse()))
}

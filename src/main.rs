//! The binary: arguments in, exit code out.
use last_resort::{command, io};
use std::process::ExitCode;

fn main() -> ExitCode {
    // Every command works on the recipe; the bare program may begin with a set-up, which does not.
    if std::env::args_os().len() > 1 {
        command::read_ahead();
    }
    // A panic names its place and never its data; the terminal's own hook is put before this one by the wizard.
    let hooks = color_eyre::config::HookBuilder::default().display_env_section(false).install();
    if hooks.is_err() || io::harden().is_err() {
        // Neither is a reason not to work.
    }
    ExitCode::from(command::parsed(std::env::args_os()).map_or_else(|code| code, command::run))
}

//! Other programs that this one runs.
use std::process::Command;

/// What the names of this program's variables begin with. Three of them hold keys.
const OURS: &str = "LAST_RESORT_";

/// A command whose environment has none of this program's variables, so that no other program gets a key.
pub fn child_command(program: &str) -> Command {
    let mut command = Command::new(program);
    for (name, _) in std::env::vars_os() {
        if name.as_encoded_bytes().starts_with(OURS.as_bytes()) {
            command.env_remove(name);
        }
    }
    command
}

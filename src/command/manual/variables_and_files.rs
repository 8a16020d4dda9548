//! The environment variables and files that the program uses, for help and man pages. Their names are taken from the code that uses them
//! where possible.
use crate::io::{Folders, Preferences, variable};
use crate::recipe::KeySlot;
use crate::site::CampusCode;

/// The environment variables that have an effect, each with what it does.
pub(super) fn environment() -> Vec<(String, String)> {
    let keys = KeySlot::ALL.map(|slot| {
        let words = match slot {
            KeySlot::Alma => "the Alma key, instead of the keyring's",
            KeySlot::Illiad => "the ILLiad key, instead of the keyring's",
            KeySlot::Export => "the key that Alma uses, instead of the keyring's",
        };
        (variable(slot), words)
    });
    let others = [
        ("NO_COLOR", "if not empty: no colours"),
        ("ACCESSIBLE", "1: line mode; 0: full screen, even with prefer --plain"),
        ("TERM", "dumb, unknown, empty or not set: line mode; linux, vt100, vt220: ASCII only"),
        ("LC_ALL, LC_CTYPE, LANG", "ASCII only if the first one set is not UTF-8"),
        ("XDG_CONFIG_HOME", "folder of the campus files, instead of ~/.config"),
        ("XDG_STATE_HOME", "folder of the journals, instead of ~/.local/state"),
        ("LAST_RESORT_STATE", "a state folder that a group shares, for working together on one host"),
        ("CREDENTIALS_DIRECTORY", "folder with a key in each file CODE.SLOT, for unattended runs (systemd sets it)"),
        ("TMUX", "if set: copy through tmux, and ask tmux about UTF-8"),
        ("SUDO_USER", "recorded in the journal and in sign-offs"),
    ];
    keys.into_iter().chain(others).map(|(name, words)| (name.to_owned(), words.to_owned())).collect()
}

/// The files of this program, each with what is in it.
pub(super) fn files() -> Vec<(String, String)> {
    // The paths are built by the program's own code for an example campus, whose code is then replaced by CODE.
    const CAMPUS: &str = "01CUNY_QC";
    let folders = Folders::at("~/.config", "~/.local/state");
    let Some(campus) = CampusCode::parse(CAMPUS) else { return Vec::new() };
    let config = folders.campus_file(&campus).display().to_string();
    let procedure = folders.procedure_file().display().to_string();
    let liked = Preferences::of(&folders).path().display().to_string();
    let log = folders.state_of(&campus).file("last-resort.log").display().to_string();
    let state = folders.state_of(&campus).path().display().to_string();
    [
        (config, "the campus file: name, hosts, library, [want], [keys]"),
        (procedure, "for all campuses: [consortium], [[campus]], [want]"),
        (liked, "how the wizard looks, saved by prefer"),
        (format!("{state}/"), "its journal: actions, evidence, sign-offs; no keys"),
        (log, "log of every request in recent runs; no keys"),
    ]
    .map(|(path, words)| (path.replace(CAMPUS, "CODE"), words.to_owned()))
    .into()
}

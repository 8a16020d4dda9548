//! A state folder that a group shares (`LAST_RESORT_STATE`).
use crate::harness::{Desk, Ran, Started};
use std::fs;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

struct SharedDesk {
    desk: Desk,
    folder: PathBuf,
}

impl SharedDesk {
    fn new() -> Self {
        let desk = Desk::in_world("done");
        let folder = desk.config().join("shared");
        fs::create_dir_all(&folder).expect("a folder");
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o2770)).expect("shared");
        Self { desk, folder }
    }

    fn run(&self, args: &[&str]) -> Ran {
        let mut command = self.desk.command(args);
        command.env("LAST_RESORT_STATE", &self.folder);
        Started::new(command.spawn().expect("the binary")).end()
    }
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).expect("there").mode() & 0o7777
}

#[test]
fn new_files_are_the_groups_and_what_is_there_keeps_its_mode() {
    let shared = SharedDesk::new();
    shared.run(&["attest", "rota"]).exits(0);
    let campus = shared.folder.join("01CUNY_QC");
    assert_eq!(mode(&campus), 0o2770);
    for file in ["journal.jsonl", "last-resort.log"] {
        assert_eq!(mode(&campus.join(file)), 0o660, "{file}");
    }
    fs::set_permissions(campus.join("journal.jsonl"), fs::Permissions::from_mode(0o664)).expect("set");
    shared.run(&["attest", "rule"]).exits(0);
    assert_eq!(mode(&campus.join("journal.jsonl")), 0o664);
    assert!(!shared.desk.state().exists(), "nothing in this user's own state folder");
}

#[test]
fn a_link_or_a_strangers_file_is_refused() {
    let shared = SharedDesk::new();
    let elsewhere = shared.desk.config().join("elsewhere");
    fs::create_dir_all(&elsewhere).expect("a folder");
    std::os::unix::fs::symlink(&elsewhere, shared.folder.join("01CUNY_QC")).expect("a link");
    let ran = shared.run(&["attest", "rota"]).exits(1);
    assert!(ran.err().contains("it is a link"), "{}", ran.err());
    assert!(fs::read_dir(&elsewhere).expect("a folder").next().is_none(), "nothing was written there");
}

#[test]
fn a_name_that_leads_nowhere_is_refused_before_anything_is_done() {
    let desk = Desk::in_world("done");
    for folder in ["relative/folder", "/dev/null"] {
        let mut command = desk.command(&["check"]);
        command.env("LAST_RESORT_STATE", folder);
        let ran = Started::new(command.spawn().expect("the binary")).end().exits(2);
        assert!(ran.err().contains("LAST_RESORT_STATE") && ran.err().contains("next: "), "{}", ran.err());
    }
    assert!(!desk.state().exists() && desk.sim.requests().is_empty());
}

//! Pipes, devices and the like in place of the program's files are reported at once; the program never waits for them
//! or reads without end.
use crate::harness::Desk;
use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;

fn pipe(at: &Path) {
    fs::create_dir_all(at.parent().expect("a folder")).expect("made");
    assert!(Command::new("mkfifo").arg(at).status().expect("mkfifo").success());
}

fn device(at: &Path) {
    fs::create_dir_all(at.parent().expect("a folder")).expect("made");
    symlink("/dev/zero", at).expect("a link");
}

#[test]
fn a_pipe_or_a_device_is_no_campus_file() {
    for put in [pipe, device] {
        let desk = Desk::in_world("done");
        let other = desk.config().join("last-resort/campuses/01CUNY_BC.toml");
        put(&other);
        let ran = desk.run(&["campuses"]).exits(2);
        assert!(ran.out().contains("01CUNY_BC  has problems") && ran.out().contains("not a file"), "{}", ran.out());
        assert!(ran.out().contains("Queens College"), "a bad file does not hide the others: {}", ran.out());
        let ran = desk.run(&["check", "--campus", "01CUNY_BC"]).exits(2);
        assert!(ran.err().contains("not a file"), "{}", ran.err());
    }
    let desk = Desk::in_world("done");
    let long = desk.config().join("last-resort/campuses/01CUNY_BC.toml");
    fs::write(&long, "# \n".repeat(200_000)).expect("written");
    let ran = desk.run(&["check", "--campus", "01CUNY_BC"]).exits(2);
    assert!(ran.err().contains("it is larger than 256 KB"), "{}", ran.err());
}

#[test]
fn a_pipe_or_a_device_is_no_journal_and_no_lock() {
    let states: [fn(&Desk) -> PathBuf; 2] = [Desk::journal_path, |desk| desk.journal_path().with_file_name("lock")];
    for (at, state) in states.into_iter().enumerate() {
        for put in [pipe, device] {
            let desk = Desk::in_world("drifted");
            put(&state(&desk));
            let before = desk.record();
            let ran = desk.run(&["apply", "partner", "--confirm", "01CUNY_QC"]).exits(1);
            assert!(["not a file", "it is a link"].iter().any(|why| ran.err().contains(why)), "{}", ran.err());
            assert!(desk.writes().is_empty() && desk.record() == before);
            // Only a run that writes takes the lock. Without the journal, sign-offs are unknown.
            let code = if at == 0 { 1 } else { 3 };
            desk.run(&["check", "partner"]).exits(code);
            desk.run(&["attest", "rota"]).exits(if at == 0 { 1 } else { 0 });
        }
    }
}

#[test]
fn what_others_may_read_is_narrowed_whenever_it_is_used() {
    let desk = Desk::in_world("drifted");
    desk.apply(&["partner", "parameters"]).exits(4);
    let state = desk.state().join("last-resort");
    let all = |folder: &Path| {
        let listed = Command::new("find").arg(folder).output().expect("find");
        String::from_utf8(listed.stdout).expect("UTF-8").lines().map(PathBuf::from).collect::<Vec<_>>()
    };
    for path in all(&state) {
        fs::set_permissions(&path, fs::Permissions::from_mode(0o777)).expect("set");
    }
    desk.undo().exits(0);
    let images = desk.journal_path().with_file_name("images");
    let mut narrowed = 0;
    for path in all(&desk.journal_path().with_file_name("")) {
        let mode = fs::metadata(&path).expect("there").permissions().mode() & 0o777;
        match path.is_dir() {
            true => assert_eq!(mode, 0o700, "{}", path.display()),
            // Images that this undo did not need keep their mode, but the narrowed folder protects them.
            false if path.starts_with(&images) => narrowed += usize::from(mode == 0o600),
            false => assert_eq!(mode, 0o600, "{}", path.display()),
        }
    }
    assert!(narrowed > 0, "no image was narrowed");
}

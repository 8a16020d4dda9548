//! A home that is not writable: reading still works and reports what cannot be saved. Nothing is written to Alma unless
//! the journal can record it.
use crate::harness::{Desk, Started};
use std::fs;

/// Opens a desk where a file takes the place of one of the program's state folders.
fn blocked(world: &str, at: &str) -> Desk {
    let desk = Desk::in_world(world);
    let path = if at.is_empty() { desk.state() } else { desk.state().join(at) };
    fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    fs::write(path, "in the way").expect("written");
    desk
}

const PLACES: [&str; 3] = ["", "last-resort", "last-resort/01CUNY_QC"];

#[test]
fn what_was_signed_off_cannot_be_known_where_no_folder_stands_so_a_check_says_why() {
    for at in PLACES {
        let desk = blocked("done", at);
        let ran = desk.run(&["check", "partner"]).exits(1);
        assert!(
            ran.err().contains("no log is written") && ran.err().contains("cannot read the journal"),
            "{}",
            ran.err()
        );
        assert!(ran.err().contains("move it away"), "{at}: {}", ran.err());
        assert!(desk.sim.requests().is_empty());
    }
}

/// In `/proc` nobody can make a folder, not even root.
#[cfg(target_os = "linux")]
#[test]
fn where_nothing_can_be_kept_a_check_still_reads_and_nothing_is_written_to_alma() {
    for (world, code) in [("done", 4), ("drifted", 3)] {
        let desk = Desk::in_world(world);
        let run = |args: &[&str]| {
            let mut command = desk.command(args);
            command.env("XDG_STATE_HOME", "/proc");
            Started::new(command.spawn().expect("the binary")).end()
        };
        let ran = run(&["check", "partner", "--json"]).exits(code);
        let remarks = ran.json()["remarks"].to_string();
        assert!(
            remarks.contains("/proc/last-resort"),
            "a remark says that the journal could not be written: {remarks}"
        );
        assert!(ran.err().contains("no log is written") && ran.err().contains("XDG_STATE_HOME"), "{}", ran.err());
        run(&["plan", "partner"]).exits(code);
        let ran = run(&["attest", "rota"]).exits(1);
        assert!(ran.out().is_empty() && ran.err().contains("/proc/last-resort"), "{}", ran.err());
        let before = desk.record();
        let ran = run(&["apply", "partner", "--confirm", "01CUNY_QC"]).exits(1);
        assert!(ran.err().contains("/proc/last-resort"), "{}", ran.err());
        assert!(desk.writes().is_empty() && desk.record() == before);
    }
}

#[test]
fn nothing_is_written_to_alma_that_cannot_be_journaled() {
    for at in PLACES {
        for world in ["drifted", "fresh"] {
            let desk = blocked(world, at);
            let before = desk.sim.partner("ILLiad");
            let ran = desk.run(&["apply", "partner", "parameters", "--confirm", "01CUNY_QC"]).exits(1);
            assert!(ran.err().contains("move it away"), "{world}, {at}: {}", ran.err());
            assert!(desk.writes().is_empty(), "{world}, {at}");
            assert_eq!(desk.sim.partner("ILLiad"), before);
            desk.undo().exits(1);
        }
    }
}

#[test]
fn a_journal_that_is_a_folder_is_no_journal() {
    let desk = Desk::in_world("drifted");
    fs::create_dir_all(desk.journal_path()).expect("made");
    for args in [&["check"][..], &["plan"], &["attest", "rota"], &["apply", "partner", "--confirm", "01CUNY_QC"]] {
        let ran = desk.run(args).exits(1);
        assert!(ran.err().contains("journal"), "{args:?}: {}", ran.err());
    }
    assert!(desk.writes().is_empty());
}

#[test]
fn a_word_that_cannot_be_kept_is_not_called_kept() {
    for at in PLACES {
        let desk = blocked("done", at);
        let ran = desk.run(&["attest", "rota"]).exits(1);
        assert!(!ran.out().contains("signed off"), "{at}: {}", ran.out());
        assert!(ran.err().contains("move it away"), "{at}: {}", ran.err());
    }
}

#[test]
fn campus_files_in_a_place_that_is_no_folder_are_a_sentence() {
    let desk = Desk::in_world("done");
    fs::remove_dir_all(desk.config()).expect("removed");
    fs::create_dir_all(desk.config().join("last-resort")).expect("made");
    fs::write(desk.config().join("last-resort/campuses"), "in the way").expect("written");
    for args in [&["campuses"][..], &["check"], &["check", "--campus", "01CUNY_QC"]] {
        let ran = desk.run(args).exits(2);
        assert!(ran.err().contains("last-resort/campuses"), "{args:?}: {}", ran.err());
    }
    assert!(desk.sim.requests().is_empty());
}

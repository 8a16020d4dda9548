//! The crontab line of the README and the systemd service of the package, as cron and systemd run them: no terminal, and nothing in
//! the environment but the home and a folder with the keys.
use crate::harness::{Desk, Ran, Started, simulator};
use serde_json::json;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

const URL: &str = "/partner_details/profile_details/ncip_details/export_url";

fn read(name: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(name);
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The command of the crontab line.
fn of_crontab() -> String {
    let readme = read("README.md");
    let line = readme.lines().find(|line| line.contains(" * * *  ")).expect("a crontab line");
    let (folder, command) = line.split_once("keys last-resort ").expect("a folder of keys and the program");
    assert!(folder.ends_with(" CREDENTIALS_DIRECTORY=/etc/last-resort/"), "{folder}");
    command.to_owned()
}

/// The command of the systemd service.
fn of_service() -> String {
    let service = read("assets/systemd/last-resort-check@.service");
    let command = service.lines().find_map(|line| line.strip_prefix("ExecStart=/usr/bin/last-resort "));
    command.expect("the program").to_owned()
}

/// A desk whose campus file is in the home of the account, and whose keys are in a folder.
fn with_keys_in_a_folder() -> (Desk, PathBuf) {
    let desk = Desk::in_world("done");
    let home = desk.config().parent().expect("a home").to_owned();
    fs::rename(desk.config(), home.join(".config")).expect("moved");
    let folder = home.join("keys");
    fs::create_dir(&folder).expect("made");
    for (name, key) in simulator::keys(&desk.sim) {
        let slot = name.trim_start_matches("LAST_RESORT_").trim_end_matches("_KEY").to_lowercase();
        let path = folder.join(format!("01CUNY_QC.{slot}"));
        fs::write(&path, key).expect("written");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o400)).expect("a mode");
    }
    (desk, home)
}

#[test]
fn a_change_between_two_runs_is_told_once_and_then_there_is_silence() {
    for told in [of_crontab(), of_service()] {
        let (desk, home) = with_keys_in_a_folder();
        let run = || -> Ran {
            let mut command = Command::new(env!("CARGO_BIN_EXE_last-resort"));
            command.args(told.split_whitespace()).env_clear().env("HOME", &home);
            command.env("CREDENTIALS_DIRECTORY", home.join("keys"));
            command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
            Started::new(command.spawn().expect("the binary")).end()
        };
        let silent = |ran: Ran| assert_eq!((ran.out(), ran.err()), ("", ""), "{told}");
        silent(run().exits(0));
        desk.disturb(URL, json!("https://elsewhere.example.org/transaction"));
        let news = run().exits(3);
        assert!(
            news.out().contains("parameters.export.url: same -> differs") && news.err().is_empty(),
            "{told}: {}{}",
            news.out(),
            news.err()
        );
        silent(run().exits(0));
    }
}

/// The service must not fail on news, and the timer must start the service.
#[test]
fn news_is_no_failure_and_the_timer_has_its_service() {
    let service = read("assets/systemd/last-resort-check@.service");
    assert!(service.contains("\nSuccessExitStatus=3 4\n"));
    let timer = read("assets/systemd/last-resort-check@.timer");
    assert!(timer.contains("\nOnCalendar=") && !timer.contains("Unit="), "it starts the service of its own name");
}

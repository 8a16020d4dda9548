//! Where the program keeps its files, and who may read them.
use super::*;

fn folders_of(env: &[(&str, &str)]) -> String {
    let mut command = again("folders");
    command
        .env_remove("XDG_CONFIG_HOME")
        .env_remove("XDG_STATE_HOME")
        .env("HOME", "/home/ada")
        .envs(env.iter().copied());
    let output = command.output().expect("a process");
    assert!(output.status.success(), "{output:?}");
    said(&output.stdout).remove(0)
}

#[cfg(unix)]
#[test]
fn folders_follow_the_xdg_specification() {
    let default = "/home/ada/.config/last-resort/campuses/01X_Y.toml /home/ada/.local/state/last-resort/01X_Y";
    assert_eq!(folders_of(&[]), default);
    assert_eq!(folders_of(&[("XDG_CONFIG_HOME", "relative/c"), ("XDG_STATE_HOME", "")]), default);
    assert_eq!(
        folders_of(&[("XDG_CONFIG_HOME", "/c"), ("XDG_STATE_HOME", "/s")]),
        "/c/last-resort/campuses/01X_Y.toml /s/last-resort/01X_Y"
    );
}

#[cfg(unix)]
#[test]
fn without_a_home_nothing_is_strewn_about() {
    let mut command = again("homeless");
    command.env_remove("XDG_CONFIG_HOME").env_remove("XDG_STATE_HOME").env("HOME", "here");
    let output = command.output().expect("a process");
    assert!(output.status.success(), "{output:?}");
    assert!(said(&output.stdout)[0].starts_with("Files there is no home folder"), "{output:?}");
}

#[cfg(unix)]
#[test]
fn everything_is_private_and_what_was_wider_is_narrowed() {
    let home = TempDir::new().expect("a folder");
    let (config, state) = (home.path().join("xdg/config"), home.path().join("xdg/state"));
    let folders = Folders::at(&config, &state);
    let journal = JournalFile::of(&folders, &code("01X_Y"));
    let write = || {
        let path = CampusFiles::new(folders.clone()).save(&campuses::draft("01X_Y")).expect("saved");
        journal.append(checked("x")).expect("appended");
        let image = journal.keep_image(&serde_json::json!({"code": "ILLiad"})).expect("kept");
        drop(Lock::acquire(&folders.state_of(&code("01X_Y")), Duration::ZERO).expect("locked"));
        drop(log_subscriber(&folders.state_of(&code("01X_Y")), false).expect("a log"));
        let own = state.join("last-resort/01X_Y");
        (path, own.join(format!("images/{image}.json")), own)
    };
    let (campus, image, own) = write();
    let files = [campus, own.join("journal.jsonl"), image, own.join("lock"), own.join("last-resort.log")];
    let made = [
        config.join("last-resort"),
        config.join("last-resort/campuses"),
        state.join("last-resort"),
        own.clone(),
        own.join("images"),
    ];
    let check = |why: &str| {
        files.iter().for_each(|file| assert_eq!(mode(file), 0o600, "{} {why}", file.display()));
        made.iter().for_each(|folder| assert_eq!(mode(folder), 0o700, "{} {why}", folder.display()));
    };
    check("as made");
    // The image exists already and is not written again, so its mode stays.
    files.iter().filter(|file| !file.starts_with(own.join("images"))).for_each(|file| widen(file, 0o664));
    made.iter().filter(|folder| !folder.ends_with("images")).for_each(|folder| widen(folder, 0o775));
    widen(&config, 0o755);
    write();
    check("as narrowed");
    assert_eq!(mode(&config), 0o755, "the XDG folder itself is not ours to narrow");
}

/// Runs as a user who may not write there. Root could, so the process becomes `nobody` first.
#[cfg(unix)]
#[test]
fn a_home_that_cannot_be_written_to_is_named_with_what_to_do() {
    use std::os::unix::process::CommandExt as _;
    let home = TempDir::new().expect("a folder");
    let locked = home.path().join("locked");
    fs::create_dir(&locked).expect("a folder");
    widen(home.path(), 0o755);
    widen(&locked, 0o555);
    // The user `nobody` cannot read the build folder, so copy the binary.
    let exe = home.path().join("again");
    fs::copy(std::env::current_exe().expect("this binary"), &exe).expect("copied");
    let mut command = Command::new(exe);
    command.args(["--exact", "files::the_role_given_is_done"]).env("ROLE", "write").env("FOLDER", &locked);
    command.current_dir(home.path());
    if rustix::process::geteuid().is_root() {
        command.uid(65534).gid(65534);
    }
    let output = command.output().expect("a process");
    assert!(output.status.success(), "{output:?}");
    let said = said(&output.stdout);
    assert_eq!(said.len(), 2);
    for (told, name) in said.iter().zip(["config", "state"]) {
        assert!(told.starts_with("Files cannot make the folder "), "{told}");
        assert!(told.contains(&locked.join(name).display().to_string()), "{told}");
    }
}

#[test]
fn a_file_where_a_folder_belongs_is_named() {
    let home = TempDir::new().expect("a folder");
    fs::write(home.path().join("last-resort"), "").expect("a file");
    let folders = Folders::at(home.path(), home.path());
    let failure = JournalFile::of(&folders, &code("01X_Y")).append(checked("x")).expect_err("no folder");
    assert_eq!(failure.kind, FailureKind::Files);
    assert!(failure.what.contains("last-resort") && failure.hints[0].contains("where a folder is needed"), "{failure}");
}

/// A saved record is no link: an undo would send what somebody else can change.
#[cfg(unix)]
#[test]
fn a_link_in_place_of_a_saved_record_is_not_followed() {
    let home = TempDir::new().expect("a folder");
    let (state, elsewhere) = (home.path().join("state"), home.path().join("elsewhere"));
    let journal = journal_in(&state);
    let record = serde_json::json!({"code": "ILLiad"});
    let name = journal.keep_image(&record).expect("kept");
    let image = state.join("images").join(format!("{name}.json"));
    fs::rename(&image, &elsewhere).expect("moved");
    std::os::unix::fs::symlink(&elsewhere, &image).expect("a link");
    let failure = journal.image(&name).expect_err("a link");
    assert!(failure.what.contains("it is a link"), "{failure}");
    let failure = journal.keep_image(&record).expect_err("a link");
    assert!(failure.what.contains("it is a link"), "{failure}");
    fs::remove_file(&image).expect("moved away");
    assert_eq!(journal.keep_image(&record).expect("kept again"), name);
    assert!(!fs::symlink_metadata(&image).expect("there").is_symlink());
    assert_eq!(journal.image(&name).expect("read"), record);
}

/// Uses a file of a state folder as the program does.
#[cfg(unix)]
fn used(state: &Path, name: &str) -> Result<(), Failure> {
    let folder = OwnFolder::at(state);
    match name {
        "lock" => Lock::acquire(&folder, Duration::ZERO).map(drop),
        "journal.jsonl" => journal_in(state).append(checked("same")),
        "journal-archive.jsonl" => {
            journal_in(state).append_all(vec![checked("same"), checked("same"), checked("same")])?;
            journal_in(state).archive(Timestamp::MAX).map(drop)
        }
        "last-resort.log" | "last-resort.log.1" => log_subscriber(&folder, false).map(drop),
        "forecast.jsonl" | "forecast.salt" => MemoryFile::open(&folder, MemoryStart::GoOn, |_| true).map(drop),
        "last-resort/set-up.toml" => SetupFile::of(&Folders::at(state, state)).remove(),
        _ => journal_in(state).keep_image(&serde_json::json!({"code": "ILLiad"})).map(drop),
    }
}

/// A file with another name, or another user's: what is in it is somebody else's, whatever the file is called here.
#[cfg(unix)]
#[test]
fn no_file_of_ours_is_a_hard_link_or_another_users() {
    let home = TempDir::new().expect("a folder");
    let state = home.path().join("state");
    fs::create_dir_all(state.join("last-resort")).expect("made");
    let precious = home.path().join("precious");
    let image = journal_in(&state).keep_image(&serde_json::json!({"code": "ILLiad"})).expect("kept");
    journal_in(&state).append(checked("same")).expect("appended");
    let image = format!("images/{image}.json");
    let names =
        ["journal-archive.jsonl", "lock", "journal.jsonl", "last-resort.log", "last-resort.log.1", "forecast.jsonl"];
    for name in names.into_iter().chain(["forecast.salt", "last-resort/set-up.toml", &image]) {
        let path = state.join(name);
        for hard in [true, false] {
            let _ = fs::remove_file(&path);
            fs::write(&precious, "precious").expect("written");
            widen(&precious, 0o644);
            match hard {
                true => fs::hard_link(&precious, &path).expect("linked"),
                // Only the administrator can give a file away; elsewhere there is nothing to try.
                false if std::os::unix::fs::chown(&precious, Some(12345), None).is_err() => continue,
                false => fs::rename(&precious, &path).expect("moved"),
            }
            let told = used(&state, name).expect_err(name).to_string();
            let why = if hard { "it is a hard link" } else { "it belongs to another user (number 12345)" };
            assert!(told.contains(why), "{name}: {told}");
            assert_eq!(fs::read_to_string(&path).expect("there"), "precious", "{name}");
            assert_eq!(mode(&path), 0o644, "{name}");
        }
        fs::remove_file(&path).expect("moved away");
        used(&state, name).expect("ours again");
    }
}

/// A link, or what belongs to another user, could lead our writes to a place that is not ours.
#[cfg(unix)]
#[test]
fn a_link_in_place_of_ours_is_refused_and_nothing_is_emptied() {
    use std::os::unix::fs::symlink;
    let home = TempDir::new().expect("a folder");
    let elsewhere = home.path().join("elsewhere");
    fs::create_dir(&elsewhere).expect("made");
    for name in ["lock", "journal.jsonl"] {
        fs::write(elsewhere.join(name), "precious").expect("written");
    }
    symlink(&elsewhere, home.path().join("state")).expect("a link");
    let whole = home.path().join("whole");
    fs::create_dir(&whole).expect("made");
    for name in ["lock", "journal.jsonl"] {
        symlink(elsewhere.join(name), whole.join(name)).expect("a link");
    }
    for folder in ["state", "whole"].map(|name| home.path().join(name)) {
        let lock = Lock::acquire(&OwnFolder::at(&folder), Duration::ZERO).expect_err("a link");
        let journal = journal_in(&folder);
        let written = journal.append(checked("same")).expect_err("a link");
        let read = journal.read().expect_err("a link");
        for failure in [lock, written, read] {
            assert!(failure.what.contains("it is a link"), "{failure}");
            assert_eq!(failure.kind, FailureKind::Files);
        }
    }
    for name in ["lock", "journal.jsonl"] {
        assert_eq!(fs::read_to_string(elsewhere.join(name)).expect("text"), "precious");
    }
    assert_eq!(fs::read_dir(&elsewhere).expect("listed").count(), 2);
}

#[cfg(unix)]
#[test]
fn what_belongs_to_another_user_is_refused_and_not_emptied() {
    let home = TempDir::new().expect("a folder");
    let folder = OwnFolder::at(home.path().join("state"));
    folder.make().expect("made");
    let lock = folder.file("lock");
    fs::write(&lock, "precious").expect("written");
    // Only the administrator can give a file away; elsewhere there is nothing to try.
    if std::os::unix::fs::chown(&lock, Some(12345), None).is_err() {
        return;
    }
    let failure = Lock::acquire(&folder, Duration::ZERO).expect_err("another user's");
    assert!(failure.what.contains("it belongs to another user (number 12345)"), "{failure}");
    assert_eq!(fs::read_to_string(&lock).expect("text"), "precious");
    std::os::unix::fs::chown(folder.path(), Some(12345), None).expect("given away");
    let failure = journal_in(folder.path()).append(checked("same")).expect_err("another user's");
    assert!(failure.what.contains("another user"), "{failure}");
}

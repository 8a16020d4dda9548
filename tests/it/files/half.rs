//! The saved draft of an unfinished set-up: one private file, which is either read whole or reported as damaged.
use super::*;
use last_resort::io::SetupFile;
use last_resort::site::SavedSetup;

fn begun() -> SavedSetup {
    let mut draft = SiteDraft::default();
    let answers = [
        (CampusField::Institution, "01CUNY_QC"),
        (CampusField::Name, "Queens \"College\""),
        (CampusField::Environment, "sandbox"),
        (CampusField::IlliadUrl, "https://qc.illiad.oclc.org/illiadwebplatform"),
        (CampusField::PatronsSample, "10000001 10000002"),
        (CampusField::EvidenceMaxAge, "60"),
    ];
    answers.into_iter().for_each(|(slot, text)| draft.set(slot, text));
    SavedSetup { at: "2026-11-27T09:12:00Z".parse().expect("a time"), page: 3, draft }
}

fn place() -> (TempDir, SetupFile, PathBuf) {
    let home = TempDir::new().expect("a folder");
    let folders = Folders::at(home.path().join("config"), home.path().join("state"));
    let path = folders.own_state().file("set-up.toml");
    (home, SetupFile::of(&folders), path)
}

#[test]
fn answers_come_back_and_nobody_else_may_read_them() {
    let (_home, half, path) = place();
    assert_eq!(half.read(), Ok(None));
    half.remove().expect("nothing to remove");
    half.keep(&SavedSetup { at: Stopped.now(), ..begun() }).expect("kept");
    half.keep(&begun()).expect("kept in its place");
    let back = half.read().expect("read").expect("there");
    assert_eq!((back.at, back.page), (begun().at, 3));
    for slot in CampusField::ALL {
        assert_eq!(back.draft.get(slot), begun().draft.get(slot), "{slot:?}");
    }
    #[cfg(unix)]
    assert_eq!((mode(&path), mode(path.parent().expect("a folder"))), (0o600, 0o700));
    let names: Vec<_> = fs::read_dir(path.parent().expect("a folder")).expect("a folder").collect();
    assert_eq!(names.len(), 1, "nothing half-written is left: {names:?}");
    half.remove().expect("removed");
    assert_eq!(half.read(), Ok(None));
}

/// Earlier versions did not keep the page.
#[test]
fn answers_without_a_page_come_back_too() {
    let (_home, half, path) = place();
    half.keep(&begun()).expect("kept");
    let text = fs::read_to_string(&path).expect("text");
    fs::write(&path, text.replacen(", page 3\n", "\n", 1)).expect("written");
    assert_eq!(half.read().expect("read").expect("there").page, 1);
}

#[test]
fn what_is_damaged_is_said_to_be() {
    let (_home, half, path) = place();
    half.keep(&begun()).expect("kept");
    let whole = fs::read(&path).expect("bytes");
    let text = String::from_utf8(whole.clone()).expect("text");
    let without_first_line = text.split_once('\n').expect("lines").1.as_bytes().to_vec();
    let mut not_text = whole.clone();
    not_text.push(0xff);
    let damaged = [
        Vec::new(),
        b"\0\0\0\0".to_vec(),
        without_first_line,
        whole[..whole.len() - 3].to_vec(),
        not_text,
        text.replace("01CUNY_QC", "nowhere at all").into_bytes(),
        text.replace("institution", "colour").into_bytes(),
        format!("{text}#{}", "x".repeat(1 << 17)).into_bytes(),
    ];
    for bytes in damaged {
        fs::write(&path, &bytes).expect("written");
        let failure = half.read().expect_err(&String::from_utf8_lossy(&bytes));
        assert!(failure.what.contains("set-up.toml is damaged"), "{failure}");
    }
    fs::write(&path, &whole).expect("written");
    assert!(matches!(half.read(), Ok(Some(_))));
    // However damaged the old file is, a new draft can replace it.
    fs::write(&path, "x").expect("written");
    half.keep(&begun()).expect("kept");
    assert!(matches!(half.read(), Ok(Some(_))));
}

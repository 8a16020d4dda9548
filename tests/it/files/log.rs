//! The log file: private, with the program's own events only, without control characters, and limited in size.
use super::*;

#[test]
fn only_our_own_events_get_in_and_no_control_characters() {
    let home = TempDir::new().expect("a folder");
    let path = home.path().join("01X_Y/last-resort.log");
    let subscriber = log_subscriber(&OwnFolder::at(path.parent().expect("a folder")), false).expect("a log");
    let key = ApiKey::parse("5f2c1d9e-77aa-4e0b-9c51-0d7f2b9ea1b2".into()).expect("a key");
    tracing::subscriber::with_default(subscriber, || {
        tracing::info!(target: "last_resort::io", reply = "\u{1b}[2Jgone\r\nsecond\u{9b}", ?key, "asked");
        tracing::info!(target: "last_resort::io", reply = %"shown\r\nas\tit \u{202e}is\u{7f}", "told");
        tracing::error!(target: "zbus", "a message body with planted-key");
        tracing::trace!(target: "last_resort::io", "too much");
    });
    let text = fs::read_to_string(&path).expect("text");
    assert_eq!(text.matches('\n').count(), 2, "{text:?}");
    assert!(!text.replace('\n', "").contains(|c: char| c.is_control() || c == '\u{202e}'), "{text:?}");
    assert!(text.contains("asked") && text.contains("gone") && text.contains("ends a1b2"), "{text:?}");
    assert!(!text.contains("planted") && !text.contains("5f2c1d9e") && !text.contains("too much"), "{text:?}");
}

#[test]
fn it_is_put_aside_at_one_mebibyte_and_once_only() {
    let home = TempDir::new().expect("a folder");
    let path = home.path().join("last-resort.log");
    let aside = home.path().join("last-resort.log.1");
    let old = "x".repeat((1 << 20) - 100);
    fs::write(&path, &old).expect("a long log");
    let write = |text: &str| {
        let subscriber = log_subscriber(&OwnFolder::at(path.parent().expect("a folder")), false).expect("a log");
        tracing::subscriber::with_default(subscriber, || tracing::info!(target: "last_resort", "{text}"));
    };
    write(
        "the first that does not fit, of more than a hundred bytes with its time and its level before it, I should say",
    );
    assert_eq!(fs::read_to_string(&aside).expect("aside"), old);
    assert!(fs::read_to_string(&path).expect("anew").contains("the first"));
    let more = "y".repeat(600 << 10);
    write(&more);
    write(&more);
    assert!(fs::read_to_string(&aside).expect("aside").contains("the first"));
    let files = fs::read_dir(home.path()).expect("a folder").count();
    assert_eq!(files, 2);
    let size = fs::metadata(&path).expect("a file").len() + fs::metadata(&aside).expect("a file").len();
    assert!(size <= 2 << 20, "{size}");
}

#[test]
fn verbose_tells_standard_error_too() {
    let home = TempDir::new().expect("a folder");
    let output = again("verbose").env("FOLDER", home.path()).output().expect("a process");
    assert!(output.status.success(), "{output:?}");
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    let kept = fs::read_to_string(home.path().join("last-resort.log")).expect("text");
    for text in [&told, &kept] {
        assert!(text.contains("told ") && text.contains("[31mtwice"), "{text:?}");
    }
    assert!(!told.contains('\u{1b}'), "{told:?}");
}

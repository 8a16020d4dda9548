//! The account that runs the tests, and so the program that they start.
use std::process::Command;
use std::sync::OnceLock;

/// Returns the account's name, asked from the system by another way than the program's.
pub(crate) fn account() -> &'static str {
    static NAME: OnceLock<String> = OnceLock::new();
    NAME.get_or_init(|| {
        let asked = Command::new("id").arg("-un").output().expect("id is there");
        String::from_utf8(asked.stdout).expect("a name").trim().to_owned()
    })
}

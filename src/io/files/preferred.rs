//! A user's preferences for how the wizard looks: one file, in the words of the command line.
use super::folders::{Folders, OwnFolder};
use super::private::{cannot, read_whole, replace};
use super::text::printable;
use crate::failure::{Failure, FailureKind};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::io::{Error, ErrorKind};
use std::path::{Path, PathBuf};

/// The most bytes that are read. A real file holds a few words.
const LONGEST: u64 = 16 << 10;

/// The next step that helps with most damaged files.
const START_AGAIN: &str = "start again with: last-resort prefer --nothing";

/// The file that holds a user's preferences.
#[derive(Debug, Clone)]
pub struct Preferences {
    folder: OwnFolder,
}

impl Preferences {
    /// The preferences file of this user.
    pub fn of(folders: &Folders) -> Self {
        Self { folder: folders.config() }
    }

    /// The path of the file.
    pub fn path(&self) -> PathBuf {
        self.folder.file("preferences.toml")
    }

    /// Reads the preferences; the default if there is no such file.
    pub fn read<T: DeserializeOwned + Default>(&self) -> Result<T, Failure> {
        let path = self.path();
        match read_whole(&path, self.folder.access(), Some(LONGEST)) {
            Ok(bytes) => toml::from_slice(&bytes).map_err(|error| misread(&path, &error)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(T::default()),
            Err(error) => Err(unread(&path, &error)),
        }
    }

    /// Stores these preferences in place of the earlier ones.
    pub fn keep(&self, preferred: &impl Serialize) -> Result<(), Failure> {
        self.folder.make()?;
        let path = self.path();
        let text = toml::to_string(preferred)
            .map_err(|error| Failure::new(FailureKind::Files, format!("The choices cannot be saved: {error}")))?;
        replace(&path, text.as_bytes(), self.folder.access())
            .map_err(|error| cannot(FailureKind::Files, "write", &path, &error))
    }
}

fn unread(path: &Path, error: &Error) -> Failure {
    let failure = cannot(FailureKind::Files, "read", path, error);
    match error.kind() {
        ErrorKind::FileTooLarge => failure.hint(format!("shorten it, or {START_AGAIN}")),
        ErrorKind::IsADirectory | ErrorKind::InvalidInput => {
            failure.hint("there is something else where the file should be: move it away")
        }
        _ => failure,
    }
}

fn misread(path: &Path, error: &toml::de::Error) -> Failure {
    let what = format!("{}: {}", printable(&path.display().to_string()), printable(error.message()));
    Failure::new(FailureKind::CampusFile, what).hint(format!("fix the line, or {START_AGAIN}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;
    use std::fs;

    #[test]
    fn whatever_is_wrong_with_it_the_next_step_is_told() {
        let home = tempfile::TempDir::new().expect("a home");
        let file = Preferences::of(&Folders::at(home.path(), home.path()));
        let told = || {
            let failure = file.read::<BTreeMap<String, bool>>().expect_err("passed over");
            assert!(failure.what.contains("preferences.toml"), "{failure}");
            failure.hints.join("\n")
        };
        fs::create_dir_all(file.path()).expect("a folder");
        assert!(told().contains("move it away"), "{}", told());
        fs::remove_dir(file.path()).expect("moved away");
        for text in ["#".repeat(17 << 10), "plain = yes".to_owned()] {
            fs::write(file.path(), text).expect("written");
            assert!(told().ends_with(START_AGAIN), "{}", told());
            file.keep(&BTreeMap::from([("plain", true)])).expect("started again");
            assert_eq!(file.read::<BTreeMap<String, bool>>(), Ok(BTreeMap::from([("plain".to_owned(), true)])));
        }
    }
}

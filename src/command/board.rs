//! The command `board`: every campus on one screen, on real systems or on a practice fleet.
use super::consortium::{CampusChoice, board_of};
use super::deferred_write::DeferredWrite;
use super::key_source::{KeySource, key_store};
use super::output::Outcome;
use super::practice_fleet::PracticeFleet;
use super::screen_entry::ScreenEntry;
use super::wizard::{self, WizardContext};
use crate::cli::{AllCampuses, Global};
use crate::failure::{Failure, FailureKind};
use crate::io::{CampusFiles, Folders, Keyring};
use crate::tui::key_store::KeyStore;
use std::sync::Arc;
use tokio::sync::Mutex;

/// Runs the wizard, beginning with the board of all campuses set up here.
pub(super) async fn board(global: &Global, in_flight: Arc<Mutex<()>>) -> Outcome {
    let folders = Folders::from_env()?;
    let every = AllCampuses { all: true, only: Vec::new() };
    let choice = CampusChoice::of(&every, global)?.unwrap_or_else(|| CampusChoice::among(folders.clone(), Vec::new()));
    let keyring = Keyring::of_this_user();
    // Looked up before the screen is drawn, because a keyring service that starts on demand may print.
    let store = key_store(&keyring.store());
    let context = WizardContext {
        practice: None,
        fails: Vec::new(),
        screen_entry: ScreenEntry::ByPerson,
        site: None,
        board: Some(board_of(&choice)),
        known: Vec::new(),
        named: None,
        folders,
        keys: KeySource::Keyring(keyring),
        store,
        deferred: DeferredWrite::default(),
    };
    wizard::run_with(global, context, None, in_flight).await
}

/// Runs `last-resort practice --fleet`: the board on a few campuses of an embedded Alma and ILLiad, in a temporary folder.
pub(super) async fn practice(global: &Global, in_flight: Arc<Mutex<()>>) -> Outcome {
    let home = tempfile::tempdir().map_err(|error| {
        Failure::new(FailureKind::Files, format!("Practice needs a temporary folder and could not create one: {error}"))
    })?;
    let fleet = PracticeFleet::serve(home.path()).await?;
    let known = CampusFiles::new(fleet.folders.clone()).list()?.known;
    let context = WizardContext {
        practice: Some("fleet".to_owned()),
        fails: Vec::new(),
        screen_entry: fleet.screen_entry,
        site: None,
        board: Some(board_of(&CampusChoice::among(fleet.folders.clone(), known))),
        known: Vec::new(),
        named: None,
        folders: fleet.folders,
        keys: fleet.keys,
        store: KeyStore::Untold,
        deferred: DeferredWrite::default(),
    };
    wizard::run_with(global, context, None, in_flight).await
}

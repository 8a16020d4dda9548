//! The pictures in README.md: `assets/wizard.svg`, drawn from a real screen of the built binary, and `assets/tour.svg`,
//! a series of screens; and `assets/before-after.svg`, screens of version 0.1.0 beside the same screens now.
//!
//! To draw them again after the wizard has changed: `UPDATE_PICTURE=1 cargo test --locked --test it picture::`.
mod compared;
mod film;
mod scenes;
mod svg;

use crate::harness::pty::{Pty, RUN, USUAL, text};
use std::path::Path;
use svg::Picture;
use tempfile::TempDir;

/// The command that the picture shows.
const COMMAND: &str = "last-resort practice --world drifted --step parameters";

const TITLE: &str = "The wizard on the Parameters step";
const DESCRIPTION: &str = "A terminal of 80 columns and 24 rows. At the side the eight steps with their states. Beside them the values of \
    the Parameters step as Alma has them; the chosen one, URL, differs: what it should be stands above what Alma has. The last line \
    names the keys: Enter fixes six values, r checks again, c copies.";

/// The size limit of the picture in bytes, since it loads with the README.
const MOST: usize = 40_000;

const TOUR: &str = "Eight screens of the wizard";
const TOUR_DESCRIPTION: &str = "Screens of a terminal, one after the other. Connect: both systems answer. A plan for the partner record, \
    37 values. The campus code typed to confirm it. Each value as written and read back. The value card of ILLiad's routing rule. A \
    MatchString pasted back with curly quotes, and what is wrong with it. A request from Alma seen in the right queue. The summary: \
    what is done, what is not, and who is waited for.";

const COMPARED: &str = "Five screens of version 0.1.0 beside the same screens now";
const COMPARED_DESCRIPTION: &str = "Pairs of terminal screens, version 0.1.0 at the left. The rota card: now each step says how many of its \
    values are done. A difference: now what is wanted is called wanted, and what Alma has is called found. An error in the set-up: now a plain \
    sentence and what to do next. The summary: now what needs somebody comes before what is done. Nothing left to do: now a screen says so.";

/// The size limit of the tour and of the comparison, in bytes.
const MOST_OF_TOUR: usize = 150_000;

/// Opens the wizard at the step and selects the value that users most often get wrong.
fn wizard(home: &TempDir) -> Pty {
    let mut words = COMMAND.split(' ');
    let program = words.next().map(|_| env!("CARGO_BIN_EXE_last-resort"));
    let command: Vec<&str> = program.into_iter().chain(words).collect();
    let mut pty = Pty::open(home.path(), USUAL, RUN, &command, &[]);
    pty.wait_until("what Alma has", |screen| text(screen).contains("Enter fix 6 values"));
    // Move past the value and back, so that the values after it are on the screen too.
    pty.type_keys("\x1b[H");
    pty.wait_until("the first value chosen", |screen| text(screen).contains("▸ ✓ User identifier type"));
    pty.type_keys(&"j".repeat(16));
    pty.wait_until("what follows the URL", |screen| text(screen).contains("▸ ✓ Create user in ILLiad"));
    pty.type_keys(&"k".repeat(4));
    pty.wait_until("the URL chosen", |screen| text(screen).contains("▸ ✗ URL"));
    pty
}

#[test]
fn the_picture_shows_the_wizard_as_it_is() {
    let home = TempDir::new().expect("a home");
    let pty = wizard(&home);
    let picture = Picture { title: TITLE, description: DESCRIPTION, bar: COMMAND };
    let fresh = picture.draw(pty.shown().parser.screen());
    assert!(fresh.len() < MOST, "{} bytes", fresh.len());
    kept_is(&fresh, "assets/wizard.svg");
}

#[test]
fn the_tour_shows_the_wizard_as_it_is() {
    let home = TempDir::new().expect("a home");
    let fresh = film::film(TOUR, TOUR_DESCRIPTION, &scenes::scenes(home.path()), scenes::STILL);
    assert!(fresh.len() < MOST_OF_TOUR, "{} bytes", fresh.len());
    assert!(!fresh.contains("<script") && fresh.contains("prefers-reduced-motion"));
    kept_is(&fresh, "assets/tour.svg");
    let readme = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).expect("README.md");
    assert!(readme.contains("](assets/tour.svg)"), "README.md does not show the tour");
}

#[test]
fn the_comparison_shows_the_screens_as_they_are() {
    let fresh = compared::compared(COMPARED, COMPARED_DESCRIPTION);
    assert!(fresh.len() < MOST_OF_TOUR, "{} bytes", fresh.len());
    kept_is(&fresh, "assets/before-after.svg");
}

/// Fails unless the stored file equals `fresh`. With `UPDATE_PICTURE=1` it writes the file first.
#[track_caller]
fn kept_is(fresh: &str, name: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    if std::env::var_os("UPDATE_PICTURE").is_some_and(|value| value == "1") {
        std::fs::write(&path, fresh).expect("written");
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    let line = kept.lines().zip(fresh.lines()).find(|(kept, fresh)| kept != fresh);
    assert!(
        kept == fresh,
        "{name} does not show the wizard as it is. To draw it again: UPDATE_PICTURE=1 cargo test --locked --test it picture::\n{line:#?}"
    );
}

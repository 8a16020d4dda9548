//! The picture in README.md: `assets/wizard.svg`, drawn from a real screen of the built binary.
//!
//! To draw it again after the wizard has changed: `UPDATE_PICTURE=1 cargo test --locked --test picture`.
#[path = "terminal/pty.rs"]
mod pty;
#[path = "picture/svg.rs"]
mod svg;

use pty::{Pty, RUN, USUAL, text};
use std::path::Path;
use svg::Picture;
use tempfile::TempDir;

/// The command that the picture shows.
const COMMAND: &str = "last-resort practice --world drifted --step parameters";

const TITLE: &str = "The wizard on the Parameters step";
const DESCRIPTION: &str = "A terminal of 80 columns and 24 rows. At the side the eight steps with their states. Beside them the values of \
    the Parameters step as Alma has them; the chosen one, URL, differs: what it should be stands above what Alma has. The last line \
    names the keys: Enter fixes six values, r checks again, c copies.";

/// Most bytes of the picture: it is loaded with the README.
const MOST: usize = 40_000;

/// The wizard on the step, with the value chosen that the procedure's users most often get wrong.
fn wizard(home: &TempDir) -> Pty {
    let mut words = COMMAND.split(' ');
    let program = words.next().map(|_| env!("CARGO_BIN_EXE_last-resort"));
    let command: Vec<&str> = program.into_iter().chain(words).collect();
    let mut pty = Pty::open(home.path(), USUAL, RUN, &command, &[]);
    pty.wait_until("what Alma has", |screen| text(screen).contains("Enter fix 6 values"));
    // From the first value past it and back, so that what follows it is in sight too.
    pty.type_keys("\x1b[H");
    pty.wait_until("the first value chosen", |screen| text(screen).contains("1 of 24"));
    pty.type_keys(&"j".repeat(16));
    pty.wait_until("what follows the URL", |screen| text(screen).contains("17 of 24"));
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
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/wizard.svg");
    if std::env::var_os("UPDATE_PICTURE").is_some_and(|value| value == "1") {
        std::fs::write(&path, &fresh).expect("written");
    }
    let kept = std::fs::read_to_string(&path).expect("assets/wizard.svg");
    assert!(
        kept == fresh,
        "assets/wizard.svg does not show the wizard as it is. To draw it again: UPDATE_PICTURE=1 cargo test --locked --test picture\n{}",
        text(pty.shown().parser.screen())
    );
}

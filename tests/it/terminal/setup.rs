//! The first start: there is no campus file, and the user pastes the keys into the wizard.
use crate::harness::files;
use crate::harness::pty::RUN;
use crate::harness::simulator;
use crate::harness::terminal::{PROGRAM, Terminal};
use last_resort::sim::{PracticeKeys, Running};
use tempfile::TempDir;

/// A campus whose ILLiad address is in no built-in list, so that only the served world gets requests.
const WORLD: &str = "sentence = \"A campus to be set up.\"\nbased_on = \"fresh\"\n\n[campus]\ninstitution = \"01CUNY_BB\"\n\
    name = \"Baruch College\"\n\n[alma]\ninstitution = \"01CUNY_BB\"\ninstitution_name = \"Baruch College\"\n";

/// Runs the command in a session with its own unlocked Secret Service. The session ignores a hang-up of the terminal
/// for as long as it takes to end what it started.
pub(crate) const WITH_KEYRING: &str = r#"(trap '' HUP; exec dbus-run-session -- sh -c '
    printf %s pw | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1 || exit 9
    echo $$ >"$HOME/pid"; exec "$0" "$@"' "$0" "$@"); echo "[left with $?]"; read -r _"#;

fn paste(text: &str) -> String {
    format!("\x1b[200~{text}\x1b[201~")
}

/// Answers a question by pasting into its field and continuing.
fn answer(desk: &mut Terminal, label: &str, text: &str) {
    let asked = format!(" ▸ {label}");
    let is_asked =
        |screen: &vt100::Screen| crate::harness::pty::text(screen).lines().any(|line| line.starts_with(&asked));
    desk.pty.wait_until(&format!("{label} asked"), is_asked);
    // Ctrl-U deletes the default first.
    desk.pty.type_keys("\x15");
    desk.pty.type_keys(&paste(text));
    desk.pty.type_keys("\r");
    desk.pty.wait_until(&format!("{label} answered"), |screen| !is_asked(screen));
}

/// Fills in the pages up to the last one, for a served campus.
fn fill_in(desk: &mut Terminal, sim: &Running, keys: Option<&PracticeKeys>) -> String {
    desk.begin();
    desk.pty.wait_for("Which campus?");
    desk.enter("baru", "Type to search: baru");
    let screen = desk.press("\r");
    assert!(screen.contains("set up Baruch College 01CUNY_BB"), "{screen}");
    desk.press("\r");
    desk.press("\r");
    answer(desk, "Alma API address", &sim.alma_url());
    let key = |pick: fn(&PracticeKeys) -> &String| keys.map_or("", |keys| pick(keys).as_str());
    answer(desk, "Alma API key", key(|keys| &keys.alma));
    answer(desk, "ILLiad address", &sim.illiad_url());
    answer(desk, "ILLiad API key", key(|keys| &keys.illiad));
    let screen = desk.settled();
    for words in ["✓ belongs to 01CUNY_BB, sandbox", "✓ answers: ILLiad 9.2", "✓ accepted by ILLiad"] {
        assert!(screen.contains(words), "{words}\n{screen}");
    }
    answer(desk, "Key for Alma's export", key(|keys| &keys.export));
    let screen = desk.press("\r");
    assert!(screen.contains("QCRS  Resource Sharing Library"), "libraries are offered as a list:\n{screen}");
    // Two libraries can share resources, so none is chosen until the user moves.
    desk.pty.type_keys("\x1b[B\x1b[B");
    desk.pty.wait_for("• QCRS  Resource Sharing Library");
    desk.pty.type_keys("\r");
    desk.pty.wait_until("library and desk found", |screen| {
        let seen = crate::harness::pty::text(screen);
        seen.contains("✓ Resource Sharing Library") && seen.contains("✓ Main Service Desk, code")
    });
    desk.settled();
    desk.press("\r");
    desk.press("\r");
    answer(desk, "Sample EMPLIDs", &sim.campus().sample.join(" "));
    answer(desk, "Evidence lasts (days)", "30");
    let review = desk.asked_again();
    assert!(
        keys.is_none() || review.contains("✓ Key for Alma's export"),
        "keys are tested before they are stored:\n{review}"
    );
    review
}

const FILE: &str = "config/last-resort/campuses/01CUNY_BB.toml";

/// Fails unless the campus file holds the answers.
fn assert_answers_are_kept(desk: &Terminal, sim: &Running) {
    let file = std::fs::read_to_string(desk.home.path().join(FILE)).expect("a campus file");
    let file = file.parse::<toml_edit::DocumentMut>().expect("TOML");
    let campus = sim.campus();
    assert_eq!(file["institution"].as_str(), Some("01CUNY_BB"));
    assert_eq!(file["environment"].as_str(), Some("sandbox"));
    assert_eq!(file["alma"]["url"].as_str(), Some(sim.alma_url().as_str()));
    assert_eq!(file["alma"]["library"].as_str(), Some(campus.library.as_str()));
    assert_eq!(file["illiad"]["url"].as_str(), Some(sim.illiad_url().as_str()));
    let sample = file["patrons"]["sample"].as_array().expect("EMPLIDs");
    assert!(sample.iter().filter_map(|id| id.as_str()).eq(&campus.sample));
}

/// Fails if a key is on the screen, was sent to the terminal, or is in a file.
fn assert_keys_are_nowhere(desk: &Terminal, keys: &PracticeKeys) {
    let log = desk.pty.shown().log.clone();
    let mut places = files(desk.home.path());
    assert!(places.iter().any(|(path, _)| path.ends_with(FILE)), "looked in the wrong place");
    places.push(("the terminal".to_owned(), log));
    for (place, bytes) in places {
        for key in [&keys.alma, &keys.illiad, &keys.export] {
            assert!(!bytes.windows(key.len()).any(|window| window == key.as_bytes()), "a key is in {place}");
        }
    }
}

#[test]
fn from_nothing_to_a_campus_file_with_pasted_keys() {
    let sim = simulator::start_text(WORLD);
    let keys = sim.keys();
    let home = TempDir::new().expect("a home");
    let place = |name: &str| home.path().join(name).display().to_string();
    let (runtime, config) = (place(""), place("config"));
    let env = [("XDG_RUNTIME_DIR", runtime.as_str()), ("XDG_CONFIG_HOME", config.as_str())];
    let mut desk = Terminal::in_home(home, WITH_KEYRING, &[PROGRAM], &env);
    let review = fill_in(&mut desk, &sim, Some(keys));
    for words in ["Check your answers", "Enter save", "set (36 characters, ends c3d4)", "keys go to the system's key"] {
        assert!(review.contains(words), "{words}\n{review}");
    }
    assert!(
        review.contains("✓ Receive desk               Main Service Desk"),
        "Enter alone keeps the answer:\n{review}"
    );
    assert!(!review.contains('✗'), "{review}");
    assert!(review.contains("Key store: Secret Service \"Login\" (kept on disk)"), "{review}");
    desk.press("\r");
    let steps = desk.settled();
    assert!(steps.contains("│ ✓ Connect") && steps.contains("✓ Patrons") && steps.contains("✗ Partner"), "{steps}");
    assert_answers_are_kept(&desk, &sim);
    assert_keys_are_nowhere(&desk, keys);
    desk.pty.type_keys("q");
    desk.has_left(0);
}

/// Here the keys come from the environment. If the folder cannot be made, the last page says so and keeps every answer.
#[test]
fn a_campus_file_that_cannot_be_written_loses_nothing() {
    let sim = simulator::start_text(WORLD);
    let keys = sim.keys();
    let home = TempDir::new().expect("a home");
    let config = home.path().join("config");
    let env = [
        ("XDG_CONFIG_HOME", config.to_str().expect("UTF-8")),
        ("LAST_RESORT_ALMA_KEY", keys.alma.as_str()),
        ("LAST_RESORT_ILLIAD_KEY", keys.illiad.as_str()),
        ("LAST_RESORT_EXPORT_KEY", keys.export.as_str()),
    ];
    let mut desk = Terminal::in_home(home, RUN, &[PROGRAM], &env);
    fill_in(&mut desk, &sim, None);
    // A file takes the place of a folder, which stops even root.
    std::fs::write(&config, "").expect("a file");
    desk.press("\r");
    let failed = desk.asked_again();
    let flat = failed.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(flat.contains("config is where a folder is needed: move it away"), "{failed}");
    std::fs::remove_file(&config).expect("removed");
    desk.press("\r");
    assert!(desk.settled().contains("│ ✓ Connect"));
    assert_answers_are_kept(&desk, &sim);
    assert_keys_are_nowhere(&desk, keys);
    desk.pty.type_keys("\x03");
    desk.has_left(130);
}

//! The first start, without a campus file: the user chooses the campus, answers the questions and types the keys hidden.
use crate::harness::files;
use crate::harness::simulator;
use crate::line::talk::{PROGRAM, Talk};
use last_resort::sim::Running;
use std::path::Path;
use tempfile::TempDir;

/// A campus whose ILLiad address is in no built-in list, so that only the served world gets requests.
const WORLD: &str = "sentence = \"A campus to be set up.\"\nbased_on = \"fresh\"\n\n[campus]\ninstitution = \"01CUNY_BB\"\n\
    name = \"Baruch College\"\n\n[alma]\ninstitution = \"01CUNY_BB\"\ninstitution_name = \"Baruch College\"\n";

/// Runs the command in a session with its own unlocked Secret Service.
const WITH_KEYRING: &str = r#"exec dbus-run-session -- sh -c '
    printf %s pw | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1 || exit 9
    exec "$0" "$@"' "$0" "$@""#;

const FILE: &str = ".config/last-resort/campuses/01CUNY_BB.toml";

/// The prompt of a question, with what every question offers.
fn form(talk: &Talk, question: &str) -> String {
    talk.prompt(question, ">> next page, ? help, < previous, << back, /q quit")
}

/// Answers every question as a person would, with these keys, and returns the text of the last page.
fn fill_in(talk: &mut Talk, sim: &Running, keys: [&str; 3]) -> String {
    let asked = talk.asked();
    assert!(asked.contains("\nCampuses, with Alma's code"), "{asked}");
    // Enter alone must not choose a campus.
    assert!(asked.ends_with("Campus (number, name or Alma code), ? help, /q quit: "), "{asked}");
    assert!(talk.answer("").contains("\nChoose one by its number or name.\n"));
    assert!(talk.answer("nowhere at all").contains("No campus has that name"));
    let narrowed = talk.answer("college");
    assert!(narrowed.contains("1. Baruch College, 01CUNY_BB"), "{narrowed}");
    // The only match is offered but not chosen. A campus typed in full is chosen.
    let offered = talk.answer("baruc");
    assert!(
        offered.contains("\n1. Baruch College, 01CUNY_BB, ") && offered.contains(" [1 Baruch College, "),
        "{offered}"
    );
    assert!(talk.answer("-").contains("2. Borough of Manhattan"), "the whole list is shown again");
    let asked = talk.answer("baruch college");
    assert!(asked.contains("\nAlma and ILLiad, 2 of 4\n"), "{asked}");
    assert!(asked.ends_with(&form(talk, "Name (text) [Baruch College]")), "{asked}");
    assert!(talk.answer("").ends_with(&form(talk, "Environment (number, 1 to 2) [1 Sandbox, for testing]")));
    assert!(talk.answer("2").contains("Environment: PRODUCTION, used by patrons\n"));
    assert!(talk.answer("<").ends_with(&form(talk, "Environment (number, 1 to 2) [2 PRODUCTION, used by patrons]")));
    let asked = talk.answer("sandbox");
    assert!(asked.contains("Alma API address (text) [https://api-na.hosted.exlibrisgroup.com"), "{asked}");
    let refused = talk.answer("not an address");
    assert!(refused.contains("\nProblem: ") && refused.contains("Alma API address (text)"), "{refused}");
    let asked = talk.answer(&sim.alma_url());
    assert!(asked.contains("\nAlma API key (a key, not shown) ["), "{asked}");
    assert!(talk.answer(keys[0]).contains("ILLiad address (text) [empty]"));
    assert!(talk.answer(&sim.illiad_url()).contains("ILLiad API key (a key, not shown)"));
    let asked = talk.answer(keys[1]);
    assert!(talk.all().contains("\nAsking Alma and ILLiad, at most 30 s ...\n"), "{}", talk.all());
    assert!(talk.all().contains("\nAlma API key, confirmed: belongs to 01CUNY_BB, sandbox\n"), "{}", talk.all());
    assert!(asked.contains("\nILLiad API key, confirmed: accepted by ILLiad\n"), "{asked}");
    let asked = talk.answer(keys[2]);
    assert!(asked.contains("\nWhat the procedure needs to know, 3 of 4\n"), "{asked}");
    let asked = talk.answer("");
    assert!(
        asked.contains("2. QCRS, Resource Sharing Library, resource sharing\n"),
        "libraries are offered as a list: {asked}"
    );
    let unknown = talk.answer("NOWHERE");
    assert!(
        unknown.contains("Problem: Alma has no library with this name or code. Choose one from the list.\n"),
        "{unknown}"
    );
    // Two libraries can share resources, so Enter alone chooses neither.
    assert!(unknown.ends_with(&form(talk, "Resource Sharing Library (number or text, 4 to choose from)")), "{unknown}");
    let narrowed = talk.answer("library");
    assert!(narrowed.contains("\n1. QCRS, ") && !narrowed.contains("QCAX"), "{narrowed}");
    let asked = talk.answer("qcrs");
    assert!(asked.contains("[2 Main Service Desk,"), "{asked}");
    talk.answer("");
    assert!(talk.answer("").contains("Sample EMPLIDs (text) [empty]"));
    assert!(talk.answer(&sim.campus().sample.join(" ")).contains("Evidence lasts (days) (text) [30]"));
    talk.answer("")
}

/// Fails unless the campus file holds the answers. Also fails if a key was printed or is in a file.
fn assert_kept(home: &Path, sim: &Running, said: &str) {
    let file = std::fs::read_to_string(home.join(FILE)).expect("a campus file");
    let file = file.parse::<toml_edit::DocumentMut>().expect("TOML");
    assert_eq!(file["institution"].as_str(), Some("01CUNY_BB"));
    assert_eq!(file["environment"].as_str(), Some("sandbox"));
    assert_eq!(file["alma"]["library"].as_str(), Some(sim.campus().library.as_str()));
    assert_eq!(file["illiad"]["url"].as_str(), Some(sim.illiad_url().as_str()));
    let keys = sim.keys();
    for key in [&keys.alma, &keys.illiad, &keys.export] {
        assert!(!said.contains(key.as_str()), "a key was printed");
        for (path, bytes) in files(home) {
            assert!(!bytes.windows(key.len()).any(|window| window == key.as_bytes()), "a key is in {path}");
        }
    }
}

/// The answers can be changed even if every value is right, with the letter that the prompt names.
#[test]
fn the_answers_of_a_campus_that_is_there_are_opened_from_its_steps() {
    let mut talk = Talk::over_pipes(&["--plain", "practice", "--world", "done", "--step", "patrons"], &[]);
    let said = talk.asked();
    let prompt = said.lines().last().unwrap_or_default();
    assert!(prompt.contains("e answers; f forecast"), "{prompt}");
    assert!(talk.answer("?").contains("e: Changes this campus's answers: addresses, keys, library, desk, sample"));
    let asked = talk.answer("e");
    assert!(asked.lines().last().unwrap_or_default().starts_with("Sample EMPLIDs"), "{asked}");
    talk.answer("<<");
    talk.type_lines("q");
    talk.has_left(0);
}

/// A full-screen program that was killed leaves bracketed paste switched on, and arrow keys send several characters.
#[test]
fn marks_around_a_paste_are_no_part_of_it() {
    let mut talk = Talk::at_a_terminal((80, 24), &[PROGRAM, "--plain"], &[]);
    talk.asked();
    for answer in ["\x1b[200~baruch\x1b[201~", "\x1b[A", "\x1b[A", "\x1b[D"] {
        talk.answer(answer);
    }
    // Nobody listens at this address.
    let asked = talk.answer("\x1b[200~http://127.0.0.1:9\x1b[201~");
    assert!(asked.ends_with(&form(&talk, "Alma API key (a key, not shown) [not set yet]")), "{asked}");
    let next = talk.answer("\x1b[200~planted-key-0000000000000000000000a1b2\x1b[201~");
    assert!(next.contains("Alma API key: set (38 characters, ends a1b2)\n"), "{next}");
    talk.press(3);
    talk.has_left(130);
}

/// The user pastes the next key before the program asks for it.
#[test]
fn what_is_typed_before_a_key_is_asked_for_is_not_shown_either() {
    let sim = simulator::start_text(&format!("{WORLD}\n[[fault]]\nkind = {{ delay = 1500 }}\nserver = \"illiad\"\n"));
    let mut talk = Talk::at_a_terminal((80, 24), &[PROGRAM, "--plain"], &[]);
    talk.asked();
    let keys = sim.keys();
    for answer in ["baruch", "", "", "", &sim.alma_url(), &keys.alma, &sim.illiad_url()] {
        talk.answer(answer);
    }
    talk.type_lines(&keys.illiad);
    talk.wait_until("asking", |said| said.contains("\nAsking Alma and ILLiad, at most 30 s ...\n"));
    let asked = talk.answer(&keys.export);
    assert!(asked.starts_with("What you typed was ignored: there was no question yet.\n"), "{asked}");
    assert!(asked.contains("(a key, not shown) ["), "{asked}");
    talk.press(3);
    let (all, _) = talk.has_left(130);
    assert!(!all.contains(&keys.export) && !all.contains(&keys.illiad), "{all}");
}

#[test]
fn keys_typed_at_a_terminal_are_not_shown() {
    let sim = simulator::start_text(WORLD);
    let home = TempDir::new().expect("a home");
    let runtime = home.path().display().to_string();
    let env = [("XDG_RUNTIME_DIR", runtime.as_str()), ("TERM", "dumb")];
    let mut talk = Talk::at_a_terminal_in(home, (80, 24), &["sh", "-c", WITH_KEYRING, PROGRAM], &env);
    let keys = sim.keys();
    // A key copied together with the line ends around it.
    let pasted = format!("\n  {}\n", keys.illiad);
    let review = fill_in(&mut talk, &sim, [&keys.alma, &pasted, &keys.export]);
    assert!(review.contains("\nCheck your answers, 4 of 4\n"), "{review}");
    assert!(review.contains("\nAlma API key: set (36 characters, ends c3d4)\n"), "{review}");
    let steps = talk.answer("1");
    assert!(steps.contains("Saved.\n") && steps.contains("\nStep 1 of 8: Connect, verified, "), "{steps}");
    talk.type_lines("q");
    let (all, home) = talk.has_left(0);
    assert_kept(home.path(), &sim, &all);
}

/// Used from a script, with the keys in the environment.
#[test]
fn over_pipes() {
    let sim = simulator::start_text(WORLD);
    let mut talk = Talk::over_pipes(&[], &simulator::keys(&sim));
    let review = fill_in(&mut talk, &sim, ["", "", ""]);
    assert!(review.contains("\nReceive desk: Main Service Desk\n"), "{review}");
    let steps = talk.answer("1");
    assert!(steps.contains("\nStep 1 of 8: Connect, verified, "), "{steps}");
    talk.hang_up();
    let (all, home) = talk.has_left(0);
    assert_kept(home.path(), &sim, &all);
}

/// Several campuses exist here. Choosing one stores nothing.
#[test]
fn one_of_several_is_chosen() {
    let sim = simulator::start_text("sentence = \"Two campuses.\"\nbased_on = \"done\"\n");
    let home = simulator::home(&sim);
    let folder = home.path().join(".config/last-resort/campuses");
    let text = std::fs::read_to_string(folder.join("01CUNY_QC.toml")).expect("a campus");
    let other = text.replace("01CUNY_QC", "01CUNY_BB").replace("Queens", "Baruch");
    std::fs::write(folder.join("01CUNY_BB.toml"), other).expect("another campus");
    let mut talk = Talk::over_pipes_in(home, &[], &simulator::keys(&sim));
    let asked = talk.asked();
    assert!(asked.contains("\n1. Baruch College, 01CUNY_BB, set up here, sandbox\n"), "{asked}");
    let steps = talk.answer("01cuny_qc");
    assert!(
        steps.contains("Opening the campus, at most 30 s ...\n") && steps.contains("\nStep 1 of 8: Connect, "),
        "{steps}"
    );
    talk.hang_up();
    talk.has_left(0);
}

/// A user signs a step off, leaves, and starts again without naming a step.
#[test]
fn who_comes_back_is_where_they_left() {
    let sim = simulator::start_text("sentence = \"All but the words.\"\nbased_on = \"done\"\n");
    let keys = simulator::keys(&sim);
    let mut talk = Talk::over_pipes_in(simulator::home(&sim), &["--plain"], &keys);
    let first = talk.asked();
    assert!(first.contains("\nStep 1 of 8: Connect, ") && !first.contains("Opened at"), "{first}");
    for answer in ["s 3", "1", "", "yes"] {
        talk.answer(answer);
    }
    talk.hang_up();
    let (_, home) = talk.has_left(0);
    let mut talk = Talk::over_pipes_in(home, &["--plain"], &keys);
    let again = talk.asked();
    let words = "\nBack at Partner, where you left.\n";
    assert!(again.contains(words) && again.contains("\nStep 3 of 8: Partner, "), "{again}");
    talk.hang_up();
    talk.has_left(0);
}

/// Leaves at the prompt that is shown, and starts again in the same home.
fn again(talk: Talk, keys: &[(&str, &str)]) -> (Talk, String) {
    let mut talk = talk;
    talk.type_lines("q");
    let (_, home) = talk.has_left(0);
    let mut talk = Talk::over_pipes_in(home, &["--plain"], keys);
    let asked = talk.asked();
    (talk, asked)
}

/// A finished campus opens on the last screen, wherever it was left. Without the keys, Connect says which are missing.
#[test]
fn who_comes_back_is_told_that_nothing_is_left_or_that_keys_are_missing() {
    let sim = simulator::start_text("sentence = \"All but the words.\"\nbased_on = \"done\"\n");
    let keys = simulator::keys(&sim);
    let home = simulator::home_with(&sim, "\n[patrons]\nsample = [\"10000001\", \"10000002\"]\n");
    let mut talk = Talk::over_pipes_in(home, &["--plain"], &keys);
    talk.asked();
    for step in ["s 3", "s 5", "s 6", "s 7"] {
        talk.answer(step);
        for answer in ["1", "", "yes"] {
            talk.answer(answer);
        }
    }
    let (talk, asked) = again(talk, &keys);
    assert!(asked.contains("\nNothing is left to do: Queens College is set up."), "{asked}");
    assert!(!asked.contains("where you left"), "{asked}");
    let (mut talk, asked) = again(talk, &[]);
    let words = "The Alma key and the ILLiad key are missing here, so 52 values in 5 steps are unread. Press Enter to set keys.\n";
    assert!(asked.contains("\nStep 1 of 8: Connect, ") && asked.contains(words), "{asked}");
    assert!(asked.contains("\n1. Alma API key: unread.\n"), "{asked}");
    assert!(asked.contains("\nOpened at Connect: keys are missing.\n") && asked.contains("[1]"), "{asked}");
    talk.hang_up();
    talk.has_left(0);
}

/// The campus file's library is no longer in Alma: the program shows the list of libraries and asks again.
#[test]
fn a_library_that_alma_does_not_have_is_chosen_anew() {
    let command = ["--plain", "practice", "--world", "no-resource-sharing-library"];
    let mut talk = Talk::over_pipes(&command, &[]);
    let asked = talk.asked();
    assert!(asked.contains("1 change the campus file"), "{asked}");
    let asked = talk.answer("1");
    assert!(asked.contains("Resource Sharing Library (number or text, "), "{asked}");
    assert!(talk.answer("").contains("Choose one by its number or name.\n"));
    let list = asked;
    assert!(
        list.contains("Problem: Alma has no library with this name or code. Choose one from the list.\n"),
        "{list}"
    );
    assert!(list.contains("2. QCM, Main Library\n3. QCMUS, Music Library\n"), "{list}");
    talk.answer("<<");
    talk.type_lines("q");
    talk.has_left(0);
}

/// The campus given as an argument is offered first. An existing campus can be opened from the same list, and is never set up again.
#[test]
fn a_campus_named_is_offered_among_those_that_are_set_up() {
    let sim = simulator::start_text("sentence = \"One campus.\"\nbased_on = \"done\"\n");
    let mut talk = Talk::over_pipes_in(simulator::home(&sim), &["--campus", "01CUNY_BB"], &simulator::keys(&sim));
    let asked = talk.asked();
    assert!(asked.contains("\n1. Queens College, 01CUNY_QC, set up here, sandbox\n"), "{asked}");
    assert!(asked.contains(" [2 Baruch College, 01CUNY_BB"), "{asked}");
    let steps = talk.answer("01CUNY_QC");
    assert!(
        steps.contains("Opening the campus, at most 30 s ...\n") && steps.contains("\nStep 1 of 8: Connect, "),
        "{steps}"
    );
    talk.hang_up();
    talk.has_left(0);

    let mut talk = Talk::over_pipes_in(simulator::home(&sim), &["--campus", "01CUNY_XX"], &simulator::keys(&sim));
    let asked = talk.asked();
    assert!(asked.contains("01CUNY_XX is not in the list of campuses") && asked.contains(" [01CUNY_XX]"), "{asked}");
    assert!(talk.answer("").contains("Name (text) [empty]"));
    talk.hang_up();
    talk.has_left(0);
}

/// Somebody else creates the campus file while the set-up is running.
#[test]
fn a_file_that_came_to_be_meanwhile_is_not_written_over() {
    const MINE: &str = "# mine\n";
    let sim = simulator::start_text(WORLD);
    let mut talk = Talk::over_pipes(&[], &simulator::keys(&sim));
    talk.asked();
    for answer in ["baruch", "", "", "", &sim.alma_url(), "", &sim.illiad_url(), "", "", "", "qcrs", "", "", "", ""] {
        talk.answer(answer);
    }
    let file = talk.home.path().join(FILE);
    std::fs::create_dir_all(file.parent().expect("a folder")).expect("made");
    std::fs::write(&file, MINE).expect("written");
    let refused = talk.answer("1");
    assert!(refused.contains("01CUNY_BB is already set up here; its file was not changed"), "{refused}");
    assert_eq!(std::fs::read_to_string(&file).expect("text"), MINE);
    talk.hang_up();
    talk.has_left(0);
}

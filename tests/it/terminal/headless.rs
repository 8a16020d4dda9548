//! Commands without a screen, where standard output, the home folder or the terminal has a problem.
use crate::harness::terminal::PROGRAM;
use rstest::rstest;
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

const CAMPUS_FILE: &str = "institution = \"01CUNY_QC\"\nenvironment = \"sandbox\"\n\n[alma]\nurl = \"http://127.0.0.1:9\"\n\
    library = \"QCRS\"\n\n[illiad]\nurl = \"http://127.0.0.1:9/illiadwebplatform\"\n";

/// A home with a campus file whose servers do not exist.
fn home() -> TempDir {
    let home = TempDir::new().expect("a home");
    let campuses = home.path().join("config/last-resort/campuses");
    fs::create_dir_all(&campuses).expect("a folder");
    fs::write(campuses.join("01CUNY_QC.toml"), CAMPUS_FILE).expect("a campus");
    home
}

fn command(program: &str, home: &Path) -> Command {
    let mut command = Command::new(program);
    command
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("HOME", home)
        .env("USER", "staff")
        .env("XDG_CONFIG_HOME", home.join("config"))
        .env("XDG_STATE_HOME", home.join("state"))
        .env("LAST_RESORT_ALMA_KEY", "planted-key-0000000000000000000000a1b2")
        .env("LAST_RESORT_ILLIAD_KEY", "planted-key-0000000000000000000000c3d4")
        .stdin(Stdio::null())
        .stderr(Stdio::piped());
    command
}

/// Returns the text on standard error. Fails on a panic, or if the text is not a sentence.
#[track_caller]
fn said(output: &Output) -> String {
    let said = String::from_utf8(output.stderr.clone()).expect("UTF-8");
    assert!(!said.contains("panicked") && output.status.code() != Some(101), "{said}");
    assert!(output.status.code().is_some(), "ended by a signal: {}", output.status);
    said
}

/// As in `| head` after `head` has exited: nobody reads the rest of the output.
#[rstest]
#[case::campuses(&["campuses"])]
#[case::worlds(&["practice", "--list"])]
#[case::completions(&["completions", "bash"])]
#[case::man(&["man"])]
#[case::simulate(&["simulate"])]
#[case::check(&["check", "connect"])]
#[case::check_json(&["check", "connect", "--json"])]
#[case::plan(&["plan"])]
#[case::keys(&["keys", "status"])]
fn a_pipe_that_nobody_reads_ends_a_reading_command_in_silence(#[case] args: &[&str]) {
    let home = home();
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    let output = command(PROGRAM, home.path()).args(args).stdout(writer).output().expect("the program");
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    let said = said(&output);
    assert!(!said.contains("last-resort: "), "{said}");
}

/// Help and version, when the reader closes the pipe after the first line.
#[rstest]
#[case("--help")]
#[case("--version")]
fn help_into_a_pipe_that_nobody_reads_is_silent(#[case] arg: &str) {
    let home = home();
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    let output = command(PROGRAM, home.path()).arg(arg).stdout(writer).output().expect("the program");
    assert_eq!(said(&output), "");
}

/// Daemons may close standard streams. The command then works or says why not, and never writes into another file that
/// got the same descriptor number.
#[rstest]
#[case::output(">&-")]
#[case::errors("2>&-")]
#[case::input("<&-")]
#[case::all("<&- >&- 2>&-")]
fn closed_streams(#[case] redirect: &str) {
    let home = home();
    for (args, codes) in [("campuses", [0, 1]), ("check connect", [1, 1]), ("practice", [0, 1]), ("nonsense", [2, 2])] {
        let script = format!("exec \"$0\" {args} {redirect}");
        let mut shell = command("sh", home.path());
        let output = shell.args(["-c", &script, PROGRAM]).stdout(Stdio::piped()).output().expect("sh");
        said(&output);
        assert!(output.status.code().is_some_and(|code| codes.contains(&code)), "{script}: {}", output.status);
    }
    let campus = home.path().join("config/last-resort/campuses/01CUNY_QC.toml");
    assert_eq!(fs::read_to_string(campus).expect("a campus"), CAMPUS_FILE);
}

/// A home that is not writable. A file takes the place of a folder, which stops even root.
#[rstest]
#[case::check(&["check", "connect"])]
#[case::attest(&["attest", "rota"])]
#[case::apply(&["apply", "partner", "--confirm", "01CUNY_QC"])]
fn a_state_folder_that_cannot_be_made_is_named(#[case] args: &[&str]) {
    let home = home();
    let state = home.path().join("state");
    fs::write(&state, "").expect("a file");
    let output = command(PROGRAM, home.path()).args(args).stdout(Stdio::piped()).output().expect("the program");
    let said = said(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains(&state.display().to_string()), "{said}");
    assert!(said.starts_with("last-resort: "), "{said}");
}

/// A set-up does not start if its answers could not be saved. There is also no message about an unfinished set-up,
/// since there was none.
#[rstest]
#[case::file("state", "state")]
#[case::file_below("state/last-resort", "state/last-resort")]
#[case::file_above("state", "state/below")]
fn no_set_up_begins_where_nothing_can_be_kept(#[case] file: &str, #[case] state: &str) {
    let home = TempDir::new().expect("a home");
    let in_the_way = home.path().join(file);
    fs::create_dir_all(in_the_way.parent().expect("a folder")).expect("made");
    fs::write(&in_the_way, "").expect("a file");
    let mut begun = command(PROGRAM, home.path());
    let state = home.path().join(state.trim_end_matches("/last-resort"));
    begun.env("XDG_STATE_HOME", state).args(["--plain"]).stdout(Stdio::piped());
    let output = begun.output().expect("the program");
    let said = said(&output);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(output.stdout.is_empty(), "no question was printed");
    assert!(said.starts_with("last-resort: Cannot start the set-up: your answers cannot be saved: "), "{said}");
    let next = format!("next: {} is where a folder is needed: move it away", in_the_way.display());
    assert!(said.contains(&next), "{said}");
}

/// Existing campuses can still be opened there, and a message says that answers cannot be saved.
#[test]
fn campuses_can_be_chosen_where_nothing_can_be_kept() {
    let home = home();
    let other = CAMPUS_FILE.replace("01CUNY_QC", "01CUNY_BB");
    fs::write(home.path().join("config/last-resort/campuses/01CUNY_BB.toml"), other).expect("another campus");
    let state = home.path().join("state");
    fs::write(&state, "").expect("a file");
    let output = command(PROGRAM, home.path()).arg("--plain").stdout(Stdio::piped()).output().expect("the program");
    let (told, said) = (String::from_utf8_lossy(&output.stdout), said(&output));
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(told.contains("\nThe set-up cannot save your answers here.\n") && told.contains("01CUNY_BB"), "{told}");
    assert!(said.contains("next: ") && said.contains(&state.display().to_string()), "{said}");
}

/// The same for the folder of campus files: the error names the path that is in the way.
#[test]
fn a_config_folder_that_is_a_file_is_named() {
    let home = TempDir::new().expect("a home");
    fs::write(home.path().join("config"), "").expect("a file");
    for args in [&["campuses"][..], &["check"], &["check", "--campus", "01CUNY_QC"]] {
        let output = command(PROGRAM, home.path()).args(args).stdout(Stdio::piped()).output().expect("the program");
        let told = said(&output) + &String::from_utf8_lossy(&output.stdout);
        assert!(told.contains(&home.path().join("config").display().to_string()), "{args:?}: {told}");
        assert_ne!(output.status.code(), Some(0), "{args:?}: {told}");
    }
}

#[test]
fn practice_without_a_temporary_folder_says_so() {
    let home = home();
    let mut practice = command(PROGRAM, home.path());
    practice.env("TMPDIR", home.path().join("nowhere")).arg("practice").stdout(Stdio::piped());
    let output = practice.output().expect("the program");
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("Practice needs a temporary folder and could not create one"));
}

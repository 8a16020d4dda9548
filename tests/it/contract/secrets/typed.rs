//! Keys that people type: on standard input, and also, although they must not, as an argument or in an environment variable.
use super::hunt_in;
use crate::harness::keeper::{Hunt, Looks, Planted};
use crate::harness::{Desk, Ran, Started, account};
use std::io::Write as _;
use std::process::Stdio;

/// A campus code that nobody else uses in the keyring, not even another run of this test.
fn other() -> String {
    format!("01TEST_TYPED_{}", std::process::id())
}

/// Runs a command on that campus without keys in the environment, and with this text on standard input.
fn typed(desk: &Desk, args: &[&str], text: &str) -> Ran {
    let mut command = desk.command(&[args, &["--campus", &other()]].concat());
    for slot in ["ALMA", "ILLIAD", "EXPORT"] {
        command.env_remove(format!("LAST_RESORT_{slot}_KEY"));
    }
    let mut child = command.stdin(Stdio::piped()).spawn().expect("the binary");
    // The program may exit before it reads its input.
    let _ = child.stdin.take().expect("a pipe").write_all(text.as_bytes());
    Started::new(child).end()
}

fn desk() -> (Desk, Planted, Hunt) {
    let keys = Planted::new(Looks::Usual);
    let desk = Desk::in_world_of(&keys.world("done"));
    desk.campus_file(&other(), &desk.campus_text().replace("01CUNY_QC", &other()));
    let hunt = Hunt::of(keys.all());
    (desk, keys, hunt)
}

#[test]
fn a_key_is_read_from_standard_input_and_never_shown() {
    let (desk, keys, hunt) = desk();
    let end = &keys.alma[keys.alma.len() - 4..];
    for text in [keys.alma.clone(), format!("{}\n", keys.alma), format!("  {}\r\n\r\n", keys.alma)] {
        let ran = typed(&desk, &["keys", "set", "--slot", "alma"], &text);
        hunt_in(&hunt, &desk, &ran, "keys set");
        if ran.code == Some(1) {
            // On a machine without any keyring the program says so and stores the key nowhere else.
            assert!(
                ran.err().contains("No key was stored") && ran.err().contains("LAST_RESORT_ALMA_KEY"),
                "{}",
                ran.err()
            );
            continue;
        }
        let ran = ran.exits(0);
        assert!(ran.out().contains(&format!("set (36 characters, ends {end})")), "{}", ran.out());
        assert!(ran.out().contains("stored in: "), "{}", ran.out());
        let status = typed(&desk, &["keys", "status", "--slot", "alma"], "").exits(0);
        assert!(status.out().contains(&format!("ends {end}), from the keyring")), "{}", status.out());
        hunt_in(&hunt, &desk, &status, "keys status");
        let forgotten = typed(&desk, &["keys", "forget", "--slot", "alma"], "").exits(0);
        hunt_in(&hunt, &desk, &forgotten, "keys forget");
        typed(&desk, &["keys", "status", "--slot", "alma"], "").exits(1);
    }
    assert!(desk.sim.requests().is_empty(), "storing a key sends no request");
}

#[test]
fn what_is_no_key_is_refused_and_not_repeated() {
    let (desk, keys, hunt) = desk();
    let two = format!("{} {}", keys.alma, keys.illiad);
    for (text, why) in [
        (String::new(), "empty"),
        ("\n".to_owned(), "empty"),
        (two, "blank"),
        (format!("{}\u{1b}[2J", keys.alma), "control character"),
        (keys.alma.repeat(6), "200 characters"),
    ] {
        let ran = typed(&desk, &["keys", "set", "--slot", "alma"], &text);
        hunt_in(&hunt, &desk, &ran, why);
        // Without a keyring the program stops earlier.
        if ran.code != Some(1) {
            let ran = ran.exits(2);
            assert!(ran.err().contains(why) && ran.err().contains("next: "), "{why}: {}", ran.err());
        }
    }
    let ran = typed(&desk, &["keys", "set"], &keys.alma).exits(2);
    assert!(ran.err().contains("--slot"), "{}", ran.err());
    hunt_in(&hunt, &desk, &ran, "no slot");
}

#[test]
fn a_key_given_as_an_argument_is_refused_and_not_repeated() {
    for looks in [Looks::Usual, Looks::Odd] {
        let keys = Planted::new(looks);
        let hunt = Hunt::of(keys.all());
        let desk = Desk::in_world_of(&keys.world("done"));
        let key = keys.alma.as_str();
        let equals = format!("--key={key}");
        let slot = format!("--slot={key}");
        let wrong: [&[&str]; 12] = [
            &["keys", "set", key],
            &["keys", "set", "--slot", "alma", key],
            &["keys", "set", "--slot", key],
            &["keys", "set", &slot],
            &["keys", "set", "alma", key],
            &["keys", "set", "--slot", "alma", "--key", key],
            &["keys", "set", "--slot", "alma", &equals],
            &["keys", key],
            &["keys", "status", key],
            &["keys", "test", key],
            &["keys", "forget", "--slot", "illiad", key],
            &["--campus", "01CUNY_QC", "keys", "set", key],
        ];
        for args in wrong {
            let ran = desk.run(args).exits(2);
            let context = format!("{} arguments, {looks:?}", args.len());
            assert!(ran.out().is_empty() && ran.err().contains("never an argument"), "{context}: {}", ran.err());
            assert!(
                ran.err().contains("standard input"),
                "{context}: the message says where keys are read from: {}",
                ran.err()
            );
            hunt_in(&hunt, &desk, &ran, &context);
        }
        assert!(desk.sim.requests().is_empty());
    }
}

#[test]
fn an_unfit_key_in_the_environment_is_named_by_its_variable_alone() {
    let (desk, keys, hunt) = desk();
    for (variable, args) in [
        ("LAST_RESORT_ALMA_KEY", &["check", "connect"][..]),
        ("LAST_RESORT_ILLIAD_KEY", &["check", "connect", "--json"]),
        ("LAST_RESORT_ALMA_KEY", &["keys", "status"]),
        ("LAST_RESORT_EXPORT_KEY", &["keys", "test"]),
    ] {
        let mut command = desk.command(&[args, &["--campus", "01CUNY_QC"]].concat());
        command.env(variable, format!("{} {}", keys.alma, keys.export));
        let ran = Started::new(command.spawn().expect("the binary")).end().exits(1);
        let said = format!("{}{}", ran.out(), ran.err());
        assert!(said.contains(variable), "{args:?}: {said}");
        hunt_in(&hunt, &desk, &ran, variable);
    }
}

#[test]
fn bytes_that_are_no_text_are_a_wrong_use_of_keys_set() {
    let (desk, ..) = desk();
    let mut command = desk.command(&["keys", "set", "--slot", "alma", "--campus", &other()]);
    let mut child = command.stdin(Stdio::piped()).spawn().expect("the binary");
    let _ = child.stdin.take().expect("a pipe").write_all(b"l8xx\xff\xfe\n");
    let ran = Started::new(child).end();
    // Without a keyring the program stops earlier, and says so.
    let words = if ran.code == Some(1) { "keyring" } else { "not UTF-8 text" };
    assert!(matches!(ran.code, Some(1 | 2)) && ran.err().contains(words), "{:?}: {}", ran.code, ran.err());
}

#[test]
fn a_key_in_a_remark_or_as_a_name_gets_into_no_file() {
    let (desk, keys, hunt) = desk();
    for key in [&keys.alma, &keys.illiad, &keys.export] {
        let ran = desk.run(&["attest", "rota", "--campus", "01CUNY_QC", "--note", &format!("the key is {key}.")]);
        hunt_in(&hunt, &desk, &ran, "a remark");
        assert!(ran.exits(2).err().contains("Nothing was saved."));
    }
    // A key of another campus, which this machine does not know.
    let told = desk.run(&["attest", "rota", "--campus", "01CUNY_QC", "--note", "5f2c1d9e-77aa-4e0b-9c51-0d7f2b9ea1b2"]);
    assert!(told.exits(2).err().contains("something that looks like a key. Nothing was saved."));
    assert!(desk.journal().is_empty());
    let mut command = desk.command(&["attest", "rule", "--campus", "01CUNY_QC"]);
    let ran =
        Started::new(command.env("USER", &keys.alma).env("SUDO_USER", &keys.export).spawn().expect("the binary")).end();
    hunt_in(&hunt, &desk, &ran, "a name");
    ran.exits(0);
    let line = &desk.journal()[0];
    assert_eq!((&line["by"], line["account"].get("sudo_user")), (&account().into(), None), "{line}");
}

#[test]
fn a_key_typed_in_the_wrong_place_is_not_repeated() {
    let (desk, keys, hunt) = desk();
    let key = keys.illiad.as_str();
    let path = format!("/nowhere/{key}");
    let campus = ["--campus", "01CUNY_QC"];
    for args in [
        &["check", "--campus", key][..],
        &[&["attest", key][..], &campus].concat(),
        &["practice", "--world", key],
        &[&["evidence", "import", &path][..], &campus].concat(),
        &[&["prove", "--request", key, "--confirm", "01CUNY_QC"][..], &campus].concat(),
    ] {
        let ran = desk.run(args);
        hunt_in(&hunt, &desk, &ran, args[0]);
        assert!(ran.code != Some(0) && ran.err().contains("[not repeated]"), "{args:?}: {}", ran.err());
    }
    for line in [format!("stance = \"{key}\""), format!("\"{key}\" = 1")] {
        let text = desk.campus_text().replace("stance = \"ahead\"", "");
        desk.campus_file("01CUNY_QC", &format!("{line}\n{text}"));
        let ran = desk.run(&["check", "--campus", "01CUNY_QC"]).exits(2);
        let said = ["[not repeated]", "looks like an API key"].iter().any(|said| ran.err().contains(said));
        assert!(!ran.err().contains(key) && said, "{}", ran.err());
    }
}

/// A key as people and programs write it down.
fn spellings(key: &str) -> Vec<String> {
    let (first, second) = key.split_at(20);
    vec![
        key.to_uppercase(),
        key.replace('-', ""),
        key.replace('-', "%2D"),
        format!("{first} {second}"),
        format!("{first}\n{second}"),
        key.chars().rev().collect(),
    ]
}

/// Whether the key, as its letters alone, stands in a text forwards or backwards.
fn holds(text: &str, key: &str) -> bool {
    let letters = |text: &str| {
        let text = text.to_lowercase().replace("%2d", "");
        text.chars().filter(char::is_ascii_alphanumeric).collect::<String>()
    };
    let (text, key) = (letters(text), letters(key));
    text.contains(&key) || text.contains(&key.chars().rev().collect::<String>())
}

#[test]
fn a_key_in_another_spelling_is_a_key() {
    let (desk, keys, _) = desk();
    let unknown = "5f2c1d9e-77aa-4e0b-9c51-0d7f2b9ea1b2";
    for key in [&keys.alma, &keys.illiad, unknown] {
        for spelled in spellings(key) {
            for args in [
                &["attest", "rota", "--note", &spelled][..],
                &["attest", &spelled],
                &["check", &spelled],
                &["prove", "--request", &spelled],
                &["patrons", "--file", &spelled],
            ] {
                let ran = desk.run(&[args, &["--campus", "01CUNY_QC"]].concat());
                assert!(ran.code != Some(0), "{args:?}");
                assert!(!holds(ran.out(), key) && !holds(ran.err(), key), "{args:?}: {}{}", ran.out(), ran.err());
            }
            let name = format!("name = {spelled:?}");
            desk.campus_file(
                &other(),
                &desk.campus_text().replace("01CUNY_QC", &other()).replace("name = \"Queens College\"", &name),
            );
            let ran = desk.run(&["check", "--campus", &other()]).exits(2);
            assert!(!holds(ran.err(), key) && ran.err().contains("name"), "{}", ran.err());
            assert!(desk.journal().is_empty());
        }
    }
}

/// A key in the slot of the other system is known by its shape: it is sent nowhere, and nobody says that it was refused.
#[test]
fn a_key_in_the_wrong_slot_is_not_sent() {
    let (desk, keys, hunt) = desk();
    let mut command = desk.command(&["keys", "test", "--campus", "01CUNY_QC"]);
    command.env("LAST_RESORT_ALMA_KEY", &keys.illiad).env("LAST_RESORT_ILLIAD_KEY", &keys.alma);
    let ran = Started::new(command.env_remove("LAST_RESORT_EXPORT_KEY").spawn().expect("the binary")).end().exits(1);
    hunt_in(&hunt, &desk, &ran, "keys test");
    let tried: Vec<&str> = ran.out().lines().filter(|line| line.contains("could not be tested")).collect();
    assert_eq!(tried.len(), 2, "{}", ran.out());
    assert!(
        !ran.out().contains("not accepted") && ran.out().contains("looks like one of ILLiad, so it was not sent"),
        "{}",
        ran.out()
    );
    assert!(desk.sim.requests().is_empty(), "{:?}", desk.sim.requests());
}

/// Nobody answers, so nobody said anything about the keys.
#[test]
fn a_key_that_could_not_be_tried_was_not_refused() {
    let (desk, ..) = desk();
    let text = desk.campus_text().replace(&desk.sim.illiad_url(), "http://127.0.0.1:1/illiadwebplatform");
    desk.campus_file("01CUNY_QC", &text);
    let ran = desk.run(&["keys", "test", "--campus", "01CUNY_QC"]).exits(1);
    assert!(
        ran.out().contains("illiad  could not be tested: ") && !ran.out().contains("not accepted"),
        "{}",
        ran.out()
    );
}

/// A request is asked about by its id, in an address. No key and no part of one goes there, in whatever spelling.
#[test]
fn a_key_given_as_a_request_is_refused_before_anything_is_sent() {
    let (desk, keys, hunt) = desk();
    let backwards = |key: &str| key.chars().rev().collect::<String>();
    let unknown = "l8xx4f0c2a19b7de4c53a6e81f90d2b7c3e5".to_owned();
    let parts = [&keys.alma, &keys.illiad, &keys.export].map(|key| key[4..24].to_owned());
    let whole = [&keys.alma, &keys.illiad, &keys.export];
    let spelled =
        whole.iter().flat_map(|key| [(*key).clone(), key.to_uppercase(), key.replace('-', ""), backwards(key)]);
    for given in spelled.chain(parts).chain([unknown]) {
        let ran = desk.run(&["prove", "--request", &given, "--confirm", "01CUNY_QC", "--campus", "01CUNY_QC"]).exits(2);
        assert!(ran.err().contains("Nothing was sent") && !ran.err().contains(&given), "{}", ran.err());
        hunt_in(&hunt, &desk, &ran, "prove --request");
        let kept = desk.files().iter().any(|(_, bytes)| String::from_utf8_lossy(bytes).contains(&given));
        assert!(!kept, "in no file");
    }
    assert!(desk.sim.requests().is_empty());
}

//! `patrons`: who would get a duplicate ILLiad account, and which of that data may be shown, stored and read again.
use crate::harness::judge::{assert_only_looked, finding, no_control};
use crate::harness::{Desk, Ran, in_parallel, wait_for};
use last_resort::sim::{BodyKind, Fault, FaultKind, RequestLog};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::time::Duration;

/// Returns the EMPLID of the nth patron in the world `many-patrons`.
fn emplid(n: u32) -> String {
    (20_000_000 + n).to_string()
}

/// Writes a patron file for these patrons, in the format that FAQ 383002 asks for.
fn list(desk: &Desk, numbers: impl IntoIterator<Item = u32>) -> String {
    let rows = numbers.into_iter().map(|n| format!("patron{n:03},{}\r\n", emplid(n)));
    given(desk, &rows.fold("\u{feff}Old username,EMPLID\r\n".to_owned(), |text, row| text + &row))
}

/// Writes a file with this text and returns its path.
fn given(desk: &Desk, text: &str) -> String {
    let path = desk.config().join("people.csv");
    fs::write(&path, text).expect("written");
    path.to_str().expect("a path").to_owned()
}

fn memory(desk: &Desk) -> PathBuf {
    desk.journal_path().with_file_name("forecast.jsonl")
}

/// Counts the people whose results are stored.
fn kept(desk: &Desk) -> usize {
    fs::read_to_string(memory(desk)).unwrap_or_default().lines().count()
}

fn asks_about_a_user(seen: &&RequestLog) -> bool {
    seen.path.starts_with("/almaws/v1/users/")
}

/// Lets Alma never answer about the ten after the nth of the crowd. A run asks about ten people at a time, so it comes to
/// rest there: everybody before them is read, and no request of its is still on its way when it is ended.
fn rests_after(desk: &Desk, n: u32) {
    for held in n + 1..=n + 10 {
        desk.sim.set_fault(Fault::new(FaultKind::Hang).path(&format!("/almaws/v1/users/{}", emplid(held))));
    }
}

/// Waits until the run on the first so many of the crowd rests there, and has asked about the ten that hang.
fn wait_for_rest(desk: &Desk, n: u32) {
    let all = n as usize;
    wait_for("so many people read, and ten more asked about", || kept(desk) == all && asked(desk).len() == all + 10);
}

/// Counts Alma's requests for each person.
fn asked(desk: &Desk) -> BTreeMap<String, usize> {
    let mut asked = BTreeMap::new();
    for seen in desk.sim.requests().iter().filter(asks_about_a_user) {
        *asked.entry(seen.path.clone()).or_default() += 1;
    }
    asked
}

/// Counts the people by outlook, without the zeros.
fn counts(forecast: &Value) -> Vec<(&str, u64)> {
    let counts = forecast["counts"].as_object().expect("counts");
    counts
        .iter()
        .map(|(name, count)| (name.as_str(), count.as_u64().expect("a count")))
        .filter(|(_, n)| *n > 0)
        .collect()
}

/// Whether `word` is in a text as a whole word. Hashes and times are full of digits, so a match inside a longer word says nothing.
fn says(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let outside = |c: Option<char>| !c.is_some_and(char::is_alphanumeric);
        outside(text[..at].chars().next_back()) && outside(text[at + word.len()..].chars().next())
    })
}

/// Fails if one of these identifiers is in the run's output or in the program's own files.
#[track_caller]
fn assert_nameless(desk: &Desk, ran: &Ran, names: &[String]) {
    let mut texts =
        vec![("standard output".into(), ran.out().to_owned()), ("standard error".into(), ran.err().to_owned())];
    let state = desk.state();
    let files = desk.files().into_iter().filter(|(path, _)| path.starts_with(&state));
    texts.extend(files.map(|(path, bytes)| (path, String::from_utf8_lossy(&bytes).into_owned())));
    assert!(texts.len() >= 4, "the stored results, the salt or the log are not where this test looks");
    for (place, text) in &texts {
        let told = names.iter().find(|name| says(text, name));
        assert_eq!(told, None, "{}", place.display());
    }
}

#[test]
fn four_hundred_are_asked_about_once_though_two_runs_were_killed() {
    let desk = Desk::in_world("many-patrons");
    let file = list(&desk, 1..=400);
    let args = ["patrons", "--file", &file, "--json"];
    for stop in [120, 250] {
        let before = desk.sim.requests().len();
        rests_after(&desk, stop);
        let running = desk.start(&args);
        wait_for_rest(&desk, stop);
        running.kill();
        desk.sim.clear_faults();
        assert_pace_since(&desk, before);
    }
    let (remembered, before) = (kept(&desk), desk.sim.requests().len());
    let ran = desk.run(&args).exits(3);
    assert_pace_since(&desk, before);
    let requests = desk.sim.requests();
    let now = requests[before..].iter().filter(asks_about_a_user).count();
    assert_eq!(now, 400 - remembered, "people with stored results were not asked about again");
    let asked = asked(&desk);
    assert_eq!(asked.len(), 400);
    let twice = asked.values().filter(|times| **times > 1).count();
    assert!(
        twice <= 20,
        "{twice} people asked about twice: more than were being asked about when the runs were killed"
    );
    assert!(desk.writes().is_empty());

    let forecast = ran.json();
    let expected = [
        ("same", 318),
        ("other_spelling", 4),
        ("not_yet", 54),
        ("would_double", 8),
        ("already_doubled", 4),
        ("unknown_to_alma", 12),
    ];
    assert_eq!(counts(&forecast), expected);
    let of = |outlook: &str| -> Vec<u64> {
        let people = forecast["people"].as_array().expect("people").iter();
        people
            .filter(|person| person["outlook"] == outlook)
            .map(|person| person["line"].as_u64().expect("a line"))
            .collect()
    };
    // The nth patron is on line n + 1, below the headings.
    assert_eq!(of("would_double"), [41, 101, 121, 201, 281, 301, 361, 401]);
    assert_eq!(of("already_doubled"), [81, 161, 241, 321]);
    let names: Vec<String> = (1..=400).flat_map(|n| [emplid(n), format!("patron{n:03}"), format!("N{n:07}")]).collect();
    assert_nameless(&desk, &ran, &names);
}

/// Checks the rate limit for the requests after the first `before`, which one process sent.
#[track_caller]
fn assert_pace_since(desk: &Desk, before: usize) {
    let times: Vec<_> = desk.sim.requests()[before..]
        .iter()
        .filter(|seen| crate::harness::desk::to_alma(seen))
        .map(|seen| seen.at)
        .collect();
    for (first, start) in times.iter().enumerate() {
        let within = times[first..].iter().filter(|at| at.duration_since(*start) < Duration::from_secs(1)).count();
        assert!(within <= 10, "{within} requests within a second");
    }
}

/// Eight patrons, one for each way of being known. The first is on line 2 of the file.
const MIXED: [(u32, &str, &str, &str); 8] = [
    (
        40,
        "patron040",
        "would_double",
        "under the old username (patron040), but none under the identifier that Alma sends: with \"Create user in ILLiad\" on, Alma would silently create a second account",
    ),
    (100, "", "would_double", "under another username (patron100) with this ExternalUserId"),
    (80, "patron080", "already_doubled", "two accounts already: an account under the old username (patron080)"),
    (50, "", "other_spelling", "primary identifier is a different one (N0000050), and ILLiad has that one"),
    (33, "patron033", "unknown_to_alma", "Alma has no user with this identifier"),
    (7, "patron007", "not_yet", "not even under the old username"),
    (14, "", "not_yet", "no old username was given, so an older account under another name would not show up"),
    (1, "patron001", "same", "one account"),
];

/// Writes a file with these eight patrons.
fn mixed(desk: &Desk) -> String {
    let rows: String = MIXED.iter().map(|(n, old, ..)| format!("{},{old}\n", emplid(*n))).collect();
    given(desk, &format!("EMPLID,Old username\n{rows}"))
}

#[test]
fn each_outlook_is_told_with_its_reason() {
    let desk = Desk::in_world("many-patrons");
    let shown = desk.run(&["patrons", "--file", &mixed(&desk), "--json", "--show-ids"]).exits(3).json();
    let people = shown["people"].as_array().expect("people");
    assert_eq!(people.len(), MIXED.len());
    for (person, (n, _, outlook, why)) in people.iter().zip(MIXED) {
        assert_eq!((&person["outlook"], &person["emplid"]), (&outlook.into(), &emplid(n).into()), "{person}");
        assert!(person["why"].as_str().is_some_and(|told| told.contains(why)), "{person}");
        assert!(person["read_at"].as_str().is_some_and(|at| at.ends_with('Z') && at.len() == 20), "{person}");
    }
    assert_eq!((&shown["schema"], &shown["campus"], &shown["asked"]), (&1.into(), &"01CUNY_QC".into(), &8.into()));
    assert_only_looked(&desk, "outlooks");
}

#[test]
fn what_is_remembered_is_told_again_without_a_request_and_without_a_name() {
    let desk = Desk::in_world("many-patrons");
    let file = mixed(&desk);
    let first = desk.run(&["patrons", "--file", &file, "--json", "--show-ids"]).exits(3).json();
    let before = desk.sim.requests().len();
    let hashed = desk.run(&["patrons", "--file", &file, "--json"]).exits(3);
    let plain = desk.run(&["patrons", "--file", &file]).exits(3);
    assert_eq!(desk.sim.requests().len(), before);
    let names: Vec<String> =
        MIXED.iter().flat_map(|(n, ..)| [emplid(*n), format!("patron{n:03}"), format!("N{n:07}")]).collect();
    assert_nameless(&desk, &hashed, &names);
    assert_nameless(&desk, &plain, &names);
    let told =
        |forecast: &Value, at: usize| ["id", "outlook", "read_at"].map(|name| forecast["people"][at][name].clone());
    (0..8).for_each(|at| assert_eq!(told(&hashed.json(), at), told(&first, at)));
    let out = plain.out();
    assert!(out.contains("2 of 8 people would get duplicate ILLiad accounts\n1 of 8 people has two"), "{out}");
    assert!(
        out.contains("line 2  ILLiad has") && out.contains("FAQ 383002") && out.contains("which one stays"),
        "{out}"
    );
    assert!(out.contains("next, for those unknown to Alma: compare the number"), "{out}");
    no_control(&plain, "plain");
    for name in ["forecast.jsonl", "forecast.salt"] {
        let mode = fs::metadata(memory(&desk).with_file_name(name)).expect("there").permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
}

/// World, arguments, exit code, count by outlook, text in the output.
type Case = (&'static str, &'static [&'static str], i32, &'static [(&'static str, u64)], &'static str);

const CASES: &[Case] = &[
    ("done", &[], 0, &[("same", 2)], ""),
    ("done", &["10000001", "10000001"], 0, &[("same", 1)], ""),
    ("done", &["21234000000011"], 0, &[("other_spelling", 1)], "primary identifier is a different one, and"),
    ("usernames-differ", &[], 1, &[("not_yet", 2)], "no old username was given"),
    ("xml-answers", &[], 0, &[("same", 2)], ""),
    ("per-second-limit", &[], 0, &[("same", 2)], ""),
    ("no-configuration-area", &[], 0, &[("same", 2)], ""),
    ("illiad-down", &[], 1, &[("unread", 2)], "HTTP 503"),
    ("illiad-bad-key", &[], 1, &[("unread", 2)], "HTTP 401"),
    ("illiad-sign-in", &[], 1, &[("unread", 2)], "instead of an answer"),
    ("bad-alma-key", &[], 1, &[("unread", 2)], "Invalid API Key"),
    ("wrong-campus-key", &[], 1, &[("unread", 2)], "belongs to 01CUNY_BC"),
    ("wrong-environment-key", &[], 1, &[("unread", 2)], "production"),
    ("daily-limit", &[], 1, &[("unread", 2)], "DAILY_THRESHOLD"),
];

#[test]
fn worlds() {
    in_parallel(CASES, |(world, ids, code, expected, says)| {
        let desk = Desk::in_world(world);
        let ran = desk.run(&[&["patrons", "--json"], *ids].concat());
        assert_eq!(ran.code, Some(*code), "{world}: {}{}", ran.out(), ran.err());
        assert_eq!(counts(&ran.json()), *expected, "{world}");
        assert!(ran.out().contains(says), "{world}: {}", ran.out());
        assert_only_looked(&desk, world);
        no_control(&ran, world);
        if expected[0].0 == "unread" {
            assert_eq!(asked(&desk).len(), 0, "{world}: no request about a person if none can be read");
            assert_eq!(kept(&desk), 0, "{world}: unread stays unread");
        }
    });
}

#[test]
fn an_old_username_tells_what_the_emplid_alone_cannot() {
    let desk = Desk::in_world("usernames-differ");
    let file = given(
        &desk,
        "\"Name\";\"Username\";\"EMPLID\"\r\n\"One; P.\";practicepatron1; 10000001 \r\n;nobody;10000002\r\n",
    );
    let ran = desk.run(&["patrons", "--file", &file, "--json"]).exits(3);
    assert_eq!(counts(&ran.json()), [("not_yet", 1), ("would_double", 1)]);
}

#[test]
fn files_of_another_layout_are_refused_before_anybody_is_asked() {
    let desk = Desk::in_world("done");
    let cases = [
        ("jdoe,10000001\n", "found 2 columns without headings"),
        ("Name,Barcode\nDoe,10000001\n", "headed \"Name\", \"Barcode\""),
        ("Username\njdoe\n", "none headed EMPLID"),
        ("EMPLID\n", "lists no people"),
        ("", "nothing in it"),
        ("Na\u{1b}[Jme\nx\n", "headed \"Na\u{fffd}[Jme\""),
        ("\u{1b}[2J\nx\n", "1 column without headings"),
    ];
    for (text, says) in cases {
        let ran = desk.run(&["patrons", "--file", &given(&desk, text)]).exits(2);
        assert!(ran.err().contains(says) && ran.err().contains("people.csv"), "{text:?}: {}", ran.err());
        assert!(!ran.err().contains("10000001") && !ran.err().contains("jdoe"), "{text:?}: {}", ran.err());
        no_control(&ran, text);
    }
    desk.run(&["patrons", "--file", "/nowhere/people.csv"]).exits(2);
    desk.run(&["patrons", "1000 0001"]).exits(2);
    let nobody = desk.campus_text().replace("[\"10000001\", \"10000002\"]", "[]");
    desk.campus_file("01CUNY_QC", &nobody);
    let ran = desk.run(&["patrons"]).exits(2);
    assert!(ran.err().contains("patrons.sample"), "{}", ran.err());
    assert!(desk.sim.requests().is_empty() && desk.journal().is_empty());
}

#[test]
fn lines_without_an_emplid_are_unread_and_named_by_their_place() {
    let desk = Desk::in_world("done");
    let file = given(&desk, "EMPLID,Username\n10000001,\n,jdoe\n1.00E+07,x\n10000001,\n");
    let ran = desk.run(&["patrons", "--file", &file, "--json"]).exits(1);
    assert_eq!(counts(&ran.json()), [("same", 1), ("unread", 2)]);
    assert_eq!(ran.json()["lines_without_emplid"], serde_json::json!([3, 4]));
    let why = ran.json()["unusable_lines"][1]["why"].clone();
    assert!(why.as_str().is_some_and(|why| why.contains("a spreadsheet has rounded")), "{why}");
    assert!(ran.err().contains("Repeated lines or EMPLIDs: 1"), "{}", ran.err());
    assert_nameless(&desk, &ran, &["jdoe".into(), "10000001".into()]);
}

/// One patron for each state of an account, below one whose account is sound. All have an old username.
const ACCOUNTS: [(u32, &str, &str); 6] = [
    (1, "same", "one account, the EMPLID in both systems"),
    (6, "same", "an older account was merged away (Cleared is DIS), so that is settled"),
    (7, "account_trouble", "is disavowed (Cleared is DIS"),
    (8, "account_trouble", "is blocked (Cleared begins with B)"),
    (9, "other_spelling", "ILLiad's username ends with a space"),
    (10, "account_trouble", "has little more than a name"),
];

#[test]
fn an_account_is_judged_by_its_state_and_not_by_being_there() {
    let desk = Desk::in_world("patrons-accounts");
    let file = list(&desk, ACCOUNTS.map(|(n, ..)| n));
    let ran = desk.run(&["patrons", "--file", &file, "--json"]).exits(3);
    let told = ran.json();
    for (person, (n, outlook, why)) in told["people"].as_array().expect("people").iter().zip(ACCOUNTS) {
        assert_eq!(person["outlook"], outlook, "{n}: {person}");
        assert!(person["why"].as_str().is_some_and(|told| told.contains(why)), "{n}: {person}");
    }
    let ran = desk.run(&["patrons", "--file", &file]).exits(3);
    assert!(ran.out().contains("3 of 6 people have an ILLiad account that needs attention"), "{}", ran.out());
    assert!(ran.out().contains("1 of these people has an older account that was merged away"), "{}", ran.out());
    let run = desk.journaled("foreseen");
    assert_eq!((&run[0]["troubled"], &run[0]["doubled"]), (&3.into(), &0.into()), "{run:?}");
    // The gate and the check say the same.
    let gates = desk.run(&["golive", "--json"]).exits(3).out().to_owned();
    assert!(gates.contains("3 of 6 people have an ILLiad account that needs attention"), "{gates}");
    for (n, _, why) in ACCOUNTS {
        let sampled = desk.campus_text().replace("[\"10000001\", \"10000002\"]", &format!("[\"{}\"]", emplid(n)));
        desk.campus_file("01CUNY_QC", &sampled);
        let code = if matches!(n, 1 | 6) { 0 } else { 3 };
        let ran = desk.run(&["check", "patrons", "--json"]).exits(code);
        let found = crate::harness::judge::finding(&ran.json(), &format!("patrons.{}", emplid(n))).clone();
        let words = if n == 9 { "UserName ends with a space" } else { why };
        assert!(code == 0 || found["got"].as_str().is_some_and(|got| got.contains(words)), "{n}: {found}");
    }
}

#[test]
fn what_a_spreadsheet_did_is_undone_where_alma_confirms_it() {
    let desk = Desk::in_world("many-patrons");
    // Alma confirms nothing about a number that merely looks short.
    let file = given(&desk, "EMPLID,Old username\n20000040.0,patron040\n\"20,000,001\",patron001\n40,x\n");
    let ran = desk.run(&["patrons", "--file", &file, "--json"]).exits(3);
    assert_eq!(counts(&ran.json()), [("same", 1), ("would_double", 1), ("unknown_to_alma", 1)]);
    assert_eq!(ran.json()["restored_lines"], serde_json::json!([2, 3]));
    let ran = desk.run(&["patrons", "--file", &file]).exits(3);
    assert!(ran.out().contains("changed the EMPLID or username in line 2, 3;"), "{}", ran.out());
}

#[test]
fn zeros_that_a_spreadsheet_dropped_are_put_back_where_alma_knows_them() {
    let world = "sentence = \"Zeros.\"\nbased_on = \"done\"\n[crowd]\npeople = 2\nfirst = 456789\nwidth = 8\nhabits = [{ every = 2, is = \"old-username\" }]\n";
    let desk = Desk::in_world_of(world);
    let file = given(&desk, "EMPLID,Old username\n456789,patron001\n456790,patron002\n");
    let told = desk.run(&["patrons", "--file", &file, "--json"]).exits(3).json();
    assert_eq!(counts(&told), [("other_spelling", 1), ("would_double", 1)]);
    assert_eq!(told["restored_lines"], serde_json::json!([2, 3]));
    assert!(told["people"][0]["why"].as_str().is_some_and(|why| why.contains("lost zeros at the start")), "{told}");
}

#[test]
fn a_list_of_which_nobody_is_known_is_no_all_clear() {
    let desk = Desk::in_world("done");
    let ran = desk.run(&["patrons", "--file", &given(&desk, "EMPLID\n99999991\n99999992\n")]).exits(1);
    assert!(ran.out().contains("Nobody could be matched: Alma knows none of these people"), "{}", ran.out());
    let gates = desk.run(&["golive", "--json"]).exits(1);
    assert!(gates.out().contains("Alma knew none of the 2 people"), "{}", gates.out());
    desk.run(&["patrons", "--file", &given(&desk, "EMPLID\n99999991\n10000001\n")]).exits(0);
}

/// Without an old username an older account is not seen, so that a list of such people shows nothing about anybody.
#[test]
fn a_list_of_which_illiad_has_nobody_is_no_all_clear_without_old_usernames() {
    let desk = Desk::in_world("usernames-differ");
    for more in ["", "99999991\n"] {
        let file = given(&desk, &format!("EMPLID\n10000001\n10000002\n{more}"));
        let ran = desk.run(&["patrons", "--file", &file]).exits(1);
        assert!(ran.out().contains("Nobody could be matched: ILLiad has none of these EMPLIDs"), "{}", ran.out());
    }
    let desk = Desk::in_world("usernames-differ");
    let file = given(&desk, "EMPLID,Old username\n10000001,nobody1\n10000002,nobody2\n");
    let ran = desk.run(&["patrons", "--file", &file]).exits(1);
    assert!(ran.out().contains("neither by EMPLID nor by old username"), "{}", ran.out());
    let gates = desk.run(&["golive"]);
    assert!(gates.out().contains("2 not in ILLiad under either name"), "{}", gates.out());
}

#[test]
fn a_username_that_cannot_be_asked_about_is_one_persons_and_names_its_line() {
    let desk = Desk::in_world("done");
    let odd = (0..12).map(|n| format!("1000000{},tom&jerry{n}\n", n % 2 + 1)).collect::<String>();
    let file = given(&desk, &format!("EMPLID,Old username\n{odd}10000002,\n"));
    let ran = desk.run(&["patrons", "--file", &file]).exits(1);
    assert!(ran.out().contains("unread  2, line 2, 3: this username has a character (&)"), "{}", ran.out());
    assert!(ran.out().contains("next: look it up by hand") && !ran.out().contains("RemoteAuth"), "{}", ran.out());
    assert!(!ran.out().contains("tom"), "{}", ran.out());
    // Others are asked about all the same, however many such names there are.
    let desk = Desk::in_world("many-patrons");
    let odd: String = (1..=15).map(|n| format!("{},a/b\n", emplid(n))).collect();
    let file = given(&desk, &format!("EMPLID,Old username\n{odd}{},patron016\n", emplid(16)));
    let ran = desk.run(&["patrons", "--file", &file, "--json"]).exits(1);
    assert_eq!(counts(&ran.json()), [("same", 1), ("unread", 15)]);
}

#[test]
fn another_persons_record_is_no_other_spelling() {
    let desk = Desk::in_world("patrons-accounts");
    let ran = desk.run(&["patrons", &emplid(5), &emplid(1), "--json"]).exits(1);
    assert_eq!(counts(&ran.json()), [("same", 1), ("unread", 1)]);
    assert!(ran.out().contains("ILLiad returned a different user"), "{}", ran.out());
    // The text names whom it is about, as JSON does: by the hash, or by the line of the file.
    let people = ran.json()["people"].as_array().expect("people").clone();
    let unread = people.iter().find(|person| person["outlook"] == "unread").expect("one");
    let hash = unread["id"].as_str().expect("a hash");
    let told = desk.run(&["patrons", &emplid(5), &emplid(1)]).exits(1);
    assert!(told.out().contains(&format!("unread  1, {hash}: ILLiad returned a different user")), "{}", told.out());
    let shown = desk.run(&["patrons", &emplid(5), &emplid(1), "--show-ids"]).exits(1);
    assert!(shown.out().contains(&format!("unread  1, {}: ILLiad returned", emplid(5))), "{}", shown.out());
    let file = given(&desk, &format!("EMPLID\n{}\n{}\n", emplid(1), emplid(5)));
    let told = desk.run(&["patrons", "--file", &file]).exits(1);
    assert!(told.out().contains("unread  1, line 3: ILLiad returned a different user"), "{}", told.out());
    // The check of the sample says the same of such a record.
    desk.campus_file("01CUNY_QC", &desk.campus_text().replace("sample = [", &format!("sample = [{:?}, ", emplid(5))));
    let check = desk.run(&["check", "patrons", "--json"]).exits(1).json();
    let found = finding(&check, &format!("patrons.{}", emplid(5)));
    assert_eq!(found["verdict"], "unread", "{found}");
    assert!(found["reason"].as_str().is_some_and(|why| why.contains("different user")), "{found}");
}

#[test]
fn a_list_comes_from_standard_input() {
    let desk = Desk::in_world("done");
    let piped = |text: &str| {
        let path = given(&desk, text);
        let file = fs::File::open(path).expect("opened");
        let output = desk.command(&["patrons", "--file", "-"]).stdin(file).output().expect("run");
        let told = [output.stdout, output.stderr].concat();
        (output.status.code(), String::from_utf8(told).expect("text"))
    };
    let (code, told) = piped("EMPLID;Old username\n10000001;\n10000002;\n");
    assert!(code == Some(0) && told.contains("2 of 2 people have the same identifiers in both"), "{told}");
    let (code, told) = piped("a;b\n");
    assert!(code == Some(2) && told.contains("standard input is not a list of people"), "{told}");
}

#[test]
fn what_was_read_counts_for_a_day_and_until_restart() {
    let desk = Desk::in_world("done");
    let times = |times: usize| assert!(asked(&desk).values().all(|asked| *asked == times), "{:?}", asked(&desk));
    desk.run(&["patrons"]).exits(0);
    desk.run(&["patrons"]).exits(0);
    times(1);
    desk.run(&["patrons", "--restart"]).exits(0);
    times(2);
    let text = fs::read_to_string(memory(&desk)).expect("kept");
    let day = &text[text.find("\"at\":\"").expect("a time") + 6..][..10];
    fs::write(memory(&desk), text.replace(day, "2020-01-01")).expect("written");
    desk.run(&["patrons"]).exits(0);
    times(3);
    assert_eq!(kept(&desk), 2, "results that are too old are dropped");
    // A different old username is a new question, and so is a different environment.
    let file = given(&desk, "EMPLID,Username\n10000001,old1\n");
    desk.run(&["patrons", "--file", &file]).exits(0);
    assert_eq!(asked(&desk)["/almaws/v1/users/10000001"], 4);
    desk.campus_file("01CUNY_QC", &desk.campus_text().replace("\"sandbox\"", "\"production\""));
    desk.run(&["patrons"]).exits(1);
}

#[test]
fn a_second_run_waits_for_nobody_and_ctrl_c_keeps_what_was_read() {
    let desk = Desk::in_world("many-patrons");
    let file = list(&desk, 1..=60);
    let args = ["patrons", "--file", &file];
    rests_after(&desk, 12);
    let running = desk.start(&args);
    wait_for_rest(&desk, 12);
    let second = desk.run(&["patrons", "10000001"]).exits(1);
    assert!(second.err().contains("another last-resort is asking"), "{}", second.err());
    running.interrupt();
    let ran = running.end().exits(130);
    assert!(ran.out().is_empty() && ran.err().contains("Stopped by Ctrl-C"), "{}", ran.err());
    let (remembered, before) = (kept(&desk), asked(&desk).values().sum::<usize>());
    assert_eq!(remembered, 12);
    desk.sim.clear_faults();
    let ran = desk.run(&args).exits(3);
    assert_eq!(asked(&desk).values().sum::<usize>() - before, 60 - remembered);
    assert!(ran.err().ends_with("60 of 60 people read\n"), "{}", ran.err());
}

#[test]
fn faults_leave_people_unread_and_nameless() {
    let kinds = [
        FaultKind::Hang,
        FaultKind::Reset,
        FaultKind::Status { code: 500, body: BodyKind::Html },
        FaultKind::Html,
        FaultKind::Truncated,
        FaultKind::HalfBody,
        FaultKind::InvalidUtf8,
        FaultKind::Redirect("http://127.0.0.1:1/".to_owned()),
        FaultKind::Huge(8 << 20),
        FaultKind::Empty,
        FaultKind::Status { code: 404, body: BodyKind::Html },
    ];
    let paths = ["/almaws/v1/users/", "/illiadwebplatform/Users/"];
    let cases: Vec<_> = kinds.iter().flat_map(|kind| paths.map(|path| (kind.clone(), path))).collect();
    in_parallel(&cases, |(kind, path)| {
        let desk = Desk::in_world("many-patrons");
        let file = list(&desk, 1..=30);
        desk.sim.set_fault(Fault::new(kind.clone()).path_prefix(path));
        let ran = desk.run(&["patrons", "--file", &file, "--json"]);
        let context = format!("{kind:?} on {path}: {}", ran.out());
        assert_eq!(ran.code, Some(1), "{context}");
        assert_eq!(counts(&ran.json()), [("unread", 30)], "{context}");
        assert!(asked(&desk).len() <= 20, "{context}: no more people are asked about if none can be read");
        let names: Vec<String> = (1..=30).flat_map(|n| [emplid(n), format!("patron{n:03}")]).collect();
        assert_nameless(&desk, &ran, &names);
        no_control(&ran, &context);
        desk.sim.clear_faults();
        assert_eq!(kept(&desk), 0, "{context}");
    });
    assert_eq!(cases.len(), 22);
}

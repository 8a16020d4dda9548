//! The journal survives being cut at any byte, damaged lines, and two writers.
use super::*;
use last_resort::engine::journal::WriteAnswer;

fn one_of_each() -> Vec<JournalEvent> {
    let key = ApiKey::parse("5f2c1d9e-77aa-4e0b-9c51-0d7f2b9ea1b2".into()).expect("a key");
    let field = FieldKey::from("rule.enabled");
    let target = Target {
        environment: Environment::Sandbox,
        illiad: "https://qc.illiad.oclc.org/illiadwebplatform".into(),
        zone: Some("01CUNY_QC".into()),
        alma: None,
    };
    vec![
        JournalEvent::WriteBegun {
            id: "w1".into(),
            verb: Verb::Replace,
            purpose: Purpose::Undo("w0".into()),
            environment: Environment::Sandbox,
            before: Some("0123456789abcdef".into()),
            sent: None,
            fields: vec![field.clone()],
            key: Some(key.fingerprint()),
            target: Some(target.clone()),
        },
        JournalEvent::WriteEnded { id: "w1".into(), outcome: WriteOutcome::Done(None), answer: WriteAnswer::Taken },
        JournalEvent::WriteEnded {
            id: "w1".into(),
            outcome: WriteOutcome::Unknown("time-out \n\"é\"".into()),
            answer: WriteAnswer::Unclear,
        },
        JournalEvent::Attested {
            target: target.clone(),
            fields: BTreeMap::from([(field.clone(), "Checked".into())]),
            note: Some("näher 書".into()),
            key: None,
        },
        JournalEvent::Revoked { target, fields: vec![field], note: None },
        checked("differs"),
    ]
}

fn line(entry: JournalEvent) -> JournalEntry {
    JournalEntry { at: Stopped.now(), by: "ada".into(), entry }
}

#[test]
fn every_entry_comes_back_as_it_was() {
    let home = TempDir::new().expect("a folder");
    let journal = journal_in(&home.path().join("a/b"));
    assert_eq!(journal.read().expect("nothing yet").lines, []);
    for entry in one_of_each() {
        journal.append(entry).expect("appended");
    }
    let expected: Vec<JournalEntry> = one_of_each().into_iter().map(line).collect();
    assert_eq!(journal.read().expect("read").lines, expected);
    assert_eq!(fs::read_to_string(journal.path()).expect("text").lines().count(), expected.len(), "one line per entry");
}

#[test]
fn cut_at_any_byte_it_keeps_every_whole_entry_and_takes_the_next() {
    let home = TempDir::new().expect("a folder");
    let journal = journal_in(home.path());
    let mut ends = Vec::new();
    for entry in one_of_each() {
        journal.append(entry).expect("appended");
        // An entry without its final newline still counts as complete.
        ends.push(fs::metadata(journal.path()).expect("a file").len() as usize - 1);
    }
    let whole = fs::read(journal.path()).expect("bytes");
    let all: Vec<JournalEntry> = one_of_each().into_iter().map(line).collect();
    for cut in 0..=whole.len() {
        fs::write(journal.path(), &whole[..cut]).expect("cut");
        let kept = ends.iter().filter(|end| **end <= cut).count();
        let torn = usize::from(cut > kept.checked_sub(1).map_or(0, |last| ends[last] + 1));
        let reading = journal.read().expect("read");
        assert_eq!((&reading.lines[..], reading.unreadable.len()), (&all[..kept], torn), "cut at {cut}");
        journal.append(checked("after")).expect("appended");
        let reading = journal.read().expect("read");
        assert_eq!(reading.lines[..kept], all[..kept], "cut at {cut}");
        assert_eq!(reading.lines[kept..], [line(checked("after"))], "cut at {cut}");
        assert_eq!(reading.unreadable.len(), torn, "cut at {cut}");
    }
}

#[test]
fn damaged_lines_are_skipped_and_counted() {
    let home = TempDir::new().expect("a folder");
    let journal = journal_in(home.path());
    journal.append(checked("one")).expect("appended");
    let mut bytes = fs::read(journal.path()).expect("bytes");
    bytes.extend(b"\xff\xfe{\"at\n\n  \n");
    bytes.extend([0; 64]);
    bytes.extend(b"\n{\"at\":\"2026-11-23T20:00:00Z\",\"by\":\"\xc3\x28\",\"what\":\"checked\",\"state\":\"x\"}\n");
    bytes.extend(b"{\"at\":\"2026-11-23T20:00:00Z\",\"by\":\"x\",\"what\":\"of a newer version\"}\n");
    fs::write(journal.path(), bytes).expect("damaged");
    journal.append(checked("two")).expect("appended");
    let reading = journal.read().expect("read");
    assert_eq!(reading.lines, [line(checked("one")), line(checked("two"))]);
    assert_eq!(reading.unreadable.len(), 4);
}

#[test]
fn two_processes_and_two_threads_lose_nothing_of_each_other() {
    let home = TempDir::new().expect("a folder");
    let spawn = || again("append").env("FOLDER", home.path()).stdout(Stdio::null()).spawn().expect("a process");
    let mut children = [spawn(), spawn()];
    let folder = home.path();
    std::thread::scope(|scope| {
        for thread in ["a", "b"] {
            scope.spawn(move || {
                let journal = journal_in(folder);
                (0..100).for_each(|number| journal.append(checked(&format!("{thread} {number}"))).expect("appended"));
            });
        }
    });
    for child in &mut children {
        assert!(child.wait().expect("ended").success());
    }
    let reading = journal_in(home.path()).read().expect("read");
    assert_eq!((reading.lines.len(), reading.unreadable.len()), (400, 0));
    let mut by_writer: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for line in reading.lines {
        let JournalEvent::Checked { state, .. } = line.entry else { panic!("another entry") };
        let (writer, number) = state.split_once(' ').expect("two words");
        by_writer.entry(writer.to_owned()).or_default().push(number.parse().expect("a number"));
    }
    let in_order: Vec<usize> = (0..100).collect();
    assert_eq!(by_writer.len(), 4);
    assert!(by_writer.values().all(|numbers| *numbers == in_order));
}

#[test]
fn a_name_from_outside_cannot_write_control_characters() {
    let home = TempDir::new().expect("a folder");
    let journal = JournalFile::at(OwnFolder::at(home.path()), " a\u{1b}]0;x\u{7}da\n", Arc::new(SystemClock));
    let before = Timestamp::now();
    journal.append(checked("x")).expect("appended");
    let line = journal.read().expect("read").lines.remove(0);
    assert_eq!(line.by, "a ]0;x da");
    assert!(line.at >= before && line.at <= Timestamp::now());
}

#[test]
fn a_journal_that_cannot_be_read_is_a_failure_and_not_an_empty_one() {
    let home = TempDir::new().expect("a folder");
    let journal = journal_in(home.path());
    fs::create_dir(journal.path()).expect("a folder in its place");
    let failure = journal.read().expect_err("not read");
    assert_eq!(failure.kind, FailureKind::Files);
    assert!(failure.what.contains(&journal.path().display().to_string()), "{failure}");
    assert_eq!(journal.append(checked("x")).expect_err("not written").kind, FailureKind::Files);
}

#[test]
fn images_are_known_by_their_content() {
    let home = TempDir::new().expect("a folder");
    let journal = journal_in(home.path());
    let image: serde_json::Value =
        serde_json::from_str(r#"{"z": 1, "a": {"value": "é", "export_api_key": null}, "n": 1.50}"#).expect("JSON");
    let name = journal.keep_image(&image).expect("kept");
    assert_eq!(journal.keep_image(&image).expect("kept"), name);
    assert_eq!(journal.image(&name).expect("whole"), image);
    assert_ne!(journal.keep_image(&serde_json::json!({})).expect("kept"), name);

    let path = home.path().join(format!("images/{name}.json"));
    let whole = fs::read(&path).expect("bytes");
    for cut in 0..whole.len() {
        fs::write(&path, &whole[..cut]).expect("torn");
        let failure = journal.image(&name).expect_err("torn");
        assert!(failure.kind == FailureKind::Files && failure.what.contains("damaged"), "{failure}");
    }
    fs::write(&path, String::from_utf8_lossy(&whole).replace('1', "2")).expect("changed");
    assert!(journal.image(&name).expect_err("another record").what.contains("damaged"));
    assert_eq!(journal.keep_image(&image).expect("kept again"), name);
    assert_eq!(journal.image(&name).expect("whole again"), image);
}

#[test]
fn a_name_in_the_journal_leads_nowhere_else() {
    let home = TempDir::new().expect("a folder");
    let journal = journal_in(home.path());
    for name in ["../../../etc/pass", "", "0123456789ABCDEF", "0123456789abcdef0"] {
        assert!(journal.image(name).expect_err("no name").what.contains("an invalid record name"), "{name}");
    }
    assert_eq!(journal.image("0123456789abcdef").expect_err("not there").kind, FailureKind::Files);
}

/// Somebody edited the file by hand: nothing in it may steer a terminal, whichever field it stands in.
#[test]
fn what_could_steer_a_terminal_is_marked_on_reading() {
    let home = TempDir::new().expect("a folder");
    let journal = journal_in(home.path());
    one_of_each().into_iter().for_each(|entry| journal.append(entry).expect("appended"));
    let text = fs::read_to_string(journal.path()).expect("text");
    let bent = text.replace("time-out", "x\\u001b[31m\u{202e}y\u{9b}").replace("Checked", "Che\u{200b}\\u009bcked");
    fs::write(journal.path(), bent.replace("0123456789abcdef", "01\\u202e")).expect("written");
    let lines = journal.read().expect("read").lines;
    assert_eq!(lines.len(), one_of_each().len());
    let shown = format!("{lines:?}");
    for planted in ["\\u{1b}", "\\u{202e}", "\\u{9b}", "\\u{200b}", "\u{202e}"] {
        assert!(!shown.contains(planted), "{planted}: {shown}");
    }
    assert!(shown.contains('\u{fffd}'), "{shown}");
}

/// Both environments of a campus, checked in turn for years. Only what says something new stays in memory.
#[cfg(target_os = "linux")]
#[test]
fn two_hundred_thousand_checks_are_read_in_little_memory() {
    let home = TempDir::new().expect("a folder");
    let journal = journal_in(home.path());
    let check = |environment, verdicts: BTreeMap<FieldKey, KnownVerdict>| JournalEvent::Checked {
        state: "waiting".to_owned(),
        target: Some(Target { environment, illiad: "https://illiad.example.org/x".into(), zone: None, alma: None }),
        steps: StepId::ALL.to_vec(),
        verdicts,
        occasion: CheckOccasion::Request,
    };
    let known = KnownVerdict { verdict: "differs".to_owned(), got: None };
    let news = BTreeMap::from([(FieldKey::new(StepId::Parameters, "export.url"), known)]);
    let kinds = [
        (Environment::Sandbox, news),
        (Environment::Sandbox, BTreeMap::new()),
        (Environment::Production, BTreeMap::new()),
    ];
    journal.append_all(kinds.map(|(environment, verdicts)| check(environment, verdicts)).into()).expect("written");
    let text = fs::read_to_string(journal.path()).expect("text");
    let [news, sandbox, production] = text.lines().collect::<Vec<_>>()[..] else { panic!("{text}") };
    let line = |number: usize| match number % 1000 {
        0 => news,
        other if other % 2 == 0 => sandbox,
        _ => production,
    };
    let long: String = (0..200_000).flat_map(|number| [line(number), "\n"]).collect();
    fs::write(journal.path(), long).expect("written");
    let ran = again("read").env("FOLDER", home.path()).output().expect("a process");
    let out = String::from_utf8_lossy(&ran.stdout).into_owned();
    let said = out.lines().find_map(|line| line.strip_prefix("SAID ")).unwrap_or_else(|| panic!("{out}"));
    let (lines, kilobytes) = said.split_once(' ').expect("two numbers");
    assert!(lines.parse::<usize>().is_ok_and(|lines| lines < 5_000), "{lines} entries");
    assert!(kilobytes.parse::<u64>().is_ok_and(|more| more < 20_000), "{kilobytes} kB more");
}

//! Each key slot in each kind of world: what changes, what does not, and what the person is told.
use super::{Rotated, end};
use crate::harness::desk::{is_write, to_alma};
use crate::harness::in_parallel;
use crate::harness::judge::finding;
use last_resort::sim::{Fault, FaultKind};
use serde_json::{Value, json};

const API_KEY: &str = "parameters.export.api_key";

/// Returns the record without its export key.
fn rest(rotated: &Rotated) -> Value {
    let mut record = rotated.desk.record();
    *record.pointer_mut(super::KEY_AT).expect("its place") = Value::Null;
    record
}

#[test]
fn the_key_alma_uses_is_written_there_and_nothing_else() {
    in_parallel(&[("done", "same"), ("key-masked", "attested"), ("key-left-out", "attested")], |(world, verdict)| {
        let rotated = Rotated::in_world(world, "");
        let before = rest(&rotated);
        let ran = rotated.rotate("export", &rotated.new).exits(0);
        assert_eq!(rotated.in_alma(), rotated.new, "{world}");
        assert_eq!(rest(&rotated), before, "{world}: the rest of the record is unchanged");
        assert_eq!(rotated.stored("export"), Some(end(&rotated.new)), "{world}");
        let check = rotated.typed(&["check", "parameters", "--json"], "").json();
        assert_eq!(finding(&check, API_KEY)["verdict"], *verdict, "{world}");
        let old = format!("ends {})", end(&rotated.keys.export));
        for words in ["WebPlatformConfig", "ExternalUserIDMapping", "last-resort prove", &old] {
            assert!(ran.out().contains(words), "{world}: {words} in {}", ran.out());
        }
        let writes = rotated.desk.writes();
        assert_eq!(writes.iter().map(|seen| seen.method.as_str()).collect::<Vec<_>>(), ["PUT"], "{world}");
        let begun = rotated.desk.journaled("write_begun");
        assert_eq!((&begun[0]["purpose"], &begun[0]["fields"]), (&json!("rotate"), &json!([API_KEY])), "{world}");
        assert_eq!(rotated.desk.journaled("rotation_ended")[0]["failed"], Value::Null, "{world}");
        // Running the same rotation again sends no write.
        let again = rotated.rotate("export", &rotated.new).exits(0);
        assert!(again.out().contains("already"), "{world}: {}", again.out());
        assert_eq!(rotated.desk.writes().len(), 1, "{world}");
        // Undo does not cover rotations; Alma keeps the key it has.
        rotated.typed(&["undo", "--confirm", "01CUNY_QC"], "").exits(1);
        assert_eq!(rotated.in_alma(), rotated.new, "{world}");
        rotated.assert_no_file_has_a_key();
    });
}

#[test]
fn the_programs_own_key_goes_to_alma_only_where_alma_has_it_too() {
    let rotated = Rotated::in_world("done", "");
    let ran = rotated.rotate("illiad", &rotated.new).exits(0);
    assert!(rotated.desk.writes().is_empty() && !ran.out().contains("Alma"), "{}", ran.out());
    assert_eq!((rotated.stored("illiad"), rotated.in_alma()), (Some(end(&rotated.new)), rotated.keys.export.clone()));

    // Without a separate export key, the program's own key is the one that Alma uses.
    let rotated = Rotated::bare("done", "");
    rotated.store("alma", &rotated.keys.alma);
    rotated.store("illiad", &rotated.keys.export);
    let ran = rotated.rotate("illiad", &rotated.new).exits(0);
    assert_eq!(rotated.in_alma(), rotated.new);
    assert!(ran.out().contains("Remove the old key"), "{}", ran.out());

    // Alma gets its own key; the program still uses the old one.
    let rotated = Rotated::bare("done", "");
    rotated.store("alma", &rotated.keys.alma);
    rotated.store("illiad", &rotated.keys.export);
    let ran = rotated.rotate("export", &rotated.new).exits(0);
    assert_eq!((rotated.in_alma(), rotated.stored("illiad")), (rotated.new.clone(), Some(end(&rotated.keys.export))));
    assert!(ran.out().contains("Do not remove the old key yet"), "{}", ran.out());
    assert!(ran.out().contains("keys rotate --slot illiad"), "{}", ran.out());
}

#[test]
fn the_alma_key_is_tried_at_alma_and_stored() {
    let rotated = Rotated::in_world("done", "");
    let before = rotated.desk.sim.requests().len();
    let refused = rotated.rotate("alma", &rotated.new).exits(1);
    assert!(refused.err().contains("nothing was changed"), "{}", refused.err());
    assert_eq!(rotated.stored("alma"), Some(end(&rotated.keys.alma)));
    assert!(rotated.desk.journaled("rotation_begun").is_empty());
    let asked = rotated.desk.sim.requests()[before..].to_vec();
    assert!(asked.iter().all(to_alma), "a new Alma key goes to Alma only");
    let rotated = Rotated::bare("done", "");
    let ran = rotated.rotate("alma", &rotated.keys.alma).exits(0);
    assert!(
        ran.out().contains("accepted by") && !ran.out().contains("Remove"),
        "there is no old key to remove: {}",
        ran.out()
    );
    assert_eq!(rotated.stored("alma"), Some(end(&rotated.keys.alma)));
}

#[test]
fn what_cannot_be_done_changes_nothing() {
    let rotated = Rotated::in_world("done", "");
    let other = super::Planted::new(super::Looks::Usual).illiad;
    for slot in ["illiad", "export"] {
        let ran = rotated.rotate(slot, &other).exits(1);
        assert!(ran.err().contains("nothing was changed") && ran.err().contains("WebPlatformConfig"), "{}", ran.err());
    }
    for (key, why) in [("", "empty"), ("two words", "blank")] {
        let ran = rotated.rotate("export", key).exits(2);
        assert!(ran.err().contains(why), "{}", ran.err());
    }
    for confirm in [&[][..], &["--confirm", "01CUNY_BC"]] {
        let ran = rotated.typed(&[&["keys", "rotate", "--slot", "export"], confirm].concat(), &rotated.new).exits(2);
        assert!(ran.err().contains("--confirm"), "{}", ran.err());
    }
    let mut command = rotated.command(&["keys", "rotate", "--slot", "export", "--confirm", "01CUNY_QC"]);
    command.env("LAST_RESORT_EXPORT_KEY", &rotated.keys.export);
    let ran = super::Started::new(command.spawn().expect("the binary")).end().exits(1);
    assert!(ran.err().contains("LAST_RESORT_EXPORT_KEY"), "{}", ran.err());
    assert!(!rotated.desk.sim.requests().iter().any(is_write));
    assert_eq!(
        (rotated.stored("export"), rotated.in_alma()),
        (Some(end(&rotated.keys.export)), rotated.keys.export.clone())
    );
    assert!(rotated.desk.journaled("rotation_begun").is_empty());
}

/// World, additional settings, and the reason given for the refusal.
const REFUSED: [(&str, &str, &str); 3] = [
    ("read-only-key", "", "not write them"),
    ("fresh", "", "no partner"),
    ("done", "[alma]\nenvironment = \"production\"\n", "production"),
];

#[test]
fn what_alma_does_not_take_leaves_the_old_key_everywhere() {
    in_parallel(&REFUSED, |(world, more, why)| {
        let rotated = Rotated::in_world(world, more);
        let ran = rotated.rotate("export", &rotated.new).exits(1);
        assert!(ran.err().contains(why), "{world}: {}", ran.err());
        assert!(rotated.desk.writes().is_empty(), "{world}");
        assert_eq!(rotated.stored("export"), Some(end(&rotated.keys.export)), "{world}");
        let ended = rotated.desk.journaled("rotation_ended");
        assert!(ended[0]["failed"].as_str().is_some_and(|why| !why.is_empty()), "{world}: {ended:?}");
        rotated.assert_no_file_has_a_key();
    });
    let stores = format!("[alma.stores_instead]\n\"{}\" = \"something-else-altogether\"\n", super::KEY_AT);
    let rotated = Rotated::in_world("done", &stores);
    let ran = rotated.rotate("export", &rotated.new).exits(1);
    assert!(ran.err().contains("does not have the new key"), "{}", ran.err());
    assert_eq!(rotated.stored("export"), Some(end(&rotated.keys.export)));
}

/// The stored key was already removed from ILLiad's table, which holds only the new one.
#[test]
fn a_key_that_illiad_no_longer_knows_is_rotated_all_the_same() {
    let rotated = Rotated::bare("illiad-bad-key", "[illiad]\nkeys = [\"{new}\"]\n");
    rotated.store("alma", &rotated.keys.alma);
    rotated.store("illiad", &rotated.keys.illiad);
    rotated.typed(&["keys", "test", "--slot", "illiad"], "").exits(1);
    let other = super::Planted::new(super::Looks::Usual).illiad;
    rotated.rotate("illiad", &other).exits(1);
    assert_eq!(rotated.stored("illiad"), Some(end(&rotated.keys.illiad)));
    rotated.rotate("illiad", &rotated.new).exits(0);
    rotated.typed(&["keys", "test", "--slot", "illiad"], "").exits(0);
    assert_eq!(rotated.in_alma(), rotated.new, "no export key is stored, so Alma has this one");
}

#[test]
fn a_write_of_unknown_outcome_is_read_again_where_that_tells_and_open_where_it_does_not() {
    let written = Fault::new(FaultKind::ServerErrorAfterWrite).method("PUT");
    let lost = Fault::new(FaultKind::Html).method("PUT");
    for (world, fault, code, stopped) in [
        ("done", &written, 0, None),
        ("done", &lost, 1, None),
        ("key-masked", &written, 1, Some("Alma may or may not have the new key")),
        ("key-masked", &lost, 1, Some("Alma may or may not have the new key")),
    ] {
        let rotated = Rotated::in_world(world, "");
        rotated.desk.sim.set_fault(fault.clone());
        rotated.rotate("export", &rotated.new).exits(code);
        let expected = if code == 0 { &rotated.new } else { &rotated.keys.export };
        assert_eq!(rotated.stored("export"), Some(end(expected)), "{world}");
        rotated.desk.sim.clear_faults();
        let check = rotated.typed(&["check", "parameters", "--json"], "");
        match stopped {
            None => assert!(!check.err().contains("rotation"), "{world}: {}", check.err()),
            Some(words) => {
                assert!(check.err().contains(words), "{world}: {}", check.err());
                assert_eq!(finding(&check.json(), API_KEY)["verdict"], "waiting", "{world}: the outcome is unknown");
            }
        }
        rotated.rotate("export", &rotated.new).exits(0);
        assert_eq!(
            (rotated.in_alma(), rotated.stored("export")),
            (rotated.new.clone(), Some(end(&rotated.new))),
            "{world}"
        );
        let check = rotated.typed(&["check", "parameters"], "");
        assert!(!check.err().contains("rotation") && !check.err().contains("unknown"), "{world}: {}", check.err());
        let status = rotated.typed(&["keys", "status"], "").exits(0);
        assert!(!status.err().contains("rotation"), "{world}: {}", status.err());
    }
}

//! `plan`, `apply` and `undo` through the built binary: what is written, what is kept, and what is refused.
use crate::harness::judge::{assert_pace, exit_code, finding, keys_that, no_control};
use crate::harness::keys::{self, API_KEY};
use crate::harness::{Desk, PARTNER_PATH, Ran, in_parallel, wait_for};
use last_resort::sim::{Fault, FaultKind, world_names};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// A change that somebody else makes to the record in the meantime, with its name.
type Change = (&'static str, fn(&Desk));

const NCIP: &str = "/partner_details/profile_details/ncip_details";

/// The expected result of `apply partner parameters` in a world.
struct Expected {
    world: &'static str,
    code: i32,
    /// The only write, and the status that Alma answers.
    write: Option<(&'static str, u16)>,
    /// How many changes have each result.
    results: &'static [(&'static str, usize)],
    /// The number of writes that a second apply sends.
    again: usize,
    /// A text that standard error must contain.
    says: &'static str,
}

const fn nothing_due(world: &'static str) -> Expected {
    Expected { world, code: 4, write: None, results: &[("by_hand", 3)], again: 0, says: "" }
}

const fn created(world: &'static str) -> Expected {
    Expected {
        world,
        code: 4,
        write: Some(("POST", 200)),
        results: &[("by_hand", 3), ("written", 37)],
        again: 0,
        says: "",
    }
}

const fn set(world: &'static str, count: usize) -> Expected {
    // A key that Alma hides is sent along with the write, and listed as a change.
    let results: &[(&str, usize)] = match count {
        1 => &[("by_hand", 3), ("written", 1)],
        9 => &[("by_hand", 3), ("written", 9)],
        _ => &[("by_hand", 3), ("written", 10)],
    };
    Expected { world, code: 4, write: Some(("PUT", 200)), results, again: 0, says: "" }
}

const fn refused(world: &'static str, results: &'static [(&'static str, usize)], says: &'static str) -> Expected {
    Expected { world, code: 1, write: None, results, again: 0, says }
}

const ALL_WORLDS: &[Expected] = &[
    nothing_due("all-profiles"),
    refused("bad-alma-key", &[("by_hand", 3)], "Invalid API Key"),
    nothing_due("chain-500-after-write"),
    nothing_due("chain-key-masked"),
    set("chain-not-exported", 1),
    nothing_due("chain-rule-disabled"),
    nothing_due("chain-self-owned"),
    nothing_due("chain-slow-rota"),
    set("chain-tag-wrong", 1),
    Expected { code: 3, results: &[("by_hand", 13)], says: "ILLIAD", ..nothing_due("code-in-other-case") },
    created("codes-accepted"),
    refused("daily-limit", &[("by_hand", 3)], "DAILY_THRESHOLD"),
    nothing_due("done"),
    set("drifted", 9),
    refused("earlier-illiad", &[("by_hand", 3), ("refused", 37)], "\"Interlibrary loan\""),
    refused("error-in-200", &[("by_hand", 3)], "402118"),
    refused("export-key-refused", &[("by_hand", 40)], "does not accept this key"),
    nothing_due("far"),
    created("fresh"),
    nothing_due("identifier-other"),
    nothing_due("identifier-user_name"),
    set("ids-only", 9),
    Expected { results: &[("by_hand", 40)], says: "which its API does not show", ..nothing_due("ids-unknown") },
    nothing_due("illiad-bad-key"),
    nothing_due("illiad-down"),
    nothing_due("illiad-mapping"),
    nothing_due("illiad-old"),
    nothing_due("illiad-sign-in"),
    // Alma stores another value than was sent. A second apply tries again and reports again that Alma did not keep it.
    Expected { code: 3, again: 1, says: "loan_delivery_method", ..set("keeps-something-else", 9) },
    set("key-in-clear", 9),
    set("key-left-out", 10),
    set("key-masked", 10),
    refused("library-not-flagged", &[("by_hand", 3), ("refused", 37)], "not a resource sharing library"),
    // Alma refused the write for certain, so trying again is safe.
    Expected {
        write: Some(("POST", 400)),
        again: 1,
        ..refused("location-refused", &[("by_hand", 4), ("refused", 36)], "36 other values were not written")
    },
    nothing_due("many-patrons"),
    Expected { results: &[("by_hand", 12)], says: "masked", ..nothing_due("masked-value") },
    nothing_due("missing-keys"),
    set("newer-fields", 9),
    refused("no-configuration-area", &[("by_hand", 3), ("refused", 9)], "which campus the key belongs to"),
    refused("no-resource-sharing-library", &[("by_hand", 40)], "no library with the code QCRS"),
    nothing_due("nulls"),
    nothing_due("one-profile"),
    nothing_due("patrons-accounts"),
    set("per-second-limit", 9),
    nothing_due("probe-500-after-write"),
    nothing_due("probe-blocked"),
    nothing_due("probe-broken-rule-first"),
    nothing_due("probe-cancel-fails"),
    nothing_due("probe-catches-all"),
    nothing_due("probe-copyright"),
    nothing_due("probe-gone"),
    nothing_due("probe-other-queue"),
    nothing_due("probe-other-spelling"),
    nothing_due("probe-ready"),
    nothing_due("probe-reset-after-write"),
    nothing_due("probe-routing-off"),
    nothing_due("probe-rule-inactive"),
    refused("read-only-key", &[("by_hand", 3), ("refused", 9)], "may read partners but not write them"),
    nothing_due("rota-rules-add-up"),
    nothing_due("rota-rules-first-match"),
    nothing_due("routing-later"),
    nothing_due("rows-wrapped"),
    // The second apply sees the new record only right before its write, and refuses.
    Expected {
        code: 1,
        says: "sent, but Alma does not show it yet",
        results: &[("by_hand", 3), ("unknown", 9)],
        ..set("shows-writes-late", 9)
    },
    nothing_due("slow"),
    nothing_due("system-type-other"),
    Expected { results: &[("by_hand", 40)], says: "which one is meant?", ..nothing_due("two-of-a-name") },
    nothing_due("usernames-differ"),
    Expected { write: Some(("PUT", 500)), ..set("write-then-500", 9) },
    refused("wrong-campus-key", &[("by_hand", 3)], "01CUNY_BC"),
    refused("wrong-environment-key", &[("by_hand", 3)], "production"),
    nothing_due("xml-answers"),
];

fn results(applied: &Value) -> BTreeMap<&str, usize> {
    let mut counted = BTreeMap::new();
    for change in applied["changes"].as_array().expect("changes") {
        let unknown = change["unknown"].is_string().then_some("unknown");
        *counted.entry(change["result"].as_str().or(unknown).expect("a result")).or_default() += 1;
    }
    counted
}

#[test]
fn apply_in_every_world() {
    let names: Vec<&str> = world_names().into_iter().map(|(name, _)| name).collect();
    assert_eq!(ALL_WORLDS.iter().map(|expected| expected.world).collect::<Vec<_>>(), names);
    in_parallel(ALL_WORLDS, applied_twice_and_undone);
}

fn applied_twice_and_undone(expected: &Expected) {
    let world = expected.world;
    let desk = Desk::in_world(world);
    let before = desk.sim.partner("ILLiad").map(|record| record.to_string());
    let ran = desk.apply(&["partner", "parameters", "-v"]);
    assert_eq!(ran.code, Some(expected.code), "{world}: {}", ran.err());
    no_control(&ran, world);
    assert_pace(&desk, world);
    assert!(ran.err().contains(expected.says), "{world}: {}", ran.err());
    let applied = ran.json();
    assert_eq!(results(&applied), expected.results.iter().copied().collect(), "{world}");
    let writes: Vec<_> = desk.writes().into_iter().map(|seen| (seen.method, seen.status)).collect();
    let wanted: Vec<_> = expected.write.iter().map(|(method, status)| ((*method).to_owned(), Some(*status))).collect();
    assert_eq!(writes, wanted, "{world}");
    if expected.says.is_empty() {
        assert_eq!(exit_code(&applied), expected.code, "{world}: the exit code is that of a check of these steps");
        let report = desk.run(&["check", "partner", "parameters", "--json"]).json();
        let fine = keys_that(&report, &["same", "attested"]);
        // Nothing is due in that world, so the program never sets the key that Alma hides there.
        let unseen = usize::from(world == "chain-key-masked");
        assert_eq!(fine.len() + unseen, 37, "{world}: every API field is right: {fine:?}");
        assert_eq!(report["steps"], applied["steps"], "{world}: apply reports what a check reads");
    }
    let again = desk.apply(&["partner", "parameters"]);
    assert_eq!(again.code, Some(expected.code), "{world} again: {}", again.err());
    assert_eq!(desk.writes().len(), wanted.len() + expected.again, "{world}: number of writes after a second apply");

    let undone = desk.undo();
    match expected.write {
        // Alma shows the undo late too, or does not take one of the old values either. The program says so.
        Some(_) if matches!(world, "shows-writes-late" | "keeps-something-else") => {
            assert_eq!(undone.code, Some(1), "{world}: {}", undone.out());
        }
        Some((_, 200 | 500)) => {
            assert_eq!(undone.code, Some(0), "{world}: {}", undone.err());
            if expected.again == 0 {
                assert_eq!(
                    desk.sim.partner("ILLiad").map(|record| record.to_string()),
                    before,
                    "{world}: as it was before"
                );
                let more = desk.undo().exits(1);
                assert!(more.err().contains("no write that is left to undo"), "{world}: {}", more.err());
            }
        }
        _ => {
            assert_eq!(undone.code, Some(1), "{world}: {}", undone.out());
            assert_eq!(desk.sim.partner("ILLiad").map(|record| record.to_string()), before, "{world}: never touched");
        }
    }
}

/// Returns the record with all fields of the procedure blanked.
fn beside_the_procedure(mut record: Value) -> Value {
    let fields = last_resort::recipe::Recipe::embedded().fields();
    for field in fields {
        if let last_resort::recipe::Channel::Api { pointer, .. } = &field.channel
            && let Some(value) = record.pointer_mut(pointer.as_str())
        {
            *value = Value::Null;
        }
    }
    record
}

#[test]
fn nothing_beside_the_procedure_is_lost_or_changed() {
    for world in ["drifted", "newer-fields", "key-masked", "key-left-out"] {
        let desk = Desk::in_world(world);
        let before = desk.record();
        for kept in ["/partner_details/network_group/value", "/contact_info/address/0/line1", "/note/0/content"] {
            assert!(before.pointer(kept).is_some_and(Value::is_string), "{world}: {kept}");
        }
        desk.apply(&["partner", "parameters"]).exits(4);
        let after = desk.record();
        assert_ne!(before, after, "{world}");
        assert_eq!(beside_the_procedure(before).to_string(), beside_the_procedure(after).to_string(), "{world}");
    }
}

#[test]
fn numbers_beside_the_procedure_go_out_and_back_letter_by_letter() {
    let spelled = r#"{"limit":184467440737095516160,"price":12.50,"rate":1e-7,"zero":-0.0}"#;
    let desk = Desk::in_world("drifted");
    desk.disturb(&format!("{NCIP}/export_retry_count"), serde_json::from_str(spelled).expect("JSON"));
    let before = desk.record();
    assert!(before.to_string().contains(spelled));
    let applied = desk.apply(&["partner", "parameters"]).exits(4);
    assert!(desk.record().to_string().contains(spelled), "{}", desk.record());
    assert!(!applied.err().contains("Also changed, outside the plan"), "{}", applied.err());
    desk.undo().exits(0);
    assert_eq!(desk.record().to_string(), before.to_string());
}

#[test]
fn only_the_step_named_changes_but_a_creation_sends_both() {
    let desk = Desk::in_world("drifted");
    let before = desk.record();
    let applied = desk.apply(&["partner"]).exits(4).json();
    assert_eq!(results(&applied), [("by_hand", 3), ("written", 3)].into());
    let after = desk.record();
    assert_eq!(after.pointer(NCIP), before.pointer(NCIP), "the other tab is unchanged");
    desk.apply(&["parameters"]).exits(0);
    assert_eq!(desk.writes().len(), 2);
    desk.run(&["check", "parameters"]).exits(0);

    for step in ["partner", "parameters"] {
        let desk = Desk::in_world("fresh");
        let applied = desk.apply(&[step]).json();
        assert_eq!(results(&applied)["written"], 37, "{step}");
        assert_eq!(keys_that(&desk.run(&["check", "--json"]).json(), &["absent", "differs"]).len(), 0);
    }
}

#[test]
fn a_field_that_is_to_be_blank_is_emptied() {
    let desk = Desk::in_world("done");
    desk.disturb("/partner_details/currency", json!("USD"));
    let applied = desk.apply(&["partner"]).exits(4).json();
    let change = applied["changes"].as_array().expect("changes").iter().find(|c| c["key"] == "partner.currency");
    let change = change.expect("planned");
    assert_eq!((&change["to"], &change["result"]), (&json!("[blank]"), &json!("written")));
    assert_eq!(desk.writes().len(), 1);
    assert_eq!(finding(&desk.run(&["check", "partner", "--json"]).json(), "partner.currency")["verdict"], "same");
}

#[test]
fn the_object_of_plan_and_apply() {
    let desk = Desk::in_world("drifted");
    let plan = desk.run(&["plan", "partner", "parameters", "--json"]).exits(3).json();
    assert_eq!(
        (&plan["schema"], &plan["campus"], &plan["environment"]),
        (&json!(1), &json!("01CUNY_QC"), &json!("sandbox"))
    );
    assert!(plan["digest"].as_str().is_some_and(|digest| digest.len() >= 16));
    assert!(desk.writes().is_empty() && desk.journaled("write_begun").is_empty(), "a plan writes nothing");
    let changes = plan["changes"].as_array().expect("changes");
    let url = changes.iter().find(|change| change["key"] == "parameters.export.url").expect("the URL");
    assert_eq!((&url["action"], &url["at"]), (&json!("set"), &json!(format!("{NCIP}/export_url"))));
    let right = format!("{}/transaction", desk.sim.illiad_url());
    assert_eq!((&url["from"], &url["to"]), (&json!(format!("{right}s")), &json!(right)));
    assert!(
        url["why"].as_str().is_some_and(|why| !why.is_empty())
            && url.get("result").is_none()
            && plan.get("steps").is_none()
    );
    let known = keys::all();
    assert!(changes.iter().all(|change| known.iter().any(|key| change["key"] == *key)));
    let applied = desk.apply(&["partner", "parameters"]).json();
    assert_eq!(applied["digest"], plan["digest"], "the same plan");
    assert_eq!(applied["steps"].as_array().expect("steps").len(), 2);
    desk.run(&["plan", "parameters"]).exits(0);
    desk.run(&["plan", "partner", "parameters", "--json"]).exits(4);
    Desk::in_world("bad-alma-key").run(&["plan", "--json"]).exits(1);
    let fresh = Desk::in_world("fresh").run(&["plan", "--json"]).exits(3).json();
    let actions: Vec<_> = fresh["changes"].as_array().expect("changes").iter().map(|c| c["action"].clone()).collect();
    assert_eq!(actions.iter().filter(|action| **action == "create").count(), 37);
    assert_eq!(actions.iter().filter(|action| **action == "by_hand").count(), 24);
}

#[test]
fn without_the_right_confirm_nothing_at_all_is_sent() {
    let desk = Desk::in_world("drifted");
    let wrong: [&[&str]; 6] = [
        &["apply", "partner"],
        &["apply", "partner", "--confirm", "01CUNY_BC"],
        &["apply", "partner", "--confirm", "01cuny_qc"],
        &["apply", "rota", "--confirm", ""],
        &["undo"],
        &["undo", "--confirm", "yes"],
    ];
    for args in wrong {
        let ran = desk.run(args).exits(2);
        assert!(ran.err().contains("--confirm") && ran.out().is_empty(), "{args:?}: {}", ran.err());
    }
    for step in ["connect", "patrons", "prove"] {
        let ran = desk.apply(&[step]).exits(2);
        assert!(ran.err().contains(step), "{}", ran.err());
        desk.apply(&["partner", step]).exits(2);
    }
    desk.run(&["apply", "--confirm", "01CUNY_QC"]).exits(2);
    assert!(desk.sim.requests().is_empty() && desk.journal().is_empty());
}

#[test]
fn steps_only_a_person_can_do_print_their_card() {
    let desk = Desk::in_world("done");
    for (step, values) in [
        ("rota", ["Non Ordered", "Rota Templates"]),
        ("rule", ["ILLiad Fallback", "Requested Format"]),
        (
            "illiad",
            [
                "t.CitedIn LIKE '01CUNY%' and (t.LendingString = '' or t.LendingString is NULL)",
                "Request Imported from Alma",
            ],
        ),
    ] {
        let ran = desk.run(&["apply", step, "--confirm", "01CUNY_QC"]).exits(4);
        assert!(values.iter().all(|value| ran.out().contains(value)), "{step}: {}", ran.out());
        let applied = desk.apply(&[step]).exits(4).json();
        assert!(applied["changes"].as_array().is_some_and(|all| all.iter().all(|c| c["result"] == "by_hand")));
    }
    assert!(desk.sim.requests().is_empty());
    let both = desk.run(&["apply", "partner", "rota", "--confirm", "01CUNY_QC"]).exits(4);
    assert!(both.out().contains("Non Ordered") && both.out().contains("Alternate Symbol"), "{}", both.out());
}

#[test]
fn what_cannot_be_known_is_not_tried_and_the_card_says_why() {
    let desk = Desk::in_world("ids-unknown");
    let ran = desk.run(&["apply", "parameters", "--confirm", "01CUNY_QC"]).exits(4);
    for word in ["Lending Resource Sharing Requests", "internal id", "RS ILL Loan", "/transaction"] {
        assert!(ran.out().contains(word), "{word}: {}", ran.out());
    }
    assert!(desk.writes().is_empty() && desk.sim.partner("ILLiad").is_none());
}

#[test]
fn a_refusal_prints_the_card_and_almas_words() {
    let desk = Desk::in_world("location-refused");
    let ran = desk.run(&["apply", "parameters", "--confirm", "01CUNY_QC", "-v"]).exits(1);
    assert!(ran.err().contains("40166411") && ran.err().contains("127.0.0.1"), "{}", ran.err());
    assert!(ran.out().contains("Lending Resource Sharing Requests"), "{}", ran.out());
    assert!(desk.sim.partner("ILLiad").is_none());
    // The value that Alma names is left to a person; the other changes say what blocked them.
    let applied = desk.apply(&["parameters"]).exits(1).json();
    let of_api = |change: &&Value| change["action"] == "create";
    let (named, others): (Vec<&Value>, Vec<&Value>) =
        applied["changes"].as_array().expect("changes").iter().filter(of_api).partition(|c| c["result"] == "by_hand");
    assert_eq!(named.iter().map(|c| &c["key"]).collect::<Vec<_>>(), ["parameters.check_out_item.default_location"]);
    for change in others {
        assert_eq!(change["result"], "refused", "{change}");
        assert!(
            change["why"].as_str().is_some_and(|why| why.contains("because Alma refused another value")),
            "{change}"
        );
    }
}

/// Starts an apply and changes the record after the plan was made and before the record is read again.
fn changed_underneath(desk: &Desk, change: impl FnOnce(&Desk)) -> Ran {
    desk.sim.set_fault(Fault::new(FaultKind::Delay(5000)).method("GET").path(PARTNER_PATH).nth(2));
    let running = desk.start(&["apply", "partner", "parameters", "--confirm", "01CUNY_QC", "--json"]);
    wait_for("the second read", || desk.count("GET", PARTNER_PATH) >= 2);
    change(desk);
    running.end()
}

#[test]
fn a_record_that_changed_since_the_plan_is_not_written_to() {
    let changes: [Change; 4] = [
        ("a field of the plan", |desk| desk.disturb("/partner_details/avg_supply_time", json!(9))),
        ("a field beside it", |desk| desk.disturb("/note/0/content", json!("Changed just now."))),
        ("the key", |desk| desk.disturb(&format!("{NCIP}/export_api_key"), json!("another-key-altogether"))),
        ("gone", |desk| desk.sim.remove_partner("ILLiad")),
    ];
    in_parallel(&changes, |(what, change)| {
        let desk = Desk::in_world("drifted");
        let ran = changed_underneath(&desk, change).exits(1);
        assert!(desk.writes().is_empty(), "{what}");
        assert!(ran.err().contains("changed in Alma between the plan and the write"), "{what}: {}", ran.err());
        let applied = ran.json();
        let due = applied["changes"].as_array().expect("the new plan").iter().filter(|c| c["action"] != "by_hand");
        assert!(due.clone().count() >= 9 && due.clone().all(|c| c["result"] == "refused"), "{what}: {applied}");
        assert!(desk.journaled("write_begun").is_empty());
    });
    let desk = Desk::in_world("fresh");
    let record = Desk::in_world("done").record();
    let ran = changed_underneath(&desk, |desk| desk.sim.set_partner("ILLiad", record.clone())).exits(1);
    assert!(desk.writes().is_empty() && desk.record() == record, "{}", ran.err());
}

#[test]
fn a_key_that_alma_does_not_show_is_never_wiped() {
    let key = format!("{NCIP}/export_api_key");
    for shown in ["masked", "left-out"] {
        let desk = Desk::in_world_of(&format!(
            "sentence = \"x.\"\nbased_on = \"drifted\"\n[alma]\nexport_key = \"{shown}\"\n[alma.partner.set]\n\"{key}\" = \"somebody-elses-key\"\n"
        ));
        let export = desk.sim.keys().export.clone();
        // Without an export key to write in its place, nothing is written.
        let mut command = desk.command(&["apply", "partner", "--confirm", "01CUNY_QC"]);
        command.env_remove("LAST_RESORT_EXPORT_KEY").env_remove("LAST_RESORT_ILLIAD_KEY");
        let ran = crate::harness::Started::new(command.spawn().expect("the binary")).end();
        assert!(desk.writes().is_empty() && matches!(ran.code, Some(1 | 4)), "{shown}: {:?} {}", ran.code, ran.err());
        assert_eq!(desk.record().pointer(&key), Some(&json!("somebody-elses-key")));
        // With an export key, it is listed as a change and sent along.
        let applied = desk.apply(&["partner"]).json();
        let told = applied["changes"]
            .as_array()
            .expect("changes")
            .iter()
            .any(|c| c["key"] == API_KEY && c["result"] == "written");
        assert!(told, "{shown}: {applied}");
        assert_eq!(desk.record().pointer(&key), Some(&json!(export)), "{shown}");
        let report = desk.run(&["check", "parameters", "--json"]).json();
        assert_eq!(finding(&report, API_KEY)["verdict"], "attested", "{shown}: attested, because our own write set it");
        let undone = desk.undo().exits(0);
        assert_eq!(desk.record().pointer(&key), Some(&json!(export)), "{shown}: undo keeps Alma's current key");
        for words in ["that write set it", "WebPlatformConfig", "keys rotate --slot export"] {
            assert!(undone.out().contains(words), "{shown}: {words}: {}", undone.out());
        }
        // A second write sends the same key, so there is no other key to mention.
        desk.disturb("/partner_details/name", json!("Drifted again"));
        desk.apply(&["partner"]).exits(4);
        let undone = desk.undo().exits(0);
        assert!(!undone.out().contains("that write set it"), "{shown}: {}", undone.out());
    }
}

#[test]
fn undo_is_refused_after_somebody_changed_the_record() {
    let changes: [Change; 3] = [
        ("a field", |desk| desk.disturb("/partner_details/name", json!("ILLiad of QC"))),
        ("an unknown field", |desk| desk.disturb("/partner_details/network_group", json!(null))),
        ("gone", |desk| desk.sim.remove_partner("ILLiad")),
    ];
    for (what, change) in changes {
        let desk = Desk::in_world("drifted");
        desk.apply(&["partner", "parameters"]).exits(4);
        change(&desk);
        let there = desk.sim.partner("ILLiad");
        let ran = desk.undo().exits(1);
        assert!(ran.err().contains("changed in Alma since"), "{what}: {}", ran.err());
        assert_eq!((desk.sim.partner("ILLiad"), desk.writes().len()), (there, 1), "{what}");
    }
    let desk = Desk::in_world("fresh");
    desk.apply(&["partner"]).exits(4);
    desk.disturb("/partner_details/name", json!("Mine"));
    desk.undo().exits(1);
    assert_eq!(
        desk.record()["partner_details"]["name"],
        "Mine",
        "undo never deletes a record that somebody else changed"
    );
}

/// Alma describes codes in the language of the moment, and writes links itself.
#[test]
fn undo_goes_on_where_only_a_label_or_a_link_changed() {
    let desk = Desk::in_world("drifted");
    let before = desk.record();
    desk.apply(&["partner", "parameters"]).exits(4);
    let mut record = desk.record();
    assert!(relabel(&mut record) > 3, "{record}");
    record["link"] = json!("https://elsewhere.example.org/partners/ILLiad");
    desk.sim.set_partner("ILLiad", record);
    desk.undo().exits(0);
    assert_eq!(desk.record()["partner_details"]["name"], before["partner_details"]["name"]);
}

/// Gives every code another description. Returns how many there were.
fn relabel(value: &mut Value) -> usize {
    match value {
        Value::Object(members) if members.contains_key("value") && members.contains_key("desc") => {
            members["desc"] = json!("Bezeichnung");
            1
        }
        Value::Object(members) => members.values_mut().map(relabel).sum(),
        Value::Array(items) => items.iter_mut().map(relabel).sum(),
        _ => 0,
    }
}

#[test]
fn undo_keeps_the_key_that_alma_has_now() {
    let key = format!("{NCIP}/export_api_key");
    let desk = Desk::in_world("drifted");
    let mut before = desk.record();
    desk.apply(&["partner", "parameters"]).exits(4);
    desk.disturb(&key, json!("a-key-set-by-hand-since"));
    let undone = desk.undo().exits(0);
    assert!(undone.out().contains("with its current export key"), "{}", undone.out());
    *before.pointer_mut(&key).expect("a key") = json!("a-key-set-by-hand-since");
    assert_eq!(desk.record().to_string(), before.to_string());
}

#[test]
fn applies_are_undone_one_after_the_other() {
    let desk = Desk::in_world("drifted");
    let first = desk.record().to_string();
    desk.apply(&["partner"]).exits(4);
    let second = desk.record().to_string();
    desk.apply(&["parameters"]).exits(0);
    let told = |values: usize, said: &str| {
        let end = format!(": it changed {values} values.\n");
        assert!(said.contains(" Undone: the write of 20") && said.ends_with(&end), "{said}");
    };
    told(6, desk.undo().exits(0).out());
    assert_eq!(desk.record().to_string(), second);
    told(3, desk.undo().exits(0).out());
    assert_eq!(desk.record().to_string(), first);
    desk.undo().exits(1);
    assert_eq!(desk.writes().len(), 4);
}

/// The rota template names the partner, so its sign-offs become void when the partner is deleted. Undo and check say which ones.
#[test]
fn an_undone_creation_names_the_sign_offs_that_end_with_it() {
    let desk = Desk::in_world("fresh");
    desk.apply(&["partner", "parameters"]);
    desk.run(&["attest", "rota", "rule"]).exits(0);
    let undone = desk.undo().exits(0);
    assert!(undone.out().contains("These sign-offs are void") && undone.out().contains("Rota template (5 values)"));
    assert!(!undone.out().contains("Rota rule ("), "a rule names no partner: {}", undone.out());
    let told = desk.run(&["check", "rota"]);
    assert!(told.out().contains("is void: the partner was deleted since then"), "{}", told.out());
    assert!(!told.out().contains("not signed off yet"), "{}", told.out());
    desk.run(&["attest", "rota"]).exits(0);
    desk.apply(&["partner", "parameters"]);
    let told = desk.run(&["check", "rota"]).exits(4);
    assert!(told.out().contains("is void: the partner was created again since then"), "{}", told.out());
    desk.run(&["attest", "rota"]).exits(0);
    assert!(!desk.run(&["check", "rota"]).exits(0).out().contains("is void"));
}

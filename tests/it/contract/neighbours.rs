//! Another partner that may be this campus's ILLiad: named before anything is created, and never created beside unasked.
use crate::harness::judge::{finding, no_control};
use crate::harness::{Desk, in_parallel};
use last_resort::sim::{Fault, FaultKind};
use serde_json::{Value, json};

/// A fresh zone with one more partner: its code, name and system type.
fn zone_with(code: &str, name: &str, system_type: &Value) -> Desk {
    let desk = Desk::in_world("fresh");
    let mut record = desk.sim.partner("RELAIS-QC").expect("there");
    let details = &mut record["partner_details"];
    (details["code"], details["name"], details["system_type"]) = (json!(code), json!(name), system_type.clone());
    desk.sim.set_partner(code, record);
    desk
}

const APPLY: [&str; 4] = ["apply", "partner", "--confirm", "01CUNY_QC"];

#[test]
fn it_is_named_in_connect_and_plan_and_creating_beside_it_needs_its_code() {
    let illiad = || json!({"value": "ILLIAD", "desc": "ILLiad"});
    let other = || json!({"value": "OTHER", "desc": "Other"});
    let cases = [
        ("ILL", "Interlibrary loan", illiad()),
        ("QCOLD", "An old one", illiad()),
        ("ILLIAD", "An old one", other()),
        ("illiad", "An old one", other()),
        ("ILL", "An old one", other()),
        ("QCOLD", "Queens ILLiad", other()),
        ("ILL old & new", "An old one", other()),
    ];
    in_parallel(&cases, |(code, name, system_type)| {
        let desk = zone_with(code, name, system_type);
        let report = desk.run(&["check", "connect", "--json"]).exits(0).json();
        let found = finding(&report, "connect.other_illiad");
        assert_eq!((&found["verdict"], &found["advisory"]), (&json!("differs"), &json!(true)), "{found}");
        let got = found["got"].as_str().expect("named");
        assert!(got.contains(code) && got.contains(name), "{got}");
        assert!(found["hint"].as_str().is_some_and(|hint| hint.contains("already?")), "a question: {found}");

        let plan = desk.run(&["plan", "partner"]).exits(3);
        no_control(&plan, code);
        assert!(plan.out().contains(name) && plan.out().contains("--beside"), "{}", plan.out());
        let plan = desk.run(&["plan", "partner", "--json"]).exits(3).json();
        assert_eq!(plan["neighbours"][0]["code"], json!(code), "{plan}");

        let refused = desk.run(&APPLY).exits(1);
        assert!(refused.err().contains(name) && refused.err().contains("Nothing was sent"), "{}", refused.err());
        let refused = desk.run(&[&APPLY[..], &["--beside", "PEER-01", "--json"]].concat()).exits(1);
        assert!(refused.json()["changes"].as_array().expect("changes").iter().all(|one| one["result"] != "written"));
        assert!(desk.writes().is_empty() && desk.journaled("write_begun").is_empty(), "nothing was sent");

        desk.run(&[&APPLY[..], &["--beside", code]].concat()).exits(4);
        assert_eq!(desk.writes().len(), 1, "created beside it");
        let still = desk.run(&["check", "connect", "--json"]).exits(0).json();
        assert!(finding(&still, "connect.other_illiad")["got"].as_str().is_some_and(|got| got.contains(name)));
        // Ours is there now, so nothing is created and nobody is asked again.
        desk.run(&APPLY).exits(4);
    });
}

#[test]
fn each_one_needs_its_own_consent() {
    let desk =
        Desk::in_world_of("sentence = \"x.\"\nbased_on = \"fresh\"\n[alma]\nearlier_illiad = [\"ILL\", \"ILLIAD2\"]\n");
    let refused = desk.run(&[&APPLY[..], &["--beside", "ILL"]].concat()).exits(1);
    assert!(refused.err().contains("ILLIAD2 (") && !refused.err().contains("ILL ("), "{}", refused.err());
    assert!(desk.writes().is_empty());
    desk.run(&[&APPLY[..], &["--beside", "ILL", "--beside", "ILLIAD2"]].concat()).exits(4);
    assert_eq!(desk.writes().len(), 1);
}

#[test]
fn where_there_is_none_nothing_is_said() {
    for world in ["fresh", "done", "code-in-other-case"] {
        let desk = Desk::in_world(world);
        let told = desk.run(&["check", "connect", "partner", "--json"]).out().to_owned();
        assert!(!told.contains("connect.other_illiad"), "{world}: {told}");
        assert!(desk.run(&["plan", "--json"]).json().get("neighbours").is_none(), "{world}");
    }
}

#[test]
fn a_list_that_could_not_be_read_says_nothing_about_others_and_nothing_is_created() {
    for fault in [FaultKind::Truncated, FaultKind::Html] {
        let desk = Desk::in_world("codes-accepted");
        desk.sim.set_fault(Fault::new(fault).method("GET").path("/almaws/v1/partners"));
        let report = desk.run(&["check", "connect", "--json"]).exits(0).json();
        let found = finding(&report, "connect.other_illiad");
        assert_eq!((&found["verdict"], &found["advisory"]), (&json!("unread"), &json!(true)), "{found}");
        let refused = desk.run(&APPLY).exits(1);
        assert!(refused.err().contains("could not list the zone's partners"), "{}", refused.err());
        assert!(desk.writes().is_empty(), "nothing was sent");
    }
}

/// The question is asked with the same words wherever it matters, before going live too.
#[test]
fn the_question_is_the_same_in_connect_plan_apply_and_golive() {
    const QUESTION: &str = "Is ILL this campus's ILLiad already? Alma does not say whose it is: check its parameters in Alma, and the rotas that name it.";
    let desk = zone_with("ILL", "Interlibrary loan", &json!({"value": "ILLIAD", "desc": "ILLiad"}));
    let report = desk.run(&["check", "connect", "--json"]).exits(0).json();
    assert_eq!(finding(&report, "connect.other_illiad")["hint"], json!(QUESTION));
    assert!(desk.run(&["plan", "partner"]).exits(3).out().contains(QUESTION));
    assert!(desk.run(&APPLY).exits(1).err().contains(QUESTION));
    let gates = desk.run(&["golive", "--json"]).json();
    let connect = gates["gates"].as_array().expect("gates").iter().find(|gate| gate["gate"] == "connect").expect("it");
    assert_eq!((&connect["verdict"], &connect["next"]), (&json!("question"), &json!(QUESTION)), "{connect}");
    assert!(connect["words"].as_str().is_some_and(|words| words.contains("Interlibrary loan")), "{connect}");
    assert!(desk.run(&["golive"]).out().contains(QUESTION));
}

#[test]
fn a_list_that_was_not_read_to_its_end_says_nothing_about_others_and_nothing_is_created() {
    let desk = Desk::in_world("codes-accepted");
    let peer = desk.sim.partner("RELAIS-QC").expect("there");
    for number in 0..2000 {
        let (code, mut record) = (format!("PEER-{number:04}"), peer.clone());
        (record["partner_details"]["code"], record["partner_details"]["name"]) = (json!(code), json!(code));
        desk.sim.set_partner(&code, record);
    }
    let refused = desk.run(&APPLY).exits(1);
    assert!(refused.err().contains("the list is cut off: 2000 of 20"), "{}", refused.err());
    assert!(desk.writes().is_empty(), "nothing was sent");
}

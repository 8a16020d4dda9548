//! `--json` of the commands about keys, worlds and preferences: one object with its schema number, and never a key.
use crate::harness::Desk;
use serde_json::{Value, json};

#[test]
fn what_reports_takes_json() {
    let desk = Desk::in_world("done");
    let told = desk.run(&["practice", "--list", "--json"]).exits(0).json();
    let worlds = told["worlds"].as_array().expect("worlds");
    assert!(told["schema"] == 1 && worlds.len() > 60 && worlds.iter().all(|world| world["sentence"].is_string()));
    desk.run(&["practice", "--json"]).exits(2);

    let mouse = |told: &Value| told["preferred"]["mouse"].clone();
    let told = desk.run(&["prefer", "--json"]).exits(0).json();
    assert_eq!((&told["schema"], mouse(&told)), (&json!(1), json!(false)), "{told}");
    let told = desk.run(&["prefer", "--mouse", "--json"]).exits(0).json();
    assert_eq!(mouse(&told), true, "{told}");
    assert_eq!(mouse(&desk.run(&["prefer", "--json"]).json()), true);
    assert_eq!(mouse(&desk.run(&["prefer", "--nothing", "--json"]).exits(0).json()), false);

    for args in [&["keys", "status", "--json"][..], &["keys", "test", "--json"]] {
        let ran = desk.run(args).exits(0);
        let told = ran.json();
        assert_eq!((&told["schema"], &told["campus"]), (&json!(1), &json!("01CUNY_QC")), "{told}");
        assert_eq!(told["keys"].as_array().map(Vec::len), Some(3), "{told}");
        let keys = desk.sim.keys();
        assert!([&keys.alma, &keys.illiad, &keys.export].iter().all(|key| !ran.out().contains(key.as_str())));
    }
    for args in [&["keys", "set"][..], &["keys", "forget"], &["keys", "rotate"]] {
        let help = desk.run(&[args, &["--help"]].concat()).exits(0);
        assert!(help.out().contains("--json"), "{args:?}");
    }
}

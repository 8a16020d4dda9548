//! A campus with a sandbox file and a production file.
use crate::harness::Desk;
use std::fs;

#[test]
fn where_two_files_fit_the_environment_must_be_named() {
    let desk = Desk::in_world("done");
    let text = desk.campus_text();
    desk.campus_file("01CUNY_QC.production", &text.replace("\"sandbox\"", "\"production\""));
    for args in [&["check"][..], &["check", "--campus", "01cuny_qc"], &["apply", "partner", "--confirm", "01CUNY_QC"]] {
        let ran = desk.run(args).exits(2);
        assert!(ran.err().contains("--campus 01CUNY_QC --environment sandbox"), "{}", ran.err());
    }
    assert!(desk.sim.requests().is_empty());
    let sandbox = desk.run(&["check", "--environment", "sandbox", "--json"]).exits(4).json();
    assert_eq!((&sandbox["environment"], &sandbox["state"]), (&"sandbox".into(), &"waiting".into()));
    let production = desk.run(&["check", "--environment", "production", "--json"]).exits(1).json();
    assert_eq!(production["environment"], "production");
    let all = super::lines(&desk.run(&["check", "--all", "--json"]).exits(1));
    assert_eq!(all.len(), 3, "one object a campus and environment, and the summary");
    assert_eq!(super::lines(&desk.run(&["check", "--all", "--environment", "sandbox", "--json"]).exits(4)).len(), 2);
}

#[test]
fn a_file_is_what_its_name_says() {
    let desk = Desk::in_world("done");
    let path = desk.campus_file("01CUNY_BC.production", &desk.campus_text().replace("01CUNY_QC", "01CUNY_BC"));
    let ran = desk.run(&["check", "--campus", "01CUNY_BC"]).exits(2);
    assert!(ran.err().contains("named for production, but its environment is sandbox"), "{}", ran.err());
    assert!(ran.err().contains("01CUNY_BC.sandbox.toml"), "{}", ran.err());
    fs::rename(&path, path.with_file_name("01CUNY_BC.sandbox.toml")).expect("renamed");
    desk.run(&["check", "rota", "--campus", "01CUNY_BC"]).exits(4);
    let other = desk.run(&["check", "--campus", "01CUNY_BC", "--environment", "production"]).exits(2);
    assert!(other.err().contains("--environment sandbox"), "{}", other.err());
}

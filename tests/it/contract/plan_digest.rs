//! The digest of a plan: printed by `plan`, and `apply --plan` writes that plan and no other.
use crate::harness::Desk;
use serde_json::json;

const APPLY: [&str; 5] = ["apply", "partner", "parameters", "--confirm", "01CUNY_QC"];

fn digest_of(desk: &Desk) -> String {
    let plan = desk.run(&["plan", "partner", "parameters"]).exits(3);
    let line = plan.out().lines().find_map(|line| line.strip_prefix("Digest: ")).expect("a digest").to_owned();
    let told = desk.run(&["plan", "partner", "parameters", "--json"]).exits(3).json();
    assert_eq!(told["digest"], json!(line));
    assert!(plan.out().contains(&format!("--plan {line}")), "{}", plan.out());
    line
}

#[test]
fn the_plan_that_was_shown_is_written() {
    let desk = Desk::in_world("drifted");
    let digest = digest_of(&desk);
    desk.run(&[&APPLY[..], &["--plan", &digest]].concat()).exits(4);
    assert_eq!(desk.writes().len(), 1);
}

#[test]
fn another_plan_is_not() {
    let desk = Desk::in_world("drifted");
    let digest = digest_of(&desk);
    // Somebody corrects a value meanwhile, so the plan made now would write less.
    desk.disturb("/partner_details/name", json!("ILLiad"));
    let refused = desk.run(&[&APPLY[..], &["--plan", &digest]].concat()).exits(1);
    assert!(refused.err().contains("has another digest than --plan"), "{}", refused.err());
    assert!(
        refused.err().contains("Nothing was sent") && refused.out().contains("Digest: "),
        "the plan made now is shown"
    );
    let told = desk.run(&[&APPLY[..], &["--plan", &digest, "--json"]].concat()).exits(1).json();
    assert_ne!(told["digest"], json!(digest));
    assert!(told["changes"].as_array().expect("changes").iter().all(|one| one["result"] != "written"), "{told}");
    desk.run(&[&APPLY[..], &["--plan", "nonsense"]].concat()).exits(1);
    // The same values of one step alone are another plan as well.
    desk.run(&["apply", "partner", "--confirm", "01CUNY_QC", "--plan", &digest_of(&desk)]).exits(1);
    assert!(desk.writes().is_empty() && desk.journaled("write_begun").is_empty());
}

#[test]
fn a_plan_that_writes_nothing_has_a_digest_too() {
    let desk = Desk::in_world("done");
    let plan = desk.run(&["plan"]).exits(4);
    assert!(plan.out().contains("Digest: ") && !plan.out().contains("To write it"), "{}", plan.out());
}

#[test]
fn a_partner_that_came_meanwhile_makes_it_another_plan() {
    let desk = Desk::in_world("fresh");
    let digest = digest_of(&desk);
    let mut record = desk.sim.partner("RELAIS-QC").expect("there");
    record["partner_details"]["code"] = json!("ILLIAD");
    desk.sim.set_partner("ILLIAD", record);
    desk.run(&[&APPLY[..], &["--plan", &digest, "--beside", "ILLIAD"]].concat()).exits(1);
    assert!(desk.writes().is_empty());
}

#[test]
fn where_nothing_is_written_the_options_are_refused() {
    let desk = Desk::in_world("done");
    for option in [["--plan", "x"], ["--beside", "ILL"]] {
        let refused = desk.run(&[&["apply", "rota", "--confirm", "01CUNY_QC"][..], &option].concat()).exits(2);
        assert!(refused.err().contains(option[0]), "{}", refused.err());
    }
}

#[test]
fn help_says_what_apply_does() {
    let desk = Desk::in_world("done");
    let help = desk.run(&["help", "apply"]).exits(0);
    assert!(!help.out().contains("Writes what last-resort plan has shown."), "{}", help.out());
    assert!(help.out().contains("--plan") && help.out().contains("--beside"), "{}", help.out());
}

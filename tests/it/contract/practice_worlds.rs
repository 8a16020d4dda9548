//! A practice world in which a step cannot succeed says so.
use crate::harness::{Desk, in_parallel};
use last_resort::recipe::StepId;
use last_resort::sim::{World, world_names};
use serde_json::Value;

/// The steps that only read: what a world shows in them, no person can put right in practice.
const READ_ONLY: [StepId; 2] = [StepId::Connect, StepId::Patrons];

#[test]
fn the_steps_that_are_meant_to_fail_are_those_that_do() {
    let names: Vec<&str> = world_names().into_iter().map(|(name, _)| name).collect();
    in_parallel(&names, |name| {
        let world = World::embedded(name).expect("embedded");
        let known = |id: &String| StepId::ALL.iter().any(|step| step.as_str() == id);
        assert!(world.fails().iter().all(known), "{name}: {:?}", world.fails());
        let told: Value = serde_json::from_str(Desk::in_world(name).run(&["check", "--json"]).out()).expect("JSON");
        for step in READ_ONLY.map(StepId::as_str) {
            let found = told["steps"].as_array().and_then(|all| all.iter().find(|one| one["id"] == step));
            let state = found.and_then(|step| step["state"].as_str()).expect("a state");
            let fails = world.fails().iter().any(|id| id == step);
            // What another step blocks fails there.
            assert_eq!(fails, ["unread", "differs"].contains(&state), "{name}: {step} is {state}");
        }
    });
}

#[test]
fn the_list_of_worlds_names_the_steps_that_are_meant_to_fail() {
    let desk = Desk::in_world("fresh");
    let told = desk.run(&["practice", "--list"]).exits(0);
    let line =
        |name: &str| told.out().lines().find(|line| line.starts_with(&format!("{name} "))).expect("a line").to_owned();
    assert!(line("illiad-down").ends_with(" Meant to fail: Connect, Patrons, Prove."), "{}", line("illiad-down"));
    assert!(!line("fresh").contains("Meant to fail"), "{}", line("fresh"));
}

//! Agreed differences: `[want]` in the campus file, and in `procedure.toml` for all campuses.
use crate::harness::Desk;
use serde_json::Value;
use std::fs;

const NETWORK: &str = "workflows come from the network zone";

/// A desk whose campus file ends with these agreed differences.
fn agreed(world: &str, want: &str) -> Desk {
    let desk = Desk::in_world(world);
    desk.campus_file("01CUNY_QC", &format!("{}\n[want]\n{want}\n", desk.campus_text()));
    desk
}

fn procedure(desk: &Desk, text: &str) {
    fs::write(desk.config().join("last-resort/campuses/procedure.toml"), text).expect("written");
}

/// The finding of a field in `check --json`.
fn finding<'a>(check: &'a Value, key: &str) -> &'a Value {
    let steps = check["steps"].as_array().expect("steps");
    let all = steps.iter().flat_map(|step| step["findings"].as_array().expect("findings"));
    all.into_iter().find(|finding| finding["key"] == key).unwrap_or_else(|| panic!("{key} in {check}"))
}

#[test]
fn an_agreed_value_is_written_and_then_the_same_and_told_everywhere() {
    let desk = agreed(
        "fresh",
        &format!(
            "\"partner.borrowing_workflow\" = {{ value = \"NZ_BOR_WF\", reason = \"{NETWORK}\" }}\n\
             \"parameters.accept_item.automatic_receive\" = {{ value = \"Not checked\", reason = \"staff receive by hand\" }}\n\
             \"partner.currency\" = {{ value = \"USD\", reason = \"fees are kept\" }}\n\
             \"partner.avg_supply_time\" = {{ value = \"7\", reason = \"asked by staff\" }}"
        ),
    );
    let plan = desk.run(&["plan", "partner", "--json"]).exits(3).json();
    let change =
        plan["changes"].as_array().expect("changes").iter().find(|one| one["key"] == "partner.avg_supply_time");
    let change = change.expect("a change");
    assert_eq!(
        (&change["to"], &change["procedure"], &change["reason"]),
        (&"7".into(), &"0".into(), &"asked by staff".into())
    );
    let words = desk.run(&["plan", "partner"]).exits(3);
    assert!(
        words.out().contains("agreed difference: the procedure says \"0\". Reason: asked by staff"),
        "{}",
        words.out()
    );
    desk.apply(&["partner", "parameters"]).exits(4);
    let record = desk.record();
    let at = |pointer: &str| record.pointer(pointer).cloned().unwrap_or_default();
    assert_eq!(at("/partner_details/borrowing_workflow"), "NZ_BOR_WF");
    assert_eq!(at("/partner_details/currency"), "USD");
    assert_eq!(at("/partner_details/avg_supply_time"), 7);
    assert_eq!(at("/partner_details/profile_details/ncip_details/accept_item_automatic_receive"), false);
    let check = desk.run(&["check", "--json"]).exits(4).json();
    let workflow = finding(&check, "partner.borrowing_workflow");
    assert_eq!(workflow["verdict"], "same");
    assert_eq!((&workflow["want"], &workflow["got"]), (&"NZ_BOR_WF".into(), &"NZ_BOR_WF".into()));
    assert_eq!((&workflow["procedure"], &workflow["reason"]), (&"Default Borrowing Workflow".into(), &NETWORK.into()));
    assert_eq!(finding(&check, "partner.currency")["procedure"], "[blank]");
    assert!(finding(&check, "partner.name").get("procedure").is_none());
    let told = format!("agreed difference: the procedure says \"Default Borrowing Workflow\". Reason: {NETWORK}");
    for args in [&["check", "partner"][..], &["report"], &["report", "--format", "html"], &["report", "--format", "md"]]
    {
        let ran = desk.run(args);
        let flat = ran.out().split_whitespace().collect::<Vec<_>>().join(" ").replace("&quot;", "\"").replace('\\', "");
        assert!(flat.contains(&told) || flat.contains(&told.replace('"', "&#34;")), "{args:?}: {}", ran.out());
    }
}

#[test]
fn the_campus_file_counts_before_the_consortiums_file() {
    let desk = agreed("done", "\"rule.input.value\" = { value = \"Physical Book\", reason = \"a soft start\" }");
    procedure(
        &desk,
        "[want]\n\"rule.input.value\" = { value = \"Digital\", reason = \"all\" }\n\"rota.name\" = { value = \"Last\", reason = \"all\" }\n",
    );
    let check = desk.run(&["check", "rota", "rule", "--json"]).exits(4).json();
    let value = finding(&check, "rule.input.value");
    assert_eq!((&value["want"], &value["procedure"]), (&"Physical Book".into(), &"Physical".into()));
    assert_eq!((&value["verdict"], &value["reason"]), (&"waiting".into(), &"a soft start".into()));
    assert!(value["why"].as_str().is_some_and(|why| why.contains("not signed off yet")), "{value}");
    assert_eq!(finding(&check, "rota.name")["want"], "Last");
    let card = desk.run(&["apply", "rule", "--confirm", "01CUNY_QC"]).exits(4);
    assert!(card.out().contains("Value: Physical Book"), "{}", card.out());
    assert!(
        card.out().contains("agreed difference: the procedure says \"Physical\". Reason: a soft start"),
        "{}",
        card.out()
    );
    desk.run(&["attest", "rule.input.value", "--campus", "01CUNY_QC"]).exits(0);
    let check = desk.run(&["check", "rule", "--json"]).json();
    assert_eq!(finding(&check, "rule.input.value")["verdict"], "attested");
}

#[test]
fn what_nobody_can_agree_on_is_refused_by_name_and_nothing_is_sent() {
    for (want, told) in [
        ("\"partner.colour\" = { value = \"x\", reason = \"y\" }", "want.\"partner.colour\" is not the key of a field"),
        ("\"partner.name\" = { value = \"x\" }", "want.\"partner.name\" has no reason"),
        ("\"partner.name\" = { value = \"x\", reason = \" \" }", "has no reason"),
        ("\"partner.name\" = { reason = \"y\" }", "has no value"),
        ("\"partner.name\" = \"x\"", "is not a table with value and reason"),
        ("\"partner.name\" = { value = \"x\", reason = \"y\", colour = 1 }", "\"colour\", which is neither"),
        ("\"parameters.export.api_key\" = { value = \"x\", reason = \"y\" }", "is a key, which is never agreed on"),
        (
            "\"partner.name\" = { value = \"0f8fad5b-d9cb-469f-a165-70867728950e\", reason = \"y\" }",
            "looks like an API key",
        ),
        ("\"rule.enabled\" = { value = \"Enabled\", reason = \"y\" }", "follows from stance"),
        ("\"partner.status\" = { value = \"Sleeping\", reason = \"y\" }", "Alma has: Active, Inactive"),
        ("\"partner.default_partner\" = { value = \"Yes\", reason = \"y\" }", "must be \"Checked\" or \"Not checked\""),
        ("\"partner.delivery_delay\" = { value = \"soon\", reason = \"y\" }", "must be a number"),
        ("\"partner.code\" = { value = \"ILL/1\", reason = \"y\" }", "letters, digits"),
        ("\"rota.member\" = { value = \"OTHER\", reason = \"y\" }", "must match partner.code, which is \"ILLiad\""),
        (
            "\"illiad.queue.queue_name\" = { value = \"Alma\", reason = \"y\" }",
            "must match illiad.routing.new_transaction_status",
        ),
        ("\"parameters.export.request_id_name_tag\" = { value = \"ISSN\", reason = \"y\" }", "cannot be agreed on"),
        ("\"illiad.routing.match_string\" = { value = \"t.CitedIn LIKE '02SUNY%'\", reason = \"y\" }", "catch nothing"),
        ("\"illiad.routing.match_string\" = { value = \"t.CitedIn LIKE ‘01CUNY%’\", reason = \"y\" }", "curly quote"),
        ("\"illiad.routing.match_string\" = { value = \"t.LendingString is NULL\", reason = \"y\" }", "no others"),
        (
            "\"illiad.routing.match_string\" = { value = \"t.CitedIn LIKE '01CUNY%' and t.LendingString = ''\", reason = \"y\" }",
            "would miss requests from Alma",
        ),
    ] {
        let desk = agreed("done", want);
        for args in [&["check", "--json"][..], &["apply", "partner", "--confirm", "01CUNY_QC"]] {
            let ran = desk.run(args).exits(2);
            assert!(ran.err().contains(told), "{want}: {}", ran.err());
            assert!(ran.err().contains("01CUNY_QC.toml"), "{}", ran.err());
        }
        assert!(desk.sim.requests().is_empty(), "{want}");
    }
}

#[test]
fn a_problem_of_the_consortiums_file_is_told_as_one_of_that_file() {
    let desk = Desk::in_world("done");
    for (text, told) in [
        (
            "[want]\n\"partner.colour\" = { value = \"x\", reason = \"y\" }\n",
            "procedure.toml, line 2: want.\"partner.colour\"",
        ),
        (
            "[want]\n\"partner.name\" = { value = \"x\" }\n",
            "procedure.toml, line 2: want.\"partner.name\" has no reason",
        ),
        ("colour = 1\n", "procedure.toml, line 1: unknown field"),
    ] {
        procedure(&desk, text);
        let ran = desk.run(&["check"]).exits(2);
        assert!(ran.err().contains("the consortium's file has a problem") && ran.err().contains(told), "{}", ran.err());
    }
}

#[test]
fn a_match_string_with_the_sites_nvtgc_is_accepted_and_one_that_misses_a_spelling_is_told() {
    let narrowed = "t.CitedIn LIKE '01CUNY%' and (t.LendingString = '' or t.LendingString is NULL) and u.NVTGC = 'ILL'";
    let desk = agreed(
        "done",
        &format!("\"illiad.routing.match_string\" = {{ value = \"{narrowed}\", reason = \"a shared server\" }}"),
    );
    let check = desk.run(&["check", "illiad", "--json"]).exits(4).json();
    let rule = finding(&check, "illiad.routing.match_string");
    assert_eq!((&rule["want"], &rule["reason"]), (&narrowed.into(), &"a shared server".into()));
    assert!(check.get("remarks").is_none(), "{check}");
    let one = "t.CitedIn LIKE '01CUNY_QC%' and (t.LendingString = '' or t.LendingString is NULL)";
    let desk = agreed(
        "done",
        &format!("\"illiad.routing.match_string\" = {{ value = \"{one}\", reason = \"our own only\" }}"),
    );
    let check = desk.run(&["check", "illiad", "--json"]).exits(4).json();
    assert!(check["remarks"][0].as_str().is_some_and(|told| told.contains("no underscore")), "{check}");
}

/// Reading, writing, undoing and the menus follow another code of the partner; the old partner is never written to.
#[test]
fn another_partner_code_is_followed_by_all_that_reads_or_writes_the_partner() {
    let desk = agreed("fresh", "\"partner.code\" = { value = \"ILL-QC\", reason = \"ILLiad is taken\" }");
    let check = desk.run(&["check", "partner", "rota", "--json"]).exits(3).json();
    assert_eq!(finding(&check, "partner.code")["verdict"], "absent");
    let member = finding(&check, "rota.member");
    assert_eq!((&member["want"], &member["procedure"]), (&"ILL-QC".into(), &"ILLiad".into()));
    desk.apply(&["partner"]).exits(4);
    assert!(desk.sim.partner("ILL-QC").is_some() && desk.sim.partner("ILLiad").is_none());
    let check = desk.run(&["check", "--json"]).exits(4).json();
    let code = finding(&check, "partner.code");
    assert_eq!((&code["verdict"], &code["procedure"]), (&"same".into(), &"ILLiad".into()));
    let menu = finding(&check, "partner.alternate_symbol")["at"].as_str().expect("a menu").to_owned();
    assert!(menu.contains("Partners > ILL-QC > "), "{menu}");
    let mut record = desk.sim.partner("ILL-QC").expect("the partner");
    record["partner_details"]["avg_supply_time"] = 9.into();
    desk.sim.set_partner("ILL-QC", record);
    desk.apply(&["partner"]).exits(4);
    desk.undo().exits(0);
    assert!(desk.sim.requests().iter().all(|seen| !seen.path.ends_with("/partners/ILLiad")));
}

/// A campus may call its rule otherwise. Then every text names that rule, and no other.
#[test]
fn the_rule_is_called_what_was_agreed_everywhere() {
    let want = "\"rule.name\" = { value = \"Physical to ILLiad\", reason = \"the zone has a Fallback already\" }";
    let desk = agreed("done", want);
    let check = desk.run(&["check", "rule", "--json"]).exits(4).json();
    assert_eq!(finding(&check, "rule.enabled")["label"], "Physical to ILLiad rule");
    let runs: &[&[&str]] = &[
        &["check", "rule"],
        &["apply", "rule", "--confirm", "01CUNY_QC"],
        &["report"],
        &["golive"],
        &["attest", "rule"],
        &["check"],
        &["report", "--format", "html"],
    ];
    for run in runs {
        let ran = desk.run(run);
        // The reason and the procedure's own value may name it.
        let lines = ran.out().lines().filter(|line| line.contains("ILLiad Fallback"));
        let others: Vec<&str> = lines.filter(|line| !line.contains("the procedure says")).collect();
        assert!(others.is_empty(), "{run:?}: {others:#?}");
        let names_it = ran.out().contains("Physical to ILLiad");
        assert!(names_it || run.first() == Some(&"golive"), "{run:?}: {}", ran.out());
    }
}

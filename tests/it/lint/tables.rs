//! Problems outside our own row that the procedure does not mention, found in whole tables from ILLiad and lists from Alma.
use super::told::{MATCH_STRING, requests, want};
use last_resort::engine::lint::{
    Queue, RotaParameter, RotaRule, RotaTemplate, RoutingRule, RuleSwitch, queues, rota_neighbours, rota_rules,
    routing, template_sharers, templates,
};

fn ours() -> RoutingRule {
    RoutingRule {
        rule_no: Some(5),
        active: RuleSwitch::Yes,
        process_type: want("illiad.routing.process_type"),
        transaction_status: want("illiad.routing.transaction_status"),
        match_string: want(MATCH_STRING),
        new_process_type: want("illiad.routing.new_process_type"),
        new_transaction_status: want("illiad.routing.new_transaction_status"),
    }
}

/// Returns an active rule that matches the same requests and sends them to another queue.
fn other(rule_no: i64, match_string: &str) -> RoutingRule {
    RoutingRule {
        rule_no: Some(rule_no),
        match_string: match_string.to_owned(),
        new_transaction_status: "Awaiting RAPID Request Sending".to_owned(),
        ..ours()
    }
}

fn said(all: &[impl ToString]) -> Vec<String> {
    all.iter().map(ToString::to_string).collect()
}

const TAKEN: &str = "takes Alma's requests first: they go to \"Awaiting RAPID Request Sending\"";

#[test]
fn an_earlier_rule_that_takes_our_requests_is_named() {
    let taken = |number: i64| vec![format!("rule {number} has a lower number and {TAKEN}")];
    let beyond = "rule 3 has a lower number and may take Alma's requests first; its condition is not understood: \
                  the column t.ESPNumber, which the sample requests do not have";
    let unparsed = "rule 3 has a lower number and may take Alma's requests first; its condition is not understood: \
                    it cannot continue with COLLATES";
    for (case, rule, expected) in [
        ("all without a lending string", other(3, "t.LendingString is NULL"), taken(3)),
        ("all of the site", other(-1, "u.NVTGC = 'ILL'"), taken(-1)),
        ("only without NULL", other(3, "t.LendingString is not NULL"), vec![
            "rule 3 has a lower number and may take Alma's requests first: those whose LendingString is empty instead of \
             NULL go to \"Awaiting RAPID Request Sending\"".to_owned(),
        ]),
        ("others", other(3, "t.CitedIn LIKE 'OCLC%' and t.LendingString is NULL"), vec![]),
        ("those that are being sent", other(3, "t.CitedIn LIKE '01CUNY%' and t.LendingString <> ''"), vec![]),
        ("later", other(6, "1 = 1"), vec![]),
        ("switched off", RoutingRule { active: RuleSwitch::No, ..other(3, "1 = 1") }, vec![]),
        ("of lending", RoutingRule { process_type: "Lending".to_owned(), ..other(3, "1 = 1") }, vec![]),
        ("of every status", RoutingRule { transaction_status: "Awaiting%".to_owned(), ..other(3, "1 = 1") }, taken(3)),
        ("beyond us", other(3, "t.ESPNumber is not NULL"), vec![beyond.to_owned()]),
        ("false and unknown", other(3, "t.RequestType = 'Article' and t.ESPNumber is not NULL"), vec![]),
        ("unknown and false", other(3, "t.ESPNumber is not NULL and t.RequestType = 'Article'"), vec![]),
        ("true or unknown", other(3, "t.ESPNumber is NULL or t.RequestType = 'Loan'"), taken(3)),
        ("compared with NULL", other(3, "t.RequestType = 'Loan' and t.ESPNumber <> NULL"), vec![]),
        ("in a list beyond us", other(3, "t.RequestType in (t.ESPNumber, 'Loan')"), taken(3)),
        ("true and unknown", other(3, "t.RequestType = 'Loan' and t.ESPNumber is not NULL"), vec![beyond.to_owned()]),
        ("not false", other(3, "not (t.RequestType = 'Loan' or t.ESPNumber is NULL)"), vec![]),
        ("not parsed here", other(3, "t.CitedIn COLLATES LIKE"), vec![unparsed.to_owned()]),
    ] {
        assert_eq!(said(&routing(&[ours(), rule], &ours(), &requests())), expected, "{case}");
    }
}

#[test]
fn a_table_in_which_our_rule_cannot_work_is_explained() {
    let inactive = "rule 5 is there, but RuleActive says No: it is skipped";
    let broken = RoutingRule { new_process_type: " ".to_owned(), rule_no: None, ..other(9, "1 = 1") };
    let off = |rule: &RoutingRule| RoutingRule { active: RuleSwitch::No, ..rule.clone() };
    let by_queue = RoutingRule { match_string: "t.CitedIn LIKE '01CUNY'".to_owned(), ..off(&ours()) };
    let first = format!("rule 2 has a lower number and {TAKEN}");
    for (case, rules, expected) in [
        ("alone", vec![ours()], vec![]),
        ("missing", vec![other(1, "t.CitedIn = 'x'")], vec!["no routing rule sends requests to the queue"]),
        ("inactive", vec![off(&ours())], vec![inactive]),
        (
            "number used twice",
            vec![ours(), other(5, "t.CitedIn = 'x'")],
            vec!["RuleNo 5 is used twice: it must be unique, and it is unclear which of the two runs"],
        ),
        (
            "stops the run",
            vec![ours(), broken.clone()],
            vec![
                "a rule without a number is active and its RuleNo, NewProcessType are empty: ILLiad stops the whole \
                  routing run at it",
            ],
        ),
        ("would stop it", vec![ours(), off(&broken)], vec![]),
        (
            "curly quotes",
            vec![ours(), other(3, "t.CitedIn LIKE ‘x%’")],
            vec!["rule 3 is active and its MatchString could not be read as SQL: ILLiad may report an error there"],
        ),
        ("ours by its queue, all at once", vec![by_queue, other(2, "1 = 1")], vec![inactive, &first]),
    ] {
        assert_eq!(said(&routing(&rules, &ours(), &requests())), expected, "{case}");
    }
}

fn queue(queue_name: &str, process_type: &str, nvtgc: &str) -> Queue {
    Queue { queue_name: queue_name.to_owned(), process_type: process_type.to_owned(), nvtgc: nvtgc.to_owned() }
}

#[test]
fn a_queue_that_staff_would_not_see_is_named() {
    let name = want("illiad.queue.queue_name");
    let wanted = queue(&name, "Borrowing", "ILL");
    for (there, expected) in [
        (vec![queue("Other", "Lending", "XYZ"), wanted.clone()], vec![]),
        (vec![queue(&name, "Borrowing", "XYZ"), wanted.clone()], vec![]),
        (vec![], vec![format!("there is no queue \"{name}\": staff probably would not see the requests")]),
        (
            vec![queue(&format!("{name} "), "Borrowing", "ILL")],
            vec![format!("there is no queue \"{name}\": staff probably would not see the requests")],
        ),
        (
            vec![queue(&name, "Doc Del", "QCL")],
            vec![
                "the queue belongs to NVTGC \"QCL\" instead of \"ILL\": staff of this site may not see the queue"
                    .to_owned(),
                "the queue's process type is Doc Del instead of Borrowing: it may not show these requests".to_owned(),
            ],
        ),
    ] {
        assert_eq!(said(&queues(&there, &wanted)), expected, "{there:?}");
    }
}

fn template(code: &str, members: &[&str]) -> RotaTemplate {
    RotaTemplate { code: code.to_owned(), members: members.iter().map(|member| (*member).to_owned()).collect() }
}

#[test]
fn a_template_without_its_member_is_named() {
    for (there, expected) in [
        (vec![template("RAPID", &[]), template("ILLiad", &["ILLiad"])], vec![]),
        (vec![template("RAPID", &["ILLiad"])], vec!["there is no rota template \"ILLiad\""]),
        (
            vec![template("ILLiad", &[])],
            vec![
                "the rota template \"ILLiad\" does not have the member \"ILLiad\", \
                 so it cannot bring that partner into a rota",
            ],
        ),
        (
            vec![template("ILLiad", &["RAPID", "ILLiad"])],
            vec!["the rota template \"ILLiad\" has other members as well: RAPID"],
        ),
    ] {
        assert_eq!(said(&templates(&there, "ILLiad", &want("rota.member"))), expected, "{there:?}");
    }
}

fn parameter(name: &str, value: &str) -> RotaParameter {
    RotaParameter { name: name.to_owned(), operator: "=".to_owned(), value: value.to_owned() }
}

fn rule(name: &str, enabled: RuleSwitch, input: Vec<RotaParameter>) -> RotaRule {
    RotaRule { name: name.to_owned(), enabled, input, template: "ILLiad".to_owned() }
}

#[test]
fn an_assignment_rule_above_ours_that_may_fit_the_same_requests_is_named() {
    let name = want("rule.name");
    let physical = || parameter("Requested Format", "Physical");
    let mine = || rule(&name, RuleSwitch::No, vec![physical()]);
    let narrower = || rule("Books", RuleSwitch::Yes, vec![physical(), parameter("Owner", "QCRS")]);
    let twin = |enabled| rule("Rapid", enabled, vec![physical()]);
    let above = |name: &str, place: usize, overlap: &str| {
        format!("the rule \"{name}\" is above ours (place {place}) and {overlap}; it gives the template \"ILLiad\"")
    };
    let part = || above("Books", 1, "may match some of the requests that ours matches");
    let same = |place| above("Rapid", place, "has the same condition");
    let digital = || rule("Digital", RuleSwitch::Yes, vec![parameter("requested format", "Digital")]);
    let any = RotaParameter { operator: "is not empty".to_owned(), ..parameter("Requested Format", "") };
    let wide = || rule("Any", RuleSwitch::Yes, vec![any.clone()]);
    let bare = || rule("All", RuleSwitch::Yes, vec![]);
    for (there, expected) in [
        (vec![narrower(), mine(), twin(RuleSwitch::Yes)], vec![part()]),
        (vec![narrower(), twin(RuleSwitch::Yes), mine()], vec![part(), same(2)]),
        (vec![digital(), wide(), mine()], vec![above("Any", 2, "may match some of the requests that ours matches")]),
        (vec![bare(), mine()], vec![above("All", 1, "matches every request that ours matches")]),
        (vec![twin(RuleSwitch::No), mine()], vec![]),
        (vec![twin(RuleSwitch::Yes)], vec![]),
    ] {
        assert_eq!(said(&rota_neighbours(&there, &name)), expected, "{there:?}");
        let missing = !there.contains(&mine());
        let expected = missing.then(|| format!("there is no rota assignment rule \"{name}\""));
        assert_eq!(said(&rota_rules(&there, &name)), Vec::from_iter(expected), "nobody knows what those do");
    }
    // Requests reach ILLiad through any enabled rule with our template, wherever it stands, and while ours is disabled too.
    let there = [twin(RuleSwitch::Yes), mine(), digital(), rule("Off", RuleSwitch::No, vec![])];
    let named = rota_neighbours(&there, &name);
    assert_eq!(
        template_sharers(&there, &name, "ILLiad", &named),
        [
            "the rule \"Digital\" (place 3) is enabled and gives the template \"ILLiad\" too: may requests reach ILLiad through it?"
        ]
    );
    assert!(template_sharers(&there, &name, "CUNY", &named).is_empty());
    let both = |a: RotaParameter, b: RotaParameter| vec![a, b];
    let (a, b) = (physical(), parameter("Owner", "QCRS"));
    let reordered =
        [rule("Rapid", RuleSwitch::Yes, both(b.clone(), a.clone())), rule(&name, RuleSwitch::Yes, both(a, b))];
    assert_eq!(
        said(&rota_neighbours(&reordered, &name)),
        [same(1)],
        "parameters in another order are the same condition"
    );
}

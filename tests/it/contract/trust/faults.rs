//! Faults while `check` reads.
use crate::harness::judge::{assert_folds, assert_only_looked, assert_words, finding, findings, keys_that, no_control};
use crate::harness::{Desk, in_parallel, keys};
use last_resort::sim::{BodyKind, Fault, FaultKind, LoggedServer};
use serde_json::json;

/// Faults after which nothing can be read.
fn deadly(elsewhere: &Desk) -> Vec<FaultKind> {
    let status = |code, body| FaultKind::Status { code, body };
    vec![
        // The slow ones come first, since they take a command's full time limit.
        FaultKind::Hang,
        FaultKind::Drip(3000),
        FaultKind::Delay(60_000),
        FaultKind::TooManyPerSecond(10_000),
        status(429, BodyKind::Empty),
        status(500, BodyKind::Json),
        status(500, BodyKind::Xml),
        status(502, BodyKind::Html),
        status(503, BodyKind::Empty),
        status(401, BodyKind::Html),
        FaultKind::Reset,
        FaultKind::Html,
        FaultKind::Truncated,
        FaultKind::HalfBody,
        FaultKind::Redirect(format!("{}/almaws/v1/conf/general", elsewhere.sim.alma_url())),
        FaultKind::Huge(6_000_000),
        FaultKind::Empty,
    ]
}

#[test]
fn whatever_alma_does_check_ends_and_says_what_is_the_matter() {
    let elsewhere = Desk::in_world("done");
    in_parallel(&deadly(&elsewhere), |kind| {
        let desk = Desk::in_world("done");
        desk.sim.set_fault(Fault::new(kind.clone()).server(LoggedServer::Alma));
        let context = format!("{kind:?}");
        let ran = desk.run(&["check", "--json"]);
        assert_eq!(ran.code, Some(1), "{context}: {}", ran.err());
        let report = ran.json();
        let told: Vec<_> = findings(&report).iter().filter_map(|f| f["key"].as_str()).map(str::to_owned).collect();
        assert!(keys::all().iter().all(|key| told.contains(key)), "{context}");
        assert_eq!(
            keys_that(&report, &["differs", "absent"]).len(),
            0,
            "{context}: unread is never reported as missing"
        );
        let name = finding(&report, "partner.name");
        assert_eq!(name["verdict"], "unread", "{context}");
        let host = desk.sim.alma_url().replace("http://", "");
        assert!(name["reason"].as_str().is_some_and(|why| why.contains(&host)), "{context}: {name}");
        assert!(name["hint"].as_str().is_some_and(|next| !next.is_empty()), "{context}: {name}");
        let ours = finding(&report, "connect.illiad_version");
        assert_eq!(ours["verdict"], "same", "{context}: the other server is unaffected");
        assert_folds(&report, &context);
        assert_words(&report, &context);
        assert_only_looked(&desk, &context);
        no_control(&ran, &context);
    });
    assert!(elsewhere.sim.requests().is_empty(), "a redirect is never followed");
}

#[test]
fn whatever_illiad_does_the_partner_is_still_read() {
    let elsewhere = Desk::in_world("done");
    let mut kinds = deadly(&elsewhere);
    kinds.retain(|kind| !matches!(kind, FaultKind::TooManyPerSecond(_)));
    in_parallel(&kinds, |kind| {
        let desk = Desk::in_world("done");
        desk.sim.set_fault(Fault::new(kind.clone()).server(LoggedServer::Illiad));
        let ran = desk.run(&["check", "--json"]);
        assert_eq!(ran.code, Some(1), "{kind:?}: {}", ran.err());
        let report = ran.json();
        let host = desk.sim.illiad_url().replace("http://", "").replace("/illiadwebplatform", "");
        let key = finding(&report, "connect.illiad_key");
        assert_eq!(key["verdict"], "unread", "{kind:?}");
        assert!(key["reason"].as_str().is_some_and(|why| why.contains(&host)), "{kind:?}: {key}");
        assert_eq!(finding(&report, "partner.name")["verdict"], "same", "{kind:?}");
        assert_eq!(
            finding(&report, "patrons.10000001")["verdict"],
            "unread",
            "{kind:?}: patrons cannot be read from ILLiad"
        );
        assert_folds(&report, &format!("{kind:?}"));
    });
    assert!(elsewhere.sim.requests().is_empty(), "a redirect is never followed");
}

#[test]
fn passing_faults_are_ridden_out() {
    let kinds = [
        FaultKind::TooManyPerSecond(2),
        FaultKind::Status { code: 503, body: BodyKind::Html },
        FaultKind::Reset,
        FaultKind::Truncated,
    ];
    in_parallel(&kinds, |kind| {
        let desk = Desk::in_world("done");
        desk.sim.set_fault(Fault::new(kind.clone()).server(LoggedServer::Alma).first(2));
        desk.run(&["check"]).exits(4);
        assert_only_looked(&desk, &format!("{kind:?}"));
    });
}

#[test]
fn one_thing_that_cannot_be_read_spoils_no_other() {
    for (path, key) in [
        ("/almaws/v1/partners/ILLiad", "partner.name"),
        ("/almaws/v1/conf/libraries", "connect.library"),
        ("/almaws/v1/conf/code-tables/ItemPolicy", "connect.check_out_item.default_item_policy"),
        ("/almaws/v1/users/10000002", "patrons.10000002"),
    ] {
        let desk = Desk::in_world("done");
        desk.sim.set_fault(Fault::new(FaultKind::Html).server(LoggedServer::Alma).path(path));
        let report = desk.run(&["check", "--json"]).exits(1).json();
        assert_eq!(finding(&report, key)["verdict"], "unread", "{path}");
        for other in ["connect.institution", "connect.accept_item.receive_desk", "patrons.10000001"] {
            assert_eq!(finding(&report, other)["verdict"], "same", "{path}: {other}");
        }
        assert_eq!(keys_that(&report, &["differs", "absent"]).len(), 0, "{path}");
    }
}

#[test]
fn harmless_oddities_do_no_harm() {
    for kind in [FaultKind::Xml, FaultKind::ErrorIn200] {
        let desk = Desk::in_world("done");
        desk.sim.set_fault(Fault::new(kind.clone()).server(LoggedServer::Alma));
        let report = desk.run(&["check", "--json"]).exits(4).json();
        assert_eq!(keys_that(&report, &["differs", "absent", "unread"]).len(), 0, "{kind:?}");
    }
    let desk = Desk::in_world("fresh");
    desk.sim.set_fault(Fault::new(FaultKind::Xml).server(LoggedServer::Alma));
    let report = desk.run(&["check", "--json"]).exits(3).json();
    assert_eq!(keys_that(&report, &["absent"]).len(), 37, "absent, in an unusual answer");
}

/// Alma is documented to say that with HTTP 400 alone. Its code under another status proves nothing, and nothing is created.
#[test]
fn not_found_under_another_status_is_not_absent_and_creates_nothing() {
    let cases = [200, 201, 404, 409, 500].map(FaultKind::ErrorStatus);
    in_parallel(&cases, |kind| {
        let desk = Desk::in_world("fresh");
        desk.sim.set_fault(Fault::new(kind.clone()).server(LoggedServer::Alma).method("GET"));
        let report = desk.run(&["check", "partner", "patrons", "--json"]).exits(1).json();
        assert_eq!(keys_that(&report, &["absent"]).len(), 0, "{kind:?}");
        let ran = desk.apply(&["partner", "parameters", "-v"]).exits(1);
        assert!(ran.err().contains("402118") && desk.writes().is_empty(), "{kind:?}: {}", ran.err());
    });
}

/// The specification counts the entries of every list but a code table's, so one without a count may be cut.
#[test]
fn a_list_that_is_not_counted_lacks_nothing_for_certain() {
    let cases = [
        ("/almaws/v1/conf/libraries", "connect.library", "connect"),
        ("/almaws/v1/conf/libraries/QCRS/circ-desks/", "connect.accept_item.receive_desk", "connect"),
        ("/almaws/v1/conf/code-tables/ItemPolicy", "connect.check_out_item.default_item_policy", "connect"),
        ("/almaws/v1/partners", "connect.other_illiad", "connect"),
    ];
    in_parallel(&cases, |(path, key, step)| {
        let desk = Desk::in_world("codes-accepted");
        let of = |kind| Fault::new(kind).server(LoggedServer::Alma).method("GET").path(path);
        desk.sim.set_fault(of(FaultKind::AnotherValue { at: "/total_record_count".into(), to: json!(null) }));
        desk.sim.set_fault(of(FaultKind::FirstRows(0)));
        let report = desk.run(&["check", step, "--json"]).json();
        let found = finding(&report, key);
        assert!(matches!(found["verdict"].as_str(), Some("unread" | "waiting")), "{path}: {found}");
        assert_eq!(keys_that(&report, &["absent"]).len(), 0, "{path}");
        if path.ends_with("partners") {
            let ran = desk.apply(&["partner"]).exits(1);
            assert!(ran.err().contains("does not say how many") && desk.writes().is_empty(), "{}", ran.err());
        }
    });
}

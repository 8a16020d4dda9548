//! Tests the new key with a real request: with consent, made with exactly that key, then cancelled and read again. The
//! card for removing the old key comes last.
use super::{Rotated, end};
use crate::harness::pty::{Pty, RUN, USUAL, text};
use crate::harness::{in_parallel, wait_for};
use last_resort::sim::{BodyKind, Fault, FaultKind, LoggedServer};

const CREATE: &str = "/illiadwebplatform/Transaction";
const ROTATE: [&str; 6] = ["keys", "rotate", "--slot", "export", "--confirm", "01CUNY_QC"];

fn with_probe() -> Vec<&'static str> {
    [&ROTATE[..], &["--probe"]].concat()
}

fn probe(rotated: &Rotated, key: &str) -> crate::harness::Ran {
    let ran = rotated.start(&with_probe(), key).end_of_proof();
    for bytes in [&ran.stdout, &ran.stderr] {
        rotated.hunt.finds_nothing(bytes, "rotate --probe");
    }
    ran
}

#[track_caller]
fn assert_nothing_left(rotated: &Rotated, context: &str) {
    for one in rotated.desk.sim.transactions() {
        let ours = one["LoanTitle"].as_str().is_some_and(|title| title.starts_with("TEST please cancel"));
        assert!(!ours || one["TransactionStatus"] == "Cancelled by ILL Staff", "{context}: {one}");
    }
}

#[test]
fn with_probe_the_new_key_makes_both_requests_and_the_card_comes_last() {
    in_parallel(&["done", "key-masked"], |world| {
        let rotated = Rotated::in_world(world, "");
        let ran = probe(&rotated, &rotated.new).exits(0);
        let (out, err) = (ran.out(), ran.err());
        let at = |words: &str| out.find(words).unwrap_or_else(|| panic!("{world}: no {words:?} in {out}"));
        let old = format!("ends {})", end(&rotated.keys.export));
        assert!(at("stored") < at("PROVED") && at("PROVED") < at("ILLiad accepted request"), "{world}: {out}");
        assert!(at("ILLiad accepted request") < at("Remove the old key") && at("Remove") < at(&old), "{world}: {out}");
        assert!(out.contains("read back") && out.contains("only a whole-chain proof shows"), "{world}: {out}");
        assert_eq!(out.contains("could not be read back"), *world == "key-masked", "{world}: {out}");
        let effects = err.find("statistics count them").expect("the side effects");
        assert!(effects < err.find("creating it in ILLiad").expect("the probe"), "{world}: {err}");
        assert_eq!(rotated.desk.count("POST", CREATE), 2, "{world}");
        assert_nothing_left(&rotated, world);
        rotated.assert_no_file_has_a_key();
    });
}

/// ILLiad accepts only the new key, so every request must have been made with it and not with the program's own key.
#[test]
fn it_is_the_new_key_that_makes_them() {
    let rotated = Rotated::bare("illiad-bad-key", "[illiad]\nkeys = [\"{new}\"]\n");
    for (slot, key) in
        [("alma", &rotated.keys.alma), ("illiad", &rotated.keys.illiad), ("export", &rotated.keys.export)]
    {
        rotated.store(slot, key);
    }
    let ran = probe(&rotated, &rotated.new);
    assert!(ran.out().contains("ILLiad accepted request"), "{} {}", ran.out(), ran.err());
    assert_eq!(rotated.stored("illiad"), Some(end(&rotated.keys.illiad)), "the program's own key is unchanged");
    assert_nothing_left(&rotated, "the new key alone");
}

#[test]
fn without_a_person_and_without_probe_nothing_is_made_and_it_says_what_to_run() {
    let rotated = Rotated::in_world("done", "");
    let ran = rotated.rotate("export", &rotated.new).exits(0);
    assert_eq!(rotated.desk.count("POST", CREATE), 0);
    assert!(
        ran.out().contains("not tried on a request") && ran.out().contains("--slot export --probe"),
        "{}",
        ran.out()
    );
    // Run again as the message says: the old key can still be named, although it is not stored any more.
    let again = probe(&rotated, &rotated.new).exits(0);
    let old = format!("ends {})", end(&rotated.keys.export));
    assert!(again.out().contains("already") && again.out().contains("ILLiad accepted request"), "{}", again.out());
    assert!(again.out().contains("Remove the old key") && again.out().contains(&old), "{}", again.out());
    // There is nothing to test if Alma does not use the key.
    let rotated = Rotated::in_world("done", "");
    let args = ["keys", "rotate", "--slot", "illiad", "--confirm", "01CUNY_QC", "--probe"];
    let ran = rotated.typed(&args, &rotated.new).exits(0);
    assert_eq!(rotated.desk.count("POST", CREATE), 0);
    assert!(ran.out().contains("Remove the old key"), "{}", ran.out());
}

#[test]
fn a_key_no_request_was_made_with_keeps_the_old_one_where_it_is() {
    let rotated = Rotated::in_world("done", "");
    let refused = Fault::new(FaultKind::Status { code: 401, body: BodyKind::Json })
        .server(LoggedServer::Illiad)
        .method("POST")
        .path(CREATE);
    rotated.desk.sim.set_fault(refused);
    let ran = probe(&rotated, &rotated.new).exits(1);
    assert!(ran.out().contains("Do not remove the old key yet"), "{}", ran.out());
    assert!(!ran.out().contains("delete the old record"), "{}", ran.out());
    assert_eq!((rotated.in_alma(), rotated.stored("export")), (rotated.new.clone(), Some(end(&rotated.new))));
    // Without a test patron no request can be made.
    let rotated = Rotated::in_world("done", "");
    let text = rotated.desk.campus_text();
    let (before, _) = text.split_once("\n[patrons]").expect("its sample");
    rotated.desk.campus_file("01CUNY_QC", before);
    let ran = probe(&rotated, &rotated.new);
    assert!(ran.out().contains("No test patron is set up"), "{} {}", ran.out(), ran.err());
    assert!(ran.out().contains("Do not remove the old key yet"), "{}", ran.out());
}

/// The routing is wrong, as the exit code says, but the key itself works.
#[test]
fn what_the_routing_did_is_told_apart_from_what_the_key_did() {
    let rotated = Rotated::in_world("probe-catches-all", "");
    // This world has no partner yet.
    let partner = Rotated::in_world("done", "").desk.record();
    rotated.desk.sim.set_partner("ILLiad", partner);
    let ran = probe(&rotated, &rotated.new).exits(3);
    assert!(ran.out().contains("WRONG") && ran.out().contains("ILLiad accepted request"), "{}", ran.out());
    assert_nothing_left(&rotated, "catches all");
}

#[test]
fn a_terminal_is_asked() {
    for (answer, made, words) in [
        ("", 0, "not tried on a request"),
        ("01CUNY_BC", 0, "That is not 01CUNY_QC"),
        ("01CUNY_QC", 2, "ILLiad accepted"),
    ] {
        let rotated = Rotated::in_world("done", "");
        let command = rotated.command(&ROTATE);
        let env: Vec<(String, String)> = command
            .get_envs()
            .filter_map(|(name, value)| Some((name.to_str()?.to_owned(), value?.to_str()?.to_owned())))
            .collect();
        let env: Vec<(&str, &str)> = env.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let words_of: Vec<&str> = [env!("CARGO_BIN_EXE_last-resort")].into_iter().chain(ROTATE).collect();
        let home = std::path::PathBuf::from(env.iter().find(|(name, _)| *name == "HOME").expect("a home").1);
        let mut pty = Pty::open(&home, USUAL, RUN, &words_of, &env);
        pty.wait_until("the hidden prompt", |screen| text(screen).contains("new export key"));
        pty.type_keys(&format!("{}\r", rotated.new));
        pty.wait_until("the question", |screen| text(screen).contains("or Enter to skip"));
        assert_eq!(rotated.desk.count("POST", CREATE), 0, "no request before the user answers");
        pty.type_keys(&format!("{answer}\r"));
        let shown = pty.wait_until("the end", |screen| text(screen).contains("[left with "));
        assert!(shown.contains(words) && shown.contains("[left with 0]"), "{answer}: {shown}");
        assert_eq!(rotated.desk.count("POST", CREATE), made, "{answer}");
        assert_nothing_left(&rotated, answer);
    }
}

/// Killed after any number of requests: running it again ends in the same state, and no test request is left.
#[test]
fn killed_anywhere_the_same_again_proves_and_leaves_nothing() {
    let whole = Rotated::in_world("done", "");
    let before = whole.desk.sim.requests().len();
    probe(&whole, &whole.new).exits(0);
    let requests = whole.desk.sim.requests().len() - before;
    // Every second request only, since each case takes seconds.
    let counts: Vec<usize> = (1..=requests).step_by(2).collect();
    in_parallel(&counts, |count| {
        let rotated = Rotated::in_world("done", "");
        rotated.desk.sim.set_fault(Fault::new(FaultKind::Delay(20)));
        let running = rotated.start(&with_probe(), &rotated.new);
        wait_for("that many requests", || rotated.desk.sim.requests().len() >= *count);
        running.kill();
        rotated.desk.sim.clear_faults();
        let context = format!("{count} of {requests}");
        let again = probe(&rotated, &rotated.new);
        assert_eq!(again.code, Some(0), "{context}: {} {}", again.out(), again.err());
        let old = format!("ends {})", end(&rotated.keys.export));
        assert!(
            again.out().contains("ILLiad accepted request") && again.out().contains(&old),
            "{context}: {}",
            again.out()
        );
        assert_eq!((rotated.in_alma(), rotated.stored("export")), (rotated.new.clone(), Some(end(&rotated.new))));
        assert_nothing_left(&rotated, &context);
    });
}

/// Whatever stops it after the key was changed, the card says what to do with the old key.
#[test]
fn stopped_anywhere_the_card_is_told() {
    for (signals, card) in [(1, "Remove the old key"), (2, "Do not remove the old key yet")] {
        let rotated = Rotated::in_world("done", "");
        let put = Fault::new(FaultKind::Status { code: 500, body: BodyKind::Json });
        rotated.desk.sim.set_fault(put.server(LoggedServer::Illiad).method("PUT"));
        let running = rotated.start(&with_probe(), &rotated.new);
        wait_for("both requests", || rotated.desk.count("POST", CREATE) == 2);
        let puts = || {
            let to_illiad =
                |seen: &&last_resort::sim::RequestLog| seen.method == "PUT" && seen.server == LoggedServer::Illiad;
            rotated.desk.sim.requests().iter().filter(to_illiad).count()
        };
        running.interrupt();
        wait_for("the second round of cancelling", || puts() >= 2);
        if signals == 2 {
            running.interrupt();
        }
        let ran = running.end_of_proof().exits(130);
        assert!(ran.out().contains(card), "{signals}: {}\n{}", ran.out(), ran.err());
        assert_eq!((rotated.in_alma(), rotated.stored("export")), (rotated.new.clone(), Some(end(&rotated.new))));
    }
    // Stopped while the new key is written.
    let rotated = Rotated::in_world("done", "");
    rotated.desk.sim.set_fault(Fault::new(FaultKind::Delay(700)).server(LoggedServer::Alma).method("PUT"));
    let running = rotated.start(&ROTATE, &rotated.new);
    wait_for("the write", || !rotated.desk.writes().is_empty());
    running.interrupt();
    let ran = running.end().exits(130);
    assert!(ran.out().contains("stored   export") && ran.out().contains("next: "), "{}\n{}", ran.out(), ran.err());
    assert_eq!((rotated.in_alma(), rotated.stored("export")), (rotated.new.clone(), Some(end(&rotated.new))));
}

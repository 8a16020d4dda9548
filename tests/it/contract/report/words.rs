//! The evidence behind a value, who has to act and since when, and texts that try to act as mark-up.
use super::page::{assert_readable, assert_self_contained, elements, evidence};
use super::{named, report};
use crate::harness::Desk;
use crate::harness::account;
use crate::harness::desk::days_ago;
use last_resort::secret::ApiKey;
use serde_json::{Value, json};

fn shown(desk: &Desk, at: &str, source: &Value, fields: &Value) -> Value {
    json!({"at": at, "by": "grace", "what": "shown", "target": desk.target(), "source": source, "fields": fields})
}

#[test]
fn each_way_of_knowing_is_told_with_who_and_when() {
    let desk = Desk::in_world("key-masked");
    desk.apply(&["partner", "parameters"]).exits(4);
    let (file, old) = (days_ago(3), days_ago(400));
    desk.journal_lines(&[
        shown(&desk, &file, &json!({"file": "routing.csv"}), &json!({"illiad.routing.rule_no": "0"})),
        shown(&desk, &file, &json!("pasted"), &json!({"illiad.queue.nvtgc": "ILL", "rota.code": "Iliad"})),
        shown(&desk, &old, &json!({"file": "old.csv"}), &json!({"illiad.routing.rule_active": "Yes"})),
    ]);
    desk.run(&["attest", "rule.name", "--note", "as in ticket 17"]).exits(0);
    let page = report(&desk, "html").exits(0);
    let rows = evidence(page.out());
    let row = |key: &str| {
        let row = rows.iter().find(|row| row[1] == named(key)).unwrap_or_else(|| panic!("{key}"));
        (row[0].split_once(' ').expect("a mark and words").1.to_owned(), row[3].clone(), row[4].clone(), row[5].clone())
    };
    let day = |when: &str| format!("{} {} UTC", &when[..10], &when[11..16]);
    let told = |a: &str, b: &str, c: &str, d: String| (a.to_owned(), b.to_owned(), c.to_owned(), d);
    assert_eq!(row("illiad.routing.rule_no"), told("same", "imported from routing.csv", "grace", day(&file)));
    assert_eq!(row("illiad.queue.nvtgc"), told("same", "pasted from the screen", "grace", day(&file)));
    assert_eq!(row("rota.code"), told("differs", "found Iliad pasted from the screen", "grace", day(&file)));
    let stale = row("illiad.routing.rule_active");
    assert!(stale.0 == "waiting" && stale.1.contains("400 days old") && stale.2.is_empty(), "{stale:?}");
    let signed = row("rule.name");
    assert_eq!((&*signed.0, &*signed.1, &*signed.2), ("signed off", "signed off as in ticket 17", account()));
    let ours = row("parameters.export.api_key");
    assert_eq!((&*ours.0, &*ours.1, &*ours.2), ("signed off", "set by our own write", account()));
    let read = row("partner.code");
    assert_eq!((&*read.0, &*read.1, &*read.2), ("same", "read now", "Alma"));
}

/// What came from a file is not told as read from the systems, and the file's own time is there.
#[test]
fn the_reply_does_not_say_that_files_were_read_from_the_systems() {
    let desk = Desk::in_world("done");
    let (at, made) = (days_ago(1), days_ago(20));
    let mut line = shown(&desk, &at, &json!({"file": "routing.csv"}), &json!({"illiad.routing.rule_no": "0"}));
    line["stamp"] = json!({"sha256": "00", "modified": made});
    desk.journal_lines(&[line]);
    let text = desk.run(&["report"]).exits(0);
    let words = text.out().split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(!words.contains("read from both systems"), "{words}");
    let told = format!("1 of them comes from imported lists or pasted screens, the oldest of {}", &made[..10]);
    assert!(words.contains(&told), "{told}: {words}");
    assert!(
        words.contains(&format!("imported from routing.csv, a file of {} {}", &made[..10], &made[11..16])),
        "{words}"
    );
}

/// If three values were entered by hand before the record exists, they would create a second, nearly empty record.
#[test]
fn a_record_that_is_not_there_is_made_before_anything_is_entered() {
    let desk = Desk::in_world("fresh");
    for format in ["text", "md", "html"] {
        let told = report(&desk, format).exits(0).out().to_owned();
        let at = |words: &str| told.find(words).unwrap_or_else(|| panic!("{format}: no {words}\n{told}"));
        let apply = at("last-resort apply partner");
        let first = told[..apply].rfind("First:").unwrap_or_else(|| panic!("{format}: no First\n{told}"));
        let enter = first + told[first..].find("Alternate Symbol").unwrap_or_else(|| panic!("{format}\n{told}"));
        assert!(first < apply && apply < enter, "{format}: {first} {apply} {enter}\n{told}");
    }
}

/// Alma hides the key, but a proof of the whole chain showed that it works.
#[test]
fn a_proved_key_is_told_with_whoever_proved_it() {
    let desk = Desk::in_world("key-masked");
    desk.apply(&["partner", "parameters"]).exits(4);
    let key = ApiKey::parse(desk.sim.keys().export.clone()).expect("a key").fingerprint();
    let when = days_ago(4);
    desk.journal_lines(&[
        json!({"at": when, "by": "grace", "what": "proved", "half": "chain", "environment": "sandbox",
        "shows": "proved", "words": "it came through", "next": null, "number": 7, "key": key, "target": desk.target()}),
    ]);
    let page = report(&desk, "html").exits(0);
    let rows = evidence(page.out());
    let row = rows.iter().find(|row| row[1] == named("parameters.export.api_key")).expect("the key");
    assert_eq!((&*row[3], &*row[4]), ("seen to work", "grace"));
    assert!(row[0].ends_with(" same") && row[5].starts_with(&when[..10]), "{row:?}");
}

#[test]
fn who_is_waited_for_is_told_since_the_step_could_be_done() {
    let desk = Desk::in_world("done");
    let (begun, laid, back) = (days_ago(40), days_ago(9), days_ago(2));
    let rota = json!({"rota.code": "ILLiad"});
    desk.journal_lines(&[
        json!({"at": begun, "by": "ada", "what": "checked", "state": "differs"}),
        json!({"at": laid, "by": "ada", "what": "attested", "target": desk.target(), "fields": rota, "note": null}),
        json!({"at": back, "by": "ada", "what": "revoked", "target": desk.target(), "fields": ["illiad.queue.nvtgc"], "note": null}),
    ]);
    let told = report(&desk, "text").exits(0);
    let (_, after) = told.out().split_once("\nWho must act next\n").expect("the part");
    let part = after.split("\nTo-do card\n").next().expect("its end");
    for (owner, step, since) in [
        ("OLS", "Partner", &begun),
        ("OLS", "Rota template", &begun),
        ("OLS", "Rota rule", &laid),
        ("campus", "ILLiad", &back),
    ] {
        let line = format!("{owner:<7} since {}  {step}: ", &since[..10]);
        assert!(part.contains(&line), "{line} in {part}");
    }
    assert!(!part.contains("Parameters") && !part.contains("Prove"), "done: {part}");
}

/// A value is entered first and signed off then. Only what creates the record comes before the form.
#[test]
fn a_card_has_the_sign_off_after_the_values() {
    let told = report(&Desk::in_world("fresh"), "text").exits(0);
    let at = |words: &str| told.out().find(words).unwrap_or_else(|| panic!("{words}: {}", told.out()));
    let (value, sign_off) = (at("  Type: Non Ordered"), at("last-resort attest rota "));
    assert!(value < sign_off, "{}", &told.out()[sign_off..]);
    let (create, value) = (at("last-resort apply partner "), at("  Alternate Symbol: "));
    assert!(create < value && value < at("last-resort attest partner "), "{}", &told.out()[create..]);
}

#[test]
fn the_to_do_card_has_what_is_left_and_nothing_that_is_done() {
    let desk = Desk::in_world("done");
    desk.run(&["attest", "partner", "rota", "rule", "illiad"]).exits(0);
    let told = report(&desk, "text").exits(0);
    assert!(
        told.out().contains("Nothing is left to do before going live.")
            && told.out().contains("Nobody, until the day you go live."),
        "{}",
        told.out()
    );
    desk.run(&["attest", "illiad.routing.match_string", "illiad.queue.queue_name", "--revoke"]).exits(0);
    let told = report(&desk, "text").exits(0);
    let (_, after) = told.out().split_once("\nTo-do card\n").expect("the part");
    let card = after.split("\nChecks and proofs\n").next().expect("its end");
    let lines: Vec<&str> = card.lines().collect();
    assert!(
        lines.contains(&"t.CitedIn LIKE '01CUNY%' and (t.LendingString = '' or t.LendingString is NULL)"),
        "{card}"
    );
    assert!(lines.contains(&"  QueueName: Request Imported from Alma"), "{card}");
    assert!(card.contains("ILLiad (ILLiad Configuration), for the campus"), "{card}");
    assert!(!card.contains("RuleNo") && !card.contains("NVTGC") && !card.contains("New Record"), "{card}");
}

/// Returns Markdown without code blocks and code spans, since mark-up has no effect inside them.
fn without_code(text: &str) -> String {
    let (mut out, mut rest) = (String::new(), text);
    while let Some(at) = rest.find('`') {
        let fence = rest[at..].len() - rest[at..].trim_start_matches('`').len();
        let (before, code) = (&rest[..at], &rest[at + fence..]);
        out.push_str(before);
        if before.ends_with('\\') {
            rest = code;
            continue;
        }
        let run = "`".repeat(fence);
        let end = code
            .match_indices(&run)
            .map(|(at, _)| at)
            .find(|at| !code[at + fence..].starts_with('`') && !code[..*at].ends_with('`'));
        rest = &code[end.expect("a code span ends") + fence..];
    }
    out + rest
}

/// Texts written by people and servers stay plain text in every format.
#[test]
fn nothing_becomes_mark_up() {
    let desk = Desk::in_world("drifted");
    let nasty = "</td><script>alert('x')</script> | a **b** `c` & \"d\" ]]> @ols #1";
    desk.disturb("/partner_details/name", json!(nasty));
    desk.run(&["attest", "rota.code", "--note", nasty]).exits(0);
    let text = desk.campus_text().replace("Queens College", "Queens & <i>College</i> | é");
    desk.campus_file("01CUNY_QC", &text);
    let page = report(&desk, "html").exits(0);
    assert_readable(page.out());
    assert_self_contained(page.out());
    let rows = evidence(page.out());
    assert!(rows.iter().any(|row| row[3].contains(&format!("found {nasty}"))), "the name, letter by letter");
    assert!(rows.iter().any(|row| row[3].ends_with(&format!("signed off {nasty}"))), "the note");
    let title = elements(page.out()).into_iter().find(|element| element.name == "title").expect("a title");
    assert!(title.text.starts_with("Queens & <i>College</i> | é ("), "{}", title.text);
    let md = report(&desk, "md").exits(0);
    let text = without_code(md.out());
    assert!(["<script", "<i>", "@ols", " #1", "**b**"].iter().all(|mark_up| !text.contains(mark_up)), "{text}");
    assert!(text.contains("&lt;script&gt;") && text.contains("&#64;ols"), "it is there as text: {text}");
    for row in md.out().lines().filter(|line| line.starts_with('|')) {
        let cells = row.replace("\\|", "").matches('|').count();
        assert!([3, 4, 5, 7].contains(&cells), "{cells}: {row}");
    }
}

#[test]
fn a_shape_that_is_none_is_named_beside_those_there_are() {
    let ran = Desk::in_world("done").run(&["report", "--format", "pdf"]).exits(2);
    assert!(["text", "md", "html"].iter().all(|word| ran.err().contains(word)), "{}", ran.err());
}

/// Each side's part can be sent alone: it has that side's steps, and no command for the other's.
#[test]
fn each_side_gets_its_own_part() {
    let desk = Desk::in_world("fresh");
    let part = |side: &str| desk.run(&["report", "--for", side]).exits(0).out().to_owned();
    let (campus, ols) = (part("campus"), part("ols"));
    for (text, own, others) in [
        (&campus, ["QueueName", "last-resort attest illiad"], ["Rota Templates", "last-resort apply"]),
        (&ols, ["Rota Templates", "last-resort apply"], ["QueueName", "last-resort attest illiad"]),
    ] {
        assert!(own.iter().all(|word| text.contains(word)), "{text}");
        assert!(!others.iter().any(|word| text.contains(word)), "{text}");
    }
    assert!(campus.contains("This is the part of the campus."), "{campus}");
    for format in ["md", "html"] {
        desk.run(&["report", "--for", "campus", "--format", format]).exits(0);
    }
    desk.run(&["report", "--for", "campus", "--json"]).exits(2);
}

/// A mail program folds, quotes or ends a message at lines of another shape.
#[test]
fn what_is_mailed_survives_a_mail_program() {
    let desk = Desk::in_world("fresh");
    for (name, subject) in [
        ("Queens College", "Subject: ILLiad partner of last resort: Queens College (01CUNY_QC)"),
        ("Université", "Subject: ILLiad partner of last resort: 01CUNY_QC"),
        (&"From . ".repeat(12), "Subject: ILLiad partner of last resort: 01CUNY_QC"),
    ] {
        desk.campus_file("01CUNY_QC", &desk.campus_text().replace("\"Queens College\"", &format!("{name:?}")));
        for side in ["campus", "ols"] {
            let told = desk.run(&["report", "--for", side]).exits(0);
            assert!(told.out().lines().any(|line| line == subject), "{}", told.out());
            for line in told.out().lines() {
                assert!(line.chars().count() <= 78 && !line.starts_with("From ") && line != ".", "{line:?}");
            }
        }
    }
}

/// The hints of a hand-off can be typed as they are.
#[test]
fn a_command_that_writes_is_complete() {
    let desk = Desk::in_world("fresh");
    let told = desk.run(&["report", "--for", "ols"]).exits(0);
    let words = told.out().split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("last-resort apply partner --campus 01CUNY_QC --confirm 01CUNY_QC"), "{words}");
}

#[test]
fn a_failed_proof_comes_with_its_reason() {
    let desk = Desk::in_world("done");
    desk.journal_lines(&[json!({"at": days_ago(1), "by": "grace", "what": "proved", "half": "illiad",
        "environment": "sandbox", "shows": "wrong", "words": "Test request 7: it is in another queue",
        "next": null, "number": 999_999, "target": desk.target()})]);
    let told = desk.run(&["report", "--for", "campus"]).exits(0);
    let words = told.out().split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("Prove: the proof failed: Test request 7: it is in another queue"), "{words}");
}

/// A sheet is not left half empty, because no chapter or card has to begin or stay on one.
#[test]
fn the_page_prints_without_half_empty_sheets() {
    let page = report(&Desk::in_world("fresh"), "html").exits(0);
    let (_, print) = page.out().split_once("@media print").expect("rules for print");
    assert!(!print.contains("break-before: page") && !print.contains(".card { break-inside: avoid"), "{print}");
}

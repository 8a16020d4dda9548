//! What a list shows about our row and about the others, one problem per test.
use super::desk::{Exports, MATCH_STRING, QUEUE, Rows, WAITING, field, queues, routing, rules, templates, texts, xlsx};
use crate::harness::desk::days_ago;
use crate::harness::judge::{assert_words, finding};
use rstest::rstest;
use serde_json::{Value, json};

/// Returns a list with one cell changed. Row and column count from 0, with the heading as row 0.
fn with(mut rows: Rows, row: usize, column: usize, cell: &str) -> Rows {
    rows[row][column] = cell.to_owned();
    rows
}

fn and(mut rows: Rows, row: &[&str]) -> Rows {
    rows.push(row.iter().map(ToString::to_string).collect());
    rows
}

/// Returns the rules with another one above ours.
fn above(row: &[&str]) -> Rows {
    let mut rows = rules();
    rows.insert(1, row.iter().map(ToString::to_string).collect());
    rows
}

const RAPID: &str = "Awaiting RAPID Request Sending";
const FIRST: &str = "has a lower number and takes Alma's requests first: they go to \"Awaiting RAPID Request Sending\"";

#[rstest]
#[case::number_twice(with(routing(), 2, 0, "0"), "illiad.routing", "RuleNo 0 is used twice")]
#[case::earlier_rule(with(routing(), 2, 0, "-1"), "illiad.routing", FIRST)]
#[case::earlier_rule_by_number_not_by_place(
    and(with(routing(), 1, 0, "9"), &["3", "Yes", "Borrowing", WAITING, "t.LendingString is NULL", "Borrowing", RAPID]),
    "illiad.routing",
    FIRST
)]
#[case::inactive(with(routing(), 1, 1, "No"), "illiad.routing", "rule 0 is there, but RuleActive says No")]
#[case::broken(with(routing(), 2, 5, ""), "illiad.routing", "rule 7 is active and its NewProcessType is empty")]
#[case::broken_and_written_out(with(routing(), 2, 5, "NULL"), "illiad.routing", "its NewProcessType is empty")]
#[case::no_sql(
    with(routing(), 2, 4, "t.CitedIn LIKE \u{2018}x"),
    "illiad.routing",
    "its MatchString could not be read as SQL"
)]
#[case::other_site(with(queues(), 2, 2, "QC"), "illiad.queue", "belongs to NVTGC \"QC\" instead of \"ILL\"")]
#[case::other_process(
    with(queues(), 2, 1, "Doc Del"),
    "illiad.queue",
    "the queue's process type is Doc Del instead of Borrowing"
)]
#[case::no_queue(with(queues(), 2, 0, QUEUE.to_lowercase().as_str()), "illiad.queue", "there is no queue \"Request Imported")]
#[case::no_member(with(templates(), 2, 4, ""), "rota", "\"ILLiad\" does not have the member \"ILLiad\"")]
#[case::no_member_counted(with(templates(), 2, 4, "0"), "rota", "does not have the member \"ILLiad\"")]
#[case::other_members(with(templates(), 2, 4, "ILLiad, RAPID"), "rota", "has other members as well: RAPID")]
#[case::name_used_twice(
    above(&["ILLiad Fallback", "Requested Format", "=", "Digital", "ILLiad", "No"]),
    "rule",
    "2 rules are named \"ILLiad Fallback\""
)]
fn what_the_procedure_forgets_is_a_finding_of_its_own(#[case] rows: Rows, #[case] key: &str, #[case] words: &str) {
    let exports = Exports::new();
    let list = exports.list(&rows, 3);
    let troubles = texts(&list["troubles"]).join("; ");
    assert!(troubles.contains(words), "{troubles}");
    let report = exports.desk.run(&["check", "rota", "rule", "illiad", "--json"]).exits(3).json();
    assert_words(&report, words);
    let told = finding(&report, &format!("{key}.other_rows"));
    assert_eq!((told["verdict"].as_str(), told["evidence"].as_str()), (Some("differs"), Some("imported")));
    assert!(told["got"].as_str().is_some_and(|got| got.contains(words)), "{told}");
}

#[rstest]
#[case::rule_off(above(&["Old rule", "Requested Format", "=", "Physical", "CUNY", "No"]))]
#[case::rule_of_another_condition(above(&["Old rule", "Requested Format", "=", "Digital", "CUNY", "Yes"]))]
#[case::rule_below(and(rules(), &["Later", "Requested Format", "=", "Physical", "CUNY", "Yes"]))]
#[case::routing_rule_off(with(with(routing(), 2, 0, "-1"), 2, 1, "No"))]
#[case::queue_of_another_site_first(with(and(queues(), &[QUEUE, "Borrowing", "ILL"]), 2, 2, "QC"))]
#[case::queue_of_each_site(and(queues(), &[QUEUE, "Borrowing", "QC"]))]
fn what_does_not_get_in_the_way_is_not_said_to(#[case] rows: Rows) {
    let exports = Exports::new();
    let file = exports.file("list.csv", super::desk::csv(&rows, ",", "\n"));
    let told = exports.import(&[&file], &["--json"]).json();
    assert!(texts(&told["imported"][0]["troubles"]).is_empty(), "{told}");
    let fields = told["imported"][0]["fields"].as_array().expect("fields");
    assert!(fields.iter().all(|field| field["verdict"] == "same"), "{told}");
    let step = &told["steps"][0];
    let others: Vec<_> =
        step["findings"].as_array().expect("findings").iter().filter(|f| f["label"] == "Other rows").collect();
    assert!(others.len() == 1 && others[0]["verdict"] == "same" && others[0]["evidence"] == "imported", "{step}");
}

/// Nobody knows how Alma combines rules, so a rule above ours is a question and not a fault.
#[rstest]
#[case::same_condition(
    above(&["Old rule", "Requested Format", "=", "Physical", "CUNY", "Yes"]),
    "\"Old rule\" is above ours (place 1) and has the same condition"
)]
#[case::without_a_condition(
    above(&["Everything", "", "", "", "CUNY", "Yes"]),
    "\"Everything\" is above ours (place 1) and matches every request that ours matches"
)]
#[case::another_parameter(
    above(&["Faculty", "User Group", "=", "Faculty", "CUNY", "Yes"]),
    "\"Faculty\" is above ours (place 1) and may match some of the requests that ours matches"
)]
fn a_rule_above_ours_is_a_question(#[case] rows: Rows, #[case] words: &str) {
    let exports = Exports::new();
    let list = exports.list(&rows, 0);
    assert!(texts(&list["troubles"]).is_empty(), "{list}");
    assert!(texts(&list["neighbours"]).join("; ").contains(words), "{list}");
    let report = exports.desk.run(&["check", "rule", "--json"]).exits(0).json();
    let told = finding(&report, "rule.other_rows");
    assert_eq!(
        (&told["verdict"], &told["advisory"], &told["evidence"]),
        (&json!("waiting"), &json!(true), &Value::Null)
    );
    let reason = told["reason"].as_str().expect("a reason");
    assert!(reason.contains(words) && reason.contains('?') && reason.contains("Alma does not document"), "{told}");
    assert!(
        told["hint"].as_str().is_some_and(|hint| hint.contains("in Alma, open the rota")),
        "what to look at: {told}"
    );
    let gates = exports.desk.run(&["golive", "--json"]).json();
    let gate = gates["gates"].as_array().expect("gates").iter().find(|gate| gate["gate"] == "other_rows");
    assert_eq!(gate.expect("there")["verdict"], "question", "{gates}");
    let listed = exports.desk.run(&["evidence", "list"]).exits(0);
    assert!(listed.out().contains("open question: ") && !listed.out().contains("no problems"), "{}", listed.out());
    for told in [&exports.desk.run(&["check"]), &exports.desk.run(&["golive"]), &exports.desk.run(&["report"]), &listed]
    {
        assert!(!told.out().contains("first that fits"), "a guess: {}", told.out());
    }
}

/// What an earlier version recorded as a fact is a question now.
#[test]
fn an_old_journal_is_read_without_its_guess() {
    let exports = Exports::new();
    let words = "the rota assignment rule \"Old rule\" is above ours (place 1) with the same condition";
    let lists = json!({"rota_rules": [format!("{words}: Alma uses the first that fits"), "2 rules are named \"X\""]});
    let entry = |lists: &Value| {
        json!({"at": days_ago(1), "by": "grace", "what": "shown", "target": exports.desk.target(), "source": {"file": "r.csv"},
            "fields": {}, "lists": lists})
    };
    exports.desk.journal_lines(&[entry(&lists)]);
    let told = exports.desk.run(&["check", "rule", "--json"]).json();
    let found = finding(&told, "rule.other_rows");
    assert_eq!((&found["verdict"], &found["got"]), (&json!("differs"), &json!("2 rules are named \"X\"")), "{found}");
    exports.desk.journal_lines(&[entry(&json!({"rota_rules": [format!("{words}: Alma uses the first that fits")]}))]);
    let told = exports.desk.run(&["check", "rule", "--json"]).json();
    let found = finding(&told, "rule.other_rows");
    assert_eq!((&found["verdict"], &found["advisory"]), (&json!("waiting"), &json!(true)), "{found}");
    assert!(found["reason"].as_str().is_some_and(|why| why.contains(words) && !why.contains("first that fits")));
}

#[test]
fn a_whole_chain_proof_after_the_list_settles_the_question() {
    let proof = |exports: &Exports, days: i64, shows: &str| {
        json!({"at": days_ago(days), "by": "grace", "what": "proved", "half": "chain", "environment": "sandbox", "shows": shows,
            "words": "it arrived", "next": null, "number": 7, "key": null, "target": exports.desk.target()})
    };
    let shown = |exports: &Exports, days: i64| {
        json!({"at": days_ago(days), "by": "grace", "what": "shown", "target": exports.desk.target(),
            "source": {"file": "r.csv"}, "fields": {}, "lists": {"rota_rules": []}, "neighbours": {"rota_rules": ["the rule \"A\" stands above ours"]}})
    };
    for (lines, verdict, words) in [
        (vec![(9, "shown"), (5, "proved")], "same", "settled by the whole-chain proof"),
        (vec![(9, "shown"), (5, "proved"), (2, "shown")], "same", "settled by the whole-chain proof"),
        (vec![(9, "proved"), (5, "shown")], "waiting", "older than this list"),
        (vec![(9, "shown"), (5, "wrong")], "waiting", "failed; this may be why"),
        (vec![(9, "shown"), (5, "proved"), (2, "wrong")], "waiting", "failed; this may be why"),
    ] {
        let exports = Exports::new();
        let entries: Vec<Value> = lines
            .iter()
            .map(|(days, what)| if *what == "shown" { shown(&exports, *days) } else { proof(&exports, *days, what) })
            .collect();
        exports.desk.journal_lines(&entries);
        let told = exports.desk.run(&["check", "rule", "--json"]).json();
        let found = finding(&told, "rule.other_rows");
        assert_eq!((&found["verdict"], &found["advisory"]), (&json!(verdict), &json!(true)), "{lines:?}: {found}");
        assert!(found.to_string().contains(words), "{lines:?}: {found}");
    }
}

#[test]
fn the_order_of_alma_is_that_of_the_numbers() {
    let exports = Exports::new();
    let mut rows = rules();
    rows.push(["Old rule", "Requested Format", "=", "Physical", "CUNY", "Yes"].map(str::to_owned).to_vec());
    for (row, number) in rows.iter_mut().zip(["Order", "2", "3", "1"]) {
        row.insert(0, number.to_owned());
    }
    let list = exports.list(&rows, 0);
    assert!(texts(&list["neighbours"])[0].contains("\"Old rule\" is above ours (place 1)"), "{list}");
}

#[rstest]
#[case("rota", "rota template", "ILLiad", templates())]
#[case("rule", "rota assignment rule", "ILLiad Fallback", rules())]
#[case("illiad", "queue", QUEUE, queues())]
fn a_list_without_our_row_says_so_and_claims_nothing(
    #[case] step: &str,
    #[case] kind: &str,
    #[case] name: &str,
    #[case] whole: Rows,
) {
    let exports = Exports::new();
    exports.list(&whole, 0);
    let ours = |row: &Vec<String>| row.iter().any(|cell| cell == name);
    let header_and_others: Rows = whole.iter().filter(|row| !ours(row)).cloned().collect();
    for rows in [header_and_others.clone(), header_and_others[..1].to_vec()] {
        let list = exports.list(&rows, 3);
        assert!(list["row"].is_null() && list["fields"].as_array().is_some_and(Vec::is_empty), "{list}");
        assert!(texts(&list["troubles"])[0].contains(&format!("there is no {kind} \"{name}\"")), "{list}");
        // Evidence from an older list no longer counts.
        let report = exports.desk.run(&["check", step, "--json"]).exits(3).json();
        let findings = report["steps"][0]["findings"].as_array().expect("findings");
        let verdicts: Vec<_> = findings.iter().map(|finding| finding["verdict"].as_str()).collect();
        assert!(!verdicts.contains(&Some("same")) && verdicts.contains(&Some("waiting")), "{report}");
    }
}

#[test]
fn a_routing_table_without_our_rule_says_so() {
    let exports = Exports::new();
    let mut rows = routing();
    rows.remove(1);
    let list = exports.list(&rows, 3);
    assert!(list["row"].is_null(), "{list}");
    assert_eq!(texts(&list["troubles"]), ["no routing rule sends requests to the queue"]);
}

#[rstest]
#[case::queue(with(queues(), 2, 0, "Request Imported from Alma "), "illiad.queue.queue_name", "a space at the end")]
#[case::queue_one_letter_off(
    with(queues(), 2, 0, "Request Imported form Alma"),
    "illiad.queue.queue_name",
    "are swapped"
)]
#[case::process(
    with(routing(), 1, 2, "Doc Del"),
    "illiad.routing.process_type",
    "Doc Del was chosen instead of Borrowing"
)]
#[case::number(with(routing(), 1, 0, "5"), "illiad.routing.rule_no", "a rule with a lower number would run first")]
#[case::status(
    with(routing(), 1, 6, "Request imported from Alma"),
    "illiad.routing.new_transaction_status",
    "character 9 is \"i\" instead of \"I\""
)]
#[case::parentheses(
    with(routing(), 1, 4, &MATCH_STRING.replace(['(', ')'], "")),
    "illiad.routing.match_string",
    "would also catch every request without a lending string"
)]
#[case::rule_name(with(rules(), 2, 0, "Illiad fallback"), "rule.name", "upper and lower case")]
#[case::template(with(templates(), 2, 0, "ILLIAD"), "rota.code", "Alma may not connect them")]
#[case::rule_enabled(with(rules(), 2, 5, "Yes"), "rule.enabled", "the switch is not set as")]
fn a_near_miss_in_our_row_is_recognised_and_explained(#[case] rows: Rows, #[case] key: &str, #[case] words: &str) {
    let exports = Exports::new();
    let list = exports.list(&rows, 3);
    let (got, why) = field(&list, key);
    assert!(why.iter().any(|why| why.contains(words)), "{why:?}");
    let workbook = exports.recognised("list.xlsx", xlsx(&[("List", &rows)]));
    assert_eq!(field(&workbook, key), (got, why), "a workbook keeps spaces and letters too");
    let report = exports.desk.run(&["check", "rota", "rule", "illiad", "--json"]).exits(3).json();
    let told = finding(&report, key);
    assert_eq!(
        (told["verdict"].as_str(), told["evidence"].as_str(), told["got"].as_str()),
        (Some("differs"), Some("imported"), Some(got))
    );
}

#[test]
fn cells_that_cannot_be_are_said_and_not_guessed() {
    let exports = Exports::new();
    let list = exports.list(&with(with(routing(), 2, 0, "seven"), 2, 1, ""), 0);
    assert_eq!(
        texts(&list["remarks"]),
        [
            "row 3: RuleNo \"seven\" is not a whole number, so that rule could not be judged",
            "row 3: RuleActive is \"\", neither Yes nor No, so that rule could not be judged",
        ]
    );
    assert!(texts(&list["troubles"]).is_empty(), "{list}");
    // The number of members does not say which ones they are.
    let list = exports.list(&with(templates(), 2, 4, "1"), 0);
    assert_eq!(texts(&list["not_shown"]), ["rota.member"]);
    assert!(texts(&list["remarks"])[0].contains("how many members the template has (1), but not which"), "{list}");
}

/// A list without our row is evidence against every value of it, whatever was shown or signed before.
#[test]
fn a_newer_list_without_our_row_contradicts_what_was_shown_before() {
    let exports = Exports::new();
    let desk = &exports.desk;
    exports.list(&rules(), 0);
    let enabled = |code: i32| {
        let report = desk.run(&["check", "rule", "--json"]).exits(code).json();
        assert_words(&report, "rule");
        finding(&report, "rule.enabled").clone()
    };
    assert_eq!(enabled(0)["verdict"], "same");
    let mut without = rules();
    without.truncate(2);
    exports.list(&without, 3);
    let told = enabled(3);
    assert_eq!((&told["verdict"], &told["got"]), (&json!("waiting"), &Value::Null), "{told}");
    assert!(told["reason"].as_str().is_some_and(|why| why.contains("has no such row: is it there now?")), "{told}");
    let listed = desk.run(&["evidence", "list"]).exits(0);
    assert!(listed.out().contains("[rule.enabled]: (no such row in the list)"), "{}", listed.out());
    // A sign-off of the step signs nothing of it; one of its own stays contradicted.
    let said = desk.run(&["attest", "rule"]).exits(4);
    assert!(said.out().contains("not signed  rule.enabled: the list from list.csv"), "{}", said.out());
    assert_eq!(enabled(3)["verdict"], "waiting", "{} {}", said.out(), said.err());
    desk.run(&["attest", "rule.enabled"]).exits(0);
    let told = enabled(3);
    assert_eq!(told["contradicted"]["got"], "no such row in the list", "{told}");
    exports.list(&rules(), 0);
    assert_eq!(enabled(0)["verdict"], "same");
}

/// An earlier version did not note whether our row was missing. Its list is a question.
#[test]
fn an_old_list_that_shows_nothing_of_our_row_is_a_question() {
    let exports = Exports::new();
    exports.list(&rules(), 0);
    let now = jiff::Timestamp::now().to_string();
    exports.desk.journal_lines(&[json!({"at": now, "by": "grace", "what": "shown", "target": exports.desk.target(),
        "source": {"file": "r.csv"}, "fields": {}, "lists": {"rota_rules": ["there is no rule"]}})]);
    let report = exports.desk.run(&["check", "rule", "--json"]).exits(3).json();
    let told = finding(&report, "rule.enabled");
    assert_eq!(told["verdict"], "waiting", "{told}");
    assert!(told["reason"].as_str().is_some_and(|why| why.contains("for sure which row is ours")), "{told}");
}

/// A list that does not show our row for sure takes nothing back: a step's sign-off still leaves the contradiction.
#[test]
fn an_unclear_list_ends_no_older_contradiction() {
    let exports = Exports::new();
    let desk = &exports.desk;
    let enabled = || finding(&desk.run(&["check", "rule", "--json"]).exits(3).json(), "rule.enabled").clone();
    exports.list(&with(rules(), 2, 5, "Yes"), 3);
    assert_eq!(enabled()["verdict"], "differs");
    let now = jiff::Timestamp::now().to_string();
    desk.journal_lines(&[json!({"at": now, "by": "grace", "what": "shown", "target": desk.target(),
        "source": {"file": "r.csv"}, "fields": {}, "lists": {"rota_rules": ["there is no rule"]}})]);
    desk.run(&["attest", "rule"]).exits(3);
    let told = enabled();
    assert_eq!((&told["verdict"], &told["got"]), (&json!("differs"), &json!("Enabled")), "{told}");
}

//! Common mistakes in single pasted values, and what the program says about them.
use super::told::said;
use last_resort::engine::lint::{FieldRole, PasteComparison, compare};

const QUEUE: &str = "illiad.queue.queue_name";
const STATUS: &str = "illiad.routing.new_transaction_status";
const UNSEEN: &str = "; so the rule's status and the queue's name would not agree, and staff probably would not see the requests in the queue";
const HIDDEN: &str = "; so the queue may not show Alma's requests, which are Borrowing";
const LEAVES: &str = "; so the request would leave Borrowing, and staff may not see it in the queue";
const UNFOUND: &str = "; so Alma may not connect them: partner, template and rule refer to each other by this code";
const ELSEWHERE: &str = "; so ILLiad's rule would never match: Alma's requests are not there";

/// A field, the pasted value, and the explanation. Words in capitals stand for the texts above.
const TABLE: &[(&str, &str, &str)] = &[
    (QUEUE, "Request Imported from Alma ", "a space at the endUNSEEN"),
    (QUEUE, " Request Imported from Alma", "a space at the startUNSEEN"),
    (QUEUE, "  Request Imported from Alma", "2 spaces at the startUNSEEN"),
    (
        QUEUE,
        "Request Imported from Alma\u{a0}",
        "a no-break space instead of an ordinary one, first at character 27; \
         a space at the endUNSEEN",
    ),
    (QUEUE, "Request  Imported from Alma", "different spacing between the wordsUNSEEN"),
    (QUEUE, "RequestImported from Alma", "different spacing between the wordsUNSEEN"),
    (QUEUE, "Request\tImported from Alma", "a tab instead of a space at character 8UNSEEN"),
    (QUEUE, "Request Imported From Alma", "upper and lower case: character 18 is \"F\" instead of \"f\"UNSEEN"),
    (QUEUE, "Request Imported from Ama", "one letter off: \"l\" is missing at character 24UNSEEN"),
    (QUEUE, "Requests Imported from Alma", "one letter off: extra \"s\" at character 8UNSEEN"),
    (QUEUE, "Request Improted from Alma", "one letter off: characters 12 and 13 are swapped (\"ro\")UNSEEN"),
    (QUEUE, "Request Imported from Alna", "one letter off: character 25 is \"n\" instead of \"m\"UNSEEN"),
    (
        QUEUE,
        "Request Imported fr\u{43e}m Alma",
        "one letter off: character 20 is \"\u{43e}\" instead of \"o\" \
         (it may look the same, but it is from another alphabet)UNSEEN",
    ),
    (QUEUE, "Request\u{200b} Imported from Alma", "a character that cannot be seen (U+200B) at character 8UNSEEN"),
    (QUEUE, "\"Request Imported from Alma\"", "quotes (\") around the valueUNSEEN"),
    (
        QUEUE,
        "Requests that were imported from Alma today",
        "other text from character 8: \"s that were \" instead of \" Imported fr\"; \
         43 characters: a queue's name can have 40, spaces includedUNSEEN",
    ),
    (STATUS, "Request imported from Alma", "upper and lower case: character 9 is \"i\" instead of \"I\"UNSEEN"),
    (
        STATUS,
        "Awaiting Request Processing",
        "\"Awaiting Request Processing\" instead of \"Request Imported from Alma\"UNSEEN",
    ),
    ("illiad.queue.process_type", "Doc Del", "the process type Doc Del was chosen instead of BorrowingHIDDEN"),
    ("illiad.queue.process_type", "DocDel", "the process type Doc Del was chosen instead of BorrowingHIDDEN"),
    ("illiad.routing.process_type", "Lending", "the process type Lending was chosen instead of BorrowingELSEWHERE"),
    (
        "illiad.routing.process_type",
        "borrowing",
        "upper and lower case: character 1 is \"b\" instead of \"B\"ELSEWHERE",
    ),
    (
        "illiad.routing.transaction_status",
        "Awaiting Requests Processing",
        "one letter off: extra \"s\" at character 17ELSEWHERE",
    ),
    ("illiad.routing.new_process_type", "Doc Del", "the process type Doc Del was chosen instead of BorrowingLEAVES"),
    (
        "illiad.routing.rule_no",
        "10",
        "\"10\" instead of \"0\"; so a rule with a lower number would run first and could take the request",
    ),
    (
        "illiad.routing.rule_no",
        "Request Imported from Alma",
        "\"Request Imported from Alma\" instead of \"0\"; a RuleNo must be a number",
    ),
    ("illiad.routing.rule_active", "No", "it says No but must say Yes; so ILLiad would skip the rule"),
    ("illiad.routing.rule_active", "☐", "it says ☐ but must say Yes; so ILLiad would skip the rule"),
    (
        "illiad.queue.nvtgc",
        "QCL",
        "\"QCL\" instead of \"ILL\"; \
         so the queue would belong to another site, and staff may not see it",
    ),
    (
        "illiad.queue.nvtgc",
        " ",
        "the field is empty; so the queue would belong to another site, and staff may not see it",
    ),
    ("rota.member", "illiad", "upper and lower case: character 1 is \"i\" instead of \"I\"UNFOUND"),
    ("rota.status", "Inactive", "\"Inactive\" instead of \"Active\""),
    ("rota.type", "Ordered", "\"Ordered\" instead of \"Non Ordered\""),
    (
        "rule.enabled",
        "Enabled",
        "it says Enabled but must say Disabled; \
         so the switch is not set as this campus's set-up needs it",
    ),
    ("rule.input.operator", "!=", "\"!=\" instead of \"=\""),
    ("partner.default_partner", "☑", "it says ☑ but must say Not checked"),
    ("partner.alternate_symbol", "QCL", "\"QCL\" where the field must be empty"),
    ("partner.alternate_symbol", "a\u{1b}[2J\u{202e}", "\"a\u{fffd}[2J\u{fffd}\" where the field must be empty"),
];

#[test]
fn what_people_paste_wrong_is_named_with_what_follows_from_it() {
    for (key, got, expected) in TABLE {
        let words = [
            ("UNSEEN", UNSEEN),
            ("HIDDEN", HIDDEN),
            ("LEAVES", LEAVES),
            ("UNFOUND", UNFOUND),
            ("ELSEWHERE", ELSEWHERE),
        ];
        let expected =
            words.iter().fold((*expected).to_owned(), |text, (word, stands_for)| text.replace(word, stands_for));
        assert_eq!(said(key, got).join("; "), expected, "{key}: {got:?}");
    }
}

#[test]
fn what_can_only_mean_the_same_is_the_same() {
    for (key, got) in [
        ("partner.default_partner", "Not checked"),
        ("partner.default_partner", "Unchecked"),
        ("partner.default_partner", "false"),
        ("partner.default_partner", "[ ]"),
        ("partner.default_partner", "☐"),
        ("illiad.routing.rule_active", "True"),
        ("illiad.routing.rule_active", "☑"),
        ("illiad.routing.rule_active", "[X]"),
        ("rule.enabled", "off"),
        ("partner.alternate_symbol", "  "),
        ("partner.alternate_symbol", "[blank]"),
        ("illiad.routing.rule_no", "0"),
    ] {
        assert_eq!(said(key, got), [""; 0], "{key}: {got}");
    }
}

/// Differences are tolerated only where the meaning is certain, and never in texts.
#[test]
fn what_could_mean_something_else_is_not_the_same() {
    for (key, got) in [
        ("illiad.routing.rule_active", "yes"),
        ("illiad.routing.rule_active", "1"),
        ("illiad.routing.rule_active", "Checked"),
        ("rule.enabled", "Not checked"),
        ("illiad.routing.rule_no", "00"),
        ("rota.status", "true"),
    ] {
        assert_ne!(said(key, got), [""; 0], "{key}: {got}");
    }
}

#[test]
fn nothing_pasted_is_no_answer() {
    assert_eq!(compare(FieldRole::Other, "x", ""), PasteComparison::Nothing);
    assert_eq!(compare(FieldRole::Other, "[blank]", ""), PasteComparison::Nothing);
}

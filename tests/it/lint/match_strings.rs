//! MatchStrings that differ from the procedure's, and what a trial on sample requests shows.
use super::told::{MATCH_STRING, requests, said, want};
use last_resort::engine::lint::{TrialResult, trial};

const ALIKE: &str = "behaves the same on 18 sample requests, but is not the wanted text";
const NOTHING: &str = "would catch nothing";
const UNREAD: &str = "not tried on sample requests, because this is not understood: ";
const STOPS: &str = ": ILLiad would probably report an error, and the rule would not run";

/// The same where only our parser says so, which is not ILLiad's.
const MAY_STOP: &str = ": not understood here; if ILLiad does not understand it either, it probably reports an error and the rule does not run";

/// The part of the procedure's MatchString that excludes requests which are already being sent.
const GUARD: &str = "(t.LendingString = '' or t.LendingString is NULL)";

/// A MatchString, where `GUARD` stands for the procedure's guard, and the lines that explain it.
const WOULD: &[(&str, &[&str])] = &[
    // Missing parentheses, and missing halves.
    (
        "t.CitedIn LIKE '01CUNY%' and t.LendingString = '' or t.LendingString is NULL",
        &["would also catch every request without a lending string, whatever its tag"],
    ),
    (
        "t.LendingString is NULL or t.LendingString = '' and t.CitedIn LIKE '01CUNY%'",
        &["would also catch every request without a lending string, whatever its tag"],
    ),
    (
        "t.LendingString is NULL and t.CitedIn LIKE '01CUNY%' or t.LendingString = ''",
        &["would also catch every request whose LendingString is empty, whatever its tag"],
    ),
    ("GUARD", &["would also catch every request without a lending string (NULL or empty), whatever its tag"]),
    ("t.CitedIn LIKE '01CUNY%'", &["would also catch Alma's requests whose LendingString is filled"]),
    ("t.CitedIn LIKE '01CUNY%' and t.LendingString = ''", &["would miss Alma's requests without a lending string"]),
    (
        "t.CitedIn LIKE '01CUNY%' and t.LendingString is NULL",
        &["would miss Alma's requests whose LendingString is empty"],
    ),
    (
        "t.CitedIn LIKE '01CUNY%' or GUARD",
        &[
            "would also catch every request without a lending string (NULL or empty), whatever its tag",
            "would also catch Alma's requests whose LendingString is filled",
        ],
    ),
    (
        "t.CitedIn LIKE '01CUNY%' and (t.LendingString = '' or t.LendingString is not NULL)",
        &[
            "would also catch Alma's requests whose LendingString is filled",
            "would miss Alma's requests without a lending string",
        ],
    ),
    // In SQL a comparison with NULL is never true.
    ("t.CitedIn LIKE '01CUNY%' and t.LendingString = NULL", &[NOTHING]),
    (
        "t.CitedIn LIKE '01CUNY%' and t.LendingString in ('', NULL)",
        &["would miss Alma's requests without a lending string"],
    ),
    (
        "t.CitedIn LIKE '01CUNY%' and not (t.LendingString <> '')",
        &["would miss Alma's requests without a lending string"],
    ),
    (
        "t.CitedIn LIKE '01CUNY%' and not (t.LendingString = 'x' or 1 = 0)",
        &[
            "would also catch Alma's requests whose LendingString is filled",
            "would miss Alma's requests without a lending string",
        ],
    ),
    ("t.CitedIn LIKE '01CUNY%' and t.LendingString not in ('x', NULL)", &[NOTHING]),
    ("t.CitedIn LIKE '01CUNY%' and (t.LendingString = '' and t.LendingString is NULL)", &[NOTHING]),
    // A wrong tag, or a wrong comparison with it.
    ("t.CitedIn LIKE '01CUNY' and GUARD", &[NOTHING]),
    ("t.CitedIn = '01CUNY%' and GUARD", &[NOTHING]),
    ("t.CitedIn LIKE 'O1CUNY%' and GUARD", &[NOTHING]),
    ("t.CitedIn LIKE '01CUNY_BB%' and GUARD", &[NOTHING]),
    ("t.CitedIn LIKE '01CUNY_QC%' and GUARD", &["would miss Alma's requests whose tag has no underscore"]),
    (
        "t.CitedIn LIKE '%01CUNY%' and GUARD",
        &["would also catch requests with the campus's code inside another tag \
         without a lending string (NULL or empty)"],
    ),
    (
        "t.CitedIn NOT LIKE '01CUNY%' and GUARD",
        &[
            "would also catch requests with an empty tag, requests with another tag, requests with the campus's code \
             inside another tag \
         without a lending string (NULL or empty)",
            "would miss every request from Alma",
        ],
    ),
    ("1 = 1", &["would catch every request, whatever its tag and its lending string"]),
    // Conditions in addition to the tag and the guard.
    ("t.CitedIn LIKE '01CUNY%' and GUARD and u.NVTGC = 'QCL'", &[NOTHING]),
    ("t.CitedIn LIKE '01CUNY%' and GUARD and t.ProcessType = 'Lending'", &[NOTHING]),
    // Spelled differently, but equivalent.
    ("t.CitedIn LIKE '01CUNY%' and GUARD and u.NVTGC = 'ILL'", &[ALIKE]),
    ("(t.LendingString IS NULL OR t.LendingString = '  ') AND T.[CitedIn] LIKE N'01cuny%'", &[ALIKE]),
    ("t.CitedIn LIKE '01CUNY%' and ISNULL(t.LendingString, '') = ''", &[ALIKE]),
    ("t.CitedIn LIKE '01CUNY%' and COALESCE(t.LendingString, '') = ''", &[ALIKE]),
    ("LEFT(t.CitedIn, 6) = '01CUNY' and (LEN(t.LendingString) = 0 or t.LendingString is NULL)", &[ALIKE]),
    ("t.CitedIn LIKE '01CUNY%' and not (t.LendingString is not null and t.LendingString <> '')", &[ALIKE]),
];

/// A MatchString that cannot be parsed, and the explanation before [`STOPS`].
const BROKEN: &[(&str, &str)] = &[
    ("t.CitedIn LIKE ‘01CUNY%’ and GUARD", "at character 16: a curly quote (‘); SQL takes only the straight one (')"),
    ("t.CitedIn LIKE '01CUNY%’ and GUARD", "at character 24: a curly quote (’); SQL takes only the straight one (')"),
    (
        "t.CitedIn LIKE \"01CUNY%\" and GUARD",
        "at character 16: double quotes; SQL reads what is inside them as a name, not as text",
    ),
    (
        "t.CitedIn LIKE '01CUNY%' and (t.LendingString = '' or t.LendingString is NULL",
        "at the end: 1 opening and 0 closing parentheses",
    ),
    (
        "t.CitedIn LIKE '01CUNY%' and t.LendingString = '' or t.LendingString is NULL)",
        "at character 77: 0 opening and 1 closing parentheses",
    ),
    ("t.CitedIn LIKE '01CUNY% and GUARD", "at character 16: this quote is never closed"),
    ("t.CitedIn LIKE '01CUNY%' and t.LendingString = '", "at character 48: this quote is never closed"),
    ("t.CitedIn LIKE 01CUNY% and GUARD", "at character 16: text without quotes; put it in straight quotes (')"),
    ("WHERE t.CitedIn LIKE '01CUNY%' and GUARD", "at character 1: the word WHERE; a MatchString is only the condition"),
    (" select * from Transactions where 1 = 1", "at character 2: the word SELECT; a MatchString is only the condition"),
    (
        "t.CitedIn LIKE &#39;01CUNY%&#39; and GUARD",
        "at character 16: &#39;, a web page code for a character; type the character itself",
    ),
    (
        "t.CiteIn LIKE '01CUNY%' and GUARD",
        "at character 1: the column t.CiteIn is unknown; CitedIn was probably meant \
         (one letter off: \"d\" is missing at character 5)",
    ),
    ("t.CitedIn LIKE '01CUNY%' GUARD", "at character 26: not readable as SQL (it cannot continue with ()"),
    ("t.CitedIn LIKE '01CUNY%' and", "at the end: not readable as SQL (Expected: an expression, found: the end)"),
    (
        "t.CitedIn LIKE '01CUNY%'\nand t.LendingString NULL",
        "at character 46: not readable as SQL (it cannot continue with NULL)",
    ),
    ("t.CitedIn == '01CUNY%'", "at character 11: not readable as SQL (== is not an SQL operator; use =)"),
    ("t.CitedIn LIKE '01CUNY%' and GUARD;", "at character 79: not readable as SQL (it cannot continue with ;)"),
    (" ", "at the end: there is no condition"),
];

/// A MatchString in SQL that the program does not evaluate, and the explanation.
const BEYOND: &[(&str, &str)] = &[
    ("CitedIn LIKE '01CUNY%' and GUARD", "the column CitedIn without t. or u. in front of it"),
    ("r.CitedIn LIKE '01CUNY%'", "r.CitedIn: only t. and u. name a table in a MatchString"),
    (
        "t.CitedIn LIKE '01CUNY%' and t.ESPNumber is NULL",
        "the column t.ESPNumber, which the sample requests do not have",
    ),
    ("t.Username in (select Username from Users)", "a sub-select"),
    ("exists (select 1 from Users)", "a sub-select"),
    ("t.CitedIn", "t.CitedIn, which is not a condition by itself"),
    ("t.CitedIn > '01CUNY'", "text compared with >"),
    ("t.CitedIn LIKE '01CUNY[_]QC%'", "a set of letters [...] in a LIKE pattern"),
    ("t.CitedIn LIKE '01CUNY!_QC%' ESCAPE '!'", "t.CitedIn LIKE '01CUNY!_QC%' ESCAPE '!'"),
    ("t.LendingString = 0", "text compared with a number"),
    ("t.CitedIn + '' = 'x'", "the sign +"),
    ("t.CitedIn = 'x' -- and GUARD", "a comment"),
    ("CHARINDEX('01CUNY', t.CitedIn) = 1", "CHARINDEX('01CUNY', t.CitedIn)"),
    ("t.CitedIn BETWEEN 'a' AND 'b'", "t.CitedIn BETWEEN 'a' AND 'b'"),
];

fn lines(match_string: &str) -> Vec<String> {
    trial(&want(MATCH_STRING), &match_string.replace("GUARD", GUARD), &requests()).lines()
}

#[test]
fn what_a_condition_would_wrongly_catch_or_miss_is_said() {
    assert!(want(MATCH_STRING).ends_with(GUARD));
    for (text, expected) in WOULD {
        assert_eq!(lines(text), *expected, "{text}");
    }
}

#[test]
fn what_cannot_be_read_is_said_with_its_place_and_likely_cause() {
    for (text, expected) in BROKEN {
        let ending = if expected.contains("not readable as SQL (") { MAY_STOP } else { STOPS };
        assert_eq!(lines(text), [format!("{expected}{ending}")], "{text}");
    }
}

#[test]
fn what_is_not_understood_is_said_and_nothing_is_claimed_about_it() {
    for (text, expected) in BEYOND {
        assert_eq!(lines(text), [format!("{UNREAD}{expected}")], "{text}");
    }
}

#[test]
fn the_procedures_own_condition_is_alike() {
    assert_eq!(trial(&want(MATCH_STRING), &want(MATCH_STRING), &requests()), TrialResult::Alike(18));
}

#[test]
fn parentheses_within_parentheses_are_read_as_far_as_anybody_writes_them() {
    let deep = |n: usize| format!("{}{}{}", "(".repeat(n), want(MATCH_STRING), ")".repeat(n));
    for n in 0..=11 {
        assert_eq!(trial(&want(MATCH_STRING), &deep(n), &requests()), TrialResult::Alike(18), "{n}");
    }
    assert!(matches!(trial(&want(MATCH_STRING), &deep(12), &requests()), TrialResult::NotUnderstood(_)));
}

#[test]
fn parentheses_without_end_are_too_much_and_not_a_crash() {
    let nests = ["case ", "case when ", "exists ", "interval ", "cast ", "t.x in ", "array[", "struct<"];
    for text in nests.iter().flat_map(|word| [word.repeat(12), word.repeat(100)]) {
        assert!(!trial(&want(MATCH_STRING), &text, &requests()).lines().is_empty());
    }
    for text in ["(".repeat(5000), "not ".repeat(1200), "- ".repeat(2500), format!("1=1{}", " or 1=1".repeat(700))] {
        assert!(
            matches!(trial(&want(MATCH_STRING), &text, &requests()), TrialResult::NotUnderstood(_)),
            "{}",
            &text[..8]
        );
    }
}

/// Besides the trial's result, the differing characters are named.
#[test]
fn a_condition_that_differs_is_explained_letter_by_letter() {
    let right = want(MATCH_STRING);
    for (got, expected) in [
        (
            right.replace('\'', "’"),
            "a curly quote (’) instead of a straight one, first at character 16; \
             so ILLiad's rule would never match, and could stop the whole routing run",
        ),
        (
            right.replace(['(', ')'], ""),
            "0 pairs of parentheses instead of 1; \
             other text from character 30: \"t.LendingStr\" instead of \"(t.LendingSt\"",
        ),
        (
            right.replace(')', ""),
            "0 closing parentheses instead of 1; one letter off: \")\" is missing at character 78",
        ),
        (
            right.replace("01CUNY", "O1CUNY"),
            "one letter off: character 17 is \"O\" instead of \"0\" (the letter O, not the digit 0)",
        ),
        (right.replace("or t", "or  t"), "different spacing between the words"),
        (right.replace("or t", "or\u{a0}t"), "a no-break space instead of an ordinary one, first at character 54"),
        (right.replace("LIKE", "like"), "upper and lower case: character 11 is \"l\" instead of \"L\""),
        (right.replace("or t", "or\nt"), "a line break at character 54"),
        (format!("{right} "), "a space at the end"),
        (format!("\"{right}\""), "quotes (\") around the value"),
    ] {
        assert_eq!(said(MATCH_STRING, &got).join("; "), expected, "{got}");
    }
}

//! Properties that hold for every text.
use super::told::{MATCH_STRING, asked, requests, said, want};
use last_resort::engine::lint::{FieldRole, PasteComparison, compare, trial};
use last_resort::engine::paste::{PasteReading, PastedForm, read_paste};
use last_resort::recipe::{Channel, FieldKey, Recipe, StepId};
use last_resort::text::steers;
use proptest::prelude::*;

fn screen_keys() -> Vec<String> {
    let screen = |field: &&last_resort::recipe::Field| field.channel == Channel::Screen;
    Recipe::embedded().fields().filter(screen).map(|field| field.key.to_string()).collect()
}

#[test]
fn the_recipes_own_words_never_differ() {
    let keys = screen_keys();
    assert_eq!(keys.len(), 24);
    for key in keys {
        assert_eq!(said(&key, &want(&key)), [""; 0], "{key}");
    }
}

/// Changes every character of every value in turn: replaced, removed, doubled, or swapped with the next.
#[test]
fn a_change_of_one_letter_is_never_the_same() {
    for key in screen_keys() {
        let right: Vec<char> = want(&key).chars().collect();
        if want(&key) == "[blank]" {
            continue;
        }
        for at in 0..right.len() {
            let (mut other, mut gone, mut twice, mut swapped) =
                (right.clone(), right.clone(), right.clone(), right.clone());
            other[at] = if right[at] == 'x' { 'y' } else { 'x' };
            gone.remove(at);
            twice.insert(at, right[at]);
            swapped.swap(at, (at + 1).min(right.len() - 1));
            for changed in
                [other, gone, twice, swapped].into_iter().filter(|changed| *changed != right && !changed.is_empty())
            {
                let text: String = changed.into_iter().collect();
                assert_ne!(said(&key, &text), [""; 0], "{key}: {text}");
            }
        }
    }
}

fn unclear(form: &PastedForm, key: &FieldKey) -> bool {
    form.ambiguous.iter().any(|ambiguous| ambiguous.keys.contains(key))
}

/// Generates words from conditions and forms, in any order.
fn words(count: std::ops::Range<usize>) -> impl Strategy<Value = String> {
    const SQL: &str = "t.CitedIn t.LendingString u.NVTGC LIKE '01CUNY%' and or not ( ) is NULL = <> '' ’ in , ISNULL( LEN( \" \
                       -- /* select case when end 0 1=1 exists interval cast array[ struct< between all from [ { :: . ! ~ @ \
                       values - ;";
    const FORMS: [&str; 17] = [
        "\n",
        "\n",
        "\t",
        ": ",
        "Process Type",
        "ProcessType",
        "QueueName",
        "RuleNo",
        "Name",
        "Value",
        "|",
        "[x]",
        "  ",
        "Routing",
        "\u{1b}[2J",
        "\u{a0}",
        "Operator",
    ];
    let all: Vec<&str> = SQL.split(' ').chain(FORMS).collect();
    prop::collection::vec(prop::sample::select(all), count).prop_map(|words| words.join(" "))
}

fn anything() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[\\PC\\n\\t]{0,400}",
        // Texts that resemble conditions and forms, short and long.
        words(0..30),
        words(0..400),
        ("[(\\[{'\"|:=\\t]", 0_usize..5000).prop_map(|(sign, count)| sign.repeat(count)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_is_too_much(text in anything()) {
        let text: String = text.chars().take(5000).collect();
        for key in screen_keys() {
            let same = compare(FieldRole::of(&key.as_str().into()), &want(&key), &text);
            if let PasteComparison::Differs(why) = same {
                prop_assert!(!why.is_empty());
                prop_assert!(why.iter().all(|why| !why.to_string().chars().any(steers)));
            }
        }
        let lines = trial(&want(MATCH_STRING), &text, &requests()).lines();
        prop_assert!(!lines.is_empty() && lines.iter().all(|line| !line.chars().any(steers)), "{lines:?}");
        for step in [StepId::Rota, StepId::Rule, StepId::Illiad, StepId::Partner] {
            let asked = asked(step);
            if let PasteReading::Form(form) = read_paste(&asked, &text) {
                let mut keys: Vec<_> = form.pasted.iter().map(|pasted| &pasted.key).collect();
                keys.dedup();
                prop_assert_eq!(keys.len(), form.pasted.len(), "a field was read twice");
                for one in &form.pasted {
                    let never = form.missing.contains(&one.key) || unclear(&form, &one.key);
                    prop_assert!(!never, "{} was read, and is also listed as missing or unclear", one.key);
                }
            }
        }
    }

    #[test]
    fn texts_that_are_not_the_same_are_never_called_so(text in "[A-Za-z0-9 '%().=‘’\u{a0}]{1,90}") {
        let right = want(MATCH_STRING);
        prop_assume!(text != right);
        prop_assert_ne!(compare(FieldRole::MatchString, &right, &text), PasteComparison::Same);
    }
}

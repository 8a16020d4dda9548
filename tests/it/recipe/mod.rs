//! Tests of the recipe: its keys, words and references between fields. A faulty recipe is refused with an error that names the fault.
mod refused;

use crate::harness::{simulator, site, told};
use last_resort::engine::judge::wanted_words;
use last_resort::recipe::{Channel, FieldKey, Owner, Recipe, StepId};
use last_resort::site::CampusField;
use rstest::rstest;
use std::collections::{BTreeMap, BTreeSet};

/// The field keys of the contract, by step.
const KEYS: [(StepId, &str); 5] = [
    (
        StepId::Partner,
        "code name profile_type status system_type avg_supply_time delivery_delay currency alternate_symbol locate_profile \
         default_partner supports_borrowing borrowing_workflow supports_lending lending_workflow new_request_alert",
    ),
    (
        StepId::Parameters,
        "general.user_identifier_type general.request_pushing_method general.default_library_owner \
         request_item.bib_record_id_type request_item.support_borrowing \
         check_out_item.default_location check_out_item.default_item_policy \
         accept_item.default_location accept_item.automatic_receive accept_item.default_pickup_library accept_item.receive_desk \
         export.method export.url export.request_id_name_tag export.api_key export.close_request_when_exported \
         export.create_user export.search_user_using export.status export.notification_method export.delivery_method \
         export.loan_delivery_method export.electronic_delivery export.auth_type",
    ),
    (StepId::Rota, "code name type status member"),
    (StepId::Rule, "name input.name input.operator input.value output.rota_template enabled"),
    (
        StepId::Illiad,
        "routing.rule_no routing.rule_active routing.process_type routing.transaction_status routing.match_string \
         routing.new_process_type routing.new_transaction_status queue.queue_name queue.process_type queue.nvtgc",
    ),
];

#[test]
fn the_recipe_holds_the_contracts_61_keys_in_its_order_each_once() {
    let recipe = Recipe::embedded();
    for (step, keys) in KEYS {
        let expected: Vec<FieldKey> = keys.split_whitespace().map(|key| FieldKey::new(step, key)).collect();
        let found: Vec<FieldKey> = recipe.step(step).fields().map(|field| field.key.clone()).collect();
        assert_eq!(found, expected, "{step}");
    }
    let all: BTreeSet<&FieldKey> = recipe.fields().map(|field| &field.key).collect();
    assert_eq!((recipe.fields().count(), all.len()), (61, 61));
    assert!(
        recipe
            .fields()
            .all(|field| field.key.step().is_some_and(|step| recipe.step(step).fields().any(|f| f == field)))
    );
}

#[test]
fn steps_stand_in_the_contracts_order_and_need_only_what_stands_before_them() {
    let steps = &Recipe::embedded().steps;
    let words: Vec<&str> = steps.iter().map(|step| step.id.as_str()).collect();
    assert_eq!(words, ["connect", "patrons", "partner", "parameters", "rota", "rule", "illiad", "prove"]);
    for (index, step) in steps.iter().enumerate() {
        let before: Vec<StepId> = steps[..index].iter().map(|step| step.id).collect();
        assert!(step.needs.iter().all(|need| before.contains(need)), "{} needs {:?}", step.id, step.needs);
        assert_eq!(step.needs.is_empty(), index == 0, "{}: only the first step needs no other step", step.id);
    }
    let of_campus = [StepId::Patrons, StepId::Illiad, StepId::Prove];
    assert!(steps.iter().all(|step| (step.owner == Owner::Campus) == of_campus.contains(&step.id)));
}

/// A row of `procedure.tsv`, a second and independent transcription of the procedure.
struct Row<'a> {
    key: &'a str,
    label: &'a str,
    value: &'a str,
    heading: &'a str,
}

fn transcription() -> Vec<Row<'static>> {
    let text = include_str!("../../golden/procedure.tsv");
    let cells = |line: &'static str| line.split('\t').collect::<Vec<_>>();
    let mut lines = text.lines().map(cells);
    assert_eq!(lines.next().expect("a head"), ["key", "label", "value", "heading"]);
    lines
        .map(|cells| match cells.as_slice() {
            [key, label, value, heading] => Row { key, label, value, heading },
            other => panic!("a row of {} cells: {other:?}", other.len()),
        })
        .collect()
}

/// Screens for which the procedure has no heading of its own: the recipe's title, and the heading under which
/// the procedure describes them.
const UNDER_HEADING: [(&str, &str); 1] = [("Members", "Rota Template")];

/// Double entry: the recipe, resolved for a campus, must equal the second transcription.
#[rstest]
fn labels_values_and_headings_equal_the_second_transcription(#[values("ahead", "live")] stance: &str) {
    let (recipe, site, told) = (Recipe::embedded(), site(&[(CampusField::Stance, stance)]), told());
    let rows = transcription();
    let keys: Vec<&str> = rows.iter().map(|row| row.key).collect();
    assert_eq!(keys, recipe.fields().map(|field| field.key.as_str()).collect::<Vec<_>>());
    for (row, field) in rows.iter().zip(recipe.fields()) {
        assert_eq!(field.label, row.label, "label of {}", row.key);
        let value = match row.value {
            "Disabled if ahead, Enabled if live" if stance == "ahead" => "Disabled".to_owned(),
            "Disabled if ahead, Enabled if live" => "Enabled".to_owned(),
            value => value
                .replace("{library}", "Resource Sharing Library")
                .replace("{illiad_url}", "https://qc.illiad.oclc.org/illiadwebplatform")
                .replace("{export_key}", "set (36 characters, ends a1b2)"),
        };
        assert_eq!(wanted_words(recipe, &site, &told, field).as_ref(), Some(&value), "value of {}", row.key);
        let title = recipe.group_of(&field.key).expect("a group").title.as_str();
        let heading = UNDER_HEADING.iter().find(|(ours, _)| *ours == title).map_or(title, |(_, heading)| *heading);
        assert_eq!(heading, row.heading, "heading of {}", row.key);
    }
}

#[rstest]
fn tied_fields_agree_in_both_stances(#[values("ahead", "live")] stance: &str) {
    let (recipe, site, told) = (Recipe::embedded(), site(&[(CampusField::Stance, stance)]), told());
    let words = |key: &FieldKey| {
        let field = recipe.field(key).unwrap_or_else(|| panic!("{key}"));
        wanted_words(recipe, &site, &told, field).unwrap_or_else(|| panic!("{key} has no wanted value"))
    };
    for tie in &recipe.ties {
        assert!(tie.holds(&words(&tie.a), &words(&tie.b)), "{} and {}: {}", tie.a, tie.b, tie.why);
        assert!(!tie.holds("something else", &words(&tie.b)), "the tie of {} and {} accepts any value", tie.a, tie.b);
    }
    let tied: BTreeSet<(&str, &str)> = recipe.ties.iter().map(|tie| (tie.a.as_str(), tie.b.as_str())).collect();
    for pair in [
        ("illiad.routing.new_transaction_status", "illiad.queue.queue_name"),
        ("parameters.export.request_id_name_tag", "illiad.routing.match_string"),
        ("partner.code", "rota.member"),
        ("rota.code", "rule.output.rota_template"),
    ] {
        assert!(tied.contains(&pair), "{pair:?} is not tied");
    }
    let url = words(&"parameters.export.url".into());
    assert_eq!(url, format!("{}/transaction", site.illiad_url.as_str()), "the campus's own ILLiad");
}

#[tokio::test]
async fn every_pointer_leads_to_a_value_of_the_record_in_the_world_done() {
    let running = simulator::serve(simulator::embedded("done")).await;
    let record = running.partner("ILLiad").expect("the partner");
    let mut told: BTreeMap<&str, &FieldKey> = BTreeMap::new();
    for field in Recipe::embedded().fields() {
        let Channel::Api { pointer, .. } = &field.channel else { continue };
        assert!(record.pointer(pointer.as_str()).is_some(), "{} is not at {}", field.key, pointer.as_str());
        if let Some(other) = told.insert(pointer.as_str(), &field.key) {
            panic!("{other} and {} are both at {}", field.key, pointer.as_str());
        }
    }
    assert_eq!(told.len(), 37, "fields that the API has");
}

/// At 80×24 the first sentence of a step has room for two rows, so the most important point must be in it.
#[test]
fn the_first_sentence_of_a_step_fits_and_says_what_matters_most() {
    const COLUMNS: usize = 59;
    for step in &Recipe::embedded().steps {
        let first = step.intro.split(". ").next().expect("a sentence");
        let rows = last_resort::tui::text::wrap(&format!("{}.", first.trim_end_matches('.')), COLUMNS).len();
        assert!(rows <= 2, "{}: {rows} rows", step.id);
        for word in ["no API", "No API", "a person", "RoutingOn", "second account"] {
            assert_eq!(step.intro.contains(word), first.contains(word), "{}: {word}", step.id);
        }
        let by_hand = step.groups.iter().flat_map(|group| &group.fields).all(|f| f.channel == Channel::Screen);
        assert!(!by_hand || step.groups.is_empty() || first.contains("a person enters"), "{}: {first}", step.id);
    }
    let illiad = Recipe::embedded().step(StepId::Illiad);
    assert!(illiad.intro.split(". ").next().expect("a sentence").contains("RoutingOn is Yes"));
}

#[test]
fn every_field_says_why_and_every_group_leads_somewhere() {
    for step in &Recipe::embedded().steps {
        assert!(!step.title.is_empty() && !step.intro.is_empty() && !step.cite.is_empty(), "{}", step.id);
        for group in &step.groups {
            assert!(group.menu.0.len() > 1, "{}: {}", step.id, group.title);
            for field in &group.fields {
                assert!(field.why.ends_with('.') && field.why.len() > 10, "{}: {:?}", field.key, field.why);
            }
        }
    }
}

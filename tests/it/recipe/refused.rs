//! A recipe with one fault is refused, and the error names it.
use last_resort::recipe::Recipe;
use rstest::rstest;

const EMBEDDED: &str = include_str!("../../../assets/recipe.toml");

/// Returns the embedded recipe with the first `from` replaced by `to`.
fn with(from: &str, to: &str) -> String {
    assert!(EMBEDDED.contains(from), "{from:?} is no longer in the recipe");
    EMBEDDED.replacen(from, to, 1)
}

fn refusal(text: &str) -> String {
    Recipe::parse(text).map(drop).expect_err("refused").to_string()
}

#[rstest]
#[case::key_of_a_field("key = \"currency\"", "key = \"currency\"\n    colour = 1", &["colour", "partner.currency"])]
#[case::key_of_a_group("title = \"Check-Out Item\"", "title = \"Check-Out Item\"\n  colour = 1", &["colour", "line "])]
#[case::key_of_a_step("cite = \"Rota Template\"", "cite = \"Rota Template\"\ncolour = 1", &["colour", "line "])]
#[case::key_of_a_tie("kind = \"column_in\"", "kind = \"column_in\"\ncolour = 1", &["colour", "line "])]
#[case::key_of_the_whole("[choices.status]", "[colour]\n[choices.status]", &["colour"])]
#[case::kind_of_want("want = { blank = true }", "want = { empty = true }", &["partner.currency", "empty"])]
#[case::two_wants("want = { number = 0 }", "want = { number = 0, text = \"0\" }", &["partner.avg_supply_time"])]
#[case::want_of_another_type("want = { checked = false }", "want = { checked = \"no\" }", &["partner.default_partner"])]
#[case::choice_with_more(
    "of = \"pushing_method\" }",
    "of = \"pushing_method\", text = \"x\" }",
    &["parameters.general.request_pushing_method", "text"]
)]
#[case::coded_with_more(
    "table = \"ItemPolicy\" }",
    "table = \"ItemPolicy\", of = \"x\" }",
    &["parameters.check_out_item.default_item_policy", "of"]
)]
#[case::blank_that_says_nothing("want = { blank = true }", "want = { blank = false }", &["partner.currency", "blank"])]
#[case::list("of = \"bib_type\" }", "of = \"bib_kind\" }", &["parameters.request_item.bib_record_id_type", "bib_kind"])]
#[case::label_of_a_list("choice = \"OCLC Number\"", "choice = \"OCLC number\"", &["request_item.bib_record_id_type", "OCLC number"])]
#[case::table("table = \"ItemPolicy\"", "table = \"ItemPolicies\"", &["parameters.check_out_item.default_item_policy", "ItemPolicies"])]
#[case::campus_value("site = \"receive_desk\"", "site = \"desk\"", &["parameters.accept_item.receive_desk", "desk"])]
#[case::key_slot("secret = \"export\"", "secret = \"import\"", &["parameters.export.api_key", "import"])]
#[case::half_a_stance("live = \"Enabled\"", "later = \"Enabled\"", &["rule.enabled", "later"])]
#[case::pointer("api = \"/partner_details/name\"", "api = \"partner_details/name\"", &["partner.name", "partner_details/name"])]
#[case::empty_pointer("api = \"/partner_details/name\"", "api = \"/partner_details//name\"", &["partner.name"])]
#[case::same_as_nothing("same_as = \"partner.code\"", "same_as = \"partner.codes\"", &["rota.member", "partner.codes"])]
#[case::same_as_a_later_one("same_as = \"partner.code\"", "same_as = \"rule.name\"", &["rota.member", "rule.name"])]
#[case::same_as_itself("same_as = \"partner.code\"", "same_as = \"rota.member\"", &["rota.member"])]
#[case::field_twice("key = \"locate_profile\"", "key = \"currency\"", &["partner.currency", "twice"])]
#[case::tie_to_nothing("b = \"rota.member\"", "b = \"rota.members\"", &["rota.members"])]
#[case::kind_of_tie("kind = \"column_in\"", "kind = \"column\"", &["column"])]
#[case::owner("owner = \"campus\"", "owner = \"somebody\"", &["somebody"])]
#[case::needs_a_later_step("needs = [\"partner\"]", "needs = [\"rule\"]", &["rota", "rule"])]
#[case::needs_itself("needs = [\"rota\"]", "needs = [\"rule\"]", &["rule"])]
#[case::needs_no_step("needs = [\"rota\"]", "needs = [\"roots\"]", &["roots"])]
#[case::step_of_another_name("id = \"rota\"", "id = \"roster\"", &["roster"])]
fn what_is_wrong_is_named(#[case] from: &str, #[case] to: &str, #[case] names: &[&str]) {
    let refusal = refusal(&with(from, to));
    for name in names {
        assert!(refusal.contains(name), "{name:?} is not named: {refusal}");
    }
}

#[test]
fn a_missing_field_part_is_named_with_its_field() {
    for part in ["label", "why", "want"] {
        let field = EMBEDDED.find("key = \"export.url\"").expect("the field");
        let line = field + EMBEDDED[field..].find(&format!("{part} = ")).expect("the part");
        let end = line + EMBEDDED[line..].find('\n').expect("a line");
        let refusal = refusal(&format!("{}{}", &EMBEDDED[..line], &EMBEDDED[end..]));
        assert!(refusal.contains(part) && refusal.contains("export.url"), "{part}: {refusal}");
    }
}

#[test]
fn a_recipe_has_all_eight_steps_in_their_order() {
    let rota = EMBEDDED.find("[[step]]\nid = \"rota\"").expect("a step");
    let rule = EMBEDDED.find("[[step]]\nid = \"rule\"").expect("a step");
    let illiad = EMBEDDED.find("[[step]]\nid = \"illiad\"").expect("a step");
    let missing = format!("{}{}", &EMBEDDED[..rule], &EMBEDDED[illiad..]);
    let swapped =
        format!("{}{}{}{}", &EMBEDDED[..rota], &EMBEDDED[rule..illiad], &EMBEDDED[rota..rule], &EMBEDDED[illiad..]);
    let twice = format!("{}{}{}", &EMBEDDED[..illiad], &EMBEDDED[rule..illiad], &EMBEDDED[illiad..]);
    for text in [missing, swapped, twice] {
        assert!(refusal(&text).contains("rule"));
    }
}

#[test]
fn a_group_without_fields_is_refused() {
    let group = EMBEDDED.find("  [[step.group]]\n  title = \"Members\"").expect("a group");
    let rest = &EMBEDDED[group..];
    let field = group + rest.find("    [[step.group.field]]").expect("a field");
    let next = group + rest.find("[[step]]").expect("the next step");
    let without = format!("{}  field = []\n\n{}", &EMBEDDED[..field], &EMBEDDED[next..]);
    let refusal = refusal(&without);
    assert!(refusal.contains("Members") && refusal.contains("rota"), "{refusal}");
}

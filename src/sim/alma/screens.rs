//! What only Alma's screens show: rota templates, rota assignment rules, and three fields of a partner
//! (facts/alma.md §6 and §10). A person fills them in, and they determine a request's rota.
use crate::sim::hand_entry::{HandEntry, NoSuchField, opened};
use crate::sim::settings::{RotaRuleState, RotaSettings, RuleCombination};
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Everything on these screens, and the records that somebody has open.
#[derive(Debug, Default)]
pub(super) struct Screens {
    templates: Vec<ScreenTemplate>,
    rules: Vec<AssignmentRule>,
    /// Partner code to field name to value.
    partners: BTreeMap<String, BTreeMap<String, String>>,
    open_template: Option<usize>,
    open_rule: Option<usize>,
    combination: RuleCombination,
}

/// A rota template and its one member.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
struct ScreenTemplate {
    code: String,
    name: String,
    #[serde(rename = "type")]
    kind: String,
    status: String,
    member: String,
}

/// A rota assignment rule.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
struct AssignmentRule {
    name: String,
    input_name: String,
    operator: String,
    value: String,
    template: String,
    switch: Switch,
}

/// Whether a rule is on. The initial state of a new rule in Alma is not public. Here it is off until somebody
/// switches it on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
enum Switch {
    #[default]
    Disabled,
    Enabled,
}

impl Screens {
    /// Everything on the screens, list by list.
    pub(super) fn everything(&self) -> Value {
        json!({"Rota Templates": self.templates, "Rota Assignment Rules": self.rules, "Partners": self.partners})
    }

    /// The screens with the templates and rules that were entered earlier.
    pub(super) fn new(rota: RotaSettings) -> Self {
        let mut screens = Self { combination: rota.combination, ..Self::default() };
        screens.furnish("Courier Returnable", rota.rule_above, "CourierReturnable", "PEER-01");
        screens.furnish("ILLiad Fallback", rota.rule, "ILLiad", "ILLiad");
        screens
    }

    /// Adds a rule for physical requests, and its template with one member.
    fn furnish(&mut self, name: &str, state: RotaRuleState, template: &str, member: &str) {
        let switch = match state {
            RotaRuleState::Absent => return,
            RotaRuleState::Disabled => Switch::Disabled,
            RotaRuleState::Enabled => Switch::Enabled,
        };
        let text = str::to_owned;
        self.templates.push(ScreenTemplate {
            code: text(template),
            name: text(template),
            kind: text("Non Ordered"),
            status: text("Active"),
            member: text(member),
        });
        self.rules.push(AssignmentRule {
            name: text(name),
            input_name: text("Requested Format"),
            operator: text("="),
            value: text("Physical"),
            template: text(template),
            switch,
        });
    }

    pub(super) fn enter(&mut self, entered: &HandEntry<'_>) -> Result<(), NoSuchField> {
        let path: Vec<&str> = entered.path.iter().map(String::as_str).collect();
        match path.as_slice() {
            ["Alma", "Fulfillment", "Resource Sharing", "Partners", partner, "General Information"] => {
                let fields = self.partners.entry((*partner).to_owned()).or_default();
                entered.each(|field, value| beside(fields, field, value))
            }
            ["Alma", "Fulfillment", "Resource Sharing", "Rota Templates", rest @ ..] => {
                let code = rest.first().copied().or_else(|| entered.wanted("Code")).unwrap_or_default().to_owned();
                let found = |all: &[ScreenTemplate]| all.iter().position(|template| template.code == code);
                let template = opened(&mut self.templates, &mut self.open_template, found);
                entered.each(|field, value| in_template(template, rest.get(1).copied(), field, value))
            }
            ["Alma", "Configuration", "Fulfillment", "Resource Sharing", "Rota Assignment Rules", rest @ ..] => {
                let name = rest.first().copied().or_else(|| entered.wanted("Name")).unwrap_or_default().to_owned();
                let found = |all: &[AssignmentRule]| all.iter().position(|rule| rule.name == name);
                let rule = opened(&mut self.rules, &mut self.open_rule, found);
                entered.each(|field, value| in_rule(rule, rest, field, value))
            }
            _ => Err(entered.nowhere()),
        }
    }

    /// The codes of the partners in a request's rota, in order.
    pub(super) fn rota(&self, request: &Value) -> Vec<&str> {
        let fit = self.rules.iter().filter(|rule| rule.switch == Switch::Enabled && rule.holds(request));
        let fit = fit.take(match self.combination {
            RuleCombination::FirstMatch => 1,
            RuleCombination::AddUp => usize::MAX,
        });
        let template = |rule: &AssignmentRule| {
            self.templates.iter().find(|template| template.code == rule.template && template.status == "Active")
        };
        fit.filter_map(template).map(|template| template.member.as_str()).collect()
    }
}

impl AssignmentRule {
    /// Whether the rule applies to a request. Supports only the one parameter used here.
    fn holds(&self, request: &Value) -> bool {
        let format = request["format"]["value"].as_str().unwrap_or_default();
        self.input_name == "Requested Format" && self.operator == "=" && self.value.eq_ignore_ascii_case(format)
    }
}

/// Sets one of the three partner fields that the API does not have. Returns whether there is such a field.
fn beside(fields: &mut BTreeMap<String, String>, field: &str, value: &str) -> bool {
    let there = matches!(field, "Alternate Symbol" | "Default Partner" | "New Request Alert");
    if there {
        fields.insert(field.to_owned(), value.to_owned());
    }
    there
}

fn in_template(template: &mut ScreenTemplate, tab: Option<&str>, field: &str, value: &str) -> bool {
    let text = match (tab, field) {
        (None, "Code") => &mut template.code,
        (None, "Name") => &mut template.name,
        (None, "Type") => &mut template.kind,
        (None, "Status") => &mut template.status,
        (Some("Members"), "Partner") => &mut template.member,
        _ => return false,
    };
    value.clone_into(text);
    true
}

fn in_rule(rule: &mut AssignmentRule, place: &[&str], field: &str, value: &str) -> bool {
    let text = match (place, field) {
        ([], "Name") => &mut rule.name,
        ([_, "Input Parameters"], "Name") => &mut rule.input_name,
        ([_, "Input Parameters"], "Operator") => &mut rule.operator,
        ([_, "Input Parameters"], "Value") => &mut rule.value,
        ([_, "Output Parameters"], "Rota Templates") => &mut rule.template,
        // The switch in the list is named only after its rule. Any other value leaves it as it is.
        ([name], field) if field.strip_suffix(" rule") == Some(name) => {
            rule.switch = match value {
                "Enabled" => Switch::Enabled,
                "Disabled" => Switch::Disabled,
                _ => rule.switch,
            };
            return true;
        }
        _ => return false,
    };
    value.clone_into(text);
    true
}

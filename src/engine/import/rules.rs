//! Reads Alma's list of rota assignment rules.
use super::cells::{CellRow, Continuation, goes_on, nearest, switch};
use super::columns::ColumnSpec;
use super::language::{OPERATORS, is_understood, is_value_understood, not_understood};
use super::list::{ListReading, OtherRows, OwnRow, wanted_of};
use super::list_state::ListState;
use crate::engine::journal::ExportedList;
use crate::engine::lint::{
    RotaParameter, RotaRule, RuleSwitch, rota_neighbours, rota_rules as forgotten, template_sharers,
};
use crate::engine::paste::PasteTarget;
use crate::engine::sheet::row_name;
use crate::text::clean;

/// A rule, collected from its row and the rows that continue its parameters.
struct Rule<'a> {
    row: CellRow<'a>,
    name: &'a str,
    input: Input,
    continuation: Continuation,
}

/// What the list says about the input parameters of a rule.
enum Input {
    /// The list has no column for parameters.
    Untold,
    /// A cell that we do not understand, as written.
    Odd(String),
    Parameters(Vec<RotaParameter>),
}

/// Reads the list of rota assignment rules.
pub(crate) fn rota_rules(rows: &[CellRow<'_>], asked: &[PasteTarget], state: ListState) -> ListReading {
    let all = in_order(grouped(rows));
    let mut told = ListReading::absent(ExportedList::RotaRules, all.len());
    let want = wanted_of(asked, "rule.name");
    let Some(at) = nearest(all.iter().map(|rule| rule.name), want, state) else {
        if state == ListState::Whole {
            told.troubles.extend(forgotten(&[], want).iter().map(ToString::to_string));
        }
        return told;
    };
    let ours = &all[at];
    let namesakes = all.iter().filter(|rule| rule.name == ours.name).count();
    if namesakes > 1 {
        return unclear(told, ours.name, namesakes);
    }
    told.ours = OwnRow::Line(ours.row.line);
    told.others = others(&all, at);
    if ours.continuation == Continuation::Contradicts {
        return contradicted(told, &ours.row);
    }
    show_own_cells(&mut told, &ours.row);
    let foreign = ours.has_foreign_parameter() || ours.is_foreign();
    match &ours.input {
        Input::Untold => {
            told.remarks.push(
                "the list does not show the rules' input parameters, so rules above ours were not compared".into(),
            );
            return told;
        }
        Input::Odd(text) => {
            INPUT.into_iter().for_each(|(name, _)| told.leave_out(name));
            told.remarks.push(format!("the input parameters of our rule are not understood: \"{}\"", clean(text, 120)));
            return told;
        }
        Input::Parameters(input) => {
            // In a list of another language, another word may mean the same.
            let says = |name: &str, got: &str| !foreign || got == wanted_of(asked, &format!("rule.{name}"));
            let parts = INPUT.into_iter().zip(values(input));
            let shown =
                parts.filter(|((_, column), _)| has_column(&ours.row, *column)).map(|((name, _), got)| (name, got));
            for (name, got) in shown {
                match says(name, &got) {
                    true => told.add_value(name, got),
                    false => told.leave_out(name),
                }
            }
        }
    }
    if foreign {
        told.remarks.push(FOREIGN.to_owned());
        return told;
    }
    told.remarks.extend(not_known(&odd_words(&all, at)));
    judge_others(&mut told, &all, at, wanted_of(asked, "rule.output.rota_template"));
    told
}

/// Whether the other rules can be judged by this list.
fn others(all: &[Rule<'_>], at: usize) -> OtherRows {
    let ours = &all[at];
    let foreign = ours.has_foreign_parameter() || ours.is_foreign() || !odd_words(all, at).is_empty();
    let unclear = |rule: &Rule<'_>| rule.continuation == Continuation::Contradicts || rule.name.trim().is_empty();
    let odd = |rule: &Rule<'_>| matches!(rule.input, Input::Odd(_));
    match ours.input {
        _ if foreign || all.iter().any(unclear) || all[..=at].iter().any(odd) => OtherRows::NotUnderstood,
        Input::Untold => OtherRows::Unjudged,
        Input::Odd(_) | Input::Parameters(_) => OtherRows::Judged,
    }
}

/// The rules with words that are not understood, of those above ours or with our template that may be enabled.
fn odd_words<'a>(all: &[Rule<'a>], at: usize) -> Vec<&'a str> {
    let template_of = |rule: &Rule<'_>| template(rule.row.get(ColumnSpec::Output).unwrap_or_default()).to_owned();
    let ours = template_of(&all[at]);
    let enabled = |rule: &Rule<'_>| rule.row.get(ColumnSpec::Enabled).and_then(switch) != Some(RuleSwitch::No);
    let matters = |(place, rule): &(usize, &Rule<'a>)| *place < at || template_of(rule) == ours;
    let rules = all.iter().enumerate().filter(matters).map(|(_, rule)| rule);
    rules.filter(|rule| rule.is_foreign() && enabled(rule)).map(|rule| rule.name).collect()
}

/// Whether the list shows this part of the input parameters: in its own column, or in one for all parts.
fn has_column(row: &CellRow<'_>, column: ColumnSpec) -> bool {
    row.get(column).is_some() || row.get(ColumnSpec::Input).is_some()
}

/// Says that nobody knows what these rules do, if there are any.
fn not_known(rules: &[&str]) -> Option<String> {
    let names = clean(&rules.join(", "), 200);
    (!rules.is_empty())
        .then(|| format!("these rules have words that are not understood, so it is not known what they do: {names}"))
}

/// Asks about other rules that may match the same requests, or that use our template.
fn judge_others(told: &mut ListReading, all: &[Rule<'_>], at: usize, template: &str) {
    let ours = &all[at];
    let rules: Vec<RotaRule> = all.iter().map(as_rule).collect();
    let above = rota_neighbours(&rules, ours.name);
    if !above.is_empty() && ours.row.get(ColumnSpec::Enabled).is_none() {
        told.remarks
            .push("the list does not show which rules are enabled; those above ours were assumed to be enabled".into());
    }
    told.neighbours = above.iter().map(ToString::to_string).collect();
    told.neighbours.extend(template_sharers(&rules, ours.name, template, &above));
    let odd = all[..at].iter().filter(|rule| matches!(rule.input, Input::Odd(_)));
    told.remarks.extend(odd.map(|rule| {
        format!("the input parameters of \"{}\", which is above ours, are not understood", clean(rule.name, 60))
    }));
}

/// Asks which of several rules with one name is the one.
fn unclear(told: ListReading, name: &str, count: usize) -> ListReading {
    let question = format!("{count} rules are named \"{}\": which of them is the right one?", clean(name, 60));
    ListReading { ours: OwnRow::Unclear, others: OtherRows::NotUnderstood, troubles: vec![question], ..told }
}

/// Records the cells of our row that do not depend on its parameters.
fn show_own_cells(told: &mut ListReading, row: &CellRow<'_>) {
    told.shows_cells(row, &[("name", ColumnSpec::RuleName)]);
    if let Some(cell) = row.get(ColumnSpec::Output) {
        told.add_value("output.rota_template", template(cell));
    }
    match row.get(ColumnSpec::Enabled) {
        Some(_) if row.disputed(ColumnSpec::Enabled).is_some() => {
            told.leave_out("enabled");
            told.remarks.extend(row.disputed(ColumnSpec::Enabled));
        }
        Some(cell) if cell.trim().is_empty() => {
            told.leave_out("enabled");
            told.remarks
                .push(format!("{}: Enabled is empty, so it is not known whether the rule is", row_name(row.line)));
        }
        Some(cell) if is_understood(ColumnSpec::Enabled, cell) => told.add_value("enabled", enabled(cell)),
        Some(cell) => {
            told.leave_out("enabled");
            told.remarks.push(not_understood(ExportedList::RotaRules, row.line, ColumnSpec::Enabled, cell));
        }
        None => {}
    }
}

/// The fields of a rule's input parameters, each with the column that has it where there is one for each.
const INPUT: [(&str, ColumnSpec); 3] = [
    ("input.name", ColumnSpec::InputName),
    ("input.operator", ColumnSpec::Operator),
    ("input.value", ColumnSpec::Value),
];

/// The values of a rule's parameters, in the order of [`INPUT`].
fn values(input: &[RotaParameter]) -> [String; 3] {
    let joined = |part: fn(&RotaParameter) -> &str| input.iter().map(part).collect::<Vec<_>>().join("; ");
    [joined(|parameter| &parameter.name), joined(|parameter| &parameter.operator), joined(|parameter| &parameter.value)]
}

/// Leaves out what is not clear of our rule, because its rows contradict each other.
fn contradicted(mut told: ListReading, row: &CellRow<'_>) -> ListReading {
    told.shows_cells(row, &[("name", ColumnSpec::RuleName)]);
    ["output.rota_template", "enabled"]
        .into_iter()
        .chain(INPUT.map(|(name, _)| name))
        .for_each(|name| told.leave_out(name));
    told.remarks.push(CONTRADICTS.to_owned());
    told
}

const CONTRADICTS: &str =
    "a row that continues our rule contradicts its first row, so it is not clear what the rule is";

const FOREIGN: &str = "some words of this list are not understood, so it may be in another language: values that are not as \
                       wanted were left out, and rules above ours were not compared; set Alma to English and export it again";

impl Rule<'_> {
    /// Whether it has a word that no English list has.
    fn is_foreign(&self) -> bool {
        let switch = self.row.get(ColumnSpec::Enabled).unwrap_or_default();
        let odd = |parameter: &RotaParameter| {
            !is_understood(ColumnSpec::Operator, &parameter.operator)
                || !is_value_understood(&parameter.name, &parameter.value)
        };
        !is_understood(ColumnSpec::Enabled, switch) || self.parameters().iter().any(odd)
    }

    /// Whether it has a parameter that we do not know. In a rule above ours that leaves a question anyway.
    fn has_foreign_parameter(&self) -> bool {
        self.parameters().iter().any(|parameter| !is_understood(ColumnSpec::InputName, &parameter.name))
    }

    fn parameters(&self) -> &[RotaParameter] {
        match &self.input {
            Input::Parameters(all) => all,
            Input::Untold | Input::Odd(_) => &[],
        }
    }
}

/// Collects the rows of each rule, since a rule may have one row per parameter.
fn grouped<'a>(rows: &[CellRow<'a>]) -> Vec<Rule<'a>> {
    let mut all: Vec<Rule<'a>> = Vec::new();
    for row in rows {
        let name = row.get(ColumnSpec::RuleName).unwrap_or_default();
        let more = all.last_mut().filter(|last| goes_on(ExportedList::RotaRules, row) || is_next_parameter(last, row));
        match more {
            Some(rule) => {
                if contradicts(rule, row) {
                    rule.continuation = Continuation::Contradicts;
                }
                rule.input.add(row);
            }
            None => all.push(Rule { row: *row, name, input: Input::of(row), continuation: Continuation::Fits }),
        }
    }
    all
}

/// Whether a row that continues a rule says something else than its first one.
fn contradicts(rule: &Rule<'_>, row: &CellRow<'_>) -> bool {
    let filled = |column: ColumnSpec| row.get(column).is_some_and(|cell| !cell.trim().is_empty());
    let other = |column: &ColumnSpec| filled(*column) && rule.row.get(*column) != row.get(*column);
    let nameless = row.get(ColumnSpec::InputName).is_some_and(|name| name.trim().is_empty())
        && (filled(ColumnSpec::Operator) || filled(ColumnSpec::Value));
    nameless || [ColumnSpec::Output, ColumnSpec::Enabled, ColumnSpec::Order].iter().any(other)
}

/// Whether a row repeats the rule's name, template, order and switch in order to add a parameter.
fn is_next_parameter(rule: &Rule<'_>, row: &CellRow<'_>) -> bool {
    let same = |column| rule.row.get(column) == row.get(column);
    row.get(ColumnSpec::InputName).is_some()
        && [ColumnSpec::RuleName, ColumnSpec::Output, ColumnSpec::Enabled, ColumnSpec::Order].into_iter().all(same)
}

/// Sorts the rules by number when every rule has one. Otherwise keeps the order of the list.
fn in_order(mut all: Vec<Rule<'_>>) -> Vec<Rule<'_>> {
    let number = |rule: &Rule<'_>| rule.row.get(ColumnSpec::Order).and_then(|cell| cell.trim().parse::<i64>().ok());
    if all.iter().all(|rule| number(rule).is_some()) {
        all.sort_by_key(number);
    }
    all
}

/// Translates a Yes/No cell into the procedure's words. Keeps an empty cell as it is.
fn enabled(cell: &str) -> String {
    match switch(cell) {
        Some(RuleSwitch::Yes) => "Enabled".to_owned(),
        Some(RuleSwitch::No) => "Disabled".to_owned(),
        None => cell.to_owned(),
    }
}

/// The template's code, without the label in `Rota Templates = ILLiad`.
fn template(cell: &str) -> &str {
    let named = cell.split_once(['=', ':']).filter(|(label, _)| {
        let label = label.trim().to_lowercase();
        label == "rota templates" || label == "rota template"
    });
    named.map_or(cell, |(_, code)| code.trim())
}

fn as_rule(rule: &Rule<'_>) -> RotaRule {
    let input = match &rule.input {
        Input::Parameters(input) => input.clone(),
        // A name that equals no other, so that we never treat two unknown inputs as the same.
        Input::Untold | Input::Odd(_) => {
            let name = row_name(rule.row.line);
            vec![RotaParameter { name, operator: String::new(), value: String::new() }]
        }
    };
    // If the cell is unclear we treat the rule as enabled, because it may get in the way of ours.
    let enabled = rule.row.get(ColumnSpec::Enabled).and_then(switch).unwrap_or(RuleSwitch::Yes);
    let template = template(rule.row.get(ColumnSpec::Output).unwrap_or_default()).to_owned();
    RotaRule { name: rule.name.to_owned(), enabled, input, template }
}

impl Input {
    fn of(row: &CellRow<'_>) -> Self {
        let mut input = match (row.get(ColumnSpec::InputName), row.get(ColumnSpec::Input)) {
            (None, None) => return Self::Untold,
            _ => Self::Parameters(Vec::new()),
        };
        input.add(row);
        input
    }

    fn add(&mut self, row: &CellRow<'_>) {
        let Self::Parameters(parameters) = self else { return };
        if let Some(name) = row.get(ColumnSpec::InputName) {
            let cell = |column| row.get(column).unwrap_or_default().to_owned();
            if !name.trim().is_empty() {
                let (operator, value) = (cell(ColumnSpec::Operator), cell(ColumnSpec::Value));
                let parameter = RotaParameter { name: name.to_owned(), operator, value };
                // A row that is there twice says nothing more.
                if !parameters.contains(&parameter) {
                    parameters.push(parameter);
                }
            }
            return;
        }
        let text = row.get(ColumnSpec::Input).unwrap_or_default();
        let read: Option<Vec<RotaParameter>> =
            text.split([';', '\n']).map(str::trim).filter(|part| !part.is_empty()).map(parameter).collect();
        match read {
            Some(read) => parameters.extend(read),
            None => *self = Self::Odd(text.to_owned()),
        }
    }
}

/// Parses a parameter such as `Requested Format = Physical`.
fn parameter(text: &str) -> Option<RotaParameter> {
    let small = text.to_ascii_lowercase();
    OPERATORS.into_iter().find_map(|operator| {
        let at = small.find(&format!(" {operator}"))?;
        let (name, rest) = (&text[..at], &text[at + 1..]);
        let (operator, value) = rest.split_at(operator.len());
        let ends = value.is_empty() || value.starts_with(' ');
        (ends && !name.trim().is_empty()).then(|| RotaParameter {
            name: name.trim().to_owned(),
            operator: operator.to_owned(),
            value: value.trim().to_owned(),
        })
    })
}

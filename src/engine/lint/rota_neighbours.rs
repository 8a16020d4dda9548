//! Rota assignment rules beside ours. Nobody knows how Alma combines rules that fit the same request (facts/alma.md §6),
//! so a rule beside ours is a question and never a fault.
use super::routing::RuleSwitch;
use super::table_rows::{RotaParameter, RotaRule};
use crate::text::clean;
use std::fmt;

/// How the requests that another rule fits lie to those that ours fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RuleOverlap {
    /// Both have the same condition.
    Equal,
    /// The other matches every request that ours matches.
    Whole,
    /// The other may match some of the requests that ours matches.
    Part,
}

/// An enabled rule above ours that may fit requests that ours fits too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleNeighbour {
    pub name: String,
    /// The position in the list, from 1.
    pub place: usize,
    pub overlap: RuleOverlap,
    /// The code of the template that it gives, empty if the list does not tell.
    pub template: String,
}

impl fmt::Display for RuleNeighbour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let overlap = match self.overlap {
            RuleOverlap::Equal => "has the same condition",
            RuleOverlap::Whole => "matches every request that ours matches",
            RuleOverlap::Part => "may match some of the requests that ours matches",
        };
        write!(f, "the rule \"{}\" is above ours (place {}) and {overlap}", clean(&self.name, 60), self.place)?;
        match self.template.trim() {
            "" => Ok(()),
            template => write!(f, "; it gives the template \"{}\"", clean(template, 60)),
        }
    }
}

/// The enabled rules above ours that may fit requests that ours fits too. `rules` must be in the order of Alma's list.
/// A rule below ours is not in its way, however Alma combines them.
pub fn rota_neighbours(rules: &[RotaRule], name: &str) -> Vec<RuleNeighbour> {
    let Some(at) = rules.iter().position(|rule| rule.name == name) else { return Vec::new() };
    let ours = condition(&rules[at]);
    let beside = |(place, rule): (usize, &RotaRule)| {
        let overlap = overlap(&condition(rule), &ours)?;
        let (name, template) = (rule.name.clone(), rule.template.clone());
        Some(RuleNeighbour { name, place: place + 1, overlap, template })
    };
    let above = rules[..at].iter().enumerate().filter(|(_, rule)| rule.enabled == RuleSwitch::Yes);
    above.filter_map(beside).collect()
}

/// Questions about the other enabled rules that give our template: requests may reach ILLiad through them, whether ours is
/// enabled or not. Those above ours are named by [`rota_neighbours()`] if they may fit its requests.
pub fn template_sharers(rules: &[RotaRule], name: &str, template: &str, named: &[RuleNeighbour]) -> Vec<String> {
    let shares = |rule: &RotaRule| {
        rule.name != name
            && rule.enabled == RuleSwitch::Yes
            && rule.template.trim().eq_ignore_ascii_case(template.trim())
            && !named.iter().any(|one| one.name == rule.name)
    };
    let asked = rules.iter().enumerate().filter(|(_, rule)| shares(rule));
    let question = |(place, rule): (usize, &RotaRule)| {
        let (name, template) = (clean(&rule.name, 60), clean(template, 60));
        format!(
            "the rule \"{name}\" (place {}) is enabled and gives the template \"{template}\" too: may requests reach ILLiad through it?",
            place + 1
        )
    };
    asked.map(question).collect()
}

fn condition(rule: &RotaRule) -> Vec<RotaParameter> {
    let mut input = rule.input.clone();
    input.sort();
    input.dedup();
    input
}

/// How two conditions overlap. All lines of a condition must hold, so a rule with only some of our lines, or none, fits
/// whatever ours fits. `None` if one request cannot fit both.
fn overlap(theirs: &[RotaParameter], ours: &[RotaParameter]) -> Option<RuleOverlap> {
    if theirs == ours {
        return Some(RuleOverlap::Equal);
    }
    if theirs.iter().all(|line| ours.contains(line)) {
        return Some(RuleOverlap::Whole);
    }
    let apart = theirs.iter().any(|line| ours.iter().any(|own| excludes(line, own)));
    (!apart).then_some(RuleOverlap::Part)
}

/// Whether two lines cannot hold together: one parameter that has to equal two values.
fn excludes(one: &RotaParameter, other: &RotaParameter) -> bool {
    let same = |a: &str, b: &str| a.trim().eq_ignore_ascii_case(b.trim());
    let equals = |line: &RotaParameter| line.operator.trim() == "=";
    same(&one.name, &other.name) && equals(one) && equals(other) && !same(&one.value, &other.value)
}

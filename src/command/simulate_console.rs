//! What is typed while `simulate` runs: what a person would enter on the screens of Alma and in the tables of ILLiad, which no API writes.
use super::output;
use super::screen_entry::enter_by_hand;
use crate::engine::judge::Report;
use crate::recipe::{Channel, FieldKey, Recipe, StepId};
use crate::sim::Running;
use crate::site::{Site, Stance};
use crate::tui::model::Campus;
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::io::{BufRead as _, IsTerminal as _};
use std::sync::Arc;

/// What can be typed: the steps with values that only a screen takes, and the rule's switch.
fn commands() -> String {
    let steps =
        Recipe::embedded().steps.iter().filter(|step| step.fields().any(|field| field.channel == Channel::Screen));
    let enter: Vec<String> = steps.map(|step| format!("enter {}", step.id)).collect();
    format!("Type what a person would do: {}, enable (the rota rule), disable.", enter.join(", "))
}

/// Something that a person does in Alma or ILLiad.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum HandWork {
    /// Enters all values of a step that only a screen takes.
    Enter(StepId),
    /// Enables or disables the rota rule.
    Switch(Stance),
}

fn understood(line: &str) -> Option<HandWork> {
    match line.split_whitespace().collect::<Vec<_>>().as_slice() {
        ["enter", step] => StepId::ALL.into_iter().find(|id| id.as_str() == *step).map(HandWork::Enter),
        ["enable"] => Some(HandWork::Switch(Stance::Live)),
        ["disable"] => Some(HandWork::Switch(Stance::Ahead)),
        _ => None,
    }
}

/// Does what the lines of standard input say, until they end. The server goes on after that.
pub(super) fn listen(running: Arc<Running>, site: Site) {
    if !may_read() {
        return;
    }
    output::say(&commands());
    output::say(&format!("Sample EMPLIDs for a set-up: {}", site.sample.join(" ")));
    let console = move || {
        let mut site = site;
        for line in std::io::stdin().lock().lines().map_while(Result::ok).filter(|line| !line.trim().is_empty()) {
            output::say(&match understood(&line) {
                Some(work) => done(&running, &mut site, work),
                None => commands(),
            });
        }
    };
    // Without the thread nothing can be typed, and the server runs all the same.
    drop(std::thread::Builder::new().name("console".to_owned()).spawn(console));
}

/// Whether standard input may be read. A shell stops a program in the background that reads from its terminal.
fn may_read() -> bool {
    let input = std::io::stdin();
    !input.is_terminal() || rustix::termios::tcgetpgrp(input).is_ok_and(|group| group == rustix::process::getpgrp())
}

/// Enters the values into the running world, and says so.
fn done(running: &Arc<Running>, site: &mut Site, work: HandWork) -> String {
    if let HandWork::Switch(stance) = work {
        site.stance = stance;
    }
    let wanted = wanted(site);
    let fields: BTreeMap<FieldKey, String> = wanted
        .findings()
        .filter(|finding| {
            let screen = Recipe::embedded().field(&finding.key).is_some_and(|field| field.channel == Channel::Screen);
            screen
                && match work {
                    HandWork::Enter(step) => finding.key.step() == Some(step),
                    HandWork::Switch(_) => finding.key.as_str() == "rule.enabled",
                }
        })
        .filter_map(|finding| Some((finding.key.clone(), finding.want.clone()?)))
        .collect();
    enter_by_hand(running, &fields, &wanted);
    match (work, fields.len()) {
        (HandWork::Enter(step), 0) => format!("{step} has no value that only a screen takes."),
        (HandWork::Enter(step), some) => format!("Entered {step}: {some} values."),
        (HandWork::Switch(Stance::Live), _) => "The rota rule is enabled.".to_owned(),
        (HandWork::Switch(Stance::Ahead), _) => "The rota rule is disabled.".to_owned(),
    }
}

/// What the procedure wants of this campus. Nothing is read for that.
fn wanted(site: &Site) -> Report {
    let campus = Campus::unread(site.clone(), Timestamp::UNIX_EPOCH, StepId::Connect);
    Report { at: Timestamp::UNIX_EPOCH, steps: campus.steps.into_iter().map(|standing| standing.report).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_person_does_is_understood() {
        assert_eq!(understood(" enter  rota "), Some(HandWork::Enter(StepId::Rota)));
        assert_eq!(understood("disable"), Some(HandWork::Switch(Stance::Ahead)));
        for other in ["rota", "enter", "enter x", "enter rota rule", "enable rota"] {
            assert_eq!(understood(other), None, "{other}");
        }
    }
}

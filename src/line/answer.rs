//! Turns a typed line into messages for the update function, or into something that only line mode does.
use super::prompt::{Prompt, PromptKind, back, key_named, signs_at_once, slashed};
use super::search;
use crate::recipe::StepId;
use crate::tui::board::Board;
use crate::tui::entry::Edit;
use crate::tui::keys::{self, Key};
use crate::tui::model::{Campus, Model, Screen};
use crate::tui::msg::{Intent, Msg, PastedText};
use crate::tui::screen::find::FindScreen;
use crate::tui::screen::steps::StepsScreen;
use crate::tui::setup::{A_KEY_HERE, Setup, SetupPage, Widget};
use crate::tui::update::update;
use zeroize::Zeroizing;

/// What a typed line asks for.
#[derive(Debug, Clone, PartialEq)]
pub enum PromptAnswer {
    /// Send these messages, in order.
    Send(Vec<Msg>),
    /// Print the reason first, then send the messages.
    Instead(String, Vec<Msg>),
    /// Send these messages, then print the details of the selected value.
    Value(Vec<Msg>),
    /// Print the whole screen again.
    List,
    /// Print the answers that are possible here.
    Help,
    /// Print the steps with their states.
    Steps,
    /// Do nothing, and print this reason.
    No(String),
}

const CLEAR: Msg = Msg::Key(Intent::Edit(Edit::Clear));

fn send(intent: Intent) -> PromptAnswer {
    PromptAnswer::Send(vec![Msg::Key(intent)])
}

fn no(why: &str) -> PromptAnswer {
    PromptAnswer::No(why.to_owned())
}

/// Returns whether a typed text narrows the list of campuses.
pub(super) fn narrows(model: &Model) -> bool {
    model.setup_shown().is_some_and(|setup| setup.page == SetupPage::Campus && !setup.filter.text().trim().is_empty())
}

/// Works out what a typed line means as the answer to `prompt`.
pub fn answer(model: &Model, prompt: &Prompt, text: &str) -> PromptAnswer {
    match (text.trim(), &prompt.kind) {
        ("?", _) => PromptAnswer::Help,
        // Meant as the commands that they are in a menu. No answer is that short.
        ("q", kind) if !matches!(kind, PromptKind::Menu) => no("q alone is no answer here. /q quits, < goes back."),
        ("l", kind) if !matches!(kind, PromptKind::Menu) => {
            no("l alone is no answer here. /l prints this screen again.")
        }
        ("<" | "-", PromptKind::Choose(_)) if narrows(model) => send(Intent::Edit(Edit::Clear)),
        ("<", _) => back(model).map_or_else(|| no("There is no way back from here."), send),
        ("<<", _) if keys::intent(model, Key::Esc).is_some() => send(Intent::Back),
        (">", _) if keys::intent(model, Key::Tab) == Some(Intent::Next) => send(Intent::Next),
        (">>", PromptKind::Choose(_) | PromptKind::Text | PromptKind::Secret)
            if keys::intent(model, Key::PageDown).is_some() =>
        {
            send(Intent::PageDown)
        }
        (word, PromptKind::Menu) => menu(model, prompt, unslashed(word)),
        (word, kind) => {
            let command = word.strip_prefix('/').and_then(|command| in_text(model, command));
            command.unwrap_or_else(|| entered(model, prompt, kind, text))
        }
    }
}

/// The word without a slash before it, which only texts need. A slash alone is a key.
fn unslashed(word: &str) -> &str {
    word.strip_prefix('/').filter(|rest| !rest.is_empty()).unwrap_or(word)
}

/// Answers a menu, where nothing is typed: the line is a letter, the name of a key, 1 for Enter, or the number of another action.
fn menu(model: &Model, prompt: &Prompt, word: &str) -> PromptAnswer {
    match (word, &prompt.enter) {
        ("" | "1", Some(_)) => return send(Intent::Enter),
        ("", None) => return no("Enter does nothing here."),
        (number, _) if let Ok(number) = number.parse::<usize>() => {
            if let Some(intent) = number.checked_sub(1).and_then(|at| prompt.numbered().get(at).copied()) {
                return send(intent);
            }
            let valued =
                matches!(model.screen, Screen::Steps(_)).then(|| format!(" v {number} selects value {number}."));
            return PromptAnswer::No(prompt.too_far() + &valued.unwrap_or_default());
        }
        _ => {}
    }
    if let Some(intent) = key_named(word).and_then(|key| keys::intent(model, key)) {
        return send(intent);
    }
    let (verb, number) = word.split_once(' ').unwrap_or((word, ""));
    let number = number.trim().parse::<usize>().ok();
    match (verb, number, &model.campus) {
        ("l", None, _) => PromptAnswer::List,
        ("s", None, Some(_)) => PromptAnswer::Steps,
        ("s", Some(number), Some(campus)) => to_step(model, campus, number),
        ("v", None, _) if matches!(model.screen, Screen::Board(_)) => PromptAnswer::Value(Vec::new()),
        ("v", Some(number), _) if let (Screen::Board(_), Some(board)) = (&model.screen, &model.board) => {
            to_campus(board, number)
        }
        ("v", None, Some(_)) if model.screen == Screen::Steps(StepsScreen) => PromptAnswer::Value(Vec::new()),
        ("v", Some(number), Some(campus)) if model.screen == Screen::Steps(StepsScreen) => to_value(campus, number),
        _ => no("Not a valid answer here; ? lists the valid ones."),
    }
}

/// Sends the keys that lead to the campus with this number.
fn to_campus(board: &Board, number: usize) -> PromptAnswer {
    let last = board.visible().len();
    if !(1..=last).contains(&number) {
        return PromptAnswer::No(format!("There is no campus {number} here; the last one is {last}."));
    }
    PromptAnswer::Value(to_row(number))
}

/// The keys that lead to the row with this number.
fn to_row(number: usize) -> Vec<Msg> {
    std::iter::once(Intent::First).chain(std::iter::repeat_n(Intent::Down, number - 1)).map(Msg::Key).collect()
}

/// Sends the keys that lead to the value with this number.
fn to_value(campus: &Campus, number: usize) -> PromptAnswer {
    let last = campus.here().report.findings.len();
    if !(1..=last).contains(&number) {
        return PromptAnswer::No(format!("There is no value {number} here; the last one is {last}."));
    }
    PromptAnswer::Value(to_row(number))
}

/// Sends the keys that lead to the step with this number, or to the summary after the last step.
fn to_step(model: &Model, campus: &Campus, number: usize) -> PromptAnswer {
    let summary = StepId::ALL.len() + 1;
    if !matches!(model.screen, Screen::Steps(_) | Screen::Summary(_)) {
        return no("Go back first: you can choose a step only from the steps or the summary.");
    }
    if !(1..=summary).contains(&number) {
        return PromptAnswer::No(format!("There is no step {number}; {summary} is the summary."));
    }
    let here = StepId::ALL.iter().position(|id| *id == campus.at).map_or(1, |at| at + 1);
    let leave = matches!(model.screen, Screen::Summary(_)).then_some(Intent::Back);
    let way = if number > here { Intent::Next } else { Intent::Previous };
    PromptAnswer::Send(leave.into_iter().chain(std::iter::repeat_n(way, number.abs_diff(here))).map(Msg::Key).collect())
}

/// Reads a command where plain letters would be text. The caller has removed the leading slash.
fn in_text(model: &Model, command: &str) -> Option<PromptAnswer> {
    match command {
        "l" => return Some(PromptAnswer::List),
        "s" if model.campus.is_some() => return Some(PromptAnswer::Steps),
        "q" => return Some(send(Intent::Quit)),
        _ => {}
    }
    let mut letters = command.chars();
    if let (Some(letter), None) = (letters.next(), letters.next()) {
        return slashed(model, letter).map(send);
    }
    let key = key_named(command).filter(|key| !matches!(key, Key::Char(_)))?;
    keys::intent(model, key).map(send)
}

/// The messages that replace the content of the field.
fn put(text: &str) -> Vec<Msg> {
    let text = Msg::Paste(PastedText(Zeroizing::new(text.to_owned())));
    vec![CLEAR, text]
}

/// Answers the paste-back. A paste may arrive in pieces and contain empty lines, so the pieces add up and only "yes" records them.
fn pasted_back(model: &Model, prompt: &Prompt, text: &str) -> PromptAnswer {
    let paste = |text: String| PromptAnswer::Send(vec![Msg::Paste(PastedText(Zeroizing::new(text)))]);
    match (text.trim(), &prompt.enter, model.screen.pasted_so_far()) {
        ("-", ..) => send(Intent::Edit(Edit::Clear)),
        ("yes", Some(_), _) => send(Intent::Enter),
        ("" | "yes", None, _) => no("First paste what the screen shows."),
        ("", Some(enter), _) => PromptAnswer::No(format!("Type yes to {enter}; - clears what you pasted.")),
        (_, _, Some(before)) if !before.ends_with('\n') => paste(format!("\n{text}")),
        _ => paste(text.to_owned()),
    }
}

/// Answers a prompt where something is typed or chosen.
fn entered(model: &Model, prompt: &Prompt, kind: &PromptKind, text: &str) -> PromptAnswer {
    if matches!(model.screen, Screen::PasteBack(_)) {
        return pasted_back(model, prompt, text);
    }
    if let (Screen::Find(screen), Some(campus)) = (&model.screen, &model.campus) {
        return found(model, screen, campus, text.trim());
    }
    if let (Screen::SignOff(screen), "yes") = (&model.screen, text.trim())
        && signs_at_once(model)
        && !screen.note.is_empty()
    {
        // It signs with the remark that is there, and does not take its place.
        let yes = put("yes").into_iter().chain([Msg::Key(Intent::Enter)]);
        return PromptAnswer::Send(std::iter::once(Msg::Key(Intent::Next)).chain(yes).collect());
    }
    if let Some(setup) = model.setup_shown()
        && setup.would_show_a_key(text)
    {
        let stays = if setup.page == SetupPage::Campus { "" } else { " Your answer from before stays." };
        return PromptAnswer::No(format!("Problem: {A_KEY_HERE}.{stays}"));
    }
    if text.is_empty() && *kind == PromptKind::Confirm {
        // Clear the field first: Enter alone must not send an earlier wrong text again.
        return PromptAnswer::Send(vec![CLEAR, Msg::Key(Intent::Enter)]);
    }
    if let (PromptKind::Choose(0), Some(setup)) = (kind, model.setup_shown())
        && (text.is_empty() || text.trim() == "-")
        && let Some(instead) = unlisted(model, setup)
    {
        return instead;
    }
    if text.is_empty() {
        return match &prompt.enter {
            Some(_) => send(Intent::Enter),
            None if *kind == PromptKind::Choose(0) => no("Nothing is listed here: type a name or a code."),
            None if matches!(kind, PromptKind::Choose(_)) => no("Choose one by its number or name."),
            None => no("Type or paste something first."),
        };
    }
    match (kind, model.setup_shown()) {
        (PromptKind::Choose(_), Some(setup)) => chosen(model, prompt, setup, text.trim()),
        (PromptKind::Text | PromptKind::Secret, _) if text.trim() == "-" => {
            PromptAnswer::Send(vec![CLEAR, Msg::Key(Intent::Enter)])
        }
        // Enter does nothing while this field is empty, so let the person look at the text before sending it.
        (PromptKind::Text, None) if prompt.enter.is_none() => PromptAnswer::Send(put(text)),
        _ => {
            let mut all = put(text);
            all.push(Msg::Key(Intent::Enter));
            PromptAnswer::Send(all)
        }
    }
}

/// Answers the search: a number goes to that value, and so do words that only one value has. Other words list the values that have them.
fn found(model: &Model, screen: &FindScreen, campus: &Campus, text: &str) -> PromptAnswer {
    let listed = search::found(screen, campus).len();
    match (text, text.parse::<usize>().ok().filter(|number| (1..=listed).contains(number))) {
        (_, Some(number)) => {
            let up = std::iter::repeat_n(Intent::Up, screen.chosen);
            let down = std::iter::repeat_n(Intent::Down, number - 1);
            PromptAnswer::Send(up.chain(down).chain([Intent::Enter]).map(Msg::Key).collect())
        }
        ("", None) if listed > 0 => send(Intent::Enter),
        ("", None) => no("Type part of a name, key or value first."),
        ("-", None) => PromptAnswer::Send(vec![CLEAR]),
        (words, None) => {
            let mut all = put(words);
            let mut after = model.clone();
            all.iter().for_each(|msg| drop(update(&mut after, msg.clone())));
            let only = matches!(&after.screen, Screen::Find(screen) if screen.found(campus).len() == 1);
            all.extend(only.then_some(Msg::Key(Intent::Enter)));
            PromptAnswer::Send(all)
        }
    }
}

/// Picks an offer by its number or its words. Any other words narrow the list.
fn chosen(model: &Model, prompt: &Prompt, setup: &Setup, text: &str) -> PromptAnswer {
    if let Widget::Choice(choices) = setup.focus.widget()
        && setup.page != SetupPage::Campus
    {
        let named = |word: &str| word.eq_ignore_ascii_case(text);
        let at = choices.iter().position(|choice| named(choice.value) || named(choice.label));
        let begins = |whole: &str| text.len() >= 3 && whole.to_lowercase().starts_with(&text.to_lowercase());
        let at = at.or_else(|| choices.iter().position(|choice| begins(choice.value)));
        let at = at.or_else(|| text.parse::<usize>().ok()?.checked_sub(1).filter(|at| *at < choices.len()));
        return at.map_or_else(|| PromptAnswer::No(prompt.too_far()), |at| turn(setup, at, choices.len()));
    }
    let offers = setup.offers();
    // Campus codes begin with digits too, so only a line of digits is a number.
    if let Ok(number) = text.parse::<usize>()
        && !offers.is_empty()
    {
        let Some(at) = number.checked_sub(1).filter(|at| *at < offers.len()) else {
            return PromptAnswer::No(prompt.too_far());
        };
        let (way, count) = match setup.taken() {
            Some(row) => (if at > row { Intent::Down } else { Intent::Up }, at.abs_diff(row)),
            // With nothing selected, the first Down selects the first offer.
            None => (Intent::Down, at + 1),
        };
        let moves = std::iter::repeat_n(way, count);
        return PromptAnswer::Send(moves.chain([Intent::Enter]).map(Msg::Key).collect());
    }
    narrowed(model, text)
}

/// Turns the choice to the option at index `wanted`, out of `of` options.
fn turn(setup: &Setup, wanted: usize, of: usize) -> PromptAnswer {
    let turns = std::iter::repeat_n(Intent::Right, (wanted + of - setup.choice()) % of);
    PromptAnswer::Send(turns.chain([Intent::Enter]).map(Msg::Key).collect())
}

/// Answers a name that Alma does not have by clearing the field, because the name hides Alma's list.
fn unlisted(model: &Model, setup: &Setup) -> Option<PromptAnswer> {
    let why = setup.problem(setup.focus)?;
    let mut after = model.clone();
    update(&mut after, CLEAR);
    let offers = after.setup_shown().is_some_and(|setup| setup.page != SetupPage::Campus && !setup.offers().is_empty());
    offers.then(|| PromptAnswer::Instead(format!("Problem: {why}"), vec![CLEAR]))
}

/// Types the words into the list's field. Presses Enter too if they name an offer exactly, or if no offer matches them.
fn narrowed(model: &Model, text: &str) -> PromptAnswer {
    let mut all = put(text);
    let mut after = model.clone();
    for msg in all.clone() {
        update(&mut after, msg);
    }
    let Some(setup) = after.setup_shown() else { return PromptAnswer::Send(all) };
    let offers = setup.offers();
    let small = text.to_lowercase();
    let named = setup.taken().and_then(|at| offers.get(at)).is_some_and(|offer| {
        [Some(&offer.value), Some(&offer.label), offer.code.as_ref()]
            .into_iter()
            .flatten()
            .any(|t| t.to_lowercase() == small)
    });
    // A single remaining offer is shown but not taken: a typing error can narrow the list to one, too.
    let takes = named || (offers.is_empty() && (setup.page != SetupPage::Campus || setup.campus_chosen().is_some()));
    if (offers.is_empty() || setup.is_unlisted())
        && let Some(PromptAnswer::Instead(why, clear)) = unlisted(&after, setup)
    {
        all.extend(clear);
        return PromptAnswer::Instead(why, all);
    }
    if takes {
        all.push(Msg::Key(Intent::Enter));
    }
    PromptAnswer::Send(all)
}

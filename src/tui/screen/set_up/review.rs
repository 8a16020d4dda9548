//! Draws the review of all answers before they are stored.
use super::heading::{resting_words, title};
use super::remarks::{Remark, remark};
use crate::recipe::KeySlot;
use crate::tui::entry::Entry;
use crate::tui::job::Job;
use crate::tui::key_store::KeyStore;
use crate::tui::model::Model;
use crate::tui::parts::area::Area;
use crate::tui::parts::failure::about_failure;
use crate::tui::parts::judgement;
use crate::tui::parts::sheet::Sheet;
use crate::tui::row::{PieceKind, Row, Tone, hanging, paragraph};
use crate::tui::script::Mark;
use crate::tui::setup::{Question, Setup, Widget};
use crate::tui::text;

/// All answers, and where they and the keys will be stored.
pub(super) fn page(model: &Model, setup: &Setup, area: Area) -> Sheet {
    let columns = area.columns.saturating_sub(1);
    let head = vec![title(setup, columns), Row::blank()];
    let mut body = Vec::new();
    if let Some(since) = setup.saving.since() {
        body.push(judgement::busy_with(model, since, Tone::Plain, "Saving the campus file and the keys"));
    }
    if let Job::Failed { failure, .. } = &setup.saving {
        body.extend(about_failure(failure, columns));
        body.push(Row::blank());
    }
    for ask in Question::all() {
        body.extend(answer(model, setup, ask, columns));
    }
    body.push(Row::blank());
    body.extend(kept(&setup.store).iter().flat_map(|words| paragraph(Tone::Faint, words, 1, columns)));
    Sheet { head, body, top: setup.top, foot: Vec::new(), ..Sheet::default() }
}

/// Where the answers and the keys are stored, in sentences.
fn kept(store: &KeyStore) -> Vec<String> {
    let keys = match store {
        KeyStore::Untold | KeyStore::Keeps(_) => "keys go to the system's key store, never to a file",
        KeyStore::Nowhere(_) => "keys are used only until you quit, and asked for again next time",
    };
    let whole =
        format!("Your answers are saved in your own campus file; {keys}. Nothing is written to Alma or ILLiad.");
    let here = match store {
        KeyStore::Untold => None,
        KeyStore::Keeps(words) => Some(format!("Key store: {words}")),
        KeyStore::Nowhere(why) => Some(format!("No key store is available: {why}")),
    };
    std::iter::once(whole).chain(here).collect()
}

fn answer(model: &Model, setup: &Setup, ask: Question, columns: usize) -> Vec<Row> {
    const LABEL: usize = 30;
    let at = LABEL.min(columns / 2);
    let problem = setup.problem(ask);
    let remark = missing_key(setup, ask).or_else(|| remark(model, setup, ask));
    let (mark, tone) = match (&problem, &remark) {
        (Some(_), _) => (Mark::Differs, Tone::Bad),
        (None, Some(said)) => (said.mark, said.tone),
        (None, None) => (Mark::Waiting, Tone::Faint),
    };
    let dots = model.script.dots();
    let start = Row::default()
        .to(1)
        .add(tone, mark)
        .to(3)
        .add(Tone::Plain, PieceKind::Label(text::cut(ask.label(), at.saturating_sub(4), dots)))
        .to(at);
    let room = columns.saturating_sub(at);
    let mut rows = vec![start.add(Tone::Plain, text::cut(&value(setup, ask), room, dots))];
    match (problem, remark) {
        (Some(why), _) => rows.extend(hanging((Tone::Bad, " "), Tone::Bad, &why, at.saturating_sub(2), columns)),
        (None, Some(said)) if said.mark != Mark::Same => rows.extend(said.rows(" ", at.saturating_sub(2), columns)),
        _ => {}
    }
    rows
}

/// Warns about a key that is neither typed nor stored. The campus can be stored without it.
fn missing_key(setup: &Setup, ask: Question) -> Option<Remark> {
    let Question::Key(slot) = ask else { return None };
    let system = match slot {
        KeySlot::Alma => "nothing in Alma can be read",
        KeySlot::Illiad => "no patron can be looked up in ILLiad",
        // The ILLiad key is used instead.
        KeySlot::Export => return None,
    };
    let missing = setup.entries.get(&ask).is_none_or(Entry::is_empty) && setup.serves(slot).is_none();
    let untold = setup.stored.iter().any(|(stored, words)| *stored == slot && words.starts_with("unknown"));
    let how = if untold { "perhaps missing" } else { "missing" };
    missing.then(|| Remark::unsure(format!("{how}: without it {system}")))
}

fn value(setup: &Setup, ask: Question) -> String {
    match ask {
        Question::Key(slot) => setup.key(slot).map_or_else(|| resting_words(setup, ask), |key| key.described()),
        Question::Slot(slot) => {
            let value = setup.draft.get(slot);
            match ask.widget() {
                Widget::Choice(choices) => {
                    choices.iter().find(|choice| choice.value == value).map_or(value, |choice| choice.label.to_owned())
                }
                Widget::Text | Widget::Secret | Widget::List if value.is_empty() => "empty".to_owned(),
                Widget::Text | Widget::Secret | Widget::List => value,
            }
        }
    }
}

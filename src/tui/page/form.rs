//! The set-up's questions, with what the two systems say to the answers.
use super::layout::Area;
use super::sheet::Sheet;
use super::{about, field};
use crate::engine::{Seen, WhyUnread};
use crate::recipe::{Expectation, KeySlot, Recipe};
use crate::site::{CampusCode, Slot};
use crate::tui::model::{Job, Model};
use crate::tui::msg::Explored;
use crate::tui::row::{PieceKind, Row, RowKind, Tone, hanging, paragraph};
use crate::tui::script::Mark;
use crate::tui::setup::{Ask, Choice, Offer, Page, Setup, Widget};
use crate::tui::text;

const LABEL: usize = 29;
/// Columns of the list of campuses. The code comes first: it alone is reversed where it is chosen, so that a move is a few bytes.
const NAME: usize = 15;
const HOST: usize = 43;
/// Digits of an EMPLID.
const EMPLID: usize = 8;
/// Lines of a list below its field.
const OFFERS: usize = 7;

/// The list of campuses, narrowed by what is typed.
pub(super) fn campuses(model: &Model, setup: &Setup, area: Area) -> Sheet {
    let columns = area.columns.saturating_sub(1);
    let mut head = vec![title(setup, columns)];
    head.push(field::focused(
        Row::of(Tone::Plain, " Type to narrow").add(Tone::Plain, PieceKind::Colon),
        &setup.filter,
        columns.saturating_sub(20).clamp(4, 30),
        model.script.dots(),
    ));
    head.push(Row::blank());
    let (offers, picked) = (setup.offers(), setup.row());
    let mut body: Vec<Row> = offers
        .iter()
        .enumerate()
        .map(|(at, offer)| campus_row(model, offer, at == picked, columns).of_item(at))
        .collect();
    if let Job::Failed { failure, .. } = &setup.saving {
        let columns = columns.saturating_sub(2);
        head.extend(hanging((Tone::Bad, Mark::Differs), Tone::Plain, &failure.what, 1, columns));
    }
    if let Some(since) = setup.saving.since() {
        head.push(about::busy(model, since).add(Tone::Plain, "Opening the campus"));
    }
    let headings =
        Row::of(Tone::Faint, "   Alma code").of_kind(RowKind::ColumnHeads).to(NAME).add(Tone::Faint, "Campus").to(HOST);
    head.push(headings.add(Tone::Faint, "ILLiad host before .illiad.oclc.org"));
    if offers.is_empty() {
        let typed = setup.filter.text().trim();
        body.push(match CampusCode::parse(typed) {
            Some(code) => {
                Row::of(Tone::Plain, format!("   Enter takes the code {code}, which is not in the list.")).of_item(0)
            }
            None => Row::of(Tone::Warn, "   No campus of that name; an Alma code works too, such as 01CUNY_QC."),
        });
    }
    Sheet { head, body, top: setup.top, foot: Vec::new() }
}

fn campus_row(model: &Model, offer: &Offer, picked: bool, columns: usize) -> Row {
    let dots = model.script.dots();
    let row = Row::of(Tone::Plain, " ")
        .of_kind(RowKind::Choice)
        .add(Tone::Plain, PieceKind::pointer(picked))
        .add(Tone::Plain, " ")
        .add(if picked { Tone::Picked } else { Tone::Plain }, &offer.value)
        .to(NAME)
        .add(Tone::Plain, text::cut(&offer.label, 26, dots))
        .to(HOST);
    let room = columns.saturating_sub(row.width());
    row.add(Tone::Faint, text::cut(offer.note.as_deref().unwrap_or_default(), room, dots))
}

fn title(setup: &Setup, columns: usize) -> Row {
    let place = format!("{} of {}", setup.page.number(), Page::ALL.len());
    Row::of(Tone::Heading, format!(" {}", setup.page.title())).right(columns, Tone::Faint, &place)
}

/// A page of questions.
pub(super) fn sheet(model: &Model, setup: &Setup, area: Area) -> Sheet {
    let columns = area.columns.saturating_sub(1);
    let head = vec![title(setup, columns), Row::blank()];
    let mut body = Vec::new();
    for (at, ask) in setup.page.asks().enumerate() {
        body.extend(question(model, setup, ask, columns).into_iter().map(|row| row.of_item(at)));
    }
    let rule = Row::rule(columns);
    let mut foot = vec![rule];
    foot.extend(paragraph(Tone::Faint, &sentence(setup.focus.hint()), 1, columns));
    foot.resize(3, Row::blank());
    Sheet { head, body, top: setup.top, foot }
}

fn question(model: &Model, setup: &Setup, ask: Ask, columns: usize) -> Vec<Row> {
    let focused = setup.focus == ask;
    let at = LABEL.min(columns / 2);
    let label = PieceKind::Label(text::cut(ask.label(), at.saturating_sub(4), model.script.dots()));
    let start = Row::of(Tone::Strong, " ")
        .add(Tone::Strong, PieceKind::pointer(focused))
        .add(Tone::Strong, " ")
        .add(if focused { Tone::Strong } else { Tone::Plain }, label)
        .to(at);
    let room = columns.saturating_sub(at);
    let value = match (ask.widget(), ask) {
        (Widget::Choice(choices), Ask::Slot(slot)) => choice(start, choices, &setup.draft.get(slot), focused),
        _ => match setup.entries.get(&ask) {
            Some(entry) if focused => field::focused(start, entry, room, model.script.dots()),
            Some(entry) if entry.is_empty() => {
                start.add(Tone::Faint, text::cut(&resting_words(setup, ask), room, model.script.dots()))
            }
            Some(entry) => field::resting(start, entry, room, model.script.dots()),
            None => start,
        },
    };
    let mut rows = vec![value];
    if let Some(why) = setup.told(ask) {
        rows.extend(hanging((Tone::Bad, Mark::Differs), Tone::Bad, &why, at, columns));
    } else {
        rows.extend(
            remark(model, setup, ask)
                .into_iter()
                .flat_map(|(mark, tone, words)| hanging((tone, mark), tone, &words, at, columns)),
        );
    }
    if focused && ask.widget() == Widget::List {
        rows.extend(offers(model, setup, at, columns));
    }
    rows
}

fn choice(start: Row, choices: &[Choice], value: &str, focused: bool) -> Row {
    let label = choices.iter().find(|choice| choice.value == value).map_or("", |choice| choice.label);
    if focused {
        return start.add(Tone::Picked, label).add(Tone::Faint, "  Left/Right changes it");
    }
    start.add(Tone::Plain, label)
}

/// What stands for an empty field that is not being typed in.
pub(crate) fn resting_words(setup: &Setup, ask: Ask) -> String {
    match ask {
        Ask::Key(slot) => match setup.stored.iter().find(|(stored, _)| *stored == slot) {
            Some((_, words)) => words.clone(),
            None if setup.must_be_typed_again(ask) => "not kept: type it again".to_owned(),
            None if slot == KeySlot::Export && setup.going_on.is_some() => {
                "not kept: type it again if there was one".to_owned()
            }
            None if slot == KeySlot::Export => "the ILLiad key serves".to_owned(),
            None => "not set yet".to_owned(),
        },
        Ask::Slot(_) => "empty".to_owned(),
    }
}

fn offers(model: &Model, setup: &Setup, at: usize, columns: usize) -> Vec<Row> {
    let (all, chosen) = (setup.offers(), setup.taken());
    let first = chosen.unwrap_or(0).saturating_sub(OFFERS - 1);
    let dots = model.script.dots();
    let mut rows: Vec<Row> = all
        .iter()
        .enumerate()
        .skip(first)
        .take(OFFERS)
        .map(|(n, offer)| {
            let picked = Some(n) == chosen;
            let tone = if picked { Tone::Picked } else { Tone::Plain };
            let note = offer.note.as_ref().map_or(String::new(), |note| format!("  {note}"));
            let room = columns.saturating_sub(at + 2);
            // What tells them apart is reversed, and not the name beside it: a move is a few bytes.
            let mut row = Row::default()
                .to(at)
                .add(Tone::Plain, PieceKind::pointer(picked))
                .add(Tone::Plain, " ")
                .add(tone, text::cut(&offer.value, room, dots));
            if offer.value != offer.label {
                let room = columns.saturating_sub(row.width());
                row = row.add(Tone::Plain, text::cut(&format!("  {}", offer.label), room, dots));
            }
            let room = columns.saturating_sub(row.width());
            row.add(Tone::Faint, text::cut(&note, room, dots))
        })
        .collect();
    if all.len() > first + OFFERS {
        rows.push(
            Row::default().to(at + 2).add(Tone::Faint, format!("{} more; type to narrow", all.len() - first - OFFERS)),
        );
    }
    rows
}

/// What the two systems say to an answer.
pub(super) fn remark(model: &Model, setup: &Setup, ask: Ask) -> Option<(Mark, Tone, String)> {
    if let (Some(since), true) = (setup.explored.since(), concerns(setup, ask)) {
        return Some((Mark::Busy(model.spin(since)), Tone::Faint, "asking".to_owned()));
    }
    if let (Job::Failed { failure, .. }, Ask::Slot(Slot::AlmaUrl)) = (&setup.explored, ask) {
        return Some((Mark::Unread, Tone::Warn, failure.what.clone()));
    }
    if let (true, Ask::Key(slot)) = (setup.focus == ask, ask)
        && setup.serves(slot).is_some()
    {
        return Some((Mark::Advice, Tone::Faint, "a key is stored; leave it empty to keep that one".to_owned()));
    }
    if setup.focus == ask && setup.must_be_typed_again(ask) {
        return Some((Mark::Advice, Tone::Faint, "keys are not kept: type it again".to_owned()));
    }
    if let (false, Ask::Slot(Slot::PatronsSample)) = (setup.focus == ask, ask) {
        return unlike_emplids(&setup.draft.get(Slot::PatronsSample));
    }
    // What is asked now, with other keys or for another environment, may be said of a key otherwise.
    let stale = setup.explored.since().is_some() && matches!(ask, Ask::Key(_));
    let seen = setup.seen.as_ref().filter(|_| setup.was_told(ask) && !stale)?;
    match ask {
        Ask::Key(KeySlot::Alma) => whose_key(setup, seen),
        Ask::Key(KeySlot::Illiad) => key_said(&seen.illiad_key, |()| "accepted by ILLiad".to_owned()),
        Ask::Slot(Slot::IlliadUrl) => said(&seen.illiad_version, |version| format!("answers: ILLiad {version}")),
        Ask::Slot(Slot::AlmaLibrary) => library(setup, seen),
        Ask::Slot(Slot::AlmaReceiveDesk) => desk(setup, seen),
        Ask::Key(KeySlot::Export) => key_said(&seen.export_key, |()| "accepted by ILLiad".to_owned()),
        Ask::Slot(_) => None,
    }
}

/// A word of those among the sample that are no EMPLIDs of CUNY. Alma may know people by other names, so they are not refused.
fn unlike_emplids(sample: &str) -> Option<(Mark, Tone, String)> {
    let like = |id: &str| id.len() == EMPLID && id.bytes().all(|byte| byte.is_ascii_digit());
    let ids = sample.split(", ").filter(|id| !id.is_empty());
    let first = ids.into_iter().find(|id| !like(id))?;
    Some((Mark::Unread, Tone::Warn, format!("{}: a CUNY EMPLID has {EMPLID} digits", text::cut(first, 20, "..."))))
}

/// With a capital letter and a full stop.
pub(crate) fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let first: String = letters.next().map(|c| c.to_uppercase().collect()).unwrap_or_default();
    let end = if words.ends_with('.') { "" } else { "." };
    first + letters.as_str() + end
}

/// Whether an answer is being looked into.
fn concerns(setup: &Setup, ask: Ask) -> bool {
    match ask {
        Ask::Key(slot) => setup.key(slot).is_some(),
        Ask::Slot(Slot::IlliadUrl) => !setup.draft.get(Slot::IlliadUrl).is_empty(),
        Ask::Slot(Slot::AlmaLibrary) => !setup.draft.get(Slot::AlmaLibrary).is_empty(),
        Ask::Slot(_) => false,
    }
}

fn said<T>(seen: &Seen<T>, words: impl Fn(&T) -> String) -> Option<(Mark, Tone, String)> {
    match seen {
        Seen::Got(value) => Some((Mark::Same, Tone::Good, words(value))),
        Seen::NotThere => Some((Mark::Unread, Tone::Warn, "not there".to_owned())),
        Seen::Unread(why) if why.is_not_asked() => None,
        Seen::Unread(why) => Some((Mark::Unread, Tone::Warn, format!("{}; {}", why.what, why.next))),
    }
}

/// As [`said`], of a key: that it was refused is seen, and it is the wrong one.
fn key_said<T>(seen: &Seen<T>, words: impl Fn(&T) -> String) -> Option<(Mark, Tone, String)> {
    let (mark, tone, words) = said(seen, words)?;
    match seen {
        // Where it is typed, not where it would be stored.
        Seen::Unread(why) if why.why == WhyUnread::KeyRefused => {
            Some((Mark::Differs, Tone::Bad, format!("{}; paste the right one here", why.what)))
        }
        _ => Some((mark, tone, words)),
    }
}

fn whose_key(setup: &Setup, seen: &Explored) -> Option<(Mark, Tone, String)> {
    let Seen::Got(general) = &seen.institution else { return key_said(&seen.institution, |_| String::new()) };
    let environment =
        general.environment.map_or("an environment Alma does not tell", |environment| environment.as_str());
    let wanted = (setup.draft.get(Slot::Institution), setup.draft.get(Slot::Environment));
    let words = format!("belongs to {}, {environment}", general.institution);
    if (general.institution.as_str(), environment) == (wanted.0.as_str(), wanted.1.as_str()) {
        return Some((Mark::Same, Tone::Good, words));
    }
    Some((Mark::Differs, Tone::Bad, format!("{words}, not to {}, {}", wanted.0, wanted.1)))
}

fn library(setup: &Setup, seen: &Explored) -> Option<(Mark, Tone, String)> {
    let Seen::Got(rows) = &seen.libraries else { return said(&seen.libraries, |_| String::new()) };
    let code = setup.draft.get(Slot::AlmaLibrary);
    if code.is_empty() {
        return None;
    }
    let Some(row) = rows.iter().find(|row| row.code == code) else {
        return Some((Mark::Differs, Tone::Bad, "Alma has no library of that code".to_owned()));
    };
    if row.resource_sharing == Some(false) {
        return Some((Mark::Differs, Tone::Bad, format!("{} is not a resource sharing library", row.name)));
    }
    let missing = missing_locations(seen);
    if missing.is_empty() {
        return Some((Mark::Same, Tone::Good, row.name.clone()));
    }
    Some((Mark::Differs, Tone::Bad, format!("{} has no location called {}", row.name, missing.join(" nor "))))
}

/// Locations the procedure names and the library lacks; nothing where they were not read.
fn missing_locations(seen: &Explored) -> Vec<String> {
    let Seen::Got(rows) = &seen.locations else { return Vec::new() };
    Recipe::embedded()
        .fields()
        .filter_map(|field| match &field.want {
            Expectation::Location(name) if !rows.iter().any(|row| row.name == *name) => Some(name.clone()),
            _ => None,
        })
        .collect()
}

fn desk(setup: &Setup, seen: &Explored) -> Option<(Mark, Tone, String)> {
    let Seen::Got(rows) = &seen.desks else { return said(&seen.desks, |_| String::new()) };
    let typed = setup.draft.get(Slot::AlmaReceiveDesk);
    match rows.iter().find(|row| row.name == typed || row.code == typed) {
        Some(row) => Some((Mark::Same, Tone::Good, format!("{}, code {}", row.name, row.code))),
        None if typed.is_empty() => None,
        None => Some((Mark::Differs, Tone::Bad, "the library has no desk of that name or code".to_owned())),
    }
}

trait NotAsked {
    fn is_not_asked(&self) -> bool;
}

impl NotAsked for crate::engine::Unread {
    fn is_not_asked(&self) -> bool {
        self.why == crate::engine::WhyUnread::NotAsked
    }
}

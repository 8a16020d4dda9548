//! Random keys, pastes, answers and window sizes in any order: nothing panics, nothing is sent without consent, and typed text survives.
use crate::screen::models::{drifted, looked, plan_of};
use crate::screen::pictures::{Picture, all};
use last_resort::engine::plan::Consent;
use last_resort::failure::{Failure, FailureKind};
use last_resort::tui::keys::{self, Key};
use last_resort::tui::model::Model;
use last_resort::tui::mouse::Wheel;
use last_resort::tui::msg::{Effect, Intent, Msg, PastedText, Ticket, Work};
use last_resort::tui::theme::Palette;
use last_resort::tui::update::update;
use last_resort::tui::view;
use proptest::prelude::*;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use std::sync::OnceLock;

/// An input or event of a session.
#[derive(Debug, Clone)]
enum Happens {
    Pressed(Key),
    Pasted(String),
    Clicked(u16, u16),
    Wheeled(Wheel),
    Resized(u16, u16),
    /// Time passes.
    Later,
    /// A piece of work in progress is answered: its index, and whether it succeeded.
    Answered(usize, bool),
    /// An answer to work that nobody is waiting for any more.
    Stale(u64),
}

fn pictures() -> &'static [Picture] {
    static ALL: OnceLock<Vec<Picture>> = OnceLock::new();
    ALL.get_or_init(all)
}

fn a_key() -> impl Strategy<Value = Key> {
    let named = [
        Key::Enter,
        Key::Esc,
        Key::Tab,
        Key::BackTab,
        Key::Up,
        Key::Down,
        Key::Left,
        Key::Right,
        Key::PageUp,
        Key::PageDown,
        Key::Home,
        Key::End,
        Key::Backspace,
        Key::Delete,
        Key::F(1),
        Key::Ctrl('u'),
        Key::Ctrl('w'),
    ];
    prop_oneof![
        4 => prop::sample::select(named.to_vec()),
        2 => prop::sample::select("rRcCpaugwf?jk 01_QÄ日\u{301}".chars().collect::<Vec<_>>()).prop_map(Key::Char),
        1 => any::<char>().prop_map(Key::Char),
    ]
}

fn a_window() -> impl Strategy<Value = (u16, u16)> {
    prop_oneof![(1..=200_u16, 1..=60_u16), (38..=82_u16, 8..=26_u16)]
}

fn something() -> impl Strategy<Value = Happens> {
    prop_oneof![
        8 => a_key().prop_map(Happens::Pressed),
        1 => prop_oneof![Just("01CUNY_QC".to_owned()), ".{0,40}", "(?s).{0,3000}"].prop_map(Happens::Pasted),
        1 => a_window().prop_map(|(columns, rows)| Happens::Resized(columns, rows)),
        2 => a_window().prop_map(|(column, row)| Happens::Clicked(column - 1, row - 1)),
        1 => prop::sample::select(vec![Wheel::Up, Wheel::Down]).prop_map(Happens::Wheeled),
        1 => Just(Happens::Later),
        2 => (0..4_usize, any::<bool>()).prop_map(|(which, well)| Happens::Answered(which, well)),
        1 => (0..6_u64).prop_map(Happens::Stale),
    ]
}

/// Makes the answer to a piece of work: a failure, or what a simulated worker would return.
fn answer(work: &Work, well: bool) -> Msg {
    match (work, well) {
        (Work::Check { ticket, steps }, true) => {
            Msg::Checked { ticket: *ticket, result: Ok(Box::new(looked(&drifted(), steps))) }
        }
        (Work::MakePlan { ticket, steps }, true) => {
            Msg::Planned { ticket: *ticket, result: Ok(Box::new(plan_of(&drifted(), steps))) }
        }
        (Work::Explore { ticket, .. }, true) => {
            Msg::SystemsAnswered { ticket: *ticket, result: Ok(Box::new(crate::screen::setups::explored())) }
        }
        _ => work.lost(Failure::new(FailureKind::Network, "It broke.").hint("try again")),
    }
}

/// Returns the text being typed.
fn typed(model: &Model) -> Option<String> {
    model.entry().map(|entry| format!("{entry:?}"))
}

struct Session {
    model: Model,
    under_way: Vec<Work>,
}

impl Session {
    /// Handles a message and records the work it requests. Fails if a write is requested without the campus code, or if
    /// typed text gets lost.
    fn take(&mut self, msg: Msg) {
        let by_hand = matches!(msg, Msg::Key(_) | Msg::Paste(_) | Msg::Click(..) | Msg::Wheel(_));
        let consent = self.model.entry().map(|entry| entry.text().to_owned()).unwrap_or_default() == "01CUNY_QC";
        let enter = msg == Msg::Key(Intent::Enter);
        let before = typed(&self.model);
        for effect in update(&mut self.model, msg) {
            if let Effect::Work(work) = effect {
                let writes = matches!(
                    work,
                    Work::Apply { .. } | Work::Undo { .. } | Work::Prove { .. } | Work::SetStance { .. }
                );
                assert!(!writes || (enter && consent), "a write without the campus code");
                self.under_way.push(work);
            }
        }
        assert!(by_hand || before.is_none() || typed(&self.model) == before, "typed text is lost");
    }

    fn live_through(&mut self, happens: Happens) {
        match happens {
            Happens::Pressed(key) => {
                if let Some(intent) = keys::intent(&self.model, key) {
                    self.take(Msg::Key(intent));
                }
            }
            Happens::Pasted(text) => self.take(Msg::Paste(PastedText(text.into()))),
            Happens::Clicked(column, row) => self.take(Msg::Click(column, row)),
            Happens::Wheeled(wheel) => self.take(Msg::Wheel(wheel)),
            Happens::Resized(columns, rows) => self.take(Msg::Resize(columns, rows)),
            Happens::Later => self.take(Msg::Tick(self.model.now + std::time::Duration::from_millis(700))),
            Happens::Answered(which, well) => {
                if which < self.under_way.len() {
                    let work = self.under_way.remove(which);
                    self.take(answer(&work, well));
                }
            }
            Happens::Stale(ticket) => {
                let campus = crate::screen::models::campus_in("sandbox").institution;
                let consent = Consent::given(campus.as_str(), &campus).expect("its own code");
                let work = Work::Undo { ticket: Ticket(1000 + ticket), consent };
                self.take(work.lost(Failure::new(FailureKind::Network, "Late.")));
            }
        }
    }
}

/// Draws the model in a window of this size, which may differ from the size that the model knows.
fn draw(model: &Model, (columns, rows): (u16, u16)) {
    let mut terminal = Terminal::new(TestBackend::new(columns, rows)).expect("a window in memory");
    terminal.draw(|frame| view::draw(frame, model, Palette::Colours)).expect("it takes everything");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_breaks_and_nothing_is_lost(
        start in 0..usize::MAX,
        happenings in prop::collection::vec(something(), 1..60),
        window in a_window(),
    ) {
        let pictures = pictures();
        let mut session = Session { model: pictures[start % pictures.len()].1.clone(), under_way: Vec::new() };
        for happens in happenings {
            session.live_through(happens);
            let size = session.model.size;
            draw(&session.model, (size.columns, size.rows));
        }
        draw(&session.model, window);
    }

    #[test]
    fn every_screen_is_drawn_in_every_window(start in 0..usize::MAX, window in a_window()) {
        let pictures = pictures();
        let (_, model) = &pictures[start % pictures.len()];
        draw(model, window);
        let mut settled = model.clone();
        update(&mut settled, Msg::Resize(window.0, window.1));
        draw(&settled, window);
    }
}

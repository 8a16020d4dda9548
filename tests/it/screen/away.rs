//! After a night, a sleeping laptop or a suspended program: users see how old the values are, and everything is read
//! again before any action.
use crate::screen::models::{campus_in, drifted, press, read, start, type_text};
use crate::screen::paint::seen;
use jiff::SignedDuration;
use last_resort::recipe::StepId;
use last_resort::tui::keys::Key;
use last_resort::tui::model::Model;
use last_resort::tui::msg::{Effect, Msg, Work};
use last_resort::tui::update::update;
use rstest::rstest;

fn later(model: &mut Model, minutes: i64) -> Vec<Effect> {
    let now = model.now + SignedDuration::from_mins(minutes);
    update(model, Msg::Tick(now))
}

fn checks_all(effects: &[Effect]) -> bool {
    matches!(effects, [Effect::Work(Work::Check { steps, .. })] if steps[..] == StepId::ALL)
}

#[test]
fn an_old_reading_says_its_age() {
    let mut model = read(&drifted(), StepId::Parameters);
    let fresh = seen(&model);
    assert!(!fresh.contains("min ago"), "{fresh}");
    assert_eq!(later(&mut model, 7), [], "too early to read again");
    let old = seen(&model);
    assert!(old.contains(", 7 min ago"), "{old}");
}

#[rstest]
#[case(10, "10 min")]
#[case(3 * 60, "3 h")]
#[case(25 * 60, "1 day")]
#[case(3 * 24 * 60, "3 days")]
fn coming_back_reads_everything_again_and_says_so(#[case] minutes: i64, #[case] words: &str) {
    let mut model = read(&drifted(), StepId::Parameters);
    assert!(checks_all(&later(&mut model, minutes)));
    let words = format!("Back after {words}. Reading everything again.");
    assert_eq!(model.status.as_deref(), Some(words.as_str()));
    // The first key after the pause works as usual and leaves the message; the next key removes it.
    press(&mut model, Key::Down);
    assert_eq!(model.status.as_deref(), Some(words.as_str()));
    press(&mut model, Key::Down);
    assert_eq!(model.status, None);
}

#[test]
fn what_is_being_typed_stays() {
    let mut model = read(&drifted(), StepId::Rota);
    press(&mut model, Key::Char('a'));
    type_text(&mut model, "seen with Ada");
    assert!(checks_all(&later(&mut model, 60)));
    type_text(&mut model, "!");
    assert_eq!(model.entry().map(|entry| entry.text().to_owned()).as_deref(), Some("seen with Ada!"));
}

/// A small jump of the clock, or one backwards, is not a pause. Without a campus there is nothing to read.
#[test]
fn not_every_jump_is_a_pause() {
    let mut model = read(&drifted(), StepId::Parameters);
    assert_eq!(later(&mut model, -600), []);
    assert_eq!(later(&mut model, 9), []);
    let mut choosing = Model::choosing(start(), Vec::new(), None);
    assert_eq!(later(&mut choosing, 600), []);
    let mut unread = Model::on_campus(start(), campus_in("sandbox"), None);
    assert!(checks_all(&later(&mut unread, 600)));
}

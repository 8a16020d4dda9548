//! A person's word: asked for in so many letters, given for exactly what was shown, and taken back.
use crate::models::{done, press, read, type_text, written};
use crate::pictures::choose;
use last_resort::recipe::StepId;
use last_resort::tui::keys::Key;
use last_resort::tui::model::Model;
use last_resort::tui::msg::{Effect, Work};

/// Goes on from the remark, and types what signs.
pub(crate) fn sign(model: &mut Model) -> Vec<Effect> {
    assert_eq!(press(model, Key::Enter), [], "the remark signs nothing");
    type_text(model, "yes");
    press(model, Key::Enter)
}

#[test]
fn a_sign_off_is_not_run_through() {
    let mut model = read(&written(), StepId::Rota);
    for _ in 0..5 {
        assert_eq!(press(&mut model, Key::Enter), [], "Enter alone signs nothing");
    }
    assert!(crate::paint::seen(&model).contains("Nothing was signed: type yes first."));
    type_text(&mut model, "yess");
    assert_eq!(press(&mut model, Key::Enter), []);
    assert!(crate::paint::seen(&model).contains("Nothing was signed: \"yess\" is not yes."));
    // The remark is kept for the next time, the word that signs is not.
    press(&mut model, Key::BackTab);
    type_text(&mut model, "seen");
    press(&mut model, Key::Tab);
    press(&mut model, Key::Esc);
    press(&mut model, Key::Enter);
    assert_eq!(press(&mut model, Key::Enter), []);
    assert_eq!(press(&mut model, Key::Enter), [], "the yes of before is gone");
    type_text(&mut model, "Y");
    let effects = press(&mut model, Key::Enter);
    assert!(
        matches!(effects.as_slice(), [Effect::Work(Work::Attest { note: Some(note), .. })] if note == "seen"),
        "{effects:?}"
    );
}

#[test]
fn a_sign_off_names_exactly_the_values_that_wait() {
    let mut model = read(&written(), StepId::Partner);
    press(&mut model, Key::Enter);
    type_text(&mut model, "  seen  ");
    match sign(&mut model).as_slice() {
        [Effect::Work(Work::Attest { keys, note, .. })] => {
            let keys: Vec<&str> = keys.iter().map(|key| key.as_str()).collect();
            assert_eq!(keys, ["partner.alternate_symbol", "partner.default_partner", "partner.new_request_alert"]);
            assert_eq!(note.as_deref(), Some("seen"));
        }
        other => panic!("one word, not {other:?}"),
    }
    assert_eq!(press(&mut model, Key::Enter), [], "one word is recorded once");
}

#[test]
fn one_value_is_signed_off_or_taken_back() {
    let mut model = read(&written(), StepId::Rule);
    choose(&mut model, "rule.enabled");
    press(&mut model, Key::Char('a'));
    let effects = sign(&mut model);
    assert!(
        matches!(effects.as_slice(), [Effect::Work(Work::Attest { keys, note: None, .. })]
            if keys.iter().map(|key| key.as_str()).eq(["rule.enabled"])),
        "{effects:?}"
    );
    let mut model = read(&done(), StepId::Rule);
    choose(&mut model, "rule.enabled");
    press(&mut model, Key::Char('a'));
    let effects = press(&mut model, Key::Enter);
    assert!(
        matches!(effects.as_slice(), [Effect::Work(Work::Revoke { keys, note: None, .. })]
            if keys.iter().map(|key| key.as_str()).eq(["rule.enabled"])),
        "{effects:?}"
    );
}

//! The question whether to create the partner beside another one that may be this campus's ILLiad.
use crate::screen::models::{consent, fresh, plan_of, press};
use crate::screen::paint::seen;
use crate::screen::pictures::planned;
use last_resort::engine::observed::{Observation, PartnerEntry, RowList};
use last_resort::recipe::StepId;
use last_resort::tui::keys::Key;
use last_resort::tui::model::Model;
use last_resort::tui::msg::{Effect, Work};

/// Another partner that may be this campus's ILLiad is a question of its own, asked before the campus code.
#[test]
fn creating_beside_another_illiad_takes_its_code_and_then_the_campus_code() {
    let mut snapshot = fresh();
    let entry = |code: &str| PartnerEntry {
        code: code.to_owned(),
        name: "Interlibrary loan".to_owned(),
        status: Some("ACTIVE".to_owned()),
        system_type: vec!["ILLIAD".to_owned()],
        profile: None,
    };
    let rows = vec![entry("ILL"), entry("ILLIAD2")];
    snapshot.alma.partners = Observation::Got(RowList::from(rows));
    let mut model = planned(&snapshot, StepId::Partner);
    let write = |effects: &[Effect]| effects.iter().any(|effect| matches!(effect, Effect::Work(Work::Apply { .. })));
    let enter = |model: &mut Model, code: &str| {
        press(model, Key::Ctrl('u'));
        consent(model, code)
    };
    assert!(seen(&model).contains("ILL (\"Interlibrary loan\"") && seen(&model).contains("to create ILLiad beside it"));
    for wrong in ["", "ill", "01CUNY_QC", "ILLIAD2"] {
        assert_eq!(enter(&mut model, wrong), [], "{wrong:?}");
        assert!(seen(&model).contains("Nothing was sent"), "{wrong:?}");
    }
    assert_eq!(enter(&mut model, "ILL"), []);
    assert!(seen(&model).contains("Is ILLIAD2 this campus's ILLiad already?"), "{}", seen(&model));
    assert_eq!(enter(&mut model, "01CUNY_QC"), []);
    assert_eq!(enter(&mut model, "ILLIAD2"), []);
    let before = plan_of(&snapshot, &[StepId::Partner]);
    let effects = enter(&mut model, "01CUNY_QC");
    assert!(write(&effects), "{effects:?}");
    let sent = effects.iter().find_map(|effect| match effect {
        Effect::Work(Work::Apply { plan, .. }) => Some(plan.digest()),
        _ => None,
    });
    assert_eq!(sent, Some(before.digest()), "the plan confirmed is the plan written");
}

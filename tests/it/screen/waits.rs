//! Every wait says how long it can take at most and counts down, on the full screen and in line mode.
use crate::screen::models::{noon, opened};
use crate::screen::paint::seen;
use crate::screen::pictures::all;
use last_resort::engine::probe::{ProofProgress, ProofWait};
use last_resort::line::{begun, waits};
use last_resort::recipe::StepId;
use last_resort::tui::model::{Model, Screen};
use last_resort::tui::msg::Msg;
use last_resort::tui::update::update;
use std::time::Duration;

fn is_bounded(words: &str) -> bool {
    ["at most", "to go", "time left"].iter().any(|bound| words.contains(bound))
}

#[test]
fn every_wait_says_how_long_it_takes_at_most() {
    let mut screens = 0;
    for (name, mut model) in all() {
        model.now += Duration::from_secs(2);
        // A steps screen in the background of another one has its countdown where it is shown.
        if model.help.is_some() || !waits(&model) {
            continue;
        }
        screens += 1;
        let shown = seen(&model);
        assert!(is_bounded(&shown) || matches!(model.screen, Screen::Summary(_)), "{name}\n{shown}");
        let words = begun(&model);
        let on_a_list = matches!(model.screen, Screen::Forecasting(_) | Screen::Proving(_));
        assert!(is_bounded(&words) || on_a_list, "{name}: {words}");
    }
    assert!(screens > 8, "{screens}");
}

#[test]
fn a_countdown_changes_once_a_second_and_ends_in_words() {
    let (mut model, _) = opened(StepId::Connect);
    let at = |model: &mut Model, ms: u64| {
        model.now = noon() + Duration::from_millis(ms);
        seen(model)
    };
    assert!(at(&mut model, 3000).contains("reading, at most 27 s more"));
    let shown = at(&mut model, 3001);
    assert_eq!(shown, at(&mut model, 3999));
    assert_ne!(shown, at(&mut model, 4000));
    assert!(at(&mut model, 31_000).contains("reading, ends any moment now"));
    model.paused_until = Some(noon() + Duration::from_secs(9));
    assert!(at(&mut model, 5000).contains("reading, pausing 4 s, at most 25 s more"));
}

#[test]
fn a_proof_says_what_it_does_now_its_limit_and_what_happens_then() {
    let mut model = all().into_iter().find(|(name, _)| *name == "proving").expect("a proof under way").1;
    let Screen::Proving(screen) = &model.screen else { panic!("no proof") };
    let (ticket, then) = (screen.ticket, "If nothing moved it by then, the rule did not work.");
    let wait = Some(ProofWait { at_most: Duration::from_secs(185), then });
    let progress = ProofProgress { about: None, words: "watching where ILLiad puts it".to_owned(), wait };
    assert_eq!(progress.whole(), format!("watching where ILLiad puts it, for at most 3 min 5 s. {then}"));
    update(&mut model, Msg::Proving { ticket, progress });
    model.now += Duration::from_secs(35);
    let shown = seen(&model).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(shown.contains("Now: watching where ILLiad puts it, at most 2 min 30 s more"), "{shown}");
    assert!(shown.contains("If nothing moved it by then"), "{shown}");
}

//! Sign-offs: the user must type the word yes, a sign-off covers exactly what was shown, and it can be revoked.
use crate::screen::models::{SECRET, done, paste, pasted_by, press, read, shown, type_text, written};
use crate::screen::pictures::choose;
use jiff::Timestamp;
use last_resort::engine::journal::{ShownValue, UndoState, ValueEvidence, Verb, VoidedSignOff, WriteSummary};
use last_resort::engine::judge::Snapshot;
use last_resort::recipe::{Recipe, StepId};
use last_resort::tui::keys::{Key, enter_words};
use last_resort::tui::model::Model;
use last_resort::tui::msg::{Effect, Work};
use last_resort::tui::screen::summary::SummaryScreen;

/// Continues from the remark and types the word that signs.
pub(crate) fn sign(model: &mut Model) -> Vec<Effect> {
    assert_eq!(press(model, Key::Enter), [], "the remark signs nothing");
    type_text(model, "yes");
    press(model, Key::Enter)
}

/// Returns the heading of the step.
fn head(snapshot: &Snapshot, at: StepId) -> String {
    let shown = crate::screen::paint::words(&read(snapshot, at), (100, 24));
    let head = shown.lines().find(|line| line.contains(" · OLS") || line.contains(" · campus")).expect("a head");
    head.trim().to_owned()
}

/// Returns the step's line in the summary, which must list it as done.
fn in_summary(snapshot: &Snapshot, at: StepId) -> String {
    let title = &Recipe::embedded().step(at).title;
    let summary = crate::screen::paint::words(&crate::screen::pictures::summary(snapshot), (100, 40));
    let done = |rest: &str| rest.starts_with("verified, ") || rest.starts_with("signed off ");
    let line = summary
        .lines()
        .find_map(|line| line.rsplit_once(&format!("{title} ")).map(|(_, rest)| rest.trim()).filter(|rest| done(rest)));
    line.unwrap_or_else(|| panic!("{title} in {summary}")).to_owned()
}

/// For values without an API, the time shown is that of the sign-off or evidence. Reading again does not change it.
#[test]
fn the_time_beside_a_state_is_that_of_what_it_rests_on() {
    let shown_at: Timestamp = "2026-11-23T19:40:00Z".parse().expect("a time");
    for at in [StepId::Rota, StepId::Rule, StepId::Illiad] {
        let mut signed = done();
        signed.journal.sign_offs.iter_mut().for_each(|said| said.when = shown_at);
        let mut pasted = written();
        for said in &signed.journal.sign_offs {
            let (key, got) = (said.key.clone(), ShownValue::Text(said.want.clone()));
            let value = ValueEvidence {
                key,
                got,
                origin: pasted_by("staff", shown_at),
                wanted: None,
                unclear: None,
                signed_since: Vec::new(),
            };
            pasted.journal.evidence.values.push(value);
        }
        for (mut snapshot, time) in [(signed, "signed 19:40:00"), (pasted, "shown 19:40:00")] {
            for _ in 0..2 {
                let (head, line) = (head(&snapshot, at), in_summary(&snapshot, at));
                assert!(head.ends_with(time) && !head.contains("read"), "{head}");
                assert!(line.contains("19:40:00") && !line.contains("read"), "{line}");
                // The second time, everything is read again later.
                snapshot.at = "2026-11-23T20:30:00Z".parse().expect("a time");
            }
        }
        let head = head(&written(), at);
        assert!(!head.contains("read") && head.contains("waiting"), "nothing was signed or shown yet: {head}");
    }
    assert!(head(&done(), StepId::Connect).ends_with("read 20:14:03"));
    assert!(head(&written(), StepId::Partner).ends_with("read 20:14:03"), "the API's values were read");
}

/// An undo that deletes the record names the sign-offs that become void. The step says afterwards why it waits again.
#[test]
fn the_sign_offs_that_end_with_the_record_are_named() {
    let asked = |verb: Verb| {
        let mut model = read(&done(), StepId::Partner);
        let at = "2026-11-23T18:05:00Z".parse().expect("a time");
        let written = WriteSummary { at, by: "grace".to_owned(), verb, values: 37 };
        model.campus.as_mut().expect("a campus").undoable = UndoState::LastApply(written);
        press(&mut model, Key::Char('u'));
        crate::screen::paint::words(&model, (100, 24)).split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let named = "given again afterwards: Partner (3 values), Rota template (5 values).";
    assert!(asked(Verb::Create).contains(named), "{}", asked(Verb::Create));
    assert!(!asked(Verb::Replace).contains("again afterwards"), "the record stays");
    // If the record is deleted, no value is put back and no key stays in it.
    let (made, changed) = (asked(Verb::Create), asked(Verb::Replace));
    assert!(
        made.contains("so the partner is deleted") && !made.contains("export key") && !made.contains("Restores"),
        "{made}"
    );
    assert!(changed.contains("Alma keeps its current export key") && !changed.contains("delete"), "{changed}");

    let mut gone = written();
    let key = "rota.member".into();
    gone.journal.voided_sign_offs = vec![VoidedSignOff { key, who: "ada".to_owned(), by: Verb::Delete }];
    let mut model = read(&gone, StepId::Rota);
    choose(&mut model, "rota.member");
    let shown = crate::screen::paint::words(&model, (100, 40));
    assert!(shown.contains("the sign-off by ada is void: the partner was deleted since then"), "{shown}");
    assert!(shown.contains("4 values: not signed off yet"), "{shown}");
}

#[test]
fn a_sign_off_is_not_run_through() {
    let mut model = read(&written(), StepId::Rota);
    for _ in 0..5 {
        assert_eq!(press(&mut model, Key::Enter), [], "Enter alone signs nothing");
    }
    assert!(crate::screen::paint::seen(&model).contains("Not signed. Type yes first."));
    type_text(&mut model, "yess");
    assert_eq!(press(&mut model, Key::Enter), []);
    assert!(crate::screen::paint::seen(&model).contains("Not signed: \"yess\" is not yes."));
    // The footer names what Enter does, also if yes is typed without a remark.
    let mut at_once = read(&written(), StepId::Rota);
    press(&mut at_once, Key::Enter);
    assert_eq!(enter_words(&at_once).as_deref(), Some("continue"));
    type_text(&mut at_once, "yes");
    assert_eq!(enter_words(&at_once).as_deref(), Some("sign"));
    // The remark is kept for the next time, but the yes is not.
    press(&mut model, Key::BackTab);
    type_text(&mut model, "seen");
    press(&mut model, Key::Tab);
    press(&mut model, Key::Esc);
    press(&mut model, Key::Enter);
    assert_eq!(press(&mut model, Key::Enter), []);
    assert_eq!(press(&mut model, Key::Enter), [], "the earlier yes is gone");
    type_text(&mut model, "Y");
    assert_eq!(press(&mut model, Key::Enter), [], "Y alone does not sign");
    type_text(&mut model, "es");
    let effects = press(&mut model, Key::Enter);
    assert!(
        matches!(effects.as_slice(), [Effect::Work(Work::Attest { note: Some(note), .. })] if note == "seen"),
        "{effects:?}"
    );
}

#[test]
fn the_summary_goes_to_what_needs_somebody() {
    let mut model = read(&written(), StepId::Partner);
    let waits = model.campus.as_ref().and_then(|campus| campus.finding()).map(|finding| finding.key.clone());
    choose(&mut model, "partner.code");
    model.screen = last_resort::tui::model::Screen::Summary(SummaryScreen::default());
    press(&mut model, Key::Enter);
    let campus = model.campus.as_ref().expect("a campus");
    assert_eq!(campus.at, StepId::Partner);
    assert!(waits.is_some() && campus.finding().map(|finding| finding.key.clone()) == waits);
}

#[test]
fn an_answer_to_something_else_is_no_remark() {
    for typed in ["no", "1", "q", " N ", "y"] {
        let mut model = read(&written(), StepId::Rota);
        press(&mut model, Key::Enter);
        type_text(&mut model, typed);
        assert_eq!(press(&mut model, Key::Enter), [], "{typed:?}");
        let shown = crate::screen::paint::seen(&model);
        assert!(shown.contains("to sign, or a longer remark"), "{typed:?}\n{shown}");
        type_text(&mut model, "ticket 17");
        assert_eq!(press(&mut model, Key::Enter), []);
        type_text(&mut model, "yes");
        assert!(matches!(press(&mut model, Key::Enter).as_slice(), [Effect::Work(Work::Attest { .. })]), "{typed:?}");
    }
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
        other => panic!("expected one sign-off, not {other:?}"),
    }
    assert_eq!(press(&mut model, Key::Enter), [], "a sign-off is recorded once");
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

/// A key gets into a field by pasting or by typing.
const WAYS: [fn(&mut Model); 2] = [|model| drop(paste(model, SECRET)), |model| drop(type_text(model, SECRET))];

#[test]
fn a_key_in_a_remark_is_stars_and_signs_nothing() {
    for put in WAYS {
        let mut model = read(&written(), StepId::Rota);
        press(&mut model, Key::Enter);
        put(&mut model);
        let shown = crate::screen::paint::seen(&model);
        assert!(shown.contains(&"*".repeat(36)) && shown.contains("That looks like an API key"), "{shown}");
        assert_eq!(press(&mut model, Key::Enter), []);
        type_text(&mut model, " yes");
        assert_eq!(press(&mut model, Key::Enter), []);
        let shown = crate::screen::paint::seen(&model);
        assert!(shown.contains("the remark held an API key"), "{shown}");
        press(&mut model, Key::Ctrl('u'));
        type_text(&mut model, "seen");
        press(&mut model, Key::Enter);
        // The field for the yes does not accept a key either.
        put(&mut model);
        assert_eq!(press(&mut model, Key::Enter), []);
        let shown = crate::screen::paint::seen(&model);
        assert!(shown.contains("is not yes") && !format!("{model:?}").contains(&SECRET[9..]), "{shown}");
        press(&mut model, Key::Ctrl('u'));
        type_text(&mut model, "yes");
        let effects = press(&mut model, Key::Enter);
        assert!(matches!(effects.as_slice(), [Effect::Work(Work::Attest { note: Some(note), .. })] if note == "seen"));
    }
}

#[test]
fn a_key_pasted_back_as_a_value_or_in_a_form_is_not_recorded() {
    for put in WAYS {
        let mut model = read(&written(), StepId::Rota);
        choose(&mut model, "rota.name");
        press(&mut model, Key::Char('p'));
        put(&mut model);
        assert_eq!(press(&mut model, Key::Enter), []);
        let shown = crate::screen::paint::seen(&model);
        assert!(shown.contains("***") && !shown.contains(&SECRET[20..]), "{shown}");
    }
    let mut model = read(&written(), StepId::Rota);
    choose(&mut model, "rota.name");
    press(&mut model, Key::Char('p'));
    paste(&mut model, &format!("Code\tALMA_RAPID\nName\t{SECRET}\nDescription\tone\n"));
    let shown = crate::screen::paint::seen(&model);
    assert!(shown.contains("Nothing was pasted") && !shown.contains(&SECRET[20..]), "{shown}");
    assert_eq!(press(&mut model, Key::Enter), [], "nothing is left to record");
}

#[test]
fn the_choice_stays_on_what_was_signed_off() {
    use crate::screen::models::{judge, ticket_of};
    use last_resort::tui::msg::Msg;
    use last_resort::tui::update::update;
    let mut all_but_the_switch = done();
    all_but_the_switch.journal.sign_offs.retain(|said| said.key.as_str() != "rule.enabled");
    let mut model = read(&all_but_the_switch, StepId::Rule);
    let chosen = |model: &Model| model.campus.as_ref().and_then(|c| c.finding()).map(|f| f.key.as_str().to_owned());
    assert_eq!(chosen(&model).as_deref(), Some("rule.enabled"));
    press(&mut model, Key::Enter);
    let effects = sign(&mut model);
    let result = Ok(Box::new(judge(&done(), &[StepId::Rule])));
    update(&mut model, Msg::Attested { ticket: ticket_of(&effects), result });
    assert_eq!(chosen(&model).as_deref(), Some("rule.enabled"));
}

/// Somebody who signs off a value that evidence contradicts sees the evidence before and after, in the list and in the summary.
#[test]
fn evidence_against_a_sign_off_stays_on_the_screen() {
    let key = "rule.enabled";
    let wrong = shown(&written(), key, "Enabled");
    let mut model = read(&wrong, StepId::Rule);
    choose(&mut model, key);
    press(&mut model, Key::Char('a'));
    let asked = crate::screen::paint::words(&model, (100, 40)).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(asked.contains("Evidence shows Enabled, pasted by staff on 2026-11-23."), "{asked}");
    assert!(asked.contains("you cannot go live until newer evidence agrees"), "{asked}");
    let mut signed = shown(&done(), key, "Enabled");
    for said in &mut signed.journal.sign_offs {
        said.when += jiff::SignedDuration::from_secs(60);
    }
    let mut model = read(&signed, StepId::Rule);
    choose(&mut model, key);
    let seen = crate::screen::paint::words(&model, (100, 40));
    assert!(seen.contains("contradicted: \"Enabled\" pasted by staff on 2026-11-23"), "{seen}");
    assert!(seen.contains("next: look again, then paste it back") && seen.contains("a withdraw"), "{seen}");
    let summary = crate::screen::paint::words(&crate::screen::pictures::summary(&signed), (100, 40));
    let open = summary.split("Not done").nth(1).unwrap_or_default();
    assert!(open.contains("Rota rule") && open.contains("; contradicted by evidence:"), "{summary}");
}

/// The note of the sign-off that is asked for.
fn remark_of(effects: &[Effect]) -> Option<&str> {
    match effects {
        [Effect::Work(Work::Attest { note, .. })] => note.as_deref(),
        other => panic!("one sign-off, not {other:?}"),
    }
}

/// Both fields are always in view, Up and Down lead from one to the other, and a remark can be corrected and emptied.
#[test]
fn a_remark_is_corrected_and_emptied_before_it_is_signed() {
    let mut model = read(&written(), StepId::Rota);
    press(&mut model, Key::Enter);
    type_text(&mut model, "sen");
    let seen = crate::screen::paint::seen(&model);
    assert!(seen.contains("\n Remark (optional): sen\n Type yes to sign:\n"), "{seen}");
    press(&mut model, Key::Down);
    let seen = crate::screen::paint::seen(&model);
    assert!(seen.contains("\n Remark (optional): sen\n Type yes to sign:\n"), "{seen}");
    assert!(seen.contains("Shift-Tab correct the remark"), "{seen}");
    press(&mut model, Key::Up);
    type_text(&mut model, "x");
    press(&mut model, Key::Ctrl('u'));
    press(&mut model, Key::Enter);
    assert!(crate::screen::paint::seen(&model).contains("Shift-Tab add a remark"));
    type_text(&mut model, "yes");
    assert_eq!(remark_of(&press(&mut model, Key::Enter)), None);
}

/// Whoever comes back to a sign-off with a remark only types yes.
#[test]
fn yes_after_a_remark_signs_with_it() {
    let mut model = read(&written(), StepId::Rota);
    press(&mut model, Key::Enter);
    type_text(&mut model, "ticket 17");
    press(&mut model, Key::Esc);
    assert_eq!(model.status.as_deref(), Some("Your remark is kept here until you come back."));
    press(&mut model, Key::Enter);
    type_text(&mut model, "yes");
    assert_eq!(remark_of(&press(&mut model, Key::Enter)), Some("ticket 17"));
}

/// A sign-off that was given can be given again with another remark, or without one.
#[test]
fn the_remark_of_a_sign_off_is_corrected_later() {
    let mut signed = done();
    signed.journal.sign_offs.iter_mut().for_each(|said| said.note = Some("tiket 17".to_owned()));
    for (typed, remark) in [("ticket 17", Some("ticket 17")), ("", None)] {
        let mut model = read(&signed, StepId::Rota);
        assert!(crate::screen::paint::words(&model, (120, 24)).contains("a withdraw or correct"));
        press(&mut model, Key::Char('a'));
        assert!(crate::screen::paint::seen(&model).contains("Tab correct its remark"));
        press(&mut model, Key::Tab);
        assert!(crate::screen::paint::seen(&model).contains("Remark (optional): tiket 17"));
        press(&mut model, Key::Ctrl('u'));
        type_text(&mut model, typed);
        // It is kept while the person looks something up.
        press(&mut model, Key::Esc);
        press(&mut model, Key::Char('a'));
        if !typed.is_empty() {
            assert!(crate::screen::paint::seen(&model).contains("Shift-Tab correct the remark"));
        }
        assert_eq!(remark_of(&sign(&mut model)), remark);
    }
}

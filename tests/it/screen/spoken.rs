//! Line mode uses the same models as the pictures: everything on the full screen can be said in plain words and asked
//! for, and typed lines reach every binding in the table of keys.
use crate::screen::models::SECRET;
use crate::screen::pictures::all;
use crate::screen::setups;
use last_resort::engine::judge::Verdict;
use last_resort::line::{
    ListingBlock, PromptAnswer, PromptKind, answer, begun, detail, help, listing, prompt, steps, waits,
};
use last_resort::tui::keys::{Key, footer, key_table, key_tables};
use last_resort::tui::model::{Model, Screen, Size};
use last_resort::tui::msg::{Intent, Msg};
use last_resort::tui::script::Script;
use last_resort::tui::update::update;
use std::collections::BTreeMap;

/// Returns the models as line mode uses them. If the help is open, the screen under it is used.
fn models() -> Vec<(String, Model)> {
    let size = Size { columns: 3900, rows: 3900 };
    let plain = |model| Model { script: Script::Unicode, size, help: None, ..model };
    all().into_iter().map(|(name, model)| (name.to_string(), plain(model))).collect()
}

/// Returns everything that line mode can print for a model.
fn said(model: &Model) -> Vec<String> {
    let listing = listing(model);
    let mut said = vec![listing.title, begun(model)];
    for block in listing.blocks {
        said.extend(block.heading);
        said.extend(block.lines.into_iter().map(|line| line.printed()));
    }
    let prompt = prompt(model);
    said.extend(help(model, &prompt));
    said.push(prompt.words);
    said.extend(steps(model));
    said.extend(detail(model));
    said
}

#[test]
fn everything_is_said_in_plain_words() {
    let for_the_eye = |c: char| {
        c.is_control() || matches!(c, '\u{2500}'..='\u{25ff}' | '\u{2800}'..='\u{28ff}') || "✓✗⊘▸→".contains(c)
    };
    let mut lines = 0;
    for (name, model) in models() {
        for line in said(&model) {
            assert!(!line.contains(for_the_eye), "{name}: {line:?}");
            assert!(!line.contains("   "), "{name}: a gap for the eye in {line:?}");
            for secret in [SECRET, setups::ALMA_SECRET, setups::ILLIAD_SECRET] {
                assert!(!line.contains(&secret[..9]), "{name}: a key in {line:?}");
            }
            lines += 1;
        }
    }
    assert!(lines > 2000, "{lines}");
}

#[test]
fn every_screen_has_a_title_and_asks_or_waits() {
    for (name, model) in models() {
        assert!(!listing(&model).title.trim().is_empty() || waits(&model), "{name}");
        let asked = prompt(&model);
        let named = ["help", "< back", "/q quit"].iter().any(|words| asked.words.contains(words));
        assert!(named || waits(&model) || model.leaving.is_some(), "{name}: {}", asked.words);
        let can_act = asked.enter.is_some() || asked.kind != PromptKind::Menu || asked.offers.len() > 2;
        assert!(can_act || waits(&model) || model.leaving.is_some(), "{name}: nothing to do but {}", asked.words);
    }
}

/// Returns the lines that stand for a key somewhere.
fn spellings(key: Key) -> Vec<String> {
    let name = key.name().to_lowercase();
    let mut all = vec![key.name().into_owned(), format!("/{name}"), name];
    all.extend(["", "<", "<<", ">", ">>"].map(str::to_owned));
    all
}

/// Whether a typed line leads to an intent.
fn leads_to(model: &Model, line: &str, intent: Intent) -> bool {
    match answer(model, &prompt(model), line) {
        PromptAnswer::Send(msgs) | PromptAnswer::Instead(_, msgs) | PromptAnswer::Value(msgs) => {
            msgs.contains(&Msg::Key(intent))
        }
        PromptAnswer::Help => intent == Intent::Help,
        PromptAnswer::List | PromptAnswer::Steps | PromptAnswer::No(_) => false,
    }
}

#[test]
fn every_line_of_the_table_is_within_reach_of_a_typed_line() {
    let models = models();
    let mut reached = 0;
    // Line mode prints the help without opening it, and asks nothing while a write is in flight.
    for table in key_tables().filter(|table| !matches!(table.of, "help" | "writing")) {
        for binding in table.bindings() {
            let mut at = models.iter().filter(|(_, model)| key_table(model) == table);
            let lines: Vec<String> = binding.keys.iter().copied().flat_map(spellings).chain(["?".to_owned()]).collect();
            let within = at.any(|(_, model)| lines.iter().any(|line| leads_to(model, line, binding.intent)));
            assert!(within, "{:?} on {} is out of reach", binding.intent, table.of);
            reached += 1;
        }
    }
    assert!(reached > 80, "{reached}");
}

/// What a menu takes as a command becomes no answer elsewhere, and a remark's prompt says that `yes` signs.
#[test]
fn a_command_is_no_text_by_accident() {
    let (mut fields, mut remarks) = (0, 0);
    for (name, model) in models().into_iter().filter(|(_, model)| model.leaving.is_none() && !waits(model)) {
        let asked = prompt(&model);
        if matches!(asked.kind, PromptKind::Menu) {
            continue;
        }
        fields += 1;
        for word in ["q", "l"] {
            let answer = answer(&model, &asked, word);
            assert!(
                matches!(&answer, PromptAnswer::No(why) if why.contains(&format!("/{word} "))),
                "{name}: {answer:?}"
            );
        }
        if leads_to(&model, "yes", Intent::Enter) && asked.words.contains("Remark") && asked.enter.is_some() {
            remarks += usize::from(asked.words.contains("; yes: sign"));
        }
    }
    assert!(fields > 20 && remarks > 0, "{fields} {remarks}");
}

/// The search lists what it found, numbered and no more than a screen of it, and `v` means the value wherever there is one.
#[test]
fn the_search_lists_its_matches_and_a_number_chooses_one() {
    let (_, mut model) = models().into_iter().find(|(name, _)| name == "find").expect("a search");
    let lines = |model: &Model| -> Vec<String> {
        listing(model).blocks.into_iter().flat_map(|block| block.lines).map(|line| line.words).collect()
    };
    assert_eq!(lines(&model), ["Type part of a name, key or value."]);
    assert_eq!(prompt(&model).enter, None, "nothing was looked for yet");
    let type_in = |model: &mut Model, text: &str| match answer(model, &prompt(model), text) {
        PromptAnswer::Send(msgs) => msgs.into_iter().for_each(|msg| drop(update(model, msg))),
        other => panic!("{other:?}"),
    };
    type_in(&mut model, "a");
    let many = lines(&model);
    assert!(many.len() == 16 && many[15].starts_with("… and "), "{many:?}");
    type_in(&mut model, "default loc");
    let few = lines(&model);
    assert!(few.len() > 1 && few[1].starts_with("2. "), "{few:?}");
    type_in(&mut model, "2");
    let selected = model.campus.as_ref().and_then(|campus| campus.finding()).map(|finding| finding.label.clone());
    assert!(few[1].contains(&selected.expect("a value")), "{few:?}");
    for (name, model) in models().into_iter().filter(|(_, model)| matches!(model.screen, Screen::Steps(_))) {
        let details = answer(&model, &prompt(&model), "v");
        assert!(details == PromptAnswer::Value(Vec::new()) || waits(&model), "{name}: {details:?}");
    }
}

/// Both modes offer the same: the prompt names every key of the full screen's footer, with what is typed for it.
#[test]
fn a_prompt_offers_what_the_footer_of_the_full_screen_offers() {
    let mut compared = 0;
    for (name, model) in models().into_iter().filter(|(_, model)| model.leaving.is_none()) {
        let (asked, footer) = (prompt(&model), footer(&model));
        for of in &footer {
            // What the arrows choose from in a list is chosen by its number, and the prompt says how many there are.
            if let (Intent::Down, PromptKind::Choose(n)) = (of.intent, &asked.kind) {
                assert!(asked.words.contains(&format!(", {n} to {} from)", of.words)), "{name}: {}", asked.words);
                continue;
            }
            let offered = asked.offers.iter().any(|offer| offer.intent == of.intent && offer.words == of.words);
            assert!(offered, "{name}: {} {} is not among {}", of.key.name(), of.words, asked.words);
        }
        for offer in &asked.offers {
            let shown = footer.iter().any(|of| of.intent == offer.intent);
            assert!(shown || offer.intent == Intent::Previous, "{name}: only line mode offers {}", offer.words);
            // Enter alone is what the prompt says in brackets.
            if offer.typed.is_empty() {
                continue;
            }
            assert!(asked.words.contains(&format!("{} {}", offer.typed, offer.words)), "{name}: {}", asked.words);
            let quits = offer.intent == Intent::Interrupt;
            let leads = leads_to(&model, &offer.typed, if quits { Intent::Quit } else { offer.intent });
            assert!(leads || (quits && offer.typed == "Ctrl-C"), "{name}: {} of {}", offer.typed, asked.words);
            compared += 1;
        }
    }
    assert!(compared > 500, "{compared}");
}

/// A key is named as it is typed: line mode has no Esc and no arrows.
#[test]
fn line_mode_names_no_key_of_the_full_screen() {
    let keys = ["Esc", "PgDn", "PgUp", "Tab", "Shift-Tab", "Left/Right", "Up", "Down", "F1", "F2", "F3"];
    for (name, model) in models() {
        for line in said(&model) {
            let mut words = line.split(|c: char| !c.is_alphanumeric() && !"-/".contains(c));
            let named = words.find(|word| keys.contains(word));
            assert_eq!(named, None, "{name}: {line}");
        }
    }
}

/// `q` by itself is no path and no remark.
#[test]
fn a_lone_q_is_not_taken_for_a_text() {
    for (name, model) in models().into_iter().filter(|(_, model)| model.entry().is_some()) {
        let asked = prompt(&model);
        if matches!(asked.kind, PromptKind::Choose(_)) || matches!(model.screen, Screen::Find(_) | Screen::PasteBack(_))
        {
            continue;
        }
        assert!(matches!(answer(&model, &asked, "q"), PromptAnswer::No(_)), "{name}");
    }
}

/// An action of a menu has the letter of the full screen; 1 is what Enter does. So no action moves when another comes or goes.
#[test]
fn what_is_typed_for_an_action_is_the_same_in_every_state_of_a_screen() {
    let mut typed: BTreeMap<(&str, String), String> = BTreeMap::new();
    let mut counted = 0;
    for (name, model) in models().into_iter().filter(|(_, model)| model.leaving.is_none()) {
        let asked = prompt(&model);
        if asked.kind != PromptKind::Menu {
            continue;
        }
        for offer in &asked.offers {
            let key = (key_table(&model).of, format!("{:?}", offer.intent));
            let before = typed.entry(key).or_insert_with(|| offer.typed.clone());
            assert_eq!(*before, offer.typed, "{name}: {}", asked.words);
            assert_eq!(offer.typed == "1", offer.intent == Intent::Enter, "{name}: {}", asked.words);
        }
        assert!(matches!(answer(&model, &asked, "99"), PromptAnswer::No(_)), "{name}: {}", asked.words);
        // Scripts answer by number: the actions are counted from 1, and copying comes before pasting back.
        let by_number = |number: usize| match answer(&model, &asked, &number.to_string()) {
            PromptAnswer::Send(sent) => sent.into_iter().next(),
            _ => None,
        };
        let sent: Vec<Msg> = (1..30).map_while(by_number).collect();
        let place = |of: Intent| sent.iter().position(|msg| *msg == Msg::Key(of));
        if let (Some(copy), Some(paste)) = (place(Intent::Copy), place(Intent::PasteBack)) {
            assert!(copy < paste, "{name}: {}", asked.words);
            counted += 1;
        }
    }
    assert!(counted > 3, "{counted}");
    assert!(typed.len() > 40, "{typed:?}");
}

#[test]
fn what_is_said_does_not_hang_on_the_characters_of_a_script() {
    for (name, model) in models() {
        let ascii = Model { script: Script::Ascii, ..model.clone() };
        assert_eq!(said(&model), said(&ascii), "{name}");
        assert_eq!((listing(&model), prompt(&model)), (listing(&ascii), prompt(&ascii)), "{name}");
        assert_eq!(waits(&model), waits(&ascii), "{name}");
    }
}

/// Texts that look like what the full screen draws or like what line mode prints.
const ODD: [&str; 12] = [
    "✗ wrong",
    "▸ chosen",
    "⠋ Reading",
    "───",
    "1 Enter this",
    "Problem: none",
    "wanted",
    "wanted: x",
    "asked: /x",
    "a → b · c",
    "Enter records it",
    "…",
];

/// Names and headings from the recipe are printed unchanged, whatever they look like.
#[test]
fn line_mode_follows_a_change_of_wording() {
    let (mut differing, mut wanted) = (0, 0);
    for (name, mut model) in models().into_iter().filter(|(_, model)| matches!(model.screen, Screen::Steps(_))) {
        let Some(campus) = &mut model.campus else { continue };
        for standing in &mut campus.steps {
            standing.report.title = "Find it: ✗ here".to_owned();
            for (at, finding) in standing.report.findings.iter_mut().enumerate() {
                finding.label = ODD[at % ODD.len()].to_owned();
                finding.group = format!("{} {}", at / 3 + 1, ODD[at / 3 % ODD.len()]);
                finding.want = Some(ODD[(at + 5) % ODD.len()].to_owned());
                finding.got = Some(ODD[(at + 8) % ODD.len()].to_owned());
            }
        }
        let listing = listing(&model);
        assert!(listing.title.contains("Find it: ✗ here"), "{name}: {}", listing.title);
        let campus = model.campus.as_ref().expect("a campus");
        let (findings, read) = (&campus.here().report.findings, campus.here().read.is_some());
        for heading in findings.iter().map(|finding| &finding.group) {
            let is_heading = |block: &ListingBlock| block.heading.as_ref().is_some_and(|is| is.starts_with(heading));
            assert!(listing.blocks.iter().any(is_heading), "{name}: {heading}");
        }
        let lines: Vec<&String> =
            listing.blocks.iter().flat_map(|block| &block.lines).map(|line| &line.words).collect();
        for (at, finding) in findings.iter().enumerate() {
            let start = format!("{}. {}: ", at + 1, finding.label);
            let line = lines.iter().find(|line| line.starts_with(&start)).unwrap_or_else(|| panic!("{name}: {start}"));
            let (want, got) = (finding.want.as_deref().unwrap_or_default(), finding.got.as_deref().unwrap_or_default());
            let of_procedure = model.recipe().field(&finding.key).is_some();
            match finding.verdict {
                Verdict::Differs(_) if read => {
                    assert!(line.ends_with(&format!("Wanted: {want}; found: {got}")), "{name}: {line}");
                    differing += 1;
                }
                Verdict::Same(_) | Verdict::Attested(_) if read => {}
                _ if of_procedure => {
                    assert!(line.contains(&format!(". Wanted: {want}")), "{name}: {line}");
                    wanted += 1;
                }
                _ => {}
            }
        }
        if let Some(chosen) = campus.finding() {
            let number = campus.picked(campus.at) + 1;
            let place = format!("Find it: ✗ here, value {number} {} (letter): ", chosen.label);
            assert!(prompt(&model).words.starts_with(&place), "{name}: {}", prompt(&model).words);
            assert!(detail(&model).iter().all(|line| !line.is_empty()), "{name}");
        }
    }
    assert!(differing > 3 && wanted > 100, "{differing} {wanted}");
}

//! last-resort: makes ILLiad the resource-sharing partner of last resort in Ex Libris Alma.
//!
//! # One idea
//! The procedure is data: `assets/recipe.toml` holds 61 fields, each written once. Guide, form, check, plan, apply, report, help and
//! tab order are derived from it.
//!
//! # The map
//! Keys and replies enter through [`tui`], [`mod@line`] or [`command`]. These call the operations in [`drive`], which use the traits in
//! [`ports`]. The adapters in [`io`] implement those traits and talk to Alma, ILLiad, the keyring and files. Observations come back,
//! [`engine`] turns them into verdicts, and the screen shows the verdicts.
//!
//! | module | what it is | may use |
//! |---|---|---|
//! | [`failure`], [`secret`], [`text`] | failures with their exit codes; API keys; the characters that may be shown | nothing |
//! | [`site`] | a campus file, from draft to accepted | failure, secret |
//! | [`recipe`] | the procedure | site |
//! | [`engine`] | pure judgement: verdicts, plan, value cards, reports, checks of pasted ([`engine::lint`]) and exported values ([`crate::engine::import`]) | recipe, site, secret, failure |
//! | [`ports`] | traits for everything outside | engine, recipe, site, secret, failure |
//! | [`drive`] | the operations: gather, check, plan, apply, undo, attest, show, prove, clean, forecast | ports, engine, recipe, site, secret, failure, text |
//! | [`io`] | one adapter for each port | ports, engine's data types, recipe, site, secret, failure |
//! | [`sim`] | the embedded Alma and ILLiad | nothing, so that a bug in a client cannot hide itself |
//! | [`tui`] | model, messages, update (pure), view (only draws), runtime (the only async part) | engine, recipe, site, secret, failure |
//! | [`mod@line`] | line mode: the same model as numbered prompts that only append output | tui, engine, recipe, site, failure, text |
//! | [`cli`] | the command line as types | recipe (for its words) |
//! | [`command`] | connects the real adapters, prints, exits | everything |
//!
//! `tests/it/house` scans the sources and fails if a module uses anything else.
//!
//! # One word for each thing
//! | word | means |
//! |---|---|
//! | observation | what a system replied: a value, empty, no record, masked, or unread with a reason |
//! | evidence | what a person pasted or imported, or what a proof showed |
//! | sign-off | a person's confirmation, with name and time |
//! | finding, verdict | one judged value; the judgement |
//! | check, plan, apply, undo, prove | the operations |
//! | journal entry, journal event | a line of the journal, with time and person; what happened |
//! | probe, twin; chain | the test requests in ILLiad; the proof that starts in Alma |
//! | hand-off, report, forecast, set-up, campus, environment | as users read them |
//!
//! `tests/it/house/names.rs` forbids other words for these things.
//!
//! # Invariants
//! - A [`recipe::FieldKey`] identifies a value, a label never does: the same label occurs with opposite meanings.
//! - "Could not look" is an observation ([`crate::engine::observed::UnreadReason`]). It is never "missing" and never an error.
//! - A [`crate::engine::judge::Verdict`] carries its evidence. A step's state is computed from its findings and never stored.
//! - A sign-off never hides evidence. A sign-off that evidence contradicts is [`crate::engine::judge::Verdict::Contradicted`] until
//!   newer evidence agrees.
//! - Only a typed campus code makes a [`crate::engine::plan::Consent`]. Nothing is written, created or set without one, and only a
//!   [`ports::AlmaWrite`] can write. There is no dry-run flag.
//! - Only [`crate::engine::journal::JournalFacts::fold`] turns the journal into sign-offs, evidence, key writes and proofs. After
//!   writing to the journal, fold it again before judging.
//! - An operation has one result ([`crate::engine::results::CheckResult`], [`crate::engine::results::ApplyResult`],
//!   [`crate::engine::results::ProofRun`]). The screen, line mode and JSON all get the same one.
//! - A test request ([`drive::Prover`]) is in the journal before it is created. It counts as cancelled only after it was read back as
//!   cancelled.
//! - The export key never stays in a record's JSON: [`io`] removes it on reading and puts it back on writing.
//! - Deliberately absent: a list of fields outside the recipe, retries of writes, followed redirects, keys in URLs, a frame clock.
//!
//! # Three journeys
//! What happens, file by file. Read these in order to understand the program; `tests/it/house/journeys.rs` checks that each file exists.
//!
//! ## From a key press to a redraw
//! Somebody presses Down on a step.
//! 1. `tui/runtime/source.rs` waits for the terminal and reads one event.
//! 2. `tui/runtime/events.rs` collects what came with it, and tells keys, pastes and the mouse apart.
//! 3. `tui/runtime/input.rs` is the result: one `UserInput`.
//! 4. `tui/runtime/run.rs` is the loop. It asks what the key means, updates the model, starts work, and draws.
//! 5. `tui/keys/pressed.rs` finds the `Intent` of the key.
//! 6. `tui/keys/binding.rs` is what it searches: keys, intent, words for the footer and the help.
//! 7. `tui/screen/steps/keys.rs` is the table of this screen.
//! 8. `tui/msg.rs` is the message, `Msg::Key(Intent::Down)`, and the effects that may come back.
//! 9. `tui/update/message.rs` takes every message.
//! 10. `tui/screen/dispatch.rs` leads to the current screen.
//! 11. `tui/screen/list.rs` is the list of screens that it is made from.
//! 12. `tui/screen/behaviour.rs` is what a screen can answer for.
//! 13. `tui/screen/steps/update.rs` moves the choice.
//! 14. `tui/model/campus.rs` holds the choice, beside the reports.
//! 15. `tui/page/viewport.rs` scrolls so that the choice stays in view, and asks the screen for its rows.
//! 16. `tui/screen/steps/page.rs` gives the rows.
//! 17. `tui/row.rs` is a row: its kind, its pieces and their tones.
//! 18. `tui/view.rs` puts the rows on the screen.
//! 19. `tui/theme.rs` gives each tone its look.
//! 20. `tui/backend/wire.rs` sends only what changed to the terminal.
//!
//! ## From an answer of Alma to a verdict
//! `check partner` reads the partner record.
//! 1. `drive/campus_ops.rs` is the operation: look, judge, journal.
//! 2. `drive/gather.rs` reads what the steps need, all at once.
//! 3. `ports.rs` is the trait `AlmaRead` that it reads through.
//! 4. `io/alma/read.rs` implements it: which path, and what "not there" looks like.
//! 5. `io/alma/client.rs` builds the request with the key, and sends it at the campus's pace.
//! 6. `io/http/repeat.rs` waits and repeats where that is safe, for example after a 429.
//! 7. `io/http/pace.rs` keeps to ten calls a second.
//! 8. `io/http/client.rs` sends one request and reads the answer up to a limit.
//! 9. `io/http/reply.rs` is the answer as it came.
//! 10. `io/alma/answer.rs` tells a record from a refusal and from anything else.
//! 11. `io/http/decode.rs` reads JSON, whatever the content type says.
//! 12. `io/alma/refusal.rs` turns an error code into a reason and a next step.
//! 13. `io/alma/key.rs` takes the export key out of the record.
//! 14. `engine/observed.rs` is the result: a value, not there, or unread with the reason.
//! 15. `engine/journal/facts.rs` folds the journal: sign-offs, evidence, proofs.
//! 16. `engine/judge/snapshot.rs` holds all of that together.
//! 17. `engine/judge/verify.rs` goes through the steps.
//! 18. `recipe/types.rs` is a step with its fields.
//! 19. `engine/judge/access.rs` says whether the record can be compared at all.
//! 20. `engine/judge/wanted.rs` says what the campus should have.
//! 21. `engine/judge/identify.rs` finds the code behind a name.
//! 22. `engine/judge/compare.rs` compares the two.
//! 23. `engine/judge/field.rs` makes the finding of one field.
//! 24. `engine/judge/verdict.rs` is the verdict with its evidence, and the report.
//! 25. `engine/results.rs` is the result that the screen, line mode and JSON get.
//!
//! ## From `apply` to the PUT and the journal
//! 1. `cli.rs` is the command line.
//! 2. `command/dispatch.rs` chooses the command, and makes the consent from `--confirm`.
//! 3. `command/session.rs` connects the adapters, and takes the lock for writing.
//! 4. `command/apply.rs` plans, confirms, applies and prints.
//! 5. `drive/campus_ops.rs` reads both systems for the plan.
//! 6. `engine/plan/make.rs` works out what would change.
//! 7. `engine/plan/merge.rs` puts the changes into the record as Alma gave it.
//! 8. `engine/plan/types.rs` is the plan: `Plan<Draft>`, then `Plan<Confirmed>`.
//! 9. `engine/plan/consent.rs` is what confirms it.
//! 10. `drive/apply.rs` reads the record again, journals, writes, reads back.
//! 11. `engine/plan/preflight.rs` lists what speaks against the write.
//! 12. `io/files/images.rs` keeps the record as it was before.
//! 13. `engine/journal/entry.rs` is the event that is journaled before and after the write.
//! 14. `io/files/journal.rs` appends it, whole or not at all.
//! 15. `ports.rs` is the trait `AlmaWrite`: no value of it, no write.
//! 16. `io/alma/write.rs` sends the PUT.
//! 17. `io/alma/key.rs` puts the export key into the body.
//! 18. `io/http/repeat.rs` never repeats a write whose outcome is unknown.
//! 19. `engine/plan/rejected.rs` says which value Alma refused.
//! 20. `engine/results.rs` is the result, with the report on the record as it is now.
//!
//! # How to add a step or a field
//! Add its rows to `assets/recipe.toml`. Rust changes only for a new kind of expectation ([`recipe::Expectation`]), a new resource
//! ([`recipe::Resource`]) or a new comparison. Each is a closed enum, and the compiler shows every `match` to extend.
//!
//! # Sources of facts
//! Comments cite three files by section: `facts/alma.md` is `src/io/alma/facts.md`, `facts/illiad.md` is `src/io/illiad/facts.md`, and
//! `CONTRACT.md` is included below. `tests/it/house/citations.rs` checks each citation.
#![doc = include_str!("CONTRACT.md")]
pub mod cli;
pub mod command;
pub mod drive;
pub mod engine;
pub mod failure;
pub mod io;
pub mod line;
pub mod ports;
pub mod recipe;
pub mod secret;
pub mod sim;
pub mod site;
pub mod text;
pub mod tui;

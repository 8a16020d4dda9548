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
//! | [`failure`] | failures with their exit codes | nothing |
//! | [`secret`] | API keys | text |
//! | [`text`] | the characters that may be shown, and the shapes of keys | nothing |
//! | [`site`] | a campus file, from draft to accepted | failure, secret, text |
//! | [`recipe`] | the procedure | site |
//! | [`engine`] | pure judgement, in rooms: verdicts, plan, value cards, reports, checks of pasted and exported values | recipe, site, secret, text |
//! | [`ports`] | traits for everything outside | engine, recipe, site, secret, failure |
//! | [`drive`] | the operations: gather, check, plan, apply, undo, attest, show, prove, clean, forecast | ports, engine, recipe, site, secret, failure, text |
//! | [`io`] | one adapter for each port; the engine's types only | ports, engine, recipe, site, secret, failure, text |
//! | [`sim`] | the embedded Alma and ILLiad; client and simulator cannot share a bug | nothing |
//! | [`tui`] | model, messages, update (pure), view (only draws), runtime (the only async part) | engine, recipe, site, secret, failure, text |
//! | [`mod@line`] | line mode: the same model as prompts that only append output | tui, drive, ports, engine, recipe, site, secret, failure, text |
//! | [`cli`] | the command line as types | recipe, site, text |
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
//! | probe, twin; chain | the "test request" and the "control request" in ILLiad, as screens call them; the proof that starts in Alma |
//! | hand-off, report, forecast, set-up, campus, environment | as users read them |
//!
//! `tests/it/house/names.rs` forbids other words for these things. [`text`] has the style of sentences for users.
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
//! - Only a request that was read where it was made, with our token and patron ([`crate::engine::probe::Ours`]), is routed, noted or
//!   cancelled. What was seen in one ILLiad, zone or environment counts nowhere else ([`crate::engine::journal::Target`]).
//! - A row of a list only says which request to read. How a request stands in ILLiad is known from a read by its number
//!   ([`crate::engine::observed::NumberedRequest`]); only that proves, contradicts or ends anything.
//! - A request carries our token only where its title is marked as a test or its `CitedIn` is ours, and only a
//!   [`crate::engine::journal::ProbeToken`] is a token. A line of the journal with another one is damaged.
//! - A test request ([`drive::Prover`]) is in the journal before it is created. It counts as cancelled only after it was read back as
//!   cancelled.
//! - The export key never stays in a record's JSON: [`io`] removes it on reading and puts it back on writing.
//! - Deliberately absent: a list of fields outside the recipe, retries of a write that may have been carried out, followed redirects,
//!   keys in URLs, a frame clock.
//!
//! # Three journeys
//! What happens, file by file, in the order in which it happens. `tests/it/house/journeys.rs` checks that each file exists.
//!
//! ## From a key press to a redraw
//! Somebody presses Down on a step.
//! 1. `tui/runtime/source.rs` waits for the terminal and reads one event.
//! 2. `tui/runtime/events.rs` collects what came with it, and makes a batch of keys, pastes and clicks.
//! 3. `tui/runtime/run.rs` is the loop: it takes the batch, updates the model, starts work, and draws.
//! 4. `tui/keys/pressed.rs` is asked what the key means here.
//! 5. `tui/screen/dispatch.rs` forwards to the code of the current screen.
//! 6. `tui/screen/list.rs` is the list of screens that the dispatch is made from.
//! 7. `tui/screen/steps/keys.rs` is the key table of this screen.
//! 8. `tui/keys/binding.rs` is a binding in it: keys, `Intent`, words for the footer and the help.
//! 9. `tui/msg.rs` is the message that the loop now sends: `Msg::Key(Intent::Down)`.
//! 10. `tui/update/message.rs` takes every message.
//! 11. `tui/screen/behaviour.rs` is the interface that every screen implements.
//! 12. `tui/screen/steps/update.rs` implements it for the steps, and moves the selection.
//! 13. `tui/model/campus.rs` holds the selection, beside the reports.
//! 14. `tui/page/viewport.rs` has the screen scroll until the selection is in view. Then the loop draws.
//! 15. `tui/view.rs` draws header, steps, rows and footer.
//! 16. `tui/screen/steps/page.rs` gives the rows of this screen.
//! 17. `tui/screen/steps/finding.rs` gives the rows of one value.
//! 18. `tui/parts/sheet.rs` is what every page returns: head, body and foot.
//! 19. `tui/row.rs` is a row: its kind, its pieces and their tones.
//! 20. `tui/backend/wire.rs` sends only what changed to the terminal.
//!
//! ## From an answer of Alma to a verdict
//! `check partner` reads the partner record.
//! 1. `drive/campus_ops.rs` is the operation: read, judge, journal.
//! 2. `engine/journal/facts.rs` folds the journal first: sign-offs, evidence, proofs.
//! 3. `drive/gather.rs` reads what the steps need, all at once.
//! 4. `ports.rs` is the trait `AlmaRead` that it reads through.
//! 5. `io/alma/read.rs` implements it: which path, and what "not there" looks like.
//! 6. `io/alma/client.rs` builds the request with the key.
//! 7. `io/http/repeat.rs` sends it, and waits and repeats where that is safe, for example after a 429.
//! 8. `io/http/client.rs` sends one request and reads the answer up to a limit.
//! 9. `io/http/pace.rs` makes it wait for its turn: ten calls a second.
//! 10. `io/http/reply.rs` is the answer: status, body and the few headers that matter.
//! 11. `io/alma/refusal.rs` tells a limit from other refusals, and knows the next step for each code.
//! 12. `io/alma/answer.rs` tells a record from a refusal and from anything else.
//! 13. `io/http/decode.rs` reads JSON, whatever the content type says.
//! 14. `io/alma/key.rs` takes the export key out of the record.
//! 15. `engine/observed/observation.rs` is the observation: a value, not there, or unread with the reason.
//! 16. `engine/judge/snapshot.rs` holds all observations of a check, and the facts of the journal.
//! 17. `drive/settle.rs` finds out from it how an earlier write ended, if that was unknown.
//! 18. `engine/judge/verify.rs` goes through the steps.
//! 19. `recipe/types.rs` is a step with its fields.
//! 20. `engine/judge/field.rs` makes the finding of one field.
//! 21. `engine/judge/wanted.rs` says what the campus should have; `identify.rs` beside it looks up the codes of locations and the like.
//! 22. `engine/judge/access.rs` says whether there is a record to compare with.
//! 23. `engine/judge/compare.rs` compares the two.
//! 24. `engine/judge/verdict.rs` is the verdict with its evidence, and the report.
//! 25. `engine/results.rs` is the result that the screen, line mode and JSON get.
//!
//! ## From `apply` to the PUT and the journal
//! 1. `cli.rs` is the command line.
//! 2. `command/dispatch.rs` chooses the command.
//! 3. `engine/plan/consent.rs` is what it makes of `--confirm`.
//! 4. `command/session.rs` connects the adapters.
//! 5. `command/apply.rs` asks for the writer, plans, confirms the plan, applies it and prints the result.
//! 6. `io/files/lock.rs` is the lock that comes with the writer, so that nobody else writes.
//! 7. `drive/campus_ops.rs` reads both systems and judges them, as in the journey before.
//! 8. `engine/plan/make.rs` works out what would change.
//! 9. `engine/plan/export_key.rs` decides whether the key is among it.
//! 10. `engine/plan/types.rs` is the plan: `Plan<Draft>`, then `Plan<Confirmed>`.
//! 11. `drive/apply.rs` applies it: looks for objections, reads the record again, journals, writes, reads back.
//! 12. `engine/plan/preflight.rs` finds the objections.
//! 13. `engine/plan/merge.rs` puts the changes into the record as Alma gave it.
//! 14. `io/files/journal.rs` keeps the records and appends the events; a line cut short by a kill is skipped when it is read.
//! 15. `io/files/saved_records.rs` keeps the record as it was, and as it is sent.
//! 16. `engine/journal/entry.rs` is the event that is appended before and after the write.
//! 17. `ports.rs` is the trait `AlmaWrite`: only code that holds a writer can write.
//! 18. `io/alma/write.rs` sends the PUT, on the same way as a read, and never repeats one whose outcome is unknown.
//! 19. `io/alma/key.rs` puts the export key into the body.
//! 20. `engine/results.rs` is the result, with the report on the record as it was read back.
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

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

//! last-resort: makes ILLiad the resource-sharing partner of last resort in Ex Libris Alma.
//!
//! # One idea
//! The procedure is data: `assets/recipe.toml`, 61 fields, each written down once. Guide, form, check, plan, apply, report, help and
//! tab order are derived from it.
//!
//! # The map
//! Keys and replies go in, through [`tui`], [`mod@line`] or [`command`], to the verbs in [`drive`], over the traits in [`ports`], to the adapters in
//! [`io`] and so to Alma, ILLiad, the keyring and files. Observations come back, [`engine`] turns them into verdicts, and those are drawn.
//!
//! | module | what it is | may know |
//! |---|---|---|
//! | [`failure`], [`secret`], [`text`] | failures with their exit codes; keys; which characters may be shown | nobody |
//! | [`site`] | a campus file: draft to accepted | failure, secret |
//! | [`recipe`] | the procedure | site |
//! | [`engine`] | pure judgement: verdicts, plan, value cards, reports, what was pasted ([`engine::lint`]) or exported ([`crate::engine::import`]) | recipe, site, secret, failure |
//! | [`ports`] | traits of the outside | engine, recipe, site, secret, failure |
//! | [`drive`] | the verbs: gather, check, plan, apply, undo, attest, show, prove, clean, forecast | ports, engine, recipe, site, secret, failure, text |
//! | [`io`] | one adapter a port | ports, engine's data types, recipe, site, secret, failure |
//! | [`sim`] | the embedded Alma and ILLiad | nobody, so that a client bug cannot cancel itself |
//! | [`tui`] | model, messages, update (pure), view (draws only), runtime (the only async) | engine, recipe, site, secret, failure |
//! | [`mod@line`] | line mode: the same model as numbered prompts that only append | tui, engine, recipe, site, failure, text |
//! | [`cli`] | the command line as types | recipe's words |
//! | [`command`] | puts real adapters together, prints, exits | all |
//!
//! `tests/it/house` scans the sources and fails where this is not so.
//!
//! # One word a thing
//! | word | means |
//! |---|---|
//! | observation | what a system answered: a value, empty, no record, masked, unread with a reason |
//! | evidence | what a person pasted or imported, or what a proof showed |
//! | sign-off | a person's word, with who and when |
//! | finding, verdict | one value judged; how |
//! | check, plan, apply, undo, prove | the operations |
//! | journal entry, journal event | a line of the journal, with its time and person; what happened |
//! | probe, twin; chain | the test requests in ILLiad; the proof from Alma on |
//! | hand-off, report, forecast, set-up, campus, environment | as users read them |
//!
//! Words that lost are forbidden by `tests/it/house/names.rs`.
//!
//! # Invariants
//! - A label is never identity; a [`recipe::FieldKey`] is. Labels repeat with opposite meaning.
//! - "Could not look" is an observation ([`crate::engine::observed::UnreadReason`]), never "missing" and never an exception.
//! - A [`crate::engine::judge::Verdict`] carries its evidence; a step's state is folded from its findings, never stored.
//! - Only a typed campus code makes an [`crate::engine::plan::Consent`], and nothing is written, made or set without one; only a [`ports::AlmaWrite`]
//!   can write. There is no dry-run flag.
//! - Only [`crate::engine::journal::JournalFacts::fold`] turns the journal into sign-offs, evidence, key writes and proofs. Fold
//!   again after writing to the journal, before judging.
//! - An operation has one result ([`crate::engine::results::CheckResult`], [`crate::engine::results::ApplyResult`], [`crate::engine::results::ProofRun`]), carried unchanged to the screen,
//!   line mode and JSON.
//! - What is made to be watched ([`drive::Prover`]) stands in the journal before it is made, and is called cancelled only once it was
//!   read again as that.
//! - The export key never stays in a record's JSON: [`io`] takes it out on reading and puts it back on writing.
//! - Deliberately absent: a list of fields beside the recipe, a retry of a write, a redirect followed, a key in a URL, a frame clock.
//!
//! # How to add a step or a field
//! Add its rows to `assets/recipe.toml`. Rust changes only for a new kind of expectation ([`recipe::Expectation`]), a new resource
//! ([`recipe::Resource`]) or a new comparison; each is a closed enum whose `match` the compiler walks you through.
//!
//! # What is known, and what is promised
//! Comments cite three files by section: `facts/alma.md` stands in [`io`]'s `alma/facts.md`, `facts/illiad.md` in its `illiad/facts.md`,
//! and `CONTRACT.md` here. `tests/it/house/citations.rs` follows each citation.
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

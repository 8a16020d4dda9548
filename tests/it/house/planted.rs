//! Each rule against a violation planted for it, and against an innocent look-alike.
use super::shape::functions;
use super::source::{Source, blanked};
use super::wrong;
use rstest::rstest;

/// What the rules say of one file.
fn told(path: &str, text: &str) -> Vec<String> {
    let source = vec![Source::new(path, text)];
    if path.starts_with("src/") { wrong(&source, &[]) } else { wrong(&[], &source) }
}

#[rstest]
#[case::engine_knows_io("src/engine/x.rs", "use crate::io::Http;", "engine must not know io")]
#[case::in_a_group(
    "src/engine/x.rs",
    "use crate::{recipe::Recipe, drive::{CampusOps, Prover}};",
    "engine must not know drive"
)]
#[case::by_full_path(
    "src/recipe/x.rs",
    "fn f() -> last_resort::engine::plan::Plan { g() }",
    "recipe must not know engine"
)]
#[case::by_super("src/site/x.rs", "use super::super::recipe::Recipe;", "site must not know recipe")]
#[case::by_super_of_a_mod("src/site/mod.rs", "pub use super::ports::Clock;", "site must not know ports")]
#[case::deep_in_a_part("src/io/http/x.rs", "use super::super::super::tui::run;", "io must not know tui")]
#[case::values_know_nobody("src/secret.rs", "use crate::failure::Failure;", "secret must not know failure")]
#[case::sim_knows_nobody("src/sim/alma/x.rs", "use crate::text::value;", "sim must not know text")]
#[case::drive_knows_no_adapter("src/drive/x.rs", "use crate::io::Keyring;", "drive must not know io")]
#[case::nobody_knows_the_command("src/drive/x.rs", "use crate::command::run;", "drive must not know command")]
#[case::nobody_knows_the_simulator("src/io/x.rs", "use crate::sim::serve;", "io must not know sim")]
#[case::update_knows_no_drive("src/tui/update/x.rs", "use crate::drive::Applied;", "tui must not know drive")]
#[case::update_knows_no_runtime(
    "src/tui/update/x.rs",
    "use super::super::runtime::Worker;",
    "tui must not know tui/runtime"
)]
#[case::update_knows_no_view("src/tui/update/x.rs", "use crate::tui::view::draw;", "tui must not know tui/view")]
#[case::view_knows_no_ports("src/tui/view/x.rs", "use crate::ports::Clock;", "tui/view must not know ports")]
#[case::view_knows_no_keys("src/tui/view/x.rs", "use crate::secret::ApiKey;", "tui/view must not know secret")]
#[case::runtime_knows_no_drive("src/tui/runtime.rs", "use crate::drive::CampusOps;", "tui/runtime must not know drive")]
#[case::main_knows_the_command("src/main.rs", "use last_resort::drive::CampusOps;", "main must not know drive")]
#[case::no_layer("src/new.rs", "struct X;", "belongs to no layer")]
#[case::a_room_knows_a_later_one(
    "src/engine/observed/x.rs",
    "use crate::engine::plan::Plan;",
    "engine/observed must not know engine/plan"
)]
#[case::a_judging_adapter("src/io/x.rs", "use crate::engine::judge::{Verdict, verify};", "calls the engine's verify")]
#[case::a_judging_port(
    "src/ports.rs",
    "fn f() { last_resort::engine::plan::digest_of(x) }",
    "calls the engine's digest_of"
)]
fn layers_are_kept(#[case] path: &str, #[case] text: &str, #[case] told_of: &str) {
    assert_one(path, text, told_of);
}

#[rstest]
#[case::files("src/engine/x.rs", "use std::{collections::BTreeMap, fs};", "std/fs")]
#[case::environment("src/site/x.rs", "fn f() { std::env::var(x) }", "std/env")]
#[case::clock("src/tui/update/x.rs", "fn f() { Timestamp::now() }", "now()")]
#[case::instant("src/tui/model.rs", "fn f() { Instant::now() }", "now()")]
#[case::waiting("src/recipe/x.rs", "async fn f() {}", "async")]
#[case::threads("src/engine/x.rs", "use std::thread;", "std/thread")]
#[case::a_process("src/secret.rs", "fn f() { std::process::id() }", "std/process")]
#[case::tokio("src/tui/view/x.rs", "use tokio::sync::mpsc;", "tokio")]
#[case::a_new_part_of_the_screen("src/tui/brand_new/x.rs", "use std::fs;", "std/fs")]
fn pure_parts_stay_pure(#[case] path: &str, #[case] text: &str, #[case] told_of: &str) {
    assert_one(path, text, told_of);
}

#[rstest]
#[case::crossterm_in_update("src/tui/update/x.rs", "use crossterm::event::KeyEvent;", "crossterm has no business")]
#[case::crossterm_through_ratatui(
    "src/tui/model.rs",
    "use ratatui::crossterm::event::Event;",
    "ratatui has no business"
)]
#[case::ratatui_in_update("src/tui/update/x.rs", "fn f(_: ratatui::style::Color) {}", "ratatui has no business")]
#[case::reqwest_in_drive("src/drive/x.rs", "use reqwest::Client;", "reqwest has no business")]
#[case::axum_in_io("src/io/x.rs", "use axum::Router;", "axum has no business")]
#[case::clap_in_drive("src/drive/x.rs", "use clap::Parser;", "clap has no business")]
#[case::a_key_in_drive("src/drive/x.rs", "fn f(k: &ApiKey) { g(k.expose()) }", "exposes a key")]
#[case::a_key_by_path("src/command/x.rs", "fn f(k: Option<&ApiKey>) { k.map(ApiKey::expose) }", "exposes a key")]
#[case::printing("src/drive/x.rs", "fn f() { println!(x) }", "println!")]
#[case::printing_errors("src/io/x.rs", "fn f() { eprint!(x) }", "eprint!")]
fn crates_keys_and_printing_stay_in_their_parts(#[case] path: &str, #[case] text: &str, #[case] told_of: &str) {
    assert_one(path, text, told_of);
}

#[rstest]
#[case::allowing("src/io/x.rs", "#[allow(dead_code)]\nfn f() {}", "allow(")]
#[case::allow_for_all("tests/x.rs", "#![allow(clippy::all)]", "allow(")]
#[case::allow_if("src/io/x.rs", "#[cfg_attr(unix, allow(dead_code))]\nfn f() {}", "allow(")]
#[case::ignore("tests/x.rs", "#[test]\n#[ignore = \"slow\"]\nfn f() {}", "ignore")]
#[case::ignore_if("tests/x.rs", "#[cfg_attr(unix, ignore)]\nfn f() {}", "ignore")]
#[case::todo("src/io/x.rs", "fn f() { todo!() }", "todo!")]
#[case::unimplemented("tests/x.rs", "fn f() { unimplemented!() }", "unimplemented!")]
#[case::dbg("src/io/x.rs", "fn f() { dbg!(x) }", "dbg!")]
#[case::unsafety("src/io/x.rs", "fn f() { unsafe { g() } }", "unsafe")]
#[case::a_sleeping_test("tests/x.rs", "fn f() { std::thread::sleep(d) }", "a test that sleeps")]
#[case::a_sleeping_test_in_src("src/io/x.rs", "#[cfg(test)]\nmod tests { fn f() { sleep(d) } }", "a test that sleeps")]
#[case::logic_in_mod("src/io/mod.rs", "mod x;\n\nfn f() {}", "src/io/mod.rs:3: more than declarations")]
#[case::an_inline_module("src/io/mod.rs", "mod x { fn f() {} }", "more than declarations")]
#[case::a_constant_in_lib("src/lib.rs", "pub mod x;\npub const X: u8 = 1;", "more than declarations")]
fn nothing_is_switched_off_left_undone_or_misplaced(#[case] path: &str, #[case] text: &str, #[case] told_of: &str) {
    assert_one(path, text, told_of);
}

#[test]
fn a_hint_leaves_the_name_of_its_campus_to_the_one_place_that_knows_it() {
    let text = "fn f() -> String { format!(\"review it: last-resort plan --campus {campus}\") }";
    assert_one("src/drive/x.rs", text, "a command with --campus");
    assert!(told("src/drive/x.rs", "const HELP: &str = \"last-resort plan --campus 01CUNY_QC\";").is_empty());
}

/// Said, and nothing else is.
#[track_caller]
fn assert_one(path: &str, text: &str, told_of: &str) {
    let told = told(path, text);
    assert!(!told.is_empty() && told.iter().all(|line| line.starts_with(path)), "{told:?}");
    assert!(told.iter().any(|line| line.contains(told_of)), "{told:?}");
}

#[rstest]
#[case::comments_and_texts(
    "src/engine/x.rs",
    "// crate::io and todo!()\n/* async /* std::fs */ */\nconst A: &str = \"crate::io::x println!\";\nconst B: &str = r#\"unsafe \"crate::io\"#;"
)]
#[case::characters_and_lifetimes(
    "src/engine/x.rs",
    "fn f<'a>(x: &'a str) -> char { if x == \"\\\"\" { '\"' } else { '\\'' } }\n// \"\nfn g() { '{'; }"
)]
#[case::words_within_words("src/engine/x.rs", "fn asynchronous() { known(); exposed_twice(); disallow(1) }")]
#[case::what_only_tests_build(
    "src/engine/x.rs",
    "#[cfg(test)]\nmod tests {\n use crate::io::x;\n fn f() { println!(); std::fs::read(x) }\n}"
)]
#[case::values_are_everybodys("src/site/x.rs", "use crate::failure::Failure;\nuse crate::{secret::ApiKey, text};")]
#[case::its_own_part(
    "src/io/http/x.rs",
    "use super::fault::Fault;\nuse super::super::text;\nuse crate::io::alma::Alma;"
)]
#[case::the_runtime_draws(
    "src/tui/runtime/run.rs",
    "use crate::tui::view::draw;\nuse super::super::terminal::Guard;\nuse crossterm::event::Event;\nuse tokio::select;"
)]
#[case::view_draws("src/tui/view/draw.rs", "use ratatui::Frame;\nuse crate::tui::model::Model;")]
#[case::an_adapter_exposes("src/io/x.rs", "fn f(k: &ApiKey) { g(k.expose()) }")]
#[case::the_command_knows_all("src/command/x.rs", "use crate::{sim, tui, io, drive};\nfn f() { println!() }")]
#[case::an_expectation("src/io/x.rs", "#[expect(clippy::x, reason = \"y\")]\nfn ignore() { ignore(); }")]
#[case::a_shipped_pause("src/io/x.rs", "fn f() { sleep(d) }")]
#[case::declarations(
    "src/io/mod.rs",
    "//! Doc.\n#[cfg(unix)]\nmod a;\npub(in crate::io) use a::{\n B, C,\n};\npub mod d;"
)]
fn what_only_looks_like_a_violation_passes(#[case] path: &str, #[case] text: &str) {
    assert_eq!(told(path, text), Vec::<String>::new());
}

#[test]
fn files_are_measured_with_and_without_their_tests() {
    let lines = |count: usize| "const X: u8 = 1;\n".repeat(count);
    let tests = |count: usize| format!("#[cfg(test)]\nmod tests {{\n{}}}\n", lines(count - 3));
    assert_eq!(told("src/io/x.rs", &lines(400)).len(), 0);
    assert_eq!(told("src/io/x.rs", &lines(401)), ["src/io/x.rs: 401 lines of code, more than 400"]);
    assert_eq!(told("src/io/x.rs", &(lines(400) + &tests(200))).len(), 0);
    assert_eq!(told("src/io/x.rs", &(lines(400) + &tests(201))), ["src/io/x.rs: 601 lines, more than 600"]);
    assert_eq!(told("src/tui/backend_tests.rs", &lines(500)).len(), 0);
    assert_eq!(told("src/main.rs", &lines(61)), ["src/main.rs: 61 lines of code, more than 60"]);
    assert_eq!(told("tests/x.rs", &lines(601)), ["tests/x.rs: 601 lines, more than 600"]);
}

#[test]
fn functions_are_measured_by_their_braces() {
    let long =
        |lines: usize| format!("fn f(x: [u8; 4]) -> impl Fn() {{\n{}}}\n", "  if x { \"}\"; }\n".repeat(lines - 2));
    assert_eq!(told("src/io/x.rs", &long(60)).len(), 0);
    assert_eq!(told("src/io/x.rs", &long(61)), ["src/io/x.rs:1: f has 61 lines, more than 60"]);
    assert_eq!(told("tests/x.rs", &long(61)).len(), 1);
    let code = "trait T { fn a(&self); fn b() {} }\ntype F = fn(u8) -> u8;\nfn c()\nwhere\n  T: X,\n{\n}";
    let found = functions(&blanked(code));
    assert_eq!(found, [(1, 1, "b".to_owned()), (3, 5, "c".to_owned())]);
}

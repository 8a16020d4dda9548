//! The exit code of each command, in a world that is right, an empty one and one that differs (CONTRACT.md, "Exit codes").
use crate::harness::{Desk, in_parallel};

/// The command, and its exit codes in `done`, `fresh` and `drifted`, in this order.
const CODES: &[(&str, [i32; 3])] = &[
    ("check", [4, 3, 3]),
    ("check connect", [0, 0, 0]),
    ("check partner parameters", [4, 3, 3]),
    ("check rota", [4, 4, 4]),
    ("check nosuch", [2, 2, 2]),
    ("check --campus 01cuny_qc connect", [0, 0, 0]),
    ("check --campus 01CUNY_ZZ", [2, 2, 2]),
    ("--step rota check", [2, 2, 2]),
    ("plan", [4, 3, 3]),
    ("plan partner parameters", [4, 3, 3]),
    ("patrons", [0, 0, 0]),
    ("patrons 99999999", [1, 1, 1]),
    ("apply partner", [2, 2, 2]),
    ("apply partner --confirm 01CUNY_BC", [2, 2, 2]),
    ("apply rota --confirm 01CUNY_QC", [4, 4, 4]),
    ("apply partner parameters --confirm 01CUNY_QC --plan deadbeef", [1, 1, 1]),
    ("report", [0, 0, 0]),
    ("report --exit-code", [4, 3, 3]),
    ("golive", [4, 3, 3]),
    ("golive --back --confirm 01CUNY_QC", [0, 0, 0]),
    ("prove", [2, 2, 2]),
    ("prove --clean --confirm 01CUNY_QC", [0, 0, 0]),
    ("evidence list", [0, 0, 0]),
    ("evidence import /nonexistent", [2, 2, 2]),
    ("evidence forget routing", [0, 0, 0]),
    ("evidence forget nosuch", [2, 2, 2]),
    ("attest nosuch", [2, 2, 2]),
    ("attest rota", [0, 0, 0]),
    ("attest rota --revoke", [0, 0, 0]),
    ("undo", [2, 2, 2]),
    ("undo --confirm 01CUNY_QC", [1, 1, 1]),
    ("apply partner parameters --confirm 01CUNY_QC", [4, 4, 4]),
    ("undo --confirm 01CUNY_QC", [1, 0, 0]),
    ("keys status", [0, 0, 0]),
    ("keys test", [0, 0, 0]),
    ("keys rotate --slot export", [2, 2, 2]),
    ("campuses", [0, 0, 0]),
    ("practice --list", [0, 0, 0]),
    ("man nosuch", [2, 2, 2]),
];

#[test]
fn every_command_has_the_exit_codes_of_the_contract() {
    let worlds: Vec<_> = ["done", "fresh", "drifted"].into_iter().enumerate().collect();
    in_parallel(&worlds, |(at, world)| {
        let desk = Desk::in_world(world);
        for (line, codes) in CODES {
            let words: Vec<&str> = line.split_whitespace().collect();
            let ran = desk.run(&words);
            assert_eq!(ran.code, Some(codes[*at]), "{world}: {line}: {}{}", ran.out(), ran.err());
        }
    });
}

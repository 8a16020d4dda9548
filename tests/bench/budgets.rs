//! Budgets of whole processes, as ratios within one run, with 200 ms a call: `cargo bench`. Ends with 1 if one is over its
//! budget. Each is the best of several runs, since whatever else the machine does only adds time.
#[path = "../it/harness/fleet.rs"]
mod fleet;
mod measured;

use measured::{best_check, told_wrong};
use std::io::{self, Write as _};
use std::process::ExitCode;
use std::time::Duration;

/// What one call takes in the world `far`.
const CALL: Duration = Duration::from_millis(200);

/// The longest chain of dependent requests of a check: ILLiad's version and keys, then the test patron's requests.
const CHAIN: Duration = CALL.saturating_mul(2);

struct Budget {
    what: &'static str,
    /// Measured, as a multiple of the yardstick.
    ratio: f64,
    most: f64,
}

impl Budget {
    fn of(what: &'static str, measured: Duration, yardstick: Duration, most: f64) -> Self {
        Self { what, ratio: measured.as_secs_f64() / yardstick.as_secs_f64(), most }
    }

    fn told(&self) -> String {
        let Self { what, ratio, most } = self;
        let word = if self.is_kept() { "kept" } else { "OVER" };
        format!("{word}  {ratio:8.2}  (at most {most})  {what}")
    }

    fn is_kept(&self) -> bool {
        self.ratio <= self.most
    }
}

fn main() -> ExitCode {
    let one = best_check(1, 5);
    let few = best_check(25, 3);
    let many = best_check(500, 2);
    let megabytes = Duration::from_secs(many.kilobytes / 1000);
    let budgets = [
        Budget::of("one check, to its longest chain of requests", one.took, CHAIN, 1.2),
        Budget::of("25 campuses, to one", few.took, one.took, 1.5),
        Budget::of("500 campuses, to one", many.took, one.took, 10.0),
        Budget::of("memory of 500 campuses, to 100 MB", megabytes, Duration::from_secs(100), 1.0),
    ];
    let told: String = budgets.iter().map(|budget| format!("{}\n", budget.told())).collect();
    io::stdout().write_all(told.as_bytes()).expect("written");
    let wrong = told_wrong(500);
    writeln!(io::stdout(), "{wrong} of 500 campuses of every kind are told otherwise than they stand")
        .expect("written");
    if wrong == 0 && budgets.iter().all(Budget::is_kept) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

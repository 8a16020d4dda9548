//! `kill -9` at every point of a rotation leaves a usable state. The next run says where the rotation stopped, and
//! running it again completes it.
use super::{Rotated, end};
use crate::harness::{PARTNER_PATH, in_parallel, wait_for};
use last_resort::sim::{Fault, FaultKind};

const NEVER: FaultKind = FaultKind::Delay(60_000);

/// The point at which a run is killed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Point {
    /// While the new key is being tested.
    Trying,
    /// While waiting for the first read of the partner.
    Planning,
    /// The write was sent and Alma did not carry it out.
    WriteLost,
    /// The write was carried out, but no answer came.
    WriteDone,
    /// While waiting for the read after the write.
    ReadingBack,
}

impl Point {
    fn kill(self, rotated: &Rotated) {
        let sim = &rotated.desk.sim;
        let put = |kind| Fault::new(kind).method("PUT").path(PARTNER_PATH);
        let read = |nth| Fault::new(NEVER).method("GET").path(PARTNER_PATH).nth(nth);
        let asked = sim.requests().len();
        match self {
            Self::Trying => sim.set_fault(Fault::new(NEVER)),
            Self::Planning => sim.set_fault(read(1)),
            Self::WriteLost => sim.set_fault(put(FaultKind::Hang)),
            Self::WriteDone => sim.set_fault(put(FaultKind::HangAfterWrite)),
            Self::ReadingBack => sim.set_fault(read(3)),
        }
        let args = ["keys", "rotate", "--slot", "export", "--confirm", "01CUNY_QC"];
        let running = rotated.start(&args, &rotated.new);
        let reads = |count| rotated.desk.count("GET", PARTNER_PATH) >= count;
        match self {
            Self::Trying => wait_for("a request", || sim.requests().len() > asked),
            Self::Planning => wait_for("the first read", || reads(1)),
            Self::WriteLost => wait_for("the write", || !rotated.desk.writes().is_empty()),
            Self::WriteDone => wait_for("the change", || rotated.in_alma() == rotated.new),
            Self::ReadingBack => wait_for("the read after the write", || reads(3)),
        }
        running.kill();
        sim.clear_faults();
    }

    /// What the next `keys status` and the next `check` say, depending on whether the world shows keys.
    fn said(self, shows: bool) -> (Option<&'static str>, Option<&'static str>) {
        let (begun, unknown, in_alma) =
            ("nothing was changed, and the old key", "Alma may or may not have the new key", "Alma has the new key");
        match (self, shows) {
            (Self::Trying, _) => (None, None),
            (Self::Planning, _) => (Some(begun), None),
            // Only reading the record can tell, and `keys status` does not read it.
            (Self::WriteLost, true) => (Some(unknown), None),
            (Self::WriteDone | Self::ReadingBack, true) => (Some(unknown), Some(in_alma)),
            (_, false) => (Some(unknown), Some(unknown)),
        }
    }
}

#[test]
fn killed_anywhere_the_next_run_says_where_and_the_same_again_ends_it() {
    let points = [Point::Trying, Point::Planning, Point::WriteLost, Point::WriteDone, Point::ReadingBack];
    let cases: Vec<(&str, Point)> = ["done", "key-masked"].iter().flat_map(|w| points.map(|p| (*w, p))).collect();
    in_parallel(&cases, |(world, point)| {
        let context = format!("{world}, {point:?}");
        let rotated = Rotated::in_world(world, "");
        point.kill(&rotated);
        assert_eq!(rotated.stored("export"), Some(end(&rotated.keys.export)), "{context}: the old one is stored");
        let (status, check) = point.said(*world == "done");
        for (args, words) in [(&["keys", "status"][..], status), (&["check", "parameters"], check)] {
            let ran = rotated.typed(args, "");
            match words {
                Some(words) => assert!(ran.err().contains(words), "{context}: {args:?} {}", ran.err()),
                None => assert!(!ran.err().contains("rotation"), "{context}: {args:?} {}", ran.err()),
            }
        }
        rotated.rotate("export", &rotated.new).exits(0);
        assert_eq!(
            (rotated.in_alma(), rotated.stored("export")),
            (rotated.new.clone(), Some(end(&rotated.new))),
            "{context}"
        );
        let check = rotated.typed(&["check", "parameters"], "");
        assert!(!check.err().contains("rotation"), "{context}: {}", check.err());
        rotated.assert_no_file_has_a_key();
    });
}

/// Killed after any request: each side has either the old or the new key, and running it again completes the rotation.
#[test]
fn killed_after_any_number_of_requests_nothing_is_lost() {
    let whole = Rotated::in_world("done", "");
    let before = whole.desk.sim.requests().len();
    whole.rotate("export", &whole.new).exits(0);
    let counts: Vec<usize> = (1..=whole.desk.sim.requests().len() - before).collect();
    in_parallel(&counts, |count| {
        let rotated = Rotated::in_world("done", "");
        rotated.desk.sim.set_fault(Fault::new(FaultKind::Delay(20)));
        let running = rotated.start(&["keys", "rotate", "--slot", "export", "--confirm", "01CUNY_QC"], &rotated.new);
        wait_for("that many requests", || rotated.desk.sim.requests().len() >= *count);
        running.kill();
        rotated.desk.sim.clear_faults();
        let (here, there) = (rotated.stored("export").expect("a key"), rotated.in_alma());
        let known = [&rotated.keys.export, &rotated.new];
        assert!(known.iter().any(|key| end(key) == here) && known.contains(&&there), "{count}");
        rotated.rotate("export", &rotated.new).exits(0);
        assert_eq!(
            (rotated.in_alma(), rotated.stored("export")),
            (rotated.new.clone(), Some(end(&rotated.new))),
            "{count}"
        );
    });
}

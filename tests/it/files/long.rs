//! A long journal: what no longer counts is not kept in memory, and what still counts is never lost.
use super::*;
use last_resort::engine::journal::{
    EvidenceSource, HistoryItem, JournalFacts, KnownVerdict, SessionEnd, WriteAnswer, counting, history, last_session,
};
use last_resort::recipe::StepId;
use proptest::prelude::*;
use std::sync::atomic::{AtomicI64, Ordering};

/// Two fields of the recipe and one that is none.
const FIELDS: [&str; 3] = ["rule.enabled", "partner.code", "prove.routing"];

fn target(of: usize) -> Target {
    let (illiad, environment) = match of {
        0 => ("https://qc.example.org/illiad", Environment::Sandbox),
        1 => ("https://QC.example.org/ILLiad/", Environment::Sandbox),
        2 => ("https://bc.example.org/illiad", Environment::Sandbox),
        _ => ("https://qc.example.org/illiad", Environment::Production),
    };
    let alma = (of != 1).then(|| "https://alma.example.org".to_owned());
    Target { environment, illiad: illiad.into(), zone: Some("01CUNY_QC".into()), alma }
}

fn fields() -> impl Strategy<Value = Vec<FieldKey>> {
    proptest::sample::subsequence(FIELDS.to_vec(), 1..=3)
        .prop_map(|names| names.into_iter().map(FieldKey::from).collect())
}

fn check() -> impl Strategy<Value = JournalEvent> {
    let verdict = ("(same|differs|absent|unread|waiting)", proptest::option::of("[ab]"));
    let verdict = verdict.prop_map(|(verdict, got)| KnownVerdict { verdict, got });
    let verdicts = (fields(), proptest::collection::vec(verdict, 3))
        .prop_map(|(fields, verdicts)| fields.into_iter().zip(verdicts).collect::<BTreeMap<_, _>>());
    let steps = proptest::sample::subsequence(vec![StepId::Partner, StepId::Rule, StepId::Prove], 0..=3);
    (0..4usize, prop_oneof![3 => Just(BTreeMap::new()), 2 => verdicts], steps, any::<bool>()).prop_map(
        |(of, verdicts, steps, asked)| JournalEvent::Checked {
            state: "differs".into(),
            target: (of > 0 || asked).then(|| target(of)),
            steps,
            verdicts,
            occasion: if asked { CheckOccasion::Request } else { CheckOccasion::ReadBack },
        },
    )
}

fn act() -> impl Strategy<Value = JournalEvent> {
    let signed = (0..4usize, fields(), "[xy]").prop_map(|(of, fields, want)| JournalEvent::Attested {
        target: target(of),
        fields: fields.into_iter().map(|key| (key, want.clone())).collect(),
        note: None,
        key: None,
    });
    let revoked = fields().prop_map(|fields| JournalEvent::Revoked { target: target(0), fields, note: None });
    let shown = (fields(), "[xy]").prop_map(|(fields, got)| JournalEvent::Shown {
        target: target(0),
        source: EvidenceSource::Pasted,
        fields: fields.into_iter().map(|key| (key, got.clone())).collect(),
        lists: BTreeMap::new(),
        stamp: None,
        neighbours: BTreeMap::new(),
        wanted: BTreeMap::new(),
        without_our_row: Default::default(),
        left_out: Default::default(),
        unjudged: Default::default(),
    });
    let forgotten =
        fields().prop_map(|fields| JournalEvent::EvidenceForgotten { target: target(0), fields, lists: Vec::new() });
    let left = (fields(), any::<bool>()).prop_map(|(fields, sandbox)| JournalEvent::BrokenOff {
        environment: if sandbox { Environment::Sandbox } else { Environment::Production },
        step: StepId::Rule,
        value: fields.into_iter().next(),
        end: SessionEnd::BrokenOff,
        unsent: Vec::new(),
    });
    let begun = any::<bool>().prop_map(|create| JournalEvent::WriteBegun {
        id: "w".into(),
        verb: if create { Verb::Create } else { Verb::Delete },
        purpose: Purpose::Apply,
        environment: Environment::Sandbox,
        before: None,
        sent: None,
        fields: vec![FieldKey::from("partner.code")],
        key: None,
        target: Some(target(0)),
    });
    let ended = Just(JournalEvent::WriteEnded {
        id: "w".into(),
        outcome: WriteOutcome::Done(None),
        answer: WriteAnswer::Unclear,
    });
    prop_oneof![8 => signed, 2 => revoked, 3 => shown, 1 => forgotten, 3 => left, 1 => begun, 1 => ended]
}

/// Entries a minute apart. A few of what people said or saw are dated in the future.
fn journal() -> impl Strategy<Value = Vec<JournalEntry>> {
    let ahead = (act(), "[ab]", Just(1_000_000));
    let entry = prop_oneof![39 => (prop_oneof![3 => check(), 2 => act()], "[ab]", Just(0)), 1 => ahead];
    proptest::collection::vec(entry, 0..60).prop_map(|entries| {
        let entry = |(minute, (entry, by, ahead)): (i64, (JournalEvent, String, i64))| JournalEntry {
            at: Timestamp::from_second(minute * 60 + ahead).expect("a time"),
            by,
            entry,
        };
        (0..).zip(entries).map(entry).collect()
    })
}

fn now() -> Timestamp {
    Timestamp::from_second(10_000).expect("a time")
}

fn counted(lines: &[JournalEntry]) -> Vec<JournalEntry> {
    lines.iter().zip(counting(lines, now())).filter(|(_, counts)| *counts).map(|(line, _)| line.clone()).collect()
}

proptest! {
    #[test]
    fn what_counts_is_what_the_whole_journal_amounts_to(lines in journal(), cut in 0..60usize) {
        // As it is read: a part first, then all.
        let (first, rest) = lines.split_at(cut.min(lines.len()));
        let in_parts = counted(&[counted(first), rest.to_vec()].concat());
        for kept in [counted(&lines), in_parts] {
            for of in 0..4 {
                let fold = |lines: &[JournalEntry]| JournalFacts::fold(lines, &target(of), now());
                prop_assert_eq!(fold(&kept), fold(&lines));
            }
            for environment in [Environment::Sandbox, Environment::Production] {
                prop_assert_eq!(last_session(&kept, environment), last_session(&lines, environment));
            }
        }
    }
}

/// A clock that goes a second further each time it is read.
struct Ticking(AtomicI64);
impl Clock for Ticking {
    fn now(&self) -> Timestamp {
        Timestamp::from_second(self.0.fetch_add(1, Ordering::Relaxed)).expect("a time")
    }
}

/// Checks of a few values that change all the time.
fn checks(count: usize) -> Vec<JournalEvent> {
    let check = |at: usize| JournalEvent::Checked {
        state: "differs".into(),
        target: Some(target(0)),
        steps: StepId::ALL.to_vec(),
        verdicts: BTreeMap::from([(
            FieldKey::from(FIELDS[at % 3]),
            KnownVerdict { verdict: "differs".into(), got: Some(at.to_string()) },
        )]),
        occasion: CheckOccasion::Request,
    };
    (0..count).map(check).collect()
}

#[test]
fn a_long_journal_is_read_by_what_counts_and_its_history_is_whole() {
    let home = TempDir::new().expect("a folder");
    let journal = JournalFile::at(OwnFolder::at(home.path()), "ada", Arc::new(Ticking(AtomicI64::new(0))));
    journal.append_all(checks(20_000)).expect("written");
    let facts =
        |journal: &JournalFile| JournalFacts::fold(&journal.read().expect("read").lines, &target(0), Stopped.now());
    let items = |journal: &JournalFile| -> Vec<HistoryItem> {
        history(journal.history().expect("opened"), &[], |_| true).expect("read")
    };
    let (before, told) = (facts(&journal), items(&journal));
    assert!(journal.read().expect("read").lines.len() < 5_000, "what counts no longer is dropped");
    assert_eq!(told.len(), 20_000 - 3, "each change is told");
    assert!(journal.archive("2099-01-01T00:00:00Z".parse().expect("a time")).expect("archived") > 19_900);
    assert!(journal.read().expect("read").lines.len() < 100);
    assert!((facts(&journal), items(&journal)) == (before, told), "nothing is lost");
    assert_eq!(journal.archive(Stopped.now()).expect("archived"), 0, "nothing more is to be put aside");
}

//! Alma may mask the export key or leave it out. Then the value waits, or a sign-off or our own write stands in for it;
//! it is never guessed.
use crate::harness::told;
use crate::verify::campus::{Campus, found, key_field, our_key};
use last_resort::engine::journal::{KeyWrite, SignOff};
use last_resort::engine::judge::{Evidence, Finding, Verdict};
use last_resort::engine::observed::{ExportKey, Observation};
use last_resort::secret::{ApiKey, KeyMask};
use rstest::rstest;

fn other_key() -> ApiKey {
    ApiKey::parse("a-key-that-is-not-the-one-stored-here".into()).expect("a key")
}

fn with_key(there: ExportKey) -> Campus {
    let mut desk = Campus::right();
    desk.partner().key = there;
    desk
}

fn judged(desk: &Campus) -> Finding {
    found(&desk.report(), &key_field().key).clone()
}

fn written(key: &ApiKey, desk: &Campus) -> Option<KeyWrite> {
    Some(KeyWrite { fingerprint: key.fingerprint(), who: "staff".into(), when: desk.snapshot.at })
}

/// Fails if the verdict on any other field changed.
#[track_caller]
fn nothing_else_changed(desk: &Campus) {
    let (before, after) = (Campus::right().report(), desk.report());
    let rest = |finding: &&Finding| finding.key != key_field().key;
    let (before, after): (Vec<_>, Vec<_>) =
        (before.findings().filter(rest).collect(), after.findings().filter(rest).collect());
    assert_eq!(before, after);
}

#[test]
fn in_clear_it_is_compared_and_described_and_never_shown() {
    let finding = judged(&with_key(ExportKey::Clear(our_key())));
    assert_eq!((finding.verdict, finding.got.clone()), (Verdict::Same(Evidence::Read), finding.want.clone()));
    assert_eq!(finding.want, Some(our_key().described()));
    let desk = with_key(ExportKey::Clear(other_key()));
    let finding = judged(&desk);
    assert_eq!(finding.verdict, Verdict::Differs(Evidence::Read));
    assert_eq!((finding.got, finding.want), (Some(other_key().described()), Some(our_key().described())));
    nothing_else_changed(&desk);
}

#[test]
fn two_keys_that_are_described_alike_are_told_apart() {
    let ours = told::OUR_KEY;
    let (start, tail) = ours.split_at(ours.len() - 4);
    let alike = ApiKey::parse(format!("{}{tail}", "z".repeat(start.len()))).expect("a key");
    assert_eq!(alike.described(), our_key().described());
    let finding = judged(&with_key(ExportKey::Clear(alike)));
    assert_eq!(finding.verdict, Verdict::Differs(Evidence::Read));
    assert_ne!(finding.got, finding.want, "the two texts look alike: {finding:?}");
}

#[rstest]
#[case::masked(ExportKey::Masked(KeyMask::default()))]
#[case::left_out(ExportKey::Hidden)]
fn not_shown_it_waits_until_somebody_or_our_own_write_speaks_for_it(#[case] there: ExportKey) {
    let desk = with_key(there);
    let finding = judged(&desk);
    assert!(matches!(&finding.verdict, Verdict::Waiting(why) if !why.is_empty()), "{finding:?}");
    assert_eq!((finding.got, finding.verdict.evidence()), (None, None));
    nothing_else_changed(&desk);
    assert_eq!(desk.report().exit_code(), 4, "the export key alone never leads to exit code 1");

    let mut ours = desk.clone();
    ours.snapshot.journal.key_write = written(&our_key(), &desk);
    let finding = judged(&ours);
    assert!(
        matches!(&finding.verdict, Verdict::Attested(SignOff { who, note: Some(_), .. }) if who == "staff"),
        "{finding:?}"
    );
    nothing_else_changed(&ours);

    let mut another = desk.clone();
    another.snapshot.journal.key_write = written(&other_key(), &desk);
    assert!(matches!(judged(&another).verdict, Verdict::Waiting(_)), "our write set another key than the one stored");

    let mut signed = desk.clone();
    signed.snapshot.journal.sign_offs = vec![desk.word_on(key_field())];
    assert!(matches!(judged(&signed).verdict, Verdict::Attested(_)));
    signed.snapshot.journal.sign_offs[0].want = other_key().described();
    assert!(matches!(judged(&signed).verdict, Verdict::Waiting(_)), "the sign-off was for another key");
}

#[rstest]
#[case::clear(ExportKey::Clear(other_key()))]
#[case::masked(ExportKey::Masked(KeyMask::default()))]
#[case::left_out(ExportKey::Hidden)]
fn without_a_key_stored_here_nothing_is_claimed(#[case] there: ExportKey) {
    let mut desk = with_key(there);
    desk.snapshot.keys.export_key = Observation::NotThere;
    desk.snapshot.journal.key_write = written(&our_key(), &desk);
    let finding = judged(&desk);
    assert!(matches!(&finding.verdict, Verdict::Waiting(why) if !why.is_empty()), "{finding:?}");
    assert_eq!(finding.want, None);
    assert_eq!(desk.report().exit_code(), 4);
}

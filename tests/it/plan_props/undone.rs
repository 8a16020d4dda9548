//! Apply and undo through the operations, with a journal on disk.
use crate::harness::told;
use crate::plan_props::alma::{Alma, Shows, Stored, apply, consent};
use crate::plan_props::records::{KEY, any_body};
use last_resort::secret::ApiKey;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::Value;
use tempfile::TempDir;
use tokio::runtime::Builder;

fn on_this_thread<T>(work: impl Future<Output = T>) -> T {
    Builder::new_current_thread().build().expect("a runtime").block_on(work)
}

/// Returns the record without the export key's member.
fn but_for_the_key(body: &Value) -> String {
    let mut body = body.clone();
    let (parent, name) = KEY.rsplit_once('/').expect("a member");
    if let Some(members) = body.pointer_mut(parent).and_then(Value::as_object_mut) {
        members.shift_remove(name);
    }
    body.to_string()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn an_undo_puts_back_every_byte_but_the_key(
        body in any_body(),
        shows in select(vec![Shows::Clear, Shows::Masked, Shows::Nothing]),
        key in select(vec![None, Some(told::OUR_KEY), Some("a-key-that-somebody-else-has-set")]),
    ) {
        let key = key.map(|text| ApiKey::parse(text.to_owned()).expect("a key"));
        let alma = Alma::with(Some(Stored { body: body.clone(), key: key.clone() }), shows);
        let home = TempDir::new().expect("a home");
        let bench = alma.bench(&home);
        let before = alma.stored().clone();
        let applied = on_this_thread(apply(&bench, &alma));
        if alma.sent().is_empty() {
            prop_assert_eq!(&*alma.stored(), &before, "nothing was sent: {:?}", applied);
            prop_assert!(on_this_thread(bench.undo(&alma, &consent())).is_err(), "there is nothing to undo");
            return Ok(());
        }
        prop_assert!(applied.is_ok(), "{applied:?}");
        prop_assert_eq!(alma.sent().len(), 1);
        let written = alma.stored().clone().expect("a partner");
        prop_assert!(written.key.is_some(), "the swap did not wipe the key");
        let undone = on_this_thread(bench.undo(&alma, &consent()));
        prop_assert!(undone.is_ok(), "{undone:?}");
        let now = alma.stored().clone().expect("a partner");
        prop_assert_eq!(but_for_the_key(&now.body), but_for_the_key(&body));
        prop_assert_eq!(now.key, written.key, "undo keeps Alma's current key");
        for sent in alma.sent() {
            prop_assert!(sent.key.is_some() && sent.body.pointer(KEY).is_none_or(Value::is_null));
        }
        prop_assert!(on_this_thread(bench.undo(&alma, &consent())).is_err(), "nothing is left to undo");
    }
}

#[test]
fn an_undone_creation_leaves_nothing() {
    for shows in [Shows::Clear, Shows::Masked, Shows::Nothing] {
        let alma = Alma::with(None, shows);
        let home = TempDir::new().expect("a home");
        let bench = alma.bench(&home);
        on_this_thread(apply(&bench, &alma)).expect("created");
        assert!(alma.stored().is_some());
        on_this_thread(bench.undo(&alma, &consent())).expect("undone");
        assert_eq!(*alma.stored(), None, "{shows:?}");
    }
}

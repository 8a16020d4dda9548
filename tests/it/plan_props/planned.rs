//! Properties of the plan and of merging it into the record.
use crate::harness::told;
use crate::plan_props::records::{
    KEY, WRITTEN, any_body, any_json, any_key, created, fresh, pointer_at, pointers, shuffled,
};
use crate::plan_props::unlike;
use last_resort::engine::judge::{Snapshot, Verdict, verify};
use last_resort::engine::observed::{ExportKey, Observation, PartnerRecord, WireFormat};
use last_resort::engine::plan::{Action, Basis, Plan, digest, plan};
use last_resort::recipe::{Recipe, StepId};
use last_resort::site::Site;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Sixty-four cases: enough to try each departure in many places, and fast in a debug build.
fn cases() -> ProptestConfig {
    ProptestConfig { cases: 64, ..ProptestConfig::default() }
}

fn planned(site: &Site, snapshot: &Snapshot, steps: &[StepId]) -> Plan {
    let report = verify(Recipe::embedded(), site, snapshot, &StepId::ALL);
    plan(Recipe::embedded(), site, snapshot, &report, steps)
}

fn seen(body: &Value, key: &ExportKey) -> (Site, Snapshot) {
    let (site, mut snapshot) = fresh();
    snapshot.alma.partner =
        Observation::Got(PartnerRecord { body: body.clone(), key: key.clone(), wire: WireFormat::Json });
    (site, snapshot)
}

fn steps() -> impl Strategy<Value = Vec<StepId>> {
    select(vec![vec![StepId::Partner], vec![StepId::Parameters], WRITTEN.to_vec()])
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn only_what_was_planned_changes_and_everything_else_stays_in_its_place(
        body in any_body(), key in any_key(), steps in steps(),
    ) {
        let (site, snapshot) = seen(&body, &key);
        let plan = planned(&site, &snapshot, &steps);
        let at: Vec<String> = plan.pointers().map(str::to_owned).collect();
        prop_assert_eq!(at.iter().collect::<BTreeSet<_>>().len(), at.len(), "nothing is written twice");
        if plan.obstacles.is_empty() {
            prop_assert_eq!(unlike::only(&body, &plan.record(), "", &at), Ok(()));
            // The due changes and the values written are the same set.
            let told: BTreeSet<&str> = plan.due().map(|change| change.at.as_str()).collect();
            prop_assert_eq!(told, at.iter().map(String::as_str).collect());
        } else {
            prop_assert!(!plan.writes_anything() && plan.due().next().is_none());
        }
        for change in plan.due() {
            let step = change.key.step().expect("a step");
            prop_assert!(steps.contains(&step) || change.at == KEY, "{} was not asked for", change.key);
        }
    }

    #[test]
    fn what_was_written_needs_no_second_write(body in any_body(), key in any_key(), steps in steps()) {
        let (site, snapshot) = seen(&body, &key);
        let plan = planned(&site, &snapshot, &steps);
        prop_assume!(plan.writes_anything());
        let shown = match &key {
            ExportKey::Clear(_) => ExportKey::Clear(plan.key().expect("sent along").clone()),
            hidden => hidden.clone(),
        };
        let (site, after) = seen(&plan.record(), &shown);
        let again = planned(&site, &after, &steps);
        prop_assert!(!again.writes_anything() && again.obstacles.is_empty(), "{:?}", again.changes);
        prop_assert_eq!(again.record(), plan.record());
        let report = verify(Recipe::embedded(), &site, &after, &steps);
        for finding in report.findings().filter(|finding| finding.place.channel() == "api" && finding.place.at() != KEY) {
            // A value of another shape than Alma's is not judged, so it is not written over either.
            prop_assert!(matches!(finding.verdict, Verdict::Same(_) | Verdict::Unread(_)), "{:?}", finding);
        }
    }

    #[test]
    fn no_write_goes_without_a_key_and_none_carries_a_blotted_or_blank_one(
        body in any_body(), key in any_key(), steps in steps(), stored in any::<bool>(),
    ) {
        let (site, mut snapshot) = seen(&body, &key);
        if !stored {
            snapshot.keys.export_key = Observation::NotThere;
        }
        let plan = planned(&site, &snapshot, &steps);
        prop_assert!(plan.record().pointer(KEY).is_none_or(Value::is_null), "the JSON never contains the key");
        prop_assert!(!plan.record().to_string().contains(told::OUR_KEY));
        if !plan.writes_anything() {
            return Ok(());
        }
        let sent = plan.key().expect("swapping the record without a key would wipe it");
        match &key {
            ExportKey::Clear(there) if !plan.pointers().any(|at| at == KEY) => prop_assert!(sent.same_as(there)),
            _ => prop_assert!(stored && sent.described().contains(&told::OUR_KEY[32..]), "{:?}", sent),
        }
    }

    #[test]
    fn the_digest_changes_exactly_with_the_record(
        body in any_body(), key in any_key(), other_key in any_key(), value in any_json(), at in any::<prop::sample::Index>(),
        seed in any::<u64>(),
    ) {
        let record = |body: &Value, key: &ExportKey| PartnerRecord { body: body.clone(), key: key.clone(), wire: WireFormat::Json };
        let first = record(&body, &key);
        prop_assert_eq!(digest(&first), digest(&record(&shuffled(&body, seed), &key)), "the digest ignores the order of members");
        let mut changed = body.clone();
        if let Some(place) = changed.pointer_mut(pointer_at(&at)) {
            *place = value;
        }
        // JSON values are equal whatever the order of their members.
        prop_assert_eq!(digest(&first) == digest(&record(&changed, &key)), body == changed);
        prop_assert_eq!(digest(&first) == digest(&record(&body, &other_key)), key == other_key);
        let plans = [&body, &changed].map(|body| {
            let (site, snapshot) = seen(body, &key);
            planned(&site, &snapshot, &WRITTEN).digest()
        });
        prop_assert_eq!(plans[0] == plans[1], body == changed, "a plan is recognised by its record");
    }

    /// Values learned from the zone's other partners are judged right, or nothing is created, whatever those partners look like.
    #[test]
    fn a_creation_holds_every_field_once_whatever_the_other_partners_are(others in prop::collection::vec(any_body(), 0..3)) {
        let (site, mut snapshot) = fresh();
        let record = |body| PartnerRecord { body, key: ExportKey::Hidden, wire: WireFormat::Json };
        snapshot.alma.others = Observation::Got(others.into_iter().map(record).collect());
        let plan = planned(&site, &snapshot, &[StepId::Partner]);
        prop_assert_eq!(&plan.basis, &Basis::NoRecord);
        let told: Vec<&str> = plan.changes.iter().map(|change| change.at.as_str()).filter(|at| at.starts_with('/')).collect();
        prop_assert_eq!(&told, &pointers(), "every API field, once, in the procedure's order");
        if plan.obstacles.is_empty() {
            let (site, after) = seen(&plan.record(), &ExportKey::Clear(plan.key().expect("ours").clone()));
            let report = verify(Recipe::embedded(), &site, &after, &WRITTEN);
            for finding in report.findings().filter(|finding| finding.place.channel() == "api") {
                // A value of another shape than Alma's is not judged, so it is not written over either.
            prop_assert!(matches!(finding.verdict, Verdict::Same(_) | Verdict::Unread(_)), "{:?}", finding);
            }
        } else {
            prop_assert!(plan.changes.iter().all(|change| change.action == Action::ByHand));
        }
    }
}

#[test]
fn a_creation_is_nothing_but_the_fields() {
    let (site, snapshot) = fresh();
    let plan = planned(&site, &snapshot, &[StepId::Parameters]);
    let body = plan.record();
    let mut left = body.clone();
    let mut blank = 0;
    for at in pointers() {
        match left.pointer_mut(at) {
            Some(value) if at == KEY => assert!(value.is_null(), "null here, because the client inserts the key"),
            Some(value) => assert!(!value.take().is_null(), "{at}"),
            None => blank += 1,
        }
    }
    assert_eq!(blank, 2, "currency and locate profile are to be blank, and are left out");
    fn nothing_but_null(value: &Value) -> bool {
        value.is_null() || value.as_object().is_some_and(|members| members.values().all(nothing_but_null))
    }
    assert!(nothing_but_null(&left), "{left}");
    assert_eq!(
        plan.key().map(last_resort::secret::ApiKey::described),
        snapshot.keys.export_key.got().map(|(_, key)| key.described())
    );
    assert_eq!(body, created(), "the record is the same whichever step was named");
}

/// A value that is not an object is in the way of a field. Nobody knows what it means, so it must not be overwritten.
#[test]
fn what_stands_in_the_way_of_a_field_is_not_written_over() {
    for at in ["/partner_details/profile_details", "/partner_details/profile_details/ncip_details"] {
        for odd in [json!([{"profile_type": "NCIP"}]), json!("see the other record"), json!(7), json!(false), json!([])]
        {
            let mut body = created();
            *body.pointer_mut(at).expect("there") = odd.clone();
            let (site, snapshot) = seen(&body, &ExportKey::Hidden);
            let plan = planned(&site, &snapshot, &WRITTEN);
            assert!(!plan.writes_anything(), "{at} {odd} would be lost");
            let report = verify(Recipe::embedded(), &site, &snapshot, &WRITTEN);
            let below =
                report.findings().filter(|finding| finding.place.at().starts_with(at) && finding.place.at() != at);
            for finding in below {
                assert!(matches!(&finding.verdict, Verdict::Unread(why) if why.what.contains(at)), "{finding:?}");
            }
        }
        let mut body = created();
        *body.pointer_mut(at).expect("there") = Value::Null;
        let (site, snapshot) = seen(&body, &ExportKey::Hidden);
        assert!(planned(&site, &snapshot, &WRITTEN).writes_anything(), "null may be overwritten");
    }
}

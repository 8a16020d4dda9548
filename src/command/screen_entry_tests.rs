use super::{enter_by_hand, enter_group};
use crate::engine::judge::Report;
use crate::recipe::{Channel, FieldKey, Recipe};
use crate::sim::{Running, World, serve};
use crate::tui::model::Campus;
use jiff::Timestamp;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

/// A practice world, and a report with the values the procedure wants there.
async fn world(name: &str) -> (Arc<Running>, Report) {
    let any = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    let running = serve(World::embedded(name).expect("a world"), any, any).await.expect("loopback");
    let site = super::super::practice_campus::site(&running, &Default::default()).expect("a campus");
    let unread = Campus::unread(site, Timestamp::UNIX_EPOCH, crate::recipe::StepId::Connect);
    let steps = unread.steps.into_iter().map(|standing| standing.report).collect();
    let nothing = crate::engine::judge::Report { steps, at: Timestamp::UNIX_EPOCH };
    (Arc::new(running), nothing)
}

/// The wanted values of the screen fields whose keys `which` accepts.
fn words(report: &Report, which: impl Fn(&str) -> bool) -> BTreeMap<FieldKey, String> {
    let screen = |key: &FieldKey| Recipe::embedded().field(key).is_some_and(|f| f.channel == Channel::Screen);
    let wanted = report.findings().filter(|finding| screen(&finding.key) && which(finding.key.as_str()));
    wanted.filter_map(|finding| Some((finding.key.clone(), finding.want.clone()?))).collect()
}

fn say(running: &Running, report: &Report, fields: BTreeMap<FieldKey, String>) {
    enter_by_hand(running, &fields, report);
}

#[tokio::test]
async fn every_field_of_a_screen_has_its_place() {
    let (running, report) = world("fresh").await;
    let all = words(&report, |_| true);
    let screen = Recipe::embedded().fields().filter(|field| field.channel == Channel::Screen).count();
    assert_eq!((all.len(), screen), (24, 24));
    for group in Recipe::embedded().steps.iter().flat_map(|step| &step.groups) {
        enter_group(&running, group, &all, &report).unwrap_or_else(|nowhere| panic!("{nowhere}"));
    }
}

#[tokio::test]
async fn what_is_signed_off_stands_there_as_in_a_world_where_all_is_done() {
    let (done, ..) = world("chain-rule-disabled").await;
    for name in ["fresh", "drifted", "done"] {
        let (running, report) = world(name).await;
        say(&running, &report, words(&report, |_| true));
        assert_eq!(running.illiad_tables(), done.illiad_tables(), "{name}");
        let (here, there) = (running.alma_screens(), done.alma_screens());
        for list in ["Rota Templates", "Rota Assignment Rules"] {
            assert_eq!(here[list], there[list], "{name}");
        }
        let partner = json!({"Alternate Symbol": "[blank]", "Default Partner": "Not checked", "New Request Alert": "Not checked"});
        assert_eq!(here["Partners"]["ILLiad"], partner, "{name}");
    }
}

#[tokio::test]
async fn a_rule_entered_value_by_value_is_one_rule() {
    let (running, report) = world("fresh").await;
    for (key, value) in words(&report, |key| key.starts_with("illiad.routing.")) {
        say(&running, &report, BTreeMap::from([(key, value)]));
    }
    let (done, ..) = world("done").await;
    assert_eq!(running.illiad_tables()["Routing"], done.illiad_tables()["Routing"]);
    assert_eq!(running.illiad_tables()["CustomQueues"], json!([]));
}

#[tokio::test]
async fn a_value_entered_alone_leaves_the_rest_empty() {
    let (running, report) = world("fresh").await;
    say(&running, &report, words(&report, |key| key == "illiad.routing.rule_no"));
    let tables = running.illiad_tables();
    assert_eq!(tables["Routing"].as_array().map(Vec::len), Some(1));
    assert_eq!((&tables["Routing"][0]["RuleNo"], &tables["Routing"][0]["RuleActive"]), (&json!(0), &Value::Null));
    assert_eq!(tables["Routing"][0]["MatchString"], "");
}

/// Our rule is recognised by the queue it leads to. Somebody else's rule with our number stays unchanged.
#[tokio::test]
async fn the_rule_of_somebody_else_is_left_alone() {
    let (running, report) = world("probe-other-queue").await;
    let before = running.illiad_tables()["Routing"].clone();
    say(&running, &report, words(&report, |key| key.starts_with("illiad.")));
    let after = running.illiad_tables()["Routing"].clone();
    assert_eq!(after[0], before[0]);
    assert_eq!(
        (&before[1]["RuleNo"], &after[1]["RuleNo"], after.as_array().map(Vec::len)),
        (&json!(1), &json!(0), Some(2))
    );
}

#[tokio::test]
async fn a_word_taken_back_changes_no_screen() {
    let (running, report) = world("done").await;
    let (tables, screens) = (running.illiad_tables(), running.alma_screens());
    say(&running, &report, BTreeMap::new());
    assert_eq!((running.illiad_tables(), running.alma_screens()), (tables, screens));
}

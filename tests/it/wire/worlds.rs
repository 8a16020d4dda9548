//! What the clients read in each world whose differences they have to recognise.
use super::bench::{Bench, LONG, Read, http};
use last_resort::engine::observed::{ExportKey, ListExtent, UnreadKind, WireFormat, WriteAccess};
use last_resort::io::IlliadClient;
use last_resort::ports::{AlmaRead, IlliadRead};
use last_resort::recipe::{CodeTable, KeySlot};
use last_resort::sim::LoggedServer;
use last_resort::site::Environment;
use rstest::rstest;

#[tokio::test]
async fn all_set_up() {
    let bench = Bench::of("done").await;
    let alma = bench.alma(LONG);
    let general = alma.general().await.expect("general");
    assert_eq!((general.institution.as_str(), general.environment), ("01CUNY_QC", Some(Environment::Sandbox)));
    let libraries = alma.libraries().await.expect("libraries");
    let library = libraries.iter().find(|library| library.code == "QCRS").expect("the library");
    assert_eq!(library.resource_sharing, Some(true));
    assert!(libraries.len() > 1);
    let locations = alma.locations("QCRS").await.expect("read").expect("there");
    assert!(locations.iter().any(|location| location.name == "Lending Resource Sharing Requests"));
    assert!(locations.iter().all(|location| location.id.is_none()));
    let desks = alma.desks("QCRS").await.expect("read").expect("there");
    assert!(desks.iter().any(|desk| desk.name == "Main Service Desk"), "{desks:?}");
    let policies = alma.code_table(CodeTable::ItemPolicy).await.expect("a table");
    assert!(policies.iter().any(|row| row.description == "RS ILL Loan" && row.enabled));
    assert_eq!(alma.may_write().await, Ok(WriteAccess::ReadWrite));
    let user = AlmaRead::user(&alma, "10000001").await.expect("read").expect("there");
    assert_eq!((user.primary_id.as_str(), user.rs_libraries.is_empty()), ("10000001", false));
    let partners = alma.partners().await.expect("partners");
    let ours = partners.rows.iter().find(|row| row.code == "ILLiad").expect("there");
    assert_eq!((ours.name.as_str(), ours.profile.as_deref()), ("ILLiad", Some("NCIP")));
    assert!(ours.system_type.contains(&"ILLIAD".to_owned()) && ours.status.as_deref() == Some("ACTIVE"), "{ours:?}");
    assert!(partners.rows.len() > 1 && partners.extent == ListExtent::Whole, "{partners:?}");
    let illiad = bench.illiad(LONG);
    assert_eq!(illiad.version().await.map(|version| version.split('.').count()), Ok(4));
    assert_eq!(illiad.key_accepted().await, Ok(()));
    let user = IlliadRead::user(&illiad, "10000001").await.expect("read").expect("there");
    assert_eq!(user.user_name, "10000001");
    assert!(illiad.user_by_external_id("10000001").await.expect("read").is_some());
    let requests = illiad.user_requests("10000001").await.expect("read").expect("there");
    assert!(
        requests.rows.iter().any(|r| r.cited_in.as_deref().is_some_and(|cited| cited.starts_with("01CUNY"))),
        "{requests:?}"
    );
}

#[rstest]
#[case("done")]
#[case("xml-answers")]
#[tokio::test]
async fn what_is_not_there_is_not_unread(#[case] world: &str) {
    let bench = Bench::of(world).await;
    let alma = bench.alma(LONG);
    assert_eq!(alma.partner("NOBODY").await, Ok(None));
    assert_eq!(AlmaRead::user(&alma, "99999999").await, Ok(None));
    assert_eq!(alma.locations("NOWHERE").await, Ok(None));
    assert_eq!(alma.desks("NOWHERE").await, Ok(None));
    let illiad = bench.illiad(LONG);
    assert_eq!(IlliadRead::user(&illiad, "99999999").await, Ok(None));
    assert_eq!(illiad.user_by_external_id("99999999").await, Ok(None));
}

#[tokio::test]
async fn an_error_in_200_is_unread() {
    let bench = Bench::of("error-in-200").await;
    let alma = bench.alma(LONG);
    let unread = alma.partner("NOBODY").await.expect_err("not documented");
    assert!(unread.what.contains("HTTP 200, 402118"), "{unread:?}");
    assert!(AlmaRead::user(&alma, "99999999").await.is_err());
    assert!(alma.locations("NOWHERE").await.is_err());
    assert!(alma.desks("NOWHERE").await.is_err());
}

#[tokio::test]
async fn a_path_of_another_service_is_not_a_missing_user() {
    let bench = Bench::of("done").await;
    let mut site = bench.site.clone();
    site.illiad_url =
        last_resort::site::ServiceUrl::parse(&format!("{}/elsewhere", bench.running.alma_url())).expect("a URL");
    let illiad = IlliadClient::new(&http(LONG), &site, Some(bench.illiad_key()));
    let end = IlliadRead::user(&illiad, "10000001").await;
    assert_eq!(end.expect_err("another service").why, UnreadKind::Nonsense);
}

#[tokio::test]
async fn names_that_are_no_path_segments_are_not_asked_for() {
    let bench = Bench::of("done").await;
    let (alma, illiad) = (bench.alma(LONG), bench.illiad(LONG));
    for name in ["", ".", ".."] {
        assert!(alma.partner(name).await.is_err());
        assert!(AlmaRead::user(&alma, name).await.is_err());
        assert!(IlliadRead::user(&illiad, name).await.is_err());
    }
    assert!(bench.running.requests().is_empty());
    assert_eq!(alma.partner("A/B C?x=1#y&é").await, Ok(None));
    assert_eq!(bench.running.requests()[0].path, "/almaws/v1/partners/A%2FB%20C%3Fx=1%23y&%C3%A9");
}

#[rstest]
#[case("key-in-clear", Some(true))]
#[case("key-masked", Some(false))]
#[case("key-left-out", None)]
#[tokio::test]
async fn the_export_key_is_taken_out(#[case] world: &str, #[case] clear: Option<bool>) {
    let bench = Bench::of(world).await;
    let record = bench.alma(LONG).partner("ILLiad").await.expect("read").expect("there");
    match (clear, &record.key) {
        (Some(true), ExportKey::Clear(key)) => {
            assert!(record.body.to_string().contains("USING_API") && !key.expose().is_empty())
        }
        (Some(false), ExportKey::Masked(_)) | (None, ExportKey::Hidden) => {}
        (_, other) => panic!("{world}: {other:?}"),
    }
    assert!(record.body.pointer(super::bench::KEY_POINTER).is_none_or(serde_json::Value::is_null));
    assert!(!record.body.to_string().contains(bench.export_key().expose()));
}

#[tokio::test]
async fn a_record_in_xml_says_so() {
    let json = Bench::of("done").await.alma(LONG).partner("ILLiad").await.expect("read").expect("there");
    let bench = Bench::of("xml-answers").await;
    let xml = bench.alma(LONG).partner("ILLiad").await.expect("read").expect("there");
    assert_eq!((json.wire, xml.wire), (WireFormat::Json, WireFormat::Xml));
    assert_eq!(xml.code(), Some("ILLiad"));
    assert_eq!(xml.key, ExportKey::Clear(bench.export_key()));
    let system_type = |record: &serde_json::Value| record["partner_details"]["system_type"]["value"].clone();
    assert_eq!(system_type(&xml.body), system_type(&json.body));
}

#[rstest]
#[case("bad-alma-key", &Read::ALMA, UnreadKind::KeyRefused)]
#[case("no-configuration-area", &[Read::General, Read::Libraries, Read::Locations, Read::Table], UnreadKind::NotAllowed)]
#[case("daily-limit", &Read::ALMA, UnreadKind::Limit)]
#[case("illiad-down", &Read::ILLIAD, UnreadKind::Down)]
#[case("illiad-sign-in", &Read::ILLIAD, UnreadKind::Nonsense)]
#[case("illiad-bad-key", &[Read::KeyAccepted, Read::IlliadUser, Read::ByExternalId, Read::Requests], UnreadKind::KeyRefused)]
#[case("export-key-refused", &[Read::ExportKey], UnreadKind::KeyRefused)]
#[tokio::test]
async fn a_world_refuses(#[case] world: &str, #[case] reads: &[Read], #[case] why: UnreadKind) {
    let bench = Bench::of(world).await;
    for read in reads {
        let unread = read.run(&bench, LONG).await.expect_err(world);
        assert_eq!(unread.why, why, "{world} {read:?}: {unread:?}");
        bench.assert_fit(&unread.what);
    }
}

#[tokio::test]
async fn a_refused_key_is_told_with_its_own_slot() {
    for (world, read, slot) in
        [("illiad-bad-key", Read::KeyAccepted, "illiad"), ("export-key-refused", Read::ExportKey, "export")]
    {
        let unread = read.run(&Bench::of(world).await, LONG).await.expect_err(world);
        assert!(unread.next.ends_with(&format!("keys set --slot {slot}")), "{}", unread.next);
    }
}

#[tokio::test]
async fn a_key_may_read_only() {
    let bench = Bench::of("read-only-key").await;
    assert_eq!(bench.alma(LONG).may_write().await, Ok(WriteAccess::ReadOnly));
    let methods: Vec<String> = bench.running.requests().into_iter().map(|seen| seen.method).collect();
    assert_eq!(methods, ["POST", "GET"], "the second request is sent only if the first is refused");
}

#[tokio::test]
async fn a_low_threshold_does_not_stop_a_command() {
    let bench = Bench::of("per-second-limit").await;
    let alma = bench.alma(LONG);
    let reads = Read::ALMA.into_iter().map(|read| read.run_alma(&alma));
    let ends = futures_util::future::join_all(reads).await;
    assert!(ends.iter().all(Result::is_ok), "{ends:?}");
    assert!(bench.requests(LoggedServer::Alma).iter().any(|seen| seen.status == Some(429)), "the limit was reached");
}

#[tokio::test]
async fn without_a_key_only_the_version_is_asked_for() {
    let bench = Bench::of("done").await;
    let illiad = IlliadClient::new(&http(LONG), &bench.site, None);
    illiad.version().await.expect("a version");
    assert_eq!(illiad.key_accepted().await.expect_err("no key").why, UnreadKind::NoKey(KeySlot::Illiad));
    assert_eq!(
        IlliadRead::user(&illiad, "10000001").await.expect_err("no key").why,
        UnreadKind::NoKey(KeySlot::Illiad)
    );
    assert_eq!(bench.running.requests().len(), 1);
}

#[tokio::test]
async fn a_key_goes_in_a_header_to_its_own_server_and_patrons_stay_out_of_words() {
    let bench = Bench::of("done").await;
    for read in Read::all() {
        read.run(&bench, LONG).await.expect("read");
    }
    for seen in bench.running.requests() {
        let keyless = seen.path.ends_with("/PlatformVersion");
        assert_eq!(seen.had_auth_header, !keyless, "{seen:?}");
        assert!(!seen.query.to_lowercase().contains("apikey"), "{seen:?}");
        assert_eq!(seen.query.contains("format=json"), seen.server == LoggedServer::Alma, "{seen:?}");
    }
    let down = Bench::of("illiad-down").await;
    for read in [Read::IlliadUser, Read::ByExternalId, Read::Requests] {
        let unread = read.run(&down, LONG).await.expect_err("down");
        assert!(!unread.what.contains("10000001"), "{}", unread.what);
    }
}

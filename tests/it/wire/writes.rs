//! Every fault on every write: either refused for certain or of unknown outcome, and always sent once only.
use super::bench::{Bench, KEY_POINTER, LONG, SHORT, http};
use last_resort::engine::observed::{ExportKey, PartnerRecord};
use last_resort::failure::{Failure, FailureKind};
use last_resort::io::HttpLimits;
use last_resort::io::{AlmaClient, AlmaWriter, Http};
use last_resort::ports::{AlmaRead, AlmaWrite, OutgoingRecord, WriteFailure};
use last_resort::sim::LoggedServer;
use last_resort::sim::{BodyKind, Fault, FaultKind};
use rstest::rstest;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

const CODE: &str = "ILLiad";
const NAME: &str = "/partner_details/name";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Write {
    Create,
    Replace,
    Delete,
}

impl Write {
    const ALL: [Self; 3] = [Self::Create, Self::Replace, Self::Delete];

    async fn run(self, writer: &AlmaWriter, record: &OutgoingRecord) -> Result<(), WriteFailure> {
        match self {
            Self::Create => writer.create(record).await.map(drop),
            Self::Replace => writer.replace(CODE, record).await.map(drop),
            Self::Delete => writer.delete(CODE).await,
        }
    }

    /// Whether Alma's stored record shows that the write was carried out.
    fn done(self, bench: &Bench) -> bool {
        let stored = bench.running.partner(CODE);
        let renamed = stored.as_ref().is_some_and(|record| record.pointer(NAME) == Some(&json!("Renamed")));
        match self {
            Self::Create | Self::Replace => renamed,
            Self::Delete => stored.is_none(),
        }
    }
}

/// Serves the world `done` and prepares a renamed record to send. For a creation, the existing record is removed first.
async fn ready(write: Write) -> (Bench, OutgoingRecord) {
    let bench = Bench::of("done").await;
    let mut read = partner(&bench).await;
    *read.body.pointer_mut(NAME).expect("a name") = json!("Renamed");
    if write == Write::Create {
        bench.running.remove_partner(CODE);
    }
    (bench, OutgoingRecord { body: read.body, key: read_key(&read.key) })
}

fn read_key(key: &ExportKey) -> Option<last_resort::secret::ApiKey> {
    match key {
        ExportKey::Clear(key) => Some(key.clone()),
        ExportKey::Masked(_) | ExportKey::Hidden => None,
    }
}

async fn partner(bench: &Bench) -> PartnerRecord {
    bench.alma(LONG).partner(CODE).await.expect("read").expect("there")
}

fn writes_sent(bench: &Bench) -> usize {
    bench.requests(LoggedServer::Alma).iter().filter(|seen| seen.method != "GET").count()
}

fn fit(bench: &Bench, failure: &Failure) {
    bench.assert_fit(&failure.what);
    assert!(!failure.hints.is_empty());
    failure.hints.iter().for_each(|hint| super::bench::assert_clean(hint));
}

fn unknown<T: std::fmt::Debug>(end: Result<T, WriteFailure>) -> Failure {
    match end {
        Err(WriteFailure::Unknown(failure) | WriteFailure::Taken(failure)) => failure,
        other => panic!("expected an unknown outcome: {other:?}"),
    }
}

fn refused<T: std::fmt::Debug>(end: Result<T, WriteFailure>) -> (Failure, Vec<String>) {
    match end {
        Err(WriteFailure::Refused { failure, codes, .. }) => (failure, codes),
        other => panic!("expected a refusal: {other:?}"),
    }
}

#[tokio::test]
async fn a_write_is_carried_out_with_the_key_in_its_place() {
    for write in Write::ALL {
        let (bench, record) = ready(write).await;
        write.run(&bench.writer(LONG), &record).await.expect("written");
        assert!(write.done(&bench), "{write:?}");
        assert_eq!(writes_sent(&bench), 1, "{write:?}");
        if write != Write::Delete {
            let stored = bench.running.partner(CODE).expect("stored");
            assert_eq!(stored.pointer(KEY_POINTER), Some(&json!(bench.export_key().expose())), "{write:?}");
        }
    }
}

#[tokio::test]
async fn a_record_that_is_put_back_unchanged_changes_nothing() {
    let bench = Bench::of("drifted").await;
    let before = bench.running.partner(CODE).expect("stored");
    let read = partner(&bench).await;
    let key = read_key(&read.key);
    bench.writer(LONG).replace(CODE, &OutgoingRecord { body: read.body, key }).await.expect("written");
    assert_eq!(bench.running.partner(CODE), Some(before));
}

#[rstest]
#[case::reset(FaultKind::Reset, false)]
#[case::reset_after(FaultKind::ResetAfterWrite, true)]
#[case::hang(FaultKind::Hang, false)]
#[case::hang_after(FaultKind::HangAfterWrite, true)]
#[case::error_500(FaultKind::Status { code: 500, body: BodyKind::Json }, false)]
#[case::error_503_page(FaultKind::Status { code: 503, body: BodyKind::Html }, false)]
#[case::error_after(FaultKind::ServerErrorAfterWrite, true)]
#[case::page(FaultKind::Html, false)]
#[case::empty(FaultKind::Empty, false)]
#[case::redirect(FaultKind::Redirect("https://login.example.org/".into()), false)]
#[case::huge(FaultKind::Huge(2 << 20), false)]
#[tokio::test]
async fn an_outcome_that_is_not_known_is_never_sent_again(#[case] kind: FaultKind, #[case] done: bool) {
    let waits = matches!(kind, FaultKind::Hang | FaultKind::HangAfterWrite);
    for write in Write::ALL {
        let (bench, record) = ready(write).await;
        bench.running.set_fault(Fault::new(kind.clone()));
        let failure = unknown(write.run(&bench.writer(if waits { SHORT } else { LONG }), &record).await);
        fit(&bench, &failure);
        assert!(failure.hints[0].contains("reads the record before"), "{failure}");
        assert_eq!(writes_sent(&bench), 1, "{write:?}");
        assert_eq!(write.done(&bench), done, "{write:?}");
    }
}

/// Successful answers that cannot be parsed. The answer to a deletion has no body, so it is left out.
#[rstest]
#[case::broken_off(FaultKind::Truncated)]
#[case::half(FaultKind::HalfBody)]
#[case::not_utf8(FaultKind::InvalidUtf8)]
#[case::empty(FaultKind::EmptyAfterWrite)]
#[case::text(FaultKind::TextAfterWrite)]
#[tokio::test]
async fn a_success_that_cannot_be_understood_is_not_known(#[case] kind: FaultKind) {
    for write in [Write::Create, Write::Replace] {
        let (bench, record) = ready(write).await;
        bench.running.set_fault(Fault::new(kind.clone()));
        let failure = unknown(write.run(&bench.writer(LONG), &record).await);
        fit(&bench, &failure);
        assert!(write.done(&bench) && writes_sent(&bench) == 1, "{write:?}");
    }
}

#[tokio::test]
async fn a_success_in_xml_is_a_success() {
    for write in Write::ALL {
        let (bench, record) = ready(write).await;
        bench.running.set_fault(Fault::new(FaultKind::Xml));
        write.run(&bench.writer(LONG), &record).await.expect("written");
        assert!(write.done(&bench), "{write:?}");
    }
}

#[tokio::test]
async fn after_a_per_second_threshold_the_record_has_to_be_read_before_the_write_is_sent_again() {
    for write in Write::ALL {
        let (bench, record) = ready(write).await;
        bench.running.set_fault(Fault::new(FaultKind::TooManyPerSecond(1)));
        let writer = bench.writer(LONG);
        let failure = write.run(&writer, &record).await.expect_err("sent once");
        assert!(failure.came_too_fast(), "{write:?}: {failure:?}");
        assert_eq!(writes_sent(&bench), 1, "{write:?}");
        write.run(&writer, &record).await.expect("written");
        assert!(write.done(&bench), "{write:?}");
    }
}

#[tokio::test]
async fn a_429_that_does_not_say_which_is_unclear_and_not_sent_again() {
    let (bench, record) = ready(Write::Replace).await;
    bench.running.set_fault(Fault::new(FaultKind::Status { code: 429, body: BodyKind::Empty }));
    let failure = unknown(bench.writer(LONG).replace(CODE, &record).await);
    fit(&bench, &failure);
    assert_eq!(writes_sent(&bench), 1);
}

#[rstest]
#[case::as_400(None)]
#[case::in_xml(Some(FaultKind::Xml))]
#[case::with_escapes(Some(FaultKind::EscapeSequences))]
#[tokio::test]
async fn a_rule_s_no_is_certain_and_has_its_code(#[case] fault: Option<FaultKind>) {
    let (bench, record) = ready(Write::Replace).await;
    fault.into_iter().for_each(|kind| bench.running.set_fault(Fault::new(kind)));
    let (failure, codes) = refused(bench.writer(LONG).create(&record).await);
    fit(&bench, &failure);
    assert_eq!((codes, failure.kind), (vec!["402113".to_owned()], FailureKind::Refused));
    assert!(failure.what.contains("already exists") && failure.what.contains("tracking id"), "{failure}");
    let nameless = OutgoingRecord { body: without(&record.body, "/partner_details", "name"), key: None };
    let (_, codes) = refused(bench.writer(LONG).replace(CODE, &nameless).await);
    assert_eq!(codes, ["401664"]);
}

/// Nobody documents whether a write with such an answer was carried out, so it is looked for.
#[tokio::test]
async fn an_error_in_200_says_nothing_of_a_write() {
    let (bench, record) = ready(Write::Replace).await;
    bench.running.set_fault(Fault::new(FaultKind::ErrorIn200));
    let failure = unknown(bench.writer(LONG).create(&record).await);
    fit(&bench, &failure);
    assert!(failure.what.contains("402113") && failure.what.contains("already exists"), "{failure}");
}

fn without(record: &Value, parent: &str, field: &str) -> Value {
    let mut record = record.clone();
    record.pointer_mut(parent).and_then(Value::as_object_mut).expect("an object").shift_remove(field);
    record
}

#[tokio::test]
async fn a_key_that_may_only_read_is_refused_as_a_key() {
    let bench = Bench::of("read-only-key").await;
    let read = partner(&bench).await;
    let record = OutgoingRecord { body: read.body, key: None };
    let (failure, codes) = refused(bench.writer(LONG).replace(CODE, &record).await);
    assert_eq!((failure.kind, codes), (FailureKind::Key, vec!["UNAUTHORIZED".to_owned()]));
    fit(&bench, &failure);
}

#[tokio::test]
async fn what_never_left_is_refused() {
    let (bench, record) = ready(Write::Replace).await;
    // Too little time is left for a request and its outcome.
    let http_over = Http::with_limits(Instant::now() + Duration::from_millis(100), LONG).expect("a client");
    let (failure, _) = refused(bench.alma_on(&http_over).writer().replace(CODE, &record).await);
    assert!(failure.what.contains("not sent"), "{failure}");
    // Nobody listens at this address.
    let gone = std::net::TcpListener::bind("127.0.0.1:0").and_then(|socket| socket.local_addr()).expect("an address");
    let mut site = bench.site.clone();
    site.alma_url = last_resort::site::ServiceUrl::parse(&format!("http://{gone}")).expect("a URL");
    let alma = AlmaClient::new(&http(LONG), &site, bench.alma_key(), KEY_POINTER);
    let (failure, _) = refused(alma.writer().replace(CODE, &record).await);
    assert_eq!(failure.kind, FailureKind::Network);
    assert!(failure.what.contains("refused"), "{failure}");
    // A record without a place for the export key.
    let placeless = OutgoingRecord { body: json!({"partner_details": {}}), key: Some(bench.export_key()) };
    let (failure, _) = refused(bench.writer(LONG).replace(CODE, &placeless).await);
    fit_words_only(&failure);
    assert_eq!(writes_sent(&bench), 0);
}

fn fit_words_only(failure: &Failure) {
    assert!(failure.what.contains("no place for the export key"), "{failure}");
    super::bench::assert_clean(&failure.what);
}

#[tokio::test]
async fn the_daily_limit_stops_everything_after_it() {
    let bench = Bench::of("daily-limit").await;
    let alma = bench.alma(LONG);
    let (failure, codes) = refused(alma.writer().delete(CODE).await);
    assert_eq!(codes, ["DAILY_THRESHOLD"]);
    fit(&bench, &failure);
    for _ in 0..3 {
        let unread = alma.clone().general().await.expect_err("used up");
        assert_eq!(unread.why, last_resort::engine::observed::UnreadKind::Limit);
        bench.assert_fit(&unread.what);
    }
    assert_eq!(bench.requests(LoggedServer::Alma).len(), 1);
    // The next command may ask once more.
    assert!(alma.until(Instant::now() + Duration::from_secs(9)).general().await.is_err());
    assert_eq!(bench.requests(LoggedServer::Alma).len(), 2);
}

#[tokio::test]
async fn an_alma_that_echoes_the_key_is_not_believed_to_keep_it() {
    // The server's error repeats the body, as "Cannot construct instance of …" may do.
    let socket = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a socket");
    let address = socket.local_addr().expect("an address");
    let echo = |body: axum::body::Bytes| async move {
        let said = String::from_utf8_lossy(&body).into_owned();
        let error = json!({"errorCode": "BAD_REQUEST", "errorMessage": said});
        (axum::http::StatusCode::BAD_REQUEST, axum::Json(json!({"errorsExist": true, "errorList": {"error": [error]}})))
    };
    tokio::spawn(std::future::IntoFuture::into_future(axum::serve(socket, axum::Router::new().fallback(echo))));
    let bench = Bench::of("done").await;
    let mut site = bench.site.clone();
    site.alma_url = last_resort::site::ServiceUrl::parse(&format!("http://{address}")).expect("a URL");
    let alma = AlmaClient::new(&http(LONG), &site, bench.alma_key(), "/k");
    let record = OutgoingRecord { body: json!({"k": null}), key: Some(bench.export_key()) };
    let (failure, _) = refused(alma.writer().create(&record).await);
    assert!(failure.what.contains("[key]"), "{failure}");
    assert!(!failure.to_string().contains(bench.export_key().expose()), "{failure}");
}

/// The fields of `HttpLimits` are public, so tests can use shorter limits. These are the defaults.
#[test]
fn the_usual_limits_fit_into_a_command() {
    let usual = HttpLimits::default();
    assert!(usual.connect < usual.total && usual.total * 3 < Duration::from_secs(30));
    assert_eq!(usual.body, 4 << 20);
}

//! Every fault on every read: the kind of unread observation, the wording of its reason, and the number of requests.
use super::bench::{Bench, LONG, Read, SHORT, assert_clean, http};
use last_resort::engine::observed::{UnreadKind, UnreadReason};
use last_resort::ports::{AlmaRead, AlmaRequests, IlliadRead};
use last_resort::sim::LoggedServer;
use last_resort::sim::{BodyKind, Fault, FaultKind};
use rstest::rstest;
use std::time::{Duration, Instant};

fn status(code: u16, body: BodyKind) -> FaultKind {
    FaultKind::Status { code, body }
}

/// Runs a read under a fault. Returns the result and the number of requests it took.
async fn under(
    kind: FaultKind,
    read: Read,
    limits: last_resort::io::HttpLimits,
) -> (Bench, Result<String, UnreadReason>, usize) {
    let bench = Bench::with(kind).await;
    let end = read.run(&bench, limits).await;
    let sent = bench.requests(read.server()).len();
    (bench, end, sent)
}

#[rstest]
#[case::reset(FaultKind::Reset, UnreadKind::Network, 3)]
#[case::hang(FaultKind::Hang, UnreadKind::Network, 2)]
#[case::delay(FaultKind::Delay(60_000), UnreadKind::Network, 2)]
#[case::drip(FaultKind::Drip(100), UnreadKind::Network, 2)]
#[case::error_500_json(status(500, BodyKind::Json), UnreadKind::Down, 3)]
#[case::error_500_xml(status(500, BodyKind::Xml), UnreadKind::Down, 3)]
#[case::error_502_empty(status(502, BodyKind::Empty), UnreadKind::Down, 3)]
#[case::error_503_page(status(503, BodyKind::Html), UnreadKind::Down, 3)]
#[case::page(FaultKind::Html, UnreadKind::Nonsense, 1)]
#[case::page_401(status(401, BodyKind::Html), UnreadKind::Nonsense, 1)]
#[case::page_404(status(404, BodyKind::Html), UnreadKind::Nonsense, 1)]
#[case::redirect(FaultKind::Redirect("https://login.example.org/in?k=1".into()), UnreadKind::Nonsense, 1)]
#[case::broken_off(FaultKind::Truncated, UnreadKind::Nonsense, 3)]
#[case::half(FaultKind::HalfBody, UnreadKind::Nonsense, 1)]
#[case::not_utf8(FaultKind::InvalidUtf8, UnreadKind::Nonsense, 1)]
#[case::huge(FaultKind::Huge(5 << 20), UnreadKind::Nonsense, 1)]
#[tokio::test]
async fn a_fault_means_for_every_read(#[case] kind: FaultKind, #[case] why: UnreadKind, #[case] tries: usize) {
    let waits = matches!(kind, FaultKind::Hang | FaultKind::Delay(_) | FaultKind::Drip(_));
    let limits = if waits { SHORT } else { LONG };
    // Build the clients first: on a busy machine that is slow, and must not use up the time of a request.
    let mut ready = Vec::new();
    for read in Read::all() {
        ready.push((read, Bench::with(kind.clone()).await, http(limits)));
    }
    let ends = futures_util::future::join_all(ready.iter().map(|(read, bench, http)| read.run_on(bench, http))).await;
    for ((read, bench, _), end) in ready.iter().zip(ends) {
        let sent = bench.requests(read.server()).len();
        let unread = end.expect_err(&format!("{read:?}"));
        assert_eq!(unread.why, why, "{read:?}: {unread:?}");
        assert_eq!(sent, tries, "{read:?}: {unread:?}");
        bench.assert_fit(&unread.what);
        assert_clean(&unread.next);
        assert!(!unread.next.is_empty());
    }
}

#[tokio::test]
async fn an_empty_answer_is_no_answer_but_for_a_permission_test() {
    for read in Read::all() {
        let (_, end, sent) = under(FaultKind::Empty, read, LONG).await;
        assert_eq!(sent, 1, "{read:?}");
        match (read, end) {
            (Read::MayWrite, Ok(may)) => assert_eq!(may, "ReadWrite"),
            (_, end) => assert_eq!(end.expect_err("nothing").why, UnreadKind::Nonsense, "{read:?}"),
        }
    }
}

#[tokio::test]
async fn a_redirect_is_named_and_never_followed() {
    let elsewhere = Bench::of("done").await;
    let bench = Bench::with(FaultKind::Redirect(elsewhere.running.alma_url())).await;
    for read in Read::all() {
        let unread = read.run(&bench, LONG).await.expect_err("a redirect");
        assert!(unread.what.contains("a redirect to 127.0.0.1"), "{}", unread.what);
    }
    assert!(elsewhere.running.requests().is_empty(), "following the redirect would have sent a key along");
}

#[tokio::test]
async fn what_steers_a_terminal_stays_out_of_values_and_words() {
    let bench = Bench::with(FaultKind::EscapeSequences).await;
    let mut marked = 0;
    for read in Read::all().filter(|read| *read != Read::Partner) {
        // The `Debug` form shows such characters as escapes.
        match read.run(&bench, LONG).await {
            Ok(value) => {
                for planted in ["\\u{1b}", "\\u{7}", "\\u{9b}", "\\u{8}", "\\r", "\\u{202e}"] {
                    assert!(!value.contains(planted), "{read:?}: {value}");
                }
                marked += usize::from(value.contains('\u{FFFD}'));
            }
            Err(unread) => bench.assert_fit(&unread.what),
        }
    }
    assert!(marked >= 4, "too few answers contained the fault: {marked}");
    let stranger = Bench::of("bad-alma-key").await;
    stranger.running.set_fault(Fault::new(FaultKind::EscapeSequences));
    let unread = stranger.alma(LONG).general().await.expect_err("a wrong key");
    assert!(unread.what.contains("Invalid API Key\u{FFFD}"), "{}", unread.what);
    stranger.assert_fit(&unread.what);
}

#[tokio::test]
async fn a_record_goes_back_as_it_came_whatever_is_in_it() {
    let bench = Bench::with(FaultKind::EscapeSequences).await;
    let record = bench.alma(LONG).partner("ILLiad").await.expect("read").expect("there");
    let name = record.body.pointer("/partner_details/name").and_then(|name| name.as_str()).expect("a name");
    assert!(name.contains('\u{1b}'), "{name:?}");
}

#[tokio::test]
async fn xml_says_the_same_as_json() {
    let json = Bench::of("done").await;
    let xml = Bench::with(FaultKind::Xml).await;
    for read in Read::ALMA.into_iter().filter(|read| *read != Read::Partner) {
        let expected = read.run(&json, LONG).await.expect("JSON");
        assert_eq!(read.run(&xml, LONG).await.expect("XML"), expected, "{read:?}");
    }
    for read in [Read::Version, Read::KeyAccepted, Read::IlliadUser, Read::ByExternalId] {
        let expected = read.run(&json, LONG).await.expect("JSON");
        assert_eq!(read.run(&xml, LONG).await.expect("XML"), expected, "{read:?}");
    }
}

#[tokio::test]
async fn a_per_second_threshold_is_ridden_out() {
    for read in [Read::General, Read::MayWrite, Read::Version] {
        let (_, end, sent) = under(FaultKind::TooManyPerSecond(1), read, LONG).await;
        assert!(end.is_ok(), "{read:?}: {end:?}");
        assert_eq!(sent, 2, "{read:?}");
    }
}

#[tokio::test]
async fn a_threshold_that_stays_ends_with_the_deadline() {
    let bench = Bench::with(FaultKind::TooManyPerSecond(1000)).await;
    let http = http(LONG);
    let started = Instant::now();
    let http = http.until(started + Duration::from_millis(3500));
    let unread = bench.alma_on(&http).general().await.expect_err("it stays");
    assert_eq!(unread.why, UnreadKind::Limit);
    bench.assert_fit(&unread.what);
    assert!(started.elapsed() < Duration::from_secs(4), "{:?}", started.elapsed());
    assert_eq!(bench.requests(LoggedServer::Alma).len(), 3, "tries at once, after 1 s, and after another 1.5 s");
}

#[tokio::test]
async fn nothing_runs_past_the_deadline() {
    let bench = Bench::with(FaultKind::Hang).await;
    let http = http(LONG);
    let started = Instant::now();
    let http = http.until(started + Duration::from_millis(700));
    let alma = bench.alma_on(&http);
    let ends = futures_util::future::join_all((0..25).map(|_| alma.general())).await;
    assert!(started.elapsed() < Duration::from_millis(1500), "{:?}", started.elapsed());
    assert!(ends.iter().all(|end| end.as_ref().is_err_and(|unread| unread.why == UnreadKind::Network)));
    let unsent = ends.iter().filter(|end| end.as_ref().is_err_and(|unread| unread.what.contains("not sent"))).count();
    assert_eq!(
        (unsent, bench.requests(LoggedServer::Alma).len()),
        (15, 10),
        "ten requests were sent, the others had no time left"
    );
    // A new deadline makes the same client usable again.
    bench.running.clear_faults();
    let later = alma.until(Instant::now() + Duration::from_secs(20));
    later.general().await.expect("answered");
}

#[tokio::test]
async fn a_host_that_is_not_there_is_said_to_be_so() {
    let bench = Bench::of("done").await;
    let mut site = bench.site.clone();
    // A port that was free a moment ago, so nobody listens there.
    let gone = std::net::TcpListener::bind("127.0.0.1:0").and_then(|socket| socket.local_addr()).expect("an address");
    site.alma_url = last_resort::site::ServiceUrl::parse(&format!("http://{gone}")).expect("a URL");
    let http = http(LONG);
    let alma = last_resort::io::AlmaClient::new(&http, &site, bench.alma_key(), super::bench::KEY_POINTER);
    let unread = alma.general().await.expect_err("nobody there");
    assert_eq!(unread.why, UnreadKind::Network);
    assert!(unread.what.contains("no connection") && unread.what.contains("refused"), "{}", unread.what);
    assert!(unread.what.contains("(tried 3 times)"), "{}", unread.what);
}

#[rstest]
#[case(403, BodyKind::Empty, UnreadKind::KeyRefused)]
#[case(401, BodyKind::Json, UnreadKind::KeyRefused)]
#[case(401, BodyKind::Xml, UnreadKind::KeyRefused)]
#[case(400, BodyKind::Empty, UnreadKind::Nonsense)]
#[case(404, BodyKind::Empty, UnreadKind::Nonsense)]
#[tokio::test]
async fn alma_s_status_speaks_where_the_body_does_not(
    #[case] code: u16,
    #[case] body: BodyKind,
    #[case] why: UnreadKind,
) {
    for read in Read::ALMA {
        let (bench, end, _) = under(status(code, body), read, LONG).await;
        let unread = end.expect_err("refused");
        assert_eq!(unread.why, why, "{read:?}: {unread:?}");
        bench.assert_fit(&unread.what);
    }
}

#[tokio::test]
async fn illiad_s_wordless_401_is_explained() {
    for read in Read::ILLIAD {
        let (bench, end, sent) = under(status(401, BodyKind::Empty), read, LONG).await;
        let unread = end.expect_err("refused");
        let expected = if read == Read::Version { UnreadKind::Nonsense } else { UnreadKind::KeyRefused };
        assert_eq!((unread.why, sent), (expected, 1), "{read:?}");
        bench.assert_fit(&unread.what);
        if read != Read::Version {
            assert!(unread.next.contains("WebPlatformConfig") && unread.next.contains("restarted"), "{}", unread.next);
        }
    }
}

/// The last line of defence: whatever a person gave, no key goes into an address, known or only shaped like one, whole or in part.
#[tokio::test]
async fn nothing_that_is_a_key_goes_into_an_address() {
    let bench = Bench::of("done").await;
    let export = bench.export_key().expose().to_owned();
    let http = http(LONG).hiding([bench.export_key()]);
    let (alma, illiad) = (bench.alma_on(&http), bench.illiad_on(&http));
    let shaped = "5f2c1d9e-77aa-4e0b-9c51-0d7f2b9ea1b2".to_owned();
    for given in [export.clone(), export[5..25].to_owned(), export.to_uppercase(), format!("x {export}"), shaped] {
        let ends = [
            alma.partner(&given).await.map(drop),
            alma.desks(&given).await.map(drop),
            alma.locations(&given).await.map(drop),
            AlmaRead::user(&alma, &given).await.map(drop),
            alma.requester().read("10000001", &given).await.map(drop),
            alma.requester().all(&given).await.map(drop),
            IlliadRead::user(&illiad, &given).await.map(drop),
            illiad.user_by_external_id(&given).await.map(drop),
            illiad.user_requests(&given).await.map(drop),
        ];
        for end in ends {
            let unread = end.expect_err("not sent");
            assert_eq!(unread.why, UnreadKind::Unaskable, "{unread:?}");
            assert!(!format!("{unread:?}").contains(&given) || given.len() < 30, "{unread:?}");
        }
    }
    assert!(bench.running.requests().is_empty(), "nothing was sent");
}

//! Servers that behave differently from the practice ones: compressed answers, requested waits, wrong content types.
//! Also what the log contains.
use super::bench::{Bench, KEY_POINTER, LONG, Read, http};
use axum::body::Body;
use axum::http::Response;
use axum::{Router, extract::Request};
use last_resort::engine::observed::UnreadKind;
use last_resort::io::HttpLimits;
use last_resort::io::{AlmaClient, Http, IlliadClient};
use last_resort::ports::{AlmaRead, IlliadRead};
use last_resort::site::ServiceUrl;
use std::io::Write;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

/// The JSON of `conf/general` with two thousand bytes of padding, compressed with gzip.
const PACKED: [u8; 112] = [
    31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 171, 86, 202, 204, 43, 46, 201, 44, 41, 45, 201, 204, 207, 83, 178, 82, 168, 86,
    42, 75, 204, 41, 77, 5, 178, 148, 12, 12, 157, 67, 253, 34, 227, 3, 157, 149, 106, 117, 20, 148, 82, 243, 202, 50,
    139, 242, 243, 114, 83, 243, 74, 226, 75, 42, 11, 192, 42, 130, 29, 253, 92, 156, 252, 35, 148, 128, 210, 5, 137,
    41, 41, 153, 121, 233, 32, 209, 138, 81, 48, 10, 70, 193, 40, 24, 5, 163, 96, 20, 12, 121, 160, 84, 11, 0, 86, 202,
    135, 252, 37, 8, 0, 0,
];

/// Serves these answers in order and repeats the last one. Returns the address and the arrival times of the requests.
async fn scripted(answers: Vec<fn() -> Response<Body>>) -> (ServiceUrl, Arc<Mutex<Vec<Instant>>>) {
    let socket = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a socket");
    let url = ServiceUrl::parse(&format!("http://{}", socket.local_addr().expect("an address"))).expect("a URL");
    let arrivals = Arc::new(Mutex::new(Vec::new()));
    let noted = Arc::clone(&arrivals);
    let serve = move |_: Request| {
        let mut noted = noted.lock().expect("not poisoned");
        noted.push(Instant::now());
        let answer = answers[(noted.len() - 1).min(answers.len() - 1)]();
        async move { answer }
    };
    tokio::spawn(std::future::IntoFuture::into_future(axum::serve(socket, Router::new().fallback(serve))));
    (url, arrivals)
}

/// Makes an Alma client for a scripted server.
async fn alma(http: &Http, answers: Vec<fn() -> Response<Body>>) -> (AlmaClient, Arc<Mutex<Vec<Instant>>>) {
    let bench = Bench::of("done").await;
    let (url, arrivals) = scripted(answers).await;
    let mut site = bench.site.clone();
    site.alma_url = url;
    (AlmaClient::new(http, &site, bench.alma_key(), KEY_POINTER), arrivals)
}

fn answer(status: u16, headers: &[(&str, &str)], body: impl Into<Body>) -> Response<Body> {
    let builder =
        headers.iter().fold(Response::builder().status(status), |builder, (name, value)| builder.header(*name, *value));
    builder.body(body.into()).expect("a response")
}

fn packed() -> Response<Body> {
    answer(200, &[("content-type", "application/json"), ("content-encoding", "gzip")], PACKED.to_vec())
}

#[tokio::test]
async fn a_packed_answer_is_unpacked_and_the_cap_counts_it_unpacked() {
    let (client, _) = alma(&http(LONG), vec![packed]).await;
    assert_eq!(client.general().await.expect("unpacked").institution, "01CUNY_QC");
    let (client, arrivals) = alma(&http(HttpLimits { body: 1000, ..LONG }), vec![packed]).await;
    let unread = client.general().await.expect_err("longer than the cap");
    assert_eq!(unread.why, UnreadKind::Nonsense);
    assert!(unread.what.contains("longer than 1000 bytes"), "{}", unread.what);
    assert_eq!(arrivals.lock().expect("not poisoned").len(), 1);
}

#[tokio::test]
async fn a_wait_that_the_server_asks_for_is_kept() {
    let slow: fn() -> Response<Body> = || answer(429, &[("retry-after", "2")], "");
    let (client, arrivals) = alma(&http(LONG), vec![slow, packed]).await;
    client.general().await.expect("answered in the end");
    let arrivals = arrivals.lock().expect("not poisoned");
    assert_eq!(arrivals.len(), 2);
    assert!(arrivals[1] - arrivals[0] >= Duration::from_secs(2), "{:?}", arrivals[1] - arrivals[0]);
}

#[tokio::test]
async fn a_label_that_lies_does_not_hide_an_answer() {
    let plain: fn() -> Response<Body> = || {
        answer(
            200,
            &[("content-type", "text/html")],
            r#"{"institution": "01CUNY_QC", "environment_type": "Production"}"#,
        )
    };
    let (client, _) = alma(&http(LONG), vec![plain]).await;
    assert_eq!(client.general().await.expect("JSON").institution, "01CUNY_QC");
    let page: fn() -> Response<Body> =
        || answer(200, &[("content-type", "application/json")], "<html><body>Sign in</body></html>");
    let (client, _) = alma(&http(LONG), vec![page]).await;
    assert_eq!(client.general().await.expect_err("a page").why, UnreadKind::Nonsense);
}

#[tokio::test]
async fn the_web_server_s_own_404_is_not_a_missing_user() {
    let no_route: fn() -> Response<Body> = || {
        let said =
            r#"{"Message": "No HTTP resource was found that matches the request URI 'http://x/Users/10000001'."}"#;
        answer(404, &[("content-type", "application/json")], said)
    };
    let no_user: fn() -> Response<Body> =
        || answer(404, &[("content-type", "application/json")], r#"{"Message": "User 10000001 was not found."}"#);
    let bench = Bench::of("done").await;
    for (said, expected) in [(no_route, Some(UnreadKind::Nonsense)), (no_user, None)] {
        let mut site = bench.site.clone();
        site.illiad_url = scripted(vec![said]).await.0;
        let illiad = IlliadClient::new(&http(LONG), &site, Some(bench.illiad_key()));
        match (IlliadRead::user(&illiad, "10000001").await, expected) {
            (Err(unread), Some(why)) => assert_eq!(unread.why, why),
            (Ok(None), None) => {}
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn a_host_that_speaks_no_tls_gets_no_key() {
    let socket = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a socket");
    let port = socket.local_addr().expect("an address").port();
    let heard = Arc::new(Mutex::new(Vec::new()));
    let noted = Arc::clone(&heard);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = socket.accept().await {
            let mut buffer = [0; 4096];
            let count = stream.read(&mut buffer).await.unwrap_or(0);
            noted.lock().expect("not poisoned").extend_from_slice(&buffer[..count]);
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await;
        }
    });
    let bench = Bench::of("done").await;
    let mut site = bench.site.clone();
    site.alma_url = ServiceUrl::parse(&format!("https://127.0.0.1:{port}")).expect("a URL");
    let client = AlmaClient::new(&http(LONG), &site, bench.alma_key(), KEY_POINTER);
    let unread = client.general().await.expect_err("no TLS");
    assert_eq!(unread.why, UnreadKind::Network);
    assert!(unread.what.contains("no connection"), "{}", unread.what);
    let heard = heard.lock().expect("not poisoned").clone();
    assert!(!heard.is_empty() && !String::from_utf8_lossy(&heard).contains(bench.alma_key().expose()));
}

/// A log kept in memory, so that a test can read it.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("not poisoned").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn the_log_names_requests_and_neither_keys_nor_patrons() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .finish();
    // The subscriber is global, so this also checks the requests that other tests send before this one ends.
    tracing::subscriber::set_global_default(subscriber).expect("no other test has a log");
    let bench = Bench::of("done").await;
    for read in Read::all() {
        read.run(&bench, LONG).await.expect("read");
    }
    let text = String::from_utf8(log.0.lock().expect("not poisoned").clone()).expect("UTF-8");
    assert!(text.contains("path=\"/almaws/v1/partners/ILLiad\"") && text.contains("status=200"), "{text}");
    assert!(text.contains("path=\"/almaws/v1/users/…\""), "{text}");
    for key in [bench.alma_key(), bench.illiad_key(), bench.export_key()] {
        assert!(!text.contains(key.expose()), "a key is in the log");
    }
    let ours = text.lines().filter(|line| line.contains("last_resort::"));
    assert!(ours.clone().count() >= Read::all().count());
    ours.for_each(|line| assert!(!line.contains("10000001"), "{line}"));
}

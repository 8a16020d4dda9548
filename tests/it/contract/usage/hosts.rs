//! URLs in a campus file that lead to the wrong server are reported as such, and nothing is written to either server.
use crate::harness::judge::{finding, keys_that, no_control};
use crate::harness::tap::{Heard, parrot};
use crate::harness::{Desk, in_parallel};
use std::net::TcpListener;

/// The URL that is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wrong {
    Alma,
    Illiad,
}

/// A kind of wrong URL, and the URL in the campus file.
type Case = (&'static str, fn(&Desk) -> String);

fn page(_: &crate::harness::tap::Heard) -> Vec<u8> {
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 13\r\nConnection: close\r\n\r\n<html></html>"
        .to_vec()
}

fn sign_in(_: &crate::harness::tap::Heard) -> Vec<u8> {
    b"HTTP/1.1 302 Found\r\nLocation: https://login.example.org/idp\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        .to_vec()
}

/// Returns the address of a port on which nobody listens.
fn nobody() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("loopback");
    let address = listener.local_addr().expect("an address");
    drop(listener);
    format!("http://{address}")
}

#[test]
fn a_wrong_url_is_named_and_nothing_is_written() {
    let alma_cases: [Case; 7] = [
        ("nobody listens", |_| nobody()),
        ("a name that is none", |_| "https://alma.invalid".to_owned()),
        ("a web page", |_| parrot(page)),
        ("a sign-in", |_| parrot(sign_in)),
        ("ILLiad's URL", |desk| desk.sim.illiad_url()),
        ("a path too much", |desk| format!("{}/almaws/v1", desk.sim.alma_url())),
        ("TLS where there is none", |desk| desk.sim.alma_url().replace("http:", "https:")),
    ];
    let illiad_cases: [Case; 7] = [
        ("nobody listens", |_| nobody()),
        ("a name that is none", |_| "https://illiad.invalid/illiadwebplatform".to_owned()),
        ("a web page", |_| parrot(page)),
        ("a sign-in", |_| parrot(sign_in)),
        ("Alma's URL", |desk| desk.sim.alma_url()),
        ("no path", |desk| desk.sim.illiad_url().replace("/illiadwebplatform", "")),
        ("TLS where there is none", |desk| desk.sim.illiad_url().replace("http:", "https:")),
    ];
    let cases: Vec<_> = alma_cases
        .into_iter()
        .map(|case| (Wrong::Alma, case))
        .chain(illiad_cases.into_iter().map(|case| (Wrong::Illiad, case)))
        .collect();
    in_parallel(&cases, |(wrong, (name, url))| {
        let context = format!("{wrong:?}: {name}");
        let desk = Desk::in_world("drifted");
        let (right, key, whole) = match wrong {
            Wrong::Alma => (desk.sim.alma_url(), "connect.institution", "connect.illiad_key"),
            Wrong::Illiad => (desk.sim.illiad_url(), "connect.illiad_key", "connect.institution"),
        };
        let url = url(&desk);
        let text = desk.campus_text().replacen(&format!("{right:?}"), &format!("{url:?}"), 1);
        desk.campus_file("01CUNY_QC", &text);
        let host = url.split('/').nth(2).expect("a host").to_owned();

        let ran = desk.run(&["check", "--json"]).exits(1);
        no_control(&ran, &context);
        let report = ran.json();
        let told = finding(&report, key);
        assert_eq!(told["verdict"], "unread", "{context}: {told}");
        assert!(told["reason"].as_str().is_some_and(|why| why.contains(&host)), "{context}: {told}");
        assert!(told["hint"].as_str().is_some_and(|next| !next.is_empty()), "{context}: {told}");
        assert_eq!(finding(&report, whole)["verdict"], "same", "{context}: the other server is unaffected");
        assert_eq!(keys_that(&report, &["absent"]).len(), 0, "{context}: unread is never reported as missing");

        let ran = desk.run(&["apply", "partner", "parameters", "--confirm", "01CUNY_QC", "-v"]).exits(1);
        assert!(ran.err().contains(&host) && ran.err().contains("next: "), "{context}: {}", ran.err());
        assert!(desk.writes().is_empty(), "{context}: {:?}", desk.writes());
        assert!(desk.journaled("write_begun").is_empty(), "{context}");
    });
}

/// What a server in front says on its page helps whoever runs it: the log has the words, `-v` shows them, and no key is in them.
#[test]
fn the_words_of_a_web_page_are_in_the_log() {
    let page = |heard: &Heard| {
        let key = |line: &str| line.to_ascii_lowercase().contains("apikey").then(|| line.to_owned());
        let sent = heard.head.lines().find_map(key).unwrap_or_default();
        let status = if heard.head.starts_with("GET /al") { "503 Service Unavailable" } else { "200 OK" };
        let body = format!(
            "<html><head><title>Gateway 7</title><script>var secret = 1;</script></head>\
             <body><p>closed <b>until&nbsp;noon</b></p><!-- no --><p>You sent {sent}</p></body></html>"
        );
        let length = body.len();
        format!("HTTP/1.1 {status}\r\nContent-Type: text/html\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}")
            .into_bytes()
    };
    for wrong in [Wrong::Alma, Wrong::Illiad] {
        let desk = Desk::in_world("done");
        let right = if wrong == Wrong::Alma { desk.sim.alma_url() } else { desk.sim.illiad_url() };
        let text = desk.campus_text().replacen(&format!("{right:?}"), &format!("{:?}", parrot(page)), 1);
        desk.campus_file("01CUNY_QC", &text);
        let quiet = desk.run(&["check", "connect"]).exits(1);
        assert!(!quiet.err().contains("Gateway 7"), "{wrong:?}: {}", quiet.err());
        let told = desk.run(&["-v", "check", "connect"]).exits(1);
        let logged = desk.files().into_iter().filter(|(path, _)| path.extension().is_some_and(|end| end == "log"));
        let logged: String = logged.map(|(_, bytes)| String::from_utf8(bytes).expect("text")).collect();
        for words in [told.err(), &logged] {
            assert!(words.contains("Gateway 7 closed until noon You sent"), "{wrong:?}: {words}");
            assert!(!words.contains("secret") && !words.contains("<b>"), "{wrong:?}: {words}");
            let keys = desk.sim.keys();
            assert!([&keys.alma, &keys.illiad].iter().all(|key| !words.contains(key.as_str())), "{wrong:?}");
        }
    }
}

#[test]
fn loopback_may_be_plain_in_all_its_spellings() {
    let desk = Desk::in_world("done");
    let right = desk.sim.alma_url();
    let port = right.rsplit(':').next().expect("a port").to_owned();
    for host in ["127.0.0.1", "localhost"] {
        let text = desk.campus_text().replace(&right, &format!("http://{host}:{port}"));
        desk.campus_file("01CUNY_QC", &text);
        desk.run(&["check", "partner"]).exits(4);
    }
    // Nobody listens at this address; the point is that it is accepted as a URL.
    let text = desk.campus_text().replace(&right, &format!("http://[::1]:{port}"));
    desk.campus_file("01CUNY_QC", &text);
    let ran = desk.run(&["check", "partner"]).exits(1);
    assert!(ran.out().contains("[::1]"), "{}", ran.out());
}

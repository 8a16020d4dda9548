//! Servers that send the key back, in whole or in part: in an error, in a page, in a redirect. The program must not
//! repeat any of it.
use super::hunt_in;
use crate::harness::keeper::{Hunt, Looks, Planted, encodings};
use crate::harness::tap::{Heard, parrot};
use crate::harness::{Desk, in_parallel};
use serde_json::json;

/// A kind of answer, and how it is built from the echoed text.
type Echo = (&'static str, fn(&str) -> Vec<u8>);

fn answer(status: u16, kind: &str, more: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!(
        "HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n{more}Connection: close\r\n\r\n{body}"
    )
    .into_bytes()
}

fn alma_error(status: u16, said: &str) -> Vec<u8> {
    let error = json!({"errorCode": said, "errorMessage": format!("Invalid API Key: {said}"), "trackingId": said});
    let body = json!({"errorsExist": true, "errorList": {"error": [error]}, "result": said});
    answer(status, "application/json", "", &body.to_string())
}

const ECHOES: &[Echo] = &[
    ("a page with 401", |said| answer(401, "text/html", "", &format!("<html><body><pre>{said}</pre></body></html>"))),
    ("a page with 200", |said| answer(200, "text/html", "", &format!("<html><title>{said}</title></html>"))),
    ("a text with 400", |said| answer(400, "text/plain", "", said)),
    ("a text with 200", |said| answer(200, "text/plain", "", said)),
    ("an error with 400", |said| alma_error(400, said)),
    ("an error with 401", |said| alma_error(401, said)),
    ("an error with 500", |said| alma_error(500, said)),
    ("an error in 200", |said| alma_error(200, said)),
    ("an error in XML", |said| {
        let said = said.replace('&', "&amp;").replace('<', "&lt;");
        let body = format!(
            "<web_service_result><errorsExist>true</errorsExist><errorList><error><errorCode>{said}</errorCode>\
             <errorMessage>Invalid API Key {said}</errorMessage></error></errorList></web_service_result>"
        );
        answer(400, "application/xml", "", &body)
    }),
    ("a message of ILLiad's", |said| answer(400, "application/json", "", &json!({"Message": said}).to_string())),
    ("a message with 404", |said| answer(404, "application/json", "", &json!({"Message": said}).to_string())),
    ("JSON that breaks off", |said| answer(200, "application/json", "", &json!({"a": said}).to_string()[..40])),
    ("JSON of another shape", |said| {
        answer(200, "application/json", "", &json!({said: [said], "x": said}).to_string())
    }),
    ("a name no member has", |said| answer(200, "application/json", "", &json!(said).to_string())),
    ("a redirect's path", |said| {
        let path: String = said.chars().filter(|c| c.is_ascii_graphic()).collect();
        answer(302, "text/html", &format!("Location: https://login.example.org/{path}?key={path}\r\n"), said)
    }),
    ("a redirect's host", |said| {
        let host: String = said.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
        answer(302, "text/html", &format!("Location: https://{host}.example.org/\r\n"), "")
    }),
    ("a content type", |said| answer(200, said, "", "nothing")),
    ("a status line", |said| {
        let line = said.replace(['\r', '\n'], " ");
        format!("HTTP/1.1 418 {line}\r\nContent-Length: 0\r\nRetry-After: {line}\r\nConnection: close\r\n\r\n")
            .into_bytes()
    }),
    ("no HTTP at all", |said| said.as_bytes().to_vec()),
];

/// Returns the key from the one header that carries it.
fn key_of(heard: &Heard) -> Option<String> {
    heard.head.lines().find_map(|line| {
        let (name, value) = line.split_once(": ")?;
        match name.to_ascii_lowercase().as_str() {
            "authorization" => value.strip_prefix("apikey ").map(str::to_owned),
            "apikey" => Some(value.to_owned()),
            _ => None,
        }
    })
}

/// How the key is changed before it is sent back.
type Cut = (&'static str, fn(&str) -> String);

const CUTS: [Cut; 6] = [
    ("the whole header", |key| format!("Authorization: apikey {key}")),
    ("its first half", |key| key[..key.len() / 2].to_owned()),
    ("its second half", |key| key[key.len() / 2..].to_owned()),
    ("percent-encoded", |key| encodings(key)["percent-encoded"].clone()),
    ("in capitals", |key| key.to_uppercase()),
    ("in base64", |key| encodings(key)["in base64"].clone()),
];

#[test]
fn what_says_the_key_back_is_not_repeated() {
    let cases: Vec<(&Echo, usize, Looks)> = ECHOES
        .iter()
        .flat_map(|echo| (0..CUTS.len()).map(move |cut| (echo, cut)))
        .flat_map(|(echo, cut)| [(echo, cut, Looks::Usual), (echo, cut, Looks::Odd)])
        .collect();
    in_parallel(&cases, |((name, echo), cut, looks)| {
        let keys = Planted::new(*looks);
        let hunt = Hunt::of(keys.all());
        let desk = Desk::in_world_of(&keys.world("done"));
        let (echo, (cut_name, cut)) = (*echo, CUTS[*cut]);
        let url = parrot(move |heard| echo(&key_of(heard).map_or_else(|| "no key".to_owned(), |key| cut(&key))));
        let text = desk.campus_text().replace(&desk.sim.alma_url(), &url);
        desk.campus_file("01CUNY_QC", &text.replace(&desk.sim.illiad_url(), &format!("{url}/illiadwebplatform")));
        for args in [&["check", "connect", "partner", "-v"][..], &["keys", "test", "-v"]] {
            let context = format!("{name}, {cut_name}, {looks:?}: {}", args.join(" "));
            let ran = desk.run(args).exits(1);
            hunt_in(&hunt, &desk, &ran, &context);
        }
    });
}

/// A system may send back a key of the other system, for example from a staff note, a shared log or an export. That
/// must not be repeated either.
#[test]
fn what_says_the_other_keys_back_is_not_repeated() {
    let cases: Vec<(&Echo, Looks)> =
        ECHOES.iter().flat_map(|echo| [(echo, Looks::Usual), (echo, Looks::Odd)]).collect();
    in_parallel(&cases, |((name, echo), looks)| {
        let keys = Planted::new(*looks);
        let hunt = Hunt::of(keys.all());
        let desk = Desk::in_world_of(&keys.world("done"));
        let (echo, all) = (*echo, keys.all().map(|(_, key)| key.to_owned()).join(" "));
        let url = parrot(move |_| echo(&all));
        let text = desk.campus_text().replace(&desk.sim.alma_url(), &url);
        desk.campus_file("01CUNY_QC", &text.replace(&desk.sim.illiad_url(), &format!("{url}/illiadwebplatform")));
        for args in [&["check", "connect", "partner", "-v"][..], &["keys", "test", "-v"]] {
            let ran = desk.run(args).exits(1);
            hunt_in(&hunt, &desk, &ran, &format!("{name}, {looks:?}: {}", args.join(" ")));
        }
    });
}

/// The write carries two keys, and a server may echo both by repeating the request.
#[test]
fn a_write_that_is_said_back_is_not_repeated() {
    for looks in [Looks::Usual, Looks::Odd] {
        let keys = Planted::new(looks);
        let hunt = Hunt::of(keys.all());
        let desk = Desk::in_world_of(&keys.world("drifted"));
        let sim = desk.sim.alma_url();
        let url = parrot(move |heard| match heard.head.starts_with("PUT ") {
            true => alma_error(400, &format!("{} {}", heard.head, heard.body)),
            false => passed_on(&sim, heard),
        });
        let text = desk.campus_text().replace(&desk.sim.alma_url(), &url);
        desk.campus_file("01CUNY_QC", &text);
        let ran = desk.run(&["apply", "partner", "parameters", "--confirm", "01CUNY_QC", "-v"]).exits(1);
        assert!(ran.err().contains("PUT"), "the write was made: {}", ran.err());
        hunt_in(&hunt, &desk, &ran, &format!("{looks:?}"));
    }
}

/// Forwards the request to the world itself.
fn passed_on(sim: &str, heard: &Heard) -> Vec<u8> {
    use std::io::{Read as _, Write as _};
    let mut stream = std::net::TcpStream::connect(sim.trim_start_matches("http://")).expect("the world");
    let asked = format!("{}\r\nConnection: close\r\n\r\n{}", heard.head, heard.body);
    stream.write_all(asked.as_bytes()).expect("asked");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("answered");
    answer
}

//! `HTTPS_PROXY` and `NO_PROXY`: https goes through the proxy in a tunnel, this machine never does, and it is said.
use crate::harness::Desk;
use crate::harness::judge::finding;
use crate::harness::tap::parrot;
use serde_json::Value;
use std::process::Command;
use std::sync::{Arc, Mutex};

/// Starts a proxy that refuses every tunnel. Returns its address and the heads of what it was asked.
fn refusing() -> (String, Arc<Mutex<Vec<String>>>) {
    let asked = Arc::new(Mutex::new(Vec::new()));
    let heard = Arc::clone(&asked);
    let address = parrot(move |request| {
        heard.lock().expect("held").push(request.head.clone());
        b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_vec()
    });
    (address, asked)
}

/// Runs `check connect` with an https address for ILLiad, and with these variables.
fn checked(desk: &Desk, env: &[(&str, &str)]) -> (Value, String) {
    let text = desk.campus_text().replace(&desk.sim.illiad_url(), "https://illiad.invalid/illiadwebplatform");
    desk.campus_file("01CUNY_QC", &text);
    let mut command: Command = desk.command(&["check", "connect", "--json", "-v"]);
    command.envs(env.iter().copied());
    let ran = crate::harness::Started::new(command.spawn().expect("the binary")).end().exits(1);
    (ran.json(), ran.err().to_owned())
}

#[test]
fn https_goes_through_the_proxy_and_no_key_with_it() {
    let desk = Desk::in_world("done");
    let (proxy, asked) = refusing();
    let (report, log) = checked(&desk, &[("HTTPS_PROXY", &proxy)]);
    let address = proxy.trim_start_matches("http://");
    let told = finding(&report, "connect.illiad_version");
    let words = format!("no connection through the proxy {address} (HTTPS_PROXY)");
    assert!(told["reason"].as_str().is_some_and(|why| why.contains(&words)), "{told}");
    let way = finding(&report, "connect.proxy");
    assert_eq!(
        (way["got"].as_str(), &way["advisory"]),
        (Some(&*format!("ILLiad through {address}")), &Value::Bool(true))
    );
    assert!(log.contains("sent through the proxy") && log.contains(address), "{log}");
    assert_eq!(finding(&report, "connect.alma_key")["verdict"], "same", "this machine is reached without it");
    let asked = asked.lock().expect("held");
    assert!(!asked.is_empty());
    for head in asked.iter() {
        assert!(head.starts_with("CONNECT illiad.invalid:443 HTTP/1.1"), "{head}");
        assert!(!head.to_ascii_lowercase().contains("key"), "{head}");
    }
}

#[test]
fn no_proxy_names_hosts_that_need_none() {
    let desk = Desk::in_world("done");
    let (proxy, asked) = refusing();
    let (report, _) = checked(&desk, &[("https_proxy", &proxy), ("NO_PROXY", "example.org, .invalid")]);
    assert!(asked.lock().expect("held").is_empty());
    assert!(!report.to_string().contains("connect.proxy"));
    let (report, _) = checked(&desk, &[("HTTPS_PROXY", "socks5://me:planted@127.0.0.1:9")]);
    let told = finding(&report, "connect.illiad_version").to_string();
    assert!(told.contains("HTTPS_PROXY names an unsupported kind of proxy") && !told.contains("planted"), "{told}");
}

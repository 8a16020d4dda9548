//! A whole check through a proxy: a CONNECT tunnel for each host, https inside it, and no tunnel where `NO_PROXY` says so. The
//! certificate is made anew in each run.
use crate::harness::judge::finding;
use crate::harness::{Desk, Started};
use rcgen::{CertifiedKey, KeyPair, generate_simple_self_signed};
use rustls::pki_types::PrivateKeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// A proxy that leads every tunnel to one of the two servers, and speaks https for them.
struct TunnelProxy {
    address: String,
    /// The heads of the requests for a tunnel.
    asked: Arc<Mutex<Vec<String>>>,
    /// The certificate of both servers, as PEM.
    certificate: String,
}

impl TunnelProxy {
    fn to(desk: &Desk) -> Self {
        let door = TcpListener::bind("127.0.0.1:0").expect("a socket");
        let address = door.local_addr().expect("an address").to_string();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let host = |url: &str| url.trim_start_matches("http://").split('/').next().unwrap_or_default().to_owned();
        let (alma, illiad) = (host(&desk.sim.alma_url()), host(&desk.sim.illiad_url()));
        let hosts = ["alma.example.org".to_owned(), "illiad.example.org".to_owned()];
        let pair = generate_simple_self_signed(hosts).expect("a certificate");
        let certificate = pair.cert.pem();
        let (heard, config) = (Arc::clone(&asked), Arc::new(config(&pair)));
        thread::spawn(move || {
            for client in door.incoming().flatten() {
                let (heard, config) = (Arc::clone(&heard), Arc::clone(&config));
                let (alma, illiad) = (alma.clone(), illiad.clone());
                // Whatever breaks here, the client reports as broken.
                thread::spawn(move || tunnelled(client, &heard, config, &alma, &illiad));
            }
        });
        Self { address: format!("http://{address}"), asked, certificate }
    }
}

fn config(pair: &CertifiedKey<KeyPair>) -> ServerConfig {
    let chain = vec![pair.cert.der().clone()];
    let private = PrivateKeyDer::Pkcs8(pair.signing_key.serialize_der().into());
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let versions = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    versions.expect("versions").with_no_client_auth().with_single_cert(chain, private).expect("a pair")
}

/// Reads up to the end of a head.
fn head(from: &mut impl Read) -> std::io::Result<String> {
    let (mut head, mut byte) = (Vec::new(), [0]);
    while !head.ends_with(b"\r\n\r\n") {
        from.read_exact(&mut byte)?;
        head.push(byte[0]);
    }
    Ok(String::from_utf8_lossy(&head).into_owned())
}

fn tunnelled(
    mut client: TcpStream,
    heard: &Mutex<Vec<String>>,
    config: Arc<ServerConfig>,
    alma: &str,
    illiad: &str,
) -> std::io::Result<()> {
    let asked = head(&mut client)?;
    let server = if asked.contains(" alma.example.org:443 ") { alma } else { illiad };
    heard.lock().expect("held").push(asked);
    client.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n")?;
    let mut inside = StreamOwned::new(ServerConnection::new(config).map_err(std::io::Error::other)?, client);
    let request = head(&mut inside)?.replacen("\r\n", "\r\nConnection: close\r\n", 1);
    let mut to = TcpStream::connect(server)?;
    to.write_all(request.as_bytes())?;
    let mut answer = Vec::new();
    to.read_to_end(&mut answer)?;
    inside.write_all(&answer)?;
    inside.conn.send_close_notify();
    inside.flush()
}

fn checked(desk: &Desk, proxy: &TunnelProxy, env: &[(&str, &str)]) -> serde_json::Value {
    let text = desk
        .campus_text()
        .replace(&desk.sim.alma_url(), "https://alma.example.org")
        .replace(&desk.sim.illiad_url(), "https://illiad.example.org/illiadwebplatform");
    desk.campus_file("01CUNY_QC", &text);
    let roots = desk.config().join("roots.pem");
    std::fs::write(&roots, &proxy.certificate).expect("written");
    let mut command = desk.command(&["check", "connect", "--json"]);
    command.env("SSL_CERT_FILE", roots).envs(env.iter().copied());
    Started::new(command.spawn().expect("the binary")).end().json()
}

#[test]
fn a_check_goes_through_the_tunnels_of_a_proxy() {
    let desk = Desk::in_world("done");
    let proxy = TunnelProxy::to(&desk);
    let report = checked(&desk, &proxy, &[("HTTPS_PROXY", &proxy.address)]);
    for key in ["connect.alma_key", "connect.institution", "connect.illiad_version", "connect.illiad_key"] {
        let found = finding(&report, key);
        assert_eq!(found["verdict"], "same", "{found}");
    }
    let asked = proxy.asked.lock().expect("held");
    for host in ["alma.example.org", "illiad.example.org"] {
        assert!(asked.iter().any(|head| head.starts_with(&format!("CONNECT {host}:443 HTTP/1.1\r\n"))), "{asked:?}");
    }
    let keys = desk.sim.keys();
    for key in [&keys.alma, &keys.illiad, &keys.export] {
        assert!(!asked.iter().any(|head| head.contains(key.as_str())), "the proxy sees no key");
    }
}

/// A pipe that nobody writes to in place of the authorities: the command ends, and says which variable it is.
#[test]
fn authorities_that_never_come_do_not_hold_up_a_command() {
    let desk = Desk::in_world("done");
    let pipe = desk.config().join("pipe");
    rustix::fs::mknodat(rustix::fs::CWD, &pipe, rustix::fs::FileType::Fifo, rustix::fs::Mode::RWXU, 0).expect("a pipe");
    let text = desk.campus_text().replace(&desk.sim.illiad_url(), "https://127.0.0.1:9/illiadwebplatform");
    desk.campus_file("01CUNY_QC", &text);
    let mut command = desk.command(&["check", "connect", "--json"]);
    command.env("SSL_CERT_FILE", &pipe);
    let report = Started::new(command.spawn().expect("the binary")).end().exits(1).json();
    let found = finding(&report, "connect.illiad_version");
    assert!(found["reason"].as_str().is_some_and(|why| why.contains("SSL_CERT_FILE")), "{found}");
    assert_eq!(finding(&report, "connect.alma_key")["verdict"], "same");
}

#[test]
fn no_tunnel_leads_to_a_host_in_no_proxy() {
    let desk = Desk::in_world("done");
    let proxy = TunnelProxy::to(&desk);
    let report = checked(&desk, &proxy, &[("HTTPS_PROXY", &proxy.address), ("NO_PROXY", "illiad.example.org")]);
    assert_eq!(finding(&report, "connect.alma_key")["verdict"], "same");
    assert_eq!(finding(&report, "connect.illiad_version")["verdict"], "unread", "nobody answers there directly");
    assert!(proxy.asked.lock().expect("held").iter().all(|head| head.starts_with("CONNECT alma.example.org:443 ")));
}

//! Two kinds of listener on loopback: a tap, which forwards a connection and records what the client sent, and a
//! parrot, whose answers repeat parts of the request.
use std::io::{Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread;

/// The bytes sent, one entry per connection, so that parallel connections are not mixed up.
type Sent = Arc<Mutex<Vec<Vec<u8>>>>;

/// A tap on the connection to a server.
pub(crate) struct Tap {
    address: SocketAddr,
    sent: Sent,
}

fn listener() -> (TcpListener, SocketAddr) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("loopback");
    let address = listener.local_addr().expect("an address");
    (listener, address)
}

fn held(sent: &Sent) -> MutexGuard<'_, Vec<Vec<u8>>> {
    sent.lock().expect("no panic while it was held")
}

impl Tap {
    /// Puts a tap in front of the server of this URL.
    pub(crate) fn before(url: &str) -> Self {
        let server = url.trim_start_matches("http://").split('/').next().expect("host and port").to_owned();
        let (listener, address) = listener();
        let sent = Sent::default();
        let tapped = Arc::clone(&sent);
        // The thread ends with the process; each connection ends when its two sides do.
        thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                let Ok(server) = TcpStream::connect(&server) else { continue };
                let (Ok(from_client), Ok(from_server)) = (client.try_clone(), server.try_clone()) else { continue };
                let tapped = Arc::clone(&tapped);
                held(&tapped).push(Vec::new());
                let line = held(&tapped).len() - 1;
                thread::spawn(move || {
                    pass_on(from_client, server, |bytes| held(&tapped)[line].extend_from_slice(bytes));
                });
                thread::spawn(move || pass_on(from_server, client, |_| ()));
            }
        });
        Self { address, sent }
    }

    /// Returns the URL with the tap's address in place of the server's.
    pub(crate) fn url(&self, url: &str) -> String {
        let path = url.trim_start_matches("http://").split_once('/').map_or("", |(_, path)| path);
        format!("http://{}/{path}", self.address).trim_end_matches('/').to_owned()
    }

    /// Returns every byte that clients sent, connection by connection.
    pub(crate) fn sent(&self) -> Vec<u8> {
        held(&self.sent).concat()
    }
}

fn pass_on(mut from: TcpStream, mut to: TcpStream, mut keep: impl FnMut(&[u8])) {
    let mut bytes = [0; 16384];
    while let Ok(count @ 1..) = from.read(&mut bytes) {
        keep(&bytes[..count]);
        if to.write_all(&bytes[..count]).is_err() {
            break;
        }
    }
    // Either side may be closed already.
    let _ = to.shutdown(Shutdown::Write);
    let _ = from.shutdown(Shutdown::Read);
}

/// A request that the parrot received.
pub(crate) struct Heard {
    /// Request line and headers.
    pub(crate) head: String,
    pub(crate) body: String,
}

/// Starts a server that answers every request with the result of `say` and closes the connection. Returns its URL.
pub(crate) fn parrot(say: impl Fn(&Heard) -> Vec<u8> + Send + Sync + 'static) -> String {
    let (listener, address) = listener();
    let say = Arc::new(say);
    thread::spawn(move || {
        for client in listener.incoming().map_while(Result::ok) {
            let say = Arc::clone(&say);
            thread::spawn(move || answer(client, &*say));
        }
    });
    format!("http://{address}")
}

fn answer(mut client: TcpStream, say: &dyn Fn(&Heard) -> Vec<u8>) {
    let mut bytes = Vec::new();
    let mut chunk = [0; 4096];
    loop {
        if let Some(heard) = whole(&bytes) {
            // The client may be gone already.
            let _ = client.write_all(&say(&heard));
            let _ = client.shutdown(Shutdown::Both);
            return;
        }
        match client.read(&mut chunk) {
            Ok(count @ 1..) => bytes.extend_from_slice(&chunk[..count]),
            _ => return,
        }
    }
}

/// Returns the request once all of it has arrived.
fn whole(bytes: &[u8]) -> Option<Heard> {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse::<usize>().ok())?
    });
    let body = &bytes[end + 4..];
    (body.len() >= length.unwrap_or(0)).then(|| Heard { head, body: String::from_utf8_lossy(body).into_owned() })
}

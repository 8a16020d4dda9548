//! Handles one request from its arrival to the last byte of the answer: log it, apply faults, carry it out, answer.
use super::directory::FleetDirectory;
use super::fault::FaultKind;
use super::http::SimRequest;
use super::mangle::{Bytes, corrupted, instead, spoiled, written};
use super::request_log::{LoggedServer, RequestLog, without_key};
use super::state::{SharedState, SimState};
use super::wire::Scissors;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request, State as Given};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use futures_util::stream;
use std::convert::Infallible;
use std::io;
use std::sync::{Arc, MutexGuard};
use std::time::{Duration, Instant};
use tokio::sync::watch;

/// The longest body that is read, in bytes. More than any record needs.
const LONGEST_BODY: usize = 8 * 1024 * 1024;

/// What all requests of one server share.
#[derive(Clone)]
pub(super) struct Exchange {
    pub(super) server: LoggedServer,
    /// The campus served. In a fleet, the one that answers where a request is for nobody.
    pub(super) state: Arc<SharedState>,
    /// The campuses of a fleet.
    pub(super) fleet: Option<Arc<FleetDirectory>>,
    /// Becomes true when the servers stop.
    pub(super) closed: watch::Receiver<bool>,
}

impl Exchange {
    /// The same, for the campus that this request is for.
    fn chosen(mut self, ask: &mut SimRequest) -> Self {
        if let Some(state) = self.fleet.as_ref().and_then(|fleet| fleet.state(self.server, ask)) {
            self.state = state;
        }
        self
    }

    fn state(&self) -> MutexGuard<'_, SimState> {
        self.state.lock()
    }

    /// Waits until the servers stop.
    async fn closing(&self) {
        // An error means that the sender is gone, which also means stopped.
        let _ = self.closed.clone().wait_for(|closed| *closed).await;
    }

    fn note_status(&self, number: usize, status: u16) {
        if let Some(seen) = self.state().seen.get_mut(number) {
            seen.status = Some(status);
        }
    }
}

/// The outcome of a request.
enum End {
    Answered(Bytes, Vec<FaultKind>),
    /// The connection is cut before a byte is sent.
    Reset,
    /// Nothing is ever sent.
    Silence,
}

/// Serves one request to one of the servers.
pub(super) async fn exchange(
    Given(desk): Given<Exchange>,
    ConnectInfo(scissors): ConnectInfo<Scissors>,
    request: Request,
) -> Result<Response, Infallible> {
    let (mut ask, path, query) = taken(request).await;
    let desk = desk.chosen(&mut ask);
    let (number, faults) = logged(&desk, &ask, &path, &query);
    misheard(&mut ask, &faults);
    for kind in &faults {
        if let FaultKind::Delay(milliseconds) = kind {
            tokio::time::sleep(Duration::from_millis(*milliseconds)).await;
        }
    }
    match carried_out(&desk, &ask, faults) {
        End::Answered(bytes, faults) => {
            desk.note_status(number, bytes.status);
            Ok(sent(bytes, &faults, &scissors))
        }
        End::Reset => {
            scissors.cut();
            Ok(Response::new(Body::empty()))
        }
        End::Silence => {
            desk.closing().await;
            scissors.cut();
            Ok(Response::new(Body::empty()))
        }
    }
}

async fn taken(request: Request) -> (SimRequest, String, String) {
    let (parts, body) = request.into_parts();
    let path = parts.uri.path().to_owned();
    let query = parts.uri.query().unwrap_or_default().to_owned();
    let mut ask = SimRequest::new(parts.method.as_str(), &path, &query);
    let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    ask.headers = parts.headers.iter().map(|(name, value)| (name.as_str().to_owned(), text(value))).collect();
    // A body that breaks off or is too long becomes empty, and is answered like invalid JSON.
    ask.body = axum::body::to_bytes(body, LONGEST_BODY).await.map(|b| b.to_vec()).unwrap_or_default();
    ask.at = Instant::now();
    (ask, path, query)
}

/// Changes what the server takes the request for, where a fault says so.
fn misheard(ask: &mut SimRequest, faults: &[FaultKind]) {
    for kind in faults {
        match kind {
            FaultKind::QueryIgnored => ask.query.clear(),
            FaultKind::AnswerOf(path) => ask.segments = SimRequest::new("GET", path, "").segments,
            _ => {}
        }
    }
}

fn logged(desk: &Exchange, ask: &SimRequest, path: &str, query: &str) -> (usize, Vec<FaultKind>) {
    let header = match desk.server {
        LoggedServer::Alma => "authorization",
        LoggedServer::Illiad => "apikey",
    };
    let mut state = desk.state();
    state.seen.push(RequestLog {
        at: ask.at,
        server: desk.server,
        method: ask.method.clone(),
        path: path.to_owned(),
        query: without_key(query),
        status: None,
        had_auth_header: ask.header(header).is_some(),
    });
    let faults = state.faults.strike(desk.server, &ask.method, path);
    (state.seen.len() - 1, faults)
}

/// Does everything between the last byte of the request and the first of the answer. Holds the lock, so it must not
/// wait.
fn carried_out(desk: &Exchange, ask: &SimRequest, faults: Vec<FaultKind>) -> End {
    if faults.contains(&FaultKind::Reset) {
        return End::Reset;
    }
    if faults.contains(&FaultKind::Hang) {
        return End::Silence;
    }
    let stand_in = faults.iter().find_map(|kind| instead(kind, desk.server));
    let mut answer = stand_in.unwrap_or_else(|| desk.state().answer(desk.server, ask));
    if faults.contains(&FaultKind::ResetAfterWrite) {
        return End::Reset;
    }
    if faults.contains(&FaultKind::HangAfterWrite) {
        return End::Silence;
    }
    for kind in &faults {
        answer = spoiled(kind, desk.server, answer);
    }
    let bytes = faults.iter().fold(written(answer), |bytes, kind| corrupted(kind, bytes));
    End::Answered(bytes, faults)
}

fn sent(bytes: Bytes, faults: &[FaultKind], scissors: &Scissors) -> Response {
    let length = bytes.body.len();
    let drip = faults.iter().find_map(|kind| if let FaultKind::Drip(pause) = kind { Some(*pause) } else { None });
    let body = if faults.contains(&FaultKind::Truncated) {
        cut_short(bytes.body, scissors.clone())
    } else if let Some(pause) = drip {
        dripping(bytes.body, Duration::from_millis(pause))
    } else {
        Body::from(bytes.body)
    };
    let mut response = Response::new(body);
    *response.status_mut() = StatusCode::from_u16(bytes.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    for (name, value) in bytes.headers {
        if let Ok(value) = HeaderValue::from_str(&value) {
            response.headers_mut().append(name, value);
        }
    }
    response.headers_mut().insert("Content-Length", HeaderValue::from(length));
    response
}

/// Sends half of the body, then cuts the connection.
fn cut_short(mut body: Vec<u8>, scissors: Scissors) -> Body {
    body.truncate(body.len() / 2);
    let steps = stream::unfold(Some(body), move |left| {
        let scissors = scissors.clone();
        async move {
            match left {
                Some(half) if !half.is_empty() => Some((Ok(half), Some(Vec::new()))),
                Some(_) => {
                    // Give the bytes time to leave before cutting the connection.
                    tokio::time::sleep(Duration::from_millis(20)).await;
                    scissors.cut();
                    Some((Err(io::Error::from(io::ErrorKind::ConnectionReset)), None))
                }
                None => None,
            }
        }
    });
    Body::from_stream(steps)
}

/// Sends the body one byte at a time.
fn dripping(body: Vec<u8>, pause: Duration) -> Body {
    let steps = stream::unfold(body.into_iter(), move |mut left| async move {
        let byte = left.next()?;
        tokio::time::sleep(pause).await;
        Some((Ok::<_, Infallible>(vec![byte]), left))
    });
    Body::from_stream(steps)
}

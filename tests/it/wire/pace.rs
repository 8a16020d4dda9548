//! A campus sends at most ten requests in any one second, measured at the server.
use super::bench::{Bench, LONG, http};
use last_resort::ports::AlmaRead;
use last_resort::sim::LoggedServer;
use last_resort::sim::{Fault, FaultKind};
use std::time::{Duration, Instant};

/// Returns the highest number of arrivals within any one second.
fn busiest_second(mut arrivals: Vec<Instant>) -> usize {
    arrivals.sort();
    let within =
        |from: &Instant| arrivals.iter().filter(|at| *at >= from && **at - *from < Duration::from_secs(1)).count();
    arrivals.iter().map(within).max().unwrap_or(0)
}

#[tokio::test]
async fn sixty_at_once_keep_the_pace() {
    let bench = Bench::of("done").await;
    // The first ten answers take half a second each and the rest come at once, so the client could try to
    // catch up in a burst.
    bench.running.set_fault(Fault::new(FaultKind::Delay(500)).first(10));
    let shared = http(LONG);
    let clients = [bench.alma_on(&shared), bench.alma_on(&shared), bench.alma_on(&shared).clone()];
    let calls = (0..60).map(|number| clients[number % 3].general());
    let ends = futures_util::future::join_all(calls).await;
    assert!(ends.iter().all(Result::is_ok), "{ends:?}");
    let arrivals: Vec<Instant> = bench.requests(LoggedServer::Alma).iter().map(|seen| seen.at).collect();
    assert_eq!(arrivals.len(), 60);
    let busiest = busiest_second(arrivals.clone());
    assert!(busiest <= 10, "{busiest} in one second");
    assert!(busiest >= 9, "slower than necessary: {busiest}");
}

#[tokio::test]
async fn repeats_count_too() {
    let bench = Bench::of("done").await;
    bench.running.set_fault(Fault::new(FaultKind::Reset).first(20));
    let alma = bench.alma(LONG);
    let _ends = futures_util::future::join_all((0..20).map(|_| alma.general())).await;
    let arrivals: Vec<Instant> = bench.requests(LoggedServer::Alma).iter().map(|seen| seen.at).collect();
    assert!(arrivals.len() >= 40, "{}", arrivals.len());
    let busiest = busiest_second(arrivals);
    assert!(busiest <= 10, "{busiest} in one second");
}

//! One writer per campus at a time. The lock of a dead process does not count.
use super::*;

/// Starts another process that holds the lock.
fn holder(folder: &Path) -> (Child, BufReader<ChildStdout>) {
    let mut child =
        again("lock").env("FOLDER", folder).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("a process");
    let mut out = BufReader::new(child.stdout.take().expect("its output"));
    let mut line = String::new();
    while line.trim() != "SAID locked" {
        line.clear();
        assert!(out.read_line(&mut line).expect("read") > 0, "the holder ended before it had the lock");
    }
    (child, out)
}

fn take(folder: &Path, wait: Duration) -> Result<Lock, last_resort::failure::Failure> {
    Lock::acquire(&OwnFolder::at(folder), wait)
}

#[test]
fn a_lock_that_is_held_names_the_process() {
    let home = TempDir::new().expect("a folder");
    let folder = home.path().join("01CUNY_QC");
    let (mut child, _out) = holder(&folder);
    let start = Instant::now();
    let failure = take(&folder, Duration::from_millis(100)).expect_err("held");
    assert!(start.elapsed() >= Duration::from_millis(100), "did not wait");
    assert_eq!(failure.kind, FailureKind::Busy);
    let by = last_resort::io::Account::current();
    let named = format!("process {} of {} on {}, since 20", child.id(), by.words(), by.host.expect("a host"));
    assert!(failure.what.contains(&named), "{failure}");
    assert!(failure.what.contains("01CUNY_QC"), "{failure}");
    // Closing the holder's input makes it release the lock, and the waiting `take` succeeds.
    drop(child.stdin.take());
    let lock = take(&folder, Duration::from_secs(20)).expect("given back");
    assert!(child.wait().expect("ended").success());
    assert!(take(&folder, Duration::ZERO).is_err(), "this process holds the lock now");
    drop(lock);
    assert!(take(&folder, Duration::ZERO).is_ok());
}

#[cfg(unix)]
#[test]
fn a_killed_process_does_not_block() {
    let home = TempDir::new().expect("a folder");
    let (mut child, _out) = holder(home.path());
    child.kill().expect("SIGKILL");
    assert!(!child.wait().expect("ended").success());
    let lock = take(home.path(), Duration::ZERO).expect("free");
    let holder = fs::read_to_string(home.path().join("lock")).expect("text");
    assert!(
        holder.starts_with(&format!("process {} of ", std::process::id())) && holder.contains(", since "),
        "{holder}"
    );
    drop(lock);
}

#[cfg(unix)]
#[test]
fn a_lock_file_cleared_away_does_not_let_two_in() {
    let home = TempDir::new().expect("a folder");
    let first = take(home.path(), Duration::ZERO).expect("free");
    let waiting = std::thread::scope(|scope| {
        let waiter = scope.spawn(|| take(home.path(), Duration::from_secs(20)));
        fs::remove_file(home.path().join("lock")).expect("cleared away");
        drop(first);
        waiter.join().expect("no panic").expect("free")
    });
    assert!(take(home.path(), Duration::ZERO).is_err(), "another process holds the lock");
    drop(waiting);
}

//! A panic must give the terminal back. The program offers no way to cause one, so this test binary runs itself in the
//! terminal with a worker that panics.
use crate::harness::site;
use crate::harness::terminal::Terminal;
use last_resort::failure::{Failure, FailureKind};
use last_resort::site::{CampusField, SavedSetup};
use last_resort::tui::model::Model;
use last_resort::tui::msg::{Msg, Work};
use last_resort::tui::script::Script;
use last_resort::tui::start::Start;
use last_resort::tui::theme::Palette;
use last_resort::tui::{Tell, Worker, run};
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Environment variable that is set in the inner process.
const INNER: &str = "LAST_RESORT_TEST_INNER";

/// The panic's message.
const WORDS: &str = "a worker broke on purpose";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Breaks {
    /// The thread that draws panics.
    Drawing,
    /// A separate task panics.
    Task,
}

/// A worker that refuses its first request and panics at the second.
struct Breaking {
    breaks: Breaks,
    asked: AtomicBool,
}

impl Worker for Breaking {
    fn perform(self: Arc<Self>, work: Work, _: Tell) -> Pin<Box<dyn Future<Output = Msg> + Send>> {
        let again = self.asked.swap(true, Ordering::SeqCst);
        assert!(!(again && self.breaks == Breaks::Drawing), "{WORDS}");
        Box::pin(async move {
            assert!(!again, "{WORDS}");
            work.lost(Failure::new(FailureKind::Network, "Nobody answers here."))
        })
    }

    fn stop_work(&self) {}

    fn written(&self) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        Box::pin(std::future::ready(()))
    }

    fn keep_setup(&self, _: &SavedSetup) {}
}

/// Runs the inner process: a session with a worker that panics.
fn session(breaks: Breaks) {
    let start = Start {
        user: "staff".to_owned(),
        practice: None,
        script: Script::Unicode,
        zone: jiff::tz::TimeZone::UTC,
        now: jiff::Timestamp::now(),
    };
    let worker = Arc::new(Breaking { breaks, asked: AtomicBool::new(false) });
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    let exit = runtime.block_on(run(
        Model::on_campus(
            start,
            site(&[
                (CampusField::AlmaUrl, "http://127.0.0.1:9"),
                (CampusField::IlliadUrl, "http://127.0.0.1:9/illiadwebplatform"),
            ]),
            None,
        ),
        worker,
        Palette::Colours,
    ));
    assert_eq!(exit.map(|exit| exit.code), Ok(0));
}

/// Runs this test again inside a terminal.
fn inner(name: &str) -> Terminal {
    let exe = std::env::current_exe().expect("this binary");
    let exe = exe.to_str().expect("UTF-8");
    let desk = Terminal::running(&[exe, "--exact", name, "--nocapture"], &[(INNER, "1")]);
    desk.pty.wait_for("Nobody answers here.");
    desk.assert_taken();
    desk
}

#[test]
fn of_the_thread_that_draws() {
    if std::env::var_os(INNER).is_some() {
        return session(Breaks::Drawing);
    }
    let mut desk = inner("terminal::breaks::of_the_thread_that_draws");
    desk.pty.type_keys("r");
    let text = desk.has_left(101);
    // The message must come after the terminal was given back: printed earlier, it would disappear with the alternate screen.
    assert!(text.contains("panicked at") && text.contains(WORDS), "{text}");
}

#[test]
fn of_a_task() {
    if std::env::var_os(INNER).is_some() {
        return session(Breaks::Task);
    }
    let mut desk = inner("terminal::breaks::of_a_task");
    desk.pty.type_keys("r");
    let text = desk.pty.wait_for("Internal error: the task crashed");
    assert!(!text.contains(WORDS), "the panic's message is on the screen:\n{text}");
    desk.assert_taken();
    desk.pty.type_keys("q");
    let text = desk.has_left(0);
    assert!(!text.contains(WORDS), "{text}");
}

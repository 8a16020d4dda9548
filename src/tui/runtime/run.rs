//! The loop of the full screen.
use super::clipboard;
use super::drawn::{Drawn, UNSEEN};
use super::events;
use super::input::UserInput;
use super::plain_print::PlainPrint;
use super::signals::{self, Signal, Signals, has_shell, stop, suspend};
use super::stall::{self, Outlet};
use super::typed_together::typed_together;
use super::unmarked_paste::{Arriving, PastedInto};
use super::worker::{Worker, start};
use crate::engine::journal::UnsentInput;
use crate::failure::{Failure, FailureKind};
use crate::recipe::{FieldKey, StepId};
use crate::tui::backend::Wire;
use crate::tui::entry::Entry;
use crate::tui::keys::{self, Key};
use crate::tui::model::{Campus, Model, SPIN_MS, Size};
use crate::tui::msg::{Effect, Msg, PastedText};
use crate::tui::page::{last_word, standing_word, too_small};
use crate::tui::terminal::{Guard, send};
use crate::tui::theme::Palette;
use crate::tui::update::{begin, unsent, update};
use crate::tui::view;
use jiff::Timestamp;
use ratatui::Terminal;
use std::collections::VecDeque;
use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::mpsc::{self, UnboundedReceiver, UnboundedSender};
use zeroize::Zeroizing;

/// How a session ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exit {
    pub code: u8,
    /// The step that was shown, and the value that was selected.
    pub at: Option<(StepId, Option<FieldKey>)>,
    /// Text that was typed and not sent.
    pub unsent: Vec<UnsentInput>,
    /// A message for when the terminal is given back, such as how a write ended that no screen showed.
    pub last_word: Option<String>,
}

impl Exit {
    /// Describes the end of a session with this exit code.
    pub fn from(model: &Model, code: u8) -> Self {
        let selected = |campus: &Campus| campus.finding().map(|finding| finding.key.clone());
        let at = model.campus.as_ref().map(|campus| (campus.at, selected(campus)));
        let standing = model.quit.then(|| standing_word(model)).flatten();
        let words: Vec<String> = last_word(model).into_iter().chain(standing).collect();
        let last_word = (!words.is_empty()).then(|| words.join(" "));
        Self { code, at, unsent: unsent(model), last_word }
    }
}

/// How long a frame of the spinner lasts.
const TICK: Duration = Duration::from_millis(SPIN_MS.unsigned_abs());

/// Runs the wizard on the full screen until the person leaves. Await it on the thread that called `block_on`, so that a panic while
/// drawing can be told from the panic of a task.
///
/// # Errors
/// Fails if the terminal cannot be taken, or cannot be drawn on although it is still there.
pub async fn run(model: Model, worker: Arc<dyn Worker>, palette: Palette) -> Result<Exit, Failure> {
    let unusable =
        |error: io::Error| Failure::new(FailureKind::Terminal, format!("The terminal cannot be used: {error}."));
    let mut signals = Signals::listen().map_err(unusable)?;
    let mut sizes = signals::sizes().map_err(unusable)?;
    let guard = Guard::take(model.mouse)?;
    let (to_inputs, inputs) = mpsc::unbounded_channel();
    std::thread::Builder::new().name("keys".to_owned()).spawn(move || events::read(&to_inputs)).map_err(unusable)?;
    let (to_replies, replies) = mpsc::unbounded_channel();
    let wire = Wire::new(Outlet::new(), window).map_err(unusable)?;
    let terminal = Terminal::new(wire).map_err(unusable)?;
    let watched = stall::watch(Arc::clone(&worker));
    let mut session = ScreenSession {
        drawn: Drawn::nothing(&model),
        model,
        worker,
        palette,
        guard,
        terminal,
        to_replies,
        shown: OnTerminal::Screen,
        stopped: Stopped::Elsewhere,
        arriving: Arriving::default(),
        exit: None,
    };
    session.start();
    // Started after the first screen, which should appear as soon as possible.
    tokio::spawn(watched);
    let code = session.turns(&mut signals, &mut sizes, inputs, replies).await;
    Ok(Exit::from(&session.model, code))
}

fn window() -> io::Result<ratatui::layout::Size> {
    let (width, height) = crossterm::terminal::size()?;
    Ok(ratatui::layout::Size { width, height })
}

/// What is on the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum OnTerminal {
    Screen,
    /// A text printed plainly, until Enter is pressed.
    Print(PlainPrint),
    /// The terminal is gone. We only wait for a write in flight.
    Nothing,
}

/// Whether the program stopped itself. The signal that ends such a stop has nothing to restore.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stopped {
    /// It did not, or a signal stopped it that we cannot see.
    Elsewhere,
    /// It did, and gave the terminal back meanwhile.
    Here,
}

struct ScreenSession {
    model: Model,
    worker: Arc<dyn Worker>,
    palette: Palette,
    guard: Guard,
    terminal: Terminal<Wire<Outlet>>,
    to_replies: UnboundedSender<Msg>,
    shown: OnTerminal,
    stopped: Stopped,
    arriving: Arriving,
    drawn: Drawn,
    exit: Option<u8>,
}

impl ScreenSession {
    fn start(&mut self) {
        if let Ok(size) = window() {
            self.model.size = Size { columns: size.width, rows: size.height };
        }
        self.model.now = Timestamp::now();
        let effects = begin(&mut self.model);
        // Draw before any work begins, so that the first screen appears as soon as possible.
        self.draw();
        self.perform(effects);
    }

    async fn turns(
        &mut self,
        signals: &mut Signals,
        sizes: &mut tokio::signal::unix::Signal,
        mut inputs: UnboundedReceiver<Vec<UserInput>>,
        mut replies: UnboundedReceiver<Msg>,
    ) -> u8 {
        loop {
            if let Some(code) = self.exit {
                return code;
            }
            let wait = self.next_tick();
            tokio::select! {
                // Signals first, then the person, then replies.
                biased;
                signal = signals.next() => self.signal(signal),
                Some(()) = sizes.recv() => self.resized(),
                Some(batch) = inputs.recv() => self.inputs(batch),
                Some(msg) = replies.recv() => self.take(msg),
                () = tokio::time::sleep(wait.unwrap_or(TICK)), if wait.is_some() => self.take(Msg::Tick(Timestamp::now())),
            }
            // Take everything that has arrived meanwhile, and draw once.
            while let Ok(batch) = inputs.try_recv() {
                self.inputs(batch);
            }
            while let Ok(msg) = replies.try_recv() {
                self.take(msg);
            }
            self.draw();
        }
    }

    /// How long it takes until something on the screen changes by itself: the spinner, or the age of a reading.
    fn next_tick(&self) -> Option<Duration> {
        if self.shown != OnTerminal::Screen {
            return None;
        }
        if self.model.busy() {
            return Some(TICK);
        }
        self.model.age_changes_in(Timestamp::now()).and_then(|wait| wait.try_into().ok())
    }

    fn take(&mut self, msg: Msg) {
        self.model.paused_until = self.worker.pause_left().map(|left| Timestamp::now() + left);
        let mut effects = update(&mut self.model, Msg::Tick(Timestamp::now()));
        effects.extend(update(&mut self.model, msg));
        self.perform(effects);
    }

    fn inputs(&mut self, batch: Vec<UserInput>) {
        let mut batch = VecDeque::from(batch);
        while !batch.is_empty() {
            let Size { columns, rows } = self.model.size;
            if self.shown == OnTerminal::Screen
                && !too_small(columns, rows)
                && let Some(entry) = self.model.entry()
                && let secret = matches!(entry, Entry::Secret(..))
                && let Some(text) = self.arriving.take(&mut batch, self.pasted_into(), Instant::now())
            {
                // The characters of a key are appended. Only a whole paste replaces what is in the field.
                self.burst(text, secret);
                continue;
            }
            if self.shown == OnTerminal::Screen
                && let Some(text) = typed_together(&self.model, &mut batch)
            {
                self.take(Msg::Typed(PastedText(text)));
                continue;
            }
            let Some(input) = batch.pop_front() else { return };
            match (self.shown, input) {
                (_, UserInput::Gone) => self.gone(),
                (OnTerminal::Print(_), UserInput::Key(Key::Ctrl('z'))) => self.suspend(),
                (OnTerminal::Print(printed), UserInput::Key(Key::Enter | Key::Esc | Key::Char('q'))) => {
                    self.back_to_the_screen(printed);
                }
                (OnTerminal::Print(_) | OnTerminal::Nothing, UserInput::Key(Key::Ctrl('c'))) => {
                    if let OnTerminal::Print(printed) = self.shown
                        && send(printed.erasing(self.model.size).as_bytes()).is_err()
                    {
                        self.gone();
                    }
                    self.take(Msg::Leave(FailureKind::Interrupted.exit_code()));
                }
                (OnTerminal::Print(_) | OnTerminal::Nothing, _) => {}
                (OnTerminal::Screen, UserInput::Key(Key::Enter)) if !self.drawn.allows(&self.model) => {
                    self.model.status = Some(UNSEEN.to_owned());
                }
                (OnTerminal::Screen, UserInput::Key(key)) => match keys::intent(&self.model, key) {
                    Some(intent) => self.take(Msg::Key(intent)),
                    None => keys::say_nothing_here(&mut self.model, key),
                },
                (OnTerminal::Screen, UserInput::Click(column, row)) => self.take(Msg::Click(column, row)),
                (OnTerminal::Screen, UserInput::Wheel(wheel)) => self.take(Msg::Wheel(wheel)),
                (OnTerminal::Screen, UserInput::Paste(text)) => {
                    self.arriving.marked(false);
                    self.take(Msg::Paste(PastedText(text)));
                }
                (OnTerminal::Screen, UserInput::Piece(text)) => {
                    self.arriving.marked(true);
                    self.take(Msg::Piece(PastedText(text)));
                }
            }
        }
    }

    fn resized(&mut self) {
        if let Ok(size) = window() {
            self.take(Msg::Resize(size.width, size.height));
        }
        // Redraw even if the size is the same again: the terminal lost content while the size was different.
        if self.shown == OnTerminal::Screen {
            self.redraw();
        }
    }

    /// What the current screen does with a paste that arrives as keys.
    fn pasted_into(&self) -> PastedInto {
        if self.model.screen.is_paste_back() { PastedInto::Form } else { PastedInto::Field }
    }

    /// Takes a paste that arrived as keys.
    fn burst(&mut self, text: Zeroizing<String>, secret: bool) {
        if secret {
            let line = Zeroizing::new(text.trim_end_matches('\n').replace('\n', " "));
            self.take(Msg::Typed(PastedText(line)));
        } else {
            self.take(Msg::Piece(PastedText(text)));
        }
        if self.model.status.is_none() {
            self.model.status = Some("Pasted. Nothing was sent.".to_owned());
        }
    }

    fn signal(&mut self, signal: Signal) {
        match signal {
            Signal::Leave(129) => self.gone(),
            Signal::Leave(code) => self.take(Msg::Leave(code)),
            Signal::Stop => {
                if let Err(words) = has_shell() {
                    self.model.status = Some(words.to_owned());
                    return;
                }
                if self.guard.lend(stop).is_err() {
                    return self.gone();
                }
                (self.shown, self.stopped) = (OnTerminal::Screen, Stopped::Here);
                self.redraw();
            }
            Signal::Continued if self.stopped == Stopped::Here => {
                self.stopped = Stopped::Elsewhere;
                self.take(Msg::Tick(Timestamp::now()));
            }
            Signal::Continued if self.shown == OnTerminal::Screen => {
                if self.guard.lend(|| ()).is_err() {
                    return self.gone();
                }
                self.take(Msg::Tick(Timestamp::now()));
                self.redraw();
            }
            Signal::Continued => self.take(Msg::Tick(Timestamp::now())),
        }
    }

    /// Asks for a stop, which then arrives as a signal.
    fn suspend(&mut self) {
        if let Err(words) = suspend() {
            self.model.status = Some(words.to_owned());
        }
    }

    /// The terminal is gone: leave as soon as no write is in flight.
    fn gone(&mut self) {
        self.shown = OnTerminal::Nothing;
        self.take(Msg::Leave(129));
    }

    fn perform(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Quit(code) => self.exit = Some(code),
                Effect::Work(work) => start(&self.worker, work, &self.to_replies),
                Effect::Copy(text) => {
                    let bytes = clipboard::sequence(&text, std::env::var_os("TMUX").is_some());
                    if self.shown == OnTerminal::Screen && send(&bytes).is_err() {
                        self.gone();
                    }
                }
                Effect::Print(text) => self.print(&text),
                Effect::StopWork => self.worker.stop_work(),
                Effect::LeaveWork => self.worker.leave_work(),
                Effect::Suspend => self.suspend(),
                Effect::KeepSetup(begun) => {
                    self.worker.keep_setup(&begun);
                    if let (false, Some(setup)) = (self.worker.keeps_setup(&begun), &mut self.model.setup) {
                        setup.kept = None;
                    }
                }
            }
        }
    }

    /// Prints a text outside the alternate screen.
    fn print(&mut self, text: &str) {
        let (printed, bytes) = PlainPrint::of(text, self.model.script, self.model.size);
        self.shown = OnTerminal::Print(printed);
        if send(format!("{}{bytes}", self.guard.mouse().0).as_bytes()).is_err() {
            self.gone();
        }
    }

    fn back_to_the_screen(&mut self, printed: PlainPrint) {
        self.shown = OnTerminal::Screen;
        let back = format!("{}\x1b[?1049h{}", printed.erasing(self.model.size), self.guard.mouse().1);
        if send(back.as_bytes()).is_err() {
            return self.gone();
        }
        self.redraw();
    }

    /// Draws everything again, whatever the terminal shows.
    fn redraw(&mut self) {
        self.terminal.backend_mut().forget();
        if self.terminal.clear().is_err() {
            self.gone();
        }
    }

    fn draw(&mut self) {
        if self.shown != OnTerminal::Screen || self.exit.is_some() {
            return;
        }
        let (model, palette) = (&self.model, self.palette);
        if self.terminal.draw(|frame| view::draw(frame, model, palette)).is_err() {
            return self.gone();
        }
        self.drawn = Drawn::of(&self.model);
    }
}

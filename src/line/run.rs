//! The loop of line mode: prints what is new, asks, waits, and reads one line as the answer.
use super::answer::{PromptAnswer, answer};
use super::help::help;
use super::listing::{self, WIDE};
use super::memory::{ListingMemory, Occasion};
use super::printer::Printer;
use super::prompt::{Prompt, PromptKind, moves, prompt};
use super::reader::{self, TypedInput};
use super::reason::{LineModeReason, greeting};
use super::typing::{Echo, EchoSwitch};
use super::waiting::{self, NewsOfWork};
use crate::failure::{Failure, FailureKind};
use crate::tui::keys::{self, Key};
use crate::tui::model::{Model, Screen, Size};
use crate::tui::msg::{Effect, Intent, Msg};
use crate::tui::script::Script;
use crate::tui::text::count;
use crate::tui::update::{begin, update};
use crate::tui::{Exit, Signal, Signals, Worker, has_shell, start_work, stop, suspend};
use jiff::Timestamp;
use std::io::{self, IsTerminal as _};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc::{self, Receiver, UnboundedReceiver, UnboundedSender};
use tokio::time::sleep_until;
use zeroize::Zeroizing;

/// How many lines of a file or pipe are read ahead.
const AHEAD: usize = 64;

/// After this much silence a line says that the work still goes on.
const SILENCE: Duration = Duration::from_secs(10);

/// Runs the wizard in line mode until the person leaves.
///
/// # Errors
/// Fails if the input cannot be read, standard output cannot be written, or the terminal cannot hide a typed key.
pub async fn run(
    mut model: Model,
    worker: Arc<dyn Worker>,
    why: LineModeReason,
    script: Script,
    echo: Box<dyn Echo>,
) -> Result<Exit, Failure> {
    let unusable =
        |error: io::Error| Failure::new(FailureKind::Terminal, format!("The input cannot be read: {error}."));
    let signals = Signals::listen().map_err(unusable)?;
    let terminal = io::stdin().is_terminal();
    let (to_lines, lines) = mpsc::channel(AHEAD);
    let read = move || reader::lines(&to_lines, terminal);
    std::thread::Builder::new().name("lines".to_owned()).spawn(read).map_err(unusable)?;
    let (to_replies, replies) = mpsc::unbounded_channel();
    // Rows use Unicode. The printer replaces what the terminal cannot show.
    model.script = Script::Unicode;
    model.size = Size { columns: WIDE, rows: WIDE };
    model.now = Timestamp::now();
    let mut session = LineSession {
        model,
        worker,
        to_replies,
        printer: Printer::new(script),
        memory: ListingMemory::default(),
        news_of_work: NewsOfWork::default(),
        after: Occasion::Doing,
        echo: EchoSwitch::new(echo, terminal),
        terminal,
        asked: Asked::Nothing,
        told: None,
        exit: None,
    };
    session.greet(why);
    session.turns(signals, lines, replies).await
}

/// What the person heard last.
#[derive(Debug, Clone, PartialEq)]
enum Asked {
    /// An answer or a status. The next question is still to be asked.
    Nothing,
    /// That something is awaited.
    Waiting,
    /// That they need not wait: results follow the next answer.
    Impatient,
    Question(Prompt),
}

struct LineSession {
    model: Model,
    worker: Arc<dyn Worker>,
    to_replies: UnboundedSender<Msg>,
    printer: Printer,
    memory: ListingMemory,
    news_of_work: NewsOfWork,
    after: Occasion,
    echo: EchoSwitch,
    /// Whether standard input is a terminal.
    terminal: bool,
    asked: Asked,
    /// The status that was printed last.
    told: Option<String>,
    exit: Option<u8>,
}

impl LineSession {
    fn greet(&mut self, why: LineModeReason) {
        self.printer.lines(&greeting(&self.model, why));
        self.told.clone_from(&self.model.status);
        if let Some(words) = &self.told {
            self.printer.line(words);
        }
        let effects = begin(&mut self.model);
        self.perform(effects);
        if matches!(self.model.screen, Screen::Welcome(_)) {
            // It asks nothing, so it is said, and the first question follows.
            self.news();
            let effects = update(&mut self.model, Msg::Key(Intent::Enter));
            self.perform(effects);
        }
    }

    async fn turns(
        &mut self,
        mut signals: Signals,
        mut lines: Receiver<TypedInput>,
        mut replies: UnboundedReceiver<Msg>,
    ) -> Result<Exit, Failure> {
        loop {
            if let Some(code) = self.exit {
                return self.left(code);
            }
            self.tell(&mut lines)?;
            let listens = self.terminal || matches!(self.asked, Asked::Question(_));
            let silence = self.printer.spoke() + SILENCE;
            tokio::select! {
                // Signals come first. Replies come before typed lines, because they may change the question.
                biased;
                signal = signals.next() => self.signal(signal),
                Some(msg) = replies.recv() => self.take(msg),
                Some(input) = lines.recv(), if listens => self.input(input),
                () = sleep_until(silence.into()), if self.asked == Asked::Waiting => {
                    self.model.now = Timestamp::now();
                    self.printer.line(&waiting::still(&self.model));
                }
            }
        }
    }

    /// Ends the session, and says how a write ended if the person waited for it.
    fn left(&mut self, code: u8) -> Result<Exit, Failure> {
        if self.model.leaving.is_some() {
            self.news();
        }
        self.printer.end_prompt();
        match self.printer.broken() {
            Some(error) if code == FailureKind::Terminal.exit_code() => Err(Failure::new(
                FailureKind::Terminal,
                format!("Standard output could not be written ({error}). The journal records what was done."),
            )
            .hint("run it again with an open standard output")),
            _ => {
                let exit = Exit::from(&self.model, code);
                // How a write ended has been printed already, but not what became of unsent text.
                Ok(Exit { last_word: exit.last_word.filter(|_| self.model.leaving.is_none()), ..exit })
            }
        }
    }

    /// Prints what is new and asks the next question, or announces a wait. Does nothing while a question is open.
    fn tell(&mut self, lines: &mut Receiver<TypedInput>) -> Result<(), Failure> {
        if matches!(self.asked, Asked::Question(_)) {
            return Ok(());
        }
        let waits = self.model.leaving.is_some() || listing::waits(&self.model);
        if waits && (self.asked != Asked::Impatient || self.model.writing()) {
            if self.asked != Asked::Waiting {
                // From here on a typed line may already be a key, if the next question asks for one.
                self.echo.set_for(&prompt(&self.model).kind)?;
                if self.model.leaving.is_none() {
                    self.printer.line(&waiting::begun(&self.model, self.terminal));
                }
                self.asked = Asked::Waiting;
            }
        } else {
            if self.asked == Asked::Waiting {
                self.after = Occasion::Waiting;
            }
            self.news();
            self.ask(lines)?;
        }
        if self.printer.broken().is_some() && self.model.leaving.is_none() {
            self.take(Msg::Leave(FailureKind::Terminal.exit_code()));
        }
        Ok(())
    }

    fn news(&mut self) {
        self.printer.lines(&self.memory.news(listing::listing(&self.model), self.after));
        self.after = Occasion::Looking;
    }

    fn ask(&mut self, lines: &mut Receiver<TypedInput>) -> Result<(), Failure> {
        let prompt = prompt(&self.model);
        let careful = matches!(prompt.kind, PromptKind::Confirm | PromptKind::Secret);
        self.echo.set_for(&prompt.kind)?;
        // Lines typed before this question are no answer to it.
        while self.terminal && careful {
            match lines.try_recv() {
                Ok(TypedInput::Lines(_)) => self.printer.line("A line typed before this question was ignored."),
                Ok(end) => {
                    self.input(end);
                    return Ok(());
                }
                Err(_) => break,
            }
        }
        self.printer.prompt(prompt.parts());
        self.asked = Asked::Question(prompt);
        Ok(())
    }

    fn input(&mut self, input: TypedInput) {
        let lines = match input {
            TypedInput::Lines(lines) => lines,
            TypedInput::Torn => {
                return self.printer.line("The input ended in the middle of a line. That line was ignored.");
            }
            TypedInput::End => {
                self.asked = Asked::Nothing;
                return self.take(Msg::Leave(0));
            }
            TypedInput::Gone => return self.gone(),
        };
        let Asked::Question(asked) = std::mem::replace(&mut self.asked, Asked::Nothing) else {
            return self.early(&lines);
        };
        self.printer.answered(self.terminal && asked.kind != PromptKind::Secret);
        self.echo.on();
        if prompt(&self.model) != asked {
            self.printer.line("The question changed meanwhile, so the answer was ignored.");
            return;
        }
        let (text, left) = asked.kind.of_several(&lines);
        if left > 0 {
            let left = count(left, "line");
            self.printer.line(&format!("Only the first line was used; the rest of the paste was ignored: {left}."));
        }
        match answer(&self.model, &asked, &text) {
            PromptAnswer::Send(msgs) => self.send(msgs),
            PromptAnswer::Instead(why, msgs) => {
                self.printer.line(&why);
                self.send(msgs);
            }
            PromptAnswer::Value(msgs) => {
                msgs.into_iter().for_each(|msg| self.take(msg));
                self.detail();
            }
            PromptAnswer::List => {
                self.memory.forget();
                self.after = Occasion::Asked;
            }
            PromptAnswer::Help => self.printer.lines(&help(&self.model, &asked)),
            PromptAnswer::Steps => self.printer.lines(&listing::steps(&self.model)),
            PromptAnswer::No(why) => self.printer.line(&why),
        }
    }

    /// Handles lines typed during a wait. They answer no question, but can stop the work or leave.
    fn early(&mut self, lines: &[Zeroizing<String>]) {
        let leaves = lines.iter().any(|line| matches!(line.trim(), "q" | "/q"));
        let stops = keys::intent(&self.model, Key::Esc) == Some(Intent::Back);
        let proving = matches!(self.model.screen, Screen::Proving(_));
        if self.model.leaving.is_some() || (self.model.writing() && !proving) {
            self.asked = Asked::Waiting;
            return self.printer.line("A write is running; it is finished first.");
        }
        if leaves {
            let to_board = self.model.board.is_some() && !matches!(self.model.screen, Screen::Board(_));
            return self.take(if to_board { Msg::Key(Intent::Quit) } else { Msg::Leave(0) });
        }
        if stops && lines.iter().any(|line| line.trim() == "<") {
            self.printer.line("Stopping ...");
            return self.take(Msg::Key(Intent::Back));
        }
        if proving {
            self.asked = Asked::Waiting;
            return self
                .printer
                .line("The proof is running. < stops it and cancels the test requests; q does that and quits.");
        }
        if lines.iter().any(|line| !line.trim().is_empty()) {
            self.printer.line("What you typed was ignored: there was no question yet.");
        }
        self.asked = Asked::Impatient;
        self.printer.line("No longer waiting. Results follow your next answer.");
    }

    /// Sends the messages of an answer. Says so if they changed nothing, because silence would sound like success.
    fn send(&mut self, msgs: Vec<Msg>) {
        self.after = Occasion::Doing;
        let before = self.model.clone();
        let only_moves = msgs.iter().all(|msg| matches!(msg, Msg::Key(intent) if moves(*intent)));
        msgs.into_iter().for_each(|msg| self.take(msg));
        let mut now = self.model.clone();
        (now.now, now.next_ticket, now.paused_until) = (before.now, before.next_ticket, before.paused_until);
        if self.exit.is_none() && now == before && !listing::listing(&self.model).refuses() {
            self.printer.line("That has no effect here.");
        } else if only_moves && matches!(self.model.screen, Screen::Steps(_) | Screen::Board(_)) {
            self.detail();
        }
    }

    fn detail(&mut self) {
        self.printer.lines(&listing::detail(&self.model));
    }

    fn take(&mut self, msg: Msg) {
        self.model.paused_until = self.worker.pause_left().map(|left| Timestamp::now() + left);
        let mut effects = update(&mut self.model, Msg::Tick(Timestamp::now()));
        effects.extend(update(&mut self.model, msg));
        self.perform(effects);
        if self.asked == Asked::Waiting {
            self.printer.lines(&self.news_of_work.news(&self.model));
            // Its rows are told as they come.
            if matches!(self.model.screen, Screen::Board(_)) {
                self.news();
            }
        }
        if self.model.status == self.told {
            return;
        }
        self.told.clone_from(&self.model.status);
        if let Some(words) = self.told.clone() {
            self.printer.line(&words);
            self.asked = Asked::Nothing;
        }
    }

    fn perform(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Quit(code) => self.exit = Some(code),
                Effect::Work(work) => start_work(&self.worker, work, &self.to_replies),
                Effect::StopWork => self.worker.stop_work(),
                Effect::LeaveWork => self.worker.leave_work(),
                Effect::KeepSetup(begun) => self.worker.keep_setup(&begun),
                // The terminal suspends us on Ctrl-Z. This is for a person who types the key's name.
                Effect::Suspend => {
                    if let Err(words) = suspend() {
                        self.model.status = Some(words.to_owned());
                    }
                }
                // Line mode prints the text to copy on lines of its own, and does not use the clipboard.
                Effect::Copy(text) | Effect::Print(text) => {
                    self.told.clone_from(&self.model.status);
                    self.printer.verbatim(&text);
                }
            }
        }
    }

    fn signal(&mut self, signal: Signal) {
        match signal {
            Signal::Leave(129) => self.gone(),
            Signal::Leave(code) => {
                self.printer.end_prompt();
                self.take(Msg::Leave(code));
                self.asked = Asked::Nothing;
            }
            Signal::Stop => match has_shell() {
                Ok(()) => {
                    self.echo.on();
                    stop();
                }
                Err(words) => {
                    self.printer.line(words);
                    self.asked = Asked::Nothing;
                }
            },
            // The shell has printed something meanwhile, so ask again.
            Signal::Continued => self.asked = Asked::Nothing,
        }
    }

    /// The terminal is gone: leave as soon as no write is in flight.
    fn gone(&mut self) {
        self.printer.silence();
        self.asked = Asked::Nothing;
        self.take(Msg::Leave(129));
    }
}

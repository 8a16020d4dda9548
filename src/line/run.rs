//! The session: something is waited for, or said, or asked; one line answers.
use super::answer::{Answer, answer, moves};
use super::ask::{Kind, Prompt, prompt};
use super::echo::{Echo, Switch};
use super::greeting::greeting;
use super::help::help;
use super::listing::{self, WIDE};
use super::meanwhile::{self, Meanwhile};
use super::memory::{After, Memory};
use super::paper::Paper;
use super::reader::{self, Input};
use super::spoken::SCRIPT;
use super::why::Why;
use crate::failure::{Failure, FailureKind as Failed};
use crate::tui::keys::{self, Key};
use crate::tui::model::{Model, Screen, Size};
use crate::tui::msg::{Effect, Intent, Msg};
use crate::tui::screen::steps::StepsScreen;
use crate::tui::script::Script;
use crate::tui::text::count;
use crate::tui::update::{begin, update};
use crate::tui::{Exit, Signal, Signals, Worker, has_shell, start_work, stop, suspend};
use jiff::Timestamp;
use std::io::{self, IsTerminal as _};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::mpsc::{self, Receiver, UnboundedReceiver, UnboundedSender};
use tokio::time::sleep_until;
use zeroize::Zeroizing;

/// How many lines of a file or pipe are read ahead.
const AHEAD: usize = 64;

/// After so long without a word it is said that something still goes on.
const SILENCE: Duration = Duration::from_secs(10);

/// Runs the wizard line by line until somebody leaves.
///
/// # Errors
/// Standard output cannot be written any more, or a terminal cannot hide what is typed.
pub async fn run(
    mut model: Model,
    worker: Arc<dyn Worker>,
    why: Why,
    script: Script,
    echo: Box<dyn Echo>,
) -> Result<Exit, Failure> {
    let unusable = |error: io::Error| Failure::new(Failed::Terminal, format!("The input cannot be read: {error}."));
    let signals = Signals::listen().map_err(unusable)?;
    let terminal = io::stdin().is_terminal();
    let (to_lines, lines) = mpsc::channel(AHEAD);
    let read = move || reader::lines(&to_lines, terminal);
    std::thread::Builder::new().name("lines".to_owned()).spawn(read).map_err(unusable)?;
    let (to_replies, replies) = mpsc::unbounded_channel();
    model.script = SCRIPT;
    model.size = Size { columns: WIDE, rows: WIDE };
    model.now = Timestamp::now();
    let paper = Paper::new(script);
    let asked = Asked::Nothing;
    let mut session = Session {
        model,
        worker,
        to_replies,
        paper,
        memory: Memory::default(),
        meanwhile: Meanwhile::default(),
        since: Instant::now(),
        after: After::Doing,
        echo: Switch::new(echo, terminal),
        terminal,
        asked,
        told: None,
        exit: None,
    };
    session.greet(why);
    session.turns(signals, lines, replies).await
}

/// What the person was told last.
#[derive(Debug, Clone, PartialEq)]
enum Asked {
    /// Nothing: it is their turn to listen.
    Nothing,
    /// That something is waited for.
    Waiting,
    /// That they need not wait.
    Impatient,
    /// A question.
    Question(Prompt),
}

/// What happened.
enum Event {
    Signal(Signal),
    Reply(Msg),
    Input(Input),
    /// Nothing was said for a while, though something is waited for.
    Silence,
}

struct Session {
    model: Model,
    worker: Arc<dyn Worker>,
    to_replies: UnboundedSender<Msg>,
    paper: Paper,
    memory: Memory,
    meanwhile: Meanwhile,
    /// Since when something is waited for.
    since: Instant,
    after: After,
    echo: Switch,
    /// Standard input is one.
    terminal: bool,
    asked: Asked,
    /// The word about what just happened that was said last.
    told: Option<String>,
    exit: Option<u8>,
}

impl Session {
    fn greet(&mut self, why: Why) {
        greeting(&self.model, why).iter().for_each(|line| self.paper.line(line));
        self.told.clone_from(&self.model.status);
        self.told.iter().for_each(|words| self.paper.line(words));
        let effects = begin(&mut self.model);
        self.perform(effects);
    }

    async fn turns(
        &mut self,
        mut signals: Signals,
        mut lines: Receiver<Input>,
        mut replies: UnboundedReceiver<Msg>,
    ) -> Result<Exit, Failure> {
        loop {
            if let Some(code) = self.exit {
                return self.left(code);
            }
            self.tell(&mut lines)?;
            let listens = self.terminal || matches!(self.asked, Asked::Question(_));
            let event = tokio::select! {
                // Whoever wants us gone comes first, then the systems: what they said may change the question.
                biased;
                signal = signals.next() => Event::Signal(signal),
                Some(msg) = replies.recv() => Event::Reply(msg),
                Some(input) = lines.recv(), if listens => Event::Input(input),
                () = sleep_until((self.paper.spoke() + SILENCE).into()), if self.asked == Asked::Waiting => Event::Silence,
            };
            match event {
                Event::Signal(signal) => self.signal(signal),
                Event::Reply(msg) => self.take(msg),
                Event::Input(input) => self.input(input),
                Event::Silence => self.paper.line(&meanwhile::still(&self.model, self.since)),
            }
        }
    }

    /// Leaves. What became of a write that was waited for is said.
    fn left(&mut self, code: u8) -> Result<Exit, Failure> {
        if self.model.leaving.is_some() {
            self.news();
        }
        self.paper.end_prompt();
        match self.paper.broken() {
            Some(error) if code == Failed::Terminal.exit_code() => Err(Failure::new(
                Failed::Terminal,
                format!("Standard output could not be written ({error}); what was done is in the journal."),
            )
            .hint("run it again with an output that is open")),
            _ => {
                let exit = Exit::from(&self.model, code);
                // How a write ended was said as it came; what became of what was typed was not.
                Ok(Exit { last_word: exit.last_word.filter(|_| self.model.leaving.is_none()), ..exit })
            }
        }
    }

    /// Says what is new and asks, or says what is waited for; once.
    fn tell(&mut self, lines: &mut Receiver<Input>) -> Result<(), Failure> {
        if matches!(self.asked, Asked::Question(_)) {
            return Ok(());
        }
        let waits = self.model.leaving.is_some() || listing::waits(&self.model);
        if waits && (self.asked != Asked::Impatient || self.model.writing()) {
            if self.asked != Asked::Waiting {
                // What is typed from here on may be a key already, if one is asked for next.
                self.echo.set_for(&prompt(&self.model).kind)?;
                if self.model.leaving.is_none() {
                    self.paper.line(&meanwhile::begun(&self.model, self.terminal));
                }
                (self.asked, self.since) = (Asked::Waiting, Instant::now());
            }
        } else {
            if self.asked == Asked::Waiting {
                self.after = After::Waiting;
            }
            self.news();
            self.ask(lines)?;
        }
        if self.paper.broken().is_some() && self.model.leaving.is_none() {
            self.take(Msg::Leave(Failed::Terminal.exit_code()));
        }
        Ok(())
    }

    fn news(&mut self) {
        let listing = listing::listing(&self.model);
        self.memory.news(listing, self.after).iter().for_each(|line| self.paper.line(line));
        self.after = After::Looking;
    }

    fn ask(&mut self, lines: &mut Receiver<Input>) -> Result<(), Failure> {
        let prompt = prompt(&self.model);
        let careful = matches!(prompt.kind, Kind::Confirm | Kind::Secret);
        self.echo.set_for(&prompt.kind)?;
        // What was typed before the question is no answer to it.
        while self.terminal && careful {
            match lines.try_recv() {
                Ok(Input::Lines(_)) => self.paper.line("A line typed before this question was not taken."),
                Ok(end) => {
                    self.input(end);
                    return Ok(());
                }
                Err(_) => break,
            }
        }
        self.paper.prompt(&prompt.words);
        self.asked = Asked::Question(prompt);
        Ok(())
    }

    fn input(&mut self, input: Input) {
        let lines = match input {
            Input::Lines(lines) => lines,
            Input::Torn => {
                return self.paper.line("The input ended in the middle of a line, so that line was not taken.");
            }
            Input::End => {
                self.asked = Asked::Nothing;
                return self.take(Msg::Leave(0));
            }
            Input::Gone => return self.gone(),
        };
        let Asked::Question(asked) = std::mem::replace(&mut self.asked, Asked::Nothing) else {
            return self.early(&lines);
        };
        self.paper.answered(self.terminal && asked.kind != Kind::Secret);
        self.echo.on();
        if prompt(&self.model) != asked {
            self.paper.line("Something was read meanwhile, so the answer was not taken.");
            return;
        }
        let (text, left) = asked.kind.of_several(&lines);
        if left > 0 {
            let left = count(left, "line");
            self.paper.line(&format!("Only the first line was taken, and not what was pasted after it: {left}."));
        }
        match answer(&self.model, &asked, &text) {
            Answer::Send(msgs) => self.send(msgs),
            Answer::Instead(why, msgs) => {
                self.paper.line(&why);
                self.send(msgs);
            }
            Answer::Value(msgs) => {
                msgs.into_iter().for_each(|msg| self.take(msg));
                self.detail();
            }
            Answer::List => {
                self.memory.forget();
                self.after = After::Asked;
            }
            Answer::Help => help(&self.model, &asked).iter().for_each(|line| self.paper.line(line)),
            Answer::Steps => listing::steps(&self.model).iter().for_each(|line| self.paper.line(line)),
            Answer::No(why) => self.paper.line(&why),
        }
    }

    /// Something was typed while something is waited for: it answers no question.
    fn early(&mut self, lines: &[Zeroizing<String>]) {
        let leaves = lines.iter().any(|line| matches!(line.trim(), "q" | "/q"));
        let stops = keys::intent(&self.model, Key::Esc) == Some(Intent::Back);
        let proving = matches!(self.model.screen, Screen::Proving(_));
        if self.model.leaving.is_some() || (self.model.writing() && !proving) {
            self.asked = Asked::Waiting;
            return self.paper.line("A write is in flight; it is finished first.");
        }
        if leaves {
            return self.take(Msg::Leave(0));
        }
        if stops && lines.iter().any(|line| line.trim() == "<") {
            self.paper.line("Stopping ...");
            return self.take(Msg::Key(Intent::Back));
        }
        if proving {
            self.asked = Asked::Waiting;
            return self
                .paper
                .line("The proof is under way. < stops it and cancels what was made, q leaves after that.");
        }
        if lines.iter().any(|line| !line.trim().is_empty()) {
            self.paper.line("What was typed was not taken as an answer: nothing was asked yet.");
        }
        self.asked = Asked::Impatient;
        self.paper.line("Not waited for any longer; what comes is said after the next answer.");
    }

    /// Does what was answered. What leaves everything as it was is said too: silence would be taken for success.
    fn send(&mut self, msgs: Vec<Msg>) {
        self.after = After::Doing;
        let before = self.model.clone();
        let only_moves = msgs.iter().all(|msg| matches!(msg, Msg::Key(intent) if moves(*intent)));
        msgs.into_iter().for_each(|msg| self.take(msg));
        let mut now = self.model.clone();
        (now.now, now.next_ticket) = (before.now, before.next_ticket);
        if self.exit.is_none() && now == before && !listing::listing(&self.model).refuses() {
            self.paper.line("That changes nothing here.");
        } else if only_moves && self.model.screen == Screen::Steps(StepsScreen) {
            self.detail();
        }
    }

    fn detail(&mut self) {
        listing::detail(&self.model).iter().for_each(|line| self.paper.line(line));
    }

    fn take(&mut self, msg: Msg) {
        let mut effects = update(&mut self.model, Msg::Tick(Timestamp::now()));
        effects.extend(update(&mut self.model, msg));
        self.perform(effects);
        if self.asked == Asked::Waiting {
            self.meanwhile.news(&self.model).iter().for_each(|words| self.paper.line(words));
        }
        if self.model.status == self.told {
            return;
        }
        self.told.clone_from(&self.model.status);
        if let Some(words) = self.told.clone() {
            self.paper.line(&words);
            self.asked = Asked::Nothing;
        }
    }

    fn perform(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Quit(code) => self.exit = Some(code),
                Effect::Work(work) => start_work(&self.worker, work, &self.to_replies),
                Effect::StopWork => self.worker.stop_work(),
                Effect::KeepSetup(begun) => self.worker.keep_setup(&begun),
                // The terminal does it for the key; this is for whoever writes its name.
                Effect::Suspend => {
                    if let Err(words) = suspend() {
                        self.model.status = Some(words.to_owned());
                    }
                }
                // Here a copy is what stands alone on its line; no clipboard is spoken of.
                Effect::Copy(text) | Effect::Print(text) => {
                    self.told.clone_from(&self.model.status);
                    self.paper.verbatim(&text);
                }
            }
        }
    }

    fn signal(&mut self, signal: Signal) {
        match signal {
            Signal::Leave(129) => self.gone(),
            Signal::Leave(code) => {
                self.paper.end_prompt();
                self.take(Msg::Leave(code));
                self.asked = Asked::Nothing;
            }
            Signal::Stop => match has_shell() {
                Ok(()) => {
                    self.echo.on();
                    stop();
                }
                Err(words) => {
                    self.paper.line(words);
                    self.asked = Asked::Nothing;
                }
            },
            // The shell has written meanwhile: the question is asked again.
            Signal::Continued => self.asked = Asked::Nothing,
        }
    }

    /// The terminal is gone: leaves, once no write is in flight.
    fn gone(&mut self) {
        self.paper.silence();
        self.asked = Asked::Nothing;
        self.take(Msg::Leave(129));
    }
}

//! A dialogue with the program in line mode: it asks, and one line answers. Over pipes, or at a terminal.
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};
use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;
use tempfile::TempDir;

/// The path of the built program.
pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_last-resort");

/// The longest wait for something that the test has already caused; only a fault exceeds it.
const LONGEST: Duration = Duration::from_secs(25);

/// The possible endings of a prompt.
const ENDS: [&str; 4] = ["[1]: ", "back: ", "quit: ", "help: "];

/// The output so far, and whether it has ended.
#[derive(Default)]
struct Heard {
    bytes: Vec<u8>,
    ended: bool,
}

/// A running program and its input and output.
pub(crate) struct Talk {
    pub(crate) home: TempDir,
    keyboard: Option<Box<dyn Write + Send>>,
    child: Box<dyn Child + Send + Sync>,
    heard: Arc<(Mutex<Heard>, Condvar)>,
    reader: Option<JoinHandle<()>>,
    terminal: Option<Box<dyn MasterPty + Send>>,
    /// The number of output bytes that the test has already looked at.
    at: usize,
}

/// Environment variables in addition to those that every dialogue has.
pub(crate) type Env<'a> = &'a [(&'a str, &'a str)];

fn environment(home: &Path, env: Env<'_>) -> BTreeMap<String, String> {
    let home = home.display().to_string();
    let path = std::env::var("PATH").unwrap_or_default();
    let usual = [("PATH", path.as_str()), ("HOME", &home), ("LANG", "C.UTF-8"), ("TZ", "UTC"), ("USER", "staff")];
    usual.iter().chain(env).map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

impl Talk {
    /// Starts the program over pipes.
    pub(crate) fn over_pipes(args: &[&str], env: Env<'_>) -> Self {
        Self::over_pipes_in(TempDir::new().expect("a home"), args, env)
    }

    /// Starts the program over pipes in a prepared home.
    pub(crate) fn over_pipes_in(home: TempDir, args: &[&str], env: Env<'_>) -> Self {
        let mut command = Command::new(PROGRAM);
        command.args(args).env_clear().envs(environment(home.path(), env)).current_dir(home.path());
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::inherit());
        let mut child = command.spawn().expect("the program");
        let keyboard = child.stdin.take().expect("its input");
        let output = child.stdout.take().expect("its output");
        Self::of(home, Box::new(keyboard), Box::new(output), Box::new(child), None)
    }

    /// Starts a command at a terminal of this size.
    pub(crate) fn at_a_terminal(size: (u16, u16), command: &[&str], env: Env<'_>) -> Self {
        Self::at_a_terminal_in(TempDir::new().expect("a home"), size, command, env)
    }

    /// Starts a command at a terminal, in a prepared home. `command` includes the program.
    pub(crate) fn at_a_terminal_in(home: TempDir, (cols, rows): (u16, u16), command: &[&str], env: Env<'_>) -> Self {
        let size = PtySize { rows, cols, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("a pty");
        let mut builder = CommandBuilder::new(command[0]);
        builder.args(&command[1..]);
        builder.env_clear();
        builder.cwd(home.path());
        for (name, value) in environment(home.path(), env) {
            builder.env(name, value);
        }
        let child = pair.slave.spawn_command(builder).expect("the program");
        drop(pair.slave);
        let reader = pair.master.try_clone_reader().expect("a reader");
        let keyboard = pair.master.take_writer().expect("a keyboard");
        Self::of(home, keyboard, reader, child, Some(pair.master))
    }

    fn of(
        home: TempDir,
        keyboard: Box<dyn Write + Send>,
        reader: Box<dyn Read + Send>,
        child: Box<dyn Child + Send + Sync>,
        terminal: Option<Box<dyn MasterPty + Send>>,
    ) -> Self {
        let heard = Arc::default();
        let reader = Some(listen(reader, &heard));
        Self { home, keyboard: Some(keyboard), child, heard, reader, terminal, at: 0 }
    }

    fn heard(&self) -> MutexGuard<'_, Heard> {
        self.heard.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns all output so far, with a terminal's line ends as plain newlines.
    pub(crate) fn all(&self) -> String {
        text(&self.heard().bytes)
    }

    /// Waits until the output since the last answer satisfies `so`, and returns that output.
    #[track_caller]
    pub(crate) fn wait_until(&mut self, what: &str, so: impl Fn(&str) -> bool) -> String {
        let not_yet = |heard: &mut Heard| !heard.ended && !so(&text(&heard.bytes[self.at..]));
        let waited = self.heard.1.wait_timeout_while(self.heard(), LONGEST, not_yet);
        let (heard, end) = waited.unwrap_or_else(PoisonError::into_inner);
        let new = text(&heard.bytes[self.at..]);
        let (length, all) = (heard.bytes.len(), text(&heard.bytes));
        drop(heard);
        assert!(!end.timed_out() && so(&new), "never came: {what}\n{all}");
        self.at = length;
        new
    }

    /// Waits for a prompt, and returns the output since the last answer.
    #[track_caller]
    pub(crate) fn asked(&mut self) -> String {
        self.wait_until("a prompt", |new| ENDS.iter().any(|end| new.ends_with(end)))
    }

    /// Returns a prompt as this window shows it: on one line or, where that is too long, with the offers below what is asked.
    pub(crate) fn prompt(&self, asked: &str, offers: &str) -> String {
        let columns = self.terminal.as_ref().map(|terminal| usize::from(terminal.get_size().expect("a size").cols));
        let whole = format!("{asked}, {offers}: ");
        if columns.is_some_and(|columns| whole.len() > columns) { format!("{asked}\n{offers}: ") } else { whole }
    }

    /// Types one line or several.
    pub(crate) fn type_lines(&mut self, lines: &str) {
        let keyboard = self.keyboard.as_mut().expect("still open");
        keyboard.write_all(format!("{lines}\n").as_bytes()).and_then(|()| keyboard.flush()).expect("a keyboard");
    }

    /// Answers, waits for the next prompt, and returns the output in between.
    #[track_caller]
    pub(crate) fn answer(&mut self, line: &str) -> String {
        self.type_lines(line);
        self.asked()
    }

    /// Closes the program's input.
    pub(crate) fn hang_up(&mut self) {
        self.keyboard = None;
    }

    /// Sends a control character, such as Ctrl-C at a terminal.
    pub(crate) fn press(&mut self, key: u8) {
        self.keyboard.as_mut().expect("still open").write_all(&[key]).expect("a keyboard");
    }

    /// Sends a signal to the program.
    pub(crate) fn signal(&self, signal: Signal) {
        let id = self.child.process_id().and_then(|id| i32::try_from(id).ok()).and_then(Pid::from_raw);
        kill_process(id.expect("running"), signal).expect("signalled");
    }

    /// Waits until the program has exited. Fails unless its code is `code` and its output is plain text. Returns the
    /// output and the home.
    #[track_caller]
    pub(crate) fn has_left(mut self, code: u32) -> (String, TempDir) {
        let waited = self.heard.1.wait_timeout_while(self.heard(), LONGEST, |heard| !heard.ended);
        let ended = waited.unwrap_or_else(PoisonError::into_inner).0.ended;
        assert!(ended, "the program does not exit:\n{}", self.all());
        let status = self.child.wait().expect("left");
        self.end();
        let all = self.all();
        assert_eq!(status.exit_code(), code, "{all}");
        assert_plain(&all);
        let home = std::mem::replace(&mut self.home, TempDir::new().expect("a home"));
        (all, home)
    }

    /// Closes the input and the terminal, and waits until all output was read.
    fn end(&mut self) {
        self.keyboard = None;
        self.terminal = None;
        if let Some(reader) = self.reader.take() {
            reader.join().expect("read to the end");
        }
    }
}

impl Drop for Talk {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        self.keyboard = None;
        self.terminal = None;
        drop(self.reader.take());
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).replace("\r\n", "\n")
}

/// Reads the output in a thread until it ends.
fn listen(mut from: Box<dyn Read + Send>, heard: &Arc<(Mutex<Heard>, Condvar)>) -> JoinHandle<()> {
    let heard = Arc::clone(heard);
    thread::spawn(move || {
        let mut bytes = [0; 8192];
        while let Ok(n @ 1..) = from.read(&mut bytes) {
            heard.0.lock().unwrap_or_else(PoisonError::into_inner).bytes.extend_from_slice(&bytes[..n]);
            heard.1.notify_all();
        }
        heard.0.lock().unwrap_or_else(PoisonError::into_inner).ended = true;
        heard.1.notify_all();
    })
}

/// Fails if the output contains anything but printable text and line ends, or contains drawing characters.
#[track_caller]
pub(crate) fn assert_plain(said: &str) {
    let odd = |c: &char| c.is_control() && *c != '\n' || matches!(c, '\u{2500}'..='\u{25ff}' | '\u{2800}'..='\u{28ff}');
    let odd: Vec<char> = said.chars().filter(odd).collect();
    assert!(odd.is_empty(), "{odd:?} in\n{said}");
    assert!(!said.chars().any(|c| "✓✗⊘■▸".contains(c)), "a drawn mark without words in\n{said}");
}

//! The log: what this program asked and what came back, without keys, in a private file of limited size.
//!
//! Only events of this crate are logged. The libraries below it log bodies and headers, which contain keys.
use super::folders::OwnFolder;
use super::private::{FileAccess, cannot, open_append, own};
use super::text::printable;
use crate::failure::{Failure, FailureKind};
use crate::io::progress;
use crate::io::shown::spelled;
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use tracing::Subscriber;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::{EnvFilter, fmt};

/// The largest log, in bytes. A larger one is renamed to `<name>.1`, which replaces the previous `<name>.1`.
const CAP: u64 = 1 << 20;
/// The name of the log.
pub(super) const LOG: &str = "last-resort.log";

/// The filter for the log. It ignores `RUST_LOG`.
const OURS: &str = "last_resort=debug";

/// Appends this process's log to the one in `folder`; with `verbose`, to standard error as well.
///
/// # Errors
/// The file cannot be written, or a log is set up already.
pub fn log_to(folder: &OwnFolder, verbose: bool) -> Result<(), Failure> {
    let subscriber = log_subscriber(folder, verbose)?;
    tracing::subscriber::set_global_default(subscriber)
        .map_err(|_| Failure::new(FailureKind::Files, "the log of this process is already set up"))
}

/// The subscriber that [`log_to`] installs.
pub fn log_subscriber(folder: &OwnFolder, verbose: bool) -> Result<impl Subscriber + Send + Sync + use<>, Failure> {
    folder.make()?;
    let path = &folder.file(LOG);
    // The earlier log is replaced when this one is full: it must be ours too.
    let aside = &set_aside(path);
    own(aside, folder.access()).map_err(|error| cannot(FailureKind::Files, "replace the log", aside, &error))?;
    let file = Capped::open(path, folder.access())
        .map_err(|error| cannot(FailureKind::Files, "write the log", path, &error))?;
    let to_file = fmt::layer().with_ansi(false).with_writer(Mutex::new(Clean(file)));
    let to_terminal =
        verbose.then(|| fmt::layer().with_ansi(false).with_target(false).with_writer(|| Clean(Printed(Aside))));
    Ok(tracing_subscriber::registry().with(EnvFilter::new(OURS)).with(to_file).with(to_terminal))
}

/// Where a full log goes.
fn set_aside(path: &Path) -> PathBuf {
    let mut old = path.to_owned().into_os_string();
    old.push(".1");
    old.into()
}

/// A log file that is set aside when it grows beyond [`CAP`].
struct Capped {
    path: PathBuf,
    access: FileAccess,
    file: File,
    size: u64,
}

impl Capped {
    fn open(path: &Path, access: FileAccess) -> io::Result<Self> {
        let file = open_append(path, access)?;
        let size = file.metadata()?.len();
        Ok(Self { path: path.to_owned(), access, file, size })
    }

    fn put_aside(&mut self) -> io::Result<()> {
        std::fs::rename(&self.path, set_aside(&self.path))?;
        *self = Self::open(&self.path, self.access)?;
        Ok(())
    }
}

impl Write for Capped {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.size > 0 && self.size + bytes.len() as u64 > CAP {
            self.put_aside()?;
        }
        let written = self.file.write(bytes)?;
        self.size += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// Standard error, with the line of a wait out of the way.
struct Aside;

impl Write for Aside {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        progress::aside(|| io::stderr().write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        io::stderr().flush()
    }
}

/// Replaces control characters in each event before it is written. `fmt` hands over one whole event at a time.
struct Clean<W>(W);

impl<W: Write> Write for Clean<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let text = String::from_utf8_lossy(bytes);
        let (line, end) = text.strip_suffix('\n').map_or((&*text, ""), |line| (line, "\n"));
        self.0.write_all(format!("{}{end}", printable(line)).as_bytes())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// Writes a log to where it is read at once, in the characters that can be shown there.
struct Printed<W>(W);

impl<W: Write> Write for Printed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write_all(spelled(&String::from_utf8_lossy(bytes)).as_bytes())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

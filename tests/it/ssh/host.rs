//! An sshd started for one test, with its own keys and its own port on loopback. Only the test can log in.
use std::fs;
use std::io::{BufRead as _, BufReader, ErrorKind};
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;

/// Names the packages to install if a program is missing.
const NEEDS: &str = "the tests over ssh need openssh-server, openssh-client and tmux (tests/run installs them)";

/// Where distributions install sshd. It refuses to start unless it is called by its full path.
const SSHD: [&str; 3] = ["/usr/sbin/sshd", "/usr/local/sbin/sshd", "/usr/lib/ssh/sshd"];

/// A running sshd; it is stopped on drop.
pub(crate) struct Host {
    daemon: Child,
    folder: TempDir,
    port: u16,
    user: String,
}

impl Host {
    /// Starts sshd and waits until it listens.
    pub(crate) fn start() -> Self {
        let folder = TempDir::new().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        let host_key = key_pair(&at("host"));
        fs::write(at("authorized"), key_pair(&at("user"))).expect("written");
        let port = free_port();
        fs::write(at("known"), format!("[127.0.0.1]:{port} {host_key}")).expect("written");
        fs::write(at("config"), config(folder.path(), port)).expect("written");
        if rustix::process::geteuid().is_root() {
            // The folder is missing if the package was installed but sshd never started.
            fs::create_dir_all("/run/sshd").expect("a folder to separate privileges in");
        }
        let sshd = SSHD.into_iter().find(|path| Path::new(path).exists());
        let sshd = sshd.unwrap_or_else(|| panic!("there is no sshd: {NEEDS}"));
        let mut daemon = Command::new(sshd)
            .args(["-D", "-e", "-f"])
            .arg(at("config"))
            .stdin(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("{sshd}: {error}"));
        let said = daemon.stderr.take().expect("piped");
        listens(BufReader::new(said));
        Self { daemon, folder, port, user: said_by("id", &["-un"]) }
    }

    /// Builds the ssh command that logs in with a terminal and runs `remote` there.
    pub(crate) fn login(&self, remote: &str) -> Vec<String> {
        let at = |name: &str| self.folder.path().join(name).display().to_string();
        let known = format!("UserKnownHostsFile={}", at("known"));
        let port = self.port.to_string();
        let whom = format!("{}@127.0.0.1", self.user);
        let key = at("user");
        let args = ["ssh", "-tt", "-e", "none", "-F", "none", "-i", &key, "-p", &port, "-o", &known];
        let strict = ["-o", "StrictHostKeyChecking=yes", "-o", "BatchMode=yes", "-o", "IdentitiesOnly=yes"];
        let quiet = ["-o", "LogLevel=ERROR", &whom, remote];
        args.into_iter().chain(strict).chain(quiet).map(str::to_owned).collect()
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        let _ = self.daemon.kill();
        let _ = self.daemon.wait();
    }
}

/// Fails unless sshd says that it listens. Its later output is read and dropped, so that it never blocks on a full pipe.
#[track_caller]
fn listens(mut said: BufReader<impl std::io::Read + Send + 'static>) {
    let mut log = String::new();
    while !log.contains("Server listening") {
        let read = said.read_line(&mut log).expect("text");
        assert_ne!(read, 0, "sshd did not start:\n{log}");
    }
    std::thread::spawn(move || std::io::copy(&mut said, &mut std::io::sink()));
}

/// Makes a key pair and returns the public key.
fn key_pair(path: &Path) -> String {
    said_by("ssh-keygen", &["-q", "-t", "ed25519", "-N", "", "-C", "test", "-f", &path.display().to_string()]);
    let public: PathBuf = path.with_extension("pub");
    fs::read_to_string(public).expect("a public key")
}

/// Returns a port that is free now. sshd cannot be given an open socket, so there is a short race.
fn free_port() -> u16 {
    let socket = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("loopback");
    socket.local_addr().expect("an address").port()
}

fn config(folder: &Path, port: u16) -> String {
    let folder = folder.display();
    format!(
        "ListenAddress 127.0.0.1\nPort {port}\nHostKey {folder}/host\nAuthorizedKeysFile {folder}/authorized\nPidFile none\n\
         UsePAM no\nStrictModes no\nPermitRootLogin prohibit-password\nPasswordAuthentication no\nPrintMotd no\nPrintLastLog no\n"
    )
}

/// Runs a program that must succeed, and returns its output.
#[track_caller]
pub(crate) fn said_by(program: &str, args: &[&str]) -> String {
    let ran =
        Command::new(program).args(args).stdin(Stdio::null()).output().unwrap_or_else(|error| match error.kind() {
            ErrorKind::NotFound => panic!("there is no {program}: {NEEDS}"),
            _ => panic!("{program}: {error}"),
        });
    assert!(ran.status.success(), "{program} {args:?}: {}", String::from_utf8_lossy(&ran.stderr));
    String::from_utf8_lossy(&ran.stdout).trim().to_owned()
}

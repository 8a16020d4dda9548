//! Keys with a real Secret Service, a real kernel keyring, and without either: each store is named correctly, and quickly.
//!
//! This binary runs itself again in separate sessions: `SCRIPT` says what to do there, `REPORT` is the file for the results.
use last_resort::io::{Keyring, SessionKeys};
use last_resort::ports::Keys;
use last_resort::recipe::KeySlot;
use last_resort::secret::ApiKey;
use last_resort::site::{CampusCode, Environment};
use linux_keyutils::{KeyRing, KeyRingIdentifier};
use std::io::ErrorKind;
use std::os::unix::net::UnixListener;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

const KEY: &str = "5f2c1d9e-77aa-4e0b-9c51-0d7f2b9ea1b2";
const OTHER: &str = "00000000-1111-2222-3333-44444444c3d4";
const HAS_KEY: &str = "set (36 characters, ends a1b2) from Keyring";
/// The contract allows a whole command 30 s; a single question about keys may take this much.
const QUICK: Duration = Duration::from_secs(5);

/// Runs a script such as `store; set alma; get alma` and returns one line of result per action.
fn run_script(script: &str) -> Vec<String> {
    let code = CampusCode::parse(&std::env::var("CAMPUS").unwrap_or("01TEST_NONE".into())).expect("a code");
    let keys = Keyring::of_this_user().of(&code, Environment::Sandbox);
    script
        .split(';')
        .map(|step| {
            let start = Instant::now();
            let said = step_of(&keys, step.trim());
            assert!(start.elapsed() < QUICK, "{step} took {:?}: {said}", start.elapsed());
            assert!(!said.contains(&KEY[..30]) && !said.contains("planted"), "{step} printed a key");
            said
        })
        .collect()
}

fn step_of(keys: &impl Keys, step: &str) -> String {
    let slot = |word: &str| KeySlot::ALL.into_iter().find(|slot| slot.as_str() == word).expect("a slot");
    let told = match step.split(' ').collect::<Vec<_>>()[..] {
        ["store"] => Ok(format!("{} usable={}", keys.store().words, keys.store().usable)),
        ["get", word] => keys.get(slot(word)).map(|got| match got {
            Some((key, origin)) => format!("{} from {origin:?}", key.described()),
            None => "none".into(),
        }),
        ["set", word] => keys.set(slot(word), &ApiKey::parse(KEY.into()).expect("a key")).map(|()| "stored".into()),
        ["replace", word] => {
            keys.set(slot(word), &ApiKey::parse(OTHER.into()).expect("a key")).map(|()| "stored".into())
        }
        ["forget", word] => keys.forget(slot(word)).map(|was| format!("forgotten={was}")),
        ["lock"] => {
            std::thread::spawn(lock_default_collection).join().expect("locked");
            Ok("locked".into())
        }
        ["dumpable"] => Ok(format!("{:?}", rustix::process::dumpable_behavior())),
        ["harden"] => Ok(last_resort::io::harden().map_or_else(|error| error.to_string(), |()| "hardened".into())),
        _ => panic!("no such step: {step}"),
    };
    told.unwrap_or_else(|failure| format!("FAILURE {:?}: {failure} {failure:?}", failure.kind).replace('\n', " "))
}

/// Locks the collection, as a screen saver or another program may do while this one runs.
fn lock_default_collection() {
    use secret_service::{EncryptionType, blocking::SecretService};
    let service = SecretService::connect(EncryptionType::Plain).expect("a service");
    service.get_default_collection().expect("a collection").lock().expect("locked");
}

/// Runs `SCRIPT` on a thread of an async runtime, as the program does. Without `SCRIPT` it asks for this session's key store.
#[test]
fn a_script_is_answered_in_time_on_an_async_thread() {
    let script = std::env::var("SCRIPT").unwrap_or_else(|_| "store".to_owned());
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    let said = runtime.block_on(async { tokio::spawn(async move { run_script(&script) }).await }).expect("no panic");
    assert!(!said.is_empty());
    if let Some(report) = std::env::var_os("REPORT") {
        std::fs::write(report, said.join("\n")).expect("a report");
    }
}

/// A home for processes that each run in a new session.
struct Session {
    home: TempDir,
    campus: String,
}

impl Session {
    fn new(name: &str) -> Self {
        // All tests of this user share the kernel keyring, so each one uses its own campus code.
        let campus = format!("01TEST_{name}_{}", std::process::id());
        Self { home: TempDir::new().expect("a home"), campus }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// Runs a script in a session. `before` is a shell command that runs first in the same session.
    fn say(&self, session: &[&str], before: &str, env: &[(&str, &str)], script: &str) -> Vec<String> {
        let report = self.path("report");
        let shell = format!("{before}exec \"$0\" --exact keyring::a_script_is_answered_in_time_on_an_async_thread");
        let exe = std::env::current_exe().expect("this binary");
        let command = [session, &["sh", "-c", &shell]].concat();
        let status = Command::new(command[0])
            .args(&command[1..])
            .arg(exe)
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", self.home.path())
            .env("XDG_RUNTIME_DIR", self.home.path())
            .envs(env.iter().copied())
            .env("SCRIPT", script)
            .env("REPORT", &report)
            .env("CAMPUS", &self.campus)
            .stdin(Stdio::null())
            .stdout(std::fs::File::create(self.path("out")).expect("a file"))
            // The keyring daemon keeps running and would keep a pipe open, so use files.
            .stderr(std::fs::File::create(self.path("err")).expect("a file"))
            .status()
            .unwrap_or_else(|error| panic!("{command:?}: {error} (needs dbus and gnome-keyring)"));
        let shown = ["out", "err"].map(|name| std::fs::read_to_string(self.path(name)).unwrap_or_default());
        assert!(status.success(), "{command:?}: {status}\n{}\n{}", shown[0], shown[1]);
        let said = std::fs::read_to_string(&report).expect("a report");
        std::fs::remove_file(report).expect("read");
        said.lines().map(str::to_owned).collect()
    }

    fn unlocked(&self, script: &str) -> Vec<String> {
        self.say(&["dbus-run-session", "--"], &daemon("printf %s pw |", "--unlock"), &[], script)
    }

    fn without_bus(&self, env: &[(&str, &str)], script: &str) -> Vec<String> {
        self.say(&["env"], "", env, script)
    }
}

fn daemon(input: &str, how: &str) -> String {
    format!("{input} gnome-keyring-daemon {how} --components=secrets >/dev/null || exit 9; ")
}

/// Asks the kernel directly, without our code, whether `add_key` is allowed.
fn kernel_allows() -> bool {
    let process = KeyRing::from_special_id(KeyRingIdentifier::Process, true);
    process.and_then(|ring| ring.add_key("last-resort:test", "x")).is_ok()
}

fn user_keyring() -> KeyRing {
    let process = KeyRing::from_special_id(KeyRingIdentifier::Process, true).expect("a keyring");
    process.link_keyring_id(KeyRingIdentifier::User).expect("linked");
    KeyRing::from_special_id(KeyRingIdentifier::User, true).expect("a keyring")
}

/// Fails unless the answer names `why` the Secret Service cannot be used, and the store used instead.
fn assert_fallback(said: &str, why: &str) {
    assert!(said.contains(why), "{said}");
    if kernel_allows() {
        assert!(said.starts_with("kernel keyring (until reboot), because: "), "{said}");
        assert!(said.ends_with("usable=true"), "{said}");
    } else {
        assert!(said.starts_with("none: "), "{said}");
        assert!(said.contains("the kernel refuses its keyring ("), "{said}");
        assert!(said.ends_with("usable=false"), "{said}");
    }
}

#[test]
fn an_unlocked_secret_service_keeps_keys_on_disk() {
    let scene = Session::new("UNLOCKED");
    let said = scene.unlocked("store; get alma; set alma; get alma; get illiad; forget export");
    assert!(said[0].starts_with("Secret Service \"") && said[0].ends_with("(kept on disk) usable=true"), "{}", said[0]);
    assert_eq!(said[1..], ["none", "stored", HAS_KEY, "none", "forgotten=false"]);
    // Another session with another bus, unlocked with the same password.
    let said = scene.unlocked("get alma; replace alma; get alma; forget alma; get alma; forget alma");
    let replaced = "set (36 characters, ends c3d4) from Keyring";
    assert_eq!(said, [HAS_KEY, "stored", replaced, "forgotten=true", "none", "forgotten=false"]);
}

#[test]
fn a_locked_secret_service_is_named_and_never_says_that_there_is_no_key() {
    let scene = Session::new("LOCKED");
    assert_eq!(scene.unlocked("set alma"), ["stored"]);
    let said = scene.say(&["dbus-run-session", "--"], &daemon("", "--start"), &[], "store; get alma; forget alma");
    assert_fallback(&said[0], "is locked");
    for told in &said[1..] {
        assert!(told.starts_with("FAILURE Key: ") && told.contains("is locked"), "{told}");
        assert!(told.contains("LAST_RESORT_ALMA_KEY"), "{told}");
    }
    assert_eq!(scene.unlocked("get alma"), [HAS_KEY], "the key was stored all the time");
}

#[test]
fn a_wrong_password_is_a_locked_store() {
    let scene = Session::new("WRONG");
    assert_eq!(scene.unlocked("set alma"), ["stored"]);
    let wrong = daemon("printf %s wrong |", "--unlock").replace("|| exit 9", "|| true");
    let said = scene.say(&["dbus-run-session", "--"], &wrong, &[], "store; get alma");
    assert_fallback(&said[0], "is locked");
    assert!(said[1].starts_with("FAILURE Key: "), "{}", said[1]);
}

#[test]
fn a_store_that_is_locked_while_this_runs_does_not_turn_into_no_key() {
    let said = Session::new("LATER").unlocked("set alma; get illiad; lock; get alma; get illiad; set illiad");
    assert_eq!(said[..3], ["stored", "none", "locked"]);
    for told in &said[3..] {
        assert!(told.starts_with("FAILURE Key: ") && told.contains("locked"), "{told}");
    }
}

#[test]
fn a_service_that_was_never_unlocked_is_not_taken_for_a_usable_one() {
    let scene = Session::new("NEVER");
    let said = scene.say(&["dbus-run-session", "--"], &daemon("", "--start"), &[], "store");
    assert_fallback(&said[0], "Secret Service");
    assert!(!said[0].contains("kept on disk"), "{}", said[0]);
}

#[test]
fn a_bus_without_a_provider_is_named() {
    let scene = Session::new("PROVIDERLESS");
    let config = scene.path("bus.conf");
    // Without service folders nothing can be started on demand.
    let text = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>"#;
    std::fs::write(&config, text).expect("a file");
    let option = format!("--config-file={}", config.display());
    let said = scene.say(&["dbus-run-session", &option, "--"], "", &[], "store");
    assert_fallback(&said[0], "no Secret Service on this session's D-Bus");
}

#[test]
fn no_bus_is_named_and_the_kernel_keyring_is_seen_by_the_next_process() {
    let scene = Session::new("KERNEL");
    let said = scene.without_bus(&[], "store; get alma; set alma; get alma; set illiad");
    assert_fallback(&said[0], "no D-Bus session bus, so no Secret Service");
    if !kernel_allows() {
        for told in &said[1..] {
            assert!(told.starts_with("FAILURE Key: ") && told.contains("the kernel refuses its keyring ("), "{told}");
        }
        return;
    }
    assert_eq!(said[1..], ["none", "stored", HAS_KEY, "stored"]);
    let description = format!("last-resort:{}/sandbox/alma", scene.campus);
    assert!(user_keyring().search(&description).is_ok(), "the key is in the persistent keyring");
    let said =
        scene.without_bus(&[], "get alma; replace alma; get alma; forget alma; get alma; forget alma; get illiad");
    let replaced = "set (36 characters, ends c3d4) from Keyring";
    assert_eq!(said, [HAS_KEY, "stored", replaced, "forgotten=true", "none", "forgotten=false", HAS_KEY]);
    assert_eq!(scene.without_bus(&[], "forget illiad"), ["forgotten=true"]);
}

#[test]
fn the_environment_comes_first_and_does_not_touch_the_bus() {
    let scene = Session::new("ENV");
    let socket = scene.path("bus");
    let listener = UnixListener::bind(&socket).expect("a socket");
    listener.set_nonblocking(true).expect("nonblocking");
    let bus = format!("unix:path={}", socket.display());
    let env =
        [("DBUS_SESSION_BUS_ADDRESS", &*bus), ("LAST_RESORT_ALMA_KEY", KEY), ("LAST_RESORT_ILLIAD_KEY", "a planted")];
    let said = scene.without_bus(&env, "get alma; get illiad");
    assert_eq!(said[0], "set (36 characters, ends a1b2) from Environment");
    assert!(said[1].starts_with("FAILURE Key: LAST_RESORT_ILLIAD_KEY is set, but it cannot be used"), "{}", said[1]);
    assert_eq!(listener.accept().expect_err("nobody called").kind(), ErrorKind::WouldBlock);

    // An empty variable counts as not set, so the keyring is asked. A bus that accepts and then stays silent is reported in time.
    let said =
        scene.without_bus(&[("DBUS_SESSION_BUS_ADDRESS", &*bus), ("LAST_RESORT_ALMA_KEY", "")], "get alma; store");
    assert!(listener.accept().is_ok(), "the bus was asked");
    assert!(said[0].starts_with("FAILURE Key: ") && said[0].contains("did not answer within 2 s"), "{}", said[0]);
    assert_fallback(&said[1], "did not answer within 2 s");
}

#[test]
fn keys_of_this_run_are_kept_in_memory_alone() {
    let keys = SessionKeys::default();
    assert_eq!(step_of(&keys, "get alma"), "none");
    assert_eq!(step_of(&keys, "set alma"), "stored");
    assert_eq!(step_of(&keys, "get alma"), "set (36 characters, ends a1b2) from ThisRun");
    assert_eq!(step_of(&keys, "forget alma"), "forgotten=true");
    assert_eq!(step_of(&keys, "store"), "memory, until you quit usable=true");
}

#[test]
fn a_hardened_process_dumps_no_core() {
    let said = Session::new("HARD").without_bus(&[], "dumpable; harden; dumpable");
    assert_eq!(said, ["Ok(Dumpable)", "hardened", "Ok(NotDumpable)"]);
}

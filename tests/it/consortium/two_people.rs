//! Two people with accounts of their own on one host: they share a state folder through their group.
use crate::harness::{Desk, Ran, Started, simulator, wait_for};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::io::{Write as _, stderr};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The group that both belong to.
const GROUP: u32 = 60_100;

/// The accounts, which no list of users need have.
const ADA: u32 = 60_101;
const BEN: u32 = 60_102;

/// Somebody of another group.
const STRANGER: (u32, u32) = (60_103, 60_109);

/// A host with a campus file that everybody may read, and a state folder of the group.
struct Host {
    desk: Desk,
    program: PathBuf,
    shared: PathBuf,
}

impl Host {
    /// `None` if this account may not act as others. Then it says that nothing was tested.
    fn with(world: &str) -> Option<Self> {
        if !rustix::process::geteuid().is_root() {
            writeln!(stderr(), "SKIPPED: only root can act as two accounts; nothing was tested").expect("written");
            return None;
        }
        let desk = Desk::in_world_of(world);
        let base = desk.config().parent().expect("a home").to_owned();
        let shared = base.join("shared");
        fs::create_dir(&shared).expect("a folder");
        chown(&shared, Some(ADA), Some(GROUP)).expect("given away");
        for (path, mode) in [(base.as_path(), 0o755), (shared.as_path(), 0o2770)] {
            fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("set");
        }
        // The folder that the tests are built in may be closed to others.
        let program = base.join("last-resort");
        let built = Path::new(env!("CARGO_BIN_EXE_last-resort"));
        fs::hard_link(built, &program).or_else(|_| fs::copy(built, &program).map(drop)).expect("the binary");
        Some(Self { desk, program, shared })
    }

    fn command(&self, (uid, gid): (u32, u32), args: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        command.args(args).env_clear().uid(uid).gid(gid);
        command.envs(simulator::keys(&self.desk.sim)).env("LAST_RESORT_STATE", &self.shared);
        command.env("XDG_CONFIG_HOME", self.desk.config());
        command.env("HOME", "/nonexistent").stdin(std::process::Stdio::null());
        command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
        command
    }

    fn start(&self, uid: u32, args: &[&str]) -> Started {
        Started::new(self.command((uid, GROUP), args).spawn().expect("the binary"))
    }

    #[track_caller]
    fn run(&self, uid: u32, args: &[&str]) -> Ran {
        self.start(uid, args).end()
    }

    fn file(&self, name: &str) -> PathBuf {
        self.shared.join("01CUNY_QC").join(name)
    }

    /// The journal's lines, all of which must be whole.
    fn journal(&self) -> Vec<Value> {
        let text = fs::read_to_string(self.file("journal.jsonl")).expect("a journal");
        text.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{e} in {line}"))).collect()
    }

    /// The verdict of a value as this person sees it, and who signed it off.
    fn seen_by(&self, uid: u32, key: &str) -> (Value, Value) {
        let check = self.run(uid, &["check", "--json"]).json();
        let steps = check["steps"].as_array().expect("steps");
        let all = steps.iter().flat_map(|step| step["findings"].as_array().expect("findings"));
        let finding = all.into_iter().find(|finding| finding["key"] == key).expect("the value");
        (finding["verdict"].clone(), finding["by"].clone())
    }
}

/// The world, with what goes wrong in it.
fn world(based_on: &str, fault: &str) -> String {
    format!("sentence = \"x\"\nbased_on = \"{based_on}\"\n{fault}")
}

#[test]
fn what_one_signs_and_writes_the_other_sees_and_can_undo() {
    let Some(host) = Host::with(&world("drifted", "")) else { return };
    host.run(ADA, &["attest", "rota.name"]).exits(0);
    assert_eq!(host.seen_by(BEN, "rota.name"), ("attested".into(), format!("uid {ADA}").into()));
    host.run(BEN, &["attest", "rota.code", "--note", "seen by both"]).exits(0);
    assert_eq!(host.seen_by(ADA, "rota.code"), ("attested".into(), format!("uid {BEN}").into()));
    host.run(ADA, &["apply", "partner", "parameters", "--confirm", "01CUNY_QC"]).exits(4);
    assert_eq!(host.seen_by(BEN, "parameters.export.url").0, "same");
    host.run(BEN, &["undo", "--confirm", "01CUNY_QC"]).exits(0);
    assert_eq!(host.seen_by(ADA, "parameters.export.url").0, "differs");
    // One history, with the name and the number of each.
    let uids: Vec<u64> = host.journal().iter().filter_map(|line| line["account"]["uid"].as_u64()).collect();
    assert!([ADA, BEN].iter().all(|uid| uids.contains(&u64::from(*uid))), "{uids:?}");
    let history = host.run(BEN, &["history"]).exits(0);
    assert!([ADA, BEN].iter().all(|uid| history.out().contains(&format!("uid {uid}"))), "{}", history.out());
    for name in ["journal.jsonl", "last-resort.log"] {
        let file = fs::metadata(host.file(name)).expect("a file");
        assert_eq!((file.mode() & 0o7777, file.gid()), (0o660, GROUP), "{name}");
    }
    let stranger = host.command(STRANGER, &["check"]).spawn().expect("the binary");
    let told = Started::new(stranger).end().exits(1);
    assert!(told.err().contains(&host.shared.display().to_string()), "{}", told.err());
}

/// Whatever two people sign at the same moment, both sign-offs are in the journal and no line is cut.
#[test]
fn two_who_sign_at_once_lose_nothing() {
    let Some(host) = Host::with(&world("done", "")) else { return };
    let rounds: Vec<String> = (0..6).map(|round| format!("round {round}")).collect();
    for round in &rounds {
        let both = [ADA, BEN].map(|uid| host.start(uid, &["attest", "rota.name", "--note", round]));
        both.into_iter().for_each(|one| drop(one.end().exits(0)));
    }
    let journal = host.journal();
    let signed = journal.iter().filter(|line| line["what"] == "attested");
    let signed: BTreeSet<String> = signed
        .map(|line| format!("{} by {}", line["note"].as_str().unwrap_or_default(), line["account"]["uid"]))
        .collect();
    let all = rounds.iter().flat_map(|round| [ADA, BEN].map(|uid| format!("{round} by {uid}")));
    assert_eq!(signed, all.collect());
}

/// One writer at a time. The other is told who it is, and takes over when that one is killed in the middle of its write.
#[test]
fn the_second_writer_is_told_of_the_first_and_takes_over_when_it_is_killed() {
    let hangs = "[[fault]]\nkind = \"hang-after-write\"\nmethod = \"PUT\"\nfirst = 1\n";
    let Some(host) = Host::with(&world("drifted", hangs)) else { return };
    let apply = ["apply", "partner", "parameters", "--confirm", "01CUNY_QC"];
    let first = host.start(ADA, &apply);
    wait_for("Ada's write", || host.desk.count("PUT", crate::harness::PARTNER_PATH) == 1);
    let refused = host.run(BEN, &apply).exits(1);
    let named = format!("process {} of uid {ADA} on ", first.id());
    assert!(refused.err().contains(&named) && refused.err().contains(", since 20"), "{}", refused.err());
    // Reading is never blocked.
    host.run(BEN, &["check", "rota"]).exits(4);
    first.kill();
    let taken = host.run(BEN, &apply).exits(4);
    assert_eq!(host.desk.count("PUT", crate::harness::PARTNER_PATH), 1, "the write had arrived: {}", taken.err());
    host.run(BEN, &["attest", "rota.name"]).exits(0);
    assert_eq!(host.seen_by(ADA, "rota.name"), ("attested".into(), format!("uid {BEN}").into()));
    assert_eq!(host.seen_by(ADA, "parameters.export.url").0, "same");
}

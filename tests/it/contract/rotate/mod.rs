//! `keys rotate`: tried, in Alma, stored, and only then the old one is done with; stopped anywhere, nothing is lost.
mod kills;
mod proved;
mod slots;

use crate::harness::keeper::{Hunt, Looks, Planted};
use crate::harness::ring::Ring;
use crate::harness::{Desk, Ran, Started};
use std::io::Write as _;
use std::process::{Command, Stdio};

/// Where the record holds the key.
const KEY_AT: &str = "/partner_details/profile_details/ncip_details/export_api_key";

/// A desk whose keys are in a keyring of its own, and a new key that ILLiad accepts.
struct Rotated {
    desk: Desk,
    ring: Ring,
    keys: Planted,
    new: String,
    hunt: Hunt,
}

impl Rotated {
    /// In an embedded world, with more settings (`{new}` in them is the new key); all three keys are stored.
    fn in_world(base: &str, more: &str) -> Self {
        let rotated = Self::bare(base, more);
        let keys = rotated.keys.all().map(|(slot, key)| (slot, key.to_owned()));
        for (slot, key) in keys {
            rotated.store(slot, &key);
        }
        rotated
    }

    /// The same without any key stored.
    fn bare(base: &str, more: &str) -> Self {
        let (keys, other) = (Planted::new(Looks::Usual), Planted::new(Looks::Usual));
        let new = other.export.clone();
        let right = format!("keys = [{:?}, {:?}]", keys.illiad, keys.export);
        let wider = format!("keys = [{:?}, {:?}, {new:?}]", keys.illiad, keys.export);
        let world = keys.world(base).replace(&right, &wider);
        let more = more.replace("{new}", &new);
        let world = match more.split_once('\n') {
            // Settings of a table that stands there already go into it.
            Some((table, settings)) if world.contains(table) => world.replace(table, &format!("{table}\n{settings}")),
            _ => format!("{world}{more}"),
        };
        let desk = Desk::in_world_of(&world);
        let ring = Ring::open();
        let mut all: Vec<(&'static str, &str)> = keys.all().to_vec();
        all.push(("new", &new));
        let hunt = Hunt::of(all);
        Self { desk, ring, keys, new, hunt }
    }

    fn store(&self, slot: &str, key: &str) {
        self.typed(&["keys", "set", "--slot", slot], key).exits(0);
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = self.desk.command(args);
        for slot in ["ALMA", "ILLIAD", "EXPORT"] {
            command.env_remove(format!("LAST_RESORT_{slot}_KEY"));
        }
        command.env("DBUS_SESSION_BUS_ADDRESS", &self.ring.address).stdin(Stdio::piped());
        command
    }

    /// Starts it with this on standard input.
    fn start(&self, args: &[&str], text: &str) -> Started {
        let mut child = self.command(args).spawn().expect("the binary");
        // It may have ended before it read anything.
        let _ = child.stdin.take().expect("a pipe").write_all(text.as_bytes());
        Started::new(child)
    }

    /// Runs it to its end; no key is ever said.
    #[track_caller]
    fn typed(&self, args: &[&str], text: &str) -> Ran {
        let ran = self.start(args, text).end();
        for (what, bytes) in [("standard output", &ran.stdout), ("standard error", &ran.stderr)] {
            self.hunt.finds_nothing(bytes, &format!("{}: {what}", args.join(" ")));
        }
        ran
    }

    #[track_caller]
    fn rotate(&self, slot: &str, key: &str) -> Ran {
        self.typed(&["keys", "rotate", "--slot", slot, "--confirm", "01CUNY_QC"], key)
    }

    /// The last four of the key stored in a slot, if one is.
    #[track_caller]
    fn stored(&self, slot: &str) -> Option<String> {
        let status = self.typed(&["keys", "status", "--slot", slot], "");
        let (_, end) = status.out().lines().next_back().map(|_| status.out())?.split_once("ends ")?;
        Some(end[..4].to_owned())
    }

    /// The key that Alma has.
    fn in_alma(&self) -> String {
        self.desk.record().pointer(KEY_AT).and_then(|key| key.as_str()).unwrap_or_default().to_owned()
    }

    /// No file of ours holds a key.
    #[track_caller]
    fn assert_no_file_has_a_key(&self) {
        for (path, bytes) in self.desk.files() {
            self.hunt.finds_nothing(&bytes, &path.display().to_string());
        }
    }
}

/// The end that may be shown.
fn end(key: &str) -> String {
    key[key.len() - 4..].to_owned()
}

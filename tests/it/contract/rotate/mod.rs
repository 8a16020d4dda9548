//! `keys rotate`: the new key is tested, written to Alma and stored, and only then can the old one be removed. A stop
//! at any point loses nothing.
mod kills;
mod proved;
mod slots;

use crate::harness::keeper::{Hunt, Looks, Planted};
use crate::harness::ring::Ring;
use crate::harness::{Desk, Ran, Started};
use std::io::Write as _;
use std::process::{Command, Stdio};

/// JSON pointer to the export key in the record.
const KEY_AT: &str = "/partner_details/profile_details/ncip_details/export_api_key";

/// A desk with its own keyring for the keys, and a new key that ILLiad accepts.
struct Rotated {
    desk: Desk,
    ring: Ring,
    keys: Planted,
    new: String,
    hunt: Hunt,
}

impl Rotated {
    /// Opens an embedded world with additional settings (`{new}` in them stands for the new key) and stores all three keys.
    fn in_world(base: &str, more: &str) -> Self {
        let rotated = Self::bare(base, more);
        let keys = rotated.keys.all().map(|(slot, key)| (slot, key.to_owned()));
        for (slot, key) in keys {
            rotated.store(slot, &key);
        }
        rotated
    }

    /// The same, without storing any key.
    fn bare(base: &str, more: &str) -> Self {
        let (keys, other) = (Planted::new(Looks::Usual), Planted::new(Looks::Usual));
        let new = other.export.clone();
        let right = format!("keys = [{:?}, {:?}]", keys.illiad, keys.export);
        let wider = format!("keys = [{:?}, {:?}, {new:?}]", keys.illiad, keys.export);
        let world = keys.world(base).replace(&right, &wider);
        let more = more.replace("{new}", &new);
        let world = match more.split_once('\n') {
            // Settings of a table that the world already has are added to that table.
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

    /// Starts a command with this text on standard input.
    fn start(&self, args: &[&str], text: &str) -> Started {
        let mut child = self.command(args).spawn().expect("the binary");
        // The program may exit before it reads its input.
        let _ = child.stdin.take().expect("a pipe").write_all(text.as_bytes());
        Started::new(child)
    }

    /// Runs a command to its end; fails if a key is in the output.
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

    /// Returns the last four characters of the key stored in a slot, if there is one.
    #[track_caller]
    fn stored(&self, slot: &str) -> Option<String> {
        let status = self.typed(&["keys", "status", "--slot", slot], "");
        let (_, end) = status.out().lines().next_back().map(|_| status.out())?.split_once("ends ")?;
        Some(end[..4].to_owned())
    }

    /// Returns the key that Alma has.
    fn in_alma(&self) -> String {
        self.desk.record().pointer(KEY_AT).and_then(|key| key.as_str()).unwrap_or_default().to_owned()
    }

    /// Fails if one of the program's files contains a key.
    #[track_caller]
    fn assert_no_file_has_a_key(&self) {
        for (path, bytes) in self.desk.files() {
            self.hunt.finds_nothing(&bytes, &path.display().to_string());
        }
    }
}

/// Returns the last four characters of a key, which may be shown.
fn end(key: &str) -> String {
    key[key.len() - 4..].to_owned()
}

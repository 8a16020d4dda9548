//! Makes keys that exist for one test only and are in no file of the repository, and searches for leaks of them.
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::SystemTime;

/// The number of consecutive characters of a key that count as a leak. The last four may be shown.
const LEAK: usize = 12;

/// The three keys of a world.
#[derive(Clone)]
pub(crate) struct Planted {
    pub(crate) alma: String,
    pub(crate) illiad: String,
    pub(crate) export: String,
}

/// The format of generated keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Looks {
    /// The usual format of Ex Libris and ILLiad keys.
    Usual,
    /// Full of characters that URLs, JSON, shells and base64 treat specially.
    Odd,
}

impl Planted {
    /// Makes keys that no other test uses.
    pub(crate) fn new(looks: Looks) -> Self {
        match looks {
            Looks::Usual => {
                let guid = || {
                    let hex = random_hex();
                    format!("{}-{}-4{}-8{}-{}", &hex[..8], &hex[8..12], &hex[13..16], &hex[17..20], &hex[20..32])
                };
                Self { alma: format!("l8xx{}", &random_hex()[..32]), illiad: guid(), export: guid() }
            }
            Looks::Odd => {
                let odd = |mark: &str| {
                    let hex = random_hex();
                    format!(
                        "{mark}\"{}/{}+{}=\\{}&%41<{}>",
                        &hex[..7],
                        &hex[7..14],
                        &hex[14..21],
                        &hex[21..28],
                        &hex[28..35]
                    )
                };
                Self { alma: odd("Al"), illiad: odd("Il"), export: odd("Ex") }
            }
        }
    }

    /// Returns a world that differs from an embedded one only in its keys.
    pub(crate) fn world(&self, base: &str) -> String {
        let Self { alma, illiad, export } = self;
        let keys =
            |alma: &str, illiad: &str| format!("[keys]\nalma = {alma:?}\nilliad = {illiad:?}\nexport = {export:?}\n");
        let (right_alma, right_illiad) =
            (format!("[alma]\nkey = {alma:?}\n"), format!("[illiad]\nkeys = [{illiad:?}, {export:?}]\n"));
        let (alma_side, illiad_side) = match base {
            // These worlds are about a wrong key, so their system must not get the right one.
            "bad-alma-key" => (String::new(), right_illiad),
            "illiad-bad-key" => (right_alma, String::new()),
            _ => (right_alma, right_illiad),
        };
        format!("sentence = \"x.\"\nbased_on = {base:?}\n{}{alma_side}{illiad_side}", keys(alma, illiad))
    }

    /// Returns each key with its name.
    pub(crate) fn all(&self) -> [(&'static str, &str); 3] {
        [("alma", &self.alma), ("illiad", &self.illiad), ("export", &self.export)]
    }
}

fn random_hex() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let seed = (std::process::id(), SystemTime::now(), COUNT.fetch_add(1, Ordering::Relaxed));
    Sha256::digest(format!("{seed:?}").as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Searches for keys, and for any twelve consecutive characters of one: as they are, in either case, percent-encoded,
/// escaped as in JSON and Rust, in hexadecimal, and in base64 at any offset.
pub(crate) struct Hunt {
    needles: HashMap<Vec<u8>, String>,
}

impl Hunt {
    pub(crate) fn of<'a>(keys: impl IntoIterator<Item = (&'static str, &'a str)>) -> Self {
        let mut needles = HashMap::new();
        for (name, key) in keys {
            for (way, text) in encodings(key) {
                for window in text.to_ascii_lowercase().as_bytes().windows(LEAK) {
                    needles.insert(window.to_vec(), format!("the {name} key, {way}"));
                }
            }
        }
        Self { needles }
    }

    /// Describes the first leak in some bytes, if there is one.
    pub(crate) fn found(&self, hay: &[u8]) -> Option<String> {
        let small = hay.to_ascii_lowercase();
        let at = small.windows(LEAK).position(|window| self.needles.contains_key(window))?;
        let what = &self.needles[&small[at..at + LEAK]];
        // Enough context to locate the leak. The keys of a test are worthless, so showing it does no harm.
        let around = String::from_utf8_lossy(&hay[at.saturating_sub(60)..(at + LEAK + 40).min(hay.len())]).into_owned();
        Some(format!("{what}, at byte {at}: …{around}…"))
    }

    /// Fails if the bytes contain a key.
    #[track_caller]
    pub(crate) fn finds_nothing(&self, hay: &[u8], context: &str) {
        let found = self.found(hay);
        assert!(found.is_none(), "{context}: {}", found.unwrap_or_default());
    }
}

/// Returns the encodings in which a key may appear, each with its name.
pub(crate) fn encodings(key: &str) -> BTreeMap<&'static str, String> {
    let json = serde_json::to_string(key).expect("a text");
    let hex: String = key.bytes().map(|byte| format!("{byte:02x}")).collect();
    let percent: String = key
        .bytes()
        .map(|b| if b.is_ascii_alphanumeric() || b == b'-' { char::from(b).to_string() } else { format!("%{b:02X}") })
        .collect();
    BTreeMap::from([
        ("as it is", key.to_owned()),
        ("percent-encoded", percent),
        ("as in JSON", json.trim_matches('"').to_owned()),
        ("in hexadecimal", hex),
        ("in base64", base64(key.as_bytes(), 0)),
        ("in base64, one byte later", base64(key.as_bytes(), 1)),
        ("in base64, two bytes later", base64(key.as_bytes(), 2)),
    ])
}

/// Returns a text in base64, with padding.
pub(crate) fn in_base64(text: &str) -> String {
    let all = base64(format!("{text}\0\0").as_bytes(), 0);
    format!("{}{}", &all[..(text.len() * 8).div_ceil(6)], "=".repeat([0, 2, 1][text.len() % 3]))
}

/// Encodes bytes as base64 as if `before` other bytes came first, and drops the characters that depend on those.
fn base64(bytes: &[u8], before: usize) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let padded: Vec<u8> = std::iter::repeat_n(0, before).chain(bytes.iter().copied()).collect();
    let letters = padded.chunks_exact(3).flat_map(|three| {
        let bits = u32::from(three[0]) << 16 | u32::from(three[1]) << 8 | u32::from(three[2]);
        [18, 12, 6, 0].map(|shift| char::from(LETTERS[(bits >> shift & 63) as usize]))
    });
    letters.skip(if before == 0 { 0 } else { before + 1 }).collect()
}

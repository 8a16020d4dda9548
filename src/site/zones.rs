//! The campuses of CUNY, from `assets/campuses.toml`. The set-up offers these values, and a person confirms them.
use super::host::ServiceUrl;
use super::types::CampusCode;
use serde::Deserialize;
use std::sync::OnceLock;

/// A campus that can be set up.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Zone {
    pub code: CampusCode,
    pub name: String,
    /// The part of its ILLiad host before `.illiad.oclc.org`, if known.
    pub host: Option<String>,
    /// The URL of its ILLiad Web Platform, where the consortium's own file gives one.
    #[serde(skip)]
    pub illiad: Option<ServiceUrl>,
    #[serde(default)]
    pub certainty: Certainty,
    /// A remark for the person who sets it up.
    pub note: Option<String>,
}

/// How reliable a host name is (facts/illiad.md §3.1).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Certainty {
    /// Somebody saw it in use.
    #[default]
    Seen,
    /// A guess that follows the pattern of the others.
    Likely,
}

/// What is wrong with the list of campuses.
#[derive(Debug, thiserror::Error)]
pub enum ZonesError {
    /// Not TOML, or not in the list's format.
    #[error("{0}")]
    Shape(#[from] Box<toml::de::Error>),
    /// An entry that is not usable, by its code, and why.
    #[error("{0}: {1}")]
    Entry(String, &'static str),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawList {
    campus: Vec<Zone>,
}

impl Zone {
    /// The URL of its ILLiad Web Platform, if the host is known.
    pub fn illiad_url(&self) -> Option<String> {
        let given = || self.illiad.as_ref().map(ToString::to_string);
        given().or_else(|| self.host.as_ref().map(|host| format!("https://{host}.illiad.oclc.org/illiadwebplatform")))
    }

    /// What a person should know before choosing it.
    pub fn remark(&self) -> Option<String> {
        match (&self.note, &self.host, self.certainty) {
            (Some(note), ..) => Some(note.clone()),
            (None, Some(host), Certainty::Likely) => Some(format!("{host}, likely; check it")),
            (None, Some(host), Certainty::Seen) => Some(host.clone()),
            (None, None, _) => {
                Some(self.illiad.as_ref().map_or_else(|| "ILLiad host unknown".to_owned(), ServiceUrl::host))
            }
        }
    }
}

/// The list of campuses built into this program.
///
/// # Panics
/// If `assets/campuses.toml` does not parse, which the test below rules out.
pub fn zones() -> &'static [Zone] {
    static ZONES: OnceLock<Vec<Zone>> = OnceLock::new();
    ZONES.get_or_init(|| match parse(include_str!("../../assets/campuses.toml")) {
        Ok(zones) => zones,
        Err(error) => panic!("assets/campuses.toml: {error}"),
    })
}

fn parse(text: &str) -> Result<Vec<Zone>, ZonesError> {
    let RawList { campus: zones } = toml::from_str(text).map_err(Box::new)?;
    let label = |host: &String| !host.is_empty() && host.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    for (at, zone) in zones.iter().enumerate() {
        let wrong = |what| Err(ZonesError::Entry(zone.code.to_string(), what));
        if CampusCode::parse(zone.code.as_str()).is_none() {
            return wrong("is not an institution code");
        }
        if zones[..at].iter().any(|before| before.code == zone.code) {
            return wrong("occurs twice");
        }
        if !zone.host.iter().all(label) {
            return wrong("has a host that is not a single label");
        }
    }
    Ok(zones)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::ServiceUrl;

    #[test]
    fn the_embedded_list_parses_and_its_addresses_are_usable() {
        assert_eq!(zones().len(), 23);
        for zone in zones() {
            assert!(zone.illiad_url().iter().all(|url| ServiceUrl::parse(url).is_ok()), "{zone:?}");
        }
        let queens = zones().iter().find(|zone| zone.code.as_str() == "01CUNY_QC").and_then(Zone::illiad_url);
        assert_eq!(queens.as_deref(), Some("https://qc.illiad.oclc.org/illiadwebplatform"));
    }

    #[test]
    fn a_list_with_a_mistake_is_refused() {
        for text in [
            "[[campus]]\ncode = \"01CUNY_QC\"\n",
            "[[campus]]\ncode = \"QC\"\nname = \"x\"\n",
            "[[campus]]\ncode = \"01CUNY_QC\"\nname = \"x\"\nhost = \"a.b\"\n",
            "[[campus]]\ncode = \"01CUNY_QC\"\nname = \"x\"\ncolour = 1\n",
            "[[campus]]\ncode = \"01CUNY_QC\"\nname = \"x\"\n[[campus]]\ncode = \"01CUNY_QC\"\nname = \"y\"\n",
        ] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}

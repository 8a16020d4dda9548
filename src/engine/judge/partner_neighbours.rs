//! Partners beside ours that may be this campus's ILLiad already, perhaps from an earlier set-up (facts/alma.md §6).
use super::access::of_this_campus;
use super::snapshot::Snapshot;
use crate::engine::lint::Slip;
use crate::engine::observed::{CodeRow, Observation, PartnerEntry};
use crate::recipe::CodeTable;
use crate::site::Site;
use crate::text::clean;
use std::fmt;

/// The code of our partner, and the name of the system behind it (procedure, "Code" and "System Type").
const ILLIAD: &str = "ILLiad";

/// By what a partner was taken for an ILLiad. The strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NeighbourSign {
    SystemType,
    Code,
    Name,
}

/// Another partner that may be this campus's ILLiad.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartnerNeighbour {
    pub code: String,
    pub name: String,
    /// Whether Alma shows it as inactive.
    pub inactive: bool,
    pub sign: NeighbourSign,
}

impl fmt::Display for PartnerNeighbour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = match self.sign {
            NeighbourSign::SystemType => "its system type is ILLiad",
            NeighbourSign::Code => "its code is like ILLiad's",
            NeighbourSign::Name => "its name is like ILLiad's",
        };
        let inactive = if self.inactive { "inactive, " } else { "" };
        write!(f, "{} (\"{}\", {inactive}{sign})", clean(&self.code, 60), clean(&self.name, 80))
    }
}

/// Names these partners and why each is a question.
pub fn maybe_ours(found: &[PartnerNeighbour]) -> String {
    let all: Vec<String> = found.iter().map(ToString::to_string).collect();
    let (who, verb) = if found.len() == 1 { ("another partner", "may") } else { ("other partners", "may each") };
    format!("{who} {verb} be this campus's ILLiad: {}", all.join("; "))
}

/// Asks whether these partners are this campus's ILLiad, and says why a person has to find out. The same words wherever it is asked.
pub fn already_ours(found: &[PartnerNeighbour]) -> String {
    let codes: Vec<String> = found.iter().map(|other| clean(&other.code, 60)).collect();
    format!(
        "Is {} this campus's ILLiad already? Alma does not say whose it is: check its parameters in Alma, and the rotas that name it.",
        codes.join(" or ")
    )
}

/// The partners on Alma's list, other than ours, that may be this campus's ILLiad.
pub fn neighbours(site: &Site, snapshot: &Snapshot) -> Vec<PartnerNeighbour> {
    let alma = &snapshot.alma;
    let Observation::Got(list) = of_this_campus(site, snapshot, &alma.partners) else { return Vec::new() };
    // Alma may find our partner under a code in other letter case; then that one is ours.
    let own = alma.partner.got().and_then(|record| record.code());
    let ours = |row: &&PartnerEntry| row.code == ILLIAD || Some(row.code.as_str()) == own;
    let types = alma.tables.get(&CodeTable::PartnerSystemTypes).map(Observation::rows).unwrap_or_default();
    let found = list.rows.iter().filter(|row| !ours(row)).filter_map(|row| {
        let (code, name) = (row.code.clone(), row.name.clone());
        let inactive = row.status.as_deref().is_some_and(|status| status.eq_ignore_ascii_case("INACTIVE"));
        Some(PartnerNeighbour { code, name, inactive, sign: sign(row, types)? })
    });
    found.collect()
}

fn sign(row: &PartnerEntry, types: &[CodeRow]) -> Option<NeighbourSign> {
    let described = |word: &String| types.iter().any(|kind| kind.code == *word && plain(&kind.description) == "illiad");
    if row.system_type.iter().any(|word| plain(word) == "illiad" || described(word)) {
        Some(NeighbourSign::SystemType)
    } else if is_code_like_ours(&row.code) {
        Some(NeighbourSign::Code)
    } else if is_like_ours(&row.name) || is_interlibrary_loan(&row.name) {
        Some(NeighbourSign::Name)
    } else {
        None
    }
}

/// `ILL`, alone or as the first word of a code, with or without a number: `ILL`, `ILL2`, `ILL-QC`.
fn is_code_like_ours(code: &str) -> bool {
    let first = words(code).into_iter().next().unwrap_or_default();
    is_like_ours(code) || first.trim_end_matches(|c: char| c.is_ascii_digit()) == "ill" || is_interlibrary_loan(code)
}

/// Whether a text has ILLiad's name in it, spelt in any way, or with one typing mistake.
fn is_like_ours(text: &str) -> bool {
    let mistaken = |word: &String| word.chars().count() > 4 && Slip::between("illiad", word).is_some();
    plain(text).contains("illiad") || words(text).iter().any(mistaken)
}

fn is_interlibrary_loan(name: &str) -> bool {
    matches!(plain(name).as_str(), "ill" | "interlibraryloan" | "interlibraryloans")
}

/// The letters and digits of a text, in small letters.
fn plain(text: &str) -> String {
    words(text).concat()
}

/// The words of a text, in small letters.
fn words(text: &str) -> Vec<String> {
    let split = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    split.map(str::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn row(code: &str, name: &str, system_type: &[&str]) -> PartnerEntry {
        let system_type = system_type.iter().map(|word| (*word).to_owned()).collect();
        PartnerEntry { code: code.to_owned(), name: name.to_owned(), status: None, system_type, profile: None }
    }

    #[rstest]
    #[case(row("ANY", "Any", &["ILLIAD"]), Some(NeighbourSign::SystemType))]
    #[case(row("ANY", "Any", &["X7", "ILLiad"]), Some(NeighbourSign::SystemType))]
    #[case(row("ANY", "Any", &["S12"]), Some(NeighbourSign::SystemType))]
    #[case(row("ILLIAD", "Old", &[]), Some(NeighbourSign::Code))]
    #[case(row("illiad_ncip", "Old", &[]), Some(NeighbourSign::Code))]
    #[case(row("ILIAD", "Old", &[]), Some(NeighbourSign::Code))]
    #[case(row("ILL", "Old", &["OTHER"]), Some(NeighbourSign::Code))]
    #[case(row("ILL2", "Old", &[]), Some(NeighbourSign::Code))]
    #[case(row("ILL-QC", "Old", &[]), Some(NeighbourSign::Code))]
    #[case(row("QCX", "Queens ILLiad", &[]), Some(NeighbourSign::Name))]
    #[case(row("QCX", "Interlibrary Loan", &[]), Some(NeighbourSign::Name))]
    #[case(row("RELAIS-QC", "Relais ILL (Annex)", &["RELAIS_ILL", "Relais ILL"]), None)]
    #[case(row("VILLANOVA", "Villanova", &["OTHER"]), None)]
    #[case(row("UIU", "University of Illinois", &["OTHER"]), None)]
    #[case(row("PEER-01", "Peer library 1", &["OTHER"]), None)]
    fn a_partner_is_taken_for_an_illiad_by(#[case] row: PartnerEntry, #[case] expected: Option<NeighbourSign>) {
        let types = [CodeRow { code: "S12".to_owned(), description: "ILLiad".to_owned(), enabled: true }];
        assert_eq!(sign(&row, &types), expected);
    }
}

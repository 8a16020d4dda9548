//! The accepted values of a campus.
use super::agreed::AgreedValues;
use super::campus_field::CampusField;
use super::host::ServiceUrl;
use super::outside_key::OutsideKeys;
use serde::{Deserialize, Serialize};
use std::fmt;

/// An Alma institution code such as `01CUNY_QC`: letters, digits and underscores, so that it is safe as a file name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CampusCode(String);

impl CampusCode {
    /// Parses a code. `None` if the text is not one.
    pub fn parse(text: &str) -> Option<Self> {
        let fits = (3..=40).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
            && text.contains('_');
        fits.then(|| Self(text.to_owned()))
    }

    /// The code as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CampusCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Which Alma to use. Each environment has its own keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Environment {
    /// For trying things out.
    Sandbox,
    /// The one that patrons use.
    Production,
}

impl Environment {
    /// Parses the campus file's word.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Sandbox, Self::Production].into_iter().find(|each| each.as_str() == text)
    }

    /// The word in the campus file.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sandbox => "sandbox",
            Self::Production => "production",
        }
    }
}

/// Whether the rule is set up ahead of time (disabled) or live (enabled).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stance {
    /// The rule is set up but disabled.
    Ahead,
    /// The rule is enabled.
    Live,
}

impl Stance {
    /// Parses the campus file's word.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Ahead, Self::Live].into_iter().find(|each| each.as_str() == text)
    }

    /// The word in the campus file.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ahead => "ahead",
            Self::Live => "live",
        }
    }
}

/// How a command says which campus file it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CampusNaming {
    /// By the campus's code, which fits one file.
    #[default]
    Code,
    /// By the environment too: the campus has a file for each.
    CodeAnd(Environment),
}

impl CampusNaming {
    /// The options that name the campus.
    pub fn options(self, code: &CampusCode) -> String {
        match self {
            Self::Code => format!("--campus {code}"),
            Self::CodeAnd(environment) => format!("--campus {code} --environment {}", environment.as_str()),
        }
    }

    /// A whole command about the campus. Without `words` it is the one that opens the wizard.
    pub fn command(self, code: &CampusCode, words: &str) -> String {
        let words = ["last-resort", words, &self.options(code)];
        words.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }
}

/// The request prefix of the consortium that the procedure was written for.
pub(super) const HOME_PREFIX: &str = "01CUNY";

impl Site {
    /// The command that opens the wizard where sample patrons are added.
    pub fn sample_command(&self) -> String {
        self.command("--step patrons")
    }

    /// The office that owns Alma, as sentences name it.
    pub fn office(&self) -> &'static str {
        if self.is_home() { "OLS" } else { "your consortium's office" }
    }

    /// The name for people, with the consortium's where its file gives one.
    pub fn whole_name(&self) -> String {
        [Some(&self.name), self.consortium.as_ref()].into_iter().flatten().cloned().collect::<Vec<_>>().join(", ")
    }

    /// Whether it is a campus of the consortium that the procedure was written for.
    pub fn is_home(&self) -> bool {
        self.prefix == HOME_PREFIX
    }

    /// A whole command about this campus. Without `words` it is the one that opens the wizard.
    pub fn command(&self, words: &str) -> String {
        self.naming.command(&self.institution, words)
    }

    /// A whole command that writes, with the campus's code as consent.
    pub fn confirmed(&self, words: &str) -> String {
        format!("{} --confirm {}", self.command(words), self.institution)
    }
}

/// An accepted campus. Only [`super::SiteDraft::accept`] makes one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    pub institution: CampusCode,
    /// The name for people. The institution code if the file gives no name.
    pub name: String,
    pub environment: Environment,
    pub stance: Stance,
    /// Base URL of Alma's API gateway.
    pub alma_url: ServiceUrl,
    /// Code of the Resource Sharing Library.
    pub library: String,
    /// Name or code of the desk.
    pub receive_desk: String,
    /// Base URL of ILLiad's Web Platform.
    pub illiad_url: ServiceUrl,
    pub nvtgc: String,
    /// EMPLIDs of staff who agreed to be looked up. The first is the test patron of `prove`.
    pub sample: Vec<String>,
    /// How many days pasted or imported evidence counts before it must be renewed.
    pub evidence_days: u32,
    /// How many days a sign-off counts before it must be given again.
    pub word_days: u32,
    /// The consortium's name, if its file gives one.
    pub consortium: Option<String>,
    /// The start of the ids of Alma's requests.
    pub prefix: String,
    /// Values agreed on instead of the procedure's, by the field's key.
    pub agreed: AgreedValues,
    /// Where the file says that keys are kept.
    pub outside_keys: OutsideKeys,
    /// How commands name it beside the other files here.
    pub naming: CampusNaming,
}

impl Site {
    /// The texts of the campus file and of `procedure.toml` that people typed freely, each with the setting that has it. The
    /// other settings are numbers, or one of a few words.
    pub fn typed_texts(&self) -> impl Iterator<Item = (&'static str, &str)> {
        // Every field is named here, so a new setting cannot be forgotten.
        let Self {
            institution,
            name,
            environment: _,
            stance: _,
            alma_url,
            library,
            receive_desk,
            illiad_url,
            nvtgc,
            sample,
            evidence_days: _,
            word_days: _,
            prefix,
            agreed,
            outside_keys: _,
            consortium,
            naming: _,
        } = self;
        let texts = [
            (CampusField::Institution.path(), institution.as_str()),
            (CampusField::Name.path(), name),
            (CampusField::AlmaUrl.path(), alma_url.as_str()),
            (CampusField::AlmaLibrary.path(), library),
            (CampusField::AlmaReceiveDesk.path(), receive_desk),
            (CampusField::IlliadUrl.path(), illiad_url.as_str()),
            (CampusField::IlliadNvtgc.path(), nvtgc),
            ("consortium.name, of procedure.toml", consortium.as_deref().unwrap_or_default()),
            ("consortium.prefix, of procedure.toml", prefix),
        ];
        let samples = sample.iter().map(|id| (CampusField::PatronsSample.path(), id.as_str()));
        let wanted = agreed.values().flat_map(|agreed| [&agreed.value, &agreed.reason]);
        texts.into_iter().chain(samples).chain(wanted.map(|text| ("a value of want, or its reason", text.as_str())))
    }
}

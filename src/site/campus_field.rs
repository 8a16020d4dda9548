//! The keys of a campus file. Parsing, the set-up form and the error texts all use this one list.

/// One key of a campus file. [`CampusField::path`] gives its name there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CampusField {
    Institution,
    Name,
    Environment,
    Stance,
    AlmaUrl,
    AlmaLibrary,
    AlmaReceiveDesk,
    IlliadUrl,
    IlliadNvtgc,
    PatronsSample,
    EvidenceMaxAge,
    WordMaxAge,
}

impl CampusField {
    /// All keys, in the order of the file.
    pub const ALL: [Self; 12] = [
        Self::Institution,
        Self::Name,
        Self::Environment,
        Self::Stance,
        Self::AlmaUrl,
        Self::AlmaLibrary,
        Self::AlmaReceiveDesk,
        Self::IlliadUrl,
        Self::IlliadNvtgc,
        Self::PatronsSample,
        Self::EvidenceMaxAge,
        Self::WordMaxAge,
    ];

    /// The dotted path of the key in the file.
    pub fn path(self) -> &'static str {
        self.entry().0
    }

    /// The key with this dotted path, if there is one.
    pub fn of(path: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|slot| slot.path() == path)
    }

    /// The value used if the file has none. `None` if the key is required.
    pub fn default(self) -> Option<&'static str> {
        self.entry().1
    }

    /// The accepted values, in words for error messages and the form's hint.
    pub fn accepts(self) -> &'static str {
        self.entry().2
    }

    /// Path, default and accepted values.
    fn entry(self) -> (&'static str, Option<&'static str>, &'static str) {
        match self {
            Self::Institution => ("institution", None, "an Alma institution code: letters, digits and an underscore"),
            Self::Name => ("name", Some(""), "the campus's name"),
            Self::Environment => ("environment", None, "\"sandbox\" or \"production\""),
            Self::Stance => (
                "stance",
                Some("ahead"),
                "\"ahead\" (the rule is set up but disabled) or \"live\" (the rule is enabled)",
            ),
            Self::AlmaUrl => {
                ("alma.url", None, "Alma's API gateway, such as \"https://api-na.hosted.exlibrisgroup.com\"")
            }
            Self::AlmaLibrary => ("alma.library", None, "the code of the Resource Sharing Library, such as \"QCRS\""),
            Self::AlmaReceiveDesk => (
                "alma.receive_desk",
                Some("Main Service Desk"),
                "the name or code of a circulation desk, such as \"Main Service Desk\"",
            ),
            Self::IlliadUrl => {
                ("illiad.url", None, "ILLiad's Web Platform, such as \"https://qc.illiad.oclc.org/illiadwebplatform\"")
            }
            Self::IlliadNvtgc => ("illiad.nvtgc", Some("ILL"), "ILLiad's NVTGC, its code for a site: usually \"ILL\""),
            Self::PatronsSample => {
                ("patrons.sample", Some(""), "a list of EMPLIDs, such as [\"10000001\", \"10000002\"]")
            }
            Self::EvidenceMaxAge => {
                ("evidence.max_age_days", Some("30"), "a number of days from 1 to 3650, such as 30")
            }
            Self::WordMaxAge => {
                ("evidence.word_max_age_days", Some("365"), "a number of days from 1 to 3650, such as 365")
            }
        }
    }
}

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
}

impl CampusField {
    /// All keys, in the order of the file.
    pub const ALL: [Self; 11] = [
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
    ];

    /// The dotted path of the key in the file.
    pub fn path(self) -> &'static str {
        match self {
            Self::Institution => "institution",
            Self::Name => "name",
            Self::Environment => "environment",
            Self::Stance => "stance",
            Self::AlmaUrl => "alma.url",
            Self::AlmaLibrary => "alma.library",
            Self::AlmaReceiveDesk => "alma.receive_desk",
            Self::IlliadUrl => "illiad.url",
            Self::IlliadNvtgc => "illiad.nvtgc",
            Self::PatronsSample => "patrons.sample",
            Self::EvidenceMaxAge => "evidence.max_age_days",
        }
    }

    /// The key with this dotted path, if there is one.
    pub fn of(path: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|slot| slot.path() == path)
    }

    /// The accepted values, in words for error messages and the form's hint.
    pub fn accepts(self) -> &'static str {
        match self {
            Self::Institution => "an Alma institution code such as \"01CUNY_QC\"",
            Self::Name => "the campus's name",
            Self::Environment => "\"sandbox\" or \"production\"",
            Self::Stance => "\"ahead\" (the rule is set up but disabled) or \"live\" (the rule is enabled)",
            Self::AlmaUrl => "Alma's API gateway, such as \"https://api-na.hosted.exlibrisgroup.com\"",
            Self::AlmaLibrary => "the code of the Resource Sharing Library, such as \"QCRS\"",
            Self::AlmaReceiveDesk => "the name or code of a circulation desk, such as \"Main Service Desk\"",
            Self::IlliadUrl => "ILLiad's Web Platform, such as \"https://qc.illiad.oclc.org/illiadwebplatform\"",
            Self::IlliadNvtgc => "ILLiad's NVTGC, usually \"ILL\"",
            Self::PatronsSample => "a list of EMPLIDs, such as [\"10000001\", \"10000002\"]",
            Self::EvidenceMaxAge => "a number of days from 1 to 3650, such as 30",
        }
    }

    /// The value used if the file has none. `None` if the key is required.
    pub fn default(self) -> Option<&'static str> {
        match self {
            Self::Stance => Some("ahead"),
            Self::AlmaReceiveDesk => Some("Main Service Desk"),
            Self::IlliadNvtgc => Some("ILL"),
            Self::EvidenceMaxAge => Some("30"),
            Self::Name | Self::PatronsSample => Some(""),
            Self::Institution | Self::Environment | Self::AlmaUrl | Self::AlmaLibrary | Self::IlliadUrl => None,
        }
    }
}

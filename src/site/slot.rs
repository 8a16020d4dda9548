//! The keys of a campus file: the one list from which parsing, the set-up form and the error texts come.

/// One value of a campus file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CampusField {
    /// `institution`
    Institution,
    /// `name`
    Name,
    /// `environment`
    Environment,
    /// `stance`
    Stance,
    /// `alma.url`
    AlmaUrl,
    /// `alma.library`
    AlmaLibrary,
    /// `alma.receive_desk`
    AlmaReceiveDesk,
    /// `illiad.url`
    IlliadUrl,
    /// `illiad.nvtgc`
    IlliadNvtgc,
    /// `patrons.sample`
    PatronsSample,
    /// `evidence.max_age_days`
    EvidenceMaxAge,
}

impl CampusField {
    /// In the order of the file.
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

    /// Its dotted path in the file.
    #[must_use]
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

    /// The slot of a path.
    #[must_use]
    pub fn of(path: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|slot| slot.path() == path)
    }

    /// What is accepted, for error texts and the form's hint.
    #[must_use]
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

    /// What stands for it where the file says nothing; `None` where it is required.
    #[must_use]
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

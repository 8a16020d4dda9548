//! The settings of a world: everything that the public facts leave open, as data.
use super::crowd::Crowd;
use super::fault::Fault;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// The keys that a user of a practice world holds. In a world about a bad key, the server does not accept that one.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PracticeKeys {
    /// The key for Alma's API.
    pub alma: String,
    /// The key this program uses for ILLiad's Web Platform API.
    pub illiad: String,
    /// The key Alma uses for ILLiad: the partner parameter "API Key".
    pub export: String,
}

impl fmt::Debug for PracticeKeys {
    /// Prints no key: practice keys are handled like real ones.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PracticeKeys").finish_non_exhaustive()
    }
}

const ALMA_KEY: &str = "l8xxpracticealma00000000000000f7c3d4";
const ILLIAD_KEY: &str = "70726163-7469-4365-8000-696c6c69a1b2";
const EXPORT_KEY: &str = "70726163-7469-4365-8000-6578706fe5f6";

impl PracticeKeys {
    /// The keys of one campus of a fleet: of the same shapes, with its number in them.
    pub(super) fn of_fleet(number: usize) -> Self {
        Self {
            alma: format!("l8xxfleet{number:04}alma0000000000000f7c3d4"),
            illiad: format!("666c6565-{number:04x}-4365-8000-696c6c69a1b2"),
            export: format!("666c6565-{number:04x}-4365-8000-6578706fe5f6"),
        }
    }
}

impl Default for PracticeKeys {
    fn default() -> Self {
        Self { alma: ALMA_KEY.to_owned(), illiad: ILLIAD_KEY.to_owned(), export: EXPORT_KEY.to_owned() }
    }
}

/// The campus a practice world is meant for: the values of its campus file.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PracticeCampus {
    /// Alma's code of the institution zone.
    pub institution: String,
    pub name: String,
    /// `sandbox` or `production`; not checked here.
    pub environment: String,
    /// Code of the Resource Sharing Library.
    pub library: String,
    /// Name of the receive desk.
    pub receive_desk: String,
    /// ILLiad's code of the site.
    pub nvtgc: String,
    /// EMPLIDs of sample patrons.
    pub sample: Vec<String>,
}

impl Default for PracticeCampus {
    fn default() -> Self {
        Self {
            institution: "01CUNY_QC".to_owned(),
            name: "Queens College".to_owned(),
            environment: "sandbox".to_owned(),
            library: "QCRS".to_owned(),
            receive_desk: "Main Service Desk".to_owned(),
            nvtgc: "ILL".to_owned(),
            sample: vec!["10000001".to_owned(), "10000002".to_owned()],
        }
    }
}

/// A world's file, merged with the one it is `based_on`.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Settings {
    pub(super) sentence: String,
    /// The steps that cannot succeed here, whatever a person does.
    #[serde(default)]
    pub(super) fails: Vec<String>,
    #[serde(default)]
    pub(super) campus: PracticeCampus,
    #[serde(default)]
    pub(super) keys: PracticeKeys,
    #[serde(default)]
    pub(super) alma: AlmaSettings,
    #[serde(default)]
    pub(super) illiad: IlliadSettings,
    #[serde(default)]
    pub(super) crowd: Crowd,
    #[serde(default)]
    pub(super) fault: Vec<Fault>,
}

/// How Alma is set up and behaves.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct AlmaSettings {
    pub(super) institution: String,
    pub(super) institution_name: String,
    /// The start of the institution codes of the consortium.
    pub(super) prefix: String,
    pub(super) environment: String,
    /// The key that the server accepts.
    pub(super) key: String,
    pub(super) rights: Rights,
    pub(super) answers: Answers,
    pub(super) rule_errors: RuleErrors,
    pub(super) export_key: ExportKeyShown,
    /// The code that means "Primary Identifier" (facts/alma.md §3.4: the specification contradicts itself).
    pub(super) primary_identifier: String,
    pub(super) primary_identifier_in_table: PartnerListing,
    pub(super) illiad_system_type: String,
    pub(super) profile_blocks: ProfileBlocks,
    pub(super) empty_fields: EmptyFields,
    pub(super) partner_code_case: LetterCase,
    pub(super) unknown_codes: UnknownCodes,
    pub(super) location_values: LocationValues,
    pub(super) calls_per_second: Option<u32>,
    pub(super) calls_left: u64,
    pub(super) without_libraries: Vec<String>,
    pub(super) unflagged_libraries: Vec<String>,
    pub(super) without_partners: Vec<String>,
    /// Codes of partners from an earlier set-up: like the ILLiad partner, under another code and name.
    pub(super) earlier_illiad: Vec<String>,
    /// Number of e-mail partners that fill the list, so that the ILLiad partner is not on its first page.
    pub(super) peers: u32,
    pub(super) partner: PartnerSettings,
    /// Values stored on any write of the ILLiad partner, whatever was sent: JSON pointer to value.
    pub(super) stores_instead: BTreeMap<String, toml::Value>,
    /// Number of reads of a partner that still show it as it was before a write.
    pub(super) late_reads: u32,
    pub(super) table_rows: TableRows,
    /// Names of locations, desks and rows of code tables that exist twice, the second time under a code of its own.
    pub(super) twins: Vec<String>,
    pub(super) rota: RotaSettings,
    pub(super) titles: Titles,
}

impl Default for AlmaSettings {
    fn default() -> Self {
        Self {
            institution: "01CUNY_QC".to_owned(),
            institution_name: "Queens College".to_owned(),
            prefix: "01CUNY".to_owned(),
            environment: "sandbox".to_owned(),
            key: ALMA_KEY.to_owned(),
            rights: Rights::default(),
            answers: Answers::AsAsked,
            rule_errors: RuleErrors::WithStatus,
            export_key: ExportKeyShown::Clear,
            primary_identifier: "userName".to_owned(),
            primary_identifier_in_table: PartnerListing::Listed,
            illiad_system_type: "ILLIAD".to_owned(),
            profile_blocks: ProfileBlocks::Active,
            empty_fields: EmptyFields::AsStored,
            partner_code_case: LetterCase::Exact,
            unknown_codes: UnknownCodes::Kept,
            location_values: LocationValues::Ids,
            calls_per_second: None,
            calls_left: 250_000,
            without_libraries: Vec::new(),
            unflagged_libraries: Vec::new(),
            without_partners: Vec::new(),
            earlier_illiad: Vec::new(),
            peers: 11,
            partner: PartnerSettings::default(),
            stores_instead: BTreeMap::new(),
            late_reads: 0,
            table_rows: TableRows::Bare,
            twins: Vec::new(),
            rota: RotaSettings::default(),
            titles: Titles::NotOwned,
        }
    }
}

/// What the accepted key may do in each area.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Rights {
    pub(super) partners: Right,
    pub(super) configuration: Right,
    pub(super) users: Right,
}

impl Default for Rights {
    fn default() -> Self {
        Self { partners: Right::Write, configuration: Right::Read, users: Right::Write }
    }
}

/// The zone's partner `ILLiad`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct PartnerSettings {
    pub(super) presence: Presence,
    /// Differences from the correct record: JSON pointer to value. This can also add unknown fields.
    pub(super) set: BTreeMap<String, toml::Value>,
}

/// The rota templates and rules, which only the screens show, how Alma combines the rules, and how long the rota takes.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct RotaSettings {
    pub(super) rule: RotaRuleState,
    /// A rule for physical requests that stands above the ILLiad rule, with a template whose member is a peer library.
    pub(super) rule_above: RotaRuleState,
    pub(super) combination: RuleCombination,
    pub(super) delay_ms: u64,
}

impl Default for RotaSettings {
    fn default() -> Self {
        Self {
            rule: RotaRuleState::Absent,
            rule_above: RotaRuleState::Absent,
            combination: RuleCombination::FirstMatch,
            delay_ms: 2_000,
        }
    }
}

/// How ILLiad is set up and behaves.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct IlliadSettings {
    pub(super) version: String,
    /// The keys in the table WebPlatformConfig.
    pub(super) keys: Vec<String>,
    pub(super) usernames: Usernames,
    /// The user field that `ExternalUserIDMapping` in the key's record names.
    pub(super) external_user_id_mapping: String,
    pub(super) routing_on: RuleState,
    /// If 0, the rules run during the POST; otherwise this many milliseconds later.
    pub(super) routing_delay_ms: u64,
    pub(super) rules: Vec<RoutingRow>,
    pub(super) queues: Vec<QueueRow>,
    pub(super) traffic: TrafficKind,
    /// Number of finished requests that the first sample patron made long ago.
    pub(super) older_requests: u32,
    /// Number of requests of another patron, which stand in a queue.
    pub(super) requests_of_others: u32,
    pub(super) new_requests: NewRequests,
}

impl Default for IlliadSettings {
    fn default() -> Self {
        Self {
            version: "9.2.2.0".to_owned(),
            keys: vec![ILLIAD_KEY.to_owned(), EXPORT_KEY.to_owned()],
            usernames: Usernames::Emplid,
            external_user_id_mapping: "UserName".to_owned(),
            routing_on: RuleState::Yes,
            routing_delay_ms: 0,
            rules: Vec::new(),
            queues: Vec::new(),
            traffic: TrafficKind::None,
            older_requests: 0,
            requests_of_others: 0,
            new_requests: NewRequests::Kept,
        }
    }
}

/// Settings that are one of a few words, written in a world's file in small letters with dashes. The first word is the
/// default.
macro_rules! one_of {
    ($($(#[$about:meta])* $name:ident { $first:ident $(, $(#[$mark:meta])* $word:ident)* $(,)? })+) => {$(
        $(#[$about])*
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub(super) enum $name { #[default] $first $(, $(#[$mark])* $word)* }
    )+};
}

one_of! {
    Right { None, Read, Write }
    Answers { AsAsked, Xml }
    RuleErrors {
        WithStatus,
        #[serde(rename = "in-200")]
        InOk,
    }
    ExportKeyShown { Clear, Masked, MaskedButEnd, LeftOut }
    PartnerListing { Listed, Unlisted }
    ProfileBlocks { Active, All }
    EmptyFields { AsStored, Null, LeftOut }
    LetterCase { Exact, Ignored }
    /// Whether the rows of a code table stand under `row`, or under `rows.row`.
    TableRows { Bare, Wrapped }
    UnknownCodes { Kept, Refused }
    /// What Alma accepts as the value of a location or pickup library.
    LocationValues {
        Ids,
        Codes,
        /// Records show ids, and every write that contains a location is refused.
        Refused,
    }
    Presence { Absent, Present }
    /// Whether the library itself owns the requested title (facts/alma.md §7, error 401604).
    Titles { NotOwned, Owned }
    RotaRuleState { Absent, Disabled, Enabled }
    /// Which templates a request gets when several rules fit. Nobody knows (facts/alma.md §6).
    RuleCombination {
        FirstMatch,
        /// Those of all rules, in the order of the rules.
        AddUp,
    }
    Usernames { Emplid, Other }
    /// What happens to requests made through the API.
    NewRequests {
        Kept,
        /// Somebody deletes them right after the answer.
        Deleted,
    }
    TrafficKind {
        None,
        /// The first sample patron has one real request, which came from Alma and was routed by the rule.
        OneFromAlma,
    }
}

/// ILLiad's Yes and No.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
pub(super) enum RuleState {
    Yes,
    No,
}

/// A row of ILLiad's table Routing. Cells may be empty while somebody enters it.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(super) struct RoutingRow {
    pub(super) rule_no: Option<i64>,
    pub(super) rule_active: Option<RuleState>,
    pub(super) process_type: String,
    pub(super) transaction_status: String,
    pub(super) match_string: String,
    pub(super) new_process_type: String,
    pub(super) new_transaction_status: String,
}

/// A row of ILLiad's table CustomQueues.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(super) struct QueueRow {
    pub(super) queue_name: String,
    pub(super) process_type: String,
    #[serde(rename = "NVTGC")]
    pub(super) nvtgc: String,
}

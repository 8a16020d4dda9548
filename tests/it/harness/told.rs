//! The observations of a campus where every name exists and there is no partner yet.
use last_resort::engine::journal::JournalFacts;
use last_resort::engine::judge::{KnownKeys, Snapshot};
use last_resort::engine::observed::{AccountFill, AlmaUser, IlliadUser};
use last_resort::engine::observed::{
    AlmaObservations, CodeRow, Desk, General, IlliadObservations, Library, Location, NumberedRequest, Observation,
    PatronObservation, PatronRequests, RowList, Transaction, WriteAccess,
};
use last_resort::recipe::{CodeTable, KeySlot};
use last_resort::secret::ApiKey;
use last_resort::site::Environment;

/// The export key that is stored on this machine.
pub(crate) const OUR_KEY: &str = "11111111-2222-4333-8444-55555555a1b2";

/// Returns a snapshot with everything read: every name exists, the patron is right, there is no partner `ILLiad`,
/// nothing was signed off and nothing written.
pub(crate) fn told() -> Snapshot {
    Snapshot {
        at: "2026-11-23T20:00:00Z".parse().expect("a time"),
        alma: alma(),
        illiad: IlliadObservations {
            version: Observation::Got("9.2.2.0".into()),
            key: Observation::Got(()),
            export_key: Observation::Got(()),
            requests: Observation::Got(Vec::<Transaction>::new().into()),
        },
        patrons: vec![patron("10000001")],
        journal: JournalFacts::default(),
        proxies: std::collections::BTreeMap::new(),
        keys: KnownKeys {
            export_key: Observation::Got((KeySlot::Export, ApiKey::parse(OUR_KEY.into()).expect("a key"))),
            other_keys: Vec::new(),
        },
    }
}

/// Returns a list of requests, each of which was read by its number as well and shows the same there.
pub(crate) fn read_by_number(rows: Vec<Transaction>) -> PatronRequests {
    let read = |row: &Transaction| NumberedRequest::answering(row.number, row.clone()).expect("its own number");
    let by_number = rows.iter().map(|row| (row.number, Observation::Got(read(row)))).collect();
    PatronRequests { list: rows.into(), by_number }
}

fn alma() -> AlmaObservations {
    let general = General {
        institution: "01CUNY_QC".into(),
        name: Some("Queens College".into()),
        environment: Some(Environment::Sandbox),
    };
    AlmaObservations {
        general: Observation::Got(general),
        libraries: Observation::Got(vec![
            library("QCMAIN", "Rosenthal Library", false),
            library("QCRS", "Resource Sharing Library", true),
        ]),
        locations: Observation::Got(vec![
            location("IN_RS_REQ", "Lending Resource Sharing Requests", "8101"),
            location("OUT_RS_REQ", "Borrowing Resource Sharing Requests", "8102"),
        ]),
        desks: Observation::Got(vec![Desk { code: "MAIN_DESK".into(), name: "Main Service Desk".into() }]),
        tables: [
            (CodeTable::PartnerSystemTypes, rows(&[("RELAIS_ILL", "Relais ILL"), ("ILLIAD", "ILLiad")])),
            (CodeTable::UserIdentifierTypes, rows(&[("BARCODE", "Barcode"), ("PRIM_ID", "Primary Identifier")])),
            (CodeTable::ItemPolicy, rows(&[("LOAN", "Regular Loan"), ("RSILL", "RS ILL Loan")])),
        ]
        .into(),
        partner: Observation::NotThere,
        partners: Observation::Got(RowList::from(Vec::new())),
        others: Observation::Got(Vec::new()),
        others_gap: None,
        may_write: Observation::Got(WriteAccess::ReadWrite),
    }
}

fn library(code: &str, name: &str, resource_sharing: bool) -> Library {
    Library {
        code: code.into(),
        name: name.into(),
        id: Some(format!("7{}", code.len())),
        path: None,
        resource_sharing: Some(resource_sharing),
    }
}

fn location(code: &str, name: &str, id: &str) -> Location {
    Location { code: code.into(), name: name.into(), id: Some(id.into()) }
}

fn rows(all: &[(&str, &str)]) -> Observation<Vec<CodeRow>> {
    let row = |(code, description): &(&str, &str)| CodeRow {
        code: (*code).into(),
        description: (*description).into(),
        enabled: true,
    };
    Observation::Got(all.iter().map(row).collect())
}

/// Returns a patron whose EMPLID is the ILLiad username.
fn patron(emplid: &str) -> PatronObservation {
    let illiad = IlliadUser {
        user_name: emplid.into(),
        cleared: Some("Yes".into()),
        nvtgc: Some("ILL".into()),
        status: None,
        fill: AccountFill::Whole,
    };
    PatronObservation {
        emplid: emplid.into(),
        alma: Observation::Got(AlmaUser { primary_id: emplid.into(), rs_libraries: vec!["QCRS".into()] }),
        illiad: Observation::Got(illiad.clone()),
        by_external_id: Observation::Got(illiad),
    }
}

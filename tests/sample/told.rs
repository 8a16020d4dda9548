//! What Alma and ILLiad tell of a campus where every name is there, and no partner yet.
use last_resort::engine::judge::Snapshot;
use last_resort::engine::observed::{
    AlmaSeen, CodeRow, Desk, General, IlliadSeen, Library, Location, MayWrite, PatronSeen, Seen, Transaction,
};
use last_resort::engine::observed::{AlmaUser, IlliadUser};
use last_resort::recipe::{CodeTable, KeySlot};
use last_resort::secret::ApiKey;
use last_resort::site::Environment;

/// The export key that is stored here.
pub(crate) const OUR_KEY: &str = "11111111-2222-4333-8444-55555555a1b2";

/// Everything read, every name there, the patron right, no partner `ILLiad`, nothing signed off, nothing written.
pub(crate) fn told() -> Snapshot {
    Snapshot {
        at: "2026-11-23T20:00:00Z".parse().expect("a time"),
        alma: alma(),
        illiad: IlliadSeen {
            version: Seen::Got("9.2.2.0".into()),
            key: Seen::Got(()),
            export_key: Seen::Got(()),
            requests: Seen::Got(Vec::<Transaction>::new()),
        },
        patrons: vec![patron("10000001")],
        said: Vec::new(),
        voided: Vec::new(),
        shown: last_resort::engine::journal::Shown::default(),
        export_key: Seen::Got((KeySlot::Export, ApiKey::parse(OUR_KEY.into()).expect("a key"))),
        other_keys: Vec::new(),
        key_written: None,
        proofs: Vec::new(),
    }
}

fn alma() -> AlmaSeen {
    let general = General {
        institution: "01CUNY_QC".into(),
        name: Some("Queens College".into()),
        environment: Some(Environment::Sandbox),
    };
    AlmaSeen {
        general: Seen::Got(general),
        libraries: Seen::Got(vec![
            library("QCMAIN", "Rosenthal Library", false),
            library("QCRS", "Resource Sharing Library", true),
        ]),
        locations: Seen::Got(vec![
            location("IN_RS_REQ", "Lending Resource Sharing Requests", "8101"),
            location("OUT_RS_REQ", "Borrowing Resource Sharing Requests", "8102"),
        ]),
        desks: Seen::Got(vec![Desk { code: "MAIN_DESK".into(), name: "Main Service Desk".into() }]),
        tables: [
            (CodeTable::PartnerSystemTypes, rows(&[("RELAIS_ILL", "Relais ILL"), ("ILLIAD", "ILLiad")])),
            (CodeTable::UserIdentifierTypes, rows(&[("BARCODE", "Barcode"), ("PRIM_ID", "Primary Identifier")])),
            (CodeTable::ItemPolicy, rows(&[("LOAN", "Regular Loan"), ("RSILL", "RS ILL Loan")])),
        ]
        .into(),
        partner: Seen::NotThere,
        others: Seen::Got(Vec::new()),
        may_write: Seen::Got(MayWrite::ReadWrite),
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

fn rows(all: &[(&str, &str)]) -> Seen<Vec<CodeRow>> {
    let row = |(code, description): &(&str, &str)| CodeRow {
        code: (*code).into(),
        description: (*description).into(),
        enabled: true,
    };
    Seen::Got(all.iter().map(row).collect())
}

/// A patron whose EMPLID is the username.
fn patron(emplid: &str) -> PatronSeen {
    let illiad = IlliadUser { user_name: emplid.into(), cleared: None, nvtgc: Some("ILL".into()), status: None };
    PatronSeen {
        emplid: emplid.into(),
        alma: Seen::Got(AlmaUser { primary_id: emplid.into(), rs_libraries: vec!["QCRS".into()] }),
        illiad: Seen::Got(illiad.clone()),
        by_external_id: Seen::Got(illiad),
    }
}

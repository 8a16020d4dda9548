//! Models for the screen tests: a made-up campus in typical states, judged by the real engine on hand-made snapshots.
use crate::harness::{site, told};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use last_resort::engine::journal::{
    EvidenceOrigin, EvidenceSource, JournalFacts, KeyAfterUndo, LastApply, ShownValue, SignOff, ValueEvidence, Verb,
    WriteSummary,
};
use last_resort::engine::judge::{KnownKeys, Report, Snapshot, Verdict, verify};
use last_resort::engine::observed::{
    AccountFill, AlmaObservations, AlmaUser, CodeRow, Desk, ExportKey, General, IlliadObservations, IlliadUser,
    Library, Location, Observation, PartnerRecord, PatronObservation, RowList, Transaction, UnreadKind, UnreadReason,
    WireFormat, WriteAccess,
};
use last_resort::engine::plan::{Plan, plan};
use last_resort::engine::results::CheckResult;
use last_resort::recipe::{Channel, CodeTable, FieldKey, KeySlot, Recipe, StepId};
use last_resort::secret::ApiKey;
use last_resort::site::{CampusField, Environment, Site};
use last_resort::tui::key_store::KeyStore;
use last_resort::tui::keys::{self, Key};
use last_resort::tui::model::Model;
use last_resort::tui::msg::{CheckReply, Effect, Msg, PastedText, Ticket, Work};
use last_resort::tui::script::Script;
use last_resort::tui::start::Start;
use last_resort::tui::update::{begin, update};
use serde_json::{Value, json};

/// The fixed time of the tests.
pub(crate) fn noon() -> Timestamp {
    "2026-11-23T20:14:03Z".parse().expect("a time")
}

/// A key that must never be shown in full.
pub(crate) const SECRET: &str = "5f2c1d9e-77aa-4e0b-9c51-0d7f2b9ea1b2";

pub(crate) fn key() -> ApiKey {
    ApiKey::parse(SECRET.to_owned()).expect("a key")
}

/// Returns Queens College in this environment, with two sample patrons.
pub(crate) fn campus_in(environment: &str) -> Site {
    site(&[(CampusField::Environment, environment), (CampusField::PatronsSample, "10000001 10000002")])
}

/// Returns a snapshot where everything is right, but there is no partner yet.
pub(crate) fn fresh() -> Snapshot {
    Snapshot {
        at: noon(),
        alma: alma(),
        illiad: IlliadObservations {
            version: Observation::Got("9.2.2.0".to_owned()),
            key: Observation::Got(()),
            export_key: Observation::Got(()),
            requests: Observation::Got(Vec::new().into()),
        },
        patrons: vec![patron("10000001"), patron("10000002")],
        journal: JournalFacts::default(),
        proxies: std::collections::BTreeMap::new(),
        keys: KnownKeys { export_key: Observation::Got((KeySlot::Illiad, key())), other_keys: Vec::new() },
    }
}

fn alma() -> AlmaObservations {
    AlmaObservations {
        general: Observation::Got(General {
            institution: "01CUNY_QC".to_owned(),
            name: Some("Queens College".to_owned()),
            environment: Some(Environment::Sandbox),
        }),
        libraries: Observation::Got(vec![
            library("MAIN", "Rosenthal Library", false),
            library("QCRS", "Queens Resource Sharing", true),
        ]),
        locations: Observation::Got(vec![
            place("IN_RS_REQ", "Lending Resource Sharing Requests", "101"),
            place("OUT_RS_REQ", "Borrowing Resource Sharing Requests", "102"),
        ]),
        desks: Observation::Got(vec![Desk { code: "DEFAULT_CIRC_DESK".into(), name: "Main Service Desk".into() }]),
        tables: [
            (CodeTable::PartnerSystemTypes, Observation::Got(vec![row("ILLIAD", "ILLiad")])),
            (
                CodeTable::UserIdentifierTypes,
                Observation::Got(vec![row("userName", "Primary Identifier"), row("02", "Barcode")]),
            ),
            (CodeTable::ItemPolicy, Observation::Got(vec![row("31", "RS ILL Loan")])),
        ]
        .into(),
        partner: Observation::NotThere,
        partners: Observation::Got(RowList::from(Vec::new())),
        others: Observation::Got(vec![PartnerRecord {
            body: other_partner(),
            key: ExportKey::Hidden,
            wire: WireFormat::Json,
        }]),
        others_gap: None,
        may_write: Observation::Got(WriteAccess::ReadWrite),
    }
}

/// Another partner of the zone, whose record contains the ids of the library and the pickup library.
fn other_partner() -> Value {
    json!({"partner_details": {"code": "OTHER", "profile_details": {"ncip_details": {
        "general_library_owner": {"value": "QCRS", "desc": "Queens Resource Sharing"},
        "accept_item_pickup_library": {"value": "12.34", "desc": "Queens Resource Sharing"}}}}})
}

fn row(code: &str, description: &str) -> CodeRow {
    CodeRow { code: code.to_owned(), description: description.to_owned(), enabled: true }
}

fn place(code: &str, name: &str, id: &str) -> Location {
    Location { code: code.into(), name: name.into(), id: Some(id.to_owned()) }
}

fn library(code: &str, name: &str, flagged: bool) -> Library {
    Library { code: code.into(), name: name.into(), id: None, path: None, resource_sharing: Some(flagged) }
}

fn illiad_user(name: &str) -> IlliadUser {
    IlliadUser {
        user_name: name.to_owned(),
        cleared: Some("Yes".to_owned()),
        nvtgc: Some("ILL".to_owned()),
        status: Some("Staff".to_owned()),
        fill: AccountFill::Whole,
    }
}

fn patron(id: &str) -> PatronObservation {
    PatronObservation {
        emplid: id.to_owned(),
        alma: Observation::Got(AlmaUser { primary_id: id.to_owned(), rs_libraries: vec!["QCRS".to_owned()] }),
        illiad: Observation::Got(illiad_user(id)),
        by_external_id: Observation::NotThere,
    }
}

/// The partner is in Alma and right; the screen fields wait for a person.
pub(crate) fn written() -> Snapshot {
    let mut snapshot = fresh();
    let body = plan_of(&snapshot, &[StepId::Partner, StepId::Parameters]).record();
    snapshot.alma.partner =
        Observation::Got(PartnerRecord { body, key: ExportKey::Clear(key()), wire: WireFormat::Json });
    snapshot
}

/// Like [`written`], with two values changed by somebody else.
pub(crate) fn drifted() -> Snapshot {
    let mut snapshot = written();
    change(&mut snapshot, "export_url", json!("https://qc.illiad.oclc.org/illiadwebplatform/transactions"));
    change(&mut snapshot, "close_request_on_export", json!(true));
    snapshot
}

fn change(snapshot: &mut Snapshot, member: &str, value: Value) {
    let Observation::Got(record) = &mut snapshot.alma.partner else { panic!("a partner") };
    record.body["partner_details"]["profile_details"]["ncip_details"][member] = value;
}

/// Everything is done, and all screen fields are signed off.
pub(crate) fn done() -> Snapshot {
    let mut snapshot = written();
    let report = judge(&snapshot, &StepId::ALL);
    snapshot.journal.sign_offs = Recipe::embedded()
        .fields()
        .filter(|field| field.channel == Channel::Screen)
        .map(|field| SignOff {
            key: field.key.clone(),
            want: report.findings().find(|f| f.key == field.key).and_then(|f| f.want.clone()).unwrap_or_default(),
            who: "staff".to_owned(),
            when: noon(),
            note: None,
            export_key: None,
        })
        .collect();
    let request = Transaction {
        number: 41_001,
        status: "Request Imported from Alma".to_owned(),
        username: Some("10000001".to_owned()),
        cited_in: Some("01CUNY_QC0001".to_owned()),
        title: None,
        process_type: Some("Borrowing".to_owned()),
        lending_string: None,
        created: Some(TimeZone::UTC.to_datetime(noon() - SignedDuration::from_hours(72))),
    };
    snapshot.illiad.requests = Observation::Got(told::read_by_number(vec![request]));
    snapshot
}

/// The origin of a value that somebody pasted.
pub(crate) fn pasted_by(who: &str, when: Timestamp) -> EvidenceOrigin {
    EvidenceOrigin { source: EvidenceSource::Pasted, stamp: None, who: who.to_owned(), when }
}

/// Adds a value that somebody pasted back for a field.
pub(crate) fn shown(snapshot: &Snapshot, key: &str, got: &str) -> Snapshot {
    let mut snapshot = snapshot.clone();
    let (key, got) = (FieldKey::from(key), ShownValue::Text(got.to_owned()));
    let origin = pasted_by("staff", noon());
    snapshot.journal.evidence.values.push(ValueEvidence {
        key,
        got,
        origin,
        wanted: None,
        unclear: None,
        signed_since: Vec::new(),
    });
    snapshot
}

/// The Alma key belongs to another campus, and ILLiad knows one EMPLID under another name.
pub(crate) fn strangers() -> Snapshot {
    let mut snapshot = written();
    snapshot.alma.general = Observation::Got(General {
        institution: "01CUNY_BC".to_owned(),
        name: Some("Brooklyn College".to_owned()),
        environment: Some(Environment::Production),
    });
    snapshot.patrons[1].illiad = Observation::Got(illiad_user("jdoe"));
    snapshot
}

/// Alma refuses the key, so nothing was read from it.
pub(crate) fn refused() -> Snapshot {
    let why = || {
        UnreadReason::new(
            UnreadKind::KeyRefused,
            "Alma at api-na.hosted.exlibrisgroup.com does not accept the key (HTTP 401)",
            "store the right key",
        )
    };
    let mut snapshot = fresh();
    snapshot.alma = alma_unread(why);
    for patron in &mut snapshot.patrons {
        patron.alma = Observation::Unread(why());
    }
    snapshot
}

/// No key is stored, so nothing was read that needs one.
pub(crate) fn keyless() -> Snapshot {
    let why = |slot| {
        let (what, next) = (format!("no {slot:?} key is set"), "set it".to_owned());
        UnreadReason::new(UnreadKind::NoKey(slot), what, next).in_short(format!("No {slot:?} key is set."))
    };
    let mut snapshot = fresh();
    snapshot.alma = alma_unread(|| why(KeySlot::Alma));
    snapshot.illiad.key = Observation::Unread(why(KeySlot::Illiad));
    snapshot.illiad.export_key = Observation::Unread(why(KeySlot::Illiad));
    snapshot.illiad.requests = Observation::Unread(why(KeySlot::Illiad));
    for patron in &mut snapshot.patrons {
        patron.alma = Observation::Unread(why(KeySlot::Alma));
    }
    snapshot
}

pub(crate) fn judge(snapshot: &Snapshot, steps: &[StepId]) -> Report {
    verify(Recipe::embedded(), &campus_in("sandbox"), snapshot, steps)
}

pub(crate) fn plan_of(snapshot: &Snapshot, steps: &[StepId]) -> Plan {
    let report = judge(snapshot, &StepId::ALL);
    plan(Recipe::embedded(), &campus_in("sandbox"), snapshot, &report, steps)
}

/// Returns what a check of these steps answers.
pub(crate) fn looked(snapshot: &Snapshot, steps: &[StepId]) -> CheckReply {
    let report = judge(snapshot, steps);
    let mut snapshot = snapshot.clone();
    snapshot.journal.last_apply = last_apply(&snapshot);
    CheckReply {
        result: CheckResult { snapshot, report, changed: Vec::new(), remarks: Vec::new() },
        keys_words: vec![
            (KeySlot::Alma, "set (36 characters, ends a1b2), keyring".to_owned()),
            (KeySlot::Illiad, "set (36 characters, ends a1b2), keyring".to_owned()),
        ],
        store: KeyStore::Keeps("kernel keyring (until reboot)".to_owned()),
    }
}

/// Returns a last apply for a record that is right, as if this program had written it. If values differ there is none.
fn last_apply(snapshot: &Snapshot) -> Option<LastApply> {
    let report = judge(snapshot, &[StepId::Partner, StepId::Parameters]);
    let differs = report.findings().any(|finding| matches!(finding.verdict, Verdict::Differs(_) | Verdict::Absent));
    let at = "2026-11-23T18:05:00Z".parse().expect("a time");
    let written = WriteSummary { at, by: "grace".to_owned(), verb: Verb::Replace, values: 6 };
    let last = LastApply { id: "a".to_owned(), written, before: None, digest: None, key: KeyAfterUndo::Kept };
    (!differs).then_some(last)
}

pub(crate) fn start() -> Start {
    Start { user: "staff".to_owned(), practice: None, script: Script::Unicode, zone: TimeZone::UTC, now: noon() }
}

/// Opens a session on the campus, and returns the model and its first request. Nothing was read yet.
pub(crate) fn opened(at: StepId) -> (Model, Vec<Effect>) {
    let mut model = Model::on_campus(start(), campus_in("sandbox"), Some(at));
    let effects = begin(&mut model);
    (model, effects)
}

/// Opens a session that has read this snapshot.
pub(crate) fn read(snapshot: &Snapshot, at: StepId) -> Model {
    let (mut model, effects) = opened(at);
    let ticket = ticket_of(&effects);
    let result = Ok(Box::new(looked(snapshot, &StepId::ALL)));
    assert_eq!(update(&mut model, Msg::Checked { ticket, result }), []);
    model
}

/// Returns the ticket of the only piece of work requested.
pub(crate) fn ticket_of(effects: &[Effect]) -> Ticket {
    match effects {
        [Effect::Work(work)] => match work {
            Work::Check { ticket, .. }
            | Work::MakePlan { ticket, .. }
            | Work::Apply { ticket, .. }
            | Work::Undo { ticket, .. }
            | Work::Prove { ticket, .. }
            | Work::Gates { ticket }
            | Work::SetStance { ticket, .. }
            | Work::HandOff { ticket }
            | Work::Forecast { ticket, .. }
            | Work::Attest { ticket, .. }
            | Work::Revoke { ticket, .. }
            | Work::Show { ticket, .. }
            | Work::Explore { ticket, .. }
            | Work::OpenCampus { ticket, .. }
            | Work::ReadBoard { ticket, .. }
            | Work::SaveCampus { ticket, .. } => *ticket,
        },
        other => panic!("one piece of work, not {other:?}"),
    }
}

/// Presses a key and returns its effects.
pub(crate) fn press(model: &mut Model, key: Key) -> Vec<Effect> {
    match keys::intent(model, key) {
        Some(intent) => update(model, Msg::Key(intent)),
        None => Vec::new(),
    }
}

/// Types what consents, and presses Enter: first to read on, as often as the footer says so.
pub(crate) fn consent(model: &mut Model, text: &str) -> Vec<Effect> {
    type_text(model, text);
    while keys::enter_words(model).as_deref() == Some("read on") {
        assert_eq!(press(model, Key::Enter), []);
    }
    press(model, Key::Enter)
}

/// Types a text key by key.
pub(crate) fn type_text(model: &mut Model, text: &str) -> Vec<Effect> {
    text.chars().flat_map(|c| press(model, Key::Char(c))).collect()
}

pub(crate) fn paste(model: &mut Model, text: &str) -> Vec<Effect> {
    update(model, Msg::Paste(PastedText(text.to_owned().into())))
}

/// Returns the text being typed.
pub(crate) fn typed(model: &Model) -> String {
    model.entry().map(|entry| entry.text().to_owned()).unwrap_or_default()
}

/// Everything of Alma is unread, for this reason.
pub(crate) fn alma_unread(why: impl Fn() -> UnreadReason) -> AlmaObservations {
    AlmaObservations {
        general: Observation::Unread(why()),
        libraries: Observation::Unread(why()),
        locations: Observation::Unread(why()),
        desks: Observation::Unread(why()),
        tables: CodeTable::ALL.map(|table| (table, Observation::Unread(why()))).into(),
        partner: Observation::Unread(why()),
        partners: Observation::Unread(why()),
        others: Observation::Unread(why()),
        others_gap: None,
        may_write: Observation::Unread(why()),
    }
}

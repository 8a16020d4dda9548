//! A served world, a campus in it, a journal, and a prover that creates and cancels requests.
use crate::harness::{simulator, site_of};
use last_resort::drive::{
    BorrowingSource, CampusOps, CleanResult, Clients, InFlight, ProofClients, Prover, Stop, TrafficResult,
};
use last_resort::engine::journal::JournalEvent;
use last_resort::engine::judge::{Report, Snapshot, verify};
use last_resort::engine::plan::Consent;
use last_resort::engine::probe::ProofProgress;
use last_resort::engine::results::{Conclusion, ProofRun};
use last_resort::failure::{Failure, FailureKind};
use last_resort::io::HttpLimits;
use last_resort::io::{
    AlmaClient, AlmaRequester, Folders, Http, IlliadClient, IlliadWriter, JournalFile, SessionKeys, SystemClock,
};
use last_resort::ports::{Journal, JournalReading};
use last_resort::recipe::{KeySlot, Recipe, StepId};
use last_resort::secret::ApiKey;
use last_resort::sim::{Running, World};
use serde_json::{Value, json};
use std::io::Write as _;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// The first sample patron of every world.
pub(crate) const PATRON: &str = "10000001";

/// JSON pointer to the export key in a partner record.
const KEY_POINTER: &str = "/partner_details/profile_details/ncip_details/export_api_key";

/// Short limits, so that a missing answer does not hold up the tests.
const LIMITS: HttpLimits = HttpLimits {
    connect: Duration::from_secs(2),
    total: Duration::from_secs(2),
    body: 1 << 20,
    first_wait: Duration::from_millis(10),
};

type RealOps = CampusOps<AlmaClient, IlliadClient>;
type RealProver<'a> = Prover<'a, AlmaClient, IlliadClient, IlliadWriter, AlmaRequester>;

/// A campus in a served world.
pub(crate) struct Place {
    pub(crate) sim: Running,
    ops: RealOps,
    pub(crate) stop: Stop,
    told: Arc<Mutex<Vec<ProofProgress>>>,
    home: TempDir,
}

impl Place {
    pub(crate) async fn in_world(name: &str) -> Self {
        Self::with(simulator::embedded(name), "ahead").await
    }

    pub(crate) async fn in_world_of(text: &str) -> Self {
        Self::with_stance(text, "ahead").await
    }

    pub(crate) async fn with_stance(text: &str, stance: &str) -> Self {
        Self::with(simulator::world(text), stance).await
    }

    async fn with(world: World, stance: &str) -> Self {
        let sim = simulator::serve(world).await;
        let home = TempDir::new().expect("a home");
        let folders = Folders::at(home.path().join("config"), home.path().join("state"));
        let site = site_of(&sim, stance);
        let http = Http::with_limits(Instant::now() + Duration::from_secs(120), LIMITS).expect("a client");
        let key = |text: &str| ApiKey::parse(text.to_owned()).expect("a key");
        let keys = sim.keys();
        let all = [(KeySlot::Alma, &keys.alma), (KeySlot::Illiad, &keys.illiad), (KeySlot::Export, &keys.export)];
        let ops = CampusOps {
            clients: Clients {
                alma: Ok(AlmaClient::new(&http, &site, key(&keys.alma), KEY_POINTER)),
                illiad: IlliadClient::new(&http, &site, Some(key(&keys.illiad))),
                illiad_key: Ok(()),
            },
            journal: Arc::new(JournalFile::of(&folders, &site.institution)),
            keys: Arc::new(SessionKeys::holding(all.map(|(slot, text)| (slot, key(text))))),
            clock: Arc::new(SystemClock),
            in_flight: Arc::default(),
            site,
        };
        Self { sim, ops, stop: Stop::default(), told: Arc::default(), home }
    }

    pub(crate) fn set_sample(&mut self, sample: &[&str]) {
        self.ops.site.sample = sample.iter().map(|id| (*id).to_owned()).collect();
    }

    async fn with_prover<T>(&self, part: u32, job: impl AsyncFnOnce(RealProver<'_>) -> T) -> T {
        let clients = &self.ops.clients;
        let alma = clients.alma.as_ref().map(AlmaClient::requester).map_err(Clone::clone);
        let hands = ProofClients { illiad: clients.illiad.writer(), alma, hurry: part };
        let told = Arc::clone(&self.told);
        let tell = move |progress: ProofProgress| told.lock().expect("told").push(progress);
        job(Prover { ops: &self.ops, hands, tell: &tell, stop: &self.stop, held: InFlight::default() }).await
    }

    fn consent(&self) -> Consent {
        let campus = &self.ops.site.institution;
        Consent::given(campus.as_str(), campus).expect("its own code")
    }

    pub(crate) async fn prove_as(&self, traffic: TrafficResult, part: u32) -> Result<ProofRun, Failure> {
        self.with_prover(part, async |prover: RealProver<'_>| prover.prove(&self.consent(), traffic).await).await
    }

    /// Runs a probe and returns its result. Panics if real traffic made the probe unnecessary.
    pub(crate) async fn probe(&self) -> Result<ProofRun, Failure> {
        let run = self.prove_as(TrafficResult::Suffices, 1000).await?;
        if let Conclusion::RealTraffic(words) = &run.conclusion {
            panic!("{words}");
        }
        Ok(run)
    }

    pub(crate) async fn chain(&self, source: &BorrowingSource) -> Result<ProofRun, Failure> {
        self.with_prover(1000, async |prover: RealProver<'_>| prover.prove_chain(&self.consent(), source).await).await
    }

    pub(crate) async fn clean(&self) -> Result<CleanResult, Failure> {
        self.with_prover(1000, async |prover: RealProver<'_>| prover.clean(&self.consent()).await).await
    }

    pub(crate) async fn check(&self, steps: &[StepId]) -> Report {
        self.ops.check(steps).await.expect("a report").report
    }

    /// Returns the snapshot of these steps, so that a test can change it and judge it again.
    pub(crate) async fn seen(&self, steps: &[StepId]) -> Snapshot {
        self.ops.check(steps).await.expect("a report").snapshot
    }

    pub(crate) fn judge(&self, snapshot: &Snapshot, steps: &[StepId]) -> Report {
        verify(Recipe::embedded(), &self.ops.site, snapshot, steps)
    }

    /// From the first event on that says how a request ended, the journal takes nothing.
    pub(crate) fn fill_the_journal(&mut self) {
        self.ops.journal = Arc::new(FullJournal(Arc::clone(&self.ops.journal)));
    }

    /// Empties the disk, so that the journal takes everything again.
    pub(crate) fn journal_with_room(&mut self) {
        let folders = Folders::at(self.home.path().join("config"), self.home.path().join("state"));
        self.ops.journal = Arc::new(JournalFile::of(&folders, &self.ops.site.institution));
    }

    /// Adds a line to the journal that cannot be read.
    pub(crate) fn damage_the_journal(&self) {
        let folder = self.home.path().join("state/last-resort").join(self.ops.site.institution.as_str());
        let file = std::fs::OpenOptions::new().append(true).open(folder.join("journal.jsonl"));
        file.and_then(|mut file| file.write_all(b"{\"at\": \"20\n")).expect("written");
    }

    /// Changes the text of the journal, as somebody would with an editor.
    pub(crate) fn edit_the_journal(&self, change: impl Fn(&str) -> String) {
        let folder = self.home.path().join("state/last-resort").join(self.ops.site.institution.as_str());
        let path = folder.join("journal.jsonl");
        let text = std::fs::read_to_string(&path).expect("a journal");
        std::fs::write(&path, change(&text)).expect("written");
    }

    /// Creates a request in ILLiad, as somebody else would.
    pub(crate) async fn create_in_illiad(&self, request: &Value) {
        let sent = reqwest::Client::new()
            .post(format!("{}/Transaction", self.sim.illiad_url()))
            .header("ApiKey", &self.sim.keys().illiad)
            .header("Content-Type", "application/json")
            .body(request.to_string());
        assert_eq!(sent.send().await.expect("an answer").status(), 200);
    }

    /// Creates a borrowing request of the test patron in Alma, as somebody else would.
    pub(crate) async fn create_in_alma(&self, title: &str) {
        let request = json!({"citation_type": {"value": "BK"}, "format": {"value": "PHYSICAL"}, "owner": "QCRS",
            "pickup_location": {"value": "QCRS"}, "title": title, "agree_to_copyright_terms": true});
        let sent = reqwest::Client::new()
            .post(format!("{}/almaws/v1/users/{PATRON}/resource-sharing-requests", self.sim.alma_url()))
            .header("Authorization", format!("apikey {}", self.sim.keys().alma))
            .header("Accept", "application/json")
            .header("Content-Type", "application/json")
            .body(request.to_string());
        assert_eq!(sent.send().await.expect("an answer").status(), 200);
    }

    /// Returns the progress messages, one per line.
    pub(crate) fn told(&self) -> String {
        let told = self.told.lock().expect("told");
        told.iter().map(|progress| format!("{:?} {}\n", progress.about, progress.words)).collect()
    }

    /// Returns the test requests in ILLiad.
    pub(crate) fn tests_in_illiad(&self) -> Vec<Value> {
        let ours = |one: &Value| one["LoanTitle"].as_str().is_some_and(|title| title.starts_with("TEST please cancel"));
        self.sim.transactions().into_iter().filter(ours).collect()
    }

    /// Fails if a test request is left uncancelled in either system.
    #[track_caller]
    pub(crate) fn assert_nothing_left(&self, context: &str) {
        for one in self.tests_in_illiad() {
            assert_eq!(one["TransactionStatus"], "Cancelled by ILL Staff", "{context}: {one}");
        }
        for one in self.sim.alma_requests() {
            assert_eq!(one["status"]["value"], "DELETED", "{context}: {one}");
        }
    }
}

/// A journal on a disk that is full once the test requests are made.
struct FullJournal(Arc<dyn Journal>);

impl Journal for FullJournal {
    fn append(&self, entry: JournalEvent) -> Result<(), Failure> {
        match entry {
            JournalEvent::ProbeEnded { .. } | JournalEvent::Proved { .. } => {
                Err(Failure::new(FailureKind::Files, "cannot write to the journal: the disk is full"))
            }
            entry => self.0.append(entry),
        }
    }
    fn append_all(&self, entries: Vec<JournalEvent>) -> Result<(), Failure> {
        self.0.append_all(entries)
    }
    fn read(&self) -> Result<JournalReading, Failure> {
        self.0.read()
    }
    fn keep_image(&self, image: &Value) -> Result<String, Failure> {
        self.0.keep_image(image)
    }
    fn image(&self, name: &str) -> Result<Value, Failure> {
        self.0.image(name)
    }
    fn written_elsewhere(&self) -> bool {
        self.0.written_elsewhere()
    }
}

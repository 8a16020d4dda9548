//! The command line: words to [`Command`]; does no work. Help, man page and completions come from here.
use crate::recipe::{KeySlot, StepId};
use clap::builder::PossibleValue;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::net::SocketAddr;
use std::path::PathBuf;

/// Set ILLiad up as the resource-sharing partner of last resort in Alma, and see what is true beside every value.
#[derive(Debug, Parser)]
#[command(
    name = "last-resort",
    version,
    about,
    long_about = "Set ILLiad up as the resource-sharing partner of last resort in Alma, and see what is true beside every value.\n\n\
        Without a command it opens the wizard. To try it without keys and without touching anything real:\n  last-resort practice",
    after_help = "Exit codes: 0 every value is as wanted or signed off, 1 something could not be read or done, 2 wrong usage or a bad \
        campus file, 3 something differs or is absent, 4 nothing wrong but waiting on people, 130 after Ctrl-C."
)]
pub struct Cli {
    /// What holds for every command.
    #[command(flatten)]
    pub global: Global,
    /// Open the wizard at this step.
    #[arg(long, value_name = "STEP")]
    pub step: Option<Step>,
    /// What to do; nothing means the wizard.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// Options of every command.
#[derive(Debug, Clone, Args)]
pub struct Global {
    /// The campus, by its Alma code (01CUNY_QC); may be left out where only one is set up.
    #[arg(long, global = true, value_name = "CODE")]
    pub campus: Option<String>,
    /// No colours. NO_COLOR does the same.
    #[arg(long, global = true)]
    pub no_color: bool,
    /// Draw with ASCII only.
    #[arg(long, global = true)]
    pub ascii: bool,
    /// Line mode, for screen readers and plain terminals: the wizard as numbered prompts that only append. ACCESSIBLE=1 does the
    /// same.
    #[arg(long, global = true)]
    pub plain: bool,
    /// Say more on standard error: every request, never a key.
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    pub verbose: u8,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// The wizard on an embedded Alma and ILLiad: no key, no network, nothing real touched
    Practice {
        /// Which world.
        #[arg(long, default_value = "fresh")]
        world: String,
        /// Open at this step.
        #[arg(long, value_name = "STEP")]
        step: Option<Step>,
        /// Name the worlds and leave.
        #[arg(long)]
        list: bool,
    },
    /// Serve the embedded Alma and ILLiad on loopback until stopped
    Simulate {
        /// Which world.
        #[arg(long, default_value = "fresh")]
        world: String,
        /// Where Alma listens.
        #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:0")]
        alma: SocketAddr,
        /// Where ILLiad listens.
        #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:0")]
        illiad: SocketAddr,
    },
    /// Read and compare; writes nothing anywhere but its own journal
    Check {
        /// Which steps; all where none is named.
        #[arg(value_name = "STEP")]
        steps: Vec<Step>,
        /// One JSON object on standard output.
        #[arg(long)]
        json: bool,
    },
    /// What apply would change, field by field; writes nothing
    Plan {
        /// Which steps; all where none is named.
        #[arg(value_name = "STEP")]
        steps: Vec<Step>,
        /// One JSON object on standard output.
        #[arg(long)]
        json: bool,
    },
    /// Write partner and parameters: read, merge, write, read back, report; prints the value card of steps only a person can do
    Apply {
        /// Which steps.
        #[arg(value_name = "STEP", required = true)]
        steps: Vec<Step>,
        /// The campus code once more, as consent to write.
        #[arg(long, value_name = "CODE")]
        confirm: Option<String>,
        /// One JSON object on standard output.
        #[arg(long)]
        json: bool,
    },
    /// Put the record back as it was before the last apply; refuses if it changed since
    Undo {
        /// The campus code once more, as consent to write.
        #[arg(long, value_name = "CODE")]
        confirm: Option<String>,
    },
    /// Prove the routing with two test requests in ILLiad, or the whole chain from Alma; both are cancelled and confirmed
    Prove(ProveArgs),
    /// Sign off values that only a screen shows, with your name and the time
    Attest {
        /// Keys (rota.code) or steps (rota).
        #[arg(value_name = "KEY_OR_STEP", required = true)]
        what: Vec<String>,
        /// A remark to keep beside it.
        #[arg(long, value_name = "TEXT")]
        note: Option<String>,
        /// Take the word back.
        #[arg(long)]
        revoke: bool,
    },
    /// What screens and exported lists show, as evidence for values that no API tells
    Evidence {
        /// What to do with it.
        #[command(subcommand)]
        action: EvidenceAction,
    },
    /// The hand-off: ticket reply, who is waited for, to-do card and the evidence for every value; reads first, as check does
    Report {
        /// How it is written down.
        #[arg(long, value_enum, default_value_t = ReportFormat::Text)]
        format: ReportFormat,
    },
    /// From set up ahead to live: lists what must hold, and goes through once all of it does
    Golive(GoLiveArgs),
    /// Keys in the OS keyring
    Keys {
        /// What to do with them.
        #[command(subcommand)]
        action: KeysAction,
    },
    /// Who would become a duplicate ILLiad account: people compared in Alma and ILLiad, before go-live
    ///
    /// Goes on where the last run stopped: what was read counts for a day. Identifiers are shown as hashes that mean something on
    /// this machine only. Exit codes: 0 nobody would be doubled, 3 somebody would be or is, 1 somebody could not be read.
    Patrons {
        /// EMPLIDs; where neither they nor a file are given, the sample of the campus file.
        #[arg(value_name = "EMPLID")]
        emplids: Vec<String>,
        /// A CSV file with a column headed EMPLID and, if known, one headed Old username; or a single column of EMPLIDs.
        #[arg(long, value_name = "CSV")]
        file: Option<PathBuf>,
        /// One JSON object on standard output.
        #[arg(long)]
        json: bool,
        /// Show EMPLIDs and usernames as they are.
        #[arg(long)]
        show_ids: bool,
        /// Ask about everybody, whatever an earlier run has read.
        #[arg(long)]
        restart: bool,
    },
    /// The campuses known here, and their files
    Campuses,
    /// Print completions for a shell
    Completions {
        /// Which shell.
        shell: clap_complete::Shell,
    },
    /// Print the man page
    Man,
}

/// What to prove.
#[derive(Debug, Clone, Args)]
pub struct ProveArgs {
    /// The campus code once more, as consent to make and cancel test requests.
    #[arg(long, value_name = "CODE")]
    pub confirm: Option<String>,
    /// The whole chain: a borrowing request in Alma for the test patron, watched until it stands in ILLiad's queue.
    #[arg(long)]
    pub chain: bool,
    /// The whole chain, with a borrowing request that you placed for the test patron; TEST must be in its title, since it is cancelled.
    #[arg(long, value_name = "ID")]
    pub request: Option<String>,
    /// Only cancel what an interrupted run left.
    #[arg(long, conflicts_with_all = ["chain", "request", "anyway"])]
    pub clean: bool,
    /// Probe though real requests already prove the rule.
    #[arg(long)]
    pub anyway: bool,
    /// One JSON object on standard output.
    #[arg(long)]
    pub json: bool,
}

/// Going live, and back.
#[derive(Debug, Clone, Args)]
pub struct GoLiveArgs {
    /// The campus code once more, as consent to change the campus file.
    #[arg(long, value_name = "CODE")]
    pub confirm: Option<String>,
    /// Back to set up ahead, with the card for disabling the rule.
    #[arg(long)]
    pub back: bool,
    /// One JSON object on standard output.
    #[arg(long)]
    pub json: bool,
}

/// What to do with evidence.
#[derive(Debug, Subcommand)]
pub enum EvidenceAction {
    /// Compare lists exported from Alma (xlsx or csv) and ILLiad (csv), and record what they show
    #[command(
        after_help = "Lists known: Alma's rota templates and rota assignment rules, ILLiad's tables Routing and CustomQueues. \
            Columns are found by their headers, in any order; others are passed over."
    )]
    Import {
        /// The files.
        #[arg(value_name = "FILE", required = true)]
        files: Vec<PathBuf>,
        /// Which list it is, where the header alone does not tell.
        #[arg(long, value_name = "LIST")]
        list: Option<ListName>,
        /// One JSON object on standard output.
        #[arg(long)]
        json: bool,
    },
    /// What was shown, from where, by whom and how long ago
    List {
        /// One JSON object on standard output.
        #[arg(long)]
        json: bool,
    },
}

/// A list on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ListName {
    /// Alma's rota templates
    RotaTemplates,
    /// Alma's rota assignment rules
    RotaRules,
    /// ILLiad's table Routing
    Routing,
    /// ILLiad's table CustomQueues
    Queues,
}

/// How a report is written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    /// Plain text that survives an e-mail
    Text,
    /// GitHub's Markdown
    Md,
    /// One self-contained page, fit for paper
    Html,
}

/// What to do with keys.
#[derive(Debug, Clone, Subcommand)]
pub enum KeysAction {
    /// Store a key, read from a hidden prompt, or from standard input when that is not a terminal
    Set {
        /// Which key.
        #[arg(long)]
        slot: Option<Slot>,
    },
    /// Which keys are set, where, and how long that store lasts
    Status {
        /// Only this key.
        #[arg(long)]
        slot: Option<Slot>,
    },
    /// Try each key on its own host, without touching data
    Test {
        /// Only this key.
        #[arg(long)]
        slot: Option<Slot>,
    },
    /// Put a new key in an old one's place: tried on its own host, written to Alma's partner if Alma uses it, stored, and tried on a request
    Rotate {
        /// Which key.
        #[arg(long)]
        slot: Slot,
        /// The campus code once more, as consent to change keys.
        #[arg(long, value_name = "CODE")]
        confirm: Option<String>,
        /// Then make test requests in ILLiad with the new key where Alma uses it, watch and cancel them; without this a terminal is asked.
        #[arg(long)]
        probe: bool,
    },
    /// Remove keys from the keyring
    Forget {
        /// Only this key.
        #[arg(long)]
        slot: Option<Slot>,
    },
}

/// A step on the command line; its words come from [`StepId`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step(pub StepId);

impl ValueEnum for Step {
    fn value_variants<'a>() -> &'a [Self] {
        const ALL: [Step; 8] = {
            let mut all = [Step(StepId::Connect); 8];
            let mut i = 0;
            while i < 8 {
                all[i] = Step(StepId::ALL[i]);
                i += 1;
            }
            all
        };
        &ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.0.as_str()))
    }
}

/// A key's slot on the command line; its words come from [`KeySlot`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot(pub KeySlot);

impl ValueEnum for Slot {
    fn value_variants<'a>() -> &'a [Self] {
        &[Slot(KeySlot::Alma), Slot(KeySlot::Illiad), Slot(KeySlot::Export)]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.0.as_str()))
    }
}

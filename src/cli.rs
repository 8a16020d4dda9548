//! The command line: words to [`Command`]; does no work. Help, man page and completions come from here; examples and the like are put
//! beside it in `command::manual`.
mod consortium;
mod simulated;
mod values;

pub use consortium::{AllCampuses, HistoryArgs, NewsOptions};
pub use simulated::SimulateArgs;
pub use values::{EnvironmentArgument, ListName, ReportFormat, ReportReader, SlotArgument, StepArgument};

use clap::{Args, Parser, Subcommand, ValueHint};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use values::path_to_make;

/// Set up ILLiad as the resource-sharing partner of last resort in Alma, and check every value.
#[derive(Debug, Parser)]
#[command(name = "last-resort", version)]
pub struct Cli {
    /// Open the wizard at this step.
    #[arg(long, value_name = "STEP")]
    pub step: Option<StepArgument>,
    /// What to do; without a command, the wizard opens.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// Options of every command. It must come last, since its heading applies to everything after it.
    #[command(flatten)]
    pub global: Global,
}

/// Options of every command.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Options for all commands")]
pub struct Global {
    /// The campus, by its Alma code (01CUNY_QC); not needed if only one is set up here.
    #[arg(long, global = true, value_name = "CODE", value_hint = ValueHint::Other)]
    pub campus: Option<String>,
    /// Which campus file, where a campus has one for each.
    #[arg(long, global = true, value_name = "ENVIRONMENT")]
    pub environment: Option<EnvironmentArgument>,
    /// How the wizard looks.
    #[command(flatten)]
    pub looks: DisplayOptions,
    /// Show the requests and the answers behind each failure, and log every request to standard error, but never a key.
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    pub verbose: u8,
}

/// How the wizard looks. `prefer` saves these options under the same names.
#[derive(Debug, Clone, Default, PartialEq, Eq, Args, Serialize, Deserialize)]
#[command(next_help_heading = "Options for all commands")]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct DisplayOptions {
    /// No colours. NO_COLOR does the same.
    #[arg(long, global = true)]
    pub no_color: bool,
    /// Print and draw with ASCII only.
    #[arg(long, global = true)]
    pub ascii: bool,
    /// Line mode, for screen readers and plain terminals: prompts that only add lines. ACCESSIBLE=1 does the same.
    #[arg(long, global = true)]
    pub plain: bool,
    /// Use the mouse in the wizard: click to choose, scroll with the wheel. To select text, hold Shift.
    #[arg(long, global = true)]
    pub mouse: bool,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Try the wizard on an embedded Alma and ILLiad; nothing is real
    Practice {
        /// Which world; last-resort practice --list shows them.
        #[arg(long, value_name = "NAME", default_value = "fresh")]
        world: String,
        /// Open at this step.
        #[arg(long, value_name = "STEP")]
        step: Option<StepArgument>,
        /// Open the board on a few campuses in different worlds instead.
        #[arg(long, conflicts_with_all = ["world", "step", "list"])]
        fleet: bool,
        /// List the worlds and exit.
        #[arg(long, conflicts_with_all = ["world", "step"])]
        list: bool,
        /// With --list: print one JSON object to standard output.
        #[arg(long, requires = "list")]
        json: bool,
    },
    /// Run the embedded Alma and ILLiad as local servers until stopped
    Simulate(SimulateArgs),
    /// Read and compare every value; changes nothing in Alma or ILLiad
    Check {
        /// Which steps; all if none is given.
        #[arg(value_name = "STEP")]
        steps: Vec<StepArgument>,
        /// Print one JSON object to standard output; with --all, one line for each campus and a summary.
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        campuses: AllCampuses,
        #[command(flatten)]
        news: NewsOptions,
    },
    /// Show every campus on one screen: all steps, who must act next, what changed
    Board,
    /// Show what apply would change, field by field; writes nothing
    Plan {
        /// Which steps; all if none is given.
        #[arg(value_name = "STEP")]
        steps: Vec<StepArgument>,
        /// Print one JSON object to standard output; with --all, one line for each campus.
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        campuses: AllCampuses,
    },
    /// Write the partner and its parameters, and read them back
    Apply {
        /// Which steps.
        #[arg(value_name = "STEP", required = true)]
        steps: Vec<StepArgument>,
        /// The campus code again, to confirm the write.
        #[arg(long, value_name = "CODE", value_hint = ValueHint::Other)]
        confirm: Option<String>,
        /// Write only if the new plan has this digest; last-resort plan prints it.
        #[arg(long, value_name = "DIGEST", value_hint = ValueHint::Other)]
        plan: Option<String>,
        /// The code of another ILLiad partner, to confirm creating ILLiad beside it. Repeat for each such partner.
        #[arg(long, value_name = "CODE", value_hint = ValueHint::Other)]
        beside: Vec<String>,
        /// Print one JSON object to standard output.
        #[arg(long)]
        json: bool,
    },
    /// Undo the last apply: restore the record, or delete the partner if that apply created it
    Undo {
        /// The campus code again, to confirm the write.
        #[arg(long, value_name = "CODE", value_hint = ValueHint::Other)]
        confirm: Option<String>,
        /// Print one JSON object to standard output.
        #[arg(long)]
        json: bool,
    },
    /// Prove the routing with test requests, then cancel them
    Prove(ProveArgs),
    /// Sign off what only a screen shows, with your name and the time
    Attest {
        /// Keys (rota.code) or steps (rota).
        #[arg(value_name = "KEY_OR_STEP", required = true, value_hint = ValueHint::Other)]
        what: Vec<String>,
        /// A remark to record with it.
        #[arg(long, value_name = "TEXT", value_hint = ValueHint::Other)]
        note: Option<String>,
        /// Withdraw the sign-off.
        #[arg(long)]
        revoke: bool,
        /// Print one JSON object to standard output.
        #[arg(long)]
        json: bool,
    },
    /// Record evidence from exported lists, for values without an API
    Evidence {
        /// What to do with it.
        #[command(subcommand)]
        action: EvidenceAction,
    },
    /// Write the hand-off: ticket reply, to-do card, evidence
    Report {
        /// The format of the report.
        #[arg(long, value_enum, default_value_t = ReportFormat::Text)]
        format: ReportFormat,
        /// Only what this side has to know and do, to be sent by itself.
        #[arg(long = "for", value_enum, value_name = "READER", conflicts_with = "json")]
        reader: Option<ReportReader>,
        /// Print one JSON object to standard output: that of check, with who must act next.
        #[arg(long, conflicts_with = "format")]
        json: bool,
        /// Exit with the code of check instead of 0.
        #[arg(long)]
        exit_code: bool,
    },
    /// List the conditions for enabling the rule, and go live
    Golive(GoLiveArgs),
    /// Store, show, test, replace and remove keys
    Keys {
        /// What to do with them.
        #[command(subcommand)]
        action: KeysAction,
    },
    /// Find out who would get a duplicate ILLiad account
    Patrons {
        /// EMPLIDs. Without them and without a file: the sample in the campus file.
        #[arg(value_name = "EMPLID", value_hint = ValueHint::Other)]
        emplids: Vec<String>,
        /// A list (csv or xlsx; - is standard input) with a column EMPLID and, if known, a column Old username; or with a single
        /// column of EMPLIDs.
        #[arg(long, value_name = "FILE")]
        file: Option<PathBuf>,
        /// Print one JSON object to standard output.
        #[arg(long)]
        json: bool,
        /// Show the real EMPLIDs and usernames instead of hashes.
        #[arg(long)]
        show_ids: bool,
        /// Start again and ask about everyone, including people read by an earlier run.
        #[arg(long)]
        restart: bool,
    },
    /// Tell what changed at a campus, when, and who did it
    History(HistoryArgs),
    /// List the campuses set up here, and their files
    Campuses {
        /// Print one JSON object to standard output.
        #[arg(long)]
        json: bool,
    },
    /// Save how the wizard looks: --plain, --ascii, --no-color, --mouse
    Prefer {
        /// Remove all saved choices.
        #[arg(long)]
        nothing: bool,
        /// Print one JSON object to standard output.
        #[arg(long)]
        json: bool,
    },
    /// Print completions for a shell
    Completions {
        /// Which shell.
        shell: clap_complete::Shell,
    },
    /// Print the man page of the program or of one command
    Man {
        /// Which command, such as apply or keys set; without one, the page of the program.
        #[arg(value_name = "COMMAND", value_hint = ValueHint::Other)]
        of: Vec<String>,
        /// Write the pages of all commands to this folder instead.
        #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, conflicts_with = "of", value_parser = path_to_make())]
        into: Option<PathBuf>,
    },
}

/// What to prove.
#[derive(Debug, Clone, Args)]
pub struct ProveArgs {
    /// The campus code again, to confirm creating and cancelling test requests.
    #[arg(long, value_name = "CODE", value_hint = ValueHint::Other)]
    pub confirm: Option<String>,
    /// Prove the whole chain: create a borrowing request in Alma for the test patron and watch until it is in ILLiad's queue.
    #[arg(long)]
    pub chain: bool,
    /// Prove the whole chain with a borrowing request that you placed for the test patron. The request will be cancelled, so its title must begin with "TEST please cancel".
    #[arg(long, value_name = "ID", value_hint = ValueHint::Other)]
    pub request: Option<String>,
    /// Only cancel requests left by an interrupted run.
    #[arg(long, conflicts_with_all = ["chain", "request", "anyway"])]
    pub clean: bool,
    /// Create test requests even if real requests already prove the rule.
    #[arg(long, conflicts_with_all = ["chain", "request"])]
    pub anyway: bool,
    /// Print one JSON object to standard output.
    #[arg(long)]
    pub json: bool,
}

/// Going live, and back.
#[derive(Debug, Clone, Args)]
pub struct GoLiveArgs {
    /// The campus code again, to confirm the change to the campus file.
    #[arg(long, value_name = "CODE", value_hint = ValueHint::Other)]
    pub confirm: Option<String>,
    /// Go back to set up ahead, and print the card for disabling the rule.
    #[arg(long)]
    pub back: bool,
    /// Print one JSON object to standard output.
    #[arg(long)]
    pub json: bool,
}

/// What to do with evidence.
#[derive(Debug, Subcommand)]
pub enum EvidenceAction {
    /// Compare lists exported from Alma and ILLiad, and record them
    Import {
        /// The files; - is standard input.
        #[arg(value_name = "FILE", required = true)]
        files: Vec<PathBuf>,
        /// Which list it is, if the header fits more than one kind.
        #[arg(long, value_name = "LIST")]
        list: Option<ListName>,
        /// Compare but record nothing.
        #[arg(long)]
        dry_run: bool,
        /// Print one JSON object to standard output.
        #[arg(long)]
        json: bool,
    },
    /// Withdraw evidence recorded by mistake
    Forget {
        /// Lists (routing) or keys (rule.enabled).
        #[arg(value_name = "LIST_OR_KEY", required = true, value_hint = ValueHint::Other)]
        what: Vec<String>,
        /// Print one JSON object to standard output.
        #[arg(long)]
        json: bool,
    },
    /// List the evidence: from where, by whom and how long ago
    List {
        /// Print one JSON object to standard output.
        #[arg(long)]
        json: bool,
    },
}

/// What to do with keys.
#[derive(Debug, Clone, Subcommand)]
pub enum KeysAction {
    /// Store a key, typed at a hidden prompt
    Set {
        /// Which key.
        #[arg(long)]
        slot: Option<SlotArgument>,
        /// Print one JSON object to standard output.
        #[arg(long)]
        json: bool,
    },
    /// Show which keys are set, where, and how long that store lasts
    Status {
        /// Only this key.
        #[arg(long)]
        slot: Option<SlotArgument>,
        /// Print one JSON object to standard output.
        #[arg(long)]
        json: bool,
    },
    /// Test each key on its own host, without touching data
    Test {
        /// Only this key.
        #[arg(long)]
        slot: Option<SlotArgument>,
        /// Print one JSON object to standard output.
        #[arg(long)]
        json: bool,
    },
    /// Replace a key: test the new one, write it to Alma, store it, try it on a request
    Rotate {
        /// Which key.
        #[arg(long)]
        slot: SlotArgument,
        /// The campus code again, to confirm the change of key.
        #[arg(long, value_name = "CODE", value_hint = ValueHint::Other)]
        confirm: Option<String>,
        /// If Alma uses the key, also create test requests with it in ILLiad, watch them and cancel them. Without this option, you are asked at the terminal.
        #[arg(long)]
        probe: bool,
        /// Print one JSON object to standard output.
        #[arg(long)]
        json: bool,
    },
    /// Remove keys from the keyring
    Forget {
        /// Only this key.
        #[arg(long)]
        slot: Option<SlotArgument>,
        /// Print one JSON object to standard output.
        #[arg(long)]
        json: bool,
    },
}

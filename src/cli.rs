//! The command line: words to [`Command`]; does no work. Help, man page and completions come from here; examples and the like are put
//! beside it in `command::manual`.
mod values;

pub use values::{ListName, ReportFormat, SlotArgument, StepArgument};

use clap::{Args, Parser, Subcommand, ValueHint};
use serde::{Deserialize, Serialize};
use std::net::SocketAddr;
use std::path::PathBuf;

/// Set ILLiad up as the resource-sharing partner of last resort in Alma, and see what is true beside every value.
#[derive(Debug, Parser)]
#[command(name = "last-resort", version)]
pub struct Cli {
    /// Open the wizard at this step.
    #[arg(long, value_name = "STEP")]
    pub step: Option<StepArgument>,
    /// What to do; nothing means the wizard.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// What holds for every command. The last one: its heading is that of all that follow.
    #[command(flatten)]
    pub global: Global,
}

/// Options of every command.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Options of every command")]
pub struct Global {
    /// The campus, by its Alma code (01CUNY_QC); may be left out where only one is set up here.
    #[arg(long, global = true, value_name = "CODE", value_hint = ValueHint::Other)]
    pub campus: Option<String>,
    /// How the wizard looks.
    #[command(flatten)]
    pub looks: DisplayOptions,
    /// Say more on standard error: every request, never a key.
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    pub verbose: u8,
}

/// How the wizard looks: what `prefer` keeps, in the same words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Args, Serialize, Deserialize)]
#[command(next_help_heading = "Options of every command")]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct DisplayOptions {
    /// No colours. NO_COLOR does the same.
    #[arg(long, global = true)]
    pub no_color: bool,
    /// Draw with ASCII only.
    #[arg(long, global = true)]
    pub ascii: bool,
    /// Line mode, for screen readers and plain terminals: numbered prompts that only append. ACCESSIBLE=1 does the same.
    #[arg(long, global = true)]
    pub plain: bool,
    /// The wizard takes the mouse: a click chooses, the wheel scrolls. Without it the terminal's mouse selects text; with it, hold
    /// Shift for that.
    #[arg(long, global = true)]
    pub mouse: bool,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Try the wizard on an embedded Alma and ILLiad; nothing is real
    Practice {
        /// Which world; practice --list names them.
        #[arg(long, value_name = "NAME", default_value = "fresh")]
        world: String,
        /// Open at this step.
        #[arg(long, value_name = "STEP")]
        step: Option<StepArgument>,
        /// Name the worlds and leave.
        #[arg(long)]
        list: bool,
        /// With --list: one JSON object on standard output.
        #[arg(long, requires = "list")]
        json: bool,
    },
    /// Serve the embedded Alma and ILLiad on loopback until stopped
    Simulate {
        /// Which world; practice --list names them.
        #[arg(long, value_name = "NAME", default_value = "fresh")]
        world: String,
        /// Where Alma listens.
        #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:0", value_hint = ValueHint::Other)]
        alma: SocketAddr,
        /// Where ILLiad listens.
        #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:0", value_hint = ValueHint::Other)]
        illiad: SocketAddr,
    },
    /// Read and compare every value; writes to nothing but its journal
    Check {
        /// Which steps; all where none is named.
        #[arg(value_name = "STEP")]
        steps: Vec<StepArgument>,
        /// One JSON object on standard output.
        #[arg(long)]
        json: bool,
    },
    /// Show what apply would change, field by field; writes nothing
    Plan {
        /// Which steps; all where none is named.
        #[arg(value_name = "STEP")]
        steps: Vec<StepArgument>,
        /// One JSON object on standard output.
        #[arg(long)]
        json: bool,
    },
    /// Write partner and parameters, and read them back
    Apply {
        /// Which steps.
        #[arg(value_name = "STEP", required = true)]
        steps: Vec<StepArgument>,
        /// The campus code once more, as consent to write.
        #[arg(long, value_name = "CODE", value_hint = ValueHint::Other)]
        confirm: Option<String>,
        /// Write only if the plan made now has this digest; last-resort plan prints it.
        #[arg(long, value_name = "DIGEST", value_hint = ValueHint::Other)]
        plan: Option<String>,
        /// The code of another ILLiad partner, as consent to create ILLiad beside it. Once for each such partner.
        #[arg(long, value_name = "CODE", value_hint = ValueHint::Other)]
        beside: Vec<String>,
        /// One JSON object on standard output.
        #[arg(long)]
        json: bool,
    },
    /// Take back the last apply: put the record back as it was, or delete the partner if that apply created it
    Undo {
        /// The campus code once more, as consent to write.
        #[arg(long, value_name = "CODE", value_hint = ValueHint::Other)]
        confirm: Option<String>,
        /// One JSON object on standard output.
        #[arg(long)]
        json: bool,
    },
    /// Prove the routing with test requests, which are then cancelled
    Prove(ProveArgs),
    /// Sign off what only a screen shows, with your name and the time
    Attest {
        /// Keys (rota.code) or steps (rota).
        #[arg(value_name = "KEY_OR_STEP", required = true, value_hint = ValueHint::Other)]
        what: Vec<String>,
        /// A remark to keep beside it.
        #[arg(long, value_name = "TEXT", value_hint = ValueHint::Other)]
        note: Option<String>,
        /// Take the word back.
        #[arg(long)]
        revoke: bool,
        /// One JSON object on standard output.
        #[arg(long)]
        json: bool,
    },
    /// Keep what exported lists show, as evidence where no API tells
    Evidence {
        /// What to do with it.
        #[command(subcommand)]
        action: EvidenceAction,
    },
    /// Write the hand-off: ticket reply, to-do card, evidence
    Report {
        /// How it is written down.
        #[arg(long, value_enum, default_value_t = ReportFormat::Text)]
        format: ReportFormat,
        /// One JSON object on standard output, as check gives it, with who is waited for.
        #[arg(long, conflicts_with = "format")]
        json: bool,
        /// Exit as check does, and not with 0 because it was written.
        #[arg(long)]
        exit_code: bool,
    },
    /// List what must hold before the rule is enabled, and go live
    Golive(GoLiveArgs),
    /// Store, show, try, replace and forget the keys
    Keys {
        /// What to do with them.
        #[command(subcommand)]
        action: KeysAction,
    },
    /// Find out who would become a duplicate ILLiad account
    Patrons {
        /// EMPLIDs; where neither they nor a file are given, the sample of the campus file.
        #[arg(value_name = "EMPLID", value_hint = ValueHint::Other)]
        emplids: Vec<String>,
        /// A list (csv or xlsx; - is standard input) with a column headed EMPLID and, if known, one headed Old username; or a
        /// single column of EMPLIDs.
        #[arg(long, value_name = "FILE")]
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
    /// List the campuses set up here, and their files
    Campuses {
        /// One JSON object on standard output.
        #[arg(long)]
        json: bool,
    },
    /// Keep how the wizard looks, for every time: --plain, --ascii, --no-color, --mouse
    Prefer {
        /// Nothing of it any more.
        #[arg(long)]
        nothing: bool,
        /// One JSON object on standard output.
        #[arg(long)]
        json: bool,
    },
    /// Print completions for a shell
    Completions {
        /// Which shell.
        shell: clap_complete::Shell,
    },
    /// Print the man page, of the program or of one command
    Man {
        /// Which command: apply, keys set; the program itself where none is named.
        #[arg(value_name = "COMMAND", value_hint = ValueHint::Other)]
        of: Vec<String>,
        /// Write the pages of all commands into this folder instead.
        #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, conflicts_with = "of")]
        into: Option<PathBuf>,
    },
}

/// What to prove.
#[derive(Debug, Clone, Args)]
pub struct ProveArgs {
    /// The campus code once more, as consent to make and cancel test requests.
    #[arg(long, value_name = "CODE", value_hint = ValueHint::Other)]
    pub confirm: Option<String>,
    /// The whole chain: a borrowing request in Alma for the test patron, watched until it stands in ILLiad's queue.
    #[arg(long)]
    pub chain: bool,
    /// The whole chain, with a borrowing request that you placed for the test patron; its title must begin with "TEST please cancel", since it is cancelled.
    #[arg(long, value_name = "ID", value_hint = ValueHint::Other)]
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
    #[arg(long, value_name = "CODE", value_hint = ValueHint::Other)]
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
    /// Compare lists exported from Alma and ILLiad, and record them
    Import {
        /// The files; - is standard input.
        #[arg(value_name = "FILE", required = true)]
        files: Vec<PathBuf>,
        /// Which list it is, where the header alone does not tell.
        #[arg(long, value_name = "LIST")]
        list: Option<ListName>,
        /// Compare only, and record nothing.
        #[arg(long)]
        dry_run: bool,
        /// One JSON object on standard output.
        #[arg(long)]
        json: bool,
    },
    /// Withdraw evidence that should not have been shown
    Forget {
        /// Lists (routing) or keys (rule.enabled).
        #[arg(value_name = "LIST_OR_KEY", required = true, value_hint = ValueHint::Other)]
        what: Vec<String>,
        /// One JSON object on standard output.
        #[arg(long)]
        json: bool,
    },
    /// Say what was shown, from where, by whom and how long ago
    List {
        /// One JSON object on standard output.
        #[arg(long)]
        json: bool,
    },
}

/// What to do with keys.
#[derive(Debug, Clone, Subcommand)]
pub enum KeysAction {
    /// Store a key, typed where nobody sees it
    Set {
        /// Which key.
        #[arg(long)]
        slot: Option<SlotArgument>,
        /// One JSON object on standard output.
        #[arg(long)]
        json: bool,
    },
    /// Say which keys are set, where, and how long that store lasts
    Status {
        /// Only this key.
        #[arg(long)]
        slot: Option<SlotArgument>,
        /// One JSON object on standard output.
        #[arg(long)]
        json: bool,
    },
    /// Try each key on its own host, without touching data
    Test {
        /// Only this key.
        #[arg(long)]
        slot: Option<SlotArgument>,
        /// One JSON object on standard output.
        #[arg(long)]
        json: bool,
    },
    /// Put a new key in an old one's place: tried, written to Alma, stored, tried on a request
    Rotate {
        /// Which key.
        #[arg(long)]
        slot: SlotArgument,
        /// The campus code once more, as consent to change keys.
        #[arg(long, value_name = "CODE", value_hint = ValueHint::Other)]
        confirm: Option<String>,
        /// Then make test requests in ILLiad with the new key where Alma uses it, watch and cancel them; without this a terminal is asked.
        #[arg(long)]
        probe: bool,
        /// One JSON object on standard output.
        #[arg(long)]
        json: bool,
    },
    /// Remove keys from the keyring
    Forget {
        /// Only this key.
        #[arg(long)]
        slot: Option<SlotArgument>,
        /// One JSON object on standard output.
        #[arg(long)]
        json: bool,
    },
}

//! The conditions for going live.
use crate::engine::judge::StepState;
use crate::recipe::StepId;
use jiff::Timestamp;

/// One condition for going live.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gate {
    Connect,
    Patrons,
    Partner,
    Parameters,
    Rota,
    Rule,
    Illiad,
    /// No other row of a list takes precedence over ours.
    OtherRows,
    /// A proof or a real request showed that the routing works.
    Routing,
    /// No forecast has found people who would become duplicate accounts.
    Forecast,
    /// The sandbox must go live before production does.
    Sandbox,
}

impl Gate {
    /// All gates, in the order in which they are shown.
    pub const ALL: [Self; 11] = [
        Self::Connect,
        Self::Patrons,
        Self::Partner,
        Self::Parameters,
        Self::Rota,
        Self::Rule,
        Self::Illiad,
        Self::OtherRows,
        Self::Routing,
        Self::Forecast,
        Self::Sandbox,
    ];

    /// The name used in JSON and in the journal.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::OtherRows => "other_rows",
            Self::Routing => "routing",
            Self::Forecast => "forecast",
            Self::Sandbox => "sandbox",
            step => step.step().map_or("", StepId::as_str),
        }
    }

    /// The gate's demand as a statement, for a gate that holds.
    pub fn demands(self) -> &'static str {
        match self {
            Self::Connect => "keys, campus, environment and names are right",
            Self::Patrons => "each sample patron has the same identifiers in Alma and ILLiad",
            Self::Partner => "the partner is as wanted",
            Self::Parameters => "the parameters are as wanted",
            Self::Rota => "the rota template is signed off or confirmed by evidence",
            Self::Rule => "the assignment rule is signed off or confirmed by evidence",
            Self::Illiad => "ILLiad's routing rule and queue are signed off or confirmed by evidence",
            Self::OtherRows => "no other row overrides ours",
            Self::Routing => "a test or real request proved the routing",
            Self::Forecast => "nobody would get a duplicate ILLiad account",
            Self::Sandbox => "the sandbox went live before production",
        }
    }

    /// The gate's demand as a requirement, for a gate that is not known to hold.
    pub fn must(self) -> &'static str {
        match self {
            Self::Connect => "keys, campus, environment and names must be right",
            Self::Patrons => "each sample patron must have the same identifiers in Alma and ILLiad",
            Self::Partner => "the partner must be as wanted",
            Self::Parameters => "the parameters must be as wanted",
            Self::Rota => "the rota template must be signed off or confirmed by evidence",
            Self::Rule => "the assignment rule must be signed off or confirmed by evidence",
            Self::Illiad => "ILLiad's routing rule and queue must be signed off or confirmed by evidence",
            Self::OtherRows => "no other row may override ours",
            Self::Routing => "a test or real request must prove the routing",
            Self::Forecast => "nobody may get a duplicate ILLiad account",
            Self::Sandbox => "the sandbox must go live before production",
        }
    }

    /// The step whose state the gate checks, if it checks one.
    pub fn step(self) -> Option<StepId> {
        match self {
            Self::Connect => Some(StepId::Connect),
            Self::Patrons => Some(StepId::Patrons),
            Self::Partner => Some(StepId::Partner),
            Self::Parameters => Some(StepId::Parameters),
            Self::Rota => Some(StepId::Rota),
            Self::Rule => Some(StepId::Rule),
            Self::Illiad => Some(StepId::Illiad),
            Self::OtherRows | Self::Routing | Self::Forecast | Self::Sandbox => None,
        }
    }
}

/// Whether a gate lets the campus go live.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GateStatus {
    /// It holds. Says what supports that.
    Holds(String),
    /// Nobody looked. This does not prevent going live, but the user is told.
    Unguarded(String),
    /// Somebody looked, and nobody knows what it means. This does not prevent going live, but the user is told.
    Question(String),
    Shut {
        /// Whether something is unread, wrong, or waiting.
        state: StepState,
        why: String,
    },
}

/// The status of a gate, and what would open it.
pub(super) type GateAnswer = (GateStatus, Option<String>);

pub(super) fn shut(state: StepState, why: String) -> GateStatus {
    GateStatus::Shut { state, why }
}

pub(super) fn day(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d").to_string()
}

//! The conditions for going live.
use crate::recipe::StepId;

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
            Self::Patrons => "sample patrons are the same person to both systems",
            Self::Partner => "the partner is as the procedure wants it",
            Self::Parameters => "the parameters are as the procedure wants them",
            Self::Rota => "the rota template is signed off or shown",
            Self::Rule => "the assignment rule is signed off or shown",
            Self::Illiad => "ILLiad's routing rule and queue are signed off or shown",
            Self::OtherRows => "no other row stands in the way of ours",
            Self::Routing => "the routing was seen to work",
            Self::Forecast => "nobody would become a duplicate account",
            Self::Sandbox => "the sandbox went live before production",
        }
    }

    /// The gate's demand as a requirement, for a gate that is not known to hold.
    pub fn must(self) -> &'static str {
        match self {
            Self::Connect => "keys, campus, environment and names must be right",
            Self::Patrons => "sample patrons must be the same person to both systems",
            Self::Partner => "the partner must be as the procedure wants it",
            Self::Parameters => "the parameters must be as the procedure wants them",
            Self::Rota => "the rota template must be signed off or shown",
            Self::Rule => "the assignment rule must be signed off or shown",
            Self::Illiad => "ILLiad's routing rule and queue must be signed off or shown",
            Self::OtherRows => "no other row may stand in the way of ours",
            Self::Routing => "the routing must be seen to work",
            Self::Forecast => "nobody may become a duplicate account",
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

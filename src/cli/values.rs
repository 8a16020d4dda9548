//! The values of arguments that are one of a few words.
use crate::recipe::{KeySlot, Owner, StepId};
use crate::site::Environment;
use crate::text::key_shapes;
use clap::ValueEnum;
use clap::builder::{PathBufValueParser, PossibleValue, TypedValueParser};
use std::path::PathBuf;

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
    /// Plain text, for e-mail
    Text,
    /// Markdown, as on GitHub
    Md,
    /// One self-contained page, suitable for printing
    Html,
}

/// The side that a report is written for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ReportReader {
    /// The campus, which owns ILLiad
    Campus,
    /// The Office of Library Services (OLS), which owns Alma
    Ols,
}

impl From<ReportReader> for Owner {
    fn from(reader: ReportReader) -> Self {
        match reader {
            ReportReader::Campus => Self::Campus,
            ReportReader::Ols => Self::Ols,
        }
    }
}

/// An environment on the command line; its words come from [`Environment`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EnvironmentArgument(pub Environment);

impl ValueEnum for EnvironmentArgument {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self(Environment::Sandbox), Self(Environment::Production)]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.0.as_str()))
    }
}

/// A step on the command line; its words come from [`StepId`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StepArgument(pub StepId);

impl ValueEnum for StepArgument {
    fn value_variants<'a>() -> &'a [Self] {
        const ALL: [StepArgument; 8] = {
            let mut all = [StepArgument(StepId::Connect); 8];
            let mut i = 0;
            while i < 8 {
                all[i] = StepArgument(StepId::ALL[i]);
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
pub struct SlotArgument(pub KeySlot);

impl ValueEnum for SlotArgument {
    fn value_variants<'a>() -> &'a [Self] {
        &[SlotArgument(KeySlot::Alma), SlotArgument(KeySlot::Illiad), SlotArgument(KeySlot::Export)]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.0.as_str()))
    }
}

/// Reads the path of a file or folder to make. One named by a key would keep the key, so it is refused.
pub(super) fn path_to_make() -> impl TypedValueParser<Value = PathBuf> {
    PathBufValueParser::new().try_map(|path| match key_shapes(&path.to_string_lossy()).as_slice() {
        [] => Ok(path),
        _ => Err("a key never belongs in a file name"),
    })
}

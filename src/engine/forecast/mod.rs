//! Who would become a second ILLiad account.
mod people;
mod person;
mod report;

pub use people::{Listed, NotAList, listed, named};
pub use person::{Account, Facts, Foreseen, InAlma, Known, KnownBy, Names, Outlook, Person, Salt, still_counts};
pub(crate) use person::{COMPARE, UNKNOWN_TO_ALMA};
pub use report::{Counts, Forecast, ForecastJson, Identifiers, forecast_json, forecast_lines};

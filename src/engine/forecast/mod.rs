//! Forecasts who would get a second ILLiad account.
mod entry;
mod headings;
mod identifier;
mod name_match;
mod people;
mod person;
mod reason;
mod report;
mod unread_people;

pub use identifier::{IdentifierFault, with_zeros};
pub use name_match::NameMatch;
pub use people::{LineFault, PeopleList, PeopleListError, UnusableLine, people_in_sheets, people_named};
pub use person::{
    AlmaAccount, IlliadAccount, OtherName, Outlook, Person, PersonFacts, PersonForecast, PersonKnowledge, PersonNames,
    Salt, still_counts,
};
pub(crate) use person::{COMPARE, UNKNOWN_TO_ALMA};
pub use reason::Identifiers;
pub use report::{Counts, Forecast, ForecastLine, forecast_json, forecast_lines};

//! Forecasts who would get a second ILLiad account.
mod people;
mod person;
mod report;

pub use people::{PeopleList, PeopleListError, people_in_list, people_named};
pub use person::{
    AlmaAccount, IlliadAccount, OtherName, Outlook, Person, PersonFacts, PersonForecast, PersonKnowledge, PersonNames,
    Salt, still_counts,
};
pub(crate) use person::{COMPARE, UNKNOWN_TO_ALMA};
pub use report::{Counts, Forecast, ForecastLine, Identifiers, forecast_json, forecast_lines};

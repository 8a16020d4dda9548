//! The hand-off: a check and the journal, built into one tree of blocks with three small printers. It holds no key and
//! no patron's id.
mod build;
mod document;
mod html;
mod json;
mod markdown;
mod row;
mod scrub;
mod text;
mod ticket;
mod todo;
mod verdict_kind;
mod wait;
mod wrap;

pub use self::build::build;
pub use self::document::{Document, Systems};
pub use self::html::html;
pub use self::json::{HandoffJson, handoff_json};
pub use self::markdown::markdown;
pub use self::text::{TICKET_COLUMNS, TextLine, text, text_lines, ticket_lines};
pub use self::wait::waiting_since;

//! The hand-off: one value made of a check and the journal, and three ways to write it down. It holds no key and no patron's id.
mod html;
mod made;
mod markdown;
mod row;
mod scrub;
mod text;
mod ticket;
mod todo;
mod types;
mod wait;
mod wrap;

pub use self::html::html;
pub use self::made::handoff;
pub use self::markdown::markdown;
pub use self::text::{TICKET_COLUMNS, text, ticket_lines};
pub use self::types::{Before, Handoff, How, Of, Row, Standing, StepLine, Todo, TodoGroup, TodoValue, Wait};

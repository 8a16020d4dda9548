//! Checks campuses for the board, all at the same time.
use super::each::CampusChoice;
use crate::command::key_source::KeySource;
use crate::command::session::CampusSession;
use crate::engine::board::BoardRow;
use crate::failure::Failure;
use crate::io::{Http, KnownCampus};
use crate::recipe::StepId;
use crate::tui::board::{Board, BoardKey};
use futures_util::StreamExt as _;
use std::pin::pin;

/// A board of the campuses chosen, of which nothing was read.
pub(in crate::command) fn board_of(choice: &CampusChoice) -> Board {
    let named = |known: &KnownCampus| (board_key(known), known.site().map_or(known.code.to_string(), |site| site.name));
    let mut campuses: Vec<(BoardKey, String)> = choice.campuses.iter().map(named).collect();
    campuses.dedup_by(|one, other| one.0 == other.0);
    Board::of(campuses)
}

fn board_key(known: &KnownCampus) -> BoardKey {
    BoardKey { code: known.code.clone(), environment: known.environment() }
}

impl CampusChoice {
    /// Checks the campuses on the board that are wanted, and tells what was found at each as soon as it is done.
    pub(in crate::command) async fn read_board(
        mut self,
        http: &Http,
        keys: &KeySource,
        wanted: &[BoardKey],
        tell: impl Fn(BoardKey, Result<Box<BoardRow>, Failure>),
    ) {
        self.campuses.retain(|known| wanted.contains(&board_key(known)));
        let mut results = pin!(self.each_with(http, keys, |session: CampusSession| async move {
            let checked = session.ops.check(&StepId::ALL).await?;
            Ok(Box::new(BoardRow::of(&session.ops.site, &checked)))
        }));
        while let Some(done) = results.next().await {
            tell(BoardKey { code: done.code, environment: done.environment }, done.result);
        }
    }
}

//! A campus from its file, once its agreed differences were judged too.
use crate::engine::agreement;
use crate::failure::Failure;
use crate::io::KnownCampus;
use crate::recipe::Recipe;
use crate::site::Site;

/// The campus, if its file is accepted, and everything in it that was agreed on instead of the procedure.
///
/// # Errors
/// Its file, or the consortium's, has problems.
pub(super) fn accepted(known: &KnownCampus) -> Result<Site, Failure> {
    let site = known.site()?;
    match agreement::problems(Recipe::embedded(), &site) {
        none if none.is_empty() => Ok(site),
        problems => Err(known.disagreed(&problems)),
    }
}

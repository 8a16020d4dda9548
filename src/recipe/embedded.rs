//! The recipe this program was built with, and others parsed like it.
use super::parse::{self, RecipeError};
use super::types::Recipe;
use std::sync::OnceLock;

impl Recipe {
    /// The recipe this program was built with.
    ///
    /// # Panics
    /// If `assets/recipe.toml` does not parse, which `tests/recipe.rs` excludes.
    #[must_use]
    pub fn embedded() -> &'static Self {
        static RECIPE: OnceLock<Recipe> = OnceLock::new();
        RECIPE.get_or_init(|| match parse::recipe(include_str!("../../assets/recipe.toml")) {
            Ok(recipe) => recipe,
            Err(error) => panic!("assets/recipe.toml: {error}"),
        })
    }

    /// Parses another one.
    ///
    /// # Errors
    /// Names the step and the field that is wrong.
    pub fn parse(text: &str) -> Result<Self, RecipeError> {
        parse::recipe(text)
    }
}

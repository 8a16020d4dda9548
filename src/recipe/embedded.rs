//! The recipe built into this program, and parsing of others.
use super::parse::{self, RecipeError};
use super::types::Recipe;
use std::sync::OnceLock;

impl Recipe {
    /// The recipe built into this program.
    ///
    /// # Panics
    /// If `assets/recipe.toml` does not parse, which the tests in `tests/it/recipe` rule out.
    pub fn embedded() -> &'static Self {
        static RECIPE: OnceLock<Recipe> = OnceLock::new();
        RECIPE.get_or_init(|| match parse::recipe(include_str!("../../assets/recipe.toml")) {
            Ok(recipe) => recipe,
            Err(error) => panic!("assets/recipe.toml: {error}"),
        })
    }

    /// Parses a recipe from TOML.
    ///
    /// # Errors
    /// Names the step and the field that are wrong.
    pub fn parse(text: &str) -> Result<Self, RecipeError> {
        parse::recipe(text)
    }
}

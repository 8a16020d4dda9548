//! The whole text of a system's answer, where messages show only its beginning and its end.

/// What a system answered to a request, whole. It holds no key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WholeAnswer {
    /// The request, in the words that every message about its answer begins with: `GET /path at host`.
    pub request: String,
    pub text: String,
}

impl WholeAnswer {
    /// Makes one of a message that no screen shows in full.
    pub fn of_message(message: &str) -> Self {
        let (request, text) = message.split_once(": ").unwrap_or(("", message));
        Self { request: request.to_owned(), text: text.to_owned() }
    }

    /// Returns whether a message is about this answer.
    pub fn is_of(&self, message: &str) -> bool {
        message.contains(&format!("{} ", self.request))
    }
}

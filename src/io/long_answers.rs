//! The long answers of this process, whole, for the wizard. The log has them too.
use crate::engine::whole_answer::WholeAnswer;
use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

/// How many long answers are kept.
const MOST: usize = 40;

/// The newest long answer to each request, the oldest first. A process has one such list, as it has one log.
static LONG: Mutex<VecDeque<WholeAnswer>> = Mutex::new(VecDeque::new());

/// Keeps the whole text of an answer, if messages do not show it whole. An earlier answer to the same request is forgotten.
pub(super) fn keep(request: String, text: &str, shown: &str) {
    let mut long = LONG.lock().unwrap_or_else(PoisonError::into_inner);
    long.retain(|one| one.request != request);
    if shown != text {
        long.push_back(WholeAnswer { request, text: text.to_owned() });
    }
    if long.len() > MOST {
        long.pop_front();
    }
}

/// The long answers kept so far.
pub fn long_answers() -> Vec<WholeAnswer> {
    LONG.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::text::shown_text;

    #[test]
    fn the_newest_long_answer_to_a_request_is_kept_whole() {
        let request = || "GET /test/of/long/answers at host".to_owned();
        let of = |text: &str| {
            long_answers().iter().filter(|one| one.is_of(&format!("{} for QC: {text}", request()))).count()
        };
        let whole = format!("begins {} ends", "x ".repeat(400));
        keep(request(), &whole, &shown_text(&whole));
        keep(request(), &whole, &shown_text(&whole));
        assert_eq!(of("x"), 1);
        assert!(long_answers().iter().any(|one| one.text == whole));
        keep(request(), "short", "short");
        assert_eq!(of("x"), 0, "a message that is not shortened has no other text");
    }
}

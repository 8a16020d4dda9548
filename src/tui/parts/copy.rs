//! Copying: to the terminal's clipboard, and on the second request as plain text. Nothing claims that a copy arrived.
use crate::tui::model::Model;
use crate::tui::msg::Effect;

/// Copies a text. The second time in a row, prints it where the mouse can select it.
pub(in crate::tui) fn copy(model: &mut Model, text: String, key: char) -> Vec<Effect> {
    if model.copied.as_deref() == Some(text.as_str()) {
        model.copied = None;
        return vec![Effect::Print(text)];
    }
    model.status = Some(format!("Sent to the clipboard, if your terminal allows it. {key} again: plain text."));
    model.copied = Some(text.clone());
    vec![Effect::Copy(text)]
}

//! What the rules still find and nobody has mended yet. The list only gets shorter: what it names and is no more must be struck off.

/// A complaint each, without its line number.
pub(crate) const DEBTS: &[&str] = &[
    "src/line/echo.rs: echo does not say what is in there",
    "src/line/meanwhile.rs: meanwhile does not say what is in there",
    "src/line/paper.rs: paper does not say what is in there",
    "src/tui/entry.rs: shown is a word that lost",
    "src/tui/msg.rs: Typed is a participle, no name for a type",
    "src/tui/msg.rs: Pasted is a participle, no name for a type",
    "src/tui/msg.rs: Explored is a participle, no name for a type",
    "src/tui/msg.rs: Saved is a participle, no name for a type",
    "src/tui/results.rs: Gated is a participle, no name for a type",
    "src/tui/runtime/run.rs: Shown is a word that lost",
    "src/tui/screen/set_up/remarks.rs: said is a word that lost",
    "src/tui/screen/set_up/update.rs: shown is a word that lost",
    "src/tui/screen/steps/finding.rs: shown is a word that lost",
    "src/tui/setup/half.rs: half does not say what is in there",
    "src/tui/setup/state.rs: Asked is a participle, no name for a type",
    "src/tui/setup/state.rs: told is a word that lost",
    "src/tui/setup/types.rs: Half is a word that lost",
    "a circle of files: src/line/answer.rs → src/line/ask.rs → src/line/answer.rs",
    "a circle of files: src/tui/help/page.rs → src/tui/keys/footer.rs → src/tui/page/viewport.rs → src/tui/page/sheet.rs → src/tui/help/page.rs",
    "Change is defined in src/engine/plan/types.rs and src/tui/screen/behaviour.rs",
    "Choice is defined in src/recipe/want.rs and src/tui/setup/ask.rs",
    "ForecastProgress is defined in src/drive/forecast.rs and src/tui/screen/forecasting/state.rs",
    "Input is defined in src/line/reader.rs and src/tui/runtime/input.rs",
    "Spot is defined in src/tui/backend/grid.rs and src/tui/page/viewport.rs",
];

/// A complaint without line numbers, which change with every edit.
pub(crate) fn without_lines(complaint: &str) -> String {
    let mut parts = complaint.split(".rs:");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let rest = part.trim_start_matches(|c: char| c.is_ascii_digit());
        text.push_str(if rest.len() == part.len() { ".rs:" } else { ".rs" });
        text.push_str(rest);
    }
    text
}

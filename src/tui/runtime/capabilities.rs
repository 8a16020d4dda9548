//! What the terminal can show, judged by environment variables that the caller passes in.
use crate::tui::script::Script;
use crate::tui::theme::Palette;

/// Terminals whose font lacks symbols, whatever the locale says.
const POOR: [&str; 4] = ["linux", "dumb", "vt100", "vt220"];

/// Chooses ASCII if it is requested, if the locale is not UTF-8, or if the terminal's font is poor.
pub fn script(ascii: bool, var: impl Fn(&str) -> Option<String>) -> Script {
    let set = |name: &str| var(name).filter(|value| !value.is_empty());
    let locale = set("LC_ALL").or_else(|| set("LC_CTYPE")).or_else(|| set("LANG")).unwrap_or_default().to_lowercase();
    let utf8 = locale.contains("utf-8") || locale.contains("utf8");
    let poor = set("TERM").is_some_and(|term| POOR.contains(&term.as_str()));
    if ascii || poor || !utf8 { Script::Ascii } else { Script::Unicode }
}

/// Chooses no colours if that is requested, if `NO_COLOR` is set and not empty, or if the terminal has none.
pub fn palette(no_color: bool, var: impl Fn(&str) -> Option<String>) -> Palette {
    let said_no = var("NO_COLOR").is_some_and(|value| !value.is_empty());
    let dumb = var("TERM").is_some_and(|term| term == "dumb" || term == "vt100");
    if no_color || said_no || dumb { Palette::Plain } else { Palette::Colours }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_environment_decides_unless_somebody_does() {
        let with = |pairs: &'static [(&str, &str)]| {
            move |name: &str| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
        };
        assert_eq!(script(false, with(&[("LANG", "en_US.UTF-8"), ("TERM", "xterm")])), Script::Unicode);
        assert_eq!(script(true, with(&[("LANG", "en_US.UTF-8")])), Script::Ascii);
        assert_eq!(script(false, with(&[("LANG", "en_US.UTF-8"), ("LC_ALL", "C")])), Script::Ascii);
        assert_eq!(script(false, with(&[("LANG", "C.utf8"), ("TERM", "linux")])), Script::Ascii);
        assert_eq!(script(false, with(&[])), Script::Ascii);
        assert_eq!(palette(false, with(&[("NO_COLOR", "")])), Palette::Colours);
        assert_eq!(palette(false, with(&[("NO_COLOR", "1")])), Palette::Plain);
    }
}

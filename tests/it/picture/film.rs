//! Several screens in one SVG without a script: a style sheet shows one group per scene, one after the other.
use crate::picture::svg::{Picture, bar, cells};
use std::fmt::Write as _;
use vt100::Screen;

/// A screen, and the caption in the window's bar.
pub(crate) struct Scene {
    pub(crate) words: &'static str,
    pub(crate) screen: Screen,
}

/// How many seconds a scene is shown: long enough to read it.
const STAYS: usize = 6;

/// Draws the scenes. Users who prefer reduced motion see only the scene numbered `still`.
pub(crate) fn film(title: &'static str, description: &'static str, scenes: &[Scene], still: usize) -> String {
    let share = 100.0 / f64::from(u8::try_from(scenes.len()).expect("a few"));
    let whole = scenes.len() * STAYS;
    let style = format!(
        ".scene{{visibility:hidden;animation:turn {whole}s step-end infinite}}\
         @keyframes turn{{0%{{visibility:visible}}{share}%{{visibility:hidden}}}}\
         @media(prefers-reduced-motion:reduce){{.scene{{animation:none}}.still{{visibility:visible}}}}"
    );
    let picture = Picture { title, description, bar: "" };
    let mut svg = picture.open(&scenes[0].screen, &style);
    for (at, scene) in scenes.iter().enumerate() {
        assert!(scene.words.chars().count() < 50, "no room in the bar: {}", scene.words);
        let class = if at == still { "scene still" } else { "scene" };
        let _ = writeln!(svg, "<g class=\"{class}\" style=\"animation-delay:{}s\">", at * STAYS);
        bar(&mut svg, &scene.screen, &format!("{} of {}   {}", at + 1, scenes.len(), scene.words));
        cells(&mut svg, &scene.screen);
        svg.push_str("</g>\n");
    }
    svg.push_str("</svg>\n");
    svg
}

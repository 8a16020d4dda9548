//! Handles the screen with the whole text of a system's answer.
use super::state::AnswerScreen;
use crate::engine::judge::FieldPlace;
use crate::engine::whole_answer::WholeAnswer;
use crate::tui::model::{Model, Screen};
use crate::tui::msg::{Effect, Intent};
use crate::tui::parts::scroll::scroll;
use crate::tui::screen::behaviour::Behaviour;
use crate::tui::screen::dispatch::behaviour;
use crate::tui::screen::steps::StepsScreen;

/// The whole answer that a message on the screen is about: the text that came, or else the request, status and code that a plain sentence
/// leaves out. `None` if the message shows all of it, or there is none.
pub(in crate::tui) fn whole_answer(model: &Model) -> Option<WholeAnswer> {
    let screen = behaviour(&model.screen);
    let messages = screen.messages(model);
    let of = |message: &&str| model.answers.iter().rev().find(|answer| answer.is_of(message));
    let folded = || screen.folded(model).map(WholeAnswer::of_message);
    messages.iter().find_map(of).cloned().or_else(folded)
}

/// What [`open`] shows: a whole answer or, on the steps, where the selected value is read and what came of it. Only for values without a
/// screen in Alma or ILLiad, whose place nobody else asks for.
pub(in crate::tui) fn asked_and_answered(model: &Model) -> Option<WholeAnswer> {
    whole_answer(model).or_else(|| {
        let finding = match (&model.screen, &model.campus) {
            (Screen::Steps(_), Some(campus)) => campus.finding()?,
            _ => return None,
        };
        let FieldPlace::Api(at) = &finding.place else { return None };
        if model.recipe().group_of(&finding.key).is_some() {
            return None;
        }
        let text = finding.got.clone().or_else(|| finding.verdict.reason())?;
        Some(WholeAnswer { request: at.clone(), text: format!("{}: {text}", finding.label) })
    })
}

/// Opens the screen, if there is a whole answer to show.
pub(in crate::tui) fn open(model: &mut Model) {
    if let Some(answer) = asked_and_answered(model) {
        let from = Box::new(std::mem::replace(&mut model.screen, Screen::Steps(StepsScreen)));
        model.screen = Screen::Answer(AnswerScreen { answer, from, top: 0 });
    }
}

impl Behaviour for AnswerScreen {
    fn key(model: &mut Model, intent: Intent, screenful: usize) -> Vec<Effect> {
        let Screen::Answer(screen) = &mut model.screen else { return Vec::new() };
        match intent {
            Intent::Enter | Intent::Back => model.screen = (*screen.from).clone(),
            _ => scroll(&mut screen.top, intent, screenful),
        }
        Vec::new()
    }

    fn top(&mut self) -> Option<&mut usize> {
        Some(&mut self.top)
    }

    fn enter_words(&self, _model: &Model) -> Option<String> {
        Some("back".to_owned())
    }
}

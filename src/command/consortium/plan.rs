//! The command `plan --all`: shows what `apply` would change at every campus. Nothing that writes works on all campuses.
use super::each::{CampusChoice, folded};
use crate::command::output::{self, Outcome};
use crate::command::plan::{self, ByHand};
use crate::engine::render::{campus_failure_json, campus_head, plan_json};
use crate::io::progress;
use crate::recipe::StepId;
use futures_util::StreamExt as _;
use std::pin::pin;

/// Plans for every campus chosen, and prints each plan as soon as it is made.
pub(in crate::command) async fn plan_all(choice: CampusChoice, steps: Vec<StepId>, json: bool) -> Outcome {
    let count = choice.campuses.len();
    output::say_all(&choice.left_out);
    let mut results = pin!(choice.each(move |session| {
        let steps = steps.clone();
        async move { plan::planned(&session, &steps).await }
    })?);
    let mut codes = Vec::new();
    let shown = progress::campuses(count, "campuses planned");
    while let Some(done) = results.next().await {
        match &done.result {
            Ok(planned) if json => output::json_lines([&plan_json(&planned.plan, &planned.remarks)])?,
            Ok(planned) => {
                output::say_all(&planned.remarks);
                output::lines(planned.lines(ByHand::Counted))?;
                output::lines([""])?;
            }
            Err(failure) if json => {
                let now = jiff::Timestamp::now();
                output::json_lines([&campus_failure_json(&done.code, done.environment, &failure.to_string(), now)])?;
            }
            Err(failure) => {
                let head = campus_head(&done.code, done.environment);
                output::lines([format!("{head}  could not be planned: {}", failure.plain())])?;
            }
        }
        codes.push(done.result.map_or(1, |planned| planned.exit_code()));
        shown.read(codes.len());
    }
    drop(shown);
    Ok(folded(codes))
}

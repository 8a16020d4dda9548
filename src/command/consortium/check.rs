//! The command `check --all`: checks every campus set up here, at once.
use super::checked::CheckedCampus;
use super::each::{CampusChoice, CampusResult, folded};
use super::news::tell;
use super::textfile::{CampusMetrics, written};
use crate::cli::NewsOptions;
use crate::command::output::{self, Outcome};
use crate::engine::render::{
    Tally, campus_check_json, campus_failure_json, campus_head, campus_row, change_report, report_lines,
};
use crate::failure::Failure;
use crate::io::{AlmaClient, progress};
use crate::recipe::StepId;
use futures_util::StreamExt as _;
use std::pin::pin;

/// What `check --all` has to do.
pub(in crate::command) struct AllCheck {
    pub(in crate::command) steps: Vec<StepId>,
    pub(in crate::command) json: bool,
    pub(in crate::command) news: NewsOptions,
}

/// Checks every campus chosen, and prints each as soon as it is done.
pub(in crate::command) async fn check_all(choice: CampusChoice, wish: AllCheck) -> Outcome {
    let (steps, count) = (wish.steps.clone(), choice.campuses.len());
    if !wish.news.quiet_if_same {
        output::say_all(&choice.left_out);
    }
    let mut results = pin!(choice.each(move |session| {
        let steps = steps.clone();
        async move {
            let checked = session.ops.check(&steps).await?;
            let calls_left = session.ops.clients.alma.as_ref().ok().and_then(AlmaClient::calls_left);
            Ok(CheckedCampus { site: session.ops.site, checked, calls_left })
        }
    })?);
    let (mut tally, mut codes, mut news, mut metrics) = (Tally::default(), Vec::new(), Vec::new(), Vec::new());
    let shown = progress::campuses(count, "campuses checked");
    while let Some(done) = results.next().await {
        let changed = done.result.as_ref().is_ok_and(|done| !done.checked.changed.is_empty());
        if !wish.news.quiet_if_same || changed || done.result.is_err() {
            print(&done, &wish)?;
        }
        match &done.result {
            Ok(campus) => {
                tally.add(&campus.checked);
                codes.push(campus.checked.report.exit_code());
                metrics.push(CampusMetrics::of(campus));
                if changed {
                    news.push(output::json_line(&campus_check_json(&campus.site, &campus.checked))?);
                }
            }
            Err(_) => {
                tally.add_failed();
                codes.push(1);
            }
        }
        shown.read(codes.len());
    }
    drop(shown);
    let failed = codes.len() > metrics.len();
    end(&wish, tally, folded(codes), &news, &metrics, failed).await
}

/// Prints the summary, writes the metrics, and tells the command of `--on-change` what changed.
async fn end(
    wish: &AllCheck,
    tally: Tally,
    code: u8,
    news: &[String],
    metrics: &[CampusMetrics],
    failed: bool,
) -> Outcome {
    let quiet = wish.news.quiet_if_same && news.is_empty() && !failed;
    if !quiet {
        match wish.json {
            true => output::json_lines([&tally.json()])?,
            false => output::lines([tally.words()])?,
        }
    }
    let told = match wish.news.on_change.as_deref().filter(|_| !news.is_empty()) {
        Some(command) => tell(command, news).await,
        None => Ok(()),
    };
    if let Some(path) = &wish.news.textfile {
        written(path, metrics)?;
    }
    told?;
    Ok(if quiet { 0 } else { code })
}

fn print(done: &CampusResult<CheckedCampus>, wish: &AllCheck) -> Result<(), Failure> {
    match &done.result {
        Ok(CheckedCampus { site, checked, .. }) if wish.json => output::json_lines([&campus_check_json(site, checked)]),
        Ok(CheckedCampus { site, checked, .. }) if wish.news.brief || wish.news.quiet_if_same => output::lines(
            std::iter::once(campus_row(site, checked)).chain(change_report(site, &checked.changed, output::details())),
        ),
        Ok(CheckedCampus { site, checked, .. }) => {
            output::say_all(&checked.remarks);
            output::lines([output::heading(site)])?;
            output::lines(report_lines(site, &checked.report, output::details()))?;
            output::lines(change_report(site, &checked.changed, output::details()))?;
            output::lines([""])
        }
        Err(failure) => failed(done, failure, wish),
    }
}

/// A campus that could not be checked is named, with the reason.
fn failed(done: &CampusResult<CheckedCampus>, failure: &Failure, wish: &AllCheck) -> Result<(), Failure> {
    if wish.json {
        let now = jiff::Timestamp::now();
        return output::json_lines([&campus_failure_json(&done.code, done.environment, &failure.to_string(), now)]);
    }
    let mut lines = failure.to_string().lines().map(str::to_owned).collect::<Vec<_>>().into_iter();
    let head = campus_head(&done.code, done.environment);
    output::lines([format!("{head}  unread    could not be checked: {}", lines.next().unwrap_or_default())])?;
    lines.for_each(|line| output::say(&format!("  {line}")));
    Ok(())
}

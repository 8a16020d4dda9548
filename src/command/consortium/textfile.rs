//! Writes the result of a check as Prometheus metrics, for node_exporter's textfile collector (`--textfile`).
use super::checked::CheckedCampus;
use crate::failure::Failure;
use crate::io::replace_public;
use std::fmt::Write as _;
use std::path::Path;

/// What is measured of one campus.
pub(super) struct CampusMetrics {
    /// The labels that name it: `campus="…",environment="…"`.
    labels: String,
    /// Each step with its state.
    steps: Vec<(&'static str, &'static str)>,
    /// When it was read, in seconds since 1970.
    read: i64,
    changed: usize,
    /// The calls that Alma still takes today, where it says so.
    calls_left: Option<u64>,
}

impl CampusMetrics {
    /// The metrics of a check.
    pub(super) fn of(campus: &CheckedCampus) -> Self {
        let CheckedCampus { site, checked, calls_left } = campus;
        Self {
            labels: format!("campus=\"{}\",environment=\"{}\"", site.institution, site.environment.as_str()),
            steps: checked.report.steps.iter().map(|step| (step.id.as_str(), step.state().as_str())).collect(),
            read: checked.report.at.as_second(),
            changed: checked.changed.len(),
            calls_left: *calls_left,
        }
    }
}

/// Replaces the file at `path` as a whole.
pub(super) fn written(path: &Path, metrics: &[CampusMetrics]) -> Result<(), Failure> {
    replace_public(path, text(metrics).as_bytes())
}

fn text(metrics: &[CampusMetrics]) -> String {
    let mut text = String::new();
    let mut family = |name: &str, help: &str, samples: Vec<String>| {
        if !samples.is_empty() {
            let _ = writeln!(text, "# HELP {name} {help}\n# TYPE {name} gauge\n{}", samples.join("\n"));
        }
    };
    let states = metrics.iter().flat_map(|one| {
        let sample = |(step, state): &(&str, &str)| {
            format!("last_resort_step_state{{{},step=\"{step}\",state=\"{state}\"}} 1", one.labels)
        };
        one.steps.iter().map(sample).collect::<Vec<_>>()
    });
    family("last_resort_step_state", "The state of a step, as the label state.", states.collect());
    let each = |name: &'static str, value: fn(&CampusMetrics) -> Option<String>| -> Vec<String> {
        let sample = |one: &CampusMetrics| Some(format!("{name}{{{}}} {}", one.labels, value(one)?));
        metrics.iter().filter_map(sample).collect()
    };
    let read = each("last_resort_read_timestamp_seconds", |one| Some(one.read.to_string()));
    family("last_resort_read_timestamp_seconds", "When the campus was last read.", read);
    let changed = each("last_resort_changed_values", |one| Some(one.changed.to_string()));
    family("last_resort_changed_values", "Values that changed since the check before.", changed);
    let left = each("last_resort_alma_calls_left", |one| one.calls_left.map(|left| left.to_string()));
    family("last_resort_alma_calls_left", "Calls that Alma still takes today (X-Exl-Api-Remaining).", left);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_metric_has_its_help_and_type_once() {
        let one = |campus: &str, calls_left| CampusMetrics {
            labels: format!("campus=\"{campus}\",environment=\"sandbox\""),
            steps: vec![("partner", "verified"), ("rota", "waiting")],
            read: 1_700_000_000,
            changed: 2,
            calls_left,
        };
        let text = text(&[one("01CUNY_QC", Some(17)), one("01CUNY_BC", None)]);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(
            lines[..6],
            [
                "# HELP last_resort_step_state The state of a step, as the label state.",
                "# TYPE last_resort_step_state gauge",
                "last_resort_step_state{campus=\"01CUNY_QC\",environment=\"sandbox\",step=\"partner\",state=\"verified\"} 1",
                "last_resort_step_state{campus=\"01CUNY_QC\",environment=\"sandbox\",step=\"rota\",state=\"waiting\"} 1",
                "last_resort_step_state{campus=\"01CUNY_BC\",environment=\"sandbox\",step=\"partner\",state=\"verified\"} 1",
                "last_resort_step_state{campus=\"01CUNY_BC\",environment=\"sandbox\",step=\"rota\",state=\"waiting\"} 1",
            ]
        );
        assert_eq!(lines.iter().filter(|line| line.starts_with("# HELP")).count(), 4);
        let left: Vec<&&str> = lines.iter().filter(|line| line.starts_with("last_resort_alma_calls_left")).collect();
        assert_eq!(left, [&"last_resort_alma_calls_left{campus=\"01CUNY_QC\",environment=\"sandbox\"} 17"]);
    }
}

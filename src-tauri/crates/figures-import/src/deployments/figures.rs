//! Figures by month of each service and team, and medians by quarter as well, since they cannot be added up.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use headroom_files::{Diagnostic, Level};
use headroom_model::{KnownMetric, MetricValue, PeriodLength};

use super::{
    history::DeploymentHistory,
    measures::{DeploymentMeasures, DeploymentParts, day_of},
};
use crate::{
    ImportedFigure, ImportedFigures, ImportedMetric, ImportedScope,
    measured_months::{MeasuredMonth, MeasuredMonths},
};
use headroom_tabular::known_columns::file_name;

const SECONDS_AN_HOUR: i128 = 3600;
const DECIMALS: u32 = 9;

/// A figure of a span of days.
type SpanFigure = (&'static str, fn(&Span<'_>) -> Option<String>);

/// What adds up.
const COUNTS: [SpanFigure; 5] = [
    ("deployments", |span| Some(span.measures.deployments.to_string())),
    ("deployment-days", |span| Some(span.measures.days.len().to_string())),
    ("failed-deployments", |span| span.knows_failures.then(|| span.measures.failed.to_string())),
    ("rework-deployments", |span| span.knows_rework.then(|| span.measures.rework.to_string())),
    ("deployed-commits", |span| span.knows_commits.then(|| span.measures.commits().to_string())),
];

/// Medians, of a month or a quarter each.
const MEDIANS: [SpanFigure; 4] = [
    ("deployment-days-a-week", |span| Some(span.measures.days_a_week(span.first, span.last)?.over(1, 1))),
    ("lead-time-hours", |span| Some(span.measures.lead_time()?.over(SECONDS_AN_HOUR, DECIMALS))),
    ("lead-time-without-bots-hours", |span| {
        let lead_time = span.measures.lead_time_without_bots().filter(|_| span.knows_commits);
        Some(lead_time?.over(SECONDS_AN_HOUR, DECIMALS))
    }),
    ("recovery-hours", |span| Some(span.measures.recovery()?.over(SECONDS_AN_HOUR, DECIMALS))),
];

struct Span<'m> {
    first: NaiveDate,
    last: NaiveDate,
    measures: &'m DeploymentMeasures,
    knows_failures: bool,
    knows_rework: bool,
    knows_commits: bool,
}

impl<'m> Span<'m> {
    fn new(
        parts: &DeploymentParts<'_>,
        (first, last): (NaiveDate, NaiveDate),
        measures: &'m DeploymentMeasures,
    ) -> Self {
        Self {
            first,
            last,
            measures,
            knows_failures: parts.history.knows_failures(),
            knows_rework: parts.knows_rework(),
            knows_commits: !parts.history.commits.is_empty(),
        }
    }
}

/// Adds the figures of a history.
pub(super) fn add_figures(
    history: &DeploymentHistory,
    today: Option<NaiveDate>,
    imported: &mut ImportedFigures,
) {
    let Some((oldest, newest)) = history.ends().map(|(first, last)| (day_of(first), day_of(last))) else {
        return;
    };
    let mut months = MeasuredMonths::between(oldest, newest, today);
    // A month of which a part is missing would say too little.
    months.months.retain(|month| history.known_from.is_none_or(|from| from <= month.first));
    tell(history, &months, imported);
    let parts = DeploymentParts::of(history);
    for (scope, deployments) in by_scope(history) {
        let mut by_month = vec![DeploymentMeasures::default(); months.months.len()];
        let mut by_quarter: BTreeMap<(i32, u32), DeploymentMeasures> = BTreeMap::new();
        for at in deployments {
            let day = day_of(history.deployments[at].finished);
            let Some(month) = months.index(day) else { continue };
            parts.add(at, &mut by_month[month]);
            parts.add(at, by_quarter.entry(quarter(day)).or_default());
        }
        for (month, measures) in months.months.iter().zip(&by_month) {
            let span = Span::new(&parts, (month.first, month.last), measures);
            COUNTS.iter().chain(&MEDIANS).for_each(|figure| add(figure, &span, &scope, history, imported));
        }
        for (first, last) in whole_quarters(&months.months) {
            let measures = by_quarter.remove(&quarter(first)).unwrap_or_default();
            let span = Span::new(&parts, (first, last), &measures);
            MEDIANS.iter().for_each(|figure| add(figure, &span, &scope, history, imported));
        }
    }
}

fn add(
    (key, value): &SpanFigure,
    span: &Span<'_>,
    scope: &ImportedScope,
    history: &DeploymentHistory,
    imported: &mut ImportedFigures,
) {
    let Some(known) = KnownMetric::of_key(key) else { return };
    let Some(value) = value(span).and_then(|text| text.parse::<MetricValue>().ok()) else { return };
    imported.add_metric(ImportedMetric::known(known, PeriodLength::Month, history.place.clone()));
    imported.figures.push(ImportedFigure {
        metric: (*key).to_owned(),
        scope: scope.clone(),
        first: span.first,
        last: span.last,
        value,
        origin: file_name(&history.place),
        place: history.place.clone(),
    });
}

fn quarter(day: NaiveDate) -> (i32, u32) {
    (day.year(), day.month0() / 3)
}

/// First and last days of the quarters of which all three months are measured.
fn whole_quarters(months: &[MeasuredMonth]) -> Vec<(NaiveDate, NaiveDate)> {
    let whole = |three: &&[MeasuredMonth]| three[0].first.month0().is_multiple_of(3);
    months.windows(3).filter(whole).map(|three| (three[0].first, three[2].last)).collect()
}

/// The services and teams, with the places of their deployments; the organisation if the source is of several services,
/// or names none.
fn by_scope(history: &DeploymentHistory) -> Vec<(ImportedScope, Vec<usize>)> {
    let mut services: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut teams: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, deployment) in history.deployments.iter().enumerate() {
        services.entry(&deployment.service).or_default().push(at);
        if !deployment.team.is_empty() {
            teams.entry(&deployment.team).or_default().push(at);
        }
    }
    let mut scopes = Vec::new();
    if services.len() > 1 || services.contains_key("") {
        scopes.push((ImportedScope::default(), (0..history.deployments.len()).collect()));
    }
    let named = services.into_iter().filter(|(name, _)| !name.is_empty());
    scopes.extend(named.map(|(name, own)| {
        (ImportedScope { service: Some(name.to_owned()), ..ImportedScope::default() }, own)
    }));
    scopes.extend(
        teams.into_iter().map(|(name, own)| {
            (ImportedScope { team: Some(name.to_owned()), ..ImportedScope::default() }, own)
        }),
    );
    scopes
}

/// From when to when figures are known, and what is not.
fn tell(history: &DeploymentHistory, months: &MeasuredMonths, imported: &mut ImportedFigures) {
    let mut note = |level, message: String, advice: &str| {
        imported.problems.push(Diagnostic::new(level, history.place.clone(), message, advice));
    };
    let not_over = months.not_over.map(|month| format!("; {month} is not over")).unwrap_or_default();
    match months.months.first().zip(months.months.last()) {
        Some((first, last)) => {
            note(Level::Note, format!("figures from {first} to {last}{not_over}"), "nothing to do");
        }
        None => note(Level::Note, "no month in it is over".to_owned(), "import it when the month is over"),
    }
    if !history.assumed.is_empty() {
        note(Level::Note, history.assumed.clone(), "import a table of deployments if this is not so");
    }
    if !history.knows_failures() {
        let message = "nothing says which deployments failed: change failure rate and recovery are not known";
        let advice = "import commits with what they revert, incidents of DevLake, or a column “failed”";
        note(Level::Note, message.to_owned(), advice);
    }
    let has_lead_times = |history: &DeploymentHistory| {
        !history.commits.is_empty() || history.deployments.iter().any(|one| !one.lead_times.is_empty())
    };
    if !has_lead_times(history) {
        let message = "nothing says when the commits were written: lead time is not known";
        note(
            Level::Note,
            message.to_owned(),
            "import the commits beside the deployments, or the git history",
        );
    }
}

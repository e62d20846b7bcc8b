//! Helpers of the rules about practices.

use std::sync::Arc;

use headroom_model::{
    Action, Draft, EntityRef, ExactDecimal, Metric, Observation, PracticeEvidence, ServiceId,
    fields::{free_key, slug},
    wording::{count_of, date},
};

use crate::{
    check::RuleContext,
    context::Context,
    finding::{Evidence, Finding, Remedy, Source},
    practices::{PracticeCell, PracticeMatrix, PracticeRow, PracticeSubjectId},
    schedule::days_after,
};

pub const PRODUCTION_READINESS: Source = Source {
    text: "Site Reliability Engineering, “The Evolving SRE Engagement Model”: production readiness reviews",
    url: "https://sre.google/sre-book/evolving-sre-engagement-model/",
};

/// Days that the owner of a service has for what a finding asks of it.
const DAYS_TO_ACT: i64 = 56;

/// The practices of the day; `check` gives it.
pub fn matrix<'a>(check: &'a RuleContext<'_>) -> &'a Arc<PracticeMatrix> {
    check.shared.practices(check.context.snapshot)
}

pub fn cells<'a>(check: &'a RuleContext<'_>) -> impl Iterator<Item = (&'a PracticeRow, &'a PracticeCell)> {
    matrix(check).cells()
}

/// A finding about whom a practice is of; none if a source only mentions it.
pub fn finding(check: &RuleContext<'_>, subject: PracticeSubjectId, message: String) -> Option<Finding> {
    let snapshot = check.context.snapshot;
    match subject {
        PracticeSubjectId::Service(service) => {
            Some(Finding::of_service(check, snapshot.service_ix(service)?, message))
        }
        PracticeSubjectId::Team(team) => Some(Finding::of_team(check, snapshot.team_ix(team)?, message)),
    }
}

pub fn metric<'a>(check: &'a RuleContext<'_>, cell: &PracticeCell) -> Option<&'a Metric> {
    check.context.snapshot.plan().get::<Metric>(cell.metric)
}

pub fn name_of(check: &RuleContext<'_>, subject: impl Into<EntityRef>) -> String {
    check.context.snapshot.plan().name_of(subject.into())
}

/// Days from when somebody looked last until people could last have acted.
pub fn age_days(check: &RuleContext<'_>, cell: &PracticeCell) -> Option<i64> {
    cell.reading.on.map(|on| (check.context.asked_on - on).num_days())
}

/// `level 2: Every change is tested …`, or `7.4`.
pub fn level_words(metric: &Metric, level: ExactDecimal) -> String {
    let words = metric.level_words(level);
    let is_score = metric.practice_scale() == Some(headroom_model::PracticeScale::Score);
    match (is_score, words.is_empty()) {
        (true, _) => level.to_string(),
        (false, true) => format!("level {level}"),
        (false, false) => format!("level {level}: {words}"),
    }
}

/// Who looked, when, and where that is written.
pub fn looked_at(check: &RuleContext<'_>, cell: &PracticeCell) -> Option<Evidence> {
    let row = check.context.snapshot.plan().get::<Observation>(cell.reading.row?)?;
    let evidence = PracticeEvidence::of(row);
    let by = evidence.by.map(|by| format!("by {}", by.word()));
    let days = age_days(check, cell).and_then(|days| usize::try_from(days).ok());
    let age = days.map(|days| format!("{} ago", count_of(days, "day")));
    let on = cell.reading.on.map(|on| date(on).to_string());
    let detail = Some(evidence.detail.to_owned()).filter(|detail| !detail.is_empty());
    let words: Vec<String> = [on, age, by, detail].into_iter().flatten().collect();
    Some(Evidence::words("Looked at", words.join(", ")))
}

/// One remedy: an action for the owner of the service, with a day.
pub fn action(context: &Context<'_>, finding: &Finding) -> Vec<Remedy> {
    let snapshot = context.snapshot;
    let Some(at) = snapshot.service_ix(finding.subject.id.into()) else { return Vec::new() };
    let service: ServiceId = snapshot.service(at).id;
    let plan = snapshot.plan();
    let is_open = |row: &&Action| row.finding == finding.id && row.closed.is_none();
    if plan.actions.iter().any(|row| is_open(&row)) {
        return Vec::new();
    }
    let (opened, due) = (context.asked_on, days_after(context.asked_on, DAYS_TO_ACT));
    let mut draft = Draft::new(plan);
    let id = draft.new_id::<Action>();
    let row = Action {
        id,
        title: finding.message.clone(),
        service: Some(service),
        finding: finding.id.clone(),
        opened: Some(opened),
        due: Some(due),
        ..Action::default()
    };
    let key = free_key(&draft, &row, slug(&finding.id));
    draft.put(Action { key, ..row });
    vec![Remedy::new(format!("Add an action for the owner, due {}", date(due)), draft.finish())]
}

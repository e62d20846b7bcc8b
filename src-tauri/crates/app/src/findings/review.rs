//! What is decided about findings: accepted, snoozed, assigned, commented, taken back; of one or of many in one step.

use chrono::NaiveDate;
use headroom_analysis::{DayView, Finding, Severity, cause_of};
use headroom_model::{
    Draft, FieldError, FindingComment, FindingDecision, FindingReview, Person, PersonId, Plan, wording,
};
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

use super::finding::{FindingQuery, matching};
use crate::{
    at::At,
    entities::{entity::NamedEntity, id::Id, severity::Tally},
    error::{Answer, AppError},
    state::{AppState, now, today},
};

/// The findings that something is decided about.
#[derive(Debug, Clone, Default, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase", default)]
pub struct FindingChoice {
    /// IDs of findings.
    pub findings: Vec<String>,
    /// IDs of causes: all of their findings that match the query.
    pub causes: Vec<String>,
    pub query: FindingQuery,
}

/// What is decided.
#[derive(Debug, Clone, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum ReviewEdit {
    /// Left as it is, for this reason; without a last day, for good.
    Accept {
        reason: String,
        until: Option<NaiveDate>,
    },
    /// Looked at again after this day.
    Snooze {
        reason: String,
        until: NaiveDate,
    },
    /// What was decided is taken back.
    Reopen,
    /// Somebody deals with it, or nobody any more.
    Assign {
        person: Option<Id>,
    },
    Comment {
        text: String,
    },
}

/// What a decision would be about, to be shown before it is made.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ChosenFindings {
    pub findings: Tally,
    /// Those that are critical.
    pub critical: u32,
    /// The first of them, most severe first.
    pub messages: Vec<String>,
    /// Those that are accepted or snoozed already.
    pub decided: u32,
    /// Who deals with them, if it is one for all.
    pub assignee: Option<NamedEntity>,
    pub today: NaiveDate,
}

/// How many messages are shown before a decision.
const SHOWN: usize = 5;

/// The findings chosen, in the order of the view.
fn chosen<'a>(view: &'a DayView, choice: &FindingChoice) -> Answer<Vec<&'a Finding>> {
    let ids: FxHashSet<&str> = choice.findings.iter().map(String::as_str).collect();
    let causes: FxHashSet<&str> = choice.causes.iter().map(String::as_str).collect();
    let plan = view.snapshot.plan();
    let of_cause: FxHashSet<&str> = match causes.is_empty() {
        true => FxHashSet::default(),
        false => matching(view, &choice.query)?
            .into_iter()
            .filter(|finding| cause_of(plan, finding).is_some_and(|cause| causes.contains(&*cause.id(plan))))
            .map(|finding| finding.id.as_str())
            .collect(),
    };
    let is_chosen = |finding: &&Finding| ids.contains(&*finding.id) || of_cause.contains(&*finding.id);
    Ok(view.findings().iter().filter(is_chosen).collect())
}

/// What is chosen, to be shown before something is decided about it.
///
/// # Errors
/// [`ErrorKind::NotFound`](crate::error::ErrorKind::NotFound) if none of them is found on the day.
#[specta::specta]
pub fn chosen_findings(app: &AppState, choice: FindingChoice, at: At) -> Answer<ChosenFindings> {
    let view = app.day(at)?;
    let plan = view.snapshot.plan();
    let found = chosen(&view, &choice)?;
    if found.is_empty() {
        return Err(AppError::not_found("this finding"));
    }
    let assignee = |finding: &&Finding| view.reviewed(finding).review.and_then(|row| row.assignee);
    let mut assignees: FxHashSet<Option<PersonId>> = found.iter().map(assignee).collect();
    let one = if assignees.len() == 1 { assignees.drain().next().flatten() } else { None };
    let critical = |finding: &&&Finding| finding.severity == Severity::Critical;
    Ok(ChosenFindings {
        findings: Tally::of(found.iter().copied()),
        critical: found.iter().filter(critical).count() as u32,
        messages: found.iter().take(SHOWN).map(|finding| finding.message.clone()).collect(),
        decided: found.iter().filter(|finding| !view.reviewed(finding).is_open()).count() as u32,
        assignee: one.map(|person| NamedEntity::new(plan, person)),
        today: today(),
    })
}

/// Decides about all findings chosen, as one undoable step; answers with their number.
///
/// # Errors
/// [`ErrorKind::Invalid`](crate::error::ErrorKind::Invalid), with the field, for what a decision lacks;
/// [`ErrorKind::NotFound`](crate::error::ErrorKind::NotFound) if none of the findings is found on the day.
#[specta::specta]
pub fn review_findings(app: &AppState, choice: FindingChoice, edit: ReviewEdit, at: At) -> Answer<u32> {
    let view = app.day(at)?;
    let day = view.snapshot.day();
    check(&edit, view.snapshot.plan(), day)?;
    let found = chosen(&view, &choice)?;
    if found.is_empty() {
        return Err(AppError::not_found("this finding"));
    }
    let label = label(view.snapshot.plan(), &edit, &found);
    let found: Vec<(String, Severity)> =
        found.into_iter().map(|finding| (finding.id.clone(), finding.severity)).collect();
    // So that the plan in memory is altered in place.
    drop(view);
    let decided = day.min(today());
    let by = app.author.as_str();
    app.edit(
        |_| label,
        |draft| {
            for (id, severity) in &found {
                let known =
                    draft.find::<FindingReview>(id).and_then(|id| draft.get::<FindingReview>(id)).cloned();
                let row = known.unwrap_or_else(|| FindingReview::of(id));
                put(draft, decide(row, *severity, &edit, decided, by));
            }
            Ok(())
        },
    )?;
    Ok(found.len() as u32)
}

/// What a review becomes.
fn decide(
    row: FindingReview,
    severity: Severity,
    edit: &ReviewEdit,
    decided: NaiveDate,
    by: &str,
) -> FindingReview {
    let decision = |row: FindingReview, decision, reason: &str, until| FindingReview {
        decision: Some(decision),
        reason: reason.trim().to_owned(),
        decided: Some(decided),
        until,
        severity: severity.name().to_owned(),
        ..row
    };
    match edit {
        ReviewEdit::Accept { reason, until } => decision(row, FindingDecision::Accepted, reason, *until),
        ReviewEdit::Snooze { reason, until } => decision(row, FindingDecision::Snoozed, reason, Some(*until)),
        ReviewEdit::Reopen => row.undecided(),
        ReviewEdit::Assign { person } => FindingReview { assignee: person.map(PersonId::from), ..row },
        ReviewEdit::Comment { text } => {
            let mut row = row;
            row.comments.push(FindingComment { at: now(), by: by.to_owned(), text: text.trim().to_owned() });
            row
        }
    }
}

/// A review that says nothing is none.
fn put(draft: &mut Draft<'_>, review: FindingReview) {
    if !review.is_blank() {
        draft.put(review);
    } else if draft.get::<FindingReview>(review.id).is_some() {
        draft.remove::<FindingReview>(review.id);
    }
}

fn check(edit: &ReviewEdit, plan: &Plan, day: NaiveDate) -> Answer<()> {
    let refuse = |field: &'static str, message: &str| -> Answer<()> {
        Err(FieldError::new(field, message.to_owned()).into())
    };
    match edit {
        ReviewEdit::Accept { reason, .. } if reason.trim().is_empty() => {
            refuse("reason", "must not be empty")
        }
        ReviewEdit::Accept { until: Some(until), .. } | ReviewEdit::Snooze { until, .. } if *until < day => {
            refuse("until", "must not be before the day shown")
        }
        ReviewEdit::Comment { text } if text.trim().is_empty() => refuse("text", "must not be empty"),
        ReviewEdit::Assign { person: Some(person) } if plan.get::<Person>((*person).into()).is_none() => {
            Err(AppError::not_found("this person"))
        }
        _ => Ok(()),
    }
}

/// `Accepted 4147 findings until 31 Dec 2027`, for the history.
fn label(plan: &Plan, edit: &ReviewEdit, found: &[&Finding]) -> String {
    let what = match found {
        [one] => format!("“{}”", one.message),
        many => wording::count_of(many.len(), "finding"),
    };
    let until = |day: &NaiveDate| format!(" until {}", wording::date(*day));
    match edit {
        ReviewEdit::Accept { until: day, .. } => {
            format!("Accepted {what}{}", day.as_ref().map(until).unwrap_or_default())
        }
        ReviewEdit::Snooze { until: day, .. } => format!("Snoozed {what}{}", until(day)),
        ReviewEdit::Reopen => format!("Reopened {what}"),
        ReviewEdit::Assign { person: Some(person) } => {
            format!("Assigned {what} to {}", plan.name_of(PersonId::from(*person).into()))
        }
        ReviewEdit::Assign { person: None } => format!("Assigned {what} to nobody"),
        ReviewEdit::Comment { .. } => format!("Commented on {what}"),
    }
}

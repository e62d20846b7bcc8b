//! The review of an incident: written from a template that looks for causes and not for culprits, and given away as Markdown.

use headroom_analysis::incidents::{IncidentTimes, duration_words};
use headroom_model::{Action, ActionState, Incident, IncidentId, IncidentMoment, Plan, wording::capitalized};

use crate::{
    at::At,
    entities::id::Id,
    error::{Answer, AppError},
    state::AppState,
};

/// The headings of a review, with what belongs below each.
const PARTS: [(&str, &str); 6] = [
    ("Summary", "What users noticed, for how long, and how it ended, in two sentences."),
    ("Impact", "Who could not do what; figures rather than adjectives."),
    (
        "What happened",
        "In the order of time. Say what was seen and done, and by which role; leave names out.",
    ),
    (
        "Why it could happen",
        "What in the system, the tools or the process let it happen. Ask what made the decision look right.",
    ),
    ("What went well", "What helped, and should stay."),
    (
        "What is to be done",
        "Add each action to the incident, so that it has an owner and a day; here only why these.",
    ),
];

/// Writes the review of an incident; it counts as reviewed from the day shown. Without a text it is not reviewed.
#[specta::specta]
pub fn save_review(app: &AppState, id: Id, text: String, at: At) -> Answer<()> {
    let (id, day) = (IncidentId::from(id), at.shown_day());
    app.edit(
        |plan| format!("Wrote the review of “{}”", plan.name_of(id.into())),
        |draft| {
            let incident =
                draft.get::<Incident>(id).cloned().ok_or_else(|| AppError::not_found("this incident"))?;
            let is_empty = text.trim().is_empty();
            let reviewed = if is_empty { None } else { incident.reviewed.or(Some(day)) };
            draft.put(Incident {
                review: if is_empty { String::new() } else { text.clone() },
                reviewed,
                ..incident
            });
            Ok(())
        },
    )
}

/// The review as Markdown, with the times and actions of the plan; of an incident without one the template.
///
/// # Errors
/// If the incident is not in the plan.
#[specta::specta]
pub fn review_document(app: &AppState, id: Id, at: At) -> Answer<String> {
    let plan = app.plan()?;
    let incident =
        plan.get::<Incident>(IncidentId::from(id)).ok_or_else(|| AppError::not_found("this incident"))?;
    Ok(document(&plan, incident, at.shown_day()))
}

/// The template alone, to begin with.
pub fn template() -> String {
    PARTS.map(|(title, hint)| format!("## {title}\n\n_{hint}_\n")).join("\n")
}

pub fn document(plan: &Plan, incident: &Incident, day: chrono::NaiveDate) -> String {
    let mut lines = vec![format!("# {}", incident.title), String::new()];
    let services: Vec<String> =
        incident.services.iter().map(|service| plan.name_of((*service).into())).collect();
    let services: Vec<&str> = services.iter().chain(&incident.unmatched).map(String::as_str).collect();
    if !services.is_empty() {
        lines.push(format!("- **Services**: {}", services.join(", ")));
    }
    if let Some(severity) = incident.severity {
        lines.push(format!("- **Severity**: {severity}"));
    }
    let times = IncidentMoment::ALL.into_iter().filter_map(|moment| Some((moment, incident.time(moment)?)));
    let times: Vec<String> =
        times.map(|(moment, time)| format!("  - {} {time}", capitalized(moment.word()))).collect();
    if !times.is_empty() {
        lines.push("- **Key events** (UTC)".to_owned());
        lines.extend(times);
    }
    let durations = IncidentTimes::of(incident);
    for (label, step) in [("Time to repair", durations.repair), ("Time to resolve", durations.resolution)] {
        if let Some(minutes) = step.by_clock {
            lines.push(format!("- **{label}**: {}", duration_words(minutes.into())));
        }
    }
    lines.push(String::new());
    lines.push(if incident.review.is_empty() { template() } else { incident.review.trim_end().to_owned() });
    let actions: Vec<String> = actions(plan, incident, day);
    if !actions.is_empty() {
        lines.extend([String::new(), "## Action items".to_owned(), String::new()]);
        lines.extend(actions);
    }
    lines.join("\n") + "\n"
}

fn actions(plan: &Plan, incident: &Incident, day: chrono::NaiveDate) -> Vec<String> {
    let own = plan.in_order::<Action>().into_iter().filter(|action| action.incident == Some(incident.id));
    let line = |action: &Action| {
        let state = action.state_on(day)?;
        let tick = if state == ActionState::Done { "x" } else { " " };
        let link = if action.link.is_empty() { String::new() } else { format!(" ({})", action.link) };
        let dropped = if state == ActionState::Dropped { " — dropped" } else { "" };
        Some(format!("- [{tick}] {}{link}{dropped}", action.title))
    };
    own.filter_map(line).collect()
}

//! `headroom suggest`: owners for unowned services.

use std::process::ExitCode;

use headroom_analysis::{
    DayView,
    assign::{Candidates, Proposal},
};
use headroom_app::{commit::commit_edit, incidents::coming_along::open_actions_of};
use headroom_model::{Change, Draft, Owner, Plan, Service, ServiceIx, role, transfer_ownership};
use serde_json::{Value, json};

use super::{Outcome, author, count_of, entity_value, open, print_json};
use crate::{
    arguments::Suggest,
    error::CliError,
    screen::{CAUTION, QUIET, STRONG, println, while_waiting},
};

pub fn run(arguments: &Suggest) -> Outcome {
    let mut store = open(&arguments.plan)?;
    let view = while_waiting("calculating", || DayView::new(store.plan(), arguments.day.or_today(), None));
    let wanted = services(&view, &arguments.service)?;
    let (proposals, missing) = while_waiting("comparing teams", || {
        let candidates = Candidates::new(&view.context());
        (candidates.propose(&wanted), missing(&view, &wanted, &candidates))
    });
    if arguments.json {
        let rows: Vec<Value> = proposals.iter().map(|proposal| as_value(&view, proposal)).collect();
        let (day, count) = (view.snapshot.day(), rows.len());
        print_json(&json!({"as_of": day, "count": count, "proposals": rows, "missing": missing}))?;
    } else {
        print_text(&view, &proposals);
        if proposals.is_empty() && missing.is_none() {
            println!("nothing to suggest: all services have owners");
        }
    }
    if let Some(missing) = missing {
        return Err(CliError::NothingToDo(format!("nothing to suggest: {missing}")));
    }
    if !arguments.json {
        print_actions(&view, &proposals);
    }
    if arguments.apply && !proposals.is_empty() {
        let changes = changes(store.plan(), &view, &proposals);
        let label = format!("Assigned {} as suggested", count_of(proposals.len(), "service"));
        drop(view);
        commit_edit(&mut store, label, author(), changes)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// What is missing for any suggestion; none if there can be one, or if no service needs an owner.
fn missing(view: &DayView, wanted: &[ServiceIx], candidates: &Candidates<'_>) -> Option<String> {
    if view.snapshot.service_count() == 0 {
        return Some("no services on this date; import a catalog or a CODEOWNERS file first".to_owned());
    }
    candidates.missing().filter(|_| !wanted.is_empty())
}

/// The named services, or all that are unowned.
fn services(view: &DayView, named: &[String]) -> Result<Vec<ServiceIx>, CliError> {
    let snapshot = &view.snapshot;
    if named.is_empty() {
        return Ok((0..snapshot.service_count()).filter(|at| snapshot.owners(*at).is_empty()).collect());
    }
    let find = |key: &String| {
        let at = snapshot.plan().find::<Service>(key).and_then(|id| snapshot.service_ix(id));
        at.ok_or_else(|| CliError::UnknownService(key.clone()))
    };
    named.iter().map(find).collect()
}

fn as_value(view: &DayView, proposal: &Proposal) -> Value {
    let plan = view.snapshot.plan();
    let service = view.snapshot.service(proposal.service).id;
    let reasons: Vec<Value> = proposal
        .candidate
        .reasons
        .iter()
        .map(|reason| json!({"words": reason.in_words(), "points": reason.points()}))
        .collect();
    json!({
        "service": entity_value(plan, service.into()),
        "team": entity_value(plan, proposal.candidate.team.into()),
        "score": proposal.candidate.score,
        "reasons": reasons,
        "over_load": proposal.is_over,
        "actions": open_actions_of(plan, &[service], view.snapshot.day()),
    })
}

fn print_text(view: &DayView, proposals: &[Proposal]) {
    for proposal in proposals {
        let over = if proposal.is_over { " · over limit: no team has capacity" } else { "" };
        println!(
            "{STRONG}{}{} → {}{CAUTION}{over}{}{QUIET} {}{}",
            view.snapshot.service(proposal.service).name,
            STRONG.render_reset(),
            view.snapshot.plan().name_of(proposal.candidate.team.into()),
            CAUTION.render_reset(),
            proposal.candidate.in_words(),
            QUIET.render_reset(),
        );
    }
}

/// The open actions that come along with the services.
fn print_actions(view: &DayView, proposals: &[Proposal]) {
    let (plan, day) = (view.snapshot.plan(), view.snapshot.day());
    for proposal in proposals {
        let service = view.snapshot.service(proposal.service);
        let titles = open_actions_of(plan, &[service.id], day);
        if !titles.is_empty() {
            println!("{}: {} come along", service.name, count_of(titles.len(), "open action"));
            titles.iter().for_each(|title| println!("  {QUIET}·{QUIET:#} {title}"));
        }
    }
}

fn changes(plan: &Plan, view: &DayView, proposals: &[Proposal]) -> Vec<Change> {
    let mut draft = Draft::new(plan);
    for proposal in proposals {
        let service = view.snapshot.service(proposal.service).id;
        let owner = Owner::Team(proposal.candidate.team);
        transfer_ownership(&mut draft, service, Some(owner), role::OWNER, view.snapshot.day());
    }
    draft.finish()
}

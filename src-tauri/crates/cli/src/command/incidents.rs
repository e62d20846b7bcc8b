//! `headroom incidents`: what was disturbed, how long, what is uncertain, and how long repairs take.

use std::process::ExitCode;

use headroom_analysis::incidents::{IncidentTimes, REPAIR_DEFINITION, StepDuration, incidents_until};
use headroom_app::incidents::{
    list::{IncidentRow, rows_of},
    repair::{DurationFigures, RepairRow, repair_table},
    review::document,
};
use headroom_model::{Incident, IncidentMoment, Plan, Snapshot};
use serde_json::{Value, json};

use super::{Outcome, count_of, open_app, print_json, search::print_columns};
use crate::{
    arguments::IncidentsArguments,
    error::CliError,
    screen::{CAUTION, QUIET, STRONG, println},
};

pub fn run(arguments: &IncidentsArguments) -> Outcome {
    let app = open_app(&arguments.plan)?;
    let view = app.day(arguments.day.at())?;
    let (snapshot, day) = (&view.snapshot, arguments.day.or_today());
    let plan = snapshot.plan();
    if let Some(by) = arguments.by {
        let table = repair_table(snapshot, by.into(), day);
        if arguments.json {
            let rows: Vec<Value> = table.rows.iter().map(repair_value).collect();
            print_json(
                &json!({"as_of": day, "definition": table.definition, "all": repair_value(&table.all), "rows": rows}),
            )?;
        } else {
            print_repair(&table.rows, &table.all);
        }
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(named) = &arguments.incident {
        let found = plan.find::<Incident>(named).and_then(|id| plan.get::<Incident>(id));
        let incident = found.ok_or_else(|| CliError::UnknownIncident(named.clone()))?;
        if arguments.review {
            println!("{}", document(plan, incident, day).trim_end());
            return Ok(ExitCode::SUCCESS);
        }
        return put(snapshot, &[incident], arguments.json, day);
    }
    put(snapshot, &incidents_until(plan, day), arguments.json, day)
}

fn put(snapshot: &Snapshot, incidents: &[&Incident], is_json: bool, day: chrono::NaiveDate) -> Outcome {
    let rows = rows_of(snapshot, incidents, day);
    let both = incidents.iter().copied().zip(&rows);
    if is_json {
        let values: Vec<Value> =
            both.map(|(incident, row)| as_value(snapshot.plan(), incident, row)).collect();
        print_json(
            &json!({"as_of": day, "count": values.len(), "definition": REPAIR_DEFINITION, "incidents": values}),
        )?;
        return Ok(ExitCode::SUCCESS);
    }
    for (incident, row) in both {
        print_incident(incident, row);
    }
    if incidents.is_empty() {
        println!("no incidents by this date; `headroom import` reads reviews and tables of incidents");
    }
    Ok(ExitCode::SUCCESS)
}

fn as_value(plan: &Plan, incident: &Incident, row: &IncidentRow) -> Value {
    let times = IncidentTimes::of(incident);
    let moments = IncidentMoment::ALL
        .into_iter()
        .filter_map(|moment| Some((moment.word().to_owned(), incident.time(moment)?.to_string().into())));
    let services: Vec<&str> =
        incident.services.iter().map(|service| plan.key_of((*service).into())).collect();
    let said: Option<Value> =
        incident.extra.get("incidents").and_then(|text| serde_json::from_str(text).ok());
    json!({
        "id": incident.key,
        "title": incident.title,
        "day": incident.day(),
        "services": services,
        "unmatched": incident.unmatched,
        "services_as_written": said.as_ref().and_then(|said| said.get("services")),
        "owners": row.owners.iter().map(|owner| owner.key.as_str()).collect::<Vec<_>>(),
        "severity": incident.severity,
        "times": serde_json::Map::from_iter(moments),
        "warnings": times.warnings,
        "repair": step_value(times.repair),
        "resolution": step_value(times.resolution),
        "minutes_down": incident.minutes_down,
        "ongoing": row.is_ongoing,
        "reviewed": incident.reviewed,
        "review": incident.review_link,
        "actions": row.actions,
        "open_actions": row.open_actions,
    })
}

fn step_value(step: StepDuration) -> Value {
    json!({
        "minutes": step.by_clock,
        "stated_minutes": step.stated,
        "stated_in_support_hours": step.in_support_hours,
        "disagrees": step.disagrees(),
    })
}

fn repair_value(row: &RepairRow) -> Value {
    let step = |figures: &DurationFigures| {
        json!({
            "count": figures.count,
            "mean_minutes": figures.mean,
            "median_minutes": figures.median,
            "stated_count": figures.stated_count,
            "stated_mean_minutes": figures.stated_mean,
            "stated_median_minutes": figures.stated_median,
        })
    };
    json!({
        "name": row.name,
        "id": row.entity.as_ref().map(|entity| &entity.key),
        "incidents": row.incidents,
        "uncertain": row.uncertain,
        "repair": step(&row.repair),
        "resolution": step(&row.resolution),
    })
}

fn print_incident(incident: &Incident, row: &IncidentRow) {
    let day = incident.day().map_or_else(|| "no day".to_owned(), |day| day.to_string());
    let severity = incident.severity.map(|severity| format!("  severity {severity}")).unwrap_or_default();
    println!("{STRONG}{day}{STRONG:#}  {}  {QUIET}{}{QUIET:#}{severity}", incident.title, incident.key);
    let services: Vec<&str> = row
        .services
        .iter()
        .map(|service| service.name.as_str())
        .chain(row.unmatched.iter().map(String::as_str))
        .collect();
    let mut parts = Vec::new();
    if !services.is_empty() {
        parts.push(services.join(", "));
    }
    for (label, duration) in [("repaired after", &row.repair), ("resolved after", &row.resolution)] {
        match (duration.words.as_str(), duration.stated.as_str()) {
            ("", "") => {}
            ("", stated) => parts.push(format!("{label} {stated} (stated)")),
            (words, stated) if duration.is_disputed => {
                parts.push(format!("{label} {words}, stated {stated}"))
            }
            (words, _) => parts.push(format!("{label} {words}")),
        }
    }
    if row.actions > 0 {
        parts.push(format!("{} of {} open", row.open_actions, count_of(row.actions as usize, "action")));
    }
    if !parts.is_empty() {
        println!("  {}", parts.join(" · "));
    }
    for warning in &row.warnings {
        println!("  {CAUTION}uncertain{CAUTION:#} {warning}");
    }
}

fn print_repair(rows: &[RepairRow], all: &RepairRow) {
    let mut lines: Vec<Vec<String>> = vec![
        [
            "",
            "incidents",
            "repair, mean",
            "median",
            "of",
            "stated",
            "resolve, mean",
            "median",
            "of",
            "stated",
        ]
        .map(str::to_owned)
        .to_vec(),
    ];
    for row in rows.iter().chain([all]) {
        let step = |figures: &DurationFigures| {
            let count = if figures.count == 0 { String::new() } else { figures.count.to_string() };
            [
                figures.mean_words.clone(),
                figures.median_words.clone(),
                count,
                figures.stated_mean_words.clone(),
            ]
        };
        let mut line = vec![row.name.clone(), row.incidents.to_string()];
        line.extend(step(&row.repair));
        line.extend(step(&row.resolution));
        lines.push(line);
    }
    print_columns(&lines);
    println!("{QUIET}{REPAIR_DEFINITION}{QUIET:#}");
}

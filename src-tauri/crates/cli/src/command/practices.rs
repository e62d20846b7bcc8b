//! `headroom practices`: what level or score services and teams have, what is required of them, and whose job that is.

use std::process::ExitCode;

use headroom_analysis::{
    metrics::approximate,
    practices::{
        Accountable, AccountableOn, Campaign, PracticeCell, PracticeMatrix, PracticeRow, PracticeState,
        PracticeSubjectId, PracticeTotals, RequiredLevel, Standing, campaigns, practice_series, why_words,
    },
};
use headroom_app::commit::commit_edit;
use headroom_model::{
    EntityRef, ExactDecimal, Metric, MetricId, MetricValue, Objective, Observation, Owner, Plan,
    PracticeEvidence, Service, ServiceId, Snapshot, Team,
    known_practices::{missing_practices, practice_edits},
    wording::date,
};
use serde_json::{Value, json};

use super::{Outcome, author, count_of, open, print_json};
use crate::{
    arguments::PracticesArguments,
    error::CliError,
    screen::{CAUTION, FAULT, GOOD, QUIET, STRONG, println},
};

pub fn run(arguments: &PracticesArguments) -> Outcome {
    if arguments.add_built_in {
        return add(arguments);
    }
    let store = open(&arguments.plan)?;
    let snapshot = Snapshot::new(store.plan().clone(), arguments.day.or_today());
    let asked = Asked::new(&snapshot, arguments)?;
    let mut matrix = PracticeMatrix::new(&snapshot);
    for row in &mut matrix.rows {
        row.cells.retain(|cell| asked.practice.is_none_or(|practice| practice == cell.metric));
    }
    matrix.rows.retain(|row| !row.cells.is_empty() && asked.has(&snapshot, row));
    let report = Report { plan: snapshot.plan(), matrix: &matrix, on: AccountableOn::new(&snapshot) };
    let running = campaigns(&snapshot, &matrix, &report.on);
    if arguments.json {
        print_json(&report.value(&running))?;
    } else {
        report.print(&running);
    }
    Ok(ExitCode::SUCCESS)
}

/// Adds the practices that come with Headroom, with what tiers need of them.
fn add(arguments: &PracticesArguments) -> Outcome {
    let mut store = open(&arguments.plan)?;
    let changes = practice_edits(store.plan());
    if changes.is_empty() {
        return Err(CliError::NothingToDo("the plan has all built-in practices already".to_owned()));
    }
    let (metrics, objectives) = missing_practices(store.plan());
    metrics.iter().for_each(|row| println!("+ {} ({})", row.name(), row.key));
    objectives.iter().for_each(|row| println!("+ {}", row.name));
    commit_edit(&mut store, "Added the built-in practices", author(), changes)?;
    Ok(ExitCode::SUCCESS)
}

/// Which rows are asked for.
struct Asked {
    service: Option<ServiceId>,
    team: Option<headroom_model::TeamId>,
    tier: Option<u8>,
    practice: Option<MetricId>,
}

impl Asked {
    fn new(snapshot: &Snapshot, arguments: &PracticesArguments) -> Result<Self, CliError> {
        let plan = snapshot.plan();
        let service = match &arguments.service {
            Some(key) => {
                Some(plan.find::<Service>(key).ok_or_else(|| CliError::UnknownService(key.clone()))?)
            }
            None => None,
        };
        let team = match &arguments.team {
            Some(key) => Some(plan.find::<Team>(key).ok_or_else(|| CliError::UnknownTeam(key.clone()))?),
            None => None,
        };
        let practice = match &arguments.practice {
            Some(key) => Some(plan.find::<Metric>(key).ok_or_else(|| CliError::UnknownMetric(key.clone()))?),
            None => None,
        };
        Ok(Self { service, team, tier: arguments.tier, practice })
    }

    fn has(&self, snapshot: &Snapshot, row: &PracticeRow) -> bool {
        let is_owned = |team| match row.subject {
            PracticeSubjectId::Team(own) => own == team,
            PracticeSubjectId::Service(service) => snapshot
                .service_ix(service)
                .is_some_and(|at| snapshot.owners(at).contains(&Owner::Team(team))),
        };
        self.service.is_none_or(|service| row.subject == PracticeSubjectId::Service(service))
            && self.team.is_none_or(is_owned)
            && self.tier.is_none_or(|tier| row.tier == Some(tier))
    }
}

struct Report<'a> {
    plan: &'a Plan,
    matrix: &'a PracticeMatrix,
    on: AccountableOn<'a>,
}

impl Report<'_> {
    fn key(&self, subject: impl Into<EntityRef>) -> &str {
        self.plan.key_of(subject.into())
    }

    fn value(&self, running: &[Campaign]) -> Value {
        let practice = |id: &MetricId| {
            let metric = self.plan.get::<Metric>(*id)?;
            let scale = metric.practice_scale()?;
            Some(json!({
                "key": metric.key,
                "name": metric.name(),
                "scale": scale.unit(),
                "top": metric.top_value(),
                "levels": metric.levels,
                "source": metric.origin,
            }))
        };
        json!({
            "as_of": self.matrix.day,
            "next_quarter_ends": self.matrix.until,
            "stale_after_days": self.matrix.oldest_days,
            "practices": self.matrix.practices.iter().filter_map(practice).collect::<Vec<_>>(),
            "rows": self.matrix.cells().map(|(row, cell)| self.cell_value(row, cell)).collect::<Vec<_>>(),
            "totals": self.totals(),
            "campaigns": running.iter().map(|campaign| self.campaign_value(campaign)).collect::<Vec<_>>(),
        })
    }

    fn cell_value(&self, row: &PracticeRow, cell: &PracticeCell) -> Value {
        let reading = &cell.reading;
        let observation = reading.row.and_then(|row| self.plan.get::<Observation>(row));
        let evidence = observation.map(PracticeEvidence::of).unwrap_or_default();
        let series = practice_series(self.plan, cell.metric, &row.subject.scope(), self.matrix.day);
        let (service, team) = match row.subject {
            PracticeSubjectId::Service(service) => (Some(self.key(service)), None),
            PracticeSubjectId::Team(team) => (None, Some(self.key(team))),
        };
        let why = match reading.standing {
            Standing::Unknown(why) => Some(why_words(why)),
            Standing::Value(_) | Standing::NotApplicable => None,
        };
        json!({
            "practice": self.key(cell.metric),
            "service": service,
            "team": team,
            "tier": row.tier,
            "level": standing_value(reading.standing),
            "on": reading.on,
            "age_days": reading.age_days,
            "stale": reading.age_days > Some(self.matrix.oldest_days.into()),
            "until": reading.until,
            "by": evidence.by.map(|by| by.word()),
            "evidence": evidence.detail,
            "state": cell.state.word(),
            "why": why,
            "before": reading.before.map(|(value, on)| json!({"level": number(value), "on": on})),
            "drop": reading.change().map(|change| rounded(approximate(&change))),
            "required": cell.required.as_ref().map(|required| self.required_value(required)),
            "next": cell.next.as_ref().map(|next| self.required_value(next)),
            "owner": self.owner_value(row.subject, cell),
            "observations": series.len(),
            "series": series.iter().map(|(on, value)| json!({"on": on, "level": value_of(*value)})).collect::<Vec<_>>(),
        })
    }

    fn required_value(&self, required: &RequiredLevel) -> Value {
        json!({
            "level": number(required.value),
            "from": required.from,
            "objective": self.key(required.objective),
        })
    }

    /// Who owns it on the day on which the next level is required, otherwise on the day shown.
    fn owner(
        &self,
        subject: PracticeSubjectId,
        cell: &PracticeCell,
    ) -> Option<(chrono::NaiveDate, Accountable)> {
        let by = cell.next.as_ref().and_then(|next| next.from).unwrap_or(self.matrix.day);
        Some((by, self.on.of(subject.service()?, by)?))
    }

    fn owner_value(&self, subject: PracticeSubjectId, cell: &PracticeCell) -> Option<Value> {
        let (on, owner) = self.owner(subject, cell)?;
        let keys = |all: &[EntityRef]| all.iter().map(|own| self.key(*own).to_owned()).collect::<Vec<_>>();
        Some(json!({
            "on": on,
            "owners": keys(&owner.owners),
            "ended": keys(&owner.ended),
            "people": owner.people,
            "empty": owner.is_nobody(),
        }))
    }

    fn campaign_value(&self, campaign: &Campaign) -> Value {
        let keys =
            |all: &[PracticeSubjectId]| all.iter().map(|own| self.key(*own).to_owned()).collect::<Vec<_>>();
        let row = self.plan.get::<Objective>(campaign.objective);
        json!({
            "objective": self.key(campaign.objective),
            "name": row.map(|row| row.name.as_str()),
            "practice": row.map(|row| self.key(row.metric)),
            "tier": row.and_then(|row| row.tier),
            "level": row.map(|row| number(row.value.number)),
            "from": campaign.from,
            "reached": keys(&campaign.reached),
            "below": keys(&campaign.below),
            "unknown": keys(&campaign.unknown),
            "not_applicable": keys(&campaign.not_applicable),
            "without_owner": campaign.without_owner.iter().map(|(own, _)| self.key(*own)).collect::<Vec<_>>(),
        })
    }

    fn totals(&self) -> Value {
        let PracticeTotals { levels, scores } = PracticeTotals::new(self.plan, self.matrix);
        let keys = |all: &[PracticeSubjectId]| {
            let mut keys: Vec<&str> = all.iter().map(|own| self.key(*own)).collect();
            keys.sort_unstable();
            keys
        };
        let states: serde_json::Map<String, Value> =
            levels.states.iter().map(|(state, count)| (state.word().to_owned(), (*count).into())).collect();
        json!({
            "levels": {
                "pairs": levels.pairs,
                "not_applicable": levels.not_applicable,
                "unknown": levels.unknown,
                "stale_90": levels.stale_90,
                "stale_180": levels.stale_180,
                "below_2": levels.below_2,
                "states": states,
            },
            "scores": {
                "pairs": scores.pairs,
                "unknown": scores.unknown,
                "below_5": keys(&scores.below_5),
                "below_7": keys(&scores.below_7),
                "dropped": keys(&scores.dropped),
                "stale_90": keys(&scores.stale_90),
                "stale_180": keys(&scores.stale_180),
                "mean": scores.mean.as_ref().map(|mean| rounded(approximate(mean))),
            },
        })
    }

    fn print(&self, running: &[Campaign]) {
        for row in &self.matrix.rows {
            let tier = row.tier.map(|tier| format!("  {QUIET}tier {tier}{QUIET:#}")).unwrap_or_default();
            println!("{STRONG}{}{STRONG:#}{tier}", self.plan.name_of(row.subject.into()));
            row.cells.iter().for_each(|cell| self.print_cell(row, cell));
        }
        if self.matrix.rows.is_empty() {
            println!("no practice has a level or is required; add the built-in ones with --add-built-in,");
            println!("or import practices.csv, OpenSSF Scorecard or SECURITY-INSIGHTS.yml");
            return;
        }
        for campaign in running {
            self.print_campaign(campaign);
        }
        let cells: Vec<PracticeState> = self.matrix.cells().map(|(_, cell)| cell.state).collect();
        let count = |state| cells.iter().filter(|own| **own == state).count();
        println!(
            "{QUIET}{}: {} below, {} unknown, {} stale, {} met{QUIET:#}",
            count_of(cells.len(), "pair"),
            count(PracticeState::Below),
            count(PracticeState::Unknown),
            count(PracticeState::Stale),
            count(PracticeState::Met),
        );
    }

    fn print_cell(&self, row: &PracticeRow, cell: &PracticeCell) {
        let colour = match cell.state {
            PracticeState::Below => FAULT,
            PracticeState::Unknown | PracticeState::Stale => CAUTION,
            PracticeState::Met => GOOD,
            PracticeState::NotRequired | PracticeState::NotApplicable => QUIET,
        };
        let level = match cell.reading.standing {
            Standing::Value(value) => value.to_string(),
            Standing::NotApplicable => "n/a".to_owned(),
            Standing::Unknown(why) => why_words(why),
        };
        let age = match (cell.reading.on, cell.reading.age_days) {
            (Some(on), Some(days)) => format!(", {} ({} ago)", date(on), count_of(days as usize, "day")),
            _ => String::new(),
        };
        let needed =
            cell.required.as_ref().map(|required| format!(", needs {}", required.value)).unwrap_or_default();
        println!(
            "  {QUIET}·{QUIET:#} {}: {level}{age}  {colour}{}{colour:#}{needed}{}",
            self.plan.name_of(cell.metric.into()),
            cell.state.word(),
            self.next_words(row, cell),
        );
    }

    /// `, 4 by 1 Jun 2027: Shop, where nobody will be left`.
    fn next_words(&self, row: &PracticeRow, cell: &PracticeCell) -> String {
        let Some((next, from)) = cell.next.as_ref().and_then(|next| Some((next, next.from?))) else {
            return String::new();
        };
        let owner = self.owner(row.subject, cell).map(|(_, owner)| owner);
        let names = owner.as_ref().map(|owner| {
            let names = owner.owners.iter().map(|own| self.plan.name_of(*own));
            names.collect::<Vec<_>>().join(" and ")
        });
        let names = names.filter(|names| !names.is_empty()).unwrap_or_else(|| "nobody".to_owned());
        let is_left = owner.is_some_and(|owner| owner.people > 0);
        let left = if is_left || names == "nobody" { "" } else { ", where nobody will be left" };
        format!(", {} by {}: {names}{left}", next.value, date(from))
    }

    fn print_campaign(&self, campaign: &Campaign) {
        let all = campaign.reached.len() + campaign.below.len() + campaign.unknown.len();
        println!(
            "{STRONG}{}{STRONG:#}  by {}: {} of {all}",
            self.plan.name_of(campaign.objective.into()),
            date(campaign.from),
            campaign.reached.len()
        );
        for (subject, _) in &campaign.without_owner {
            let name = self.plan.name_of((*subject).into());
            println!("  {FAULT}{name}: nobody will be left to do it{FAULT:#}");
        }
    }
}

/// A number, `n/a`, or nothing.
fn standing_value(standing: Standing) -> Value {
    match standing {
        Standing::Value(value) => number(value),
        Standing::NotApplicable => "n/a".into(),
        Standing::Unknown(_) => Value::Null,
    }
}

fn value_of(value: MetricValue) -> Value {
    value.lacks.map_or_else(|| number(value.number), |lacks| lacks.word().into())
}

/// As it is written: `3`, `7.4`.
fn number(value: ExactDecimal) -> Value {
    value.to_string().parse::<serde_json::Number>().map_or(Value::Null, Value::Number)
}

/// To six decimals.
fn rounded(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

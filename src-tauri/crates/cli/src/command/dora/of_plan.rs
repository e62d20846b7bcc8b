//! What a plan knows of deliveries: figures by month of services and teams, bands with their year, people beside them.

use std::{path::Path, process::ExitCode, sync::Arc};

use headroom_analysis::{
    delivery::{
        DELIVERY_METRICS, Delivery, DeliveryScope, DeliverySubject,
        bands::{BandYear, BandedFigure},
    },
    metrics::{ExactValue, Figures, Period, approximate, period_name, value_words},
};
use headroom_model::{EntityRef, KnownMetric, Plan, Service, Team};
use serde_json::{Map, Value, json};

use crate::{
    arguments::DoraArguments,
    command::{Outcome, open, print_json},
    error::CliError,
    screen::{QUIET, STRONG, println},
};

/// Months that are printed; JSON has all.
const MONTHS_SHOWN: usize = 6;

const BANDED: [(&str, BandedFigure); 4] = [
    ("deployments", BandedFigure::Frequency),
    ("lead-time-hours", BandedFigure::LeadTime),
    ("change-failure-rate", BandedFigure::ChangeFailureRate),
    ("recovery-hours", BandedFigure::Recovery),
];

pub fn run(path: &Path, arguments: &DoraArguments) -> Outcome {
    let store = open(path)?;
    let plan = &Arc::new(store.plan().with_plan_metrics());
    let figures = Figures::new(plan);
    let delivery = Delivery::new(&figures, &plan.as_of(arguments.day.or_today()));
    let wanted = wanted(plan, arguments)?;
    let bands = BandYear::of(arguments.bands);
    let look = Look { plan, delivery: &delivery, arguments, bands };
    let scopes: Vec<&DeliveryScope> =
        delivery.scopes.iter().filter(|scope| wanted.is_none_or(|wanted| scope.subject == wanted)).collect();
    if arguments.json {
        print_json(&look.report(&scopes))?;
    } else {
        look.print(&scopes);
    }
    Ok(ExitCode::SUCCESS)
}

fn wanted(plan: &Plan, arguments: &DoraArguments) -> Result<Option<DeliverySubject>, CliError> {
    let unknown = |kind, key: &str| CliError::NothingToDo(format!("no {kind} has the ID “{key}”"));
    if let Some(key) = &arguments.deployments.service {
        let service = plan.find::<Service>(key).ok_or_else(|| unknown("service", key))?;
        return Ok(Some(DeliverySubject::Service(service)));
    }
    let Some(key) = &arguments.team else { return Ok(None) };
    Ok(Some(DeliverySubject::Team(plan.find::<Team>(key).ok_or_else(|| unknown("team", key))?)))
}

struct Look<'a> {
    plan: &'a Plan,
    delivery: &'a Delivery<'a>,
    arguments: &'a DoraArguments,
    bands: Option<&'static BandYear>,
}

impl Look<'_> {
    fn months(&self, scope: &DeliveryScope) -> Vec<Period> {
        let (from, to) = (self.arguments.from, self.arguments.to);
        let is_shown = |month: &Period| {
            from.is_none_or(|from| month.last() >= from) && to.is_none_or(|to| month.first() <= to)
        };
        self.delivery.months(scope).into_iter().filter(is_shown).collect()
    }

    fn report(&self, scopes: &[&DeliveryScope]) -> Value {
        let definitions: Map<String, Value> =
            DELIVERY_METRICS.iter().map(|metric| (metric.key.to_owned(), json!(metric.definition))).collect();
        json!({
            "as_of": self.delivery.day,
            "bands": self.bands.map(|bands| json!({"year": bands.year, "source": bands.source})),
            "definitions": definitions,
            "scopes": scopes.iter().map(|scope| self.scope_value(scope)).collect::<Vec<_>>(),
        })
    }

    fn scope_value(&self, scope: &DeliveryScope) -> Value {
        let months = self.months(scope);
        let (service, team) = match scope.subject {
            DeliverySubject::Organisation => (None, None),
            DeliverySubject::Service(service) => (Some(self.plan.key_of(service.into())), None),
            DeliverySubject::Team(team) => (None, Some(self.plan.key_of(team.into()))),
        };
        json!({
            "service": service,
            "team": team,
            "newest": self.newest(scope, &months),
            "months": months.iter().map(|month| self.month_value(scope, *month)).collect::<Vec<_>>(),
        })
    }

    fn newest(&self, scope: &DeliveryScope, months: &[Period]) -> Value {
        let value = |(key, figure): &(&str, BandedFigure)| {
            let (period, value) = self.delivery.newest(scope, key, months)?;
            let found = json!({
                "period": period_name(period),
                "value": approximate(&value),
                "band": self.band(*figure, period, &value),
            });
            Some(((*key).to_owned(), found))
        };
        BANDED.iter().filter_map(value).collect::<Map<_, _>>().into()
    }

    fn band(&self, figure: BandedFigure, period: Period, value: &ExactValue) -> Option<String> {
        let days = (period.last() - period.first()).num_days() + 1;
        match figure {
            BandedFigure::Frequency => {
                self.bands?.band(figure, &(value / ExactValue::from_integer(days.into())))
            }
            _ => self.bands?.band(figure, value),
        }
    }

    fn month_value(&self, scope: &DeliveryScope, month: Period) -> Value {
        let figure = |key: &str| self.delivery.value(scope, key, month);
        let mut found: Map<String, Value> = DELIVERY_METRICS
            .iter()
            .map(|metric| (metric.key.to_owned(), json!(figure(metric.key).ok().as_ref().map(approximate))))
            .collect();
        let headcount = self.delivery.headcount(scope, month);
        let people = headcount.as_ref().filter(|people| **people > ExactValue::from_integer(0.into()));
        let each = figure("deployments").ok().zip(people).map(|(deployments, people)| deployments / people);
        found.insert("month".to_owned(), json!(month.first().format("%Y-%m").to_string()));
        found.insert("headcount".to_owned(), json!(headcount.as_ref().map(approximate)));
        found.insert("deployments-per-person".to_owned(), json!(each.as_ref().map(approximate)));
        Value::Object(found)
    }

    fn print(&self, scopes: &[&DeliveryScope]) {
        for scope in scopes {
            let subject: Option<EntityRef> = match scope.subject {
                DeliverySubject::Organisation => None,
                DeliverySubject::Service(service) => Some(service.into()),
                DeliverySubject::Team(team) => Some(team.into()),
            };
            let name = subject.map_or("Organisation".to_owned(), |subject| self.plan.name_of(subject));
            println!("{STRONG}{name}{STRONG:#}");
            self.print_scope(scope);
        }
        if scopes.is_empty() {
            println!(
                "no deployments are known: import a table of them, DevLake’s tables or a git repository"
            );
            return;
        }
        if let Some(bands) = self.bands {
            println!("{QUIET}bands of {}, {}{QUIET:#}", bands.year, bands.source);
        }
    }

    fn print_scope(&self, scope: &DeliveryScope) {
        let months = self.months(scope);
        for metric in &DELIVERY_METRICS {
            let Some(known) = KnownMetric::of_key(metric.key) else { continue };
            let shown = &months[months.len().saturating_sub(MONTHS_SHOWN)..];
            let row = headroom_analysis::metrics::metric_known_as(self.plan, metric.key);
            let value = |month: &Period| {
                let value = self.delivery.value(scope, metric.key, *month).ok()?;
                Some(format!("{} {}", period_name(*month), value_words(row, None, &value)))
            };
            let values: Vec<String> = shown.iter().filter_map(value).collect();
            let banded = BANDED.iter().find(|(key, _)| *key == metric.key);
            let band = banded.and_then(|(key, figure)| {
                let (period, value) = self.delivery.newest(scope, key, &months)?;
                Some(format!("  {} in {}", self.band(*figure, period, &value)?, period_name(period)))
            });
            let words = if values.is_empty() { "not known".to_owned() } else { values.join(", ") };
            println!("  {}: {words}{}", known.name, band.unwrap_or_default());
            println!("    {QUIET}{}{QUIET:#}", metric.definition);
        }
        let people = |month: &Period| {
            Some(format!(
                "{} {:.0}",
                period_name(*month),
                approximate(&self.delivery.headcount(scope, *month)?)
            ))
        };
        let shown = &months[months.len().saturating_sub(MONTHS_SHOWN)..];
        let people: Vec<String> = shown.iter().filter_map(people).collect();
        if !people.is_empty() {
            println!("  People of the team: {}", people.join(", "));
        }
    }
}

//! How MRR moved, step by step, from its opening to its closing.

use chrono::NaiveDate;
use headroom_analysis::metrics::{
    ExactValue, MetricsByScope, MrrMovement, MrrMovements, NoFigure, Period, SeriesScope, metric_known_as,
    period_name,
};
use headroom_model::{KnownMetric, Money, Plan, wording::listed};
use serde::Serialize;

use super::unit_economics::{EconomicsColumn, no_figure_words, shown_amount};
use crate::{entities::entity::NamedEntity, hidden_pay::ShownAmount};

/// The movements of MRR in a scope.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct MrrWaterfall {
    /// The ID of the column whose figures it has.
    pub column: String,
    /// Whether anybody measures MRR here.
    pub is_measured: bool,
    /// The first day of the first month, and the last one of the last.
    pub first: NaiveDate,
    pub last: NaiveDate,
    /// `Oct 2026`, `Aug 2026 to Oct 2026`.
    pub span: String,
    pub currency: String,
    /// From the opening to the closing; before that comes what is not explained.
    pub steps: Vec<MrrStep>,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct MrrStep {
    /// `opening`, `new-mrr`, `churned-mrr`, `not-explained`, `closing`.
    pub id: String,
    pub title: String,
    /// The metric whose figures it has; none for what is not explained.
    pub metric: Option<NamedEntity>,
    /// What it adds to MRR; less than nothing if it takes away.
    pub amount: Option<ShownAmount>,
    /// The amount, with the sign of what it moved by: `+9 808.50 EUR`; or why there is none.
    pub words: String,
    /// Why there is no amount, or what is to be known of it: `no figure yet: Jun 2026`.
    pub note: String,
    /// How MRR stands, and not what it moved by.
    pub is_total: bool,
}

impl MrrWaterfall {
    /// Over so many months up to one.
    pub(super) fn new(
        plan: &Plan,
        by_scope: &MetricsByScope<'_>,
        column: &EconomicsColumn,
        scopes: &[SeriesScope],
        (month, months): (Period, u32),
    ) -> Self {
        let found = MrrMovements::new(by_scope, scopes, month, months);
        let (first, last) = (period_name(found.first), period_name(found.last));
        let steps = Steps { plan, found: &found };
        Self {
            column: column.id.clone(),
            is_measured: found.is_measured(),
            first: found.first.first(),
            last: found.last.last(),
            span: if first == last { first } else { format!("{first} to {last}") },
            currency: found.currency.to_string(),
            steps: steps.all().into_iter().map(MrrStep::in_words).collect(),
        }
    }
}

impl MrrStep {
    fn in_words(mut self) -> Self {
        let amount = self.amount.as_ref().and_then(|amount| amount.text.parse::<Money>().ok());
        self.words = amount.map_or_else(
            || self.note.clone(),
            |money| {
                let sign = match money.minor {
                    minor if minor < 0 => "−",
                    minor if minor > 0 && !self.is_total => "+",
                    _ => "",
                };
                sign.to_owned() + &Money::new(money.minor.saturating_abs(), money.currency).spoken()
            },
        );
        self
    }
}

struct Steps<'a> {
    plan: &'a Plan,
    found: &'a MrrMovements,
}

impl Steps<'_> {
    fn all(&self) -> Vec<MrrStep> {
        let found = self.found;
        let (opening_key, opening_note) = match found.opens_with_last_closing {
            true => ("mrr", "closing MRR of the month before"),
            false => ("mrr-start", ""),
        };
        let mut opening = self.total("opening", opening_key, &found.opening);
        if opening.note.is_empty() {
            opening.note = opening_note.to_owned();
        }
        let movements = found.movements.iter().map(|movement| self.movement(movement));
        std::iter::once(opening)
            .chain(movements)
            .chain([self.not_explained(), self.total("closing", "mrr", &found.closing)])
            .collect()
    }

    fn total(&self, id: &str, key: &str, value: &Result<ExactValue, NoFigure>) -> MrrStep {
        let title = if id == "opening" { "Opening MRR" } else { "Closing MRR" };
        MrrStep {
            is_total: true,
            note: value.as_ref().err().map(|reason| no_figure_words(*reason).to_owned()).unwrap_or_default(),
            ..self.step(id, title, Some(key), value.as_ref().ok())
        }
    }

    fn movement(&self, movement: &MrrMovement) -> MrrStep {
        let value =
            movement.value.as_ref().ok().map(|value| if movement.adds { value.clone() } else { -value });
        let title = KnownMetric::of_key(movement.key).map_or(movement.key, |known| known.name);
        let months: Vec<String> = movement.missing.iter().map(|month| period_name(*month)).collect();
        let note = match &movement.value {
            Ok(_) => String::new(),
            Err(reason) if months.is_empty() => no_figure_words(*reason).to_owned(),
            Err(reason) => format!("{}: {}", no_figure_words(*reason), listed(&months)),
        };
        MrrStep { note, ..self.step(movement.key, title, Some(movement.key), value.as_ref()) }
    }

    fn not_explained(&self) -> MrrStep {
        let lacks = self.found.movements.iter().any(|movement| movement.value.is_err());
        let note = match &self.found.not_explained {
            None => "cannot be told without both ends",
            Some(_) if lacks => "with the movements that have no figure",
            Some(_) => "",
        };
        let note = note.to_owned();
        MrrStep {
            note,
            ..self.step("not-explained", "Not explained", None, self.found.not_explained.as_ref())
        }
    }

    fn step(&self, id: &str, title: &str, key: Option<&str>, value: Option<&ExactValue>) -> MrrStep {
        let metric = key.and_then(|key| metric_known_as(self.plan, key));
        MrrStep {
            id: id.to_owned(),
            title: title.to_owned(),
            metric: metric.map(|metric| NamedEntity::new(self.plan, metric.id)),
            amount: value.and_then(|value| shown_amount(value, self.found.currency)),
            words: String::new(),
            note: String::new(),
            is_total: false,
        }
    }
}

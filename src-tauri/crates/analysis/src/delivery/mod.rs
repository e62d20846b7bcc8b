//! What teams deliver: how often, how fast, what fails and how soon it is mended, beside how many people they are.
//!
//! Counts of the services that a team is accountable for are added up, and rates follow from the sums. Medians cannot be
//! added: a team of several services has one only if its figures are its own. Figures are those of imports; [`bands`] says
//! where published bands put them, with the year of these.

pub mod bands;
mod scopes;

use chrono::NaiveDate;
use headroom_model::{PeriodLength, Snapshot, built_in_metric::OF_DEPLOYMENTS};

pub use self::scopes::{DeliveryScope, DeliverySubject};
use crate::metrics::{
    ExactValue, Figures, MeasuredMetric, MissingReason, Period, SeriesScope, metric_known_as,
};

/// A figure of delivery, with its definition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeliveryMetric {
    /// That of a known metric.
    pub key: &'static str,
    pub definition: &'static str,
}

/// The figures that are shown, the five of DORA among them.
pub const DELIVERY_METRICS: [DeliveryMetric; 10] = [
    DeliveryMetric { key: "deployments", definition: "deployments to production" },
    DeliveryMetric { key: "deployment-days", definition: "days on which one or more went out, in UTC" },
    DeliveryMetric {
        key: "deployment-days-a-week",
        definition: "days with a deployment, in the week in the middle of the whole weeks",
    },
    DeliveryMetric {
        key: "lead-time-hours",
        definition: "from when a commit without merges was written to its deployment; median by month of the deployment",
    },
    DeliveryMetric {
        key: "lead-time-without-bots-hours",
        definition: "the same without commits that bots wrote",
    },
    DeliveryMetric {
        key: "failed-deployments",
        definition: "deployments that a later one reverts, that the source says failed, or that have an incident",
    },
    DeliveryMetric {
        key: "change-failure-rate",
        definition: "failed deployments by deployments, in the month in which the failed one went out",
    },
    DeliveryMetric {
        key: "recovery-hours",
        definition: "from the failed deployment to the first later one that reverts it, or to the end of its incidents; median",
    },
    DeliveryMetric { key: "rework-rate", definition: "deployments that mend an earlier one by deployments" },
    DeliveryMetric { key: "deployed-commits", definition: "commits without merges that went out" },
];

/// What was delivered, as it was believed on a day.
#[derive(Debug)]
pub struct Delivery<'f> {
    figures: &'f Figures<'f>,
    pub day: NaiveDate,
    pub scopes: Vec<DeliveryScope>,
}

impl<'f> Delivery<'f> {
    /// Teams are those accountable on the day of the snapshot.
    pub fn new(figures: &'f Figures<'f>, snapshot: &Snapshot) -> Self {
        let scopes = scopes::delivery_scopes(figures, snapshot);
        Self { figures, day: snapshot.day(), scopes }
    }

    /// The value of a figure in a period.
    ///
    /// # Errors
    /// Why there is none.
    pub fn value(
        &self,
        scope: &DeliveryScope,
        key: &str,
        period: Period,
    ) -> Result<ExactValue, MissingReason> {
        let metric = metric_known_as(self.figures.plan, key).ok_or(MissingReason::Gap)?;
        let measured = MeasuredMetric::of_scopes(self.figures, metric, &scope.measured, period.length);
        measured.value(period, self.day)
    }

    /// People of a team at the end of a period; none of a service without a team.
    pub fn headcount(&self, scope: &DeliveryScope, period: Period) -> Option<ExactValue> {
        let team = scope.team?;
        let metric = metric_known_as(self.figures.plan, "headcount")?;
        let own = SeriesScope::of_team(Some(team));
        MeasuredMetric::new(self.figures, metric, &own, period.length).value(period, self.day).ok()
    }

    /// The months that are over and of which something is known, the oldest first.
    pub fn months(&self, scope: &DeliveryScope) -> Vec<Period> {
        let mut months: Vec<Period> = OF_DEPLOYMENTS
            .iter()
            .filter_map(|key| metric_known_as(self.figures.plan, key))
            .flat_map(|metric| {
                let measured =
                    MeasuredMetric::of_scopes(self.figures, metric, &scope.measured, PeriodLength::Month);
                let known = |month: &Period| measured.value(*month, self.day).is_ok();
                measured.periods_until(self.day, usize::MAX).filter(known).collect::<Vec<_>>()
            })
            .collect();
        months.sort_unstable();
        months.dedup();
        months
    }

    /// The newest quarter with a value of a figure, or else the newest month, with the value.
    pub fn newest(
        &self,
        scope: &DeliveryScope,
        key: &str,
        months: &[Period],
    ) -> Option<(Period, ExactValue)> {
        let quarters = months.iter().rev().map(|month| Period::of(PeriodLength::Quarter, month.first()));
        let over = quarters.filter(|quarter| quarter.last() < self.day);
        let periods = over.chain(months.iter().rev().copied());
        periods.into_iter().find_map(|period| Some((period, self.value(scope, key, period).ok()?)))
    }
}

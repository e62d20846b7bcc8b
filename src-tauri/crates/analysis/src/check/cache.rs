//! Values that several rules share, calculated when the first of them asks.

use std::sync::{Arc, OnceLock};

use chrono::NaiveDate;
use headroom_model::{Plan, Snapshot};
use rustc_hash::FxHashSet;

use crate::{
    assumptions::Assumptions,
    context::Context,
    error_budget::{Downtime, ErrorBudget, error_budgets},
    gap::Gap,
    gates::{Gate, gates},
    hiring::{Occupancy, occupancies},
    incidents::{ActionStatus, DueAfter, action_statuses},
    practices::PracticeMatrix,
    staffing::{SupportForecast, SupportOutlook},
};

/// Lives while the rules run for one date.
#[derive(Debug, Default)]
pub struct RuleCache {
    soft: OnceLock<FxHashSet<(u32, u32)>>,
    openings: OnceLock<Vec<Gap>>,
    all_occupancies: OnceLock<Vec<Occupancy>>,
    all_gates: OnceLock<Vec<Gate>>,
    all_support: OnceLock<Vec<SupportOutlook>>,
    all_downtime: OnceLock<Downtime>,
    all_budgets: OnceLock<Vec<ErrorBudget>>,
    all_actions: OnceLock<Vec<ActionStatus>>,
    all_practices: OnceLock<Arc<PracticeMatrix>>,
}

impl RuleCache {
    /// Soft dependencies, as pairs of service indexes: every row between the two has the criticality `soft`.
    pub fn soft(&self, snapshot: &Snapshot) -> &FxHashSet<(u32, u32)> {
        self.soft.get_or_init(|| soft(snapshot))
    }

    /// Gaps that known departures will open; `work_out` runs on the first call only.
    pub fn openings(&self, work_out: impl FnOnce() -> Vec<Gap>) -> &[Gap] {
        self.openings.get_or_init(work_out)
    }

    /// Occupancies of all positions, planned hires included.
    pub fn occupancies(&self, plan: &Plan) -> &[Occupancy] {
        self.all_occupancies.get_or_init(|| occupancies(plan, &Assumptions::new(plan)))
    }

    /// What positions wait for; `day` is that of the context.
    pub fn gates(&self, plan: &Plan, day: NaiveDate) -> &[Gate] {
        self.all_gates.get_or_init(|| gates(plan, day))
    }

    /// The support of teams in the months to come; `day` is that of the context.
    pub fn support(&self, plan: &Plan, day: NaiveDate) -> &[SupportOutlook] {
        let outlooks =
            || SupportForecast::new(plan, day).map_or_else(Vec::new, |forecast| forecast.outlooks());
        self.all_support.get_or_init(outlooks)
    }

    /// The actions that are there, in the order of the plan.
    pub fn actions(&self, context: &Context<'_>) -> &[ActionStatus] {
        let statuses = || action_statuses(context.snapshot, context.asked_on, DueAfter::of(context.policy));
        self.all_actions.get_or_init(statuses)
    }

    /// The minutes in which services were down; `day` is that of the context.
    pub fn downtime(&self, plan: &Plan, day: NaiveDate) -> &Downtime {
        self.all_downtime.get_or_init(|| Downtime::new(plan, day, None))
    }

    /// Levels and scores of practices; `snapshot` is that of the context.
    pub fn practices(&self, snapshot: &Snapshot) -> &Arc<PracticeMatrix> {
        self.all_practices.get_or_init(|| Arc::new(PracticeMatrix::new(snapshot)))
    }

    /// The error budgets of all SLOs, by service; `day` is that of the context.
    pub fn budgets(&self, plan: &Plan, day: NaiveDate) -> &[ErrorBudget] {
        self.all_budgets.get_or_init(|| error_budgets(plan, day, None, self.downtime(plan, day)))
    }
}

fn soft(snapshot: &Snapshot) -> FxHashSet<(u32, u32)> {
    let mut soft = FxHashSet::default();
    let mut firm = Vec::new();
    let rows =
        (0..snapshot.service_count()).flat_map(|at| snapshot.dependencies(at).map(move |row| (at, row)));
    for (at, row) in rows {
        let Some(target) = snapshot.service_ix(row.depends_on) else { continue };
        let edge = (at as u32, target as u32);
        if row.criticality.eq_ignore_ascii_case("soft") {
            soft.insert(edge);
        } else {
            firm.push(edge);
        }
    }
    if !soft.is_empty() {
        for edge in &firm {
            soft.remove(edge);
        }
    }
    soft
}

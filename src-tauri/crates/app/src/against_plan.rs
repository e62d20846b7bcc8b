//! A scenario beside the plan at its base, on one day.

use std::sync::Arc;

use chrono::NaiveDate;
use headroom_analysis::{DayView, blast_radius::in_effect_from};
use headroom_model::{Change, EntityRef, Plan, Scenario, ScenarioId, with_row};

use crate::{
    at::At,
    entities::entity::NamedEntity,
    error::{Answer, AppError, ErrorKind},
    state::{AppState, today},
};

/// A scenario and the plan that it was made from.
pub struct AgainstPlan {
    pub scenario: ScenarioId,
    /// The plan at the base of the scenario.
    pub before: Arc<Plan>,
    /// The scenario.
    pub after: Arc<Plan>,
    pub changes: Vec<Change>,
    /// The day on which they are compared.
    pub day: NaiveDate,
    /// Whether all that the scenario changes is in effect on that day.
    pub is_in_effect: bool,
    /// Whether the plan has gone on since.
    is_behind: bool,
}

impl AgainstPlan {
    /// Compares a scenario on the day shown, or without one on the first day on which all of it is in effect.
    ///
    /// # Errors
    /// [`ErrorKind::NotFound`] if the plan has no such scenario.
    pub fn new(app: &AppState, scenario: ScenarioId, at: At) -> Answer<Self> {
        let branch = app.in_plan().with_store(|store, _| {
            store.plan_itself().get::<Scenario>(scenario).map(|_| store.branch(scenario))
        })?;
        let gone = || AppError::new(ErrorKind::NotFound, "the plan has this scenario no more");
        let branch = branch.ok_or_else(gone)??;
        let changes = branch.changes();
        let in_effect = in_effect_from(&changes);
        let day = at.day.unwrap_or_else(|| in_effect.map_or_else(today, |day| day.max(today())));
        Ok(Self {
            scenario,
            changes,
            day,
            is_in_effect: in_effect.is_none_or(|from| from <= day),
            is_behind: branch.behind > 0,
            before: branch.plan_at_base,
            after: branch.plan,
        })
    }

    /// Compares the scenario that is looked at.
    ///
    /// # Errors
    /// [`ErrorKind::Invalid`] if that is the plan itself.
    pub fn shown(app: &AppState, at: At) -> Answer<Self> {
        let none = || {
            AppError::new(ErrorKind::Invalid, "only a scenario can be compared with the plan; show one first")
        };
        Self::new(app, app.scenario().ok_or_else(none)?, at)
    }

    /// The organisation on the day, before and after.
    ///
    /// # Errors
    /// As [`AppState::day`].
    pub fn views(&self, app: &AppState) -> Answer<[Arc<DayView>; 2]> {
        let at = At::default().on(self.day);
        let after = app.in_scenario(self.scenario).day(at)?;
        let before = if self.is_behind {
            Arc::new(DayView::with(&self.before, self.day, after.outside().clone(), Some(&after.facts)))
        } else {
            app.in_plan().day(at)?
        };
        Ok([before, after])
    }

    pub fn plans(&self) -> TwoPlans<'_> {
        TwoPlans { before: &self.before, after: &self.after }
    }
}

/// Two plans in which something may be, or one plan twice.
#[derive(Clone, Copy)]
pub struct TwoPlans<'a> {
    pub before: &'a Plan,
    pub after: &'a Plan,
}

impl<'a> TwoPlans<'a> {
    /// The plan that has an entity: the second, if both have.
    pub fn of(self, subject: impl Into<EntityRef>) -> &'a Plan {
        let subject = subject.into();
        let is_there = with_row!(self.after, subject, _row => ()).is_some();
        if is_there { self.after } else { self.before }
    }

    /// By its name in the second plan, or in the first if the second has it no more.
    pub fn named(self, subject: impl Into<EntityRef>) -> NamedEntity {
        let subject = subject.into();
        NamedEntity::new(self.of(subject), subject)
    }

    pub fn all_named(self, subjects: &[impl Into<EntityRef> + Copy]) -> Vec<NamedEntity> {
        subjects.iter().map(|subject| self.named(*subject)).collect()
    }
}

//! Whom and what a scenario touches beyond what it changes itself.

use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use headroom_analysis::{
    blast_radius::{
        self as analysis, BlastRadius, BudgetChange, DependencyChange, DependencyChangeKind, HoldingArea,
        OwnerShift, PersonShift, budget_changes, in_effect_from, moved_dates,
    },
    cost::Costs,
    onboarding::{NewHires, fitting},
};
use headroom_model::{
    Change, EntityRef, LifecycleEvent, Money, Owner, PersonId, Plan, ScenarioId, TeamId,
    wording::{count_of, listed},
};
use headroom_store::Branch;
use serde::Serialize;

use crate::{
    against_plan::{AgainstPlan, TwoPlans},
    at::At,
    entities::{entity::NamedEntity, id::Id},
    error::Answer,
    hidden_pay::ShownAmount,
    state::{AppState, today},
};

/// What a scenario touches.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ScenarioBlastRadius {
    /// The day on which plan and scenario are compared.
    pub day: NaiveDate,
    /// Whether all that the scenario changes is in effect on that day.
    pub is_in_effect: bool,
    pub services: Vec<ShiftedService>,
    pub dependencies: Vec<TouchedDependency>,
    pub people: Vec<ShiftedPerson>,
    pub checklists: Vec<StartingChecklist>,
    pub budgets: Vec<TouchedBudget>,
    pub dates: Vec<ShiftedDate>,
    /// Who was taken off a team and is on none: the holding area.
    pub held: Vec<NamedEntity>,
}

/// A service with other owners.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ShiftedService {
    pub service: NamedEntity,
    pub from: Vec<NamedEntity>,
    pub to: Vec<NamedEntity>,
}

/// What becomes of a dependency.
#[derive(Debug, Clone, Copy, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum TouchedKind {
    BecomesCrossTeam,
    NoLongerCrossTeam,
    Added,
    Removed,
}

impl From<DependencyChangeKind> for TouchedKind {
    fn from(kind: DependencyChangeKind) -> Self {
        match kind {
            DependencyChangeKind::BecomesCrossTeam => Self::BecomesCrossTeam,
            DependencyChangeKind::NoLongerCrossTeam => Self::NoLongerCrossTeam,
            DependencyChangeKind::Added => Self::Added,
            DependencyChangeKind::Removed => Self::Removed,
        }
    }
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct TouchedDependency {
    pub kind: TouchedKind,
    pub service: NamedEntity,
    pub depends_on: NamedEntity,
    /// Of one that is added or removed: whether it crosses teams.
    pub is_cross_team: bool,
}

/// A person on another team or with another manager.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ShiftedPerson {
    pub person: NamedEntity,
    pub from: Vec<NamedEntity>,
    pub to: Vec<NamedEntity>,
    pub has_other_manager: bool,
    pub manager_before: Option<NamedEntity>,
    pub manager_after: Option<NamedEntity>,
}

/// A checklist that the plan has a template for: of somebody who moves, or for a service that is taken over.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct StartingChecklist {
    /// Who moves, or what is taken over.
    pub subject: NamedEntity,
    /// `move`, `take-over`.
    pub occasion: String,
    pub templates: Vec<String>,
}

/// A budget whose plan costs something else.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct TouchedBudget {
    /// None: that of the organisation.
    pub team: Option<NamedEntity>,
    /// None while salaries are hidden: the difference would reveal a few people's.
    pub cost_before: Option<ShownAmount>,
    pub cost_after: Option<ShownAmount>,
    pub budget_before: ShownAmount,
    pub budget_after: ShownAmount,
}

/// A date that moves.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ShiftedDate {
    pub subject: NamedEntity,
    /// `planned start`.
    pub label: String,
    pub before: Option<NaiveDate>,
    pub after: Option<NaiveDate>,
}

/// What a scenario touches: on the day shown, or without one on the first day on which all of it is in effect.
#[specta::specta]
pub fn scenario_blast_radius(app: &AppState, id: Id, at: At) -> Answer<ScenarioBlastRadius> {
    let against = AgainstPlan::new(app, ScenarioId(id.0), at)?;
    let (day, is_in_effect, changes) = (against.day, against.is_in_effect, against.changes);
    let sides = Sides { before: against.before, after: against.after };
    let (before, after) = (sides.before.as_of(day), sides.after.as_of(day));
    let found = BlastRadius::new(&before, &after);
    Ok(ScenarioBlastRadius {
        day,
        held: held(&HoldingArea::new(&before, &after), |subject| sides.named(subject)),
        is_in_effect,
        checklists: sides.checklists(&found, day),
        budgets: sides.budgets(app, &changes, day),
        dates: sides.dates(&changes),
        services: found.services.iter().map(|shift| sides.service(shift)).collect(),
        dependencies: found.dependencies.iter().map(|change| sides.dependency(change)).collect(),
        people: found.people.iter().map(|shift| sides.person(shift)).collect(),
    })
}

/// Who and what is in the holding area.
pub(super) fn held(area: &HoldingArea, named: impl Fn(EntityRef) -> NamedEntity) -> Vec<NamedEntity> {
    let people = area.people.iter().map(|person| EntityRef::from(*person));
    people.chain(area.positions.iter().map(|position| EntityRef::from(*position))).map(named).collect()
}

/// Who and what of a scenario is in the holding area on the first day on which all of it is in effect: `2 people and 1
/// position`; none if nobody is.
pub fn unplaced(branch: &Branch) -> Option<String> {
    let day = in_effect_from(&branch.changes()).map_or_else(today, |day| day.max(today()));
    let area = HoldingArea::new(&branch.plan_at_base.as_of(day), &branch.plan.as_of(day));
    let counts = [(area.people.len(), "person"), (area.positions.len(), "position")];
    let held: Vec<String> =
        counts.iter().filter(|(count, _)| *count > 0).map(|(count, noun)| count_of(*count, noun)).collect();
    (!held.is_empty()).then(|| listed(&held))
}

/// The plan without and with the scenario.
struct Sides {
    before: Arc<Plan>,
    after: Arc<Plan>,
}

impl Sides {
    /// By its name in the scenario, or in the plan if the scenario has it no more.
    fn named(&self, subject: impl Into<EntityRef>) -> NamedEntity {
        TwoPlans { before: &self.before, after: &self.after }.named(subject)
    }

    fn owners(&self, owners: &[Owner]) -> Vec<NamedEntity> {
        owners.iter().map(|owner| self.named(*owner)).collect()
    }

    fn teams(&self, teams: &[TeamId]) -> Vec<NamedEntity> {
        teams.iter().map(|team| self.named(*team)).collect()
    }

    fn service(&self, shift: &OwnerShift) -> ShiftedService {
        let service = self.named(shift.service);
        ShiftedService { service, from: self.owners(&shift.from), to: self.owners(&shift.to) }
    }

    fn dependency(&self, change: &DependencyChange) -> TouchedDependency {
        TouchedDependency {
            kind: change.kind.into(),
            service: self.named(change.service),
            depends_on: self.named(change.depends_on),
            is_cross_team: change.is_cross_team,
        }
    }

    fn person(&self, shift: &PersonShift) -> ShiftedPerson {
        let manager = |at: usize| {
            let found: Option<PersonId> = shift.managers.and_then(|managers| managers[at]);
            found.map(|manager| self.named(manager))
        };
        ShiftedPerson {
            person: self.named(shift.person),
            from: self.teams(&shift.from),
            to: self.teams(&shift.to),
            has_other_manager: shift.managers.is_some(),
            manager_before: manager(0),
            manager_after: manager(1),
        }
    }

    /// Checklists for which there are templates: of those who join a team, and for services that a team takes over.
    fn checklists(&self, found: &BlastRadius, day: NaiveDate) -> Vec<StartingChecklist> {
        let new_hires = NewHires::new(&self.after);
        let mut lists = Vec::new();
        for shift in found.people.iter().filter(|shift| !shift.to.is_empty()) {
            let who = new_hires.of(shift.person, LifecycleEvent::Move, day);
            lists.extend(self.checklist(self.named(shift.person), &who));
        }
        for shift in &found.services {
            for owner in &shift.to {
                let mut who = new_hires.of(PersonId::default(), LifecycleEvent::TakeOver, day);
                who.service = Some(shift.service);
                match owner {
                    Owner::Team(team) => who.team = Some(*team),
                    Owner::Person(person) => {
                        who = new_hires.of(*person, LifecycleEvent::TakeOver, day);
                        who.service = Some(shift.service);
                    }
                }
                lists.extend(self.checklist(self.named(shift.service), &who));
            }
        }
        lists
    }

    fn checklist(
        &self,
        subject: NamedEntity,
        who: &headroom_analysis::onboarding::NewHire,
    ) -> Option<StartingChecklist> {
        let templates: Vec<String> =
            fitting(&self.after, who).into_iter().map(|template| template.name.clone()).collect();
        let occasion = who.occasion.word().to_owned();
        (!templates.is_empty()).then_some(StartingChecklist { subject, occasion, templates })
    }

    /// Budgets that are touched in the year of today up to that of the day.
    fn budgets(&self, app: &AppState, changes: &[Change], day: NaiveDate) -> Vec<TouchedBudget> {
        if changes.is_empty() {
            return Vec::new();
        }
        let years = (today().year().min(day.year()), today().year().max(day.year()));
        let edge = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap_or_else(today);
        let (from, until) = (edge(years.0, 1, 1), edge(years.1, 12, 31));
        let [was, is] = [&self.before, &self.after].map(|plan| Costs::new(plan, from, until));
        let row = |change: BudgetChange| {
            let cost = |minor: i64| app.pay.shown(Some(is.money(minor)));
            let budget = |minor: i64| ShownAmount::from(Money::new(minor, is.currency));
            TouchedBudget {
                team: change.team.map(|team| self.named(team)),
                cost_before: cost(change.cost_before),
                cost_after: cost(change.cost_after),
                budget_before: budget(change.budget_before),
                budget_after: budget(change.budget_after),
            }
        };
        budget_changes((&self.before, &was), (&self.after, &is)).into_iter().map(row).collect()
    }

    fn dates(&self, changes: &[Change]) -> Vec<ShiftedDate> {
        let row = |moved: analysis::MovedDate| ShiftedDate {
            subject: self.named(moved.subject),
            label: moved.label.to_owned(),
            before: moved.before,
            after: moved.after,
        };
        moved_dates(changes).into_iter().map(row).collect()
    }
}

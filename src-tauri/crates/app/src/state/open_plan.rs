//! The open plan, with what was calculated for some of its days. A day is made from a cached one between the same
//! event dates where there is one, which is much cheaper than from scratch.

use std::{path::Path, sync::Arc};

use chrono::{Days, NaiveDate};
use headroom_analysis::{
    DayView, EventDates, Facts, Outside,
    assumptions::Assumptions,
    cost::{CostByDay, Costs, cost_by_position},
    gates::{gate_in_short, gates},
    hiring::{self, Occupancy},
    scenario_standings::ScenarioStandings,
};
use headroom_clock::today;
use headroom_model::{Money, Plan, PositionId, ScenarioId};
use headroom_store::{Store, StoreError};
use rustc_hash::FxHashMap;

use crate::{hidden_pay::PayPolicy, scenarios::standings::scenario_standings};

/// Number of cached days: the one shown, today, a few just left, and those likely to come next.
const DAYS_KEPT: usize = 8;

/// Number of scenarios of which days are cached, those looked at last, beside the plan itself.
const SCENARIOS_KEPT: usize = 8;

/// Days before and after the requested one for which cost is calculated as well: more than the timeline has.
const COSTED: (Days, Days) = (Days::new(1000), Days::new(1000));

pub struct OpenPlan {
    pub store: Store,
    /// Incremented with every change, so that the window knows what is outdated.
    pub revision: u32,
    /// What was calculated, for the plan and for scenarios.
    calculated: FxHashMap<Option<ScenarioId>, Calculated>,
    /// The scenarios looked at last, the latest at the end.
    recent: Vec<ScenarioId>,
    /// How the open scenarios stand, once it was asked for since the last change, and on which day.
    standings: Option<(NaiveDate, Arc<ScenarioStandings>)>,
}

/// What was calculated for the plan, or for a scenario.
#[derive(Default)]
pub struct Calculated {
    pub days: Vec<Arc<DayView>>,
    pub facts: Option<Arc<Facts>>,
    event_dates: Option<Arc<EventDates>>,
    occupancies: Option<Arc<Vec<Occupancy>>>,
    cost_by_day: Option<CostByDay>,
    /// For one year.
    cost_by_position: Option<(i32, Arc<YearCosts>)>,
    /// For one day.
    gates: Option<(NaiveDate, Arc<GateWords>)>,
}

/// What a day is calculated from.
pub enum DayCache {
    /// Another day between the same event dates.
    Neighbour(Arc<DayView>),
    Plan(Arc<Plan>, Outside, Option<Arc<Facts>>),
}

impl DayCache {
    pub fn on(&self, day: NaiveDate) -> DayView {
        match self {
            DayCache::Neighbour(view) => view.on(day),
            DayCache::Plan(plan, outside, facts) => DayView::with(plan, day, outside.clone(), facts.as_ref()),
        }
    }
}

/// What positions wait for, in words.
pub type GateWords = FxHashMap<PositionId, String>;

/// The cost of positions in a year.
pub type YearCosts = FxHashMap<PositionId, Money>;

impl OpenPlan {
    pub fn new(mut store: Store) -> Self {
        // Before anything is worked out, which would be worked out again once they are.
        store.hide_pay(!PayPolicy::default().is_shown());
        Self { store, revision: 1, calculated: FxHashMap::default(), recent: Vec::new(), standings: None }
    }

    /// What was calculated for what the store shows, with its plan.
    pub fn calculated(&mut self) -> (&Arc<Plan>, &mut Calculated) {
        let shown = self.store.scenario();
        if !self.calculated.contains_key(&shown) {
            // Most of a scenario is as in the plan.
            let facts = self.calculated.get(&None).and_then(|known| known.facts.clone());
            self.calculated.insert(shown, Calculated { facts, ..Calculated::default() });
        }
        if let Some(scenario) = shown.filter(|scenario| self.recent.last() != Some(scenario)) {
            self.look_at(scenario);
        }
        (self.store.plan(), self.calculated.entry(shown).or_default())
    }

    /// What the store shows, on a day.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn day(&mut self, day: NaiveDate) -> Result<Arc<DayView>, StoreError> {
        let outside = self.outside()?;
        let (plan, known) = self.calculated();
        // Days ahead are calculated as seen from today, so yesterday's are outdated; so are those from when open
        // scenarios stood otherwise.
        known.days.retain(|view| *view.outside() == outside);
        if let Some(view) = known.days.iter().find(|view| view.snapshot.day() == day) {
            return Ok(view.clone());
        }
        let view = match known.same_as(plan, day) {
            // One day between the same event dates is enough to make the others.
            Some(at) => Arc::new(known.days.remove(at).on(day)),
            None => Arc::new(DayView::with(plan, day, outside, known.facts.as_ref())),
        };
        known.keep(0, view.clone());
        Ok(view)
    }

    /// What a day is looked at with beside the plan.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn outside(&mut self) -> Result<Outside, StoreError> {
        let today = today();
        let known = self.standings.as_ref().filter(|(day, _)| *day == today);
        let scenarios = match known {
            Some((_, known)) => known.clone(),
            None => {
                let found = Arc::new(scenario_standings(&mut self.store, today)?);
                self.standings.insert((today, found)).1.clone()
            }
        };
        Ok(Outside { today: Some(today), scenarios })
    }

    /// Forgets the days of the scenario that was not looked at for longest, if there are many.
    fn look_at(&mut self, scenario: ScenarioId) {
        self.recent.retain(|known| *known != scenario);
        self.recent.push(scenario);
        if self.recent.len() > SCENARIOS_KEPT {
            let left = self.recent.remove(0);
            self.calculated.get_mut(&Some(left)).into_iter().for_each(Calculated::renew);
        }
    }

    /// Forgets what was calculated for what the store shows.
    pub fn renew(&mut self) {
        self.revision += 1;
        self.standings = None;
        self.calculated().1.renew();
    }

    /// Forgets what was calculated for the plan and all scenarios.
    pub fn renew_all(&mut self) {
        self.revision += 1;
        self.standings = None;
        self.calculated.values_mut().for_each(Calculated::renew);
    }
}

impl Calculated {
    pub fn event_dates(&mut self, plan: &Arc<Plan>) -> Arc<EventDates> {
        self.event_dates.get_or_insert_with(|| Arc::new(EventDates::new(plan))).clone()
    }

    pub fn occupancies(&mut self, plan: &Plan) -> Arc<Vec<Occupancy>> {
        let calculate = || Arc::new(hiring::occupancies(plan, &Assumptions::new(plan)));
        self.occupancies.get_or_insert_with(calculate).clone()
    }

    fn costs(&mut self, plan: &Plan, from: NaiveDate, until: NaiveDate) -> Costs {
        let occupancies = self.occupancies(plan).to_vec();
        Costs::of(plan, &Assumptions::new(plan), occupancies, from, until)
    }

    /// Annual cost at the rate of this day. The days around it are calculated at once.
    pub fn cost_on(&mut self, plan: &Plan, day: NaiveDate) -> Option<Money> {
        let known = self.cost_by_day.as_ref().and_then(|known| known.on(day));
        if known.is_some() {
            return known;
        }
        let (back, ahead) = COSTED;
        let from = day.checked_sub_days(back).unwrap_or(day);
        let costs = self.costs(plan, from, day.checked_add_days(ahead).unwrap_or(day));
        self.cost_by_day.insert(CostByDay::new(&costs)).on(day)
    }

    pub fn cost_by_position(&mut self, plan: &Plan, year: i32) -> Arc<YearCosts> {
        if let Some((_, known)) = self.cost_by_position.as_ref().filter(|(known, _)| *known == year) {
            return known.clone();
        }
        let day = |month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap_or_else(today);
        let costs = Arc::new(cost_by_position(&self.costs(plan, day(1, 1), day(12, 31))));
        self.cost_by_position = Some((year, costs.clone()));
        costs
    }

    pub fn gates(&mut self, plan: &Plan, day: NaiveDate) -> Arc<GateWords> {
        if let Some((_, known)) = self.gates.as_ref().filter(|(known, _)| *known == day) {
            return known.clone();
        }
        let found = gates(plan, day).into_iter().map(|gate| (gate.position, gate_in_short(plan, &gate)));
        let found = Arc::new(found.collect());
        self.gates.insert((day, found)).1.clone()
    }

    /// Index of a cached day between the same event dates; none while figures are still read, since its findings wait for
    /// them and nobody is to wait here.
    pub fn same_as(&mut self, plan: &Arc<Plan>, day: NaiveDate) -> Option<usize> {
        if !plan.observations.is_there() {
            return None;
        }
        let event_dates = self.event_dates(plan);
        self.days.iter().position(|view| event_dates.is_same(view.snapshot.day(), day))
    }

    pub fn keep(&mut self, at: usize, view: Arc<DayView>) {
        self.facts = Some(view.facts.clone());
        self.days.insert(at.min(self.days.len()), view);
        self.days.truncate(DAYS_KEPT);
    }

    fn renew(&mut self) {
        // Dropped before the next write, so that the plan in memory is altered in place rather than copied.
        let facts = self.days.first().map(|view| view.facts.clone()).or(self.facts.take());
        *self = Self { facts, ..Self::default() };
    }
}

/// The plan's own name, or that of its file.
pub fn plan_name(plan: &Plan, path: &Path) -> String {
    let stem = || path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    plan.setting("plan.name").map_or_else(stem, str::to_owned)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use headroom_clock::now;
    use headroom_model::{Draft, Scenario};
    use headroom_store::OperationMeta;

    use super::*;

    #[test]
    fn days_of_the_scenarios_looked_at_last_are_kept() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::create(&folder.path().join("many.headroom"), now()).unwrap();
        let mut added = Vec::new();
        for at in 0..2 * SCENARIOS_KEPT {
            let id = Draft::new(store.plan()).new_id::<Scenario>();
            let key = format!("s{at}");
            let row = Scenario { id, key: key.clone(), name: key.clone(), ..Scenario::default() };
            store.add_scenario(&OperationMeta::edit(key, "Ada", now()), row, None).unwrap();
            added.push(id);
        }
        let mut open = OpenPlan::new(store);
        let day = today();
        for shown in std::iter::once(None).chain(added.iter().copied().map(Some)) {
            open.store.switch(shown).unwrap();
            let (plan, known) = open.calculated();
            let view = Arc::new(DayView::new(plan, day, known.facts.as_ref()));
            known.keep(0, view);
        }
        let is_kept = |shown: Option<ScenarioId>| !open.calculated[&shown].days.is_empty();
        assert!(is_kept(None), "the plan itself stays");
        let kept: Vec<bool> = added.iter().map(|scenario| is_kept(Some(*scenario))).collect();
        let expected = [vec![false; SCENARIOS_KEPT], vec![true; SCENARIOS_KEPT]].concat();
        assert_eq!(kept, expected);
    }
}

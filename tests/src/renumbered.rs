//! A plan with other IDs. It says the same, so whatever is calculated from it must say the same too.

use std::collections::{HashMap, HashSet};

use headroom_model::{
    Action, Approval, Assignee, Assignment, Assumption, Bet, Budget, Change, Checklist, ChecklistItem,
    Dependency, Draft, Due, Edit, Entity, EntityTable, ExchangeRate, FindingReview, Grouping, Holiday,
    Incident, Interaction, Kind, Membership, Metric, NewIds, Objective, Observation, Owner, Ownership,
    Person, Plan, Position, Scenario, Service, Setting, Team, Template, TemplateItem,
};

/// A plan with random IDs, so that its rows are in another order.
pub struct Renumbered {
    pub plan: Plan,
    /// The former ID of each new one.
    former: HashMap<u64, u64>,
}

impl Renumbered {
    /// The same seed gives the same IDs.
    pub fn new(plan: &Plan, seed: u64) -> Self {
        let numbers = Numbers::new(plan, seed);
        let empty = Plan::default();
        let mut draft = Draft::new(&empty);
        numbers.put_organisation(plan, &mut draft);
        numbers.put_relations(plan, &mut draft);
        numbers.put_hiring(plan, &mut draft);
        numbers.put_figures(plan, &mut draft);
        numbers.put_onboarding(plan, &mut draft);
        let changes = draft.finish();
        let mut renumbered = Plan::default();
        renumbered.apply(&changes).unwrap();
        assert_eq!(row_count(&renumbered), row_count(plan), "every kind is renumbered");
        // With a sequence of its own, so that no new entity gets a former ID.
        let renumbered =
            Plan::from_tables(headroom_model::Tables::clone(&renumbered), NewIds::seeded(seed)).unwrap();
        let former: HashMap<u64, u64> = numbers.new.iter().map(|((_, id), new)| (*new, *id)).collect();
        assert_eq!(former.len(), numbers.new.len(), "no two rows have one ID");
        Self { plan: renumbered, former }
    }

    /// A text about the renumbered plan with its former IDs.
    pub fn in_former_ids(&self, text: &str) -> String {
        with_numbers(text, |number| self.former.get(&number).map(u64::to_string))
    }

    /// A text about the former plan, in which the IDs of new entities are blank: they are random. That of a text about
    /// the renumbered plan needs its former IDs first.
    pub fn without_new_ids(&self, text: &str) -> String {
        let known: HashSet<u64> = self.former.values().copied().collect();
        with_numbers(text, |number| (number >= 1 << 32 && !known.contains(&number)).then(|| "new".to_owned()))
    }
}

/// The text with other words for some of its numbers.
fn with_numbers(text: &str, word: impl Fn(u64) -> Option<String>) -> String {
    let mut with = String::with_capacity(text.len());
    for run in text.split_inclusive(|letter: char| !letter.is_ascii_digit()) {
        let end = run.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(run.len());
        let (digits, rest) = run.split_at(end);
        match digits.parse().ok().and_then(&word) {
            Some(word) => with.push_str(&word),
            None => with.push_str(digits),
        }
        with.push_str(rest);
    }
    with
}

/// The new ID of each row.
struct Numbers {
    new: HashMap<(Kind, u64), u64>,
}

/// An ID that no amount or count has by chance.
const LOWEST: u64 = 1 << 40;

impl Numbers {
    fn new(plan: &Plan, seed: u64) -> Self {
        let (mut new, mut state) = (HashMap::new(), seed);
        let mut next = || {
            // SplitMix64.
            state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            LOWEST + (mixed ^ (mixed >> 31)) % ((1 << 53) - LOWEST)
        };
        headroom_model::each_table!(plan, table => {
            let mut ids: Vec<u64> = table.iter().map(|_| next()).collect();
            // Services and their owners are in the order of the source, which some figures and the CSV folder follow.
            if table.iter().next().is_some_and(|row| matches!(kind_and_id(row).0, Kind::Service | Kind::Ownership)) {
                ids.sort_unstable();
            }
            new.extend(table.iter().map(kind_and_id).zip(ids));
        });
        Self { new }
    }

    fn raw(&self, kind: Kind, id: u64) -> u64 {
        self.new[&(kind, id)]
    }

    fn own<T: Entity>(&self, row: &T) -> T::Id {
        self.raw(T::KIND, row.id().into()).into()
    }

    fn of<T: Entity>(&self, id: T::Id) -> T::Id {
        self.raw(T::KIND, id.into()).into()
    }

    fn owner(&self, owner: Owner) -> Owner {
        match owner {
            Owner::Team(team) => Owner::Team(self.of::<Team>(team)),
            Owner::Person(person) => Owner::Person(self.of::<Person>(person)),
        }
    }

    fn assignee(&self, assignee: &Assignee) -> Assignee {
        match assignee {
            Assignee::Person(person) => Assignee::Person(self.of::<Person>(*person)),
            Assignee::Team(team) => Assignee::Team(self.of::<Team>(*team)),
            other => other.clone(),
        }
    }

    fn due<T: Entity>(&self, due: Option<Due<T::Id>>) -> Option<Due<T::Id>> {
        due.map(|due| Due { working_days: due.working_days, after: due.after.map(|id| self.of::<T>(id)) })
    }

    /// The key of a generated task: `learn:12`, `meet:team:7`. That of a finding has none.
    fn generated(&self, key: &str) -> String {
        let Some((before, id)) = key.rsplit_once(':') else { return key.to_owned() };
        let kind = match before {
            "read:team" | "meet:team" => Kind::Team,
            "meet:person" => Kind::Person,
            "position" | "reports" => Kind::Position,
            "learn" | "own" | "backup" => Kind::Service,
            role if role.starts_with("role:") => Kind::Service,
            _ => return key.to_owned(),
        };
        let id = id.parse().unwrap();
        format!("{before}:{}", self.new.get(&(kind, id)).unwrap_or(&id))
    }

    fn put_organisation(&self, plan: &Plan, draft: &mut Draft<'_>) {
        put(draft, &plan.teams, |row| Team {
            id: self.own(row),
            parent: row.parent.map(|id| self.of::<Team>(id)),
            ..row.clone()
        });
        put(draft, &plan.people, |row| Person { id: self.own(row), ..row.clone() });
        put(draft, &plan.groupings, |row| Grouping {
            id: self.own(row),
            parent: row.parent.map(|id| self.of::<Grouping>(id)),
            owner: row.owner.map(|owner| self.owner(owner)),
            ..row.clone()
        });
        put(draft, &plan.services, |row| Service {
            id: self.own(row),
            system: row.system.map(|id| self.of::<Grouping>(id)),
            domain: row.domain.map(|id| self.of::<Grouping>(id)),
            ..row.clone()
        });
        put(draft, &plan.finding_reviews, |row| FindingReview {
            id: self.own(row),
            assignee: row.assignee.map(|id| self.of::<Person>(id)),
            ..row.clone()
        });
        put(draft, &plan.scenarios, |row| Scenario {
            id: self.own(row),
            owner: row.owner.map(|id| self.of::<Person>(id)),
            ..row.clone()
        });
        put(draft, &plan.settings, |row| {
            assert!(!row.key.starts_with("hand-out"), "the record of a shared checklist holds IDs");
            Setting { id: self.own(row), ..row.clone() }
        });
    }

    fn put_relations(&self, plan: &Plan, draft: &mut Draft<'_>) {
        put(draft, &plan.memberships, |row| Membership {
            id: self.own(row),
            person: self.of::<Person>(row.person),
            team: self.of::<Team>(row.team),
            ..row.clone()
        });
        put(draft, &plan.ownerships, |row| Ownership {
            id: self.own(row),
            service: self.of::<Service>(row.service),
            owner: self.owner(row.owner),
            ..row.clone()
        });
        put(draft, &plan.dependencies, |row| Dependency {
            id: self.own(row),
            service: self.of::<Service>(row.service),
            depends_on: self.of::<Service>(row.depends_on),
            ..row.clone()
        });
        put(draft, &plan.interactions, |row| Interaction {
            id: self.own(row),
            team: self.of::<Team>(row.team),
            with: self.of::<Team>(row.with),
            ..row.clone()
        });
    }

    fn put_hiring(&self, plan: &Plan, draft: &mut Draft<'_>) {
        put(draft, &plan.positions, |row| Position {
            id: self.own(row),
            team: row.team.map(|id| self.of::<Team>(id)),
            service: row.service.map(|id| self.of::<Service>(id)),
            manager: row.manager.map(|id| self.of::<Position>(id)),
            backfill_of: row.backfill_of.map(|id| self.of::<Position>(id)),
            waits_for: row.waits_for.iter().map(|id| self.of::<Objective>(*id)).collect(),
            ..row.clone()
        });
        put(draft, &plan.assignments, |row| Assignment {
            id: self.own(row),
            position: self.of::<Position>(row.position),
            person: self.of::<Person>(row.person),
            ..row.clone()
        });
        put(draft, &plan.assumptions, |row| Assumption {
            id: self.own(row),
            person: row.person.map(|id| self.of::<Person>(id)),
            position: row.position.map(|id| self.of::<Position>(id)),
            team: row.team.map(|id| self.of::<Team>(id)),
            ..row.clone()
        });
        put(draft, &plan.budgets, |row| Budget {
            id: self.own(row),
            team: row.team.map(|id| self.of::<Team>(id)),
            ..row.clone()
        });
        put(draft, &plan.exchange_rates, |row| ExchangeRate { id: self.own(row), ..row.clone() });
        put(draft, &plan.holidays, |row| Holiday { id: self.own(row), ..row.clone() });
        put(draft, &plan.approvals, |row| Approval { id: self.own(row), ..row.clone() });
    }

    fn put_figures(&self, plan: &Plan, draft: &mut Draft<'_>) {
        let metrics = |of: &[headroom_model::MetricId]| of.iter().map(|id| self.of::<Metric>(*id)).collect();
        put(draft, &plan.metrics, |row| Metric {
            id: self.own(row),
            numerator: metrics(&row.numerator),
            denominator: metrics(&row.denominator),
            ..row.clone()
        });
        put(draft, &plan.observations, |row| Observation {
            id: self.own(row),
            metric: self.of::<Metric>(row.metric),
            service: row.service.map(|id| self.of::<Service>(id)),
            team: row.team.map(|id| self.of::<Team>(id)),
            ..row.clone()
        });
        put(draft, &plan.objectives, |row| Objective {
            id: self.own(row),
            metric: self.of::<Metric>(row.metric),
            service: row.service.map(|id| self.of::<Service>(id)),
            team: row.team.map(|id| self.of::<Team>(id)),
            ..row.clone()
        });
        put(draft, &plan.incidents, |row| Incident {
            id: self.own(row),
            services: row.services.iter().map(|id| self.of::<Service>(*id)).collect(),
            ..row.clone()
        });
        put(draft, &plan.bets, |row| Bet {
            id: self.own(row),
            team: row.team.map(|id| self.of::<Team>(id)),
            objectives: row.objectives.iter().map(|id| self.of::<Objective>(*id)).collect(),
            scenario: row.scenario.map(|id| self.of::<Scenario>(id)),
            ..row.clone()
        });
        put(draft, &plan.actions, |row| Action {
            id: self.own(row),
            service: row.service.map(|id| self.of::<Service>(id)),
            team: row.team.map(|id| self.of::<Team>(id)),
            incident: row.incident.map(|id| self.of::<Incident>(id)),
            bet: row.bet.map(|id| self.of::<Bet>(id)),
            ..row.clone()
        });
    }

    fn put_onboarding(&self, plan: &Plan, draft: &mut Draft<'_>) {
        put(draft, &plan.templates, |row| Template {
            id: self.own(row),
            team: row.team.map(|id| self.of::<Team>(id)),
            ..row.clone()
        });
        put(draft, &plan.template_items, |row| TemplateItem {
            id: self.own(row),
            template: self.of::<Template>(row.template),
            due: self.due::<TemplateItem>(row.due),
            assignee: self.assignee(&row.assignee),
            needs: row.needs.iter().map(|id| self.of::<TemplateItem>(*id)).collect(),
            service: row.service.map(|id| self.of::<Service>(id)),
            team: row.team.map(|id| self.of::<Team>(id)),
            ..row.clone()
        });
        put(draft, &plan.checklists, |row| Checklist {
            id: self.own(row),
            person: self.of::<Person>(row.person),
            buddy: row.buddy.map(|id| self.of::<Person>(id)),
            manager: row.manager.map(|id| self.of::<Person>(id)),
            service: row.service.map(|id| self.of::<Service>(id)),
            ..row.clone()
        });
        put(draft, &plan.checklist_items, |row| ChecklistItem {
            id: self.own(row),
            checklist: self.of::<Checklist>(row.checklist),
            // The template's item may be deleted.
            origin: row.origin.map(|id| *self.new.get(&(Kind::TemplateItem, id)).unwrap_or(&id)),
            generated: self.generated(&row.generated),
            due: self.due::<ChecklistItem>(row.due),
            assignee: self.assignee(&row.assignee),
            needs: row.needs.iter().map(|id| self.of::<ChecklistItem>(*id)).collect(),
            service: row.service.map(|id| self.of::<Service>(id)),
            team: row.team.map(|id| self.of::<Team>(id)),
            ..row.clone()
        });
    }
}

fn row_count(plan: &Plan) -> usize {
    let mut count = 0;
    headroom_model::each_table!(plan, table => count += table.len());
    count
}

fn kind_and_id<T: Entity>(row: &T) -> (Kind, u64) {
    (T::KIND, row.id().into())
}

/// A reference that is not renumbered leads nowhere, which no plan accepts.
fn put<T: EntityTable>(draft: &mut Draft<'_>, rows: &headroom_model::Table<T>, new: impl Fn(&T) -> T)
where
    Change: From<Edit<T>>,
{
    rows.iter().for_each(|row| draft.put(new(row)));
}

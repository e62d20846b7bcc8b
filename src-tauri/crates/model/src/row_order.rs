//! The order of the rows of a table, for lists, exports and ties.

use std::cmp::Ordering;

use crate::{
    entity::{
        Approval, Assignee, Assignment, Assumption, Budget, Checklist, ChecklistItem, Dependency,
        ExchangeRate, Grouping, Holiday, Interaction, Membership, Ownership, Person, Position, Service,
        Setting, Team, Template, TemplateItem,
    },
    kind::{ChecklistId, Kind, TemplateId},
    money::{Currency, Money},
    plan::Plan,
    tables::EntityTable,
};

/// Rows compared by what they say, never by the numbers of IDs: what has a name by name and key, relations by the
/// names of what they relate, and then by date. Rows of which neither comes first say the same.
pub trait RowOrder: EntityTable {
    fn compare(plan: &Plan, one: &Self, other: &Self) -> Ordering;
}

macro_rules! row_order {
    ($($Type:ident: |$plan:ident, $row:ident| $key:expr;)*) => { $(
        impl RowOrder for $Type {
            fn compare($plan: &Plan, one: &Self, other: &Self) -> Ordering {
                let (one, other) = ({ let $row = one; $key }, { let $row = other; $key });
                one.cmp(&other)
            }
        }
    )* };
}

row_order! {
    Team: |plan, row| plan.place_of(row.id);
    Person: |plan, row| plan.place_of(row.id);
    Membership: |plan, row| (
        plan.place_of(row.person), plan.place_of(row.team), row.from, row.until, &row.role, row.share, &row.source,
    );
    Grouping: |_plan, row| (row.kind, &row.name, &row.key);
    Service: |plan, row| plan.place_of(row.id);
    Ownership: |plan, row| (
        plan.place_of(row.service), plan.place_of(row.owner), &row.role, row.from, row.until, row.confirmed,
        &row.named, &row.source,
    );
    Dependency: |plan, row| (
        plan.place_of(row.service), plan.place_of(row.depends_on), &row.kind, &row.criticality, row.from,
        row.until, &row.source,
    );
    Interaction: |plan, row| (
        plan.place_of(row.team), plan.place_of(row.with), &row.mode, row.from, row.until, row.expected_end,
        &row.purpose, &row.source,
    );
    Position: |plan, row| plan.place_of(row.id);
    Assignment: |plan, row| (
        plan.place_of(row.position), plan.place_of(row.person), row.from, row.until, amount(row.pay), &row.source,
    );
    Assumption: |plan, row| (
        (&row.kind, row.from, row.until, &row.label),
        (row.person.map(|person| plan.place_of(person)), row.position.map(|position| plan.place_of(position))),
        (&row.level, &row.discipline, &row.location, row.team.map(|team| plan.place_of(team))),
        (row.value.to_string(), amount(row.cap), &row.origin, &row.source),
    );
    Budget: |plan, row| (
        row.from, row.until, row.team.map(|team| plan.place_of(team)), amount(row.amount), row.seats, &row.note,
        &row.source,
    );
    ExchangeRate: |_plan, row| (row.currency, row.from, row.rate, &row.origin, &row.source);
    Holiday: |_plan, row| (row.day, &row.location, &row.name, &row.source);
    Approval: |_plan, row| (
        row.on, &row.name, &row.by, &row.note,
        row.seats.iter().map(|seat| (&seat.position, seat.from, amount(seat.annual_cost))).collect::<Vec<_>>(),
    );
    Template: |_plan, row| (&row.name, &row.key);
    TemplateItem: |plan, row| (
        template(plan, row.template), row.place, (&row.section, &row.title), row.due.map(|due| due.working_days),
        assignee(plan, &row.assignee), (&row.text, &row.link),
    );
    Checklist: |plan, row| list(plan, row);
    Setting: |_plan, row| (&row.key, &row.value);
}

impl RowOrder for ChecklistItem {
    fn compare(plan: &Plan, one: &Self, other: &Self) -> Ordering {
        // Almost always of one list.
        let lists = match one.checklist == other.checklist {
            true => Ordering::Equal,
            false => list_of(plan, one.checklist).cmp(&list_of(plan, other.checklist)),
        };
        lists
            .then(one.place.cmp(&other.place))
            .then_with(|| within_list(plan, one).cmp(&within_list(plan, other)))
    }
}

fn within_list<'a>(plan: &Plan, row: &'a ChecklistItem) -> impl Ord + use<'a> {
    let when = row.due.map(|due| due.working_days);
    let texts = [&row.section, &row.title, &row.generated, &row.text, &row.link, &row.note];
    (assignee(plan, &row.assignee), when, texts)
}

fn amount(money: Option<Money>) -> Option<(Currency, i64)> {
    money.map(|money| (money.currency, money.minor))
}

fn template(plan: &Plan, id: TemplateId) -> Option<(&str, &str)> {
    plan.templates.get(id).map(|row| (row.name.as_str(), row.key.as_str()))
}

/// Checklists by person and start.
fn list<'a>(plan: &Plan, row: &'a Checklist) -> impl Ord + use<'a> {
    let place = |person: Option<_>| person.map(|person| plan.place_of(person));
    let used = row.templates.iter().map(|used| (used.template.as_str(), used.version)).collect::<Vec<_>>();
    let whose = (plan.place_of(row.person), row.start, row.occasion);
    (whose, row.service.map(|service| plan.place_of(service)), place(row.manager), place(row.buddy), used)
}

fn list_of(plan: &Plan, id: ChecklistId) -> Option<impl Ord + use<'_>> {
    plan.checklists.get(id).map(|row| list(plan, row))
}

/// Roles first, in their own order, then people, teams and names.
fn assignee<'a>(plan: &Plan, assignee: &'a Assignee) -> (u8, Option<(Kind, u32)>, &'a str) {
    match assignee {
        Assignee::NewHire => (0, None, ""),
        Assignee::Manager => (1, None, ""),
        Assignee::Buddy => (2, None, ""),
        Assignee::It => (3, None, ""),
        Assignee::PeopleOps => (4, None, ""),
        Assignee::Person(person) => (5, Some(plan.place_of(*person)), ""),
        Assignee::Team(team) => (6, Some(plan.place_of(*team)), ""),
        Assignee::Other(name) => (7, None, name),
    }
}

impl Plan {
    /// The rows of a table in the order of [`RowOrder`]: the same for every plan that says the same.
    pub fn in_order<T: RowOrder>(&self) -> Vec<&T> {
        let table = T::table(self);
        // Teams, people, services and positions are sorted already.
        let order = self.order();
        let ranked = match T::KIND {
            Kind::Team => &order.teams,
            Kind::Person => &order.people,
            Kind::Service => &order.services,
            Kind::Position => &order.positions,
            _ => {
                let mut rows: Vec<&T> = table.iter().collect();
                self.sort(&mut rows);
                return rows;
            }
        };
        ranked.iter().map(|row| &table.rows()[*row as usize]).collect()
    }

    /// Sorts rows of one table like [`Plan::in_order`].
    pub fn sort<T: RowOrder>(&self, rows: &mut [&T]) {
        rows.sort_by(|one, other| T::compare(self, one, other));
    }
}

//! Formats cells: dates as `2027-03-12`, amounts as `85000.00 EUR`. [`parse`](PlanningGrid::parse) takes each of them
//! back.

use std::borrow::Cow;

use chrono::NaiveDate;
use headroom_model::{Breadth, EntityRef, Money, Position, PositionId};

use super::{column::GridColumn, planning_grid::PlanningGrid};

impl PlanningGrid<'_> {
    /// The text of a cell.
    pub fn format<'p>(&'p self, position: &'p Position, column: &GridColumn) -> Cow<'p, str> {
        let day = |day: Option<NaiveDate>| day.map_or(Cow::Borrowed(""), |day| day.to_string().into());
        let money = |pay: Option<Money>| pay.map_or(Cow::Borrowed(""), |pay| pay.to_string().into());
        match column.id {
            "key" => Cow::Borrowed(&position.key),
            "title" => Cow::Borrowed(&position.title),
            "discipline" => Cow::Borrowed(&position.discipline),
            "level" => Cow::Borrowed(&position.level),
            "breadth" => Cow::Borrowed(position.breadth.map_or("", Breadth::word)),
            "location" => Cow::Borrowed(&position.location),
            "reason" => Cow::Borrowed(&position.reason),
            "status" => self.status(position),
            "requisition" => Cow::Borrowed(&position.requisition),
            "priority" => position.priority.map_or(Cow::Borrowed(""), |number| number.to_string().into()),
            "fte" => position.fte.to_string().into(),
            "pay" => money(position.pay),
            "pay_up_to" => money(position.pay_up_to),
            "cost" => money(self.costs.get(&position.id).copied()),
            "gate" => Cow::Borrowed(self.gates.get(&position.id).map_or("", String::as_str)),
            "need_by" => day(position.need_by),
            "start" => day(position.start),
            "from" => day(position.from),
            "until" => day(position.until),
            "description" => Cow::Borrowed(&position.description),
            "manager" => position.manager.map_or(Cow::Borrowed(""), |above| self.position_name(above)),
            _ => match self.reference(position, column) {
                Some(target) => self.name(target),
                None => Cow::Borrowed(""),
            },
        }
    }

    fn status(&self, position: &Position) -> Cow<'_, str> {
        match self.current_occupant(position.id).filter(|seated| seated.comes.is_none()) {
            Some(seated) => format!("filled by {}", self.name(seated.person.into())).into(),
            None => position.status.word().into(),
        }
    }

    /// What to call a position: the person in it, otherwise its ID.
    pub fn position_name(&self, position: PositionId) -> Cow<'_, str> {
        match self.current_occupant(position).filter(|seated| seated.comes.is_none()) {
            Some(seated) => self.name(seated.person.into()),
            None => self.name(position.into()),
        }
    }

    /// The entity that the cell refers to.
    pub fn reference(&self, position: &Position, column: &GridColumn) -> Option<EntityRef> {
        match column.id {
            "team" => position.team.map(EntityRef::from),
            "service" => position.service.map(EntityRef::from),
            "manager" => position.manager.map(EntityRef::from),
            "backfill_of" => position.backfill_of.map(EntityRef::from),
            "person" => self.current_occupant(position.id).map(|seated| seated.person.into()),
            _ => None,
        }
    }

    fn name(&self, target: EntityRef) -> Cow<'_, str> {
        use headroom_model::Kind;
        let plan = self.plan;
        let name = match target.kind {
            Kind::Team => plan.teams.get(target.id.into()).map(|row| row.name.as_str()),
            Kind::Person => plan.people.get(target.id.into()).map(|row| row.name.as_str()),
            Kind::Service => plan.services.get(target.id.into()).map(|row| row.name.as_str()),
            Kind::Position => plan.positions.get(target.id.into()).map(|row| row.key.as_str()),
            _ => None,
        };
        name.map_or_else(|| plan.name_of(target).into(), Cow::Borrowed)
    }
}

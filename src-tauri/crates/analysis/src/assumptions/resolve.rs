use std::cmp::Ordering;

use chrono::NaiveDate;
use headroom_model::{
    Assumption, AssumptionValue, Decimal6, Entity, Money, PersonId, Plan, PositionId, TeamId, same_word,
};
use rustc_hash::FxHashMap;

use super::{AssumptionKind, KINDS};

/// For whom an assumption is resolved.
#[derive(Debug, Clone, Copy, Default)]
pub struct Subject<'a> {
    pub person: Option<PersonId>,
    pub position: Option<PositionId>,
    pub level: &'a str,
    pub discipline: &'a str,
    pub location: &'a str,
    pub team: Option<TeamId>,
}

impl<'a> Subject<'a> {
    /// A position with its incumbent, if any.
    pub fn position(position: &'a headroom_model::Position, person: Option<PersonId>) -> Self {
        Self {
            person,
            position: Some(position.id),
            level: &position.level,
            discipline: &position.discipline,
            location: &position.location,
            team: position.team,
        }
    }
}

/// A row with its rank: see [`Assumptions::rank`].
type Ranked<'a> = (&'a Assumption, (u8, usize));

/// The assumptions of a plan, indexed by kind.
#[derive(Debug)]
pub struct Assumptions<'a> {
    plan: &'a Plan,
    by_kind: FxHashMap<&'a str, Vec<&'a Assumption>>,
    defaults: FxHashMap<&'static str, AssumptionValue>,
}

impl<'a> Assumptions<'a> {
    pub fn new(plan: &'a Plan) -> Self {
        let mut by_kind: FxHashMap<&str, Vec<&Assumption>> = FxHashMap::default();
        // Plans from before values were checked may hold invalid rows.
        for row in plan.assumptions.iter().filter(|row| row.check().is_ok()) {
            by_kind.entry(&row.kind).or_default().push(row);
        }
        let default = |kind: &AssumptionKind| Some((kind.id, kind.default?.parse().ok()?));
        Self { plan, by_kind, defaults: KINDS.iter().filter_map(default).collect() }
    }

    /// The assumption that holds for the subject on a day: the most specific; of equals the one of the team furthest
    /// down, then the one that began last, then the last one in the order of rows.
    pub fn most_specific(&self, kind: &str, subject: Subject<'_>, day: NaiveDate) -> Option<&'a Assumption> {
        self.fitting(kind, subject, day).max_by(|one, other| self.precedence(one, other)).map(|(row, _)| row)
    }

    /// As [`Assumptions::most_specific`] for a kind with labels: one per label, in the order of labels.
    pub fn each_label(&self, kind: &str, subject: Subject<'_>, day: NaiveDate) -> Vec<&'a Assumption> {
        let mut best: Vec<Ranked<'_>> = Vec::new();
        for (row, rank) in self.fitting(kind, subject, day) {
            match best.iter_mut().find(|(known, _)| known.label == row.label) {
                Some(known) if self.precedence(&(row, rank), known).is_gt() => *known = (row, rank),
                Some(_) => {}
                None => best.push((row, rank)),
            }
        }
        best.sort_by(|a, b| a.0.label.cmp(&b.0.label));
        best.into_iter().map(|(row, _)| row).collect()
    }

    fn precedence(&self, (row, rank): &Ranked<'a>, (other, of_other): &Ranked<'a>) -> Ordering {
        (rank, row.from).cmp(&(of_other, other.from)).then_with(|| row.compare(other, self.plan))
    }

    /// Days on which values of a kind may change, latest first.
    pub fn days_of_change(&self, kind: &str) -> Vec<NaiveDate> {
        let rows = self.by_kind.get(kind).map_or(&[][..], Vec::as_slice);
        let ends = |row: &&Assumption| [row.from, row.until.and_then(|last| last.succ_opt())];
        let mut days: Vec<NaiveDate> = rows.iter().flat_map(ends).flatten().collect();
        days.sort_unstable_by(|a, b| b.cmp(a));
        days
    }

    /// The value that holds; the default of the kind if the plan has none.
    pub fn value(&self, kind: &str, subject: Subject<'_>, day: NaiveDate) -> Option<AssumptionValue> {
        let said = self.most_specific(kind, subject, day).map(|row| row.value.clone());
        said.or_else(|| self.defaults.get(kind).cloned())
    }

    /// A number or a fraction; zero if there is neither a row nor a default.
    pub fn number(&self, kind: &str, subject: Subject<'_>, day: NaiveDate) -> Decimal6 {
        match self.value(kind, subject, day) {
            Some(AssumptionValue::Number(number) | AssumptionValue::Share(number)) => number,
            _ => Decimal6::ZERO,
        }
    }

    /// A number as whole days, rounded up.
    pub fn days(&self, kind: &str, subject: Subject<'_>, day: NaiveDate) -> i64 {
        (self.number(kind, subject, day).millionths() + 999_999).div_euclid(1_000_000)
    }

    /// An amount of money, in the currency of the row.
    pub fn amount(&self, kind: &str, subject: Subject<'_>, day: NaiveDate) -> Option<Money> {
        match self.value(kind, subject, day) {
            Some(AssumptionValue::Amount(money)) => Some(money),
            _ => None,
        }
    }

    /// A curve: a fraction for each month since the start, of which the last goes on.
    pub fn curve(&self, kind: &str, subject: Subject<'_>, day: NaiveDate) -> Vec<Decimal6> {
        match self.value(kind, subject, day) {
            Some(AssumptionValue::Curve(points)) => points,
            Some(AssumptionValue::Share(share)) => vec![share],
            _ => Vec::new(),
        }
    }

    fn fitting<'b>(
        &'b self,
        kind: &str,
        subject: Subject<'b>,
        day: NaiveDate,
    ) -> impl Iterator<Item = Ranked<'a>> + 'b {
        let rows = self.by_kind.get(kind).map_or(&[][..], Vec::as_slice);
        let rows = rows.iter().filter(move |row| row.date_range().contains(day));
        rows.filter_map(move |row| Some((*row, self.rank(row, subject)?)))
    }

    /// Rank of a row that fits: a bit for each field it names, then the depth of its team.
    fn rank(&self, row: &Assumption, subject: Subject<'_>) -> Option<(u8, usize)> {
        let mut rank = 0;
        let mut named = |is_named: bool, fits: bool, bit: u8| {
            rank |= if is_named { bit } else { 0 };
            !is_named || fits
        };
        let fits = named(row.person.is_some(), row.person == subject.person, 32)
            && named(row.position.is_some(), row.position == subject.position, 16)
            && named(!row.level.is_empty(), same_word(&row.level, subject.level), 8)
            && named(!row.discipline.is_empty(), same_word(&row.discipline, subject.discipline), 4)
            && named(!row.location.is_empty(), same_word(&row.location, subject.location), 2);
        let depth = match row.team {
            None => 0,
            Some(team) => self.depth_below(team, subject.team?)?,
        };
        fits.then_some((rank | u8::from(row.team.is_some()), depth))
    }

    /// Depth of `team` in the tree, if it is `of` or above it.
    fn depth_below(&self, team: TeamId, of: TeamId) -> Option<usize> {
        let way_up = |start| {
            std::iter::successors(Some(start), |at| self.plan.teams.get(*at).and_then(|team| team.parent))
        };
        way_up(of).any(|above| above == team).then(|| way_up(team).count())
    }
}

#[cfg(test)]
mod tests {
    use headroom_model::{Draft, Team};

    use super::*;

    fn plan() -> (Plan, TeamId) {
        let mut plan = Plan::default();
        let mut draft = Draft::new(&plan);
        let (top, below) = (draft.new_id::<Team>(), draft.new_id::<Team>());
        draft.put(Team { id: top, key: "top".into(), name: "Top".into(), ..Team::default() });
        draft.put(Team {
            id: below,
            key: "below".into(),
            name: "B".into(),
            parent: Some(top),
            ..Team::default()
        });
        let mut assume = |value: &str, change: &dyn Fn(&mut Assumption)| {
            let id = draft.new_id::<Assumption>();
            let mut row = Assumption {
                id,
                kind: "notice".into(),
                value: value.parse().unwrap(),
                ..Assumption::default()
            };
            change(&mut row);
            draft.put(row);
        };
        assume("10", &|_| {});
        assume("20", &|row| row.team = Some(top));
        assume("30", &|row| row.team = Some(below));
        assume("40", &|row| row.location = "Berlin".into());
        assume("50", &|row| (row.location, row.from) = ("Berlin".into(), "2027-01-01".parse().ok()));
        assume("60", &|row| row.level = "L4".into());
        let changes = draft.finish();
        plan.apply(&changes).unwrap();
        (plan, below)
    }

    #[test]
    fn most_specific_row_wins_then_newest() {
        let (plan, team) = plan();
        let assumptions = Assumptions::new(&plan);
        let ask = |subject: Subject<'_>, day: &str| assumptions.days("notice", subject, day.parse().unwrap());
        let day = "2026-12-01";
        assert_eq!(ask(Subject::default(), day), 10);
        assert_eq!(ask(Subject { team: Some(team), ..Subject::default() }, day), 30);
        let berlin = Subject { team: Some(team), location: "berlin ", ..Subject::default() };
        assert_eq!(ask(berlin, day), 40);
        assert_eq!(ask(berlin, "2027-01-01"), 50);
        assert_eq!(ask(Subject { level: "L4", ..berlin }, "2027-01-01"), 60);
        assert_eq!(assumptions.days("time-to-fill", berlin, day.parse().unwrap()), 58);
    }
}

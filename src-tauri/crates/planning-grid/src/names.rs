//! Resolves names in cells: people, teams, positions, services.

use std::cell::OnceCell;

use headroom_model::{
    DateRange, Entity, EntityRef, EntityTable, Kind, PersonId, Plan, Position, PositionId, ServiceId, TeamId,
    folded,
};
use rustc_hash::FxHashMap;

use super::planning_grid::PlanningGrid;

/// Least similarity of a suggestion, from 0 to 1.
const ALIKE: f64 = 0.8;

/// Why a cell can't be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// To be appended to the text of the cell.
    pub message: String,
    pub suggestions: Vec<String>,
}

impl From<&str> for Refusal {
    fn from(message: &str) -> Self {
        Self { message: message.to_owned(), suggestions: Vec::new() }
    }
}

/// Lower-case names, and what each may mean.
type Index = FxHashMap<String, Vec<EntityRef>>;

/// Resolves names; the index of a kind of entity is built when it is first needed.
pub struct GridNames<'g> {
    grid: &'g PlanningGrid<'g>,
    teams: OnceCell<Index>,
    people: OnceCell<Index>,
    services: OnceCell<Index>,
    positions: OnceCell<Index>,
    /// Positions that the same block makes, by their lower-case IDs.
    pub new_positions: FxHashMap<String, PositionId>,
}

impl<'g> GridNames<'g> {
    pub fn new(grid: &'g PlanningGrid<'g>) -> Self {
        let (teams, people, services) = (OnceCell::new(), OnceCell::new(), OnceCell::new());
        let (positions, new_positions) = (OnceCell::new(), FxHashMap::default());
        Self { grid, teams, people, services, positions, new_positions }
    }

    pub fn team(&self, text: &str) -> Result<TeamId, Refusal> {
        let index = self.teams.get_or_init(|| named(&self.grid.plan.teams, |team| &team.name));
        self.one(index, text, "team").map(|found| found.id.into())
    }

    pub fn person(&self, text: &str) -> Result<PersonId, Refusal> {
        self.one(self.people(), text, "person").map(|found| found.id.into())
    }

    pub fn service(&self, text: &str) -> Result<ServiceId, Refusal> {
        let index = self.services.get_or_init(|| named(&self.grid.plan.services, |service| &service.name));
        self.one(index, text, "service").map(|found| found.id.into())
    }

    /// A position by its ID, its ID and title, or the person in it.
    pub fn position(&self, text: &str) -> Result<PositionId, Refusal> {
        if let Some(new) = self.new_positions.get(&*folded(text)) {
            return Ok(*new);
        }
        let index = self.positions.get_or_init(|| self.seats());
        self.one(index, text, "position").map(|found| found.id.into()).map_err(|refusal| {
            match self.person(text) {
                Ok(_) if !index.contains_key(&*folded(text)) => "holds no position on this date".into(),
                _ => refusal,
            }
        })
    }

    fn people(&self) -> &Index {
        self.people.get_or_init(|| {
            let mut index = named(&self.grid.plan.people, |person| &person.name);
            for person in self.grid.plan.people.iter().filter(|person| !person.email.is_empty()) {
                add(&mut index, &person.email, person.id.into());
            }
            index
        })
    }

    fn seats(&self) -> Index {
        let mut index = named(&self.grid.plan.positions, |_| "");
        for position in self.grid.plan.positions.iter() {
            add(&mut index, &Position::name(position), position.id.into());
            if self.grid.is_filled(position.id) {
                add(&mut index, &self.grid.position_name(position.id), position.id.into());
            }
        }
        index
    }

    /// The only entity of that name; of several the only one that exists on the day.
    fn one(&self, index: &Index, text: &str, noun: &str) -> Result<EntityRef, Refusal> {
        let found = index.get(&*folded(text)).map_or(&[][..], Vec::as_slice);
        let there: Vec<EntityRef> =
            found.iter().copied().filter(|row| self.span(*row).contains(self.grid.day)).collect();
        match (found, there.as_slice()) {
            ([], _) => Err(Refusal {
                message: format!("doesn’t match any {noun}"),
                suggestions: self.suggestions(index, text),
            }),
            ([one], _) | (_, [one]) => Ok(*one),
            (many, _) => {
                let mut keys: Vec<&str> = many.iter().map(|row| self.grid.plan.key_of(*row)).collect();
                keys.sort_unstable();
                Err(Refusal {
                    message: match noun {
                        "person" => format!("matches {} people: enter the ID", many.len()),
                        _ => format!("matches {} {noun}s: enter the ID", many.len()),
                    },
                    suggestions: keys.into_iter().take(3).map(str::to_owned).collect(),
                })
            }
        }
    }

    fn span(&self, row: EntityRef) -> DateRange {
        let plan: &Plan = self.grid.plan;
        let span = match row.kind {
            Kind::Team => plan.teams.get(row.id.into()).map(Entity::date_range),
            Kind::Person => plan.people.get(row.id.into()).map(Entity::date_range),
            Kind::Service => plan.services.get(row.id.into()).map(Entity::date_range),
            _ => None,
        };
        span.unwrap_or(DateRange::ALWAYS)
    }

    fn suggestions(&self, index: &Index, text: &str) -> Vec<String> {
        let wanted: String = folded(text).chars().take(100).collect();
        let mut found: Vec<(f64, String)> = index
            .iter()
            .filter(|(name, _)| name.len() < 400)
            .map(|(name, rows)| (likeness(&wanted, name), rows))
            .filter(|(likeness, _)| *likeness >= ALIKE)
            .filter_map(|(likeness, rows)| Some((likeness, self.called(*rows.first()?))))
            .collect();
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        found.dedup_by(|a, b| a.1 == b.1);
        found.into_iter().map(|(_, name)| name).take(3).collect()
    }

    fn called(&self, row: EntityRef) -> String {
        match row.kind {
            Kind::Position => self.grid.plan.key_of(row).to_owned(),
            _ => self.grid.plan.name_of(row),
        }
    }
}

/// Similarity of names. One that begins like the text counts as much as one that is spelled nearly alike.
fn likeness(wanted: &str, name: &str) -> f64 {
    let is_start = wanted.chars().count() > 2 && name.split(' ').any(|word| word.starts_with(wanted));
    if is_start { 1.0 } else { strsim::jaro_winkler(wanted, name) }
}

fn named<T: EntityTable>(rows: &headroom_model::Table<T>, name: impl Fn(&T) -> &str) -> Index {
    let mut index = Index::default();
    for row in rows {
        let target = EntityRef { kind: T::KIND, id: row.id().into() };
        add(&mut index, name(row), target);
        add(&mut index, row.key().unwrap_or_default(), target);
    }
    // Aliases count only where no current name does.
    let mut former = Index::default();
    for row in rows {
        let target = EntityRef { kind: T::KIND, id: row.id().into() };
        row.aliases().iter().for_each(|alias| add(&mut former, alias, target));
    }
    for (name, rows) in former {
        index.entry(name).or_insert(rows);
    }
    index
}

fn add(index: &mut Index, name: &str, target: EntityRef) {
    if name.is_empty() {
        return;
    }
    let rows = index.entry(folded(name).into_owned()).or_default();
    if !rows.contains(&target) {
        rows.push(target);
    }
}

//! The scenarios of the sample: a team that may be split, and somebody who may be replaced early.

use chrono::{DateTime, NaiveDate, Utc};
use headroom_model::{
    Draft, EntityTable, ExpectedFigure, Kind, Membership, Owner, Person, Plan, Position, Scenario, Service,
    Team, fields, role,
    team_move::{TeamMove, move_person},
    transfer_ownership,
};
use headroom_store::{OperationMeta, Store};
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::{SampleError, Shift, shifted};

const TEXT: &str = include_str!("../organisation/scenarios.json");

#[derive(Deserialize)]
pub(crate) struct ScenarioText {
    at: DateTime<Utc>,
    author: String,
    key: String,
    name: String,
    description: String,
    hypothesis: String,
    success_criteria: String,
    #[serde(default)]
    expected: Vec<ExpectedText>,
    owner: String,
    decide_by: NaiveDate,
    steps: Vec<StepText>,
}

/// A figure without its day, and the day.
#[derive(Deserialize)]
struct ExpectedText {
    figure: String,
    by: NaiveDate,
}

#[derive(Deserialize)]
struct StepText {
    at: DateTime<Utc>,
    author: String,
    label: String,
    /// A new team.
    #[serde(default)]
    team: Map<String, Value>,
    #[serde(default)]
    moves: Vec<MoveText>,
    #[serde(default)]
    handovers: Vec<HandoverText>,
    /// A new position.
    #[serde(default)]
    position: Map<String, Value>,
}

#[derive(Deserialize)]
struct MoveText {
    person: String,
    from: String,
    to: String,
    on: NaiveDate,
    #[serde(default)]
    leads: bool,
}

#[derive(Deserialize)]
struct HandoverText {
    service: String,
    to: String,
    on: NaiveDate,
}

pub(crate) fn texts(shift: &Shift) -> Result<Vec<ScenarioText>, SampleError> {
    shifted(TEXT, shift)
}

impl ScenarioText {
    /// The operations that it takes in the file: its row, its beginning, its steps.
    pub fn operations(&self) -> usize {
        2 + self.steps.len()
    }

    /// Adds it to the file. The plan is shown again then.
    pub fn write_to(&self, store: &mut Store) -> Result<(), SampleError> {
        let plan = store.plan_itself();
        let mut draft = Draft::new(plan);
        let row = Scenario {
            id: draft.new_id::<Scenario>(),
            key: self.key.clone(),
            name: self.name.clone(),
            description: self.description.clone(),
            hypothesis: self.hypothesis.clone(),
            success_criteria: self.success_criteria.clone(),
            expected: self.expected.iter().map(ExpectedText::parsed).collect::<Result<_, _>>()?,
            owner: Some(found::<Person>(plan, &self.owner)?),
            decide_by: Some(self.decide_by),
            ..Scenario::default()
        };
        let (id, label) = (row.id, format!("Added scenario {}", row.name));
        store.add_scenario(&OperationMeta::edit(label, &self.author, self.at), row, None)?;
        store.switch(Some(id))?;
        for step in &self.steps {
            let plan = store.plan().clone();
            let mut draft = Draft::new(&plan);
            step.make(&mut draft)?;
            store.apply(&OperationMeta::edit(&step.label, &step.author, step.at), draft.finish())?;
        }
        Ok(store.switch(None)?)
    }
}

impl ExpectedText {
    fn parsed(&self) -> Result<ExpectedFigure, SampleError> {
        format!("{} by {}", self.figure, self.by).parse().map_err(SampleError::History)
    }
}

impl StepText {
    fn make(&self, draft: &mut Draft<'_>) -> Result<(), SampleError> {
        if !self.team.is_empty() {
            create(draft, Kind::Team, &self.team)?;
        }
        if !self.position.is_empty() {
            create(draft, Kind::Position, &self.position)?;
        }
        for it in &self.moves {
            let person = found::<Person>(draft.base(), &it.person)?;
            let (from, to) = (Some(team(draft, &it.from)?), team(draft, &it.to)?);
            move_person(draft, person, TeamMove { from, to, day: it.on }, Some(100));
            if it.leads {
                draft.alter::<Membership>(|row| {
                    let is_theirs = row.person == person && row.team == to;
                    is_theirs.then(|| Membership { role: "lead".to_owned(), ..row.clone() })
                });
            }
        }
        for it in &self.handovers {
            let service = found::<Service>(draft.base(), &it.service)?;
            let owner = Owner::Team(team(draft, &it.to)?);
            transfer_ownership(draft, service, Some(owner), role::OWNER, it.on);
        }
        Ok(())
    }
}

fn found<T: EntityTable>(plan: &Plan, key: &str) -> Result<T::Id, SampleError> {
    plan.find::<T>(key).ok_or_else(|| SampleError::History(format!("{key} not found")))
}

fn team(draft: &Draft<'_>, key: &str) -> Result<headroom_model::TeamId, SampleError> {
    draft.find::<Team>(key).ok_or_else(|| SampleError::History(format!("{key} not found")))
}

/// A row with these fields; what it refers to is named by keys.
fn create(draft: &mut Draft<'_>, kind: Kind, texts: &Map<String, Value>) -> Result<(), SampleError> {
    let plan = draft.base();
    let mut values = Vec::with_capacity(texts.len());
    for (name, value) in texts {
        let key = value.as_str().unwrap_or_default();
        let id: Option<u64> = match name.as_str() {
            "parent" | "team" => Some(found::<Team>(plan, key)?.into()),
            "manager" | "backfill_of" => Some(found::<Position>(plan, key)?.into()),
            _ => None,
        };
        values.push((name.clone(), id.map_or_else(|| value.clone(), Value::from)));
    }
    fields::create(draft, kind, &values)?;
    Ok(())
}

//! Groups that a source names and the plan knows as teams.

use headroom_files::records::{FieldStatement, KeyRef, Records};
use headroom_model::{Kind, Plan, folded};
use rustc_hash::FxHashMap;
use serde_json::Value;

/// Makes figures of a segment those of the team with that key, name or alias. Of a name that several teams have they
/// stay figures of a segment.
pub fn match_teams(plan: &Plan, records: &mut Records) {
    let teams = teams_by_name(plan);
    for row in records.rows.iter_mut().filter(|row| row.kind == Kind::Observation) {
        for (field, said) in &mut row.fields {
            let FieldStatement::Value(Value::String(segment)) = said else { continue };
            let team =
                if *field == "segment" { teams.get(&*folded(segment)).copied().flatten() } else { None };
            if let Some(key) = team {
                *field = "team";
                *said = FieldStatement::Reference(KeyRef { kind: Some(Kind::Team), key: key.to_owned() });
            }
        }
    }
}

/// The keys of teams by everything that they are called; none of what several are.
fn teams_by_name(plan: &Plan) -> FxHashMap<String, Option<&str>> {
    let mut teams: FxHashMap<String, Option<&str>> = FxHashMap::default();
    for team in &plan.teams {
        let names = [&team.key, &team.name].into_iter().chain(&team.aliases);
        for name in names.filter(|name| !name.is_empty()) {
            let known = teams.entry(folded(name).into_owned()).or_insert(Some(&team.key));
            if *known != Some(team.key.as_str()) {
                *known = None;
            }
        }
    }
    teams
}

//! Groups that a source names and the plan knows as teams.

use headroom_files::records::{ImportedScope, Records, alter_scopes};
use headroom_model::{Plan, folded};
use rustc_hash::FxHashMap;

/// Makes figures of a segment those of the team with that key, name or alias. Of a name that several teams have they
/// stay figures of a segment.
pub fn match_teams(plan: &Plan, records: &mut Records) {
    let teams = teams_by_name(plan);
    alter_scopes(&mut records.figures, |scope| {
        let team = teams.get(&*folded(&scope.segment)).copied().flatten()?;
        Some(ImportedScope { team: Some(team.to_owned()), segment: String::new(), ..scope.clone() })
    });
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

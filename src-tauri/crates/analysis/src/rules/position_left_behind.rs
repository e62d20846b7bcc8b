//! Positions on another team than the person in them.

use headroom_model::{
    Draft, EntityRef, PersonIx, Position, PositionIx, Snapshot, TeamIx, team_move::move_position,
};

use crate::{
    check::{RuleCheck, RuleContext},
    context::Context,
    finding::{Evidence, Finding, Remedy, Rule, Severity, Source},
};

pub static RULE: Rule = Rule {
    id: "position-left-behind",
    title: "Position left behind",
    severity: Severity::Medium,
    why: "Headcount and cost follow the position, work and on-call the person: one team pays for the other’s engineer.",
    fix: "Move the position to the team of the person, or put the person into a position there.",
    source: Source {
        text: "Position management, as in Workday: a transfer moves the worker into a position of the other organisation",
        url: "https://kinnectx.com/blog-post/position-management-vs-job-management-in-workday-a-decision-guide",
    },
    depends_on_date: false,
    thresholds: &[],
};

pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: Some(remedies) };

fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let snapshot = check.context.snapshot;
    for at in 0..snapshot.position_count() {
        let position = snapshot.position(at);
        let Some((person, teams)) = elsewhere(snapshot, at) else { continue };
        let (who, team) = (snapshot.person(person), snapshot.team(teams[0]));
        let (name, home) = (position.name(), home(snapshot, position));
        let message = format!("{name} is on {home}, but {}, who is in it, is on {}", who.name, team.name);
        let teams = teams.iter().map(|team| EntityRef::from(snapshot.team(*team).id));
        let finding = Finding::of_position(check, position, message)
            .with(Evidence::entities("Person", [who.id.into()]));
        found.push(finding.with(Evidence::entities("Their teams", teams)));
    }
}

fn home(snapshot: &Snapshot, position: &Position) -> String {
    position.team.map(|team| snapshot.plan().name_of(team.into())).unwrap_or_default()
}

/// Somebody in a position who is on other teams alone, with these; none where one of them is that of the position, inside
/// it or above it.
fn elsewhere(snapshot: &Snapshot, at: PositionIx) -> Option<(PersonIx, Vec<TeamIx>)> {
    let position = snapshot.position(at);
    let home = snapshot.team_ix(position.team?).filter(|_| !position.pooled)?;
    let people = snapshot.occupants(at).filter_map(|row| snapshot.person_ix(row.person));
    let of_people = people.map(|person| {
        let mut teams: Vec<TeamIx> =
            snapshot.memberships(person).filter_map(|row| snapshot.team_ix(row.team)).collect();
        teams.dedup();
        (person, teams)
    });
    let is_near = |team: &TeamIx| is_inside(snapshot, *team, home) || is_inside(snapshot, home, *team);
    let found: Vec<_> = of_people.collect();
    // Where one of several is at home, the position is not left behind.
    let is_off = |(_, teams): &(PersonIx, Vec<TeamIx>)| !teams.is_empty() && !teams.iter().any(is_near);
    found.iter().all(is_off).then(|| found.into_iter().next()).flatten()
}

/// Whether a team is another one, or inside it.
fn is_inside(snapshot: &Snapshot, team: TeamIx, other: TeamIx) -> bool {
    std::iter::successors(Some(team), |team| snapshot.parent_of(*team)).any(|team| team == other)
}

fn remedies(context: &Context<'_>, finding: &Finding) -> Vec<Remedy> {
    let snapshot = context.snapshot;
    let Some(at) = snapshot.position_ix(finding.subject.id.into()) else { return Vec::new() };
    let Some((_, teams)) = elsewhere(snapshot, at) else { return Vec::new() };
    let remedy = |team: &TeamIx| {
        let (team, mut draft) = (snapshot.team(*team), Draft::new(snapshot.plan()));
        move_position(&mut draft, snapshot.position(at), team.id, snapshot.day());
        Remedy::new(format!("Move position to {}", team.name), draft.finish())
    };
    teams.iter().map(remedy).collect()
}

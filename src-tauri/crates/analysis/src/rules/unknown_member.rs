//! Teams with members that no source defines.

use headroom_model::{Draft, Entity, Membership, Person, PersonId, PersonIx, TeamIx, wording::count_of};

use crate::{
    check::{RuleCheck, RuleContext},
    context::Context,
    finding::{Evidence, Finding, Remedy, Rule, Severity, Source},
};

pub static RULE: Rule = Rule {
    id: "unknown-member",
    title: "Unknown team member",
    severity: Severity::Medium,
    why: "A team lists someone whom no source defines: a typo, a former colleague, or an incomplete list of people. Until confirmed, they don’t count towards load, on-call, team size or who can support a service.",
    fix: "Confirm them if they exist, import the people, or remove them from the team.",
    source: Source {
        text: "Kubernetes OWNERS guide: “OWNERS maintenance”",
        url: "https://www.kubernetes.dev/docs/guide/owners/",
    },
    depends_on_date: false,
    thresholds: &[],
};

pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: Some(remedies) };

const PEOPLE: &str = "People";
/// The number of members named in the message.
const LISTED: usize = 6;

fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let snapshot = check.context.snapshot;
    let mut by_team: Vec<(TeamIx, PersonIx)> = Vec::new();
    for person in (0..snapshot.person_count()).filter(|at| snapshot.person(*at).unconfirmed) {
        by_team.extend(
            snapshot.memberships(person).filter_map(|row| Some((snapshot.team_ix(row.team)?, person))),
        );
    }
    by_team.sort_unstable();
    by_team.dedup();
    for of_team in by_team.chunk_by(|a, b| a.0 == b.0) {
        found.push(finding(check, of_team[0].0, of_team));
    }
}

fn finding(check: &RuleContext<'_>, team: TeamIx, people: &[(TeamIx, PersonIx)]) -> Finding {
    let snapshot = check.context.snapshot;
    let listed = people.iter().take(LISTED).map(|(_, at)| snapshot.person(*at).name.as_str());
    let names = listed.collect::<Vec<_>>().join(", ");
    let more = people.len().saturating_sub(LISTED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let message = format!(
        "{} has {}: {names}{more}",
        snapshot.team(team).name,
        count_of(people.len(), "unknown member")
    );
    let people = people.iter().map(|(_, at)| snapshot.person(*at).id.into());
    Finding::of_team(check, team, message).with(Evidence::entities(PEOPLE, people))
}

/// Remedies that confirm all of them, or remove them from the team.
fn remedies(context: &Context<'_>, finding: &Finding) -> Vec<Remedy> {
    let snapshot = context.snapshot;
    let plan = snapshot.plan();
    let meant = finding.evidence.iter().filter(|evidence| evidence.label == PEOPLE);
    let people: Vec<&Person> = meant
        .flat_map(|evidence| &evidence.entities)
        .filter_map(|person| plan.people.get(PersonId(person.id)))
        .collect();
    let who = match people.as_slice() {
        [] => return Vec::new(),
        [one] => one.name.clone(),
        many => format!("all {}", many.len()),
    };
    let mut confirmed = Draft::new(plan);
    for person in &people {
        confirmed.put(Person { unconfirmed: false, ..(*person).clone() });
    }
    let mut ended = Draft::new(plan);
    for person in people.iter().filter_map(|person| snapshot.person_ix(person.id)) {
        for row in snapshot.memberships(person).filter(|row| finding.subject == row.team.into()) {
            let until = row.date_range().ended_before(snapshot.day()).until;
            ended.put(Membership { until, ..row.clone() });
        }
    }
    vec![
        Remedy::new(format!("Confirm {who}"), confirmed.finish()),
        Remedy::new(format!("Remove {who} from the team"), ended.finish()),
    ]
}

//! Teams whose services depend on each other without a declared interaction mode.

use chrono::Months;
use headroom_model::{Draft, EntityRef, Interaction, Snapshot, TeamIx, csr::Csr, mode};

use crate::{
    across_teams::{accountable_teams, declared_interactions},
    check::{RuleCheck, RuleContext},
    context::Context,
    finding::{Evidence, Finding, Remedy, Rule, Severity, Source},
};

pub static RULE: Rule = Rule {
    id: "undeclared-interaction",
    title: "Undefined team interaction",
    severity: Severity::Low,
    why: "One team’s services depend on the other’s, but the teams haven’t agreed whether to collaborate or to provide a service. Each expects something else.",
    fix: "Agree on an interaction mode (temporary collaboration, X-as-a-Service or facilitating) and record it.",
    source: Source {
        text: "M. Skelton, M. Pais: Team Topologies: three team interaction modes",
        url: "https://teamtopologies.com/key-concepts",
    },
    depends_on_date: false,
    thresholds: &[],
};

pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: Some(remedies) };

/// The number of other teams named in the message.
const LISTED: usize = 6;

fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let snapshot = check.context.snapshot;
    let teams = accountable_teams(snapshot);
    let owned = teams.inverted(snapshot.team_count());
    let declared = declared_interactions(snapshot);
    let mut counts = vec![0; snapshot.team_count()];
    for team in 0..snapshot.team_count() {
        let mut needed: Vec<(TeamIx, usize)> = Vec::new();
        for other in needed_teams(snapshot, &teams, owned.of(team), team as u32) {
            if counts[other] == 0 {
                needed.push((other, 0));
            }
            counts[other] += 1;
        }
        needed.iter_mut().for_each(|(other, count)| *count = std::mem::take(&mut counts[*other]));
        needed.retain(|(other, _)| !declared.contains(&(team as u32, *other as u32)));
        needed.sort_unstable_by_key(|(team, count)| (std::cmp::Reverse(*count), *team));
        if !needed.is_empty() {
            found.push(finding(check, team, &needed));
        }
    }
}

/// The teams of everything that these services of a team depend on, once for each dependency. A team that owns both
/// needs no agreement.
fn needed_teams<'a>(
    snapshot: &'a Snapshot,
    teams: &'a Csr,
    owned: &'a [u32],
    team: u32,
) -> impl Iterator<Item = TeamIx> + 'a {
    let needed = owned.iter().flat_map(|service| snapshot.needs(*service as usize));
    let others = needed.map(|service| teams.of(*service as usize));
    others.filter(move |others| !others.contains(&team)).flatten().map(|other| *other as TeamIx)
}

fn finding(check: &RuleContext<'_>, needing: TeamIx, needed: &[(TeamIx, usize)]) -> Finding {
    let snapshot = check.context.snapshot;
    let name = |at: TeamIx| snapshot.team(at).name.as_str();
    let listed: Vec<String> =
        needed.iter().take(LISTED).map(|(team, count)| format!("{} ({count})", name(*team))).collect();
    let more = needed.len().saturating_sub(LISTED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let needing_name = name(needing);
    let message = match listed.as_slice() {
        [one] => format!("{needing_name} depends on {one} with no agreed interaction"),
        _ => format!(
            "{needing_name} depends on {} teams with no agreed interaction: {}{more}",
            needed.len(),
            listed.join(", "),
        ),
    };
    let others = needed.iter().map(|(team, _)| EntityRef::from(snapshot.team(*team).id));
    Finding::of_team(check, needing, message).with(Evidence::entities(OTHERS, others))
}

const OTHERS: &str = "Other teams";

/// Remedies that declare one mode with all of the teams, or with the one most depended on.
fn remedies(context: &Context<'_>, finding: &Finding) -> Vec<Remedy> {
    let snapshot = context.snapshot;
    let others = finding.evidence.iter().find(|evidence| evidence.label == OTHERS);
    let Some(others) = others.map(|evidence| evidence.entities.as_slice()).filter(|list| !list.is_empty())
    else {
        return Vec::new();
    };
    let declare = |others: &[EntityRef], mode: &str, months: Option<u32>, label: String| {
        let mut draft = Draft::new(snapshot.plan());
        for other in others {
            let id = draft.new_id::<Interaction>();
            let expected_end =
                months.and_then(|months| snapshot.day().checked_add_months(Months::new(months)));
            let (team, with) = (other.id.into(), finding.subject.id.into());
            let (mode, from) = (mode.to_owned(), Some(snapshot.day()));
            draft.put(Interaction { id, team, with, mode, expected_end, from, ..Interaction::default() });
        }
        Remedy::new(label, draft.finish())
    };
    let first = snapshot.plan().name_of(others[0]);
    let mut remedies = vec![
        declare(&others[..1], mode::AS_A_SERVICE, None, format!("{first} provides X-as-a-Service")),
        declare(
            &others[..1],
            mode::COLLABORATION,
            Some(3),
            format!("Collaborate with {first} for three months"),
        ),
    ];
    if others.len() > 1 {
        let label = format!("All {} teams provide X-as-a-Service", others.len());
        remedies.push(declare(others, mode::AS_A_SERVICE, None, label));
    }
    remedies
}

use std::collections::BTreeMap;

use chrono::Months;
use headroom_model::{Interaction, mode};

use super::*;

pub static RULE: Rule = Rule {
    id: "undeclared-interaction",
    title: "Teams that depend on each other without saying how",
    severity: Severity::Low,
    why: "One team's services need the other's, and neither has said whether they work together or one serves the other. Each expects something else.",
    fix: "Agree: collaboration for a time, x-as-a-service, or facilitating; and write it down.",
    source: Source {
        text: "M. Skelton, M. Pais: Team Topologies, three team interaction modes",
        url: "https://teamtopologies.com/key-concepts",
    },
    thresholds: &[],
    check,
    remedies: Some(remedies),
};

/// Dependencies from a team's services to another's.
type Edges = BTreeMap<(TeamIx, TeamIx), Vec<(u32, u32)>>;

fn check(check: &Check<'_>, found: &mut Vec<Finding>) {
    let snapshot = check.context.snapshot;
    let teams = check.shared.teams(snapshot);
    let mut edges = Edges::new();
    for (from, to) in snapshot.needs_graph().pairs() {
        if let (Some(a), Some(b)) = (teams[from as usize], teams[to as usize])
            && a != b
        {
            edges.entry((a.min(b), a.max(b))).or_default().push((from, to));
        }
    }
    let declared = |a: TeamIx, b: TeamIx| {
        let (a, b) = (snapshot.team(a).id, snapshot.team(b).id);
        snapshot.interactions().any(|row| row.is_between(a, b))
    };
    for ((a, b), edges) in edges {
        if !declared(a, b) {
            found.push(finding(check, (a, b), &edges));
        }
    }
}

fn finding(check: &Check<'_>, (a, b): (TeamIx, TeamIx), edges: &[(u32, u32)]) -> Finding {
    let snapshot = check.context.snapshot;
    let teams = check.shared.teams(snapshot);
    let of_a = edges.iter().filter(|(from, _)| teams[*from as usize] == Some(a)).count();
    // Named after the one that waits for more.
    let (needing, needed, count) =
        if of_a * 2 >= edges.len() { (a, b, of_a) } else { (b, a, edges.len() - of_a) };
    let message = format!(
        "{} needs {} of {}; how they work together is not written down",
        snapshot.team(needing).name,
        if count == 1 { "one service".to_owned() } else { format!("{count} services") },
        snapshot.team(needed).name
    );
    let name = |at: u32| snapshot.service(at as usize).name.as_str();
    let listed: Vec<String> =
        edges.iter().take(5).map(|(from, to)| format!("{} → {}", name(*from), name(*to))).collect();
    let more = edges.len().saturating_sub(5);
    let words = listed.join(", ") + &if more > 0 { format!(" and {more} more") } else { String::new() };
    Finding::of_team(check, needing, message)
        .about(&snapshot.team(needed).key)
        .with(Evidence::words("Dependencies", words))
        .with(Evidence::entities("Other team", [snapshot.team(needed).id.into()]))
}

fn remedies(context: &Context<'_>, finding: &Finding) -> Vec<Remedy> {
    let snapshot = context.snapshot;
    let needing = finding.subject.id.into();
    let other = finding.evidence.iter().find(|evidence| evidence.label == "Other team");
    let Some(needed) = other.and_then(|evidence| evidence.entities.first()) else { return Vec::new() };
    let declare = |mode: &str, months: Option<u32>, label: String| {
        let mut draft = Draft::new(snapshot.plan());
        let id = draft.new_id::<Interaction>();
        let expected_end = months.and_then(|months| snapshot.day().checked_add_months(Months::new(months)));
        let (team, from) = (needed.id.into(), Some(snapshot.day()));
        let mode = mode.to_owned();
        draft.put(Interaction {
            id,
            team,
            with: needing,
            mode,
            expected_end,
            from,
            ..Interaction::default()
        });
        Remedy { label, changes: draft.finish() }
    };
    let (provider, consumer) = (snapshot.plan().name_of(*needed), snapshot.plan().name_of(finding.subject));
    vec![
        declare(mode::AS_A_SERVICE, None, format!("{provider} provides it to {consumer} as a service")),
        declare(
            mode::COLLABORATION,
            Some(3),
            format!("{provider} and {consumer} collaborate for three months"),
        ),
    ]
}

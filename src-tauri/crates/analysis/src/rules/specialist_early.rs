use headroom_model::{Breadth, Position};

use super::*;

pub static RULE: Rule = Rule {
    id: "specialist-too-early",
    title: "Specialist on a small team",
    severity: Severity::Low,
    why: "In a small team everybody does what comes. A specialist waits for work of their kind, and the rest waits for hands.",
    fix: "Hire a generalist first, or plan the specialist for later.",
    source: Source {
        text: "Headroom: generalists first, then specialists; sizes of teams by W. Larson",
        url: "https://lethain.com/sizing-engineering-teams/",
    },
    thresholds: &[Threshold {
        name: "people",
        default: 4,
        meaning: "smallest team that a specialist is planned for, in people before them",
        source: "Headroom's own; W. Larson: fewer than four are no team",
    }],
    check,
    remedies: Some(remedies),
};

fn check(check: &Check<'_>, found: &mut Vec<Finding>) {
    let snapshot = check.context.snapshot;
    let least = check.threshold("people") as usize;
    let coming = seats::coming(check);
    for (one, size) in coming.iter().zip(seats::sizes(check, &coming)) {
        let (Some(team), Some(Breadth::Specialist)) = (one.seat.team, one.seat.breadth) else { continue };
        if size < least {
            let team = snapshot.plan().name_of(team.into());
            let people = if size == 1 { "one person".to_owned() } else { format!("{size} people") };
            let message =
                format!("{} is a specialist for {team}, which has {people} by then", one.seat.name());
            found.push(Finding::of_position(check, one.seat, message));
        }
    }
}

fn remedies(context: &Context<'_>, finding: &Finding) -> Vec<Remedy> {
    let Some(seat) = seats::seat(context, finding) else { return Vec::new() };
    let generalist = Position { breadth: Some(Breadth::Generalist), ..seat.clone() };
    vec![seats::remedy(context.snapshot.plan(), format!("Make {} a generalist", seat.name()), generalist)]
}

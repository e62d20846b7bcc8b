use headroom_model::{Breadth, Position};
use rustc_hash::FxHashMap;

use super::*;

pub static RULE: Rule = Rule {
    id: "generalists-in-a-row",
    title: "One generalist after another on a grown team",
    severity: Severity::Low,
    why: "A grown team has work of its own kinds. Nobody becomes good at them where every hire does everything.",
    fix: "Make one of the next hires a specialist for what comes up most.",
    source: Source {
        text: "Headroom: generalists first, then specialists; sizes of teams by W. Larson",
        url: "https://lethain.com/sizing-engineering-teams/",
    },
    thresholds: &[
        Threshold {
            name: "people",
            default: 8,
            meaning: "from how many people on a team is grown",
            source: "W. Larson: Sizing engineering teams: 6 to 8, split above",
        },
        Threshold {
            name: "row",
            default: 3,
            meaning: "the first generalist in a row that is too many",
            source: "Headroom's own",
        },
    ],
    check,
    remedies: Some(remedies),
};

fn check(check: &Check<'_>, found: &mut Vec<Finding>) {
    let snapshot = check.context.snapshot;
    let (grown, most) = (check.threshold("people") as usize, check.threshold("row").max(1) as usize);
    let coming = seats::coming(snapshot.plan(), snapshot.day());
    let mut rows: FxHashMap<TeamId, Vec<&Position>> = FxHashMap::default();
    for (one, size) in coming.iter().zip(seats::sizes(check, &coming)) {
        let Some(team) = one.seat.team else { continue };
        let row = rows.entry(team).or_default();
        if one.seat.breadth != Some(Breadth::Generalist) || size < grown {
            row.clear();
            continue;
        }
        row.push(one.seat);
        // Said once of each row.
        if row.len() == most {
            let team = snapshot.plan().name_of(team.into());
            let message = format!(
                "{} would be the {} generalist in a row on {team}, which has {size} people by then",
                one.seat.name(),
                ordinal(most)
            );
            let before = row[..most - 1].iter().map(|seat| seat.id.into());
            let finding = Finding::of_position(check, one.seat, message);
            found.push(finding.with(Evidence::entities("Before", before)));
        }
    }
}

fn ordinal(number: usize) -> String {
    match number {
        1 => "first".to_owned(),
        2 => "second".to_owned(),
        3 => "third".to_owned(),
        number => format!("{number}th"),
    }
}

fn remedies(context: &Context<'_>, finding: &Finding) -> Vec<Remedy> {
    let Some(seat) = seats::seat(context, finding) else { return Vec::new() };
    let specialist = Position { breadth: Some(Breadth::Specialist), ..seat.clone() };
    vec![seats::remedy(context.snapshot.plan(), format!("Make {} a specialist", seat.name()), specialist)]
}

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
    let (grown, most) = (check.threshold("people") as usize, check.threshold("row").max(1) as usize);
    let coming = seats::coming(check);
    let mut rows: FxHashMap<TeamId, Vec<&Position>> = FxHashMap::default();
    let sized: Vec<_> = coming.iter().zip(seats::sizes(check, &coming)).collect();
    for of_day in sized.chunk_by(|a, b| a.0.start == b.0.start) {
        let mut teams: Vec<TeamId> = of_day.iter().filter_map(|(one, _)| one.seat.team).collect();
        teams.sort_unstable();
        teams.dedup();
        for team in teams {
            let of_team = || of_day.iter().filter(|(one, _)| one.seat.team == Some(team));
            let row = rows.entry(team).or_default();
            // Of those who start on one day none comes before another: a specialist among them ends the row.
            let is_in_row =
                |seat: &Position, size| seat.breadth == Some(Breadth::Generalist) && size >= grown;
            if !of_team().all(|(one, size)| is_in_row(one.seat, *size)) {
                row.clear();
                continue;
            }
            let earlier = row.len();
            row.extend(of_team().map(|(one, _)| one.seat));
            // Said once of each row: of those with whom it becomes too long.
            if earlier < most && row.len() >= most {
                found.extend(of_team().map(|(one, size)| finding(check, one.seat, *size, most, row)));
            }
        }
    }
}

fn finding(check: &Check<'_>, seat: &Position, size: usize, most: usize, row: &[&Position]) -> Finding {
    let team = seat.team.map(|team| check.context.snapshot.plan().name_of(team.into())).unwrap_or_default();
    let message = format!(
        "{} would be the {} generalist in a row on {team}, which has {size} people by then",
        seat.name(),
        ordinal(most)
    );
    let before = row.iter().filter(|other| other.id != seat.id).map(|other| other.id.into());
    Finding::of_position(check, seat, message).with(Evidence::entities("Before", before))
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

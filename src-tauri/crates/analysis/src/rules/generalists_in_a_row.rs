//! Several generalists in a row hired for a team that is large enough for specialists.

use headroom_model::{Breadth, Position, TeamId};
use rustc_hash::FxHashMap;

use super::support::positions;
use crate::{
    check::{RuleCheck, RuleContext},
    context::Context,
    finding::{Evidence, Finding, Remedy, Rule, Severity, Source, Threshold},
};

pub static RULE: Rule = Rule {
    id: "generalists-in-a-row",
    title: "Too many generalists in a row",
    severity: Severity::Low,
    why: "A larger team has specialised work. No one masters it if every hire does a bit of everything.",
    fix: "Make one of the next hires a specialist in the team’s most common work.",
    source: Source {
        text: "Headroom: generalists first, then specialists; team sizes by W. Larson",
        url: "https://lethain.com/sizing-engineering-teams/",
    },
    depends_on_date: true,
    thresholds: &[
        Threshold {
            name: "people",
            default: 8,
            meaning: "Team size from which this applies (people)",
            source: "W. Larson: Sizing engineering teams: 6 to 8 people, split above",
        },
        Threshold {
            name: "row",
            default: 3,
            meaning: "Generalists in a row to report",
            source: "Headroom default",
        },
    ],
};

pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: Some(remedies) };

fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let (grown, most) = (check.threshold("people") as usize, check.threshold("row").max(1) as usize);
    let coming = positions::coming_hires(check);
    let mut rows: FxHashMap<TeamId, Vec<&Position>> = FxHashMap::default();
    let sized: Vec<_> = coming.iter().zip(positions::sizes(check, &coming)).collect();
    for of_day in sized.chunk_by(|a, b| a.0.start == b.0.start) {
        let mut teams: Vec<TeamId> = of_day.iter().filter_map(|(one, _)| one.position.team).collect();
        teams.sort_unstable_by_key(|team| check.context.snapshot.plan().place_of(*team));
        teams.dedup();
        for team in teams {
            let of_team = || of_day.iter().filter(|(one, _)| one.position.team == Some(team));
            let row = rows.entry(team).or_default();
            // Hires on the same day have no order: one specialist among them ends the row.
            let is_in_row =
                |position: &Position, size| position.breadth == Some(Breadth::Generalist) && size >= grown;
            if !of_team().all(|(one, size)| is_in_row(one.position, *size)) {
                row.clear();
                continue;
            }
            let earlier = row.len();
            row.extend(of_team().map(|(one, _)| one.position));
            // Reported once per row: for the hires with whom it becomes too long.
            if earlier < most && row.len() >= most {
                found.extend(of_team().map(|(one, size)| finding(check, one.position, *size, most, row)));
            }
        }
    }
}

fn finding(
    check: &RuleContext<'_>,
    position: &Position,
    size: usize,
    most: usize,
    row: &[&Position],
) -> Finding {
    let team =
        position.team.map(|team| check.context.snapshot.plan().name_of(team.into())).unwrap_or_default();
    let message = format!(
        "{} would be the {} generalist in a row on {team} ({size} people by then)",
        position.name(),
        ordinal(most)
    );
    let before = row.iter().filter(|other| other.id != position.id).map(|other| other.id.into());
    Finding::of_position(check, position, message).with(Evidence::entities("Earlier hires", before))
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
    let Some(position) = positions::position_of(context, finding) else { return Vec::new() };
    let specialist = Position { breadth: Some(Breadth::Specialist), ..position.clone() };
    vec![positions::remedy(context.snapshot.plan(), "Make it a specialist".to_owned(), specialist)]
}

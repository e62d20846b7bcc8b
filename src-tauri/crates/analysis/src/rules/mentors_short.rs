use super::*;
use crate::{
    assumptions::Assumptions,
    capacity::{Capacity, Head, Learning, Month, Months, heads},
};

pub static RULE: Rule = Rule {
    id: "mentors-short",
    title: "Team with more new people than mentors",
    severity: Severity::Medium,
    why: "Whoever is new learns from somebody. Without one who has time, it takes twice as long, and the work stands still.",
    fix: "Move some of the starts to later, start some on another team, or lend a colleague who knows the work.",
    source: Source {
        text: "W. Larson: Productivity in the age of hypergrowth, a quarter of a colleague for each who is new",
        url: "https://lethain.com/productivity-in-the-age-of-hypergrowth/",
    },
    thresholds: &[
        Threshold {
            name: "months",
            default: 12,
            meaning: "how far ahead is looked, in months",
            source: "Headroom's own: a year, as for those who leave",
        },
        Threshold {
            name: "percent",
            default: 30,
            meaning: "most that helping may take of what those give who are not new, in percent",
            source: "Headroom's own: above Larson's quarter for one new colleague each",
        },
    ],
    check,
    remedies: None,
};

fn check(check: &Check<'_>, found: &mut Vec<Finding>) {
    let snapshot = check.context.snapshot;
    let (plan, day) = (snapshot.plan(), snapshot.day());
    let assumptions = Assumptions::new(plan);
    let months = Months::new(day, check.threshold("months") as usize);
    let all = heads(plan, &assumptions);
    let learning = learning_in(plan, &assumptions, &all, &months);
    // Where nobody is new, there is nothing to reckon.
    let of_interest: Vec<Head> =
        all.iter().filter(|head| head.team.is_some_and(|team| learning.contains(&team))).copied().collect();
    if of_interest.is_empty() {
        return;
    }
    let capacity = Capacity::of_learning(plan, &assumptions, &of_interest, months, day);
    let limit = f64::from(check.threshold("percent")) / 100.0;
    for at in 0..snapshot.team_count() {
        let team = snapshot.team(at).id;
        let rows = capacity.of(Some(team)).unwrap_or(&[]);
        let is_short =
            |month: &Month| month.lacks_mentors() || month.drag().is_some_and(|drag| drag > limit + 1e-9);
        if let Some(nth) = rows.iter().position(is_short) {
            found.push(finding(check, &assumptions, at, &capacity.months, &of_interest, (nth, &rows[nth])));
        }
    }
}

/// Teams with somebody who learns in these months.
fn learning_in(
    plan: &headroom_model::Plan,
    assumptions: &Assumptions<'_>,
    heads: &[Head],
    months: &Months,
) -> rustc_hash::FxHashSet<TeamId> {
    let mut found = rustc_hash::FxHashSet::default();
    let first = months.first_day(0);
    for head in heads {
        let (Some(team), Some(since)) = (head.team, head.since) else { continue };
        let is_over =
            months.place(since) >= months.len() as f64 || head.until.is_some_and(|last| last < first);
        if found.contains(&team) || is_over || months.place(since) < -LONGEST {
            continue;
        }
        let learning = Learning::of(plan, assumptions, head);
        if learning.is_learning(-months.place(since)) || months.place(since) >= 0.0 {
            found.insert(team);
        }
    }
    found
}

/// Months after which nobody is called new any more, whatever a curve says.
const LONGEST: f64 = 36.0;

fn finding(
    check: &Check<'_>,
    assumptions: &Assumptions<'_>,
    at: TeamIx,
    months: &Months,
    heads: &[Head],
    (nth, month): (usize, &Month),
) -> Finding {
    let snapshot = check.context.snapshot;
    let (team, last) = (snapshot.team(at), months.last_day(nth));
    let when = if nth == 0 { String::new() } else { format!("In {} ", last.format("%B %Y")) };
    let message = match (month.lacks_mentors(), month.room) {
        (true, room) if room < 1.0 => {
            format!("{when}{} new on {} and nobody can take them along", are(month.learning), team.name)
        }
        (true, room) => format!(
            "{when}{} new on {}, which can take along {room:.0} at a time",
            are(month.learning),
            team.name
        ),
        (false, _) => format!(
            "{when}helping new people takes {:.0} % of what the others on {} give",
            month.drag().unwrap_or(0.0) * 100.0,
            team.name
        ),
    };
    let message = capitalised(&message);
    let there = heads.iter().filter(|head| head.team == Some(team.id) && head.span().contains(last));
    let is_new = |head: &&Head| {
        let learning = Learning::of(snapshot.plan(), assumptions, head);
        head.since.is_some_and(|since| learning.is_learning(months.end(last) - months.place(since) - 1e-9))
    };
    let (new, others): (Vec<&Head>, Vec<&Head>) = there.partition(is_new);
    let entity = |head: &&Head| match (head.person, head.position) {
        (Some(person), _) => Some(EntityRef::from(person)),
        (None, position) => position.map(EntityRef::from),
    };
    let in_order = |heads: &[&Head]| {
        let mut entities: Vec<EntityRef> = heads.iter().filter_map(entity).collect();
        entities.sort_by_key(|entity| snapshot.plan().place_of(*entity));
        entities
    };
    let mut finding = Finding::of_team(check, at, message)
        .with(Evidence::entities("New", in_order(&new)))
        .with(Evidence::entities("Can help", in_order(&others)));
    finding.day = (nth > 0).then_some(last);
    finding
}

fn are(count: u32) -> String {
    if count == 1 { "one person is".to_owned() } else { format!("{count} people are") }
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

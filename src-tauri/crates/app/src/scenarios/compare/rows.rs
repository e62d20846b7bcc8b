//! The figures of a comparison: one line each, in sections; and those that are drawn by month.

use headroom_analysis::{
    RULES, Severity, expected_figures,
    plan_figures::{MonthFigures, PlanFigures},
};
use headroom_model::{Bound, EntityRef, ExpectedFigure, Money, PlanFigure, wording};

use super::{Better, FigureRow, FigureSection, FigureSeries, FigureUnit, FigureValue, figures::Compared};
use crate::{entities::entity::NamedEntity, hidden_pay::ShownAmount};

/// Lists more people or services than this by their number alone.
const NAMED: usize = 200;

/// A figure, not yet compared.
enum Figure {
    Number(Option<f64>),
    Amount(Option<ShownAmount>),
    /// As many as there are.
    Entities(Vec<EntityRef>),
}

impl Figure {
    fn number(&self) -> Option<f64> {
        match self {
            Figure::Number(number) => *number,
            Figure::Amount(amount) => amount.as_ref().map(|amount| amount.value),
            Figure::Entities(entities) => Some(entities.len() as f64),
        }
    }
}

/// What a figure is: its ID, title, unit, what of it is good, and the address of what makes it.
type Kind = (&'static str, &'static str, FigureUnit, Better, &'static str);

fn row<'a>(
    (id, title, unit, better, address): Kind,
    compared: &'a [Compared],
    of: impl Fn(&'a Compared) -> Figure,
) -> FigureRow {
    let figures: Vec<Figure> = compared.iter().map(of).collect();
    let first = figures.first();
    let values = figures.iter().zip(compared).map(|(figure, of)| value(figure, first, of)).collect();
    let (id, title, address) = (id.to_owned(), title.to_owned(), address.to_owned());
    FigureRow { id, title, unit, better, address, values }
}

fn value(figure: &Figure, first: Option<&Figure>, compared: &Compared) -> FigureValue {
    let plan = compared.view.snapshot.plan();
    let number = figure.number();
    let entities = match figure {
        Figure::Entities(entities) => entities.iter().take(NAMED).copied().collect(),
        _ => Vec::new(),
    };
    let mut value = FigureValue {
        value: number,
        difference: number.zip(first.and_then(Figure::number)).map(|(is, was)| is - was),
        entities: entities.into_iter().map(|entity| NamedEntity::new(plan, entity)).collect(),
        ..FigureValue::default()
    };
    if let Figure::Amount(amount) = figure {
        value.amount = amount.clone();
        let first = match first {
            Some(Figure::Amount(first)) => first.as_ref(),
            _ => None,
        };
        // The difference of what is shown, also where that is rounded: it tells no more than the two together.
        value.difference_amount = amount.as_ref().zip(first).and_then(|(is, was)| difference(is, was));
        value.difference = value.difference_amount.as_ref().map(|amount| amount.value);
    }
    value
}

fn difference(is: &ShownAmount, was: &ShownAmount) -> Option<ShownAmount> {
    let (is, was) = (is.text.parse::<Money>().ok()?, was.text.parse::<Money>().ok()?);
    let minor = is.minor.saturating_sub(was.minor);
    (is.currency == was.currency).then(|| Money::new(minor, is.currency).into())
}

/// The figures in sections, in the order in which they are read: first those by which it is decided.
pub(super) fn sections(compared: &[Compared], expected: &[ExpectedFigure]) -> Vec<FigureSection> {
    let section = |id: &str, title: &str, rows: Vec<FigureRow>| FigureSection {
        id: id.to_owned(),
        title: title.to_owned(),
        rows,
    };
    let mut sections = vec![
        section("expected", "Expected", expected_rows(compared, expected)),
        section("people", "People and positions", people(compared)),
        section("cost", "Cost in the period", cost(compared)),
        section("capacity", "Capacity in the period", capacity(compared)),
        section("findings", "Findings", findings(compared)),
        section("coverage", "Gaps and on-call", coverage(compared)),
        section("coupling", "Dependencies across teams", coupling(compared)),
        section("structure", "Teams and reporting lines", structure(compared)),
        section("moves", "Against the first", moved(compared)),
    ];
    sections.retain(|section| !section.rows.is_empty());
    sections
}

/// A figure on its day, with whether it keeps its bound.
fn expected_rows(compared: &[Compared], expected: &[ExpectedFigure]) -> Vec<FigureRow> {
    let of = |(at, expected): (usize, &ExpectedFigure)| {
        let (unit, address) = match expected.figure {
            PlanFigure::Headcount => (FigureUnit::Count, "people"),
            PlanFigure::Fte => (FigureUnit::Fte, "hiring?part=capacity"),
            PlanFigure::AnnualCost => (FigureUnit::Money, "hiring?part=money"),
            PlanFigure::Capacity => (FigureUnit::Fte, "hiring?part=capacity"),
            PlanFigure::Findings => (FigureUnit::Count, "findings"),
            PlanFigure::Gaps => (FigureUnit::Count, "forecast"),
        };
        let better = match expected.bound {
            Bound::AtMost => Better::Less,
            Bound::AtLeast => Better::More,
        };
        let mut row = row(("", "", unit, better, ""), compared, |compared| {
            let standing = &compared.expected[at];
            match &standing.amount {
                Some(amount) => Figure::Amount(Some(amount.clone())),
                None => Figure::Number(standing.number),
            }
        });
        for (value, compared) in row.values.iter_mut().zip(compared) {
            value.is_kept = compared.expected[at].is_kept;
        }
        // A team that a scenario makes has its name there alone.
        let is_known = |compared: &&Compared| compared.expected[at].unknown.is_empty();
        let named = compared.iter().find(is_known).or(compared.first());
        let subject = named.map(|it| expected_figures::subject(it.view.snapshot.plan(), expected, RULES));
        let subject = subject.unwrap_or_default();
        row.id = format!("expected-{at}");
        row.title = format!("{subject} on {}, {}", wording::date(expected.by), expected.bound_words());
        let rule = (!expected.rule.is_empty()).then(|| format!("where.rule=={}", expected.rule));
        let query = [Some(format!("day={}", expected.by)), rule].into_iter().flatten();
        let sign = if address.contains('?') { '&' } else { '?' };
        row.address = format!("{address}{sign}{}", query.collect::<Vec<_>>().join("&"));
        row
    };
    expected.iter().enumerate().map(of).collect()
}

fn counted(count: usize) -> Figure {
    Figure::Number(Some(count as f64))
}

fn people(compared: &[Compared]) -> Vec<FigureRow> {
    use Better::Neither;
    use FigureUnit::{Count, Fte};
    let number = |kind: Kind, of: fn(&PlanFigures) -> f64| {
        row(kind, compared, |compared| Figure::Number(Some(of(&compared.figures))))
    };
    vec![
        number(("people", "People, with planned hires", Count, Neither, "people"), |it| {
            it.day.headcount.people
        }),
        number(("planned-hires", "Planned hires among them", Count, Neither, "hiring?part=timeline"), |it| {
            it.day.headcount.planned
        }),
        number(("fte", "Full-time equivalents", Fte, Neither, "hiring?part=capacity"), |it| {
            it.day.headcount.fte
        }),
        number(("positions-filled", "Positions filled", Count, Neither, "hiring"), |it| {
            it.day.headcount.filled as f64
        }),
        number(("positions-open", "Positions to fill", Count, Neither, "hiring"), |it| {
            it.day.headcount.open as f64
        }),
    ]
}

fn cost(compared: &[Compared]) -> Vec<FigureRow> {
    use Better::{Less, More, Neither};
    const ADDRESS: &str = "hiring?part=money";
    if !compared.iter().any(|compared| compared.costs.is_any) {
        return Vec::new();
    }
    let amount = |kind: Kind, of: fn(&Compared) -> &Option<ShownAmount>| {
        row(kind, compared, |compared| Figure::Amount(of(compared).clone()))
    };
    let money = FigureUnit::Money;
    let mut rows = vec![amount(("cost", "Cost", money, Less, ADDRESS), |it| &it.costs.whole.cost)];
    // The years are the same in all.
    let years = compared.first().map_or(0, |first| first.costs.years.len());
    for at in (0..years).filter(|_| years > 1) {
        let title = compared.first().map_or("", |first| first.costs.years[at].0.title.as_str());
        let cost = |compared: &Compared| {
            Figure::Amount(compared.costs.years.get(at).and_then(|(_, cell)| cell.cost.clone()))
        };
        let mut of_year = row(("", "", money, Less, ADDRESS), compared, cost);
        (of_year.id, of_year.title) = (format!("cost-{title}"), format!("Cost in {title}"));
        rows.push(of_year);
    }
    rows.push(amount(("budget", "Budget", money, Neither, ADDRESS), |it| &it.costs.whole.budget));
    rows.push(amount(("budget-left", "Budget left", money, More, ADDRESS), |it| &it.costs.whole.left));
    // Without any budget there is nothing to compare with.
    rows.retain(|row| !row.id.starts_with("budget") || row.values.iter().any(|value| value.value.is_some()));
    rows
}

fn capacity(compared: &[Compared]) -> Vec<FigureRow> {
    use Better::{More, Neither};
    use FigureUnit::{Count, Fte};
    const ADDRESS: &str = "hiring?part=capacity";
    let last = |figures: &PlanFigures| figures.months.last().copied().unwrap_or_default();
    let number = |kind: Kind, of: &dyn Fn(&PlanFigures) -> f64| {
        row(kind, compared, |compared| Figure::Number(Some(of(&compared.figures))))
    };
    vec![
        number(("capacity", "Capacity in person-months", Fte, More, ADDRESS), &|it| {
            it.months.iter().map(|month| month.capacity).sum()
        }),
        number(("capacity-at-end", "Capacity in the last month", Fte, More, ADDRESS), &|it| {
            last(it).capacity
        }),
        number(("people-at-end", "People at the end", Count, Neither, "people"), &|it| last(it).people),
        number(("fte-at-end", "Full-time equivalents in the last month", Fte, Neither, ADDRESS), &|it| {
            last(it).fte
        }),
    ]
}

fn findings(compared: &[Compared]) -> Vec<FigureRow> {
    let kind = |severity: Severity| -> Kind {
        let (id, title, address) = match severity {
            Severity::Critical => ("findings-critical", "Critical", "findings?where.severity==critical"),
            Severity::High => ("findings-high", "High", "findings?where.severity==high"),
            Severity::Medium => ("findings-medium", "Medium", "findings?where.severity==medium"),
            Severity::Low => ("findings-low", "Low", "findings?where.severity==low"),
        };
        (id, title, FigureUnit::Count, Better::Less, address)
    };
    let total = ("findings", "Findings", FigureUnit::Count, Better::Less, "findings");
    let sum = |compared: &Compared| counted(compared.figures.day.findings.iter().sum());
    let mut rows = vec![row(total, compared, sum)];
    for (at, severity) in Severity::ALL.into_iter().enumerate().rev() {
        rows.push(row(kind(severity), compared, |compared| counted(compared.figures.day.findings[at])));
    }
    rows
}

fn coverage(compared: &[Compared]) -> Vec<FigureRow> {
    use Better::{Less, More, Neither};
    use FigureUnit::{Count, Days};
    let last = |figures: &PlanFigures| figures.months.last().copied().unwrap_or_default();
    let number = |kind: Kind, of: &dyn Fn(&PlanFigures) -> u32| {
        row(kind, compared, |compared| Figure::Number(Some(f64::from(of(&compared.figures)))))
    };
    const TEAMS: &str = "hiring?part=capacity";
    vec![
        number(("gaps", "Gaps open", Count, Less, "forecast"), &|it| it.day.gaps),
        number(("gaps-at-end", "Gaps open at the end", Count, Less, "forecast"), &|it| last(it).gaps),
        number(("uncovered-days", "Uncovered days in the period", Days, Less, "hiring?part=gaps"), &|it| {
            it.uncovered_days
        }),
        number(("on-call-teams", "Teams that need an on-call rota", Count, Neither, TEAMS), &|it| {
            it.day.on_call.teams
        }),
        number(("on-call-staffed", "Those that can staff it", Count, More, TEAMS), &|it| {
            it.day.on_call.staffed
        }),
        number(("on-call-staffed-at-end", "Those that can at the end", Count, More, TEAMS), &|it| {
            last(it).on_call.staffed
        }),
    ]
}

fn coupling(compared: &[Compared]) -> Vec<FigureRow> {
    use Better::{Less, More};
    use FigureUnit::{Count, Share};
    let number = |kind: Kind, of: &dyn Fn(&PlanFigures) -> Option<f64>| {
        row(kind, compared, |compared| Figure::Number(of(&compared.figures)))
    };
    vec![
        number(
            ("dependencies-across-teams", "Dependencies between owners", Count, Less, "map?picture=matrix"),
            &|it| Some(it.day.coupling.dependencies as f64),
        ),
        number(("cycles", "Dependency cycles", Count, Less, "map"), &|it| {
            Some(it.day.coupling.cycles as f64)
        }),
        number(
            (
                "cycles-across-teams",
                "Cycles across owners",
                Count,
                Less,
                "findings?where.rule==cycle-across-teams",
            ),
            &|it| Some(it.day.coupling.cycles_across as f64),
        ),
        number(
            ("congruence", "Dependencies with a declared interaction", Share, More, "organisation"),
            &|it| it.day.coupling.congruence(),
        ),
    ]
}

fn structure(compared: &[Compared]) -> Vec<FigureRow> {
    use Better::Neither;
    use FigureUnit::{Average, Count};
    let number = |id, title, unit, of: fn(&PlanFigures) -> f64| {
        row((id, title, unit, Neither, "organisation"), compared, |compared| {
            Figure::Number(Some(of(&compared.figures)))
        })
    };
    vec![
        number("teams", "Teams with members", Count, |it| it.day.structure.teams as f64),
        number("team-size", "Median team size", Average, |it| it.day.structure.median_size),
        number("largest-team", "Largest team", Count, |it| it.day.structure.largest as f64),
        number("span", "Average span of control", Average, |it| it.day.structure.average_span),
        number("widest-span", "Widest span of control", Count, |it| f64::from(it.day.structure.widest_span)),
        number("layers", "Layers", Count, |it| it.day.structure.layers as f64),
    ]
}

fn moved(compared: &[Compared]) -> Vec<FigureRow> {
    use FigureUnit::Count;
    if compared.len() < 2 {
        return Vec::new();
    }
    let named = |id, title, address, of: fn(&Compared) -> Vec<EntityRef>| {
        row((id, title, Count, Better::Neither, address), compared, |compared| Figure::Entities(of(compared)))
    };
    vec![
        named("people-who-change-team", "People who change team", "people", |it| {
            it.moves.teams.iter().copied().map(Into::into).collect()
        }),
        named("people-who-change-manager", "People who change manager", "people", |it| {
            it.moves.managers.iter().copied().map(Into::into).collect()
        }),
        named("services-that-change-owner", "Services that change owner", "ownership", |it| {
            it.moves.owners.iter().copied().map(Into::into).collect()
        }),
    ]
}

/// The figures by month.
pub(super) fn series(compared: &[Compared]) -> Vec<FigureSeries> {
    let of_months = |id: &str, title: &str, unit, of: fn(&MonthFigures) -> f64| FigureSeries {
        id: id.to_owned(),
        title: title.to_owned(),
        unit,
        values: compared
            .iter()
            .map(|it| it.figures.months.iter().map(|month| Some(of(month))).collect())
            .collect(),
    };
    let of_money = |id: &str, title: &str, of: fn(&Compared) -> Vec<Option<f64>>| FigureSeries {
        id: id.to_owned(),
        title: title.to_owned(),
        unit: FigureUnit::Money,
        values: compared.iter().map(of).collect(),
    };
    let mut series = vec![
        of_months("people", "People, with planned hires", FigureUnit::Count, |month| month.people),
        of_months("fte", "Full-time equivalents", FigureUnit::Fte, |month| month.fte),
        of_months("capacity", "Capacity", FigureUnit::Fte, |month| month.capacity),
        of_money("cost", "Cost", |it| {
            it.costs.months.iter().map(|cell| cell.cost.as_ref().map(|cost| cost.value)).collect()
        }),
        of_money("budget-left", "Budget left", |it| {
            it.costs.months.iter().map(|cell| cell.left.as_ref().map(|left| left.value)).collect()
        }),
        of_months("on-call-staffed", "Teams that can staff on-call", FigureUnit::Count, |month| {
            f64::from(month.on_call.staffed)
        }),
        of_months("gaps", "Gaps open at the end of the month", FigureUnit::Count, |month| {
            f64::from(month.gaps)
        }),
    ];
    series.retain(|series| series.values.iter().flatten().any(Option::is_some));
    series
}

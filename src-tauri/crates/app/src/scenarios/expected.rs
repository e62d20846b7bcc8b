//! What is expected of a scenario in figures, and how they stand on their days: in the scenario, and in the plan.

use chrono::NaiveDate;
use headroom_analysis::{
    DayView, Finding, RULES,
    expected_figures::{self, FigureOutcome, FigureReading},
};
use headroom_model::{
    Bound, BoundValue, ExpectedFigure, FigureScope, Money, Plan, PlanFigure, Scenario, ScenarioId, Service,
    Team, currency_of,
};
use serde::{Deserialize, Serialize};

use super::list::not_found;
use crate::{
    at::At,
    entities::{entity::EntityKind, id::Id},
    error::{Answer, AppError, ErrorKind},
    frame::status::EntityChoice,
    hidden_pay::ShownAmount,
    state::{AppState, today},
};

/// An expected figure, and how it stands.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ExpectedFigureRow {
    /// As it is written in files and on the command line, by which it is known.
    pub text: String,
    /// `Gaps of Customs`.
    pub subject: String,
    /// `at most 0`.
    pub bound: String,
    pub by: NaiveDate,
    /// The day has come: the figure is what it is.
    pub is_due: bool,
    /// On its day in the scenario; none once it is merged or dropped.
    pub in_scenario: Option<FigureStanding>,
    /// On its day in the plan.
    pub in_plan: FigureStanding,
}

/// A figure on its day.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct FigureStanding {
    /// None of a cost, where it is unknown, and while salaries are hidden.
    pub number: Option<f64>,
    pub amount: Option<ShownAmount>,
    /// Whether it keeps its bound. None where that is unknown.
    pub is_kept: Option<bool>,
    /// Why it is unknown; empty if it is known.
    pub unknown: String,
}

/// A figure to expect, from a form.
#[derive(Debug, Clone, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ExpectedFigureEdit {
    /// One of those of [`expected_figure_choices`].
    pub figure: String,
    /// The ID of a rule whose findings are counted; empty: of all.
    pub rule: String,
    /// A team or a service; none: the organisation.
    pub scope: Option<EntityChoice>,
    pub is_at_least: bool,
    /// `0`, `2.5`; of a cost an amount, by default in the plan's currency.
    pub value: String,
    pub by: NaiveDate,
}

/// What can be expected.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ExpectedFigureChoices {
    pub figures: Vec<PlanFigureChoice>,
    pub rules: Vec<RuleChoice>,
    /// That of a cost.
    pub currency: String,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct PlanFigureChoice {
    pub word: String,
    pub title: String,
    /// Whether it can be that of one service.
    pub is_of_services: bool,
    pub is_money: bool,
    /// Whether less of it is what one mostly hopes for.
    pub is_better_low: bool,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct RuleChoice {
    pub id: String,
    pub title: String,
}

/// The figures that can be expected, and the rules.
#[specta::specta]
pub fn expected_figure_choices(app: &AppState) -> Answer<ExpectedFigureChoices> {
    let figure = |figure: PlanFigure| PlanFigureChoice {
        word: figure.word().to_owned(),
        title: figure.title().to_owned(),
        is_of_services: figure.is_of_services(),
        is_money: figure == PlanFigure::AnnualCost,
        is_better_low: matches!(figure, PlanFigure::AnnualCost | PlanFigure::Findings | PlanFigure::Gaps),
    };
    let rule =
        |rule: &&headroom_analysis::Rule| RuleChoice { id: rule.id.to_owned(), title: rule.title.to_owned() };
    let is_counted = |rule: &&&headroom_analysis::Rule| rule.id != expected_figures::MISSED;
    Ok(ExpectedFigureChoices {
        figures: PlanFigure::ALL.into_iter().map(figure).collect(),
        rules: RULES.iter().filter(is_counted).map(rule).collect(),
        currency: currency_of(&*app.plan()?).to_string(),
    })
}

/// What is expected of a scenario, by day, and how it stands.
#[specta::specta]
pub fn expected_figures(app: &AppState, id: Id) -> Answer<Vec<ExpectedFigureRow>> {
    let scenario = ScenarioId(id.0);
    let (plan, inside) = (app.in_plan(), app.in_scenario(scenario));
    let row = plan.plan()?.get::<Scenario>(scenario).cloned().ok_or_else(not_found)?;
    let mut expected: Vec<&ExpectedFigure> = row.expected.iter().collect();
    expected.sort_by_key(|expected| (expected.by, expected.to_string()));
    expected
        .into_iter()
        .map(|expected| {
            // What the scenario does not have any more is named as the plan does.
            let names = if row.is_open() { inside.plan()? } else { plan.plan()? };
            Ok(ExpectedFigureRow {
                text: expected.to_string(),
                subject: expected_figures::subject(&names, expected, RULES),
                bound: expected.bound_words(),
                by: expected.by,
                is_due: expected.by < today(),
                in_scenario: row.is_open().then(|| standing(&inside, expected)).transpose()?,
                in_plan: standing(&plan, expected)?,
            })
        })
        .collect()
}

/// The figure on its day, from where the plan is looked at.
pub(crate) fn standing(app: &AppState, expected: &ExpectedFigure) -> Answer<FigureStanding> {
    let view = app.day(At::default().on(expected.by))?;
    Ok(shown(app, outcome(&view, expected)))
}

fn outcome(view: &DayView, expected: &ExpectedFigure) -> FigureOutcome {
    let count = |is_counted: &dyn Fn(&Finding) -> bool| {
        view.open_findings().filter(|finding| is_counted(finding)).count()
    };
    expected_figures::outcome(&view.snapshot, view.context().asked_on, expected, RULES, &count)
}

/// A cost is hidden with salaries, and so is whether it keeps its bound: bounds could be tried one after the other.
fn shown(app: &AppState, outcome: FigureOutcome) -> FigureStanding {
    let mut shown =
        FigureStanding { number: None, amount: None, is_kept: outcome.is_kept, unknown: String::new() };
    match outcome.reading {
        Ok(FigureReading::Number(number)) => shown.number = Some(number),
        Ok(FigureReading::Amount(_)) if !app.pay.is_shown() => {
            shown.is_kept = None;
            shown.unknown = "salaries are hidden".to_owned();
        }
        Ok(FigureReading::Amount(amount)) => shown.amount = Some(amount.into()),
        Err(reason) => shown.unknown = reason,
    }
    shown
}

/// Expects a figure of a scenario.
///
/// # Errors
/// [`ErrorKind::Invalid`] if the parts do not go together, or it is expected already.
#[specta::specta]
pub fn add_expected_figure(app: &AppState, id: Id, edit: ExpectedFigureEdit) -> Answer<()> {
    let expected = parsed(&*app.plan()?, edit)?;
    change(app, id, "Expected a figure of", |figures| {
        if figures.contains(&expected) {
            return Err(AppError::new(ErrorKind::Invalid, "the scenario expects this already"));
        }
        figures.push(expected);
        Ok(())
    })
}

/// Expects a figure no more; `text` is as [`ExpectedFigureRow::text`].
#[specta::specta]
pub fn remove_expected_figure(app: &AppState, id: Id, text: String) -> Answer<()> {
    change(app, id, "Removed an expected figure of", |figures| {
        figures.retain(|expected| expected.to_string() != text);
        Ok(())
    })
}

fn change(
    app: &AppState,
    id: Id,
    verb: &str,
    change: impl FnOnce(&mut Vec<ExpectedFigure>) -> Answer<()>,
) -> Answer<()> {
    let scenario = ScenarioId(id.0);
    app.in_plan().edit(
        |plan| format!("{verb} scenario {}", plan.name_of(scenario.into())),
        |draft| {
            let mut row = draft.get::<Scenario>(scenario).cloned().ok_or_else(not_found)?;
            change(&mut row.expected)?;
            draft.put(row);
            Ok(())
        },
    )
}

fn parsed(plan: &Plan, edit: ExpectedFigureEdit) -> Answer<ExpectedFigure> {
    let invalid = |message: String| AppError::new(ErrorKind::Invalid, message);
    let scope = match edit.scope {
        None => FigureScope::Organisation,
        Some(EntityChoice { kind: EntityKind::Team, id }) => {
            let team = plan.get::<Team>(id.into()).ok_or_else(|| AppError::not_found("the team"))?;
            FigureScope::Team(team.key.clone())
        }
        Some(EntityChoice { kind: EntityKind::Service, id }) => {
            let service = plan.get::<Service>(id.into()).ok_or_else(|| AppError::not_found("the service"))?;
            FigureScope::Service(service.key.clone())
        }
        Some(_) => return Err(invalid("a figure is one of a team or a service".to_owned())),
    };
    let figure = PlanFigure::from_word(&edit.figure)
        .ok_or_else(|| invalid(format!("there is no figure “{}”", edit.figure)))?;
    let expected = ExpectedFigure {
        figure,
        rule: edit.rule,
        scope,
        bound: if edit.is_at_least { Bound::AtLeast } else { Bound::AtMost },
        value: value(plan, figure, &edit.value).ok_or_else(|| {
            invalid(match figure {
                PlanFigure::AnnualCost => format!("must be an amount such as 200000, not “{}”", edit.value),
                _ => format!("must be a number such as 0 or 2.5, not “{}”", edit.value),
            })
        })?,
        by: edit.by,
    };
    expected.check().map_err(|fault| invalid(fault.to_owned()))?;
    Ok(expected)
}

fn value(plan: &Plan, figure: PlanFigure, text: &str) -> Option<BoundValue> {
    let text = text.trim();
    if figure != PlanFigure::AnnualCost {
        return text.parse().ok().map(BoundValue::Number);
    }
    let amount: Option<Money> = text.parse().ok();
    amount.or_else(|| format!("{text} {}", currency_of(plan)).parse().ok()).map(BoundValue::Amount)
}

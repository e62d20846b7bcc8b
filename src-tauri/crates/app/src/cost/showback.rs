//! What a team costs, as a page to show to it.

use chrono::{Months, NaiveDate};
use headroom_analysis::{
    chargeback::{PeopleCost, chargeback},
    cloud_cost::{CloudCosts, CostBasis, OwnedLine},
    metrics::ExactValue,
};
use headroom_model::{CostLine, Owner, ServiceId, Team, TeamId};
use rustc_hash::FxHashSet;
use serde::Serialize;
use specta_typescript::Number;

use super::{CostMonth, chosen, month_name, percent, shown};
use crate::{
    at::At,
    entities::{entity::NamedEntity, id::Id},
    error::{Answer, AppError},
    hidden_pay::ShownAmount,
    state::AppState,
};

/// Months that are shown before the chosen one.
const MONTHS: u32 = 11;

#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ShowbackLine {
    pub title: String,
    pub service: Option<NamedEntity>,
    pub amount: ShownAmount,
    #[specta(type = Number)]
    pub share: f64,
}

#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ShowbackMonth {
    pub first: NaiveDate,
    pub name: String,
    /// None: there is no bill.
    pub amount: Option<ShownAmount>,
}

/// What a team costs in a month of bills. What follows from salaries is not in it.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct Showback {
    pub team: NamedEntity,
    pub month: Option<CostMonth>,
    pub basis_words: String,
    pub total: Option<ShownAmount>,
    pub months: Vec<ShowbackMonth>,
    pub services: Vec<ShowbackLine>,
    pub accounts: Vec<ShowbackLine>,
    /// What its services take over from those of other teams, pass on to them, and keep in the end.
    pub taken_over: Option<ShownAmount>,
    pub passed_on: Option<ShownAmount>,
    pub kept: Option<ShownAmount>,
}

/// The page of a team.
///
/// # Errors
/// If it is not in the plan.
#[specta::specta]
pub fn cost_showback(app: &AppState, team: Id, month: Option<NaiveDate>, at: At) -> Answer<Showback> {
    let plan = app.plan()?;
    let team = TeamId::from(team);
    plan.get::<Team>(team).ok_or_else(|| AppError::not_found("this team"))?;
    let (costs, basis) = (CloudCosts::of(&plan), CostBasis::of(&plan));
    let currency = costs.currency;
    let mut page = Showback {
        team: NamedEntity::new(&plan, team),
        month: None,
        basis_words: basis.words().to_owned(),
        total: None,
        months: Vec::new(),
        services: Vec::new(),
        accounts: Vec::new(),
        taken_over: None,
        passed_on: None,
        kept: None,
    };
    let Some(month) = chosen(&costs, month, at.shown_day()) else { return Ok(page) };
    let is_its = |line: &OwnedLine| line.owner.team == Some(team);
    let total = costs.total(month, basis, is_its);
    let line = |title: String, service: Option<NamedEntity>, amount: &ExactValue| ShowbackLine {
        title,
        service,
        amount: shown(amount, currency),
        share: percent(amount, &total),
    };
    let services = costs.by(month, basis, |line| is_its(line).then_some(line.owner.service));
    page.services = services
        .iter()
        .map(|(service, amount)| match service {
            Some(service) => {
                line(plan.name_of((*service).into()), Some(NamedEntity::new(&plan, *service)), amount)
            }
            None => line("No service".to_owned(), None, amount),
        })
        .collect();
    let place = |owned: &OwnedLine| {
        let row = plan.get::<CostLine>(owned.id).filter(|_| is_its(owned))?;
        let parts: Vec<&str> = [&*row.provider, &*row.account, &*row.namespace]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect();
        Some(parts.join(" · "))
    };
    page.accounts =
        costs.by(month, basis, place).into_iter().map(|(place, amount)| line(place, None, &amount)).collect();
    for lines in [&mut page.services, &mut page.accounts] {
        lines.sort_by(|one, other| {
            other.amount.value.total_cmp(&one.amount.value).then_with(|| one.title.cmp(&other.title))
        });
    }
    let back = |months: u32| month.checked_sub_months(Months::new(months));
    page.months = (0..=MONTHS)
        .rev()
        .filter_map(back)
        .map(|first| ShowbackMonth {
            first,
            name: month_name(first),
            amount: (!costs.lines(first).is_empty())
                .then(|| shown(&costs.total(first, basis, is_its), currency)),
        })
        .collect();
    page.month = Some(CostMonth { first: month, name: month_name(month) });
    page.total = Some(shown(&total, currency));
    let found = chargeback(&plan, month, basis, PeopleCost::LeftOut);
    let snapshot = plan.as_of(headroom_analysis::cloud_cost::last_of_month(month));
    let owned: FxHashSet<ServiceId> = (0..snapshot.service_count())
        .filter(|at| {
            let first = snapshot.owners(*at).iter().find(|owner| matches!(owner, Owner::Team(_)));
            first == Some(&Owner::Team(team))
        })
        .map(|at| snapshot.service(at).id)
        .collect();
    let sum = |into: bool| -> ExactValue {
        let streams = found.streams.iter().filter(|stream| {
            let (from, to) = (owned.contains(&stream.provider), owned.contains(&stream.user));
            if into { to && !from } else { from && !to }
        });
        streams.map(|stream| &stream.amount).sum()
    };
    page.taken_over = Some(shown(&sum(true), currency));
    page.passed_on = Some(shown(&sum(false), currency));
    let kept = found.by_team.iter().find(|(whose, _)| *whose == Some(team)).map(|(_, amount)| *amount);
    page.kept = Some(kept.map_or_else(|| shown(&ExactValue::default(), currency), Into::into));
    Ok(page)
}

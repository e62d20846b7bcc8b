//! Making bets, deciding them, and saying what came of them.

use chrono::NaiveDate;
use headroom_model::{Bet, BetDecision, BetId, EntityRef, FieldError, Kind, fields};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    entities::{entity::NamedEntity, id::Id},
    error::{Answer, AppError},
    state::AppState,
};

/// What a form says of a bet.
#[derive(Debug, Clone, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct BetEdit {
    pub name: String,
    pub hypothesis: String,
    pub team: Option<Id>,
    pub segment: String,
    pub channel: String,
    pub market: String,
    pub objectives: Vec<Id>,
    /// `20000 EUR`; empty if there is none.
    pub budget: String,
    pub from: Option<NaiveDate>,
    pub decide_by: Option<NaiveDate>,
    pub scenario: Option<Id>,
}

impl BetEdit {
    fn values(&self) -> Vec<(String, Value)> {
        let text = |text: &str| if text.trim().is_empty() { Value::Null } else { text.trim().into() };
        let number = |id: Option<Id>| id.map_or(Value::Null, |id| id.0.into());
        let values = [
            ("name", Value::from(self.name.trim())),
            ("hypothesis", Value::from(self.hypothesis.trim())),
            ("team", number(self.team)),
            ("segment", Value::from(self.segment.trim())),
            ("channel", Value::from(self.channel.trim())),
            ("market", Value::from(self.market.trim())),
            ("objectives", json!(self.objectives.iter().map(|id| id.0).collect::<Vec<_>>())),
            ("budget", text(&self.budget)),
            ("from", json!(self.from)),
            ("decide_by", json!(self.decide_by)),
            ("scenario", number(self.scenario)),
        ];
        values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }
}

/// Makes a bet, or changes one; answers with it. An error names the field.
#[specta::specta]
pub fn put_bet(app: &AppState, id: Option<Id>, edit: BetEdit) -> Answer<NamedEntity> {
    let verb = if id.is_some() { "Changed" } else { "Added" };
    let name = edit.name.trim().to_owned();
    let put = app.edit(
        |_| format!("{verb} bet {name}"),
        |draft| {
            if edit.name.trim().is_empty() {
                return Err(FieldError::new("name", "must not be empty").into());
            }
            let Some(id) = id else { return Ok(fields::create(draft, Kind::Bet, &edit.values())?) };
            let subject = EntityRef::from(BetId(id.0));
            fields::set(draft, subject, &edit.values())?;
            Ok(subject)
        },
    )?;
    Ok(NamedEntity::new(&*app.plan()?, put))
}

/// What is decided about a bet, and why.
#[derive(Debug, Clone, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct BetVerdict {
    /// `scale`, `stop`, `change`.
    pub decision: String,
    pub on: NaiveDate,
    pub reason: String,
}

/// Decides a bet; none opens it again.
#[specta::specta]
pub fn decide_bet(app: &AppState, id: Id, verdict: Option<BetVerdict>) -> Answer<()> {
    edit_bet(app, id, |row| {
        let Some(verdict) = verdict else {
            *row = Bet { decided: None, decision: None, reviewed: None, ..row.clone() };
            return Ok(format!("Opened bet {} again", row.name));
        };
        let decision = BetDecision::from_word(&verdict.decision);
        let decision =
            decision.ok_or_else(|| FieldError::new("decision", "must be scale, stop or change"))?;
        if verdict.reason.trim().is_empty() {
            return Err(FieldError::new("reason", "must say why").into());
        }
        row.decision = Some(decision);
        row.decided = Some(verdict.on);
        row.reason = verdict.reason.trim().to_owned();
        Ok(format!("Decided bet {}: {}", row.name, decision.word()))
    })
}

/// Says what came of a bet, on a day.
#[specta::specta]
pub fn review_bet(app: &AppState, id: Id, outcome: String, on: NaiveDate) -> Answer<()> {
    edit_bet(app, id, |row| {
        if outcome.trim().is_empty() {
            return Err(FieldError::new("outcome", "must say what came of it").into());
        }
        row.outcome = outcome.trim().to_owned();
        row.reviewed = Some(on);
        Ok(format!("Reviewed bet {}", row.name))
    })
}

fn edit_bet(app: &AppState, id: Id, edit: impl FnOnce(&mut Bet) -> Answer<String>) -> Answer<()> {
    app.edit_as(|plan, draft| {
        let row = plan.get::<Bet>(BetId(id.0)).ok_or_else(|| AppError::not_found("this bet"))?;
        let mut row = row.clone();
        let label = edit(&mut row)?;
        draft.put(row);
        Ok((label, ()))
    })
}

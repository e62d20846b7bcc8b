//! Assigning and confirming owners, with a preview of the effect.

use chrono::NaiveDate;
use headroom_model::{
    Draft, Entity, Owner, Ownership, OwnershipId, PersonId, Plan, ServiceId, TeamId, role, transfer_ownership,
};
use serde::Deserialize;

use crate::{
    at::At,
    effect::{Effect, effect},
    entities::{entity::EntityKind, id::Id},
    error::{Answer, AppError, ErrorKind},
    state::{AppState, today},
};

/// Effect of an assignment, without making it.
#[specta::specta]
pub fn assign_preview(
    app: &AppState,
    services: Vec<Id>,
    owner: Option<OwnerChoice>,
    role: String,
    at: At,
) -> Answer<Effect> {
    let view = app.day(at)?;
    let owner = owner.map(OwnerChoice::owner).transpose()?;
    let plan = view.snapshot.plan();
    let mut draft = Draft::new(plan);
    transfer(&mut draft, &services, owner, &role, view.snapshot.day());
    effect(app, &view, label(plan, &services, owner, &role), draft.finish())
}

/// Assigns an owner (or backup) to the services from the day on; former holders of the role end the day before.
/// Without an owner the role only ends. One undoable step.
#[specta::specta]
pub fn assign(
    app: &AppState,
    services: Vec<Id>,
    owner: Option<OwnerChoice>,
    role: String,
    at: At,
) -> Answer<()> {
    let owner = owner.map(OwnerChoice::owner).transpose()?;
    app.edit(
        |plan| label(plan, &services, owner, &role),
        |draft| {
            transfer(draft, &services, owner, &role, at.shown_day());
            Ok(())
        },
    )
}

fn transfer(draft: &mut Draft<'_>, services: &[Id], owner: Option<Owner>, role: &str, day: NaiveDate) {
    services
        .iter()
        .for_each(|service| transfer_ownership(draft, ServiceId::from(*service), owner, role, day));
}

fn label(plan: &Plan, services: &[Id], owner: Option<Owner>, role: &str) -> String {
    let what = match services {
        [one] => plan.name_of(ServiceId::from(*one).into()),
        many => format!("{} services", many.len()),
    };
    match owner {
        Some(owner) if role == role::OWNER => format!("Assigned {what} to {}", plan.name_of(owner.into())),
        Some(owner) => format!("Set {} as {role} of {what}", plan.name_of(owner.into())),
        None => format!("Removed {role} from {what}"),
    }
}

/// A team or person, as chosen in the picker.
#[derive(Debug, Clone, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct OwnerChoice {
    pub kind: EntityKind,
    pub id: Id,
}

impl OwnerChoice {
    fn owner(self) -> Answer<Owner> {
        match self.kind {
            EntityKind::Team => Ok(Owner::Team(TeamId::from(self.id))),
            EntityKind::Person => Ok(Owner::Person(PersonId::from(self.id))),
            _ => Err(AppError::new(ErrorKind::Invalid, "only a team or a person can own a service")),
        }
    }
}

/// Confirms these ownerships as of the day.
#[specta::specta]
pub fn confirm(app: &AppState, ownerships: Vec<Id>, day: Option<NaiveDate>) -> Answer<()> {
    let day = day.unwrap_or_else(today);
    let label = |plan: &Plan| match ownerships.as_slice() {
        [one] => format!("Confirmed that {}", plan.name_of(OwnershipId::from(*one).into())),
        many => format!("Confirmed {} owners", many.len()),
    };
    app.edit(label, |draft| {
        for id in &ownerships {
            if let Some(row) = draft.get::<Ownership>((*id).into()).cloned() {
                draft.put(Ownership { confirmed: Some(day), ..row });
            }
        }
        Ok(())
    })
}

/// Confirms everybody who is accountable for these services on the day, as of that day; answers with the number of owners.
///
/// # Errors
/// If none of the services has an owner then.
#[specta::specta]
pub fn confirm_services(app: &AppState, services: Vec<Id>, at: At) -> Answer<u32> {
    let day = at.shown_day();
    let plan = app.plan()?;
    let is_meant = |row: &&Ownership| {
        row.is_accountable() && row.date_range().contains(day) && services.contains(&row.service.into())
    };
    let rows: Vec<Ownership> = plan.ownerships.iter().filter(is_meant).cloned().collect();
    if rows.is_empty() {
        return Err(AppError::new(
            ErrorKind::Invalid,
            "nobody owns these services, so there is no one to confirm",
        ));
    }
    let what = match services.as_slice() {
        [one] => plan.name_of(ServiceId::from(*one).into()),
        many => format!("{} services", many.len()),
    };
    let confirmed = rows.len() as u32;
    // So that the plan in memory is altered in place.
    drop(plan);
    app.edit(
        |_| format!("Confirmed the owners of {what}"),
        |draft| {
            for row in rows {
                draft.put(Ownership { confirmed: Some(day), ..row });
            }
            Ok(())
        },
    )?;
    Ok(confirmed)
}

//! Campaigns: levels that a tier is to have from a day on, how far that is, and who will be gone by then.

use chrono::NaiveDate;
use headroom_analysis::practices::{AccountableOn, Campaign, PracticeMatrix, PracticeSubjectId, campaigns};
use headroom_model::{Metric, Objective, Plan};
use serde::Serialize;

use super::work::warning;
use crate::{at::At, entities::entity::NamedEntity, error::Answer, state::AppState};

/// A campaign with its progress.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct PracticeCampaign {
    pub objective: NamedEntity,
    pub metric: NamedEntity,
    pub tier: Option<u8>,
    pub level: String,
    pub level_words: String,
    pub from: NaiveDate,
    pub days_left: u32,
    pub reached: u32,
    pub below: Vec<NamedEntity>,
    pub unknown: Vec<NamedEntity>,
    pub not_applicable: u32,
    pub without_owner: Vec<CampaignGap>,
}

/// A service whose owner will not be there.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct CampaignGap {
    pub service: NamedEntity,
    pub owners: Vec<NamedEntity>,
    pub warning: String,
}

/// The campaigns that are not over on a day, the next first.
#[specta::specta]
pub fn practice_campaigns(app: &AppState, at: At) -> Answer<Vec<PracticeCampaign>> {
    let view = app.day(at)?;
    let plan = view.snapshot.plan();
    let matrix = PracticeMatrix::new(&view.snapshot);
    let on = AccountableOn::new(&view.snapshot);
    let found = campaigns(&view.snapshot, &matrix, &on);
    Ok(found.iter().filter_map(|campaign| shown(plan, matrix.day, campaign)).collect())
}

fn shown(plan: &Plan, day: NaiveDate, campaign: &Campaign) -> Option<PracticeCampaign> {
    let row = plan.get::<Objective>(campaign.objective)?;
    let metric = plan.get::<Metric>(row.metric)?;
    let named = |all: &[PracticeSubjectId]| all.iter().map(|own| NamedEntity::new(plan, *own)).collect();
    let gap =
        |(service, owner): &(PracticeSubjectId, headroom_analysis::practices::Accountable)| CampaignGap {
            service: NamedEntity::new(plan, *service),
            owners: owner.owners.iter().chain(&owner.ended).map(|own| NamedEntity::new(plan, *own)).collect(),
            warning: warning(plan, Some(owner)),
        };
    Some(PracticeCampaign {
        objective: NamedEntity::new(plan, campaign.objective),
        metric: NamedEntity::new(plan, metric.id),
        tier: row.tier,
        level: row.value.to_string(),
        level_words: metric.level_words(row.value.number).to_owned(),
        from: campaign.from,
        days_left: u32::try_from((campaign.from - day).num_days()).unwrap_or_default(),
        reached: campaign.reached.len() as u32,
        below: named(&campaign.below),
        unknown: named(&campaign.unknown),
        not_applicable: campaign.not_applicable.len() as u32,
        without_owner: campaign.without_owner.iter().map(gap).collect(),
    })
}

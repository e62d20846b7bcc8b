//! Campaigns: a level that all services of a tier, or one service or team, are to have from a day on.

use chrono::NaiveDate;
use headroom_model::{Objective, ObjectiveId, Snapshot};

use super::{
    accountable::{Accountable, AccountableOn},
    matrix::{PracticeMatrix, PracticeSubjectId},
    reading::Standing,
    requirement::is_requirement,
};
use crate::metrics::exact;

/// A requirement with a first day, and how far those are of whom it is asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Campaign {
    pub objective: ObjectiveId,
    /// The first day on which it holds.
    pub from: NaiveDate,
    /// Those that have the level already.
    pub reached: Vec<PracticeSubjectId>,
    pub below: Vec<PracticeSubjectId>,
    pub unknown: Vec<PracticeSubjectId>,
    pub not_applicable: Vec<PracticeSubjectId>,
    /// Of those that have not: who owns them on that day, where nobody would be left.
    pub without_owner: Vec<(PracticeSubjectId, Accountable)>,
}

/// The requirements that begin after a day, the next first. A practice that nobody has looked at counts as unknown.
pub fn campaigns(snapshot: &Snapshot, matrix: &PracticeMatrix, on: &AccountableOn<'_>) -> Vec<Campaign> {
    let plan = snapshot.plan();
    let begins = |row: &Objective| row.from.filter(|from| *from > matrix.day);
    let mut rows: Vec<(NaiveDate, &Objective)> = plan
        .in_order::<Objective>()
        .into_iter()
        .filter(|row| is_requirement(plan, row))
        .filter_map(|row| Some((begins(row)?, row)))
        .collect();
    rows.sort_by_key(|(from, _)| *from);
    rows.into_iter().map(|(from, row)| campaign(matrix, on, from, row)).collect()
}

fn campaign(matrix: &PracticeMatrix, on: &AccountableOn<'_>, from: NaiveDate, row: &Objective) -> Campaign {
    let mut found = Campaign {
        objective: row.id,
        from,
        reached: Vec::new(),
        below: Vec::new(),
        unknown: Vec::new(),
        not_applicable: Vec::new(),
        without_owner: Vec::new(),
    };
    for asked in matrix.rows.iter().filter(|asked| is_asked(row, asked.subject, asked.tier)) {
        let standing =
            asked.cells.iter().find(|cell| cell.metric == row.metric).map(|cell| cell.reading.standing);
        let list = match standing {
            Some(Standing::NotApplicable) => &mut found.not_applicable,
            Some(Standing::Value(value)) if exact(value) >= exact(row.value.number) => &mut found.reached,
            Some(Standing::Value(_)) => &mut found.below,
            Some(Standing::Unknown(_)) | None => &mut found.unknown,
        };
        list.push(asked.subject);
    }
    let open = found.below.iter().chain(&found.unknown);
    let owners = open.filter_map(|subject| Some((*subject, on.of(subject.service()?, from)?)));
    found.without_owner = owners.filter(|(_, owner)| owner.is_nobody()).collect();
    found
}

fn is_asked(row: &Objective, subject: PracticeSubjectId, tier: Option<u8>) -> bool {
    match (row.service, row.team, row.tier, subject) {
        (Some(service), _, _, PracticeSubjectId::Service(own)) => service == own,
        (None, Some(team), _, PracticeSubjectId::Team(own)) => team == own,
        (None, None, Some(asked), PracticeSubjectId::Service(_)) => tier == Some(asked),
        _ => false,
    }
}

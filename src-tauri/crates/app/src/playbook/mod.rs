//! The Playbook: the ten sections of scaling as a page that a leadership team walks through once a month.
//!
//! What belongs to a section is decided by `headroom_analysis::playbook`; here it is put into words. `part.rs` has the
//! view model of a section, `tiles.rs` the figures of the plan itself, `bets.rs` scenarios with what came of them,
//! `document.rs` all of it as a document. Pay is in none of it, whether or not salaries are shown: a page for many holds
//! no more than everybody may read.

mod bets;
mod document;
mod part;
mod tiles;

use std::path::Path;

use chrono::NaiveDate;
use headroom_analysis::playbook::{PlaybookFilter, markets, playbook as sections_of, segments};
use headroom_document_export::{PlainDocument, html, markdown, pdf};
use headroom_model::{Team, TeamId};
use serde::{Deserialize, Serialize};

pub use self::{
    bets::{BetFigure, BetRow},
    part::{PlaybookGap, PlaybookPart, WaitingPosition, WorstThing},
    tiles::PlaybookTile,
};
use crate::{
    at::At,
    entities::{entity::NamedEntity, id::Id},
    error::{Answer, AppError, ErrorKind},
    overview::{
        OverviewScope,
        scope::{Scope, ScopeChoice},
    },
    state::{AppState, plan_name},
    use_case::{UseCase, use_cases},
};

pub(crate) const USE_CASES: &[UseCase] = use_cases! { playbook, save_playbook };

/// Whose Playbook; empty: that of the organisation. Several together leave what all of them do.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase", default)]
pub struct PlaybookQuery {
    pub segment: String,
    pub market: String,
    /// With those below it.
    pub team: Option<Id>,
}

/// The Playbook of a day.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct PlaybookPage {
    pub day: NaiveDate,
    /// The name of the plan.
    pub plan: String,
    pub segment: String,
    pub market: String,
    pub team: Option<NamedEntity>,
    /// What can be chosen.
    pub segments: Vec<String>,
    pub markets: Vec<String>,
    /// The teams of the day, each after the one above it.
    pub teams: Vec<ScopeChoice>,
    /// The sections, in their order.
    pub sections: Vec<PlaybookPart>,
}

/// How a Playbook is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum PlaybookFormat {
    Markdown,
    Html,
    Pdf,
}

/// The Playbook of the day.
///
/// # Errors
/// If no plan is open, or the team does not exist.
#[specta::specta]
pub fn playbook(app: &AppState, query: PlaybookQuery, at: At) -> Answer<PlaybookPage> {
    let view = app.day(at)?;
    let plan = view.snapshot.plan();
    let team = query.team.map(TeamId::from);
    if team.is_some_and(|team| plan.get::<Team>(team).is_none()) {
        return Err(AppError::not_found("the team"));
    }
    let filter = PlaybookFilter { segment: query.segment.clone(), market: query.market.clone(), team };
    let whose = team.map_or(OverviewScope::Organisation, |team| OverviewScope::Team(team.into()));
    let whose = Scope::new(&view, whose)?;
    // Segments and markets have figures alone: what the plan counts is of teams.
    let tiles = if query.segment.is_empty() && query.market.is_empty() {
        tiles::tiles(app, &whose, at)?
    } else {
        Vec::new()
    };
    let book = sections_of(&view, &filter);
    Ok(PlaybookPage {
        day: view.snapshot.day(),
        plan: app.with_store(|store, _| plan_name(store.plan(), store.path()))?,
        segments: segments(plan),
        markets: markets(plan),
        teams: whose.teams_to_choose(),
        team: team.map(|team| NamedEntity::new(plan, team)),
        segment: query.segment,
        market: query.market,
        sections: part::parts(app, &view, book, tiles)?,
    })
}

/// [`playbook`] in a format, for the monthly review.
///
/// # Errors
/// As [`playbook`], or if it cannot be written so.
pub fn playbook_document(
    app: &AppState,
    query: PlaybookQuery,
    at: At,
    format: PlaybookFormat,
) -> Answer<Vec<u8>> {
    written(&document::document(&playbook(app, query, at)?), format)
}

fn written(document: &PlainDocument, format: PlaybookFormat) -> Answer<Vec<u8>> {
    match format {
        PlaybookFormat::Markdown => Ok(markdown(document).into_bytes()),
        PlaybookFormat::Html => Ok(html(document).into_bytes()),
        PlaybookFormat::Pdf => {
            pdf(document).map_err(|error| AppError::new(ErrorKind::Invalid, error.to_string()))
        }
    }
}

/// Writes [`playbook_document`] to a file.
#[specta::specta]
pub fn save_playbook(
    app: &AppState,
    query: PlaybookQuery,
    at: At,
    format: PlaybookFormat,
    path: String,
) -> Answer<()> {
    Ok(headroom_files::write_file(Path::new(&path), playbook_document(app, query, at, format)?)?)
}

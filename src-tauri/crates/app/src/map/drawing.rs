//! Export of a map's graph for other tools.

use std::path::Path;

use headroom_analysis::{
    map::{By, HiddenNodes, MapScope},
    map_comparison::Sides,
};
use headroom_diagram_export::{DiagramOptions, Drawing, compared_drawing, draw, drawing};
use headroom_files::write_file;

use crate::{
    against_plan::AgainstPlan,
    at::At,
    error::Answer,
    map::{
        comparison::scope_of,
        graph::{GraphScope, MapQuery},
    },
    state::AppState,
};

/// Writes the whole graph of a map as `dot` or `mermaid`. With `is_whole`, all services by owner instead.
#[specta::specta]
pub fn export_graph(
    app: &AppState,
    query: MapQuery,
    is_whole: bool,
    format: String,
    path: String,
    at: At,
) -> Answer<()> {
    let drawing = match query.against {
        Some(part) => {
            let against = AgainstPlan::shown(app, at)?;
            let [before, after] = [&against.before, &against.after].map(|plan| plan.as_of(against.day));
            let sides = Sides { before: &before, after: &after };
            compared_drawing(sides, &options(&query, is_whole, sides)?, part.side())
        }
        None => one_plan(app, &query, is_whole, at)?,
    };
    let text = draw(&drawing, &format)?;
    Ok(write_file(Path::new(&path), text)?)
}

fn one_plan(app: &AppState, query: &MapQuery, is_whole: bool, at: At) -> Answer<Drawing> {
    let view = app.day(at)?;
    let sides = Sides { before: &view.snapshot, after: &view.snapshot };
    Ok(drawing(&view.snapshot, &options(query, is_whole, sides)?))
}

fn options(query: &MapQuery, is_whole: bool, sides: Sides<'_>) -> Answer<DiagramOptions> {
    let shown = match query.picture {
        _ if is_whole => MapScope::Everything,
        GraphScope::Teams => MapScope::Everything,
        GraphScope::Inside | GraphScope::Around => scope_of(query, sides)?.0,
    };
    let is_folded = query.picture == GraphScope::Teams && !is_whole;
    Ok(DiagramOptions {
        shown,
        hidden: HiddenNodes::from(query.hide.clone()),
        by: Some(By::Owner),
        is_folded,
    })
}

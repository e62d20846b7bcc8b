//! Export of a map's graph for other tools.

use std::path::Path;

use headroom_analysis::map::{By, HiddenNodes};
use headroom_diagram_export::{DiagramOptions, DiagramScope, draw, drawing};
use headroom_files::write_file;

use crate::{
    at::At,
    error::Answer,
    map::graph::{GraphScope, MapQuery, inside_of, service_of},
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
    let view = app.day(at)?;
    let shown = match query.picture {
        _ if is_whole => DiagramScope::Everything,
        GraphScope::Teams => DiagramScope::Everything,
        GraphScope::Inside => {
            DiagramScope::Inside { of: inside_of(&query)?.0, with_neighbours: query.neighbours }
        }
        GraphScope::Around => {
            let (up, down) = query.steps();
            DiagramScope::Around { service: service_of(&view, &query)?, up, down }
        }
    };
    let is_folded = query.picture == GraphScope::Teams && !is_whole;
    let choice =
        DiagramOptions { shown, hidden: HiddenNodes::from(query.hide), by: Some(By::Owner), is_folded };
    let text = draw(&drawing(&view.snapshot, &choice), &format)?;
    Ok(write_file(Path::new(&path), text)?)
}

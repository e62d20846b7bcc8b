//! `headroom export --format dot` and `mermaid`: a diagram of services.

use std::{io::Write, path::Path, process::ExitCode};

use headroom_analysis::map::{By, HiddenNodes, Inside, MapScope};
use headroom_diagram_export::{DiagramOptions, draw, drawing};
use headroom_files::write_file;
use headroom_model::{EntityTable, Grouping, GroupingKind, Service, Snapshot, Team};

use super::Outcome;
use crate::{
    arguments::{Clusters, Export, PictureArgs},
    error::CliError,
    screen::{eprintln, println},
};

/// Maximum number of edges in Mermaid's default configuration (`maxEdges`).
const MERMAID_EDGES: usize = 500;

pub fn run(snapshot: &Snapshot, arguments: &Export) -> Outcome {
    let picture = &arguments.picture;
    let by = match picture.group_by {
        Clusters::Owner => Some(By::Owner),
        Clusters::System => Some(By::System),
        Clusters::None => None,
    };
    let hidden = HiddenNodes { kinds: picture.hide.clone(), missing: false };
    let choice = DiagramOptions { shown: shown(snapshot, picture)?, hidden, by, is_folded: picture.collapse };
    let drawing = drawing(snapshot, &choice);
    let text = draw(&drawing, &arguments.format)?;
    if &arguments.format == "mermaid" && drawing.edges.len() > MERMAID_EDGES {
        eprintln!(
            "{} edges: Mermaid draws at most {MERMAID_EDGES} unless you raise maxEdges; use --collapse or --around for fewer",
            drawing.edges.len()
        );
    }
    if arguments.out == Path::new("-") {
        std::io::stdout().lock().write_all(text.as_bytes())?;
    } else {
        write_file(&arguments.out, text)?;
        println!("wrote {}", arguments.out.display());
    }
    Ok(ExitCode::SUCCESS)
}

fn shown(snapshot: &Snapshot, picture: &PictureArgs) -> Result<MapScope, CliError> {
    let with_neighbours = picture.neighbours;
    if let Some(name) = &picture.around {
        let service = find::<Service>(snapshot, "", name).filter(|id| snapshot.service_ix(*id).is_some());
        let service = service.ok_or_else(|| missing(snapshot, "service", name))?;
        return Ok(MapScope::Around { service, up: picture.steps, down: picture.steps });
    }
    if let Some(name) = &picture.team {
        let team = find::<Team>(snapshot, "", name).filter(|id| snapshot.team_ix(*id).is_some());
        let of = Inside::Branch(team.ok_or_else(|| missing(snapshot, "team", name))?);
        return Ok(MapScope::Inside { of, with_neighbours });
    }
    if let Some(name) = &picture.system {
        let system = find::<Grouping>(snapshot, GroupingKind::System.noun(), name);
        let of = Inside::Grouping(system.ok_or_else(|| missing(snapshot, "system", name))?);
        return Ok(MapScope::Inside { of, with_neighbours });
    }
    Ok(MapScope::Everything)
}

fn missing(snapshot: &Snapshot, kind: &'static str, name: &str) -> CliError {
    CliError::NotThere { kind, name: name.to_owned(), day: snapshot.day() }
}

/// By key, else by former name.
fn find<T: EntityTable>(snapshot: &Snapshot, key_space: &'static str, name: &str) -> Option<T::Id> {
    let plan = snapshot.plan();
    plan.find_in::<T>(key_space, name).or_else(|| {
        let is_known_so =
            |row: &&T| row.key_space() == key_space && row.aliases().iter().any(|alias| alias == name);
        T::table(plan).iter().find(is_known_so).map(|row| row.id())
    })
}

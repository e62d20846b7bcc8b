//! The formats of diagrams.

use crate::{dot::dot, drawing::Drawing, mermaid::mermaid};

/// A format that draws a graph as text.
pub struct DiagramFormat {
    pub id: &'static str,
    pub title: &'static str,
    /// What it is for, in words.
    pub hint: &'static str,
    /// File name of an export.
    pub file: &'static str,
    pub draw: fn(&Drawing) -> String,
}

/// Every format of diagrams. A new one is a line here.
pub static DIAGRAM_FORMATS: &[DiagramFormat] = &[
    DiagramFormat {
        id: "dot",
        title: "Graphviz DOT",
        hint: "the service graph, for Graphviz and compatible tools",
        file: "services.dot",
        draw: dot,
    },
    DiagramFormat {
        id: "mermaid",
        title: "Mermaid",
        hint: "the service graph, for Markdown that renders Mermaid",
        file: "services.mmd",
        draw: mermaid,
    },
];

pub fn diagram_format(id: &str) -> Option<&'static DiagramFormat> {
    DIAGRAM_FORMATS.iter().find(|format| format.id == id)
}

/// There is no such format of diagrams.
#[derive(Debug, thiserror::Error)]
#[error("unknown diagram format “{0}”; choose {all}", all = ids())]
pub struct UnknownDiagram(String);

fn ids() -> String {
    DIAGRAM_FORMATS.iter().map(|format| format.id).collect::<Vec<_>>().join(" or ")
}

/// Draws a graph as text.
///
/// # Errors
/// [`UnknownDiagram`] if there is no such format.
pub fn draw(drawing: &Drawing, named: &str) -> Result<String, UnknownDiagram> {
    let format = diagram_format(named).ok_or_else(|| UnknownDiagram(named.to_owned()))?;
    Ok((format.draw)(drawing))
}

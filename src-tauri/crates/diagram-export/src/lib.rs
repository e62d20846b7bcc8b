//! Export of maps as diagrams.
//!
//! [`drawing`] selects a [`headroom_analysis::map`] by [`DiagramOptions`] and gives it names: nodes, edges and
//! clusters as a [`Drawing`]. A line of [`DIAGRAM_FORMATS`] writes that as text (DOT, Mermaid). Services are single
//! nodes, grouped into clusters by owner or system if asked for, or one node per owner or system with the number of
//! services and dependencies.
//!
//! [`compared_drawing`] draws two plans together, with a mark on what is in one of them only or is changed.
//!
//! Implied edges and the targets of broken dependencies are marked. Node ids are keys and never collide. There is no
//! layout here: that is up to the program that reads the file, and in the window to the window. Tests: beside the
//! formats, and `tests/tests/cli/export_pictures.rs`.

mod comparison;
#[cfg(test)]
mod documentation;
mod dot;
mod drawing;
mod formats;
mod mermaid;
mod selection;

pub use comparison::compared_drawing;
pub use drawing::{Drawing, DrawnEdge, DrawnMark, DrawnNode};
pub use formats::{DIAGRAM_FORMATS, DiagramFormat, UnknownDiagram, diagram_format, draw};
pub use selection::{DiagramOptions, drawing};

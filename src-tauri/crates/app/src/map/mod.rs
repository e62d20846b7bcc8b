//! Maps: the graph, of one plan or of a scenario against the plan, the matrix, the panel of an edge, and their export for
//! other tools. What a map shows and how it is
//! pruned is decided by `headroom-analysis`; the page lays it out.

pub mod behind;
pub mod comparison;
pub mod drawing;
pub mod filter;
pub mod graph;
pub mod matrix;
mod node;
pub use node::MapNodeView;

use self::{behind::*, drawing::*, graph::*, matrix::*};
use crate::use_case::{UseCase, use_cases};

pub(crate) const USE_CASES: &[UseCase] = use_cases! {
    export_graph, map_graph, map_edge, map_matrix,
};

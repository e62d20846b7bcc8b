//! Service level objectives, as teams keep them beside their code: OpenSLO (v1alpha, v1, v2alpha),
//! <https://github.com/OpenSLO/OpenSLO>; Sloth, its own file and its Kubernetes kind, <https://sloth.dev>; Pyrra,
//! <https://github.com/pyrra-dev/pyrra>; slo-generator, <https://github.com/google/slo-generator>.
//!
//! They are one format, so that an SLO that several tools watch is one objective, and so that a file may hold
//! documents of several. Each objective of each SLO becomes an objective of the service: `definition` is what a tool says
//! of it, `settle` makes rows of all of them. Nothing is written back.

mod definition;
mod open_slo;
mod pyrra;
mod read;
mod settle;
mod slo_generator;
mod sloth;
#[cfg(test)]
mod tests;

pub use read::{read, recognise};

//! Checklists in Markdown as templates, and back.

mod read;
#[cfg(test)]
mod tests;
mod write;

pub use read::{read, recognise};
pub use write::write;

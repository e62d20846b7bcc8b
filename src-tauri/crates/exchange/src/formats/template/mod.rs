//! Markdown checklists as templates: one file is one template, and the text is kept and written back byte for byte.
//!
//! Parsing and suggestions are in [`headroom_checklist_markdown`]; here its parts become the items of a template. An
//! item is blocked by those nested in it. Assignees and due dates are taken from the words, and each is reported.

mod read;
#[cfg(test)]
mod tests;
mod write;

pub use read::{read, recognise};
pub use write::write;

//! Checklists in Markdown, as GitHub and GitLab have them.
//!
//! [`ChecklistText`] holds the text as it is and knows what stands where in it: front matter, sections, items, links
//! and prose. An edit changes only its own bytes. What items say of whose they are and when they are due is a
//! [`Suggested`], to be confirmed. [`Outline`] is a checklist as plain data, which is written as Markdown.

mod bare;
mod diagnostics;
mod edit;
mod file;
mod front_matter;
mod gaps;
mod html;
mod lines;
mod outline;
mod parts;
mod read;
mod suggest;
mod text;
mod write;

#[cfg(test)]
mod tests;

pub use edit::EditError;
pub use file::ChecklistFile;
pub use html::{html, leads_somewhere};
pub use outline::{Outline, OutlineItem, OutlineSection, Passage};
pub use parts::{
    ByteRange, ChecklistCounts, FrontMatter, Heading, Label, LinkKind, MarkdownItem, MarkdownLink, Pair,
    Parts, Prose, Section, Tick, Title, TitlePlace, Under, Words,
};
pub use suggest::{Suggested, SuggestedAssignee, SuggestedDue, Suggestion};
pub use text::ChecklistText;
pub use write::write;

//! Markdown checklists, as GitHub and GitLab have them.
//!
//! [`ChecklistText`] holds a source and its [`Parts`]: front matter, sections, items, links, and the prose and bodies
//! between them, each with its byte range. Any text can be read. An edit changes its own bytes only, and is made only
//! if the text, read again, says what was meant. [`ChecklistFile`] adds the bytes of the file: what was not edited is
//! written back as it was, in the same encoding.
//!
//! Assignees and due dates in the words of items are suggestions ([`Suggested`]) with the words they were read from;
//! nothing is applied here. [`Outline`] is a checklist as plain data, which [`write()`] turns into Markdown that
//! reads back as the same outline. [`html()`] renders Markdown harmlessly. Templates are made of checklists in
//! `headroom-exchange`.
//!
//! Tests: `tests/` (`reading`, `edits`, `outlines`, `suggesting`, and `troubles` for diagnostics), mostly property
//! tests.

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
pub use html::{html, html_escaped, leads_somewhere};
pub use outline::{Outline, OutlineItem, OutlineSection, Passage};
pub use parts::{
    ByteRange, ChecklistCounts, FrontMatter, Heading, Label, LinkKind, MarkdownItem, MarkdownLink, Pair,
    Parts, Prose, Section, Tick, Title, TitlePlace, Under, Words,
};
pub use suggest::{Suggested, SuggestedAssignee, SuggestedDue, Suggestion};
pub use text::ChecklistText;
pub use write::{markdown_of, write};

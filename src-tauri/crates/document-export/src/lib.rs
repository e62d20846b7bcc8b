//! Documents to hand out: one value, written as Markdown, as a page of HTML or as PDF.
//!
//! A [`PlainDocument`] is plain: headings, paragraphs, lists, and tables whose cells may be small curves. [`markdown()`],
//! [`html()`] and [`pdf()`] write the same of it.
//!
//! Invariants:
//!
//! * Texts stay text: nothing in them becomes markup, a link or a script.
//! * The same document looks the same every day and on every computer: no clock, and no other fonts than those shipped
//!   where these have the letters.
//!
//! What stands in a document is decided by the use cases of `headroom-app`. The pictures of the window use [`fonts()`]
//! as well.

mod document;
mod html;
mod markdown;
mod pdf;
#[cfg(test)]
mod tests;

pub use document::{DocumentBlock, DocumentCell, DocumentLine, PlainDocument};
pub use html::html;
pub use markdown::markdown;
pub use pdf::{FONT, PdfError, fonts, pdf};

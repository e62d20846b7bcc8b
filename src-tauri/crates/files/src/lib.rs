//! Other tools' files: what is found in them, where, and what is wrong with it; and files that are written for the
//! user.
//!
//! This is what every reader and writer of files shares and what knows none of their formats. A reader finds its files
//! ([`find`]), reads each as text in whatever encoding ([`read_text`]) and gives [`records::Records`]: everything that
//! a source states, entities named by their keys, each with its [`Place`] in a file. A field is
//! [`Stated`](records::Stated): absent if the source has no word about it, which leaves the plan's value alone, or a
//! value, which may be empty. What could not be read, or was read in a way that someone should check, is a
//! [`Diagnostic`] with level, place and advice; nothing is dropped without one. If nothing can be read or written at
//! all, that is a [`ReadError`] or [`WriteError`].
//!
//! Invariants: nothing is ever written over a plan file ([`write_file`], [`write_whole`]). [`Edits`] of a
//! [`SourceFile`] leave its encoding and all other bytes alone.

mod diagnostic;
mod error;
mod figure_record;
pub mod find;
mod message;
mod practice_record;
pub mod records;
mod source_file;
mod text;
mod write;

pub use diagnostic::{Diagnostic, Level, Place};
pub use error::{ReadError, WriteError};
pub use message::{quoted, shortened};
pub use source_file::{Edits, SourceFile};
pub use text::{encoding, read_text};
pub use write::{replace, write_file, write_whole};

//! Tables in CSV files and workbooks, whatever they are about.
//!
//! Reading goes in two steps. [`read_tables`] gives the tables of a file as they are ([`raw_table`]): cells with their
//! places, merged cells filled in, hidden rows and columns noted, and a file that is something else than its name says
//! refused with advice. The parsers in [`cell`] say what one cell means and how certain that is: dates, numbers,
//! amounts, names and words, in many notations. Which column is what is not
//! decided here; [`known_columns`] finds columns by the words of their headers.
//!
//! [`xlsx`] writes tables as a workbook or as CSV. [`guarded`] keeps a spreadsheet from running a CSV cell as a formula.
//!
//! Tests: beside each reader, and in `headroom-hr-import`, which reads whole tables.

pub mod cell;
mod formula_guard;
pub mod known_columns;
pub mod raw_table;
mod read;
mod record_line;
pub mod time_column;
pub mod xlsx;

pub use formula_guard::{guarded, unguarded};
pub use read::{is_table, read_head, read_tables};
pub use record_line::line_of;

//! Incidents and the actions of their reviews: from tables of incident tools, and from folders of Markdown reviews.
//!
//! Tables (`incident_table`, `action_table`): columns by the words of their headers, one row is one incident or action.
//! Reviews (`review`): front matter, headings and bold labels make sections; the key events give the times, the lists
//! below action headings the actions.
//!
//! Invariants: no column of people is read, no text that people are named in is kept, and `without_people` takes
//! addresses and handles out of what is. A time that can't be read, or is not of the year of its report, is a warning of
//! the incident: nothing is calculated from it. Services are named as the source does; the import finds them.
//!
//! For users: `docs/formats/incidents.md`.

mod action_table;
mod clock_time;
mod incident_table;
mod keys;
mod review;
mod row;
mod without_people;

pub use action_table::{read_actions, recognise_actions};
pub use incident_table::{read_incidents, recognise_incidents};
pub use review::{read_reviews, recognise_reviews};

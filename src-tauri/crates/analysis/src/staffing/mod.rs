//! How many people support needs: for calls, which wait in a queue, by Erlang C, and for tickets, which wait in a
//! backlog, by the hours of work.
//!
//! Calls that find nobody free wait; an hour of tickets can be worked off at any time. Erlang C would ask for far too
//! many people for tickets, and hours of work for too few for calls.

//!
//! [`SupportForecast`] says so of the teams of a plan month by month, from the figures of their tickets and calls and
//! from who will be there. It counts hours of work for calls too: figures of a month do not say how many calls come in
//! the busiest half hour, which is what a queue depends on.

mod outlook;
mod queue;
mod team_volume;
mod workload;

pub use outlook::{NoSupportOutlook, SupportForecast, SupportMonth, SupportOutlook, open_by};
pub use queue::{AnswerTarget, CallLoad, CallStaffing, StaffingError};
pub use workload::{TicketLoad, TicketStaffing, exact_number};

//! How many people support needs: for calls, which wait in a queue, by Erlang C, and for tickets, which wait in a
//! backlog, by the hours of work.
//!
//! Calls that find nobody free wait; an hour of tickets can be worked off at any time. Erlang C would ask for far too
//! many people for tickets, and hours of work for too few for calls.

mod queue;
mod workload;

pub use queue::{AnswerTarget, CallLoad, CallStaffing, StaffingError};
pub use workload::{TicketLoad, TicketStaffing, exact_number};

//! What came of tickets by month, in a group or in all.

use super::rows::TicketRow;
use crate::{measured_months::MeasuredMonths, median::median};

/// Tickets of a month. What came counts by the day of creation, everything else by that of the solution.
#[derive(Debug, Clone, Default)]
pub(super) struct MonthlyTickets {
    pub created: u32,
    pub solved: u32,
    /// Open at the end of its last day.
    pub backlog: u32,
    /// Millionths of a minute, of those created.
    first_replies: Vec<i64>,
    /// Of those solved.
    resolutions: Vec<i64>,
    contacts: ShareCount,
    answers: ShareCount,
}

#[derive(Debug, Clone, Copy, Default)]
struct ShareCount {
    yes: u32,
    all: u32,
}

impl ShareCount {
    fn add(&mut self, said: Option<bool>) {
        self.all += u32::from(said.is_some());
        self.yes += u32::from(said == Some(true));
    }

    /// Rounded to nine decimals, half up; none of nothing.
    fn decimal(self) -> Option<String> {
        const ONE: u64 = 1_000_000_000;
        let (yes, all) = (u64::from(self.yes), u64::from(self.all));
        let parts = (2 * yes * ONE + all).checked_div(2 * all)?;
        Some(format!("{}.{:09}", parts / ONE, parts % ONE))
    }
}

impl MonthlyTickets {
    pub fn first_reply(&self) -> Option<String> {
        minutes(&self.first_replies)
    }

    pub fn resolution(&self) -> Option<String> {
        minutes(&self.resolutions)
    }

    pub fn first_contact(&self) -> Option<String> {
        self.contacts.decimal()
    }

    pub fn satisfied(&self) -> Option<String> {
        self.answers.decimal()
    }
}

/// In minutes, with a place of its own for half a millionth.
fn minutes(millionths: &[i64]) -> Option<String> {
    Some(median(millionths)?.over(1_000_000, 7))
}

/// The months of some tickets.
pub(super) fn by_month<'t>(
    tickets: impl Iterator<Item = &'t TicketRow>,
    months: &MeasuredMonths,
) -> Vec<MonthlyTickets> {
    let mut found = vec![MonthlyTickets::default(); months.months.len()];
    for ticket in tickets {
        if let Some(month) = months.index(ticket.created).map(|at| &mut found[at]) {
            month.created += 1;
            month.first_replies.extend(ticket.first_reply);
        }
        if let Some(month) = ticket.solved.and_then(|day| months.index(day)).map(|at| &mut found[at]) {
            month.solved += 1;
            month.resolutions.extend(ticket.resolution);
            month.contacts.add(ticket.is_first_contact);
            month.answers.add(ticket.is_satisfied);
        }
        if !ticket.is_solved_at_some_time {
            let from = months.first_ending_from(ticket.created);
            let until = ticket.solved.map_or(found.len(), |day| months.first_ending_from(day));
            found.iter_mut().take(until).skip(from).for_each(|month| month.backlog += 1);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_of_nothing_is_none() {
        assert_eq!(ShareCount::default().decimal(), None);
        assert_eq!(ShareCount { yes: 2, all: 3 }.decimal().as_deref(), Some("0.666666667"));
        assert_eq!(ShareCount { yes: 3, all: 3 }.decimal().as_deref(), Some("1.000000000"));
    }
}

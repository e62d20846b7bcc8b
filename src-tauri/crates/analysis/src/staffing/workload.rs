//! Tickets: hours of work against hours that people have.
//!
//! Tickets wait in a backlog and not on the line, so nobody has to be free when one comes: what counts is whether the
//! work of a month can be done in a month. Described at https://www.ccmath.com/contact-center-staffing/.

use headroom_model::Decimal6;
use num_rational::BigRational;
use num_traits::ToPrimitive;

use super::StaffingError;
use crate::metrics::ExactValue;

/// Tickets of a month, and what people can do in it.
#[derive(Debug, Clone, PartialEq)]
pub struct TicketLoad {
    pub tickets: ExactValue,
    /// Average time that one takes, all replies together.
    pub handle_minutes: ExactValue,
    /// Hours of work of a full-time person in the month.
    pub hours: ExactValue,
    /// Share of the time at work that can go into tickets.
    pub occupancy: Decimal6,
    /// Share of the hours that goes elsewhere: holidays, illness, training, meetings.
    pub shrinkage: Decimal6,
}

/// Whom a load of tickets needs.
#[derive(Debug, Clone, PartialEq)]
pub struct TicketStaffing {
    pub work_hours: ExactValue,
    /// Full-time people.
    pub agents: ExactValue,
    /// In whole people.
    pub people: u64,
}

impl TicketLoad {
    /// The full-time people that the tickets need.
    ///
    /// # Errors
    /// [`StaffingError`] for numbers of which nothing follows.
    pub fn staffing(&self) -> Result<TicketStaffing, StaffingError> {
        let zero = ExactValue::from_integer(0.into());
        let effective = self.effective_hours();
        if self.shrinkage >= Decimal6::ONE {
            return Err(StaffingError::Whole("the shrinkage"));
        }
        if self.hours <= zero {
            return Err(StaffingError::NotPositive("the hours"));
        }
        if effective <= zero {
            return Err(StaffingError::NotPositive("the occupancy"));
        }
        if self.handle_minutes <= zero {
            return Err(StaffingError::NotPositive("the handle time"));
        }
        let work_hours = &self.tickets * &self.handle_minutes / ExactValue::from_integer(60.into());
        let agents = &work_hours / effective;
        let people = agents.ceil().to_integer().to_u64().ok_or(StaffingError::TooHeavy)?;
        Ok(TicketStaffing { work_hours, agents, people })
    }

    /// Hours that a full-time person has for tickets.
    fn effective_hours(&self) -> ExactValue {
        &self.hours
            * exact_number(self.occupancy)
            * (ExactValue::from_integer(1.into()) - exact_number(self.shrinkage))
    }
}

/// A fixed-point number, exactly.
pub fn exact_number(share: Decimal6) -> ExactValue {
    BigRational::new(share.millionths().into(), Decimal6::ONE.millionths().into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::approximate;

    fn exact(text: &str) -> ExactValue {
        exact_number(text.parse().unwrap())
    }

    fn load(tickets: &str, minutes: &str, hours: &str, occupancy: &str, shrinkage: &str) -> TicketLoad {
        TicketLoad {
            tickets: exact(tickets),
            handle_minutes: exact(minutes),
            hours: exact(hours),
            occupancy: occupancy.parse().unwrap(),
            shrinkage: shrinkage.parse().unwrap(),
        }
    }

    #[test]
    fn people_have_the_hours_that_the_tickets_take() {
        let found = load("2000", "18", "130", "0.85", "0.3").staffing().unwrap();
        assert!((approximate(&found.agents) - 600.0 / (130.0 * 0.85 * 0.7)).abs() < 1e-9);
        assert_eq!((found.people, approximate(&found.work_hours)), (8, 600.0));
        // Exactly whole: nobody is added for a rounding.
        assert_eq!(load("210", "60", "100", "0.7", "0.7").staffing().unwrap().people, 10);
    }

    #[test]
    fn numbers_of_which_nothing_follows_are_refused() {
        let of = |load: TicketLoad| load.staffing().err();
        assert_eq!(of(load("1", "1", "0", "1", "0")), Some(StaffingError::NotPositive("the hours")));
        assert_eq!(of(load("1", "1", "1", "0", "0")), Some(StaffingError::NotPositive("the occupancy")));
        assert_eq!(of(load("1", "0", "1", "1", "0")), Some(StaffingError::NotPositive("the handle time")));
        assert_eq!(of(load("1", "1", "1", "1", "1")), Some(StaffingError::Whole("the shrinkage")));
    }
}

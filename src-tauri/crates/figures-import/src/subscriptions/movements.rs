//! What the recurring revenue of customers does from month to month.
//!
//! A customer's MRR is what all of their subscriptions pay a month on the last day of the month, so that an upgrade,
//! which is two rows, is an expansion and not a loss and a gain. Between two ends of months it is new (from nothing,
//! for the first time), a reactivation (from nothing, after having been more), expansion, contraction or churn; MRR at
//! the end is that at the start with all of these, exactly.

use super::monthly_amount::MonthlyAmount;

/// A month of an organisation, or of a part of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct MonthlyMovements {
    pub start: MonthlyAmount,
    pub new: MonthlyAmount,
    pub reactivation: MonthlyAmount,
    pub expansion: MonthlyAmount,
    pub contraction: MonthlyAmount,
    pub churned: MonthlyAmount,
    pub end: MonthlyAmount,
    pub customers: u32,
    pub new_customers: u32,
    pub reactivated_customers: u32,
    pub lost_customers: u32,
}

impl MonthlyMovements {
    fn step(&mut self, before: MonthlyAmount, now: MonthlyAmount, has_paid: bool) {
        self.start += before;
        self.end += now;
        self.customers += u32::from(!now.is_zero());
        match (before.is_zero(), now.is_zero()) {
            (true, true) => {}
            (true, false) if has_paid => {
                self.reactivation += now;
                self.reactivated_customers += 1;
            }
            (true, false) => {
                self.new += now;
                self.new_customers += 1;
            }
            (false, true) => {
                self.churned += before;
                self.lost_customers += 1;
            }
            (false, false) => {
                self.expansion += now.more_than(before);
                self.contraction += before.more_than(now);
            }
        }
    }
}

/// Adds a customer, by what they pay at the end of each month, to the months of a scope. `before` is what they paid at
/// the end of the month before the first.
pub(super) fn add_customer(months: &mut [MonthlyMovements], before: MonthlyAmount, ends: &[MonthlyAmount]) {
    let mut before = before;
    let mut has_paid = !before.is_zero();
    for (month, now) in months.iter_mut().zip(ends) {
        month.step(before, *now, has_paid);
        has_paid |= !now.is_zero();
        before = *now;
    }
}

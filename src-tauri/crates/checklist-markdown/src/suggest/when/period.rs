//! Periods such as `week 2`, and their ends in working days.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PeriodUnit {
    Day,
    WorkingDay,
    Week,
    Month,
    Quarter,
    Year,
}

impl PeriodUnit {
    pub fn calendar_days(self) -> i32 {
        match self {
            Self::Day | Self::WorkingDay => 1,
            Self::Week => 7,
            Self::Month => 30,
            Self::Quarter => 90,
            Self::Year => 365,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TimePeriod {
    /// `week 2`, `days 1–30`
    Numbered { unit: PeriodUnit, first: i32, last: i32 },
    /// `first 90 days`
    First { unit: PeriodUnit, count: i32 },
    /// `30 days`
    Length { unit: PeriodUnit, count: i32 },
}

/// The fewest working days among so many calendar days.
pub(super) fn fewest(days: i32) -> i32 {
    let (weeks, rest) = (days / 7, days % 7);
    if days <= 5 { days } else { (weeks * 5 + (rest - 2).max(0)).max(5) }
}

/// The most working days among so many calendar days.
pub(super) fn most(days: i32) -> i32 {
    days / 7 * 5 + (days % 7).min(5)
}

impl TimePeriod {
    pub fn start(self) -> i32 {
        match self {
            Self::Numbered { unit: PeriodUnit::Day | PeriodUnit::WorkingDay, first, .. } => day(first),
            Self::Numbered { unit, first, .. } => fewest((first - 1).max(0) * unit.calendar_days()),
            Self::First { .. } | Self::Length { .. } => 0,
        }
    }

    pub fn end(self) -> i32 {
        match self {
            Self::Numbered { unit: PeriodUnit::Day | PeriodUnit::WorkingDay, last, .. } => day(last),
            Self::Numbered { unit: PeriodUnit::Week, last, .. }
            | Self::First { unit: PeriodUnit::Week, count: last } => last * 5 - 1,
            Self::First { unit: PeriodUnit::WorkingDay, count } => count - 1,
            Self::Numbered { unit, last: count, .. } | Self::First { unit, count } => {
                let days = count * unit.calendar_days();
                if days <= 5 { days - 1 } else { fewest(days - 1).max(4) }
            }
            Self::Length { unit: PeriodUnit::WorkingDay, count } => count,
            Self::Length { unit, count } => fewest(count * unit.calendar_days()),
        }
    }
}

fn day(number: i32) -> i32 {
    match number {
        ..0 => number,
        0 => -1,
        1..=10 => number - 1,
        _ => fewest(number - 1).max(9),
    }
}

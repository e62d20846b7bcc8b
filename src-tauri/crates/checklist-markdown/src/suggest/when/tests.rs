use proptest::prelude::*;

use super::{
    first,
    period::{fewest, most},
    without,
};

fn offset(text: &str, is_label: bool) -> Option<i32> {
    first(text, is_label).map(|(due, ..)| due.offset_working_days)
}

#[test]
fn parses_due_dates_in_labels() {
    let cases = [
        ("Day 1", 0),
        ("Day one: getting started", 0),
        ("First day", 0),
        ("Your 1st day", 0),
        ("Day1", 0),
        ("📅 Day #2", 1),
        ("Days 2-5", 4),
        ("Days 2 – 5", 4),
        ("Day 0", -1),
        ("Day -5", -5),
        ("Day 30", 20),
        ("Week 1", 4),
        ("week one", 4),
        ("First week", 4),
        ("Week 2", 9),
        ("Weeks 2 - 4", 19),
        ("Weeks 1 & 2", 9),
        ("Week 3 to 4", 19),
        ("Second week", 9),
        ("Month 1", 20),
        ("First month", 20),
        ("Month 3", 63),
        ("First quarter", 63),
        ("30 days", 20),
        ("First 30 days", 20),
        ("First 90 days", 63),
        ("90-day goals", 64),
        ("First two weeks", 9),
        ("Before start", -1),
        ("Before day 1", -1),
        ("Before Day One", -1),
        ("Before your first day", -1),
        ("Before they start", -1),
        ("Before the new hire's start date", -1),
        ("Before starting at Acme", -1),
        ("Prior to arrival", -1),
        ("Pre-boarding", -1),
        ("Preboarding", -1),
        ("Pre-arrival", -1),
        ("Pre-Day 1", -1),
        ("1 week before", -5),
        ("Two weeks before start", -10),
        ("Day 1 - 5 things to know", 0),
        ("Start of week 2", 5),
    ];
    for (text, expected) in cases {
        assert_eq!(offset(text, true), Some(expected), "{text}");
    }
    for text in ["After day 1", "Access", "Week", "30/60/90", "Days off", "End of the day", "", "Afternoon"] {
        assert_eq!(offset(text, true), None, "{text}");
    }
}

#[test]
fn parses_due_dates_in_items_only_where_meant() {
    let cases = [
        ("Sign by the end of week 1", 4),
        ("Sign before the end of week 1", 4),
        ("Sign by end of day 2", 1),
        ("Sign by EOD, at the start of week 2", 5),
        ("Sign before week 2", 4),
        ("Set up within 2 weeks", 10),
        ("Set up within a week", 5),
        ("Train within 60 days of joining the team (and annually after that)", 42),
        ("Pair several times in the first week on the project.", 4),
        ("Order the laptop 2 weeks before the start date", -10),
        ("Order the laptop 5 working days before day 1", -5),
        ("Order the laptop before they start", -1),
        ("Order the laptop before your first day", -1),
        ("Review 30 days after joining", 20),
        ("No later than 3 business days after start, sign", 3),
        ("Day 1: say hello", 0),
        ("Say hello (due: +5d)", 5),
        ("Say hello (due: -2)", -2),
        ("Say hello (due: +2w)", 10),
        ("Say hello (due: before start)", -1),
        ("Say hello (T-3)", -3),
    ];
    for (text, expected) in cases {
        assert_eq!(offset(text, false), Some(expected), "{text}");
    }
    let nothing = [
        "You have 30 days of leave",
        "Read the 30 day plan",
        "Check it before starting the server",
        "Save before start of the build",
        "After day 1, relax",
        "Release every 2 weeks",
        "First things first",
        "Wear a T-shirt",
        "Take the first few days off",
    ];
    for text in nothing {
        assert_eq!(offset(text, false), None, "{text}");
    }
}

#[test]
fn suggestion_has_exactly_its_words() {
    let text = "Österreich: by the end of week 2, please";
    let (_, start, end) = first(text, false).unwrap();
    assert_eq!(&text[start..end], "by the end of week 2");
    assert_eq!(without("Manager tasks before day 1"), "Manager tasks ");
}

/// The number of working days among so many days after a start, for a start on each day of the week, Monday first.
fn working(days: i32) -> impl Iterator<Item = i32> {
    (0..5).map(move |start| (1..=days).filter(|day| (start + day) % 7 < 5).count() as i32)
}

proptest! {
    #[test]
    fn calendar_days_are_never_late(days in 6..2000_i32) {
        // A week is five working days from any start.
        prop_assert_eq!(fewest(days), working(days).min().unwrap().max(5));
        prop_assert_eq!(most(days), working(days).max().unwrap().max(most(days)));
    }

    #[test]
    fn later_periods_end_later(number in 1..400_i32) {
        for unit in ["Day", "Week", "Month"] {
            let one = offset(&format!("{unit} {number}"), true);
            let next = offset(&format!("{unit} {}", number + 1), true);
            prop_assert!(one <= next && one.is_some(), "{} {}: {:?} {:?}", unit, number, one, next);
        }
        let (one, next) = (format!("within {number} days"), format!("within {} days", number + 1));
        prop_assert!(offset(&one, false) <= offset(&next, false));
    }

    #[test]
    fn never_panics_on_arbitrary_input(text in "\\PC*|([a-z0-9:+-]{0,6} ?(day|week|before|first|by|the|of|in|start|pre|due|T)?[ :+-]?){0,8}") {
        for is_label in [true, false] {
            if let Some((_, start, end)) = first(&text, is_label) {
                prop_assert!(text.get(start..end).is_some());
            }
        }
    }
}

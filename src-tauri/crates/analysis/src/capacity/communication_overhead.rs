//! Communication overhead of large groups.

/// Communication channels: pairs in a group, `n(n−1)/2`.
pub fn channels(people: u32) -> u64 {
    let people = u64::from(people);
    people * people.saturating_sub(1) / 2
}

/// Hours per week left for work in a group in which each pair talks for `hours_a_pair`, at the cost of both:
/// `w·n − h·n(n−1)` for a week of `w` hours. Negative if there is more to discuss than there is time.
pub fn hours_left(people: u32, hours_a_pair: f64, week: f64) -> f64 {
    let people = f64::from(people);
    week * people - hours_a_pair * people * (people - 1.0)
}

/// Days that must remain for a new hire to pay off: `E_n·(D_r − D_t) > E_t·D_t`, solved for `D_r`. `trainer` (`E_t`)
/// is the effort of training and `new_hire` (`E_n`) the output once trained, both as fractions of a full-time person;
/// `days` (`D_t`) is how long training takes.
pub fn break_even_days(trainer: f64, new_hire: f64, days: f64) -> f64 {
    days + trainer * days / new_hire
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn channels_grow_quadratically() {
        assert_eq!([0, 1, 6, 8, 12, 15].map(channels), [0, 0, 15, 28, 66, 105]);
    }

    #[test]
    fn hours_left_reaches_zero_at_41_people() {
        let left = |people| hours_left(people, 1.0, 40.0);
        assert_eq!([6, 8, 10, 20, 41].map(left), [210.0, 264.0, 310.0, 420.0, 0.0]);
        // The maximum is at 20 and 21.
        assert!((1..60).all(|people| left(people) <= left(20)));
    }

    #[test]
    fn break_even_matches_published_example() {
        assert_eq!(format!("{:.1}", break_even_days(0.25, 0.9, 60.0)), "76.7");
    }
}

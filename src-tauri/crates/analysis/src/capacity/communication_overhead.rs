//! What it costs to be many.

/// Pairs in a group: `n(n−1)/2`.
///
/// Source: F. Brooks, The Mythical Man-Month; <https://www.prestonlee.com/2006/03/26/on-brooks/>.
pub fn channels(people: u32) -> u64 {
    let people = u64::from(people);
    people * people.saturating_sub(1) / 2
}

/// Hours a week that are left for work in a group in which each pair talks for `hours_a_pair`, which costs both:
/// `40n − h·n(n−1)` for a week of forty hours. Negative where there is more to talk than there is time.
///
/// Source: P. Seibel, <http://gigamonkeys.wordpress.com/2007/05/17/brooks-law-training-costs/>.
pub fn hours_left(people: u32, hours_a_pair: f64, week: f64) -> f64 {
    let people = f64::from(people);
    week * people - hours_a_pair * people * (people - 1.0)
}

/// The days that must be left for a newcomer to pay: `E_n·(D_r − D_t) > E_t·D_t`, solved for `D_r`. `trainer` (`E_t`)
/// is what training takes from a colleague and `newcomer` (`E_n`) what the newcomer gives once trained, both of a full
/// person; `days` (`D_t`) is how long training takes.
///
/// Source: <http://shape-of-code.com/2014/07/09/how-to-avoid-being-a-victim-of-brooks-law>.
pub fn break_even_days(trainer: f64, new_hire: f64, days: f64) -> f64 {
    days + trainer * days / new_hire
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn channels_grow_with_the_square() {
        assert_eq!([0, 1, 6, 8, 12, 15].map(channels), [0, 0, 15, 28, 66, 105]);
    }

    #[test]
    fn meetings_eat_a_group_of_forty_one() {
        let left = |people| hours_left(people, 1.0, 40.0);
        assert_eq!([6, 8, 10, 20, 41].map(left), [210.0, 264.0, 310.0, 420.0, 0.0]);
        // At 20 and 21 alike.
        assert!((1..60).all(|people| left(people) <= left(20)));
    }

    #[test]
    fn a_new_hire_pays_after_76_7_days() {
        assert_eq!(format!("{:.1}", break_even_days(0.25, 0.9, 60.0)), "76.7");
    }
}

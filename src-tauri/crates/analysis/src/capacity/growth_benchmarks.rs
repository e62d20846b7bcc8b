//! Benchmarks for teams that grow fast, by W. Larson.

/// Output of an untrained person, as a fraction of a full-time person.
const UNTRAINED: f64 = 0.33;
/// Time a trained colleague spends on each untrained one: ten hours of forty.
const TRAINING: f64 = 0.25;

/// Output of a team in full-time people: a third for each untrained person, and what training leaves of the trained
/// ones. In the published example one trained person trains two.
pub fn productivity(trained: f64, untrained: f64) -> f64 {
    untrained * UNTRAINED + trained - TRAINING * untrained
}

/// Interviewer hours for one hire: `1 / join_rate` candidates with `interviews` of `hours` each. Infinite for a join
/// rate of zero.
pub fn interviewer_hours(join_rate: f64, interviews: f64, hours: f64) -> f64 {
    interviews * hours / join_rate
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn matches_published_examples() {
        let two = productivity(1.0, 2.0);
        assert_eq!(format!("{two:.2} {:.2}", two / 3.0), "1.16 0.39");
        let one = productivity(1.0, 1.0);
        assert_eq!(format!("{one:.2}"), "1.08");
        assert_eq!(format!("{:.4}", one - 3.3 / 40.0), "0.9975");
        assert_eq!(interviewer_hours(0.2, 4.0, 2.0), 40.0);
    }
}

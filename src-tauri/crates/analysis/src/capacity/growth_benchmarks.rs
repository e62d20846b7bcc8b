//! W. Larson's figures for teams that grow fast.
//!
//! Source: <https://lethain.com/productivity-in-the-age-of-hypergrowth/>.

/// What somebody untrained gives, of a full person.
const UNTRAINED: f64 = 0.33;
/// What a trained colleague spends on each who is not, of a full person: ten hours of forty.
const TRAINING: f64 = 0.25;

/// What a team gives, in full people: the untrained a third each, the trained what training leaves them. In his
/// example of one trained and two untrained, both are trained by the same one.
pub fn productivity(trained: f64, untrained: f64) -> f64 {
    untrained * UNTRAINED + trained - TRAINING * untrained
}

/// Hours that interviewers spend for one hire: so many candidates for one who joins (`1 / join_rate`), each seen by
/// so many. No hires come of a rate of zero, and no hours are enough: infinite.
pub fn interviewer_hours(join_rate: f64, interviews: f64, hours: f64) -> f64 {
    interviews * hours / join_rate
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn his_examples_to_the_digit() {
        let two = productivity(1.0, 2.0);
        assert_eq!(format!("{two:.2} {:.2}", two / 3.0), "1.16 0.39");
        let one = productivity(1.0, 1.0);
        assert_eq!(format!("{one:.2}"), "1.08");
        assert_eq!(format!("{:.4}", one - 3.3 / 40.0), "0.9975");
        assert_eq!(interviewer_hours(0.2, 4.0, 2.0), 40.0);
    }
}

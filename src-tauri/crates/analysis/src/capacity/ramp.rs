//! Ramp-up in closed form, as published.

use super::Curve;

/// Output of new hires in a month, in full-time people: the sum of the curve at the months since each start. `starts`
/// are month numbers; a later start gives nothing yet.
pub fn output(curve: &Curve, starts: &[usize], month: usize) -> f64 {
    starts.iter().filter(|start| **start <= month).map(|start| curve.at((month - start) as f64)).sum()
}

/// Output of one new hire less the mentoring it takes, for each of the first `months`.
pub fn net(ramp: &Curve, mentoring: &Curve, months: usize) -> Vec<f64> {
    (0..months).map(|month| ramp.at(month as f64) - mentoring.at(month as f64)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rounded(values: &[f64]) -> Vec<f64> {
        values.iter().map(|value| (value * 100.0).round() / 100.0).collect()
    }

    #[test]
    fn engineer_ramp_matches_published_example() {
        let ramp = Curve::new(&[0.2, 0.2, 0.5, 0.5, 0.75, 0.75]);
        let tax = Curve::new(&[0.25, 0.25, 0.15, 0.15, 0.1, 0.1]);
        let net = net(&ramp, &tax, 6);
        assert_eq!(rounded(&net), [-0.05, -0.05, 0.35, 0.35, 0.65, 0.65]);
        assert_eq!(rounded(&[ramp.until(6.0), net.iter().sum()]), [2.9, 1.9]);
    }

    /// Support agents: four weeks nothing, four weeks at 40 % (30 to 50), eight weeks from 60 to 85 %.
    #[test]
    fn support_agent_ramp_matches_published_example() {
        let mut weeks = vec![0.0; 4];
        weeks.extend([0.4; 4]);
        weeks.extend((0..8).map(|week| 0.6 + 0.25 * f64::from(week) / 7.0));
        let given = Curve::new(&weeks).until(16.0);
        assert_eq!(rounded(&[given, 16.0 - given]), [7.4, 8.6]);
    }

    #[test]
    fn output_sums_curve_over_starts() {
        let curve = Curve::new(&[0.0, 0.25, 0.5, 0.75, 1.0]);
        let starts = [0, 1, 1, 3];
        let output: Vec<f64> = (0..5).map(|month| output(&curve, &starts, month)).collect();
        assert_eq!(output, [0.0, 0.25, 1.0, 1.75, 2.75]);
        let heads: Vec<usize> =
            (0..4).map(|month| starts.iter().filter(|start| **start <= month).count()).collect();
        assert_eq!(heads, [1, 3, 3, 4]);
    }
}

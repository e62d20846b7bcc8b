//! What new hires give and take, in the closed form in which it is published.

use super::Curve;

/// The output of a team's new hires in a month, in full people: the sum of what each gives so many months after the
/// start. `starts` are the months in which they start; a start in a later month gives nothing yet.
///
/// Source: <https://hiremodeler.com/blog/hidden-cost-of-ramp-time.html>.
pub fn output(curve: &Curve, starts: &[usize], month: usize) -> f64 {
    starts.iter().filter(|start| **start <= month).map(|start| curve.at((month - start) as f64)).sum()
}

/// What one new hire gives net of what a colleague gives up to help, for each of the first months.
///
/// Source: <https://hiremodeler.com/blog/hidden-cost-of-ramp-time.html>.
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
    fn an_engineer_gives_1_9_of_6_months() {
        let ramp = Curve::new(&[0.2, 0.2, 0.5, 0.5, 0.75, 0.75]);
        let tax = Curve::new(&[0.25, 0.25, 0.15, 0.15, 0.1, 0.1]);
        let net = net(&ramp, &tax, 6);
        assert_eq!(rounded(&net), [-0.05, -0.05, 0.35, 0.35, 0.65, 0.65]);
        assert_eq!(rounded(&[ramp.until(6.0), net.iter().sum()]), [2.9, 1.9]);
    }

    /// Support agents: four weeks nothing, four at 40 % (30 to 50), eight from 60 to 85 %.
    #[test]
    fn an_agent_gives_7_4_of_16_weeks() {
        let mut weeks = vec![0.0; 4];
        weeks.extend([0.4; 4]);
        weeks.extend((0..8).map(|week| 0.6 + 0.25 * f64::from(week) / 7.0));
        let given = Curve::new(&weeks).until(16.0);
        assert_eq!(rounded(&[given, 16.0 - given]), [7.4, 8.6]);
    }

    #[test]
    fn a_team_of_new_hires_ramps_up() {
        let curve = Curve::new(&[0.0, 0.25, 0.5, 0.75, 1.0]);
        let starts = [0, 1, 1, 3];
        let output: Vec<f64> = (0..5).map(|month| output(&curve, &starts, month)).collect();
        assert_eq!(output, [0.0, 0.25, 1.0, 1.75, 2.75]);
        let heads: Vec<usize> =
            (0..4).map(|month| starts.iter().filter(|start| **start <= month).count()).collect();
        assert_eq!(heads, [1, 3, 3, 4]);
    }
}

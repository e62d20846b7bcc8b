use headroom_model::Decimal6;

/// A curve over the months since a start: a fraction for each month, of which the last goes on. A step function.
#[derive(Debug, Clone, PartialEq)]
pub struct Curve {
    shares: Vec<f64>,
    /// Sum of the fractions before each month, up to the first month without a fraction of its own.
    sums: Vec<f64>,
}

impl Curve {
    /// Without any fractions it is 1 from the start.
    pub fn new(shares: &[f64]) -> Self {
        let shares = if shares.is_empty() { vec![1.0] } else { shares.to_vec() };
        let mut sums = vec![0.0];
        for share in &shares {
            sums.push(sums[sums.len() - 1] + share);
        }
        Self { shares, sums }
    }

    pub fn from_fractions(shares: &[Decimal6]) -> Self {
        Self::new(&shares.iter().map(|share| share.as_f64()).collect::<Vec<_>>())
    }

    /// Fraction `months` after the start; 0 before it.
    pub fn at(&self, months: f64) -> f64 {
        if months < 0.0 { 0.0 } else { self.of_month(months as usize) }
    }

    fn of_month(&self, month: usize) -> f64 {
        self.shares.get(month).copied().unwrap_or_else(|| self.last())
    }

    /// The last fraction, which goes on.
    pub fn last(&self) -> f64 {
        self.shares[self.shares.len() - 1]
    }

    /// Number of months after which the curve is constant.
    pub fn settles_after(&self) -> usize {
        let last = self.last();
        self.shares.iter().rposition(|share| *share != last).map_or(0, |at| at + 1)
    }

    /// Area from the start to `months` after it, in person-months.
    pub fn until(&self, months: f64) -> f64 {
        if months <= 0.0 {
            return 0.0;
        }
        let known = self.shares.len();
        let whole = (months as usize).min(known);
        let share = if whole < known { self.shares[whole] } else { self.last() };
        self.sums[whole] + (months - whole as f64) * share
    }

    /// Area between two moments, in months after the start.
    pub fn between(&self, from: f64, to: f64) -> f64 {
        if from == f64::NEG_INFINITY || to <= from {
            return 0.0;
        }
        self.until(to) - self.until(from)
    }

    /// As [`Curve::between`], for a group that shrinks at a constant `hazard` per month from `whole` months after the
    /// start on.
    pub fn between_shrinking(&self, from: f64, to: f64, hazard: f64, whole: f64) -> f64 {
        if hazard <= 0.0 {
            return self.between(from, to);
        }
        let left = |months: f64| (-hazard * (months - whole).max(0.0)).exp();
        let mut sum = 0.0;
        let mut at = from.max(0.0);
        while at < to {
            let next = if at < self.shares.len() as f64 { (at.floor() + 1.0).min(to) } else { to };
            // The group has its full size until it begins to shrink.
            let steady = (whole.clamp(at, next) - at).max(0.0);
            sum += self.at(at) * (steady + (left(at.max(whole)) - left(next.max(whole))) / hazard);
            at = next;
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn area_is_exact() {
        let curve = Curve::new(&[0.2, 0.5, 1.0]);
        assert_eq!(curve.until(0.5), 0.1);
        assert_eq!(curve.until(2.0), 0.7);
        assert!((curve.between(1.5, 4.0) - 2.25).abs() < 1e-12);
        assert_eq!((curve.settles_after(), Curve::new(&[1.0, 1.0]).settles_after()), (2, 0));
        assert_eq!((curve.at(-0.1), curve.at(0.0), curve.at(9.0)), (0.0, 0.2, 1.0));
    }

    #[test]
    fn shrinking_area_matches_numerical_integration() {
        let curve = Curve::new(&[0.2, 0.5, 1.0]);
        let (from, to, hazard, whole) = (0.3, 4.7, 0.2, 1.4);
        let steps = 100_000;
        let width = (to - from) / f64::from(steps);
        let sum: f64 = (0..steps)
            .map(|step| from + (f64::from(step) + 0.5) * width)
            .map(|at| curve.at(at) * (-hazard * (at - whole).max(0.0)).exp() * width)
            .sum();
        assert!((curve.between_shrinking(from, to, hazard, whole) - sum).abs() < 1e-5);
        assert_eq!(curve.between_shrinking(from, to, 0.0, whole), curve.between(from, to));
    }
}

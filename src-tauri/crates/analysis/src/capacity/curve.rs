use headroom_model::Decimal6;

/// A share for each month since somebody's start; the last one goes on.
#[derive(Debug, Clone, PartialEq)]
pub struct Curve {
    shares: Vec<f64>,
    /// The sum of the shares before each month, and before the first month without a share of its own.
    sums: Vec<f64>,
}

impl Curve {
    /// No shares at all stand for a whole one from the start.
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

    /// The share once so many months have passed since the start. None before it.
    pub fn at(&self, months: f64) -> f64 {
        if months < 0.0 { 0.0 } else { self.of_month(months as usize) }
    }

    fn of_month(&self, month: usize) -> f64 {
        self.shares.get(month).copied().unwrap_or_else(|| self.last())
    }

    /// The share that goes on.
    pub fn last(&self) -> f64 {
        self.shares[self.shares.len() - 1]
    }

    /// After how many months nothing changes any more.
    pub fn settles_after(&self) -> usize {
        let last = self.last();
        self.shares.iter().rposition(|share| *share != last).map_or(0, |at| at + 1)
    }

    /// Person-months from the start until so many months after it.
    pub fn until(&self, months: f64) -> f64 {
        if months <= 0.0 {
            return 0.0;
        }
        let known = self.shares.len();
        let whole = (months as usize).min(known);
        let share = if whole < known { self.shares[whole] } else { self.last() };
        self.sums[whole] + (months - whole as f64) * share
    }

    /// Person-months from one to another number of months after the start.
    pub fn between(&self, from: f64, to: f64) -> f64 {
        if from == f64::NEG_INFINITY || to <= from {
            return 0.0;
        }
        self.until(to) - self.until(from)
    }

    /// As [`Curve::between`], of those who are left of a group that shrinks at `hazard`, a share of it every
    /// instant in months. At `whole` months after the start the group is whole.
    pub fn between_shrinking(&self, from: f64, to: f64, hazard: f64, whole: f64) -> f64 {
        if hazard <= 0.0 {
            return self.between(from, to);
        }
        let left = |months: f64| (-hazard * (months - whole).max(0.0)).exp();
        let mut sum = 0.0;
        let mut at = from.max(0.0);
        while at < to {
            let next = if at < self.shares.len() as f64 { (at.floor() + 1.0).min(to) } else { to };
            // Until the group begins to shrink, it is as it was.
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
    fn the_area_under_a_curve_is_exact() {
        let curve = Curve::new(&[0.2, 0.5, 1.0]);
        assert_eq!(curve.until(0.5), 0.1);
        assert_eq!(curve.until(2.0), 0.7);
        assert!((curve.between(1.5, 4.0) - 2.25).abs() < 1e-12);
        assert_eq!((curve.settles_after(), Curve::new(&[1.0, 1.0]).settles_after()), (2, 0));
        assert_eq!((curve.at(-0.1), curve.at(0.0), curve.at(9.0)), (0.0, 0.2, 1.0));
    }

    #[test]
    fn a_shrinking_group_is_the_sum_over_short_steps() {
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

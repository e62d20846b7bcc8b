//! Medians of whole numbers, exactly.

/// The number in the middle, or between the two in the middle: in halves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Median {
    pub halves: i128,
}

impl Median {
    /// Divided, with so many decimals, half away from zero.
    pub fn over(self, divisor: i128, decimals: u32) -> String {
        let scale = 10_i128.pow(decimals);
        let (digits, parts) = (self.halves.abs() * scale, divisor * 2);
        let rounded = (digits * 2 + parts) / (parts * 2);
        let sign = if self.halves < 0 && rounded > 0 { "-" } else { "" };
        match decimals {
            0 => format!("{sign}{rounded}"),
            _ => format!("{sign}{}.{:0width$}", rounded / scale, rounded % scale, width = decimals as usize),
        }
    }
}

/// None of no numbers.
pub fn median(numbers: &[i64]) -> Option<Median> {
    let mut sorted = numbers.to_vec();
    sorted.sort_unstable();
    let upper = *sorted.get(sorted.len() / 2)?;
    let lower = if sorted.len() % 2 == 1 { upper } else { sorted[sorted.len() / 2 - 1] };
    Some(Median { halves: i128::from(lower) + i128::from(upper) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(numbers: &[i64], divisor: i128, decimals: u32) -> String {
        median(numbers).map(|median| median.over(divisor, decimals)).unwrap_or_default()
    }

    #[test]
    fn a_median_is_in_the_middle() {
        assert_eq!(written(&[3_000_000, 1_000_000, 2_000_000], 1_000_000, 7), "2.0000000");
        assert_eq!(written(&[1, 0], 1_000_000, 7), "0.0000005");
        assert_eq!(written(&[1_000_000, 2_000_000], 1_000_000, 7), "1.5000000");
        assert_eq!(written(&[], 1, 7), "");
    }

    #[test]
    fn it_is_rounded_half_away_from_zero() {
        assert_eq!(written(&[3600], 3600, 9), "1.000000000");
        assert_eq!(written(&[-1], 3600, 4), "-0.0003");
        assert_eq!(written(&[1], 3, 0), "0");
        assert_eq!(written(&[-1, 0], 1, 0), "-1");
    }
}

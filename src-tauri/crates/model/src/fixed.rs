//! Fixed-point decimals as integers: 12.5 with six decimals is 12 500 000.

/// The number in units of the last decimal. None if the text is not a plain decimal number, has more than `decimals`
/// decimals, or is too large.
pub(crate) fn parse(text: &str, decimals: u32) -> Option<i64> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, text),
    };
    let (whole, rest) = digits.split_once('.').unwrap_or((digits, ""));
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let rest = rest.trim_end_matches('0');
    if (whole.is_empty() && rest.is_empty()) || !is_number(whole) || !is_number(rest) {
        return None;
    }
    let missing = decimals.checked_sub(u32::try_from(rest.len()).ok()?)?;
    let scale = 10_i64.checked_pow(decimals)?;
    let whole: i64 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
    let rest: i64 = if rest.is_empty() { 0 } else { rest.parse().ok()? };
    whole.checked_mul(scale)?.checked_add(rest.checked_mul(10_i64.checked_pow(missing)?)?)?.checked_mul(sign)
}

/// As few decimals as possible, but at least `shown`.
pub(crate) fn format(units: i64, decimals: u32, shown: usize) -> String {
    let scale = 10_u64.pow(decimals);
    let (whole, rest) = (units.unsigned_abs() / scale, units.unsigned_abs() % scale);
    let sign = if units < 0 { "-" } else { "" };
    let mut digits =
        if decimals == 0 { String::new() } else { format!("{rest:0width$}", width = decimals as usize) };
    while digits.len() > shown && digits.ends_with('0') {
        digits.pop();
    }
    if digits.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{digits}") }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn parsing_is_exact_or_fails() {
        assert_eq!(parse("12.5", 6), Some(12_500_000));
        assert_eq!(parse("-0.10", 2), Some(-10));
        assert_eq!(parse(".5", 1), Some(5));
        assert_eq!(parse("1.25", 1), None);
        for wrong in ["", ".", "-", "1e3", "1,5", "٣", "99999999999999999999"] {
            assert_eq!(parse(wrong, 2), None, "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn format_and_parse_round_trip(units in any::<i64>().prop_filter("has a magnitude", |n| *n != i64::MIN)) {
            prop_assert_eq!(parse(&format(units, 6, 0), 6), Some(units));
            prop_assert_eq!(parse(&format(units, 2, 2), 2), Some(units));
        }
    }
}

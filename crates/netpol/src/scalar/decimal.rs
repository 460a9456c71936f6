//! Decimals such as `1.10` and `1e3`, by their digits: no rounding can make one another number, and the page carries no code
//! that reads or writes binary fractions.

/// 0.`digits` × 10^`point`.
pub(super) struct Decimal {
    is_negative: bool,
    /// Without zeros at either end; empty for zero.
    digits: String,
    point: i64,
}

/// The first digits of the smallest number that 64 bits round to infinity, which has 309 of them before the point.
const TOO_LARGE: &str = "1797693134862315807937289714053034150799";

impl Decimal {
    /// Of what YAML takes for one. A power beyond all reason is cut to one that is still out of reach.
    pub(super) fn of(text: &str) -> Self {
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let unsigned = mantissa.strip_prefix(['+', '-']).unwrap_or(mantissa);
        let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
        let all = [whole, fraction].concat();
        let digits = all.trim_start_matches('0');
        let leading = all.len() - digits.len();
        // what is beyond is beyond in either case
        let largest = if exponent.starts_with('-') { i64::MIN / 4 } else { i64::MAX / 4 };
        let exponent =
            exponent.parse().map_or(largest, |it: i64| it.clamp(i64::MIN / 4, i64::MAX / 4));
        let length = |text: &str| i64::try_from(text.len()).unwrap_or(i64::MAX / 4);
        let point = length(whole) - i64::try_from(leading).unwrap_or(i64::MAX / 4) + exponent;
        Self {
            is_negative: mantissa.starts_with('-'),
            digits: digits.trim_end_matches('0').to_owned(),
            point,
        }
    }

    /// Whether 64 bits hold it, rounded.
    pub(super) fn is_finite(&self) -> bool {
        self.digits.is_empty()
            || self.point < 309
            || self.point == 309 && self.digits.as_str() < TOO_LARGE
    }

    /// The whole number that it is, where it is one and 64 bits with a sign hold it.
    pub(super) fn whole(&self) -> Option<i64> {
        if self.digits.is_empty() {
            return Some(0);
        }
        let point = usize::try_from(self.point).ok().filter(|point| *point <= 19)?;
        let zeros = point.checked_sub(self.digits.len())?;
        let number: i64 = [self.digits.as_str(), &"0".repeat(zeros)].concat().parse().ok()?;
        Some(if self.is_negative { -number } else { number })
    }

    /// As Go's `strconv.FormatFloat(number, 'g', -1, 32)` writes it, where 32 bits tell its digits apart: six of them at most.
    pub(super) fn in_go(&self) -> Option<String> {
        let sign = if self.is_negative { "-" } else { "" };
        if self.digits.is_empty() {
            return Some(format!("{sign}0"));
        }
        if self.digits.len() > 6 || !(-36..=38).contains(&self.point) {
            return None;
        }
        let power = self.point - 1;
        if !(-4..21).contains(&power) {
            let (first, rest) = self.digits.split_at_checked(1)?;
            let dot = if rest.is_empty() { "" } else { "." };
            let power_sign = if power < 0 { '-' } else { '+' };
            return Some(format!("{sign}{first}{dot}{rest}e{power_sign}{:02}", power.abs()));
        }
        let zeros = |count: i64| "0".repeat(usize::try_from(count).unwrap_or(0));
        let length = i64::try_from(self.digits.len()).ok()?;
        if self.point <= 0 {
            return Some(format!("{sign}0.{}{}", zeros(-self.point), self.digits));
        }
        if self.point >= length {
            return Some(format!("{sign}{}{}", self.digits, zeros(self.point - length)));
        }
        let (whole, fraction) = self.digits.split_at_checked(usize::try_from(self.point).ok()?)?;
        Some(format!("{sign}{whole}.{fraction}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_written_as_go_writes_them() {
        for text in [
            "1.10", "1e3", "0.5", ".5", "-.50", "1e-4", "1e-5", "12.5e-7", "123456", "1e20",
            "1e21", "1.5e21", "-2.50e30", "100", "0.00012", "99999.9", "1e37",
        ] {
            let number = text.parse::<f64>().unwrap();
            #[expect(clippy::cast_possible_truncation, reason = "Go rounds to 32 bits as well")]
            let number = number as f32;
            let power = number.abs().log10().floor();
            let expected = if (-4.0..21.0).contains(&power) {
                number.to_string()
            } else {
                let text = format!("{number:e}");
                let (mantissa, power) = text.split_once('e').unwrap();
                let power: i32 = power.parse().unwrap();
                format!("{mantissa}e{}{:02}", if power < 0 { '-' } else { '+' }, power.abs())
            };
            assert_eq!(Decimal::of(text).in_go(), Some(expected), "{text}");
        }
        assert_eq!(Decimal::of("0.0").in_go().unwrap(), "0");
        assert_eq!(Decimal::of("1.2345678").in_go(), None);
    }

    #[test]
    fn what_is_too_large_for_64_bits_is_infinite() {
        for text in [
            "1e308",
            "1e309",
            "1.7976931348623157e308",
            "1.7976931348623158e308",
            "1.7976931348623159e308",
            "1.79769313486231580793e308",
            "1.797693134862315807e308",
            "0e999",
            "0.001e311",
            "0.001e312",
            "1000e305",
            "1000e306",
            "1e99999999999999999999",
            "1e-99999999999999999999",
            "-1e309",
        ] {
            let is_finite = text.parse::<f64>().unwrap().is_finite();
            assert_eq!(Decimal::of(text).is_finite(), is_finite, "{text}");
        }
    }
}

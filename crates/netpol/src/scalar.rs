//! What an unquoted word is to kubectl: YAML 1.1 as `sigs.k8s.io/yaml` reads it, where `yes` is a
//! boolean and `0777` is 511. Words in, typed scalars out; nothing of documents or Kubernetes.

use std::fmt;

/// A YAML scalar as kubectl sees it.
#[derive(Debug, Clone, PartialEq)]
pub enum Scalar {
    /// Nothing, `~` or `null`.
    Null,
    /// `true`, `yes`, `on`, `y` and their opposites, in three spellings each.
    Bool(bool),
    /// A whole number, in any of the notations of YAML 1.1.
    Int(i128),
    /// Any other number; `80.0` is one.
    Float(f64),
    /// Everything else, and everything quoted.
    Text(String),
}

impl Scalar {
    /// The word that Go's JSON decoder uses for this type.
    pub const fn json_type(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "bool",
            Self::Int(_) | Self::Float(_) => "number",
            Self::Text(_) => "string",
        }
    }
}

/// The text that JSON would carry.
impl fmt::Display for Scalar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Bool(value) => write!(f, "{value}"),
            Self::Int(value) => write!(f, "{value}"),
            Self::Float(value) => write!(f, "{value}"),
            Self::Text(value) => f.write_str(value),
        }
    }
}

/// Resolves an unquoted, untagged word.
pub fn resolve(word: &str) -> Scalar {
    match word {
        "" | "~" | "null" | "Null" | "NULL" => return Scalar::Null,
        "y" | "Y" | "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" => {
            return Scalar::Bool(true);
        }
        "n" | "N" | "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => {
            return Scalar::Bool(false);
        }
        _ => {}
    }
    let number = match word.as_bytes().first() {
        Some(b'0'..=b'9' | b'+' | b'-') => {
            let plain = word.replace('_', "");
            integer(&plain).or_else(|| float(&plain))
        }
        Some(b'.') => float(word),
        _ => None,
    };
    number.unwrap_or_else(|| Scalar::Text(word.to_owned()))
}

fn integer(word: &str) -> Option<Scalar> {
    let (negative, digits) = match word.strip_prefix(['+', '-']) {
        Some(rest) => (word.starts_with('-'), rest),
        None => (false, word),
    };
    let lower = digits.to_ascii_lowercase();
    let (radix, digits) = match lower.as_bytes() {
        [b'0', b'x', ..] => (16, lower.get(2..)?),
        [b'0', b'o', ..] => (8, lower.get(2..)?),
        [b'0', b'b', ..] => (2, lower.get(2..)?),
        [b'0', _, ..] => (8, lower.get(1..)?),
        _ => (10, lower.as_str()),
    };
    if digits.is_empty() || !digits.chars().all(|c| c.is_digit(radix)) {
        return None;
    }
    let value = i128::from_str_radix(digits, radix).ok()?;
    let fits = value <= i128::from(u64::MAX);
    fits.then_some(Scalar::Int(if negative { -value } else { value }))
}

/// `[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`
fn float(word: &str) -> Option<Scalar> {
    let unsigned = word.strip_prefix(['+', '-']).unwrap_or(word);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let exponent_fits = exponent.is_none_or(|e| {
        let e = e.strip_prefix(['+', '-']).unwrap_or(e);
        !e.is_empty() && digits(e)
    });
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let mantissa_fits =
        digits(whole) && digits(fraction) && !(whole.is_empty() && fraction.is_empty());
    if !(exponent_fits && mantissa_fits) {
        return None;
    }
    word.parse().ok().filter(|value: &f64| value.is_finite()).map(Scalar::Float)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_resolve_as_in_yaml_1_1() {
        let int = |text, value| assert_eq!(resolve(text), Scalar::Int(value), "{text}");
        int("0777", 511);
        int("0o17", 15);
        int("0x1F", 31);
        int("0b11", 3);
        int("1_000", 1000);
        int("-5", -5);
        assert_eq!(resolve("1e3"), Scalar::Float(1000.0));
        assert_eq!(resolve("08"), Scalar::Float(8.0));
        assert_eq!(resolve("yes"), Scalar::Bool(true));
        assert_eq!(resolve("n"), Scalar::Bool(false));
        assert_eq!(resolve("~"), Scalar::Null);
        for text in [
            "190:20:30",
            "2024-01-02",
            "10.0.0.0/8",
            "1.2.3",
            "-",
            "0x",
            "80-90",
            "yEs",
            "1e",
            "e1",
        ] {
            assert_eq!(resolve(text), Scalar::Text(text.to_owned()), "{text}");
        }
    }
}

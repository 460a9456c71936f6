//! What an unquoted word is to kubectl: YAML 1.1 as `sigs.k8s.io/yaml` reads it, where `yes` is a
//! boolean and `0777` is 511. Words in, typed scalars out; nothing of documents or Kubernetes.

mod decimal;

use std::fmt;

use decimal::Decimal;

/// A YAML scalar as kubectl sees it.
#[derive(Debug, Clone, PartialEq)]
pub enum Scalar {
    /// Nothing, `~` or `null`.
    Null,
    /// `true`, `yes`, `on`, `y` and their opposites, in three spellings each.
    Bool(bool),
    /// A whole number, in any of the notations of YAML 1.1.
    Int(i128),
    /// Any other number, as written; `80.0` is one.
    Float(String),
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

impl Scalar {
    /// The key of a map that it makes on kubectl's way through JSON, in whose words a number is written anew: `1.10` is `1.1`.
    /// One of more than six digits stays as it is written, where Go rounds it to 32 bits.
    /// `None` for null and for whole numbers beyond 64 bits with a sign, which are no keys there.
    pub fn as_key(&self) -> Option<String> {
        match self {
            Self::Null => None,
            Self::Int(number) => i64::try_from(*number).ok().map(|number| number.to_string()),
            Self::Float(number) if is_beyond_json(number) => {
                Some(number.trim_start_matches('+').to_ascii_lowercase())
            }
            Self::Float(number) => Some(Decimal::of(number).in_go().unwrap_or(number.clone())),
            Self::Bool(_) | Self::Text(_) => Some(self.to_string()),
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
        Some(b'0'..=b'9' | b'+' | b'-' | b'.') if is_beyond_json(word) => {
            Some(Scalar::Float(word.to_owned()))
        }
        Some(b'0'..=b'9' | b'+' | b'-') => {
            let plain = word.replace('_', "");
            integer(&plain).or_else(|| float(&plain))
        }
        Some(b'.') => float(word),
        _ => None,
    };
    number.unwrap_or_else(|| Scalar::Text(word.to_owned()))
}

/// Whether a word is a number that is none in JSON: infinite, or not a number at all.
pub(crate) fn is_beyond_json(word: &str) -> bool {
    matches!(word, ".nan" | ".NaN" | ".NAN")
        || matches!(word.strip_prefix(['+', '-']).unwrap_or(word), ".inf" | ".Inf" | ".INF")
}

/// A piece of YAML that is this text, inside brackets or not: in quotes where kubectl would read something else.
pub(crate) fn written(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '/' | '-');
    let is_text = matches!(resolve(text), Scalar::Text(_));
    if is_text && text.chars().all(is_plain) && !text.starts_with('-') {
        text.to_owned()
    } else {
        let mut quoted = String::from('"');
        for c in text.chars() {
            match escape(c) {
                Some(escape) => quoted.push_str(&escape),
                None => quoted.push(c),
            }
        }
        quoted.push('"');
        quoted
    }
}

/// How a character is written inside double quotes that does not stand there for itself: it would end the line, the
/// quotes or the stream, or be folded into a space.
fn escape(c: char) -> Option<String> {
    let stream = ['\u{2028}', '\u{2029}', '\u{feff}', '\u{fffe}', '\u{ffff}'];
    match c {
        '"' | '\\' => Some(format!("\\{c}")),
        '\n' => Some("\\n".to_owned()),
        '\r' => Some("\\r".to_owned()),
        '\t' => Some("\\t".to_owned()),
        c if c.is_control() || stream.contains(&c) => Some(format!("\\u{:04x}", u32::from(c))),
        _ => None,
    }
}

/// Resolves a word under one of the tags `str`, `null`, `bool`, `int` and `float`, quoted or not.
pub(crate) fn tagged(word: String, tag: &str) -> Result<Scalar, String> {
    if tag == "str" {
        return Ok(Scalar::Text(word));
    }
    let scalar = resolve(&word);
    let found = match &scalar {
        Scalar::Null => "null",
        Scalar::Bool(_) => "bool",
        Scalar::Int(number) if tag == "float" => return Ok(Scalar::Float(number.to_string())),
        Scalar::Int(_) => "int",
        Scalar::Float(_) => "float",
        Scalar::Text(_) => "str",
    };
    if found == tag {
        return Ok(scalar);
    }
    let shown: String = word.chars().take(80).collect();
    Err(format!("cannot decode !!{found} `{shown}` as a !!{tag}"))
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
        // go-yaml looks behind `0b` for a sign
        [b'0', b'b', b'-', ..] if has_no_sign(word) && word.starts_with("0b") => {
            return integer(&["-0b", lower.get(3..)?].concat());
        }
        [b'0', b'b', b'+', ..] if has_no_sign(word) && word.starts_with("0b") => {
            return integer(&["0b", lower.get(3..)?].concat());
        }
        [b'0', b'b', ..] => (2, lower.get(2..)?),
        [b'0', _, ..] => (8, lower.get(1..)?),
        _ => (10, lower.as_str()),
    };
    if digits.is_empty() || !digits.chars().all(|c| c.is_digit(radix)) {
        return None;
    }
    let value = i128::from_str_radix(digits, radix).ok()?;
    let value = if negative { -value } else { value };
    // 64 bits with a sign, or without one where none is written
    let largest = if has_no_sign(word) { i128::from(u64::MAX) } else { i128::from(i64::MAX) };
    (i128::from(i64::MIN)..=largest).contains(&value).then_some(Scalar::Int(value))
}

fn has_no_sign(word: &str) -> bool {
    !word.starts_with(['+', '-'])
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
    let is_finite = || Decimal::of(word).is_finite();
    (exponent_fits && mantissa_fits && is_finite()).then(|| Scalar::Float(word.to_owned()))
}

/// The whole number that a decimal such as `80.0` or `1e3` is, where it is one and not large.
/// Digits are counted, so that no rounding can make it another.
pub(crate) fn whole(decimal: &str) -> Option<i64> {
    Decimal::of(decimal).whole()
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
        for (text, number) in [
            ("1e3", Some(1000)),
            ("08", Some(8)),
            ("80.0", Some(80)),
            ("80.5", None),
            ("-1.50e1", Some(-15)),
            ("800e-1", Some(80)),
            ("1e-1", None),
            ("0.0", Some(0)),
            ("1e99", None),
            ("-9223372036854775809", None),
            ("99999999999.0", Some(99_999_999_999)),
            ("-1e18", Some(-1_000_000_000_000_000_000)),
            ("1e19", None),
            (".5e1", Some(5)),
            ("10e-1", Some(1)),
        ] {
            assert_eq!(resolve(text), Scalar::Float(text.to_owned()), "{text}");
            assert_eq!(whole(text), number, "{text}");
        }
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
            "1e999",
        ] {
            assert_eq!(resolve(text), Scalar::Text(text.to_owned()), "{text}");
        }
    }
}

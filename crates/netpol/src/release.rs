//! The release of Kubernetes that answers: what one refuses, another may take.

use std::str::FromStr;

/// A release of Kubernetes, as `kubectl version` has it: `1.36`, or `v1.36.3`. What is asked for nothing else is the newest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Release {
    minor: u16,
}

impl Release {
    /// The newest one that is known.
    pub const NEWEST: Self = Self { minor: 37 };
    /// From this one on `StrictIPCIDRValidation` is on unless somebody turns it off.
    const STRICT_CIDRS: Self = Self { minor: 36 };

    /// Whether it refuses a CIDR in a new object that older releases take, with a warning.
    pub(crate) fn has_strict_cidrs(self) -> bool {
        self >= Self::STRICT_CIDRS
    }
}

impl Default for Release {
    fn default() -> Self {
        Self::NEWEST
    }
}

impl FromStr for Release {
    /// What is wrong with it, and what to write.
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let minor = minor(text);
        minor.map(|minor| Self { minor }).ok_or_else(|| {
            "no release of Kubernetes: write one such as `1.35`, or `v1.35.2`".to_owned()
        })
    }
}

/// Of `1.MINOR` or `1.MINOR.PATCH`, with whatever a vendor adds: `v1.35.2-gke.100`, `1.35.2+k3s1`.
fn minor(text: &str) -> Option<u16> {
    let number = |text: &str| {
        let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| text.parse::<u16>().ok()).flatten()
    };
    let text = text.strip_prefix('v').unwrap_or(text);
    let text = text.split(['-', '+']).next()?;
    let (minor, patch) = match text.strip_prefix("1.")?.split_once('.') {
        Some((minor, patch)) => (minor, Some(patch)),
        None => (text.strip_prefix("1.")?, None),
    };
    patch.is_none_or(|patch| number(patch).is_some()).then(|| number(minor)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_release_is_read_as_kubectl_and_vendors_write_it() {
        for (text, minor) in [
            ("1.35", 35),
            ("v1.36", 36),
            ("1.36.3", 36),
            ("v1.35.2-gke.1269001", 35),
            ("v1.34.1+k3s1", 34),
            ("1.37.0-rc.0", 37),
            ("1.38", 38),
        ] {
            assert_eq!(text.parse(), Ok(Release { minor }), "{text}");
        }
        for wrong in [
            "", "1", "1.", "v", "2.0", "35", "1.x", "1.36.", "1.36.x", "1.36.1.1", "1.-1",
            "1.99999", "latest",
        ] {
            assert!(wrong.parse::<Release>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn cidrs_are_strict_from_1_36_on() {
        let is_strict = |text: &str| text.parse::<Release>().unwrap().has_strict_cidrs();
        assert!(!is_strict("1.35.9") && is_strict("1.36") && is_strict("1.40"));
        assert!(Release::default().has_strict_cidrs());
    }
}

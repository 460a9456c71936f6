//! Label selectors: which labels match, and which requirement failed.

use std::fmt;

use crate::meta::Labels;

/// `LabelSelector`: every requirement must hold; none at all matches everything.
///
/// "The result of matchLabels and matchExpressions are `ANDed`. An empty label selector matches all
/// objects. A null label selector matches no objects." In a NetworkPolicy an absent selector means
/// something else at each place, so it is an `Option` there and never this type.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LabelSelector {
    /// `matchLabels` first, then `matchExpressions`, each in the order written.
    pub requirements: Vec<LabelSelectorRequirement>,
}

/// One entry of `matchLabels` or `matchExpressions`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LabelSelectorRequirement {
    /// The label's key.
    pub key: String,
    /// What must be true of it.
    pub operator: Operator,
    /// The values of `In` and `NotIn`; empty for the other two.
    pub values: Vec<String>,
    /// Where in the selector it was written.
    pub written: Written,
}

/// Where in a selector a requirement stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// `matchLabels.<key>`
    MatchLabels,
    /// `matchExpressions[i]`
    MatchExpressions(usize),
}

/// The four operators of `matchExpressions`; `matchLabels` means [`Operator::In`] one value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// The label is there with one of the values.
    In,
    /// The label is not there, or has none of the values.
    NotIn,
    /// The label is there.
    Exists,
    /// The label is not there.
    DoesNotExist,
}

impl LabelSelector {
    /// Whether it matches everything.
    pub const fn is_empty(&self) -> bool {
        self.requirements.is_empty()
    }

    /// Whether all requirements hold.
    pub fn matches(&self, labels: &Labels) -> bool {
        self.first_unmet(labels).is_none()
    }

    /// Labels that meet every requirement, and no more than those; `None` where no labels can.
    pub(crate) fn example(&self) -> Option<Labels> {
        let mut labels = Labels::new();
        for LabelSelectorRequirement { key, operator, .. } in &self.requirements {
            if labels.contains_key(key) || !matches!(operator, Operator::In | Operator::Exists) {
                continue;
            }
            let same_key: Vec<_> = self.requirements.iter().filter(|r| r.key == *key).collect();
            let listed = same_key.iter().filter(|r| r.operator == Operator::In);
            let listed = listed.flat_map(|requirement| requirement.values.iter().cloned());
            // with more of them than are ruled out, one is left
            let ruled_out: usize = same_key.iter().map(|one| one.values.len()).sum();
            let made_up =
                (0..=ruled_out).map(|n| if n == 0 { String::new() } else { format!("any-{n}") });
            let fits = |value: &String| {
                let labels = Labels::from([(key.clone(), value.clone())]);
                same_key.iter().all(|requirement| requirement.matches(&labels))
            };
            let value = listed.chain(made_up).find(fits)?;
            labels.insert(key.clone(), value);
        }
        self.matches(&labels).then_some(labels)
    }

    /// The index of the first requirement that does not hold.
    pub fn first_unmet(&self, labels: &Labels) -> Option<usize> {
        self.requirements.iter().position(|requirement| !requirement.matches(labels))
    }
}

impl LabelSelectorRequirement {
    /// Whether it holds for these labels.
    ///
    /// `NotIn` holds where the key is missing: "objects that don't have the key" match as well
    /// (apimachinery `labels/selector.go`, `Requirement.Matches`).
    pub fn matches(&self, labels: &Labels) -> bool {
        let value = labels.get(&self.key);
        match self.operator {
            Operator::In => value.is_some_and(|value| self.values.contains(value)),
            Operator::NotIn => value.is_none_or(|value| !self.values.contains(value)),
            Operator::Exists => value.is_some(),
            Operator::DoesNotExist => value.is_none(),
        }
    }
}

impl Operator {
    /// The operator's name in the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::In => "In",
            Self::NotIn => "NotIn",
            Self::Exists => "Exists",
            Self::DoesNotExist => "DoesNotExist",
        }
    }
}

/// As `kubectl get -l` writes it: `app=web,tier in (a,b),!old`; `{}` for everything.
impl fmt::Display for LabelSelector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_empty() {
            return f.write_str("{}");
        }
        for (at, requirement) in self.requirements.iter().enumerate() {
            let comma = if at > 0 { "," } else { "" };
            write!(f, "{comma}{requirement}")?;
        }
        Ok(())
    }
}

impl fmt::Display for LabelSelectorRequirement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (key, values) = (&self.key, self.values.join(","));
        match self.operator {
            Operator::In if self.values.len() == 1 => write!(f, "{key}={values}"),
            Operator::NotIn if self.values.len() == 1 => write!(f, "{key}!={values}"),
            Operator::In => write!(f, "{key} in ({values})"),
            Operator::NotIn => write!(f, "{key} notin ({values})"),
            Operator::Exists => f.write_str(key),
            Operator::DoesNotExist => write!(f, "!{key}"),
        }
    }
}

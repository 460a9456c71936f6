//! Label selectors: which labels match, and which requirement failed.

use std::{collections::BTreeSet, fmt};

use crate::meta::{Labels, is_unknown, may_be};

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

/// What a selector makes of some labels, of which the values of some may be known to the cluster only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// Every requirement holds.
    Matches,
    /// The requirement of this index is the first that does not hold, whatever the unknown values are.
    Misses(usize),
    /// The requirement of this index is the first that asks for a value that only the cluster knows: it may hold. No
    /// other one is missed.
    Unknown(usize),
}

impl LabelSelector {
    /// Whether it matches everything.
    pub const fn is_empty(&self) -> bool {
        self.requirements.is_empty()
    }

    /// Whether all requirements surely hold.
    pub fn matches(&self, labels: &Labels) -> bool {
        self.fit(labels) == Fit::Matches
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
            let values: Vec<BTreeSet<&str>> = same_key
                .iter()
                .map(|one| one.values.iter().map(String::as_str).collect())
                .collect();
            let fits = |value: &String| {
                same_key.iter().zip(&values).all(|(one, values)| match one.operator {
                    Operator::In => values.contains(value.as_str()),
                    Operator::NotIn => !values.contains(value.as_str()),
                    Operator::Exists => true,
                    Operator::DoesNotExist => false,
                })
            };
            let value = listed.chain(made_up).find(fits)?;
            labels.insert(key.clone(), value);
        }
        self.matches(&labels).then_some(labels)
    }

    /// Whether all requirements may hold: no known label is in their way.
    pub fn may_match(&self, labels: &Labels) -> bool {
        !matches!(self.fit(labels), Fit::Misses(_))
    }

    /// What it makes of some labels.
    ///
    /// Each requirement is taken for itself: where two of them ask for the same unknown value, no answer is given that
    /// would need to know that both cannot hold.
    pub fn fit(&self, labels: &Labels) -> Fit {
        let first = |is_meant: fn(Option<bool>) -> bool| {
            let holds = |requirement: &LabelSelectorRequirement| requirement.holds(labels);
            self.requirements.iter().position(|requirement| is_meant(holds(requirement)))
        };
        match (first(|holds| holds == Some(false)), first(|holds| holds.is_none())) {
            (Some(at), _) => Fit::Misses(at),
            (None, Some(at)) => Fit::Unknown(at),
            (None, None) => Fit::Matches,
        }
    }
}

impl LabelSelectorRequirement {
    /// Whether it surely holds for these labels.
    pub fn matches(&self, labels: &Labels) -> bool {
        self.holds(labels) == Some(true)
    }

    /// Whether it holds for these labels; `None` where only the cluster knows.
    ///
    /// `NotIn` holds where the key is missing: "objects that don't have the key" match as well
    /// (apimachinery `labels/selector.go`, `Requirement.Matches`).
    pub fn holds(&self, labels: &Labels) -> Option<bool> {
        self.holds_for(labels.get(&self.key).map(String::as_str))
    }

    /// The same for the value of its key; `None` where the label is missing.
    pub(crate) fn holds_for(&self, value: Option<&str>) -> Option<bool> {
        let is_listed = || match value {
            None => Some(false),
            Some(value) if is_unknown(value) => {
                let may_be_listed = self.values.iter().any(|listed| may_be(value, listed));
                (!may_be_listed).then_some(false)
            }
            Some(value) => Some(self.values.iter().any(|listed| listed == value)),
        };
        match self.operator {
            Operator::In => is_listed(),
            Operator::NotIn => is_listed().map(|is_listed| !is_listed),
            Operator::Exists => Some(value.is_some()),
            Operator::DoesNotExist => Some(value.is_none()),
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

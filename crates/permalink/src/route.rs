//! Where the part of an address from `#` on leads.

use crate::{EncodeError, Limit, LinkError, MAX_LINK, Shared, percent};
use std::fmt::{self, Display, Formatter};
use std::str::FromStr;

/// The longest name a built-in text may have.
const LONGEST_SLUG: usize = 64;
/// How much of an address that leads nowhere is repeated in the message.
const REPEATED: usize = 40;

/// A place in the playground.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    /// Nothing behind the `#`: the start page.
    Home,
    /// A built-in text.
    Scenario(Slug),
    /// An exercise.
    Exercise(Slug),
    /// Two built-in texts side by side.
    Compare(Slug, Slug),
    /// A text that somebody shares.
    Shared(Shared),
}

impl Route {
    /// The address, from `#` on.
    pub fn encode(&self) -> Result<String, EncodeError> {
        Ok(match self {
            Self::Home => "#/".to_owned(),
            Self::Scenario(slug) => format!("#/s/{slug}"),
            Self::Exercise(slug) => format!("#/x/{slug}"),
            Self::Compare(left, right) => format!("#/c/{left}..{right}"),
            Self::Shared(shared) => return shared.encode(),
        })
    }
}

impl FromStr for Route {
    type Err = LinkError;

    /// Reads a fragment with or without its `#`, or a whole address: what stands before the first `#` is passed over.
    fn from_str(address: &str) -> Result<Self, LinkError> {
        let address = address.trim();
        let fragment = address.split_once('#').map_or(address, |(_, fragment)| fragment);
        if fragment.len() >= MAX_LINK {
            return Err(LinkError::TooLarge(Limit::Link));
        }
        let fragment = percent::decode(fragment);
        if matches!(&*fragment, "" | "/") {
            return Ok(Self::Home);
        }
        let unknown = || LinkError::UnknownRoute { address: beginning(&fragment) };
        let path = fragment.strip_prefix('/').ok_or_else(unknown)?;
        let (kind, rest) = path.split_once('/').unwrap_or((path, ""));
        match kind {
            "s" => named(rest).map(Self::Scenario),
            "x" => named(rest).map(Self::Exercise),
            "c" => {
                let (left, right) =
                    rest.split_once("..").ok_or(LinkError::Truncated { kept: None })?;
                Ok(Self::Compare(left.parse()?, named(right)?))
            }
            "p" => Shared::decode(rest).map(Self::Shared),
            _ => Err(unknown()),
        }
    }
}

/// The slug that ends an address. It has no checksum, but a slug cannot contain what chat programs add either.
fn named(rest: &str) -> Result<Slug, LinkError> {
    let is_junk =
        |last: char| !(last.is_ascii_alphanumeric() || last == '-' || last == '_' || last == '%');
    let slug = rest.trim_end_matches(is_junk);
    if slug.is_empty() { Err(LinkError::Truncated { kept: None }) } else { slug.parse() }
}

fn beginning(text: &str) -> String {
    let mut beginning: String = text.chars().take(REPEATED).collect();
    if beginning.len() < text.len() {
        beginning.push('…');
    }
    beginning
}

/// The name of a built-in text: lower-case letters and digits, in words joined by `-`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slug(String);

impl Slug {
    /// The slug as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Slug {
    type Err = LinkError;

    fn from_str(slug: &str) -> Result<Self, LinkError> {
        let is_word = |word: &str| {
            !word.is_empty()
                && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        };
        if slug.len() <= LONGEST_SLUG && slug.split('-').all(is_word) {
            Ok(Self(slug.to_owned()))
        } else {
            Err(LinkError::BadSlug { slug: beginning(slug) })
        }
    }
}

impl Display for Slug {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slug(text: &str) -> Slug {
        text.parse().expect("a slug")
    }

    fn route(text: &str) -> Result<Route, LinkError> {
        text.parse()
    }

    #[test]
    fn each_kind_of_address_is_written_as_it_is_read() {
        for (address, expected) in [
            ("#/", Route::Home),
            ("#/s/and-trap", Route::Scenario(slug("and-trap"))),
            ("#/x/find-the-hole-2", Route::Exercise(slug("find-the-hole-2"))),
            ("#/c/and-trap..or-logic", Route::Compare(slug("and-trap"), slug("or-logic"))),
            ("#/p/1.AwA.AAAAAA", Route::Shared(Shared::default())),
        ] {
            assert_eq!(route(address), Ok(expected.clone()));
            assert_eq!(expected.encode().as_deref(), Ok(address));
        }
    }

    #[test]
    fn the_hash_sign_may_be_missing_and_the_rest_of_the_address_may_be_there() {
        for address in
            ["/s/eight", "https://example.org/play/?embed=1#/s/eight", " #/s/eight\n", "#/s/eight/"]
        {
            assert_eq!(route(address), Ok(Route::Scenario(slug("eight"))), "{address}");
        }
        for address in ["", "#", " ", "/", "#/", "https://example.org/#"] {
            assert_eq!(route(address), Ok(Route::Home), "{address:?}");
        }
    }

    #[test]
    fn punctuation_behind_a_slug_belongs_to_the_sentence_around_it() {
        for junk in [".", ")", ">", ").", "…", " ", "\u{200b}", "%29", "%20", "?", "*"] {
            assert_eq!(
                route(&format!("#/s/and-trap{junk}")),
                Ok(Route::Scenario(slug("and-trap"))),
                "{junk:?}"
            );
        }
    }

    #[test]
    fn what_is_no_slug_is_refused() {
        for text in [
            "And-Trap",
            "and-",
            "-and",
            "and--trap",
            "and_trap",
            "and.trap",
            "a/b",
            "éa",
            "a?b",
            "%zz",
        ] {
            assert!(
                matches!(route(&format!("#/s/{text}")), Err(LinkError::BadSlug { .. })),
                "{text}"
            );
        }
        assert!(matches!(
            route(&format!("#/s/{}", "a".repeat(65))),
            Err(LinkError::BadSlug { .. })
        ));
    }

    #[test]
    fn an_address_that_stops_early_is_truncated() {
        for address in [
            "#/s",
            "#/s/",
            "#/x/",
            "#/c/",
            "#/c/and-trap",
            "#/c/and-trap..",
            "#/p",
            "#/p/",
            "#/p/1",
        ] {
            assert_eq!(route(address), Err(LinkError::Truncated { kept: None }), "{address}");
        }
    }

    #[test]
    fn an_address_of_another_page_is_named() {
        for address in ["#table", "#/q/x", "#//", "#/S/eight", "#/s2/eight"] {
            assert!(matches!(route(address), Err(LinkError::UnknownRoute { .. })), "{address}");
        }
        let long = route(&format!("#{}", "ü".repeat(1000))).expect_err("leads nowhere").to_string();
        assert_eq!(long, format!("`{}…` leads nowhere in this playground", "ü".repeat(40)));
    }
}

//! Links are read and written by a module of its own, which a page that was opened without one need not wait for. Between
//! the two there are only lists of texts: this file knows both ends of them.

use permalink::{Direction, Fields, LinkError, Route, Shared};

use crate::address::Notice;

const EGRESS: &str = "egress";
const INGRESS: &str = "ingress";
const WITHOUT_WITNESSES: &str = "without witnesses";
const NOWHERE: &str = "nowhere";

/// Where an address leads that says no more than which built-in text it wants: the page reads it by itself.
pub fn plain(fragment: &str) -> Option<Route> {
    let path = fragment.strip_prefix('#').unwrap_or(fragment);
    if matches!(path, "" | "/") {
        return Some(Route::Home);
    }
    path.strip_prefix("/s/")?.parse().ok().map(Route::Scenario)
}

/// The codec's end: reads an address.
pub fn read(address: &str) -> Vec<String> {
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    match address.parse() {
        Ok(Route::Home) => words(&["start"]),
        Ok(Route::Scenario(slug)) => words(&["built-in", slug.as_str()]),
        Ok(Route::Exercise(_) | Route::Compare(..)) => words(&["later"]),
        Ok(Route::Shared(shared)) => text(shared),
        Err(error) => broken(&error),
    }
}

fn text(shared: Shared) -> Vec<String> {
    let direction = match shared.fields.direction {
        Some(Direction::Egress) => EGRESS,
        Some(Direction::Ingress) => INGRESS,
        None => "",
    };
    let Fields { without_witnesses, open, view, result, .. } = shared.fields;
    let witnesses = witnesses(!without_witnesses);
    let mut all: Vec<String> = vec!["text".into(), direction.into(), witnesses.into()];
    all.extend([open, view, result].map(Option::unwrap_or_default));
    all.push(shared.policies);
    all.extend(shared.cluster);
    all
}

fn broken(error: &LinkError) -> Vec<String> {
    let outcome = if error.leads_nowhere() { NOWHERE } else { "broken" };
    let mut all = vec![outcome.to_owned(), error.to_string(), error.help().to_owned()];
    all.extend(error.kept().map(str::to_owned));
    all
}

/// The page's end: the direction that somebody chose; nothing for the one that a text has by itself.
pub fn direction(direction: Option<netpol::Direction>) -> &'static str {
    match direction {
        Some(netpol::Direction::Egress) => EGRESS,
        Some(netpol::Direction::Ingress) => INGRESS,
        None => "",
    }
}

/// The page's end: whether the cluster is filled up; nothing where it is, as by itself.
pub fn witnesses(witnesses: bool) -> &'static str {
    if witnesses { "" } else { WITHOUT_WITNESSES }
}

/// The codec's end: writes the link to a text: direction, witnesses, open cell, view, result, policies and, where it is not
/// the built-in one, the cluster.
pub fn write(list: Vec<String>) -> Vec<String> {
    match shared(list.into_iter()).encode() {
        Ok(link) => vec!["link".to_owned(), link],
        Err(error) => vec!["refused".to_owned(), error.to_string(), error.help().to_owned()],
    }
}

/// The page's end: where an address leads, by the codec's answer.
pub fn route(answer: Vec<String>) -> Result<Route, Notice> {
    let mut answer = answer.into_iter();
    match answer.next().as_deref() {
        Some("start") => Ok(Route::Home),
        Some("built-in") => {
            let slug = answer.next().unwrap_or_default();
            slug.parse().map(Route::Scenario).map_err(|_| Notice::unknown_scenario(&slug))
        }
        Some("text") => Ok(Route::Shared(shared(answer))),
        Some(NOWHERE) => Err(Notice { is_about_choice: true, ..notice(answer) }),
        Some("broken") => Err(notice(answer)),
        _ => Err(Notice::not_yet()),
    }
}

/// The page's end: the link, by the codec's answer.
pub fn link(answer: Vec<String>) -> Result<String, Notice> {
    let mut answer = answer.into_iter();
    match answer.next().as_deref() {
        Some("link") => Ok(answer.next().unwrap_or_default()),
        _ => Err(notice(answer)),
    }
}

fn shared(mut words: impl Iterator<Item = String>) -> Shared {
    let direction = match words.next().as_deref() {
        Some(EGRESS) => Some(Direction::Egress),
        Some(INGRESS) => Some(Direction::Ingress),
        _ => None,
    };
    let without_witnesses = words.next().as_deref() == Some(WITHOUT_WITNESSES);
    let mut word = || words.next().filter(|word| !word.is_empty());
    let (open, view, result) = (word(), word(), word());
    Shared {
        fields: Fields { direction, without_witnesses, open, view, result },
        policies: words.next().unwrap_or_default(),
        cluster: words.next(),
    }
}

fn notice(mut words: impl Iterator<Item = String>) -> Notice {
    Notice {
        message: words.next().unwrap_or_default(),
        help: words.next().unwrap_or_default().into(),
        is_about_choice: false,
        kept: words.next(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn there_and_back(shared: &Shared) -> Result<Route, Notice> {
        let words = text(shared.clone()).split_off(1);
        route(read(&link(write(words))?))
    }

    #[test]
    fn a_text_comes_back_from_the_codec_as_it_went() {
        let bare = Shared { policies: "# one\n".to_owned(), ..Shared::default() };
        let full = Shared {
            cluster: Some(String::new()),
            fields: Fields {
                direction: Some(Direction::Egress),
                without_witnesses: true,
                open: Some("6c".to_owned()),
                view: Some("pc".to_owned()),
                result: Some("iaaaddd".to_owned()),
            },
            ..bare.clone()
        };
        let ingress = Shared {
            fields: Fields { direction: Some(Direction::Ingress), ..Fields::default() },
            ..bare.clone()
        };
        for shared in [bare, full, ingress] {
            assert_eq!(there_and_back(&shared), Ok(Route::Shared(shared)));
        }
    }

    #[test]
    fn the_page_reads_by_itself_what_names_a_built_in_text_and_leaves_the_rest_to_the_codec() {
        for (address, is_plain) in [
            ("", true),
            ("#", true),
            ("#/", true),
            ("#/s/eight", true),
            ("#/s/no-such-text", true),
            ("#/s/eight).", false),
            ("#%2Fs%2Feight", false),
            ("#/x/later", false),
            ("#/p/1.AAAA.AAAAAA", false),
        ] {
            assert_eq!(plain(address).is_some(), is_plain, "{address}");
        }
        for address in ["", "#/", "#/s/eight"] {
            assert_eq!(plain(address).map(Ok), Some(route(read(address))), "{address}");
        }
        assert!(matches!(route(read("#%2Fs%2Feight")), Ok(Route::Scenario(_))));
    }

    #[test]
    fn what_is_wrong_with_a_link_is_told_with_what_is_left_of_it() {
        let error = LinkError::Truncated { kept: Some("# left\n".to_owned()) };
        let told = route(broken(&error)).err();
        assert_eq!(told.as_ref().and_then(|notice| notice.kept.as_deref()), Some("# left\n"));
        assert_eq!(told.map(|notice| notice.message), Some(error.to_string()));
        let too_large = Shared { policies: "# x\n".repeat(20_000), ..Shared::default() };
        assert!(there_and_back(&too_large).is_err_and(|notice| !notice.help.is_empty()));
    }

    #[test]
    fn an_answer_that_cannot_be_opens_no_text_of_somebody_and_makes_no_link() {
        for answer in [vec![], vec!["text".to_owned()], vec!["broken".to_owned()]] {
            assert!(link(answer).is_err());
        }
        assert!(route(vec![]).is_err());
        assert!(route(vec!["broken".to_owned()]).is_err());
        let nothing = route(vec!["text".to_owned()]);
        assert!(matches!(nothing, Ok(Route::Shared(shared)) if shared == Shared::default()));
    }
}

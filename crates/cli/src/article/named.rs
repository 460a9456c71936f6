//! Texts that a block names instead of holding them: by a link, or by the name of a built-in one.

use permalink::Route;

use super::blocks::Policies;

/// What is wrong with the name, and what to do about it.
pub(crate) type Unknown = (String, String);

/// The text of a link, whole or from its `#` on.
pub(crate) fn by_link(link: &str) -> Result<Policies, Unknown> {
    match link.trim().parse::<Route>() {
        Ok(Route::Shared(shared)) => Ok(Policies::Linked(Box::new(shared))),
        Ok(Route::Scenario(slug)) => by_slug(&slug.to_string()),
        Ok(Route::Home) => by_slug(lessons::LANDING),
        Ok(Route::Exercise(_) | Route::Compare(..)) => {
            let help = "make a link with `netpol link`, or with Share on the page";
            Err(("the link leads to no text".to_owned(), help.to_owned()))
        }
        Err(error) => Err((error.to_string(), "copy the link again as a whole".to_owned())),
    }
}

/// The built-in text of a name.
pub(crate) fn by_slug(slug: &str) -> Result<Policies, Unknown> {
    if let Some(scenario) = lessons::scenario(slug) {
        return Ok(Policies::BuiltIn(scenario));
    }
    let near = lessons::scenarios().iter().map(|one| one.slug);
    let near = near.min_by_key(|one| strsim::damerau_levenshtein(one, slug));
    let help = format!("did you mean `{}`?", near.unwrap_or(lessons::LANDING));
    Err((format!("there is no built-in text `{slug}`"), help))
}

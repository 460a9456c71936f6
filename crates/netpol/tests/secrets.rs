//! The spellings of what must not go into a link; `web/embed/1/link.js` is held to the same list by `secrets.spec.mjs`.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use netpol::secret::holds_secret;
use serde::Deserialize;

#[derive(Deserialize)]
struct Spellings {
    secret: Vec<String>,
    harmless: Vec<String>,
}

fn spellings() -> Spellings {
    serde_yaml::from_str(include_str!("../../../tests/secrets.json")).unwrap()
}

#[test]
fn a_secret_and_the_credentials_of_a_kubeconfig_are_found_wherever_they_hide() {
    for text in spellings().secret {
        assert!(holds_secret(&text), "{text:?}");
        let among = format!("apiVersion: v1\nkind: Pod\n---\n{text}\n---\nkind: Pod\n");
        assert!(holds_secret(&among), "{among:?}");
    }
}

#[test]
fn what_only_speaks_of_them_is_none() {
    for text in spellings().harmless {
        assert!(!holds_secret(&text), "{text:?}");
    }
}

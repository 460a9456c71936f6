//! What the query of the frame's address asks for: presentation only, never a text.

use protocol::Direction;

/// What stands where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum View {
    /// The table, and the YAML below it.
    #[default]
    Both,
    /// The table; the YAML is asked for.
    Table,
    /// The YAML, and the table below it.
    Yaml,
}

/// What the author of the article wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Wishes {
    /// What stands where.
    pub view: View,
    /// The direction of the table, where it is not the text's own.
    pub direction: Option<Direction>,
    /// Whether the reader guesses before the table tells.
    pub predict: bool,
}

impl Wishes {
    /// Reads a query, with or without its `?`. What it does not know is left out: later versions know more.
    pub fn of(query: &str) -> Self {
        let mut wishes = Self::default();
        for pair in query.trim_start_matches('?').split('&') {
            match pair {
                "view=table" => wishes.view = View::Table,
                "view=yaml" => wishes.view = View::Yaml,
                "view=both" => wishes.view = View::Both,
                "direction=ingress" => wishes.direction = Some(Direction::Ingress),
                "direction=egress" => wishes.direction = Some(Direction::Egress),
                "predict" | "predict=" | "predict=1" | "predict=true" => wishes.predict = true,
                _ => {}
            }
        }
        wishes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_asks_for_a_view_a_direction_and_guesses() {
        let wishes = Wishes::of("?view=table&theme=dark&direction=egress&predict=1");
        let direction = Some(Direction::Egress);
        assert_eq!(wishes, Wishes { view: View::Table, direction, predict: true });
        assert_eq!(Wishes::of("view=yaml").view, View::Yaml);
    }

    #[test]
    fn what_a_query_says_in_words_of_a_later_version_is_no_wish() {
        for query in ["", "?", "?view=", "?view=map&direction=both&predict=0&text=a", "?&&=&view"] {
            assert_eq!(Wishes::of(query), Wishes::default(), "{query}");
        }
    }
}

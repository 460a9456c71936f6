//! Guessing before looking: what the reader expects of each cell, and how that compares with what the cell says.

use protocol::{CellKey, State};

/// What a reader can expect of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Guess {
    /// Everyone gets through.
    Allowed,
    /// Some do.
    Partly,
    /// Nobody does.
    Denied,
}

impl Guess {
    /// All of them, from left to right.
    pub const ALL: [Self; 3] = [Self::Allowed, Self::Partly, Self::Denied];

    /// The word for it, as in the table.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Allowed => "Allowed",
            Self::Partly => "Partly",
            Self::Denied => "Denied",
        }
    }

    /// The sign before the word, as in the table.
    pub const fn glyph(self) -> &'static str {
        match self {
            Self::Allowed => "✓",
            Self::Partly => "◐",
            Self::Denied => "✕",
        }
    }

    /// Whether a cell says so; none where it says that there is no telling. What no policy restricts is allowed.
    pub fn is_right(self, state: State) -> Option<bool> {
        match state {
            State::Allowed | State::Unrestricted => Some(self == Self::Allowed),
            State::Partly => Some(self == Self::Partly),
            State::Denied => Some(self == Self::Denied),
            State::Depends => None,
        }
    }
}

/// The guesses about a table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Guesses {
    made: Vec<(CellKey, Guess)>,
    /// Whether the table has been uncovered.
    pub is_revealed: bool,
}

impl Guesses {
    /// What was guessed of a cell.
    pub fn of(&self, cell: &CellKey) -> Option<Guess> {
        self.made.iter().find(|(known, _)| known == cell).map(|(_, guess)| *guess)
    }

    /// The last guess about a cell counts.
    pub fn make(&mut self, cell: CellKey, guess: Guess) {
        self.made.retain(|(known, _)| *known != cell);
        self.made.push((cell, guess));
    }

    /// How many of these cells were guessed right, and of how many that can be said.
    pub fn score(&self, cells: &[(CellKey, State)]) -> (usize, usize) {
        let right = |(cell, state): &(CellKey, State)| match self.of(cell) {
            Some(guess) => guess.is_right(*state),
            None => Guess::Allowed.is_right(*state).map(|_| false),
        };
        let told = cells.iter().filter_map(right);
        told.fold((0, 0), |(right, all), is_right| (right + usize::from(is_right), all + 1))
    }

    /// How many of these cells have a guess.
    pub fn made(&self, cells: &[(CellKey, State)]) -> usize {
        cells.iter().filter(|(cell, _)| self.of(cell).is_some()).count()
    }
}

#[cfg(test)]
mod tests {
    use protocol::{Column, RowKey};

    use super::*;

    fn cell(column: Column) -> CellKey {
        CellKey { row: RowKey::Together, column }
    }

    #[test]
    fn what_no_policy_restricts_counts_as_allowed_and_what_depends_does_not_count() {
        let states = [State::Unrestricted, State::Allowed, State::Depends];
        assert_eq!(
            states.map(|state| Guess::Allowed.is_right(state)),
            [Some(true), Some(true), None]
        );
        assert_eq!(Guess::Denied.is_right(State::Partly), Some(false));
    }

    #[test]
    fn the_last_guess_about_a_cell_counts_and_none_is_not_right() {
        let mut guesses = Guesses::default();
        guesses.make(cell(Column::Same), Guess::Denied);
        guesses.make(cell(Column::Same), Guess::Allowed);
        guesses.make(cell(Column::External), Guess::Partly);
        let cells = [
            (cell(Column::Same), State::Allowed),
            (cell(Column::Cross), State::Denied),
            (cell(Column::External), State::Depends),
        ];
        assert_eq!(guesses.score(&cells), (1, 2));
        assert_eq!(guesses.made(&cells), 2);
    }
}

//! Counts the work that a text could multiply, for unit tests: a clock would tell of the machine as well. Elsewhere nothing is
//! counted.

#[cfg(not(test))]
pub(crate) const fn take(_: usize) {}

#[cfg(test)]
pub(crate) use self::counted::{of, take};

#[cfg(test)]
mod counted {
    use std::cell::Cell;

    thread_local! {
        static TAKEN: Cell<usize> = const { Cell::new(0) };
    }

    pub(crate) fn take(steps: usize) {
        TAKEN.with(|taken| taken.set(taken.get() + steps));
    }

    /// What some work comes to, and the steps that it takes.
    pub(crate) fn of<T>(work: impl FnOnce() -> T) -> (T, usize) {
        let before = TAKEN.with(Cell::get);
        let result = work();
        (result, TAKEN.with(Cell::get) - before)
    }
}

//! What waits for the engine. What matters more is asked first; of equals, what came first.

/// Things in a row.
#[derive(Debug)]
pub struct Queue<T> {
    waiting: Vec<(u8, T)>,
}

impl<T> Default for Queue<T> {
    fn default() -> Self {
        Self { waiting: Vec::new() }
    }
}

impl<T> Queue<T> {
    /// Puts one more into the row; the lower the rank, the sooner its turn.
    pub fn put(&mut self, rank: u8, one: T) {
        let place = self.waiting.partition_point(|(other, _)| *other <= rank);
        self.waiting.insert(place, (rank, one));
    }

    /// The next that is still wanted; the others leave the row.
    pub fn next(&mut self, is_wanted: impl Fn(&T) -> bool) -> Option<T> {
        self.waiting.retain(|(_, one)| is_wanted(one));
        (!self.waiting.is_empty()).then(|| self.waiting.remove(0).1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_matters_more_comes_first_and_of_equals_what_came_first() {
        let mut queue = Queue::default();
        for (rank, name) in [(4, "panel"), (2, "table"), (4, "another panel"), (0, "start")] {
            queue.put(rank, name);
        }
        let all: Vec<_> = std::iter::from_fn(|| queue.next(|_| true)).collect();
        assert_eq!(all, ["start", "table", "panel", "another panel"]);
    }

    #[test]
    fn what_is_not_wanted_any_more_is_never_asked() {
        let mut queue = Queue::default();
        for at in 0..5 {
            queue.put(2, at);
        }
        assert_eq!(queue.next(|at| *at > 3), Some(4));
        assert_eq!(queue.next(|_| true), None);
    }
}

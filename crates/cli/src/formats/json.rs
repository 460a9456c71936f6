//! The table for programs. Keys keep their names and order.

use super::Table;

/// The table as JSON.
pub(crate) fn json(table: &Table) -> String {
    // only a map whose keys are no strings could fail, and there is none
    serde_json::to_string_pretty(table).unwrap_or_default()
}

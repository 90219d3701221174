//! Methods that compare, and how many values each of them takes.

/// How many values a method takes.
#[derive(Clone, Copy)]
pub(super) enum Count {
    /// Any number, even none.
    Any,
    /// One, and not more.
    One,
    /// Two: the ends of a range.
    Two,
    /// One or more: any of them counts.
    Several,
}

use Count::{Any, One, Several, Two};

/// Methods that compare, with how many values they take.
const FILTERS: &[(&str, Count)] = &[
    ("equal", Several),
    ("notEqual", One),
    ("lessThan", One),
    ("lessThanEqual", One),
    ("greaterThan", One),
    ("greaterThanEqual", One),
    ("search", One),
    ("notSearch", One),
    ("between", Two),
    ("notBetween", Two),
    ("isNull", Any),
    ("isNotNull", Any),
    ("startsWith", One),
    ("notStartsWith", One),
    ("endsWith", One),
    ("notEndsWith", One),
    ("contains", Several),
    ("notContains", Several),
    ("containsAny", Several),
    ("containsAll", Several),
    ("regex", One),
    ("elemMatch", Any),
    ("distanceEqual", One),
    ("distanceNotEqual", One),
    ("distanceGreaterThan", One),
    ("distanceLessThan", One),
    ("intersects", Several),
    ("notIntersects", Several),
    ("crosses", Several),
    ("notCrosses", Several),
    ("overlaps", Several),
    ("notOverlaps", Several),
    ("touches", Several),
    ("notTouches", Several),
    ("covers", Several),
    ("notCovers", Several),
    ("spatialEquals", Several),
    ("notSpatialEquals", Several),
    ("vectorDot", One),
    ("vectorCosine", One),
    ("vectorEuclidean", One),
];

/// How many values a method takes; none for one that does not compare.
pub(super) fn count(method: &str) -> Option<Count> {
    FILTERS.iter().find(|(name, _)| *name == method).map(|(_, count)| *count)
}

impl Count {
    /// What the values should be, when there are not as many as the method takes.
    pub(super) fn broken_by(self, values: usize) -> Option<&'static str> {
        match (self, values) {
            (Any, _) | (One, 1) | (Two, 2) | (Several, 1..) => None,
            (One, _) => Some("exactly one value"),
            (Two, _) => Some("exactly two values"),
            (Several, 0) => Some("at least one value"),
        }
    }
}

//! Points, lines, polygons and vectors.
//!
//! A point is `[longitude, latitude]`, a line is a list of points, a polygon a list of closed lines.

use serde::Serialize;

use super::Query;
use crate::Number;
use crate::written::Written;

impl Query {
    /// Exactly `distance` away from a shape: in metres, or in the coordinates' unit when `meters` is false.
    pub fn distance_equal(
        attribute: &str,
        values: impl Serialize,
        distance: impl Into<Number>,
        meters: bool,
    ) -> Self {
        Query::distance("distanceEqual", attribute, &values, distance.into(), meters)
    }

    /// Not exactly `distance` away from a shape.
    pub fn distance_not_equal(
        attribute: &str,
        values: impl Serialize,
        distance: impl Into<Number>,
        meters: bool,
    ) -> Self {
        Query::distance("distanceNotEqual", attribute, &values, distance.into(), meters)
    }

    /// More than `distance` away from a shape.
    pub fn distance_greater_than(
        attribute: &str,
        values: impl Serialize,
        distance: impl Into<Number>,
        meters: bool,
    ) -> Self {
        Query::distance("distanceGreaterThan", attribute, &values, distance.into(), meters)
    }

    /// Less than `distance` away from a shape.
    pub fn distance_less_than(
        attribute: &str,
        values: impl Serialize,
        distance: impl Into<Number>,
        meters: bool,
    ) -> Self {
        Query::distance("distanceLessThan", attribute, &values, distance.into(), meters)
    }

    fn distance(
        method: &str,
        attribute: &str,
        values: &impl Serialize,
        distance: Number,
        meters: bool,
    ) -> Self {
        Query::new(
            method,
            Some(attribute),
            Some(Written::list([Written::value(0, &(values, distance, meters))])),
        )
    }

    /// The shapes have a point in common.
    pub fn intersects(attribute: &str, values: impl Serialize) -> Self {
        Query::shape("intersects", attribute, values)
    }

    /// The shapes have no point in common.
    pub fn not_intersects(attribute: &str, values: impl Serialize) -> Self {
        Query::shape("notIntersects", attribute, values)
    }

    /// The shapes cross each other.
    pub fn crosses(attribute: &str, values: impl Serialize) -> Self {
        Query::shape("crosses", attribute, values)
    }

    /// The shapes don't cross each other.
    pub fn not_crosses(attribute: &str, values: impl Serialize) -> Self {
        Query::shape("notCrosses", attribute, values)
    }

    /// The shapes overlap in part.
    pub fn overlaps(attribute: &str, values: impl Serialize) -> Self {
        Query::shape("overlaps", attribute, values)
    }

    /// The shapes don't overlap.
    pub fn not_overlaps(attribute: &str, values: impl Serialize) -> Self {
        Query::shape("notOverlaps", attribute, values)
    }

    /// The shapes meet at their borders only.
    pub fn touches(attribute: &str, values: impl Serialize) -> Self {
        Query::shape("touches", attribute, values)
    }

    /// The shapes don't meet at their borders.
    pub fn not_touches(attribute: &str, values: impl Serialize) -> Self {
        Query::shape("notTouches", attribute, values)
    }

    /// The stored shape covers the given one entirely.
    pub fn covers(attribute: &str, values: impl Serialize) -> Self {
        Query::shape("covers", attribute, values)
    }

    /// The stored shape leaves part of the given one uncovered.
    pub fn not_covers(attribute: &str, values: impl Serialize) -> Self {
        Query::shape("notCovers", attribute, values)
    }

    /// The shapes are the same set of points.
    pub fn spatial_equals(attribute: &str, values: impl Serialize) -> Self {
        Query::shape("spatialEquals", attribute, values)
    }

    /// The shapes differ.
    pub fn not_spatial_equals(attribute: &str, values: impl Serialize) -> Self {
        Query::shape("notSpatialEquals", attribute, values)
    }

    /// Nearest first, by the dot product with `vector`.
    pub fn vector_dot(attribute: &str, vector: impl Serialize) -> Self {
        Query::shape("vectorDot", attribute, vector)
    }

    /// Nearest first, by the angle to `vector`.
    pub fn vector_cosine(attribute: &str, vector: impl Serialize) -> Self {
        Query::shape("vectorCosine", attribute, vector)
    }

    /// Nearest first, by the straight distance to `vector`.
    pub fn vector_euclidean(attribute: &str, vector: impl Serialize) -> Self {
        Query::shape("vectorEuclidean", attribute, vector)
    }

    /// A list of coordinates is one value here, unlike in comparisons.
    fn shape(method: &str, attribute: &str, values: impl Serialize) -> Self {
        Query::new(method, Some(attribute), Some(Written::list([Written::value(0, &values)])))
    }
}

//! Geometry, approximately: points exactly, lines and polygons by the boxes around them.

use serde_json::Value;

/// Mean radius of the Earth in metres.
const EARTH_RADIUS: f64 = 6_371_008.8;

/// Whether a geometry meets a spatial condition; unknown conditions are never met.
pub(crate) fn matches(method: &str, value: &Value, argument: &Value) -> bool {
    if let Some(comparison) = method.strip_prefix("distance") {
        return distance_matches(comparison, value, argument);
    }
    let (positive, wanted) = match method.strip_prefix("not") {
        Some(rest) => (lower_first(rest), false),
        None => (method.to_owned(), true),
    };
    let (Some(left), Some(right)) = (bounds(value), bounds(argument)) else { return false };
    let holds = match positive.as_str() {
        "intersects" | "crosses" | "overlaps" => meets(&left, &right),
        "touches" => meets(&left, &right) && value != argument,
        "covers" => (0..2).all(|axis| left.0[axis] <= right.0[axis] && left.1[axis] >= right.1[axis]),
        "spatialEquals" => value == argument,
        _ => return false,
    };
    holds == wanted
}

/// `argument` is `[point, distance, whether in metres]`.
fn distance_matches(comparison: &str, value: &Value, argument: &Value) -> bool {
    let (Some(here), Some(there)) = (point(value), point(&argument[0])) else { return false };
    let distance = if argument[2] == Value::Bool(true) {
        great_circle(here, there)
    } else {
        (here[0] - there[0]).hypot(here[1] - there[1])
    };
    let limit = argument[1].as_f64().unwrap_or_default();
    match comparison {
        "Equal" => (distance - limit).abs() < f64::EPSILON,
        "NotEqual" => (distance - limit).abs() >= f64::EPSILON,
        "GreaterThan" => distance > limit,
        "LessThan" => distance < limit,
        _ => false,
    }
}

/// Longitude and latitude.
fn point(value: &Value) -> Option<[f64; 2]> {
    Some([value.get(0)?.as_f64()?, value.get(1)?.as_f64()?])
}

fn great_circle(from: [f64; 2], to: [f64; 2]) -> f64 {
    let [from_longitude, from_latitude] = from.map(f64::to_radians);
    let [to_longitude, to_latitude] = to.map(f64::to_radians);
    let across = ((to_longitude - from_longitude) / 2.0).sin().powi(2);
    let along = ((to_latitude - from_latitude) / 2.0).sin().powi(2);
    let haversine = along + from_latitude.cos() * to_latitude.cos() * across;
    2.0 * EARTH_RADIUS * haversine.sqrt().asin()
}

/// The least and the greatest coordinates of a point, a line or a polygon.
fn bounds(value: &Value) -> Option<([f64; 2], [f64; 2])> {
    if let Some(point) = point(value) {
        return Some((point, point));
    }
    let parts = value.as_array()?.iter().map(bounds).collect::<Option<Vec<_>>>()?;
    parts.into_iter().reduce(|(low, high), (other_low, other_high)| {
        (
            [low[0].min(other_low[0]), low[1].min(other_low[1])],
            [high[0].max(other_high[0]), high[1].max(other_high[1])],
        )
    })
}

fn meets(left: &([f64; 2], [f64; 2]), right: &([f64; 2], [f64; 2])) -> bool {
    (0..2).all(|axis| left.0[axis] <= right.1[axis] && left.1[axis] >= right.0[axis])
}

fn lower_first(text: &str) -> String {
    let mut text = text.to_owned();
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_lowercase();
    }
    text
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn distances_and_boxes() {
        let rome = json!([12.5, 41.9]);
        assert!(matches("distanceLessThan", &rome, &json!([[12.501, 41.9], 1000, true])));
        assert!(!matches("distanceLessThan", &rome, &json!([[13.5, 41.9], 1000, true])));
        assert!(matches("intersects", &rome, &json!([[[0, 0], [20, 0], [20, 50], [0, 0]]])));
        assert!(matches("notIntersects", &rome, &json!([[0, 0], [1, 1]])));
    }
}

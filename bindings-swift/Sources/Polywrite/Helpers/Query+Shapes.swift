// Places and vectors. A point is `[longitude, latitude]`, a line is a list of points, a polygon a list of lines.
extension Query {
    /// The distance to a place is this.
    public static func distanceEqual(
        _ attribute: String, values: [Any], distance: any QueryNumber, meters: Bool = true
    ) -> Query {
        Query("distanceEqual", attribute, [[values, distance, meters] as [Any]])
    }

    /// The distance to a place is another.
    public static func distanceNotEqual(
        _ attribute: String, values: [Any], distance: any QueryNumber, meters: Bool = true
    ) -> Query {
        Query("distanceNotEqual", attribute, [[values, distance, meters] as [Any]])
    }

    /// The distance to a place is greater.
    public static func distanceGreaterThan(
        _ attribute: String, values: [Any], distance: any QueryNumber, meters: Bool = true
    ) -> Query {
        Query("distanceGreaterThan", attribute, [[values, distance, meters] as [Any]])
    }

    /// The distance to a place is smaller.
    public static func distanceLessThan(
        _ attribute: String, values: [Any], distance: any QueryNumber, meters: Bool = true
    ) -> Query {
        Query("distanceLessThan", attribute, [[values, distance, meters] as [Any]])
    }

    /// Nearest first, by dot product.
    public static func vectorDot(_ attribute: String, vector: [Double]) -> Query {
        Query("vectorDot", attribute, [vector])
    }

    /// Nearest first, by cosine.
    public static func vectorCosine(_ attribute: String, vector: [Double]) -> Query {
        Query("vectorCosine", attribute, [vector])
    }

    /// Nearest first, by distance.
    public static func vectorEuclidean(_ attribute: String, vector: [Double]) -> Query {
        Query("vectorEuclidean", attribute, [vector])
    }

    /// The shapes have a point in common.
    public static func intersects(_ attribute: String, values: [Any]) -> Query {
        Query("intersects", attribute, [values])
    }

    /// The shapes have no point in common.
    public static func notIntersects(_ attribute: String, values: [Any]) -> Query {
        Query("notIntersects", attribute, [values])
    }

    /// The shapes cross.
    public static func crosses(_ attribute: String, values: [Any]) -> Query {
        Query("crosses", attribute, [values])
    }

    /// The shapes do not cross.
    public static func notCrosses(_ attribute: String, values: [Any]) -> Query {
        Query("notCrosses", attribute, [values])
    }

    /// The shapes overlap.
    public static func overlaps(_ attribute: String, values: [Any]) -> Query {
        Query("overlaps", attribute, [values])
    }

    /// The shapes do not overlap.
    public static func notOverlaps(_ attribute: String, values: [Any]) -> Query {
        Query("notOverlaps", attribute, [values])
    }

    /// The shapes touch.
    public static func touches(_ attribute: String, values: [Any]) -> Query {
        Query("touches", attribute, [values])
    }

    /// The shapes do not touch.
    public static func notTouches(_ attribute: String, values: [Any]) -> Query {
        Query("notTouches", attribute, [values])
    }

    /// The shape covers the other. Appwrite Cloud only.
    public static func covers(_ attribute: String, values: [Any]) -> Query {
        Query("covers", attribute, [values])
    }

    /// The shape does not cover the other. Appwrite Cloud only.
    public static func notCovers(_ attribute: String, values: [Any]) -> Query {
        Query("notCovers", attribute, [values])
    }

    /// The shapes are the same. Appwrite Cloud only.
    public static func spatialEquals(_ attribute: String, values: [Any]) -> Query {
        Query("spatialEquals", attribute, [values])
    }

    /// The shapes differ. Appwrite Cloud only.
    public static func notSpatialEquals(_ attribute: String, values: [Any]) -> Query {
        Query("notSpatialEquals", attribute, [values])
    }
}

// Places and vectors. A point is `[longitude, latitude]`, a line is a list of points, a polygon a list of lines.
extension Query {
    /// The distance to a place is this.
    public static func distanceEqual(
        _ attribute: String, values: [any QueryValue], distance: any QueryNumber, meters: Bool = true
    ) -> String {
        HelperText("distanceEqual", attribute).values([Group([Group(values), distance, meters])])
    }

    /// The distance to a place is another.
    public static func distanceNotEqual(
        _ attribute: String, values: [any QueryValue], distance: any QueryNumber, meters: Bool = true
    ) -> String {
        HelperText("distanceNotEqual", attribute).values([Group([Group(values), distance, meters])])
    }

    /// The distance to a place is greater.
    public static func distanceGreaterThan(
        _ attribute: String, values: [any QueryValue], distance: any QueryNumber, meters: Bool = true
    ) -> String {
        HelperText("distanceGreaterThan", attribute).values([Group([Group(values), distance, meters])])
    }

    /// The distance to a place is smaller.
    public static func distanceLessThan(
        _ attribute: String, values: [any QueryValue], distance: any QueryNumber, meters: Bool = true
    ) -> String {
        HelperText("distanceLessThan", attribute).values([Group([Group(values), distance, meters])])
    }

    /// Nearest first, by dot product.
    public static func vectorDot(_ attribute: String, vector: [Double]) -> String {
        HelperText("vectorDot", attribute).values([vector])
    }

    /// Nearest first, by cosine.
    public static func vectorCosine(_ attribute: String, vector: [Double]) -> String {
        HelperText("vectorCosine", attribute).values([vector])
    }

    /// Nearest first, by distance.
    public static func vectorEuclidean(_ attribute: String, vector: [Double]) -> String {
        HelperText("vectorEuclidean", attribute).values([vector])
    }

    /// The shapes have a point in common.
    public static func intersects(_ attribute: String, values: [any QueryValue]) -> String {
        HelperText("intersects", attribute).values([Group(values)])
    }

    /// The shapes have no point in common.
    public static func notIntersects(_ attribute: String, values: [any QueryValue]) -> String {
        HelperText("notIntersects", attribute).values([Group(values)])
    }

    /// The shapes cross.
    public static func crosses(_ attribute: String, values: [any QueryValue]) -> String {
        HelperText("crosses", attribute).values([Group(values)])
    }

    /// The shapes do not cross.
    public static func notCrosses(_ attribute: String, values: [any QueryValue]) -> String {
        HelperText("notCrosses", attribute).values([Group(values)])
    }

    /// The shapes overlap.
    public static func overlaps(_ attribute: String, values: [any QueryValue]) -> String {
        HelperText("overlaps", attribute).values([Group(values)])
    }

    /// The shapes do not overlap.
    public static func notOverlaps(_ attribute: String, values: [any QueryValue]) -> String {
        HelperText("notOverlaps", attribute).values([Group(values)])
    }

    /// The shapes touch.
    public static func touches(_ attribute: String, values: [any QueryValue]) -> String {
        HelperText("touches", attribute).values([Group(values)])
    }

    /// The shapes do not touch.
    public static func notTouches(_ attribute: String, values: [any QueryValue]) -> String {
        HelperText("notTouches", attribute).values([Group(values)])
    }

    /// The shape covers the other. Appwrite Cloud only.
    public static func covers(_ attribute: String, values: [any QueryValue]) -> String {
        HelperText("covers", attribute).values([Group(values)])
    }

    /// The shape does not cover the other. Appwrite Cloud only.
    public static func notCovers(_ attribute: String, values: [any QueryValue]) -> String {
        HelperText("notCovers", attribute).values([Group(values)])
    }

    /// The shapes are the same. Appwrite Cloud only.
    public static func spatialEquals(_ attribute: String, values: [any QueryValue]) -> String {
        HelperText("spatialEquals", attribute).values([Group(values)])
    }

    /// The shapes differ. Appwrite Cloud only.
    public static func notSpatialEquals(_ attribute: String, values: [any QueryValue]) -> String {
        HelperText("notSpatialEquals", attribute).values([Group(values)])
    }
}

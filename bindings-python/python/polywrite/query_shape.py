"""Queries about geometries and vectors."""

from __future__ import annotations

from typing import Any

from ._query import query


class ShapeQueries:
    """Points are `[x, y]`, lines lists of points, polygons lists of lines; distances are meters unless said."""

    @staticmethod
    def distance_equal(attribute: str, values: list[Any], distance: float, meters: bool = True) -> str:
        """The attribute lies exactly at a distance of a geometry."""
        return query("distanceEqual", attribute, [[values, distance, meters]])

    @staticmethod
    def distance_not_equal(attribute: str, values: list[Any], distance: float, meters: bool = True) -> str:
        """The attribute does not lie at a distance of a geometry."""
        return query("distanceNotEqual", attribute, [[values, distance, meters]])

    @staticmethod
    def distance_greater_than(attribute: str, values: list[Any], distance: float, meters: bool = True) -> str:
        """The attribute lies farther from a geometry."""
        return query("distanceGreaterThan", attribute, [[values, distance, meters]])

    @staticmethod
    def distance_less_than(attribute: str, values: list[Any], distance: float, meters: bool = True) -> str:
        """The attribute lies nearer to a geometry."""
        return query("distanceLessThan", attribute, [[values, distance, meters]])

    @staticmethod
    def vector_dot(attribute: str, vector: list[float]) -> str:
        """Nearest first by the dot product."""
        return query("vectorDot", attribute, [vector])

    @staticmethod
    def vector_cosine(attribute: str, vector: list[float]) -> str:
        """Nearest first by the angle."""
        return query("vectorCosine", attribute, [vector])

    @staticmethod
    def vector_euclidean(attribute: str, vector: list[float]) -> str:
        """Nearest first by the distance."""
        return query("vectorEuclidean", attribute, [vector])

    @staticmethod
    def intersects(attribute: str, values: list[Any]) -> str:
        """Shares a point with the geometry."""
        return query("intersects", attribute, [values])

    @staticmethod
    def not_intersects(attribute: str, values: list[Any]) -> str:
        """Shares no point with the geometry."""
        return query("notIntersects", attribute, [values])

    @staticmethod
    def crosses(attribute: str, values: list[Any]) -> str:
        """Crosses the geometry."""
        return query("crosses", attribute, [values])

    @staticmethod
    def not_crosses(attribute: str, values: list[Any]) -> str:
        """Does not cross the geometry."""
        return query("notCrosses", attribute, [values])

    @staticmethod
    def overlaps(attribute: str, values: list[Any]) -> str:
        """Overlaps the geometry."""
        return query("overlaps", attribute, [values])

    @staticmethod
    def not_overlaps(attribute: str, values: list[Any]) -> str:
        """Does not overlap the geometry."""
        return query("notOverlaps", attribute, [values])

    @staticmethod
    def touches(attribute: str, values: list[Any]) -> str:
        """Touches the geometry."""
        return query("touches", attribute, [values])

    @staticmethod
    def not_touches(attribute: str, values: list[Any]) -> str:
        """Does not touch the geometry."""
        return query("notTouches", attribute, [values])

    @staticmethod
    def covers(attribute: str, values: list[Any]) -> str:
        """Covers the geometry."""
        return query("covers", attribute, [values])

    @staticmethod
    def not_covers(attribute: str, values: list[Any]) -> str:
        """Does not cover the geometry."""
        return query("notCovers", attribute, [values])

    @staticmethod
    def spatial_equals(attribute: str, values: list[Any]) -> str:
        """Is the geometry."""
        return query("spatialEquals", attribute, [values])

    @staticmethod
    def not_spatial_equals(attribute: str, values: list[Any]) -> str:
        """Is not the geometry."""
        return query("notSpatialEquals", attribute, [values])

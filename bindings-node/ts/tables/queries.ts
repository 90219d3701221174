// Queries that know the columns of a table.

import type { Row } from "./service";
import { Query } from "../generated/query";

declare const asks: unique symbol;

/** A query about rows of one type. Only the {@link Queries} of a table make one. */
export type TableQuery<R> = string & { readonly [asks]: (row: R) => void };

/** The columns that lead to related rows. */
export type RelationOf<R> = {
    [Key in keyof R]-?: NonNullable<R[Key]> extends Row | Row[] ? Key : never;
}[keyof R] &
    string;

/** The type of a row that is related by a column. */
export type Related<R, Key extends keyof R> = NonNullable<R[Key]> extends (infer Item)[] ? Item : NonNullable<R[Key]>;

/** The columns of a row's own table, those of the row itself among them. */
export type OwnColumnOf<R> = Exclude<keyof R & string, RelationOf<R>>;

/** The columns of related rows: `author.name`. */
export type RelatedColumnOf<R> = {
    [Key in RelationOf<R>]: `${Key}.${OwnColumnOf<Related<R, Key>>}`;
}[RelationOf<R>];

/** What queries can be about: the columns of a table, and those of related rows. */
export type ColumnOf<R> = OwnColumnOf<R> | RelatedColumnOf<R>;

/** What a column holds. */
type Held<R, Name extends string> = Name extends keyof R
    ? NonNullable<R[Name]>
    : Name extends `${infer Key extends RelationOf<R>}.${infer Rest}`
      ? Held<Related<R, Key>, Rest>
      : never;

/** What a column is compared with: of a list, one of its elements. */
export type Compared<R, Name extends string> =
    Held<R, Name> extends readonly (infer Item extends string | number | bigint | boolean)[] ? Item : Held<R, Name>;

type OneOrMore<T> = T | readonly T[];
type Compare<R> = <Name extends ColumnOf<R>>(column: Name, value: OneOrMore<Compared<R, Name>>) => TableQuery<R>;
type Range_<R> = <Name extends ColumnOf<R>>(
    column: Name,
    start: Compared<R, Name>,
    end: Compared<R, Name>,
) => TableQuery<R>;
type About<R> = (column: ColumnOf<R>) => TableQuery<R>;
type Text<R> = (column: ColumnOf<R>, text: string) => TableQuery<R>;
type Time<R> = (time: string) => TableQuery<R>;
type Times<R> = (start: string, end: string) => TableQuery<R>;
type Shape = readonly unknown[];
type Geometry<R> = (column: ColumnOf<R>, shape: Shape) => TableQuery<R>;
type Distance<R> = (column: ColumnOf<R>, shape: Shape, distance: number, meters?: boolean) => TableQuery<R>;
type Joined<R> = (queries: readonly TableQuery<R>[]) => TableQuery<R>;

/** `Query` with the columns of one table: a name or a value that does not fit does not compile. */
export interface Queries<R> {
    /** Rows whose column equals the value, or any of several values. */
    equal: Compare<R>;
    /** Rows whose column differs from the value. */
    notEqual: Compare<R>;
    /** Rows whose column is below the value. */
    lessThan: Compare<R>;
    /** Rows whose column is the value or below it. */
    lessThanEqual: Compare<R>;
    /** Rows whose column is above the value. */
    greaterThan: Compare<R>;
    /** Rows whose column is the value or above it. */
    greaterThanEqual: Compare<R>;
    /** Rows whose text contains the value, or whose list has any of the values. */
    contains: Compare<R>;
    /** Rows whose text or list does not contain the value. */
    notContains: Compare<R>;
    /** Rows whose list has at least one of the values. */
    containsAny: Compare<R>;
    /** Rows whose list has every one of the values. */
    containsAll: Compare<R>;
    /** Rows whose column lies between two values, both included. */
    between: Range_<R>;
    /** Rows whose column lies outside of two values. */
    notBetween: Range_<R>;
    /** Rows whose column is null. */
    isNull: About<R>;
    /** Rows whose column has a value. */
    isNotNull: About<R>;
    /** Rows whose column begins with the text. */
    startsWith: Text<R>;
    /** Rows whose column does not begin with the text. */
    notStartsWith: Text<R>;
    /** Rows whose column ends with the text. */
    endsWith: Text<R>;
    /** Rows whose column does not end with the text. */
    notEndsWith: Text<R>;
    /** Rows whose column matches a regular expression. */
    regex: Text<R>;
    /** Rows whose column contains the words; needs a full-text index. */
    search: Text<R>;
    /** Rows whose column does not contain the words; needs a full-text index. */
    notSearch: Text<R>;
    /** Rows created before this time. */
    createdBefore: Time<R>;
    /** Rows created after this time. */
    createdAfter: Time<R>;
    /** Rows created between two times, both included. */
    createdBetween: Times<R>;
    /** Rows last changed before this time. */
    updatedBefore: Time<R>;
    /** Rows last changed after this time. */
    updatedAfter: Time<R>;
    /** Rows last changed between two times, both included. */
    updatedBetween: Times<R>;
    /** Sorts by the column, smallest first. */
    orderAsc: About<R>;
    /** Sorts by the column, largest first. */
    orderDesc: About<R>;
    /** Puts the rows in random order. */
    orderRandom: () => TableQuery<R>;
    /** The page that ends before the row with this ID. */
    cursorBefore: (id: string) => TableQuery<R>;
    /** The page that begins after the row with this ID. */
    cursorAfter: (id: string) => TableQuery<R>;
    /** Returns at most this many rows; without it, a list returns 25. */
    limit: (limit: number) => TableQuery<R>;
    /** Skips this many rows; for long lists a cursor is faster. */
    offset: (offset: number) => TableQuery<R>;
    /** Rows that match at least one of these queries. */
    or: Joined<R>;
    /** Rows that match all of these queries. */
    and: Joined<R>;
    /** Rows whose point is exactly this far from a geometry: in metres, or in the unit of the coordinates. */
    distanceEqual: Distance<R>;
    /** Rows whose point is not exactly this far from a geometry. */
    distanceNotEqual: Distance<R>;
    /** Rows whose point is farther than this from a geometry. */
    distanceGreaterThan: Distance<R>;
    /** Rows whose point is nearer than this to a geometry. */
    distanceLessThan: Distance<R>;
    /** Rows whose geometry shares a point with this one. */
    intersects: Geometry<R>;
    /** Rows whose geometry shares no point with this one. */
    notIntersects: Geometry<R>;
    /** Rows whose geometry crosses this one. */
    crosses: Geometry<R>;
    /** Rows whose geometry does not cross this one. */
    notCrosses: Geometry<R>;
    /** Rows whose geometry overlaps this one in part. */
    overlaps: Geometry<R>;
    /** Rows whose geometry does not overlap this one. */
    notOverlaps: Geometry<R>;
    /** Rows whose geometry touches this one at its edge only. */
    touches: Geometry<R>;
    /** Rows whose geometry does not touch this one at its edge. */
    notTouches: Geometry<R>;
}

/** `Query`, for the rows of one type. */
export function queriesOf<R>(): Queries<R> {
    return Query as unknown as Queries<R>;
}

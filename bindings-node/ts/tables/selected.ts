// What is left of a row when some of its columns are asked for.

import type { Row } from "./service";
import type { ColumnOf, OwnColumnOf, Related, RelatedColumnOf, RelationOf } from "./queries";

/** What can be asked for: columns, `*` for all of a table, and `author.*` for all of a related row. */
export type Selectable<R> =
    "*" | Exclude<OwnColumnOf<R>, keyof Row> | RelatedColumnOf<R> | ColumnOf<R> | `${RelationOf<R>}.*`;

/** Of what is asked for, what is about a related row. */
type Within<Key extends string, Name extends string> = Name extends `${Key}.${infer Rest}` ? Rest : never;

type Own<R, Name extends string> = "*" extends Name
    ? Pick<R, OwnColumnOf<R> & keyof R>
    : Pick<R, Extract<Name, keyof R>>;

type RelationsIn<R, Name extends string> = {
    [Key in RelationOf<R>]: Within<Key, Name> extends never ? never : Key;
}[RelationOf<R>];

/** A related row, or the list of them, with what is asked for. */
type Shown<Value, Name extends string> = Value extends (infer Item)[] ? Selected<Item, Name>[] : Selected<Value, Name>;

/** A row with the columns that are asked for. Related rows are there where columns of theirs are. */
export type Selected<R, Name extends string> = Row &
    Own<R, Name> & {
        [Key in RelationsIn<R, Name>]:
            Shown<NonNullable<R[Key & keyof R]>, Within<Key, Name>> | Extract<R[Key & keyof R], null>;
    };

export type { Related };

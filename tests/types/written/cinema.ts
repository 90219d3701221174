// Made by `polywrite types` from the tables of a project: change them, not this file.

import {
  type Client,
  type Link,
  type Models,
  type Table,
  type TableOptions,
  Tables,
  TablesDB,
} from "polywrite";

/** What `genre` of `movies` can be. */
export const movieGenreValues = ["drama", "comedy", "scifi"] as const;

/** One of `genre` of `movies`. */
export type MovieGenre = (typeof movieGenreValues)[number];

/** A row of the table `movies`. */
export interface Movie extends Models.Row {
  title: string;
  code: string | null;
  plot: string | null;
  year: number | null;
  big: number | bigint | null;
  rating: number | null;
  seen: boolean | null;
  released: string | null;
  contact: string | null;
  link: string | null;
  addr: string | null;
  genre: MovieGenre | null;
  tags: string[];
  location: [number, number] | null;
  /** There where it is selected. */
  author?: Author | null;
}

/** What a new row of `movies` is made of. */
export interface NewMovie {
  title: string;
  code?: string | null;
  plot?: string | null;
  /** Default: 2000. */
  year?: number | null;
  big?: number | bigint | null;
  rating?: number | null;
  /** Default: false. */
  seen?: boolean | null;
  released?: string | Date | null;
  contact?: string | null;
  link?: string | null;
  addr?: string | null;
  genre?: MovieGenre | null;
  tags?: string[];
  location?: [number, number] | null;
  author?: Link<NewAuthor> | null;
}

/** What can change in a row of `movies`. */
export type MovieChanges = Partial<NewMovie>;

/** The table `movies`. */
export type MovieTable = Table<Movie, NewMovie, MovieChanges>;

const movieTable: TableOptions = {
  databaseId: "cinema",
  tableId: "movies",
  columns: {
    title: { kind: "text" },
    code: { kind: "text", nullable: true },
    plot: { kind: "text", nullable: true },
    year: { kind: "integer", nullable: true },
    big: { kind: "bigint", nullable: true },
    rating: { kind: "float", nullable: true },
    seen: { kind: "boolean", nullable: true },
    released: { kind: "text", nullable: true },
    contact: { kind: "text", nullable: true },
    link: { kind: "text", nullable: true },
    addr: { kind: "text", nullable: true },
    genre: { kind: "enum", values: movieGenreValues, nullable: true },
    tags: { kind: "text", array: true },
    location: { kind: "point", nullable: true },
    author: { kind: "row", columns: () => authorTable.columns },
  },
};

/** A row of the table `authors`. */
export interface Author extends Models.Row {
  name: string;
  /** There where it is selected. */
  movies?: Movie[];
}

/** What a new row of `authors` is made of. */
export interface NewAuthor {
  name: string;
  movies?: Link<NewMovie>[];
}

/** What can change in a row of `authors`. */
export type AuthorChanges = Partial<NewAuthor>;

/** The table `authors`. */
export type AuthorTable = Table<Author, NewAuthor, AuthorChanges>;

const authorTable: TableOptions = {
  databaseId: "cinema",
  tableId: "authors",
  columns: {
    name: { kind: "text" },
    movies: { kind: "rows", columns: () => movieTable.columns },
  },
};

/** What `class` of `halls` can be. */
export const hallClassValues = ["first", "second class"] as const;

/** One of `class` of `halls`. */
export type HallClass = (typeof hallClassValues)[number];

/** What `moods` of `halls` can be. */
export const hallMoodValues = ["sad", "very happy"] as const;

/** One of `moods` of `halls`. */
export type HallMood = (typeof hallMoodValues)[number];

/** A row of the table `halls`. */
export interface Hall extends Models.Row {
  note: string;
  script: string | null;
  count: number;
  counts: number[];
  huge: (number | bigint)[];
  ratio: number;
  ratios: number[];
  "is-open": boolean;
  class: HallClass;
  moods: HallMood[];
  times: string[];
  opened: string;
  route: [number, number][] | null;
  area: [number, number][][] | null;
  mails: string[];
  /** There where it is selected. */
  favourite?: Movie | null;
  /** There where it is selected. */
  neighbours?: Hall[];
}

/** What a new row of `halls` is made of. */
export interface NewHall {
  note: string;
  script?: string | null;
  count: number;
  counts?: number[];
  huge?: (number | bigint)[];
  ratio: number;
  ratios?: number[];
  "is-open": boolean;
  class: HallClass;
  moods?: HallMood[];
  times?: (string | Date)[];
  opened: string | Date;
  route?: [number, number][] | null;
  area?: [number, number][][] | null;
  mails?: string[];
  favourite?: Link<NewMovie> | null;
  neighbours?: Link<NewHall>[];
}

/** What can change in a row of `halls`. */
export type HallChanges = Partial<NewHall>;

/** The table `halls`. */
export type HallTable = Table<Hall, NewHall, HallChanges>;

const hallTable: TableOptions = {
  databaseId: "cinema",
  tableId: "halls",
  columns: {
    note: { kind: "text" },
    script: { kind: "text", nullable: true },
    count: { kind: "integer" },
    counts: { kind: "integer", array: true },
    huge: { kind: "bigint", array: true },
    ratio: { kind: "float" },
    ratios: { kind: "float", array: true },
    "is-open": { kind: "boolean" },
    class: { kind: "enum", values: hallClassValues },
    moods: { kind: "enum", values: hallMoodValues, array: true },
    times: { kind: "text", array: true },
    opened: { kind: "text" },
    route: { kind: "line", nullable: true },
    area: { kind: "polygon", nullable: true },
    mails: { kind: "text", array: true },
    favourite: { kind: "row", columns: () => movieTable.columns },
    neighbours: { kind: "rows", columns: () => hallTable.columns },
  },
};

/** A row of the table `empty`. */
export interface Empty extends Models.Row {}

/** What a new row of `empty` is made of. */
export interface NewEmpty {}

/** What can change in a row of `empty`. */
export type EmptyChanges = Partial<NewEmpty>;

/** The table `empty`. */
export type EmptyTable = Table<Empty, NewEmpty, EmptyChanges>;

const emptyTable: TableOptions = {
  databaseId: "cinema",
  tableId: "empty",
  columns: {},
};

/** The database `cinema`. */
export class Cinema extends Tables {
  constructor(client: Client | TablesDB) {
    super(client instanceof TablesDB ? client : new TablesDB(client));
  }

  /** The table `movies`. */
  readonly movies: MovieTable = this.table(movieTable);

  /** The table `authors`. */
  readonly authors: AuthorTable = this.table(authorTable);

  /** The table `halls`. */
  readonly halls: HallTable = this.table(hallTable);

  /** The table `empty`. */
  readonly empty: EmptyTable = this.table(emptyTable);
}

// Uses of the types that compile.

import { Client, Permission, Query, Role, TablesDB } from "polywrite";
import { Cinema, type Movie, type MovieGenre, movieGenreValues } from "./cinema";

export async function handles(client: Client) {
    const cinema = new Cinema(client);
    const { query, operator } = cinema.movies;

    const { rows } = await cinema.movies.listRows([
        query.equal("year", 1984),
        query.equal("genre", ["drama", "comedy"]),
        query.greaterThan("big", 9007199254740993n),
        query.contains("tags", "a"),
        query.or([query.isNull("plot"), query.between("rating", 1, 2)]),
        query.distanceLessThan("location", [12.5, 41.9], 1000),
        query.equal("author.name", "Ada"),
        query.orderDesc("$createdAt"),
        query.limit(5),
    ]);
    for (const row of rows) {
        const [id, title]: [string, string] = [row.$id, row.title];
        const year: number | null = row.year;
        const big: number | bigint | null = row.big;
        const genre: MovieGenre | null = row.genre;
        const [longitude]: [number, number] = row.location ?? [0, 0];
        console.log(id, title, year, big, genre, longitude, row.tags.length, row.author?.name, movieGenreValues);
    }

    // What is selected is there, and nothing else is.
    const some = await cinema.movies.listRows({ select: ["title", "author.name"], queries: [query.limit(1)] });
    const name: string | undefined = some.rows[0]?.author?.name;
    const author = await cinema.authors.getRow({ rowId: "a1", select: ["*", "movies.*"] });
    const titles: string[] = author.movies.map((movie) => movie.title);

    await cinema.movies.createRow({ data: { title: "New", released: new Date(), author: { name: "New" } } });
    await cinema.movies.createRow({
        rowId: "m9",
        data: { title: "New", author: "a1", genre: null },
        permissions: [Permission.read(Role.any())],
    });
    await cinema.movies.updateRow({
        rowId: "m9",
        data: { year: operator.increment(1), tags: operator.arrayAppend(["x"]), seen: operator.toggle(), plot: null },
    });
    await cinema.halls.upsertRow({
        rowId: "h1",
        data: {
            note: "",
            count: 1,
            ratio: 0.5,
            "is-open": true,
            class: "first",
            opened: "2026-01-01",
            neighbours: ["h2"],
        },
    });
    await cinema.movies.incrementRowColumn({ rowId: "m9", column: "year", value: 2 });
    await cinema.movies.bulkCreateRows({ rows: [{ title: "a" }, { title: "b", $id: "b" }] });
    await cinema.movies.bulkUpdateRows({ data: { seen: true }, ids: ["b"] });
    await cinema.movies.updateRows({ data: { seen: false }, queries: [query.equal("seen", true)] });
    await cinema.movies.deleteRow({ rowId: "m9" });
    const done: string = await cinema.transaction(async (staged) => {
        await staged.movies.deleteRow({ rowId: "b" });
        return "done";
    });
    for await (const movie of cinema.movies.iterateRows([query.isNotNull("year")])) console.log(movie.title);
    return { name, titles, done };
}

// The calls as they are.
export async function calls(tables: TablesDB) {
    const at = { databaseId: "cinema", tableId: "movies" };
    const { rows } = await tables.listRows<Movie>({ ...at, queries: [Query.equal("year", 1984)] });
    const title: string | undefined = rows[0]?.title;
    const changed = await tables.updateRow<Movie>({ ...at, rowId: "m1", data: { year: 1985 } });
    return [title, changed.year];
}

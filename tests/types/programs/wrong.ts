// Mistakes. A comment says what the compiler says of the line below it.

import { Query, TablesDB } from "polywrite";
import { Cinema, type Movie } from "./cinema";

export async function wrong(cinema: Cinema, tables: TablesDB) {
    const { movies } = cinema;
    const { query, operator } = movies;
    // error: Argument of type '"yeer"' is not assignable
    await movies.listRows([query.equal("yeer", 1)]);
    // error: Argument of type 'string' is not assignable to parameter of type 'OneOrMore<number>'
    await movies.listRows([query.equal("year", "1984")]);
    // error: Type '"horror"' is not assignable
    await movies.listRows([query.equal("genre", ["drama", "horror"])]);
    // error: Type 'string' is not assignable to type 'TableQuery<Movie>'
    await movies.listRows([Query.equal("yeer", 1)]);
    // error: Type 'TableQuery<Author>' is not assignable to type 'TableQuery<Movie>'
    await movies.listRows([cinema.authors.query.equal("name", "Ada")]);
    // error: Argument of type '"titel"' is not assignable
    await movies.listRows([query.orderAsc("titel")]);
    // error: Type '"titel"' is not assignable
    await movies.listRows({ select: ["titel"] });
    // error: Property 'title' is missing
    await movies.createRow({ data: { year: 1984 } });
    // error: Type 'number' is not assignable to type 'string'
    await movies.createRow({ data: { title: 1984 } });
    // error: 'yeer' does not exist in type 'NewMovie'
    await movies.createRow({ data: { title: "New", yeer: 1984 } });
    // error: Type '"horror"' is not assignable
    await movies.createRow({ data: { title: "New", genre: "horror" } });
    // error: Type 'null' is not assignable to type
    await movies.updateRow({ rowId: "m1", data: { title: null } });
    // error: Type 'Operation<boolean>' is not assignable
    await movies.updateRow({ rowId: "m1", data: { year: operator.toggle() } });
    const { rows } = await movies.listRows({ select: ["title"] });
    // error: Property 'year' does not exist
    rows[0]?.year;
    const movie = await movies.getRow({ rowId: "m1" });
    // error: 'movie.year' is possibly 'null'
    movie.year.toFixed();
    // error: 'movie.author' is possibly 'null' or 'undefined'
    movie.author.name;
    const plain = await tables.getRow<Movie>({ databaseId: "cinema", tableId: "movies", rowId: "m1" });
    // error: Property 'yeer' does not exist
    plain.yeer;
}

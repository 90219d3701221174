// Mistakes. A comment says what the compiler says of the line below it.

import Polywrite

func wrong(_ cinema: Cinema) async throws {
    // error: has no member 'yeer'
    _ = try await cinema.movies.listRows([.equal(\.yeer, 1)])
    // error: cannot convert value of type 'KeyPath<MovieColumns, TableColumn<Int>>'
    _ = try await cinema.movies.listRows([.equal(\.year, "1984")])
    // error: has no member 'horror'
    _ = try await cinema.movies.listRows([.equal(\.genre, MovieGenre.horror)])
    // error: cannot convert value of type 'Query' to expected element type 'TableQuery<Movie>'
    _ = try await cinema.movies.listRows([Query.equal("yeer", value: 1)])
    // error: cannot convert value of type 'TableQuery<Author>' to expected element type
    _ = try await cinema.movies.listRows([TableQuery<Author>.equal(\.name, "Ada")])
    // error: missing argument for parameter 'title' in call
    _ = try await cinema.movies.createRow(NewMovie(year: 1984))
    // error: cannot convert value of type 'Int' to expected argument type 'String'
    _ = try await cinema.movies.createRow(NewMovie(title: 1984))
    // error: incorrect argument label in call (have 'title:yeer:', expected 'title:year:')
    _ = NewMovie(title: "New", yeer: 1984)
    // error: static property 'null' requires that 'String' conform to 'NullableColumn'
    _ = MovieChanges(title: .null)
    // error: cannot convert value of type 'String' to expected argument type 'Int?'
    _ = MovieChanges(year: .to("1984"))
    // error: requires that 'Int' conform to 'BoolColumn'
    _ = MovieChanges(year: .toggle)
    let movie = try await cinema.movies.getRow("m1").data
    // error: value of type 'Movie' has no member 'yeer'
    _ = movie.yeer
    // error: value of optional type 'Int?' must be unwrapped
    _ = movie.year + 1
}

import Polywrite

func delete(of cinema: Cinema) async throws {
    _ = try await cinema.movies.deleteRows([.equal(\.yeer, 1984)])
}

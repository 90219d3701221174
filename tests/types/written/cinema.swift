// Made by `polywrite types` from the tables of a project: change them, not this file.

import Foundation
import Polywrite
import PolywriteModels

/// One of `genre` of `movies`.
public enum MovieGenre: String, TableEnum {
  case drama
  case comedy
  case scifi
}

/// A row of the table `movies`.
public struct Movie: TableRecord {
  public typealias New = NewMovie
  public typealias Changes = MovieChanges
  public static let databaseId = "cinema"
  public static let tableId = "movies"
  public static let columns = MovieColumns()

  public var title: String
  public var code: String?
  public var plot: String?
  public var year: Int?
  public var big: Int?
  public var rating: Double?
  public var seen: Bool?
  public var released: Date?
  public var contact: String?
  public var link: String?
  public var addr: String?
  public var genre: MovieGenre?
  public var tags: [String]
  public var location: GeoPoint?
  /// There where it is selected.
  public var author: Related<Row<Author>>?
}

/// The columns of `movies`, for queries.
public struct MovieColumns: TableColumns {
  public let title = TableColumn<String>("title")
  public let code = TableColumn<String>("code")
  public let plot = TableColumn<String>("plot")
  public let year = TableColumn<Int>("year")
  public let big = TableColumn<Int>("big")
  public let rating = TableColumn<Double>("rating")
  public let seen = TableColumn<Bool>("seen")
  public let released = TableColumn<Date>("released")
  public let contact = TableColumn<String>("contact")
  public let link = TableColumn<String>("link")
  public let addr = TableColumn<String>("addr")
  public let genre = TableColumn<MovieGenre>("genre")
  public let tags = TableColumn<String>("tags")
  public let location = TableColumn<GeoPoint>("location")
  public let author = RelatedColumns<Author>("author")
}

/// What a new row of `movies` is made of.
public struct NewMovie: Encodable, Sendable {
  public var title: String
  public var code: String?
  public var plot: String?
  /// Default: 2000.
  public var year: Int?
  public var big: Int?
  public var rating: Double?
  /// Default: false.
  public var seen: Bool?
  public var released: Date?
  public var contact: String?
  public var link: String?
  public var addr: String?
  public var genre: MovieGenre?
  public var tags: [String]?
  public var location: GeoPoint?
  public var author: RowLink<NewAuthor>?

  public init(
    title: String,
    code: String? = nil,
    plot: String? = nil,
    year: Int? = nil,
    big: Int? = nil,
    rating: Double? = nil,
    seen: Bool? = nil,
    released: Date? = nil,
    contact: String? = nil,
    link: String? = nil,
    addr: String? = nil,
    genre: MovieGenre? = nil,
    tags: [String]? = nil,
    location: GeoPoint? = nil,
    author: RowLink<NewAuthor>? = nil
  ) {
    self.title = title
    self.code = code
    self.plot = plot
    self.year = year
    self.big = big
    self.rating = rating
    self.seen = seen
    self.released = released
    self.contact = contact
    self.link = link
    self.addr = addr
    self.genre = genre
    self.tags = tags
    self.location = location
    self.author = author
  }
}

/// What can change in a row of `movies`.
public struct MovieChanges: Encodable, Sendable {
  public var title: ColumnChange<String>?
  public var code: ColumnChange<String?>?
  public var plot: ColumnChange<String?>?
  public var year: ColumnChange<Int?>?
  public var big: ColumnChange<Int?>?
  public var rating: ColumnChange<Double?>?
  public var seen: ColumnChange<Bool?>?
  public var released: ColumnChange<Date?>?
  public var contact: ColumnChange<String?>?
  public var link: ColumnChange<String?>?
  public var addr: ColumnChange<String?>?
  public var genre: ColumnChange<MovieGenre?>?
  public var tags: ColumnChange<[String]>?
  public var location: ColumnChange<GeoPoint?>?
  public var author: ColumnChange<RowLink<NewAuthor>?>?

  public init(
    title: ColumnChange<String>? = nil,
    code: ColumnChange<String?>? = nil,
    plot: ColumnChange<String?>? = nil,
    year: ColumnChange<Int?>? = nil,
    big: ColumnChange<Int?>? = nil,
    rating: ColumnChange<Double?>? = nil,
    seen: ColumnChange<Bool?>? = nil,
    released: ColumnChange<Date?>? = nil,
    contact: ColumnChange<String?>? = nil,
    link: ColumnChange<String?>? = nil,
    addr: ColumnChange<String?>? = nil,
    genre: ColumnChange<MovieGenre?>? = nil,
    tags: ColumnChange<[String]>? = nil,
    location: ColumnChange<GeoPoint?>? = nil,
    author: ColumnChange<RowLink<NewAuthor>?>? = nil
  ) {
    self.title = title
    self.code = code
    self.plot = plot
    self.year = year
    self.big = big
    self.rating = rating
    self.seen = seen
    self.released = released
    self.contact = contact
    self.link = link
    self.addr = addr
    self.genre = genre
    self.tags = tags
    self.location = location
    self.author = author
  }
}

/// A row of the table `authors`.
public struct Author: TableRecord {
  public typealias New = NewAuthor
  public typealias Changes = AuthorChanges
  public static let databaseId = "cinema"
  public static let tableId = "authors"
  public static let columns = AuthorColumns()

  public var name: String
  /// There where it is selected.
  public var movies: [Row<Movie>]?
}

/// The columns of `authors`, for queries.
public struct AuthorColumns: TableColumns {
  public let name = TableColumn<String>("name")
  public let movies = RelatedColumns<Movie>("movies")
}

/// What a new row of `authors` is made of.
public struct NewAuthor: Encodable, Sendable {
  public var name: String
  public var movies: [RowLink<NewMovie>]?

  public init(
    name: String,
    movies: [RowLink<NewMovie>]? = nil
  ) {
    self.name = name
    self.movies = movies
  }
}

/// What can change in a row of `authors`.
public struct AuthorChanges: Encodable, Sendable {
  public var name: ColumnChange<String>?
  public var movies: ColumnChange<[RowLink<NewMovie>]>?

  public init(
    name: ColumnChange<String>? = nil,
    movies: ColumnChange<[RowLink<NewMovie>]>? = nil
  ) {
    self.name = name
    self.movies = movies
  }
}

/// One of `class` of `halls`.
public enum HallClass: String, TableEnum {
  case first
  case secondClass = "second class"
}

/// One of `moods` of `halls`.
public enum HallMood: String, TableEnum {
  case sad
  case veryHappy = "very happy"
}

/// A row of the table `halls`.
public struct Hall: TableRecord {
  public typealias New = NewHall
  public typealias Changes = HallChanges
  public static let databaseId = "cinema"
  public static let tableId = "halls"
  public static let columns = HallColumns()

  public var note: String
  public var script: String?
  public var count: Int
  public var counts: [Int]
  public var huge: [Int]
  public var ratio: Double
  public var ratios: [Double]
  public var isOpen: Bool
  public var `class`: HallClass
  public var moods: [HallMood]
  public var times: [Date]
  public var opened: Date
  public var route: [GeoPoint]?
  public var area: [[GeoPoint]]?
  public var mails: [String]
  /// There where it is selected.
  public var favourite: Related<Row<Movie>>?
  /// There where it is selected.
  public var neighbours: [Row<Hall>]?

  enum CodingKeys: String, CodingKey {
    case note
    case script
    case count
    case counts
    case huge
    case ratio
    case ratios
    case isOpen = "is-open"
    case `class`
    case moods
    case times
    case opened
    case route
    case area
    case mails
    case favourite
    case neighbours
  }
}

/// The columns of `halls`, for queries.
public struct HallColumns: TableColumns {
  public let note = TableColumn<String>("note")
  public let script = TableColumn<String>("script")
  public let count = TableColumn<Int>("count")
  public let counts = TableColumn<Int>("counts")
  public let huge = TableColumn<Int>("huge")
  public let ratio = TableColumn<Double>("ratio")
  public let ratios = TableColumn<Double>("ratios")
  public let isOpen = TableColumn<Bool>("is-open")
  public let `class` = TableColumn<HallClass>("class")
  public let moods = TableColumn<HallMood>("moods")
  public let times = TableColumn<Date>("times")
  public let opened = TableColumn<Date>("opened")
  public let route = TableColumn<[GeoPoint]>("route")
  public let area = TableColumn<[[GeoPoint]]>("area")
  public let mails = TableColumn<String>("mails")
  public let favourite = RelatedColumns<Movie>("favourite")
  public let neighbours = RelatedColumns<Hall>("neighbours")
}

/// What a new row of `halls` is made of.
public struct NewHall: Encodable, Sendable {
  public var note: String
  public var script: String?
  public var count: Int
  public var counts: [Int]?
  public var huge: [Int]?
  public var ratio: Double
  public var ratios: [Double]?
  public var isOpen: Bool
  public var `class`: HallClass
  public var moods: [HallMood]?
  public var times: [Date]?
  public var opened: Date
  public var route: [GeoPoint]?
  public var area: [[GeoPoint]]?
  public var mails: [String]?
  public var favourite: RowLink<NewMovie>?
  public var neighbours: [RowLink<NewHall>]?

  public init(
    note: String,
    script: String? = nil,
    count: Int,
    counts: [Int]? = nil,
    huge: [Int]? = nil,
    ratio: Double,
    ratios: [Double]? = nil,
    isOpen: Bool,
    `class`: HallClass,
    moods: [HallMood]? = nil,
    times: [Date]? = nil,
    opened: Date,
    route: [GeoPoint]? = nil,
    area: [[GeoPoint]]? = nil,
    mails: [String]? = nil,
    favourite: RowLink<NewMovie>? = nil,
    neighbours: [RowLink<NewHall>]? = nil
  ) {
    self.note = note
    self.script = script
    self.count = count
    self.counts = counts
    self.huge = huge
    self.ratio = ratio
    self.ratios = ratios
    self.isOpen = isOpen
    self.`class` = `class`
    self.moods = moods
    self.times = times
    self.opened = opened
    self.route = route
    self.area = area
    self.mails = mails
    self.favourite = favourite
    self.neighbours = neighbours
  }

  enum CodingKeys: String, CodingKey {
    case note
    case script
    case count
    case counts
    case huge
    case ratio
    case ratios
    case isOpen = "is-open"
    case `class`
    case moods
    case times
    case opened
    case route
    case area
    case mails
    case favourite
    case neighbours
  }
}

/// What can change in a row of `halls`.
public struct HallChanges: Encodable, Sendable {
  public var note: ColumnChange<String>?
  public var script: ColumnChange<String?>?
  public var count: ColumnChange<Int>?
  public var counts: ColumnChange<[Int]>?
  public var huge: ColumnChange<[Int]>?
  public var ratio: ColumnChange<Double>?
  public var ratios: ColumnChange<[Double]>?
  public var isOpen: ColumnChange<Bool>?
  public var `class`: ColumnChange<HallClass>?
  public var moods: ColumnChange<[HallMood]>?
  public var times: ColumnChange<[Date]>?
  public var opened: ColumnChange<Date>?
  public var route: ColumnChange<[GeoPoint]?>?
  public var area: ColumnChange<[[GeoPoint]]?>?
  public var mails: ColumnChange<[String]>?
  public var favourite: ColumnChange<RowLink<NewMovie>?>?
  public var neighbours: ColumnChange<[RowLink<NewHall>]>?

  public init(
    note: ColumnChange<String>? = nil,
    script: ColumnChange<String?>? = nil,
    count: ColumnChange<Int>? = nil,
    counts: ColumnChange<[Int]>? = nil,
    huge: ColumnChange<[Int]>? = nil,
    ratio: ColumnChange<Double>? = nil,
    ratios: ColumnChange<[Double]>? = nil,
    isOpen: ColumnChange<Bool>? = nil,
    `class`: ColumnChange<HallClass>? = nil,
    moods: ColumnChange<[HallMood]>? = nil,
    times: ColumnChange<[Date]>? = nil,
    opened: ColumnChange<Date>? = nil,
    route: ColumnChange<[GeoPoint]?>? = nil,
    area: ColumnChange<[[GeoPoint]]?>? = nil,
    mails: ColumnChange<[String]>? = nil,
    favourite: ColumnChange<RowLink<NewMovie>?>? = nil,
    neighbours: ColumnChange<[RowLink<NewHall>]>? = nil
  ) {
    self.note = note
    self.script = script
    self.count = count
    self.counts = counts
    self.huge = huge
    self.ratio = ratio
    self.ratios = ratios
    self.isOpen = isOpen
    self.`class` = `class`
    self.moods = moods
    self.times = times
    self.opened = opened
    self.route = route
    self.area = area
    self.mails = mails
    self.favourite = favourite
    self.neighbours = neighbours
  }

  enum CodingKeys: String, CodingKey {
    case note
    case script
    case count
    case counts
    case huge
    case ratio
    case ratios
    case isOpen = "is-open"
    case `class`
    case moods
    case times
    case opened
    case route
    case area
    case mails
    case favourite
    case neighbours
  }
}

/// A row of the table `empty`.
public struct Empty: TableRecord {
  public typealias New = NewEmpty
  public typealias Changes = EmptyChanges
  public static let databaseId = "cinema"
  public static let tableId = "empty"
  public static let columns = EmptyColumns()
}

/// The columns of `empty`, for queries.
public struct EmptyColumns: TableColumns {}

/// What a new row of `empty` is made of.
public struct NewEmpty: Encodable, Sendable {
  public init() {}
}

/// What can change in a row of `empty`.
public struct EmptyChanges: Encodable, Sendable {
  public init() {}
}

/// The database `cinema`.
public struct Cinema: TableDatabase {
  public let service: TablesDB

  /// The tables, with their calls made by `service`.
  public init(_ service: TablesDB) {
    self.service = service
  }

  /// The table `movies`.
  public var movies: TypedTable<Movie> { TypedTable(service) }

  /// The table `authors`.
  public var authors: TypedTable<Author> { TypedTable(service) }

  /// The table `halls`.
  public var halls: TypedTable<Hall> { TypedTable(service) }

  /// The table `empty`.
  public var empty: TypedTable<Empty> { TypedTable(service) }
}

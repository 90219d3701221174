// Not the models and enums: many are called like types of the standard library, Foundation, Vapor or Fluent.
@_exported import PolywriteJSON

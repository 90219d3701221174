import Foundation

/// A number, whole or not.
public protocol QueryNumber: Numeric, Sendable {}

extension Int: QueryNumber {}
extension Int8: QueryNumber {}
extension Int16: QueryNumber {}
extension Int32: QueryNumber {}
extension Int64: QueryNumber {}
extension UInt: QueryNumber {}
extension UInt8: QueryNumber {}
extension UInt16: QueryNumber {}
extension UInt32: QueryNumber {}
extension UInt64: QueryNumber {}
extension Float: QueryNumber {}
extension Double: QueryNumber {}
extension Decimal: QueryNumber {}

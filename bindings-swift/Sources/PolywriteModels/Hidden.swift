/// What a mirror shows of a secret field: whether it is set.
// `Collection` alone is a model here.
@_spi(SDK) public func hidden<Value: Swift.Collection>(_ value: Value?) -> Any {
    if let value, !value.isEmpty { "[redacted]" } else { value as Any }
}

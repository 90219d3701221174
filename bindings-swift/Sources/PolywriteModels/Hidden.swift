/// What a mirror shows of a field that lets somebody in: whether there is something in it.
// `Collection` alone is a model here.
func hidden<Value: Swift.Collection>(_ value: Value?) -> Any {
    if let value, !value.isEmpty { "[redacted]" } else { value as Any }
}

/// Makes names of topics, level by level.
public enum Topic {
    /// Joins levels to the name of a topic: `home/kitchen`.
    ///
    /// Throws an `AppwriteError` of the kind `argument` when no level is given, or a level is empty or holds `/`, `+`,
    /// `#` or NUL.
    public static func path(_ levels: String...) throws -> String {
        guard levels.count >= least, levels.allSatisfy({ !$0.isEmpty && forbidden.isDisjoint(with: $0) }) else {
            throw AppwriteError.argument("Topic.path needs levels that are not empty and hold none of / + # or NUL")
        }
        return levels.joined(separator: separator)
    }
}

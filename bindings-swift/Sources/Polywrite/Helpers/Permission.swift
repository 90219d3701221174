/// Makes permission strings: who may do what.
public enum Permission {
    /// Reading.
    public static func read(_ role: String) -> String { make("read", role) }

    /// Creating, updating and deleting.
    public static func write(_ role: String) -> String { make("write", role) }

    /// Creating.
    public static func create(_ role: String) -> String { make("create", role) }

    /// Updating.
    public static func update(_ role: String) -> String { make("update", role) }

    /// Deleting.
    public static func delete(_ role: String) -> String { make("delete", role) }

    private static func make(_ action: String, _ role: String) -> String { "\(action)(\"\(role)\")" }
}

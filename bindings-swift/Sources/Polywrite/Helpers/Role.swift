/// Makes role strings: who a permission is for.
public enum Role {
    /// Everybody, signed in or not.
    public static func any() -> String { "any" }

    /// One user; with a status of `verified` or `unverified` only while it is so.
    public static func user(_ id: String, _ status: String = "") -> String { make("user:\(id)", status) }

    /// Every signed-in user; with a status of `verified` or `unverified` only those.
    public static func users(_ status: String = "") -> String { make("users", status) }

    /// Whoever is not signed in.
    public static func guests() -> String { "guests" }

    /// The members of a team; with a role only those who have it.
    public static func team(_ id: String, _ role: String = "") -> String { make("team:\(id)", role) }

    /// One membership of a team.
    public static func member(_ id: String) -> String { "member:\(id)" }

    /// Users with a label.
    public static func label(_ name: String) -> String { "label:\(name)" }

    private static func make(_ who: String, _ which: String) -> String { which.isEmpty ? who : "\(who)/\(which)" }
}

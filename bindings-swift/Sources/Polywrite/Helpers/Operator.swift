import PolywriteEnums
import PolywriteModels

/// Makes operator strings: a change of one attribute that the server works out, as a value in a row's data.
public enum Operator {
    /// Adds to a number, up to `max`.
    public static func increment(_ value: any QueryNumber = 1, max: (any QueryNumber)? = nil) -> String {
        HelperText("increment").values(max.map { [value, $0] } ?? [value])
    }

    /// Takes from a number, down to `min`.
    public static func decrement(_ value: any QueryNumber = 1, min: (any QueryNumber)? = nil) -> String {
        HelperText("decrement").values(min.map { [value, $0] } ?? [value])
    }

    /// Multiplies a number, up to `max`.
    public static func multiply(_ factor: any QueryNumber, max: (any QueryNumber)? = nil) -> String {
        HelperText("multiply").values(max.map { [factor, $0] } ?? [factor])
    }

    /// Divides a number, down to `min`; the divisor must not be 0.
    public static func divide(_ divisor: any QueryNumber, min: (any QueryNumber)? = nil) -> String {
        refusing(divisor, in: "divide")
            ?? HelperText("divide").values(min.map { [divisor, $0] } ?? [divisor])
    }

    /// Leaves the rest of a division; the divisor must not be 0.
    public static func modulo(_ divisor: any QueryNumber) -> String {
        refusing(divisor, in: "modulo") ?? HelperText("modulo").values([divisor])
    }

    /// Raises a number to a power, up to `max`.
    public static func power(_ exponent: any QueryNumber, max: (any QueryNumber)? = nil) -> String {
        HelperText("power").values(max.map { [exponent, $0] } ?? [exponent])
    }

    /// Adds to the end of a list.
    public static func arrayAppend(_ values: [any QueryValue]) -> String {
        HelperText("arrayAppend").values(values)
    }

    /// Adds to the beginning of a list.
    public static func arrayPrepend(_ values: [any QueryValue]) -> String {
        HelperText("arrayPrepend").values(values)
    }

    /// Puts a value into a list, before the one at `index`.
    public static func arrayInsert(_ index: Int, value: any QueryValue) -> String {
        HelperText("arrayInsert").values([index, value])
    }

    /// Takes a value out of a list.
    public static func arrayRemove(_ value: any QueryValue) -> String {
        HelperText("arrayRemove").values([value])
    }

    /// Leaves each value of a list once.
    public static func arrayUnique() -> String {
        HelperText("arrayUnique").values([])
    }

    /// Leaves the values that both lists have.
    public static func arrayIntersect(_ values: [any QueryValue]) -> String {
        HelperText("arrayIntersect").values(values)
    }

    /// Leaves the values that the other list has not.
    public static func arrayDiff(_ values: [any QueryValue]) -> String {
        HelperText("arrayDiff").values(values)
    }

    /// Leaves the values that fit a condition.
    public static func arrayFilter(_ condition: Condition, value: (any QueryValue)? = nil) -> String {
        HelperText("arrayFilter").values([condition.rawValue, value ?? JSON.null])
    }

    /// Adds to the end of a text or list.
    public static func stringConcat(_ value: any QueryValue) -> String {
        HelperText("stringConcat").values([value])
    }

    /// Replaces a part of a text wherever it stands.
    public static func stringReplace(_ search: String, _ replace: String) -> String {
        HelperText("stringReplace").values([search, replace])
    }

    /// Turns a truth value around.
    public static func toggle() -> String {
        HelperText("toggle").values([])
    }

    /// Moves a date on by days.
    public static func dateAddDays(_ days: Int) -> String {
        HelperText("dateAddDays").values([days])
    }

    /// Moves a date back by days.
    public static func dateSubDays(_ days: Int) -> String {
        HelperText("dateSubDays").values([days])
    }

    /// Sets a date to now.
    public static func dateSetNow() -> String {
        HelperText("dateSetNow").values([])
    }

    /// The reason for refusing a divisor of 0.
    private static func refusing(_ divisor: any QueryNumber, in name: String) -> String? {
        (divisor as? Int) == 0 || (divisor as? Double) == 0 ? InvalidHelper.text("\(name): the divisor is 0") : nil
    }
}

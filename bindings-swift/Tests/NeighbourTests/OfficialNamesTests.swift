import Polywrite
import PolywriteEnums
import PolywriteModels
import XCTest

/// A file of a program that was written for Appwrite's own package, with its three imports renamed.
final class OfficialNamesTests: XCTestCase {
    func testServicesModelsAndEnumsHaveTheirOfficialNames() throws {
        let locale = Locale(Client())
        XCTAssertNil(locale.client.project)
        let user = User(id: "ada", prefs: Preferences(data: ["theme": AnyCodable.string("dark")]))
        XCTAssertEqual(user.prefs.data["theme"], "dark")
        let file: File = File(id: "f")
        let collection: PolywriteModels.Collection = PolywriteModels.Collection(
            id: "c", attributes: [], indexes: [])
        let row: Row<[String: AnyCodable]> = Row(id: "r", data: [:])
        XCTAssertEqual([file.id, collection.id, row.id], ["f", "c", "r"])
        XCTAssertEqual(OAuthProvider.github.rawValue, "github")
    }
}

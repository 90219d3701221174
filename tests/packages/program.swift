// Calls the shelter with the package that its document makes, and Appwrite's own operations beside it.
import Acme
import AcmeEnums
import AcmeModels
import Foundation
import Polywrite

struct Missing: Error {}

let client = Client.acme().setProject("demo").setKey("secret")
let pets = Pets(client)
let pet: Pet = try await pets.create(petId: "p1", name: "Rex", kind: .goldFish, born: nil, age: 3)
let awaited = try await pets.updatePhone(petId: "p1", phone: "+15550100", password: "secret")
let list = try await pets.list(limit: 2)
guard case .circle(let circle) = list.pets[0].shadow else { throw Missing() }
let photo = try await Photos(client).getLatest()
let home = try await Links(client).home()
let file = try await Files(client).create(fileId: "f1", file: .fromData(Data("abc".utf8), filename: "a.bin"))
// Nothing is sent where what an operation needs is missing.
func refusal(_ call: () async throws -> Void) async -> AppwriteError? {
    do {
        try await call()
        return nil
    } catch {
        return error as? AppwriteError
    }
}
let refused = await refusal { _ = try await pets.updatePhone(petId: "", phone: "+15550100", password: "secret") }
// Both packages are in one program, and each knows its own operations.
let other = Client().setEndpoint(client.endpoint)
let appwrite = await refusal { _ = try await Polywrite.Users(other).get(userId: "") }
// A model of the package is read as leniently as those of Polywrite.
let lenient = try Pet.from(map: ["$id": 7, "name": 8, "kind": "dog", "size": "small", "moods": ["calm"]])
let printed: [String: Any] = [
    "kind": pet.kind.rawValue, "total": list.total, "shadow": circle.radius ?? 0, "photo": photo.count, "home": home,
    "file": file.id, "awaited": awaited.name, "shown": "\(client)".contains("secret"),
    "refused": "\(refused?.operation ?? ""): \(refused?.message ?? "")", "lenient": "\(lenient.id) \(lenient.name)",
    "named": try Client.acmeFromEnv().endpoint, "appwrite": appwrite?.operation ?? "",
]
print(String(decoding: try JSONSerialization.data(withJSONObject: printed), as: UTF8.self))

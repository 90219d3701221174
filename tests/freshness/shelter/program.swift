// program FOLDER: calls the shelter with the package that its document makes, and keeps a photo in the folder.

import Foundation
import Polywrite

@main
struct Program {
    static func main() async throws {
        let client = Client().setProject("demo")
        let pets = Pets(client)
        let pet = try await pets.create(petId: "p1", name: "Rex", kind: .goldFish, born: nil, age: 3)
        _ = try await pets.updatePhone(petId: "p1", phone: "+15550100", password: "secret")
        let list = try await pets.list(limit: 2)
        let photos = Photos(client)
        let photo = try await photos.getLatest()
        var streamed = 0
        for try await piece in try await photos.getLatestStream() { streamed += piece.count }
        let path = CommandLine.arguments[1] + "/swift.png"
        try await photos.getLatest(to: path)
        let saved = try Data(contentsOf: URL(fileURLWithPath: path)).count
        let home = try await Links(client).home()
        let data = Data(repeating: 1, count: 2 * 1_048_576 + 5)
        let file = try await Files(client).create(fileId: "f1", file: InputFile.fromData(data, filename: "a.bin"))
        guard case .circle(let circle) = list.pets[0].shadow else { fatalError("no circle") }
        let printed: [String: Any] = [
            "kind": pet.kind.rawValue, "weight": pet.weight as Any? ?? NSNull(), "total": list.total,
            "shadow": circle.radius ?? 0, "home": home, "photo": photo.count, "streamed": streamed, "saved": saved,
            "file": file.id,
        ]
        let json = try JSONSerialization.data(withJSONObject: printed)
        print(String(decoding: json, as: UTF8.self))
    }
}

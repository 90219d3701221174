import Foundation
import Polywrite
import PolywriteModels
import XCTest

/// Webhooks beyond the vectors.
final class WebhookTests: XCTestCase {
    private struct Order: Codable, Sendable {
        let total: Double
    }

    private static let url = "https://shop.example.com/hooks/orders"
    private static let secret = "a-secret-of-the-webhook"

    private func event(_ name: String, _ body: String) throws -> WebhookEvent {
        let body = Data(body.utf8)
        let headers = [
            "x-appwrite-webhook-id": "hook", "x-appwrite-webhook-name": "Orders", "x-appwrite-webhook-events": name,
            "x-appwrite-webhook-project-id": "shop",
            "x-appwrite-webhook-signature": try WebhookEvent.signature(of: body, url: Self.url, secret: Self.secret),
        ]
        return try WebhookEvent(headers: headers, body: body, url: Self.url, secret: Self.secret)
    }

    func testAPayloadIsAModel() throws {
        let event = try event("databases.shop.tables.orders.rows.o1.create", #"{"$id":"o1","total":12.5}"#)
        XCTAssertEqual(event.model, "Row")
        let row = try event.payload(as: Row<Order>.self)
        XCTAssertEqual([row.id, "\(row.data.total)", event.projectId], ["o1", "12.5", "shop"])
        XCTAssertThrowsError(try event.payload(as: [Int].self)) {
            XCTAssertEqual(($0 as? AppwriteError)?.kind, .decode)
        }
    }

    func testNothingShowsSecrets() throws {
        let event = try event("users.u1.sessions.s1.create", #"{"$id":"s1","secret":"s3cret-of-a-session"}"#)
        let session = try event.payload(as: Session.self)
        XCTAssertEqual(session.secret, "s3cret-of-a-session")
        var shown = ""
        dump(event, to: &shown)
        dump(session, to: &shown)
        XCTAssertFalse("\(event) \(shown)".contains("s3cret"), shown)
    }

    /// A handler as Hummingbird and Vapor have it: fields of a header, and a body that was collected.
    func testAServerReceivesWebhooks() throws {
        struct Field {
            let name: String
            let value: String
        }
        func status(_ fields: [Field], _ body: Data) throws -> Int {
            do {
                let headers = fields.map { ($0.name, $0.value) }
                _ = try WebhookEvent(headers: headers, body: body, url: Self.url, secret: Self.secret)
                return 204
            } catch let error as AppwriteError where error.kind == .unauthorized {
                return 401
            }
        }
        let body = Data(#"{"$id":"o1"}"#.utf8)
        let signature = try WebhookEvent.signature(of: body, url: Self.url, secret: Self.secret)
        let fields = [
            Field(name: "X-Appwrite-Webhook-Id", value: "hook"), Field(name: "X-Appwrite-Webhook-Events", value: "a"),
            Field(name: "X-Appwrite-Webhook-Project-Id", value: "shop"),
            Field(name: "X-Appwrite-Webhook-Signature", value: signature),
        ]
        XCTAssertEqual(try status(fields, body), 204)
        XCTAssertEqual(try status(fields, Data(#"{ "$id": "o1" }"#.utf8)), 401)
        XCTAssertEqual(try status([], body), 401)
    }
}

import PolywriteNative

/// A list of any length, item by item: `for try await row in tablesDB.iterateRows(…)`.
///
/// Nothing is sent before the first item is asked for, and each page is requested when its first item is. Leaving the loop
/// stops the calls, and cancelling the task ends them with a `CancellationError`. Each loop reads the list from its
/// beginning.
public struct Items<Page: Decodable & Sendable, Item: Sendable>: AsyncSequence, Sendable {
    public typealias Element = Item

    fileprivate let call: ListCall
    fileprivate let items: KeyPath<Page, [Item]> & Sendable

    /// The whole responses, one after the other.
    public func pages() -> Pages<Page> { Pages(call: call) }

    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(pages: pages().makeAsyncIterator(), items: items)
    }

    /// Asks for one page after another.
    public struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate var pages: Pages<Page>.AsyncIterator
        fileprivate let items: KeyPath<Page, [Item]> & Sendable
        private var page: [Item].Iterator = [].makeIterator()

        fileprivate init(pages: Pages<Page>.AsyncIterator, items: KeyPath<Page, [Item]> & Sendable) {
            (self.pages, self.items) = (pages, items)
        }

        public mutating func next() async throws -> Item? { try await next(isolation: nil) }

        // Most items wait for nothing: an actor that reads them keeps its turn.
        public mutating func next(isolation: isolated (any Actor)?) async throws -> Item? {
            while true {
                if let item = page.next() { return item }
                // One page is in memory at a time.
                page = [].makeIterator()
                guard let next = try await pages.next(isolation: isolation) else { return nil }
                page = next[keyPath: items].makeIterator()
            }
        }
    }
}

/// A list of any length, response by response: `for try await page in tablesDB.iterateRows(…).pages()`. It behaves as
/// `Items` do.
public struct Pages<Page: Decodable & Sendable>: AsyncSequence, Sendable {
    public typealias Element = Page

    fileprivate let call: ListCall

    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(call: call) }

    /// Asks for one page after another.
    public struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate let call: ListCall
        /// Where the next page begins, as the core says it: nothing before the first page.
        private var place: String?
        private var hasEnded = false

        fileprivate init(call: ListCall) { self.call = call }

        public mutating func next() async throws -> Page? { try await next(isolation: nil) }

        public mutating func next(isolation: isolated (any Actor)?) async throws -> Page? {
            guard !hasEnded else { return nil }
            // An error ends the list, too.
            hasEnded = true
            let (body, place) = try await call.page(at: place)
            if body.isEmpty { return nil }
            let page = try body.decode(Page.self)
            (self.place, hasEnded) = (place, place == nil)
            return page
        }
    }
}

/// A list call that is made page by page.
private struct ListCall: Sendable {
    let client: Client
    let options: CallOptions
    let operation: String
    let pageSize: Int?
    /// The call's parameters, or why they cannot be written.
    let parameters: Result<JSONText, any Error>

    /// The page that begins at a place, and the place behind it, nil at the end of the list.
    func page(at place: String?) async throws -> (Body, String?) {
        let (parameters, next) = (try parameters.get(), Place())
        let size = pageSize.map(String.init) ?? "null"
        let command = "{\"page\":{\"size\":\(size),\"place\":\(place ?? "null")}}"
        let body = try await client.begin(operation, parameters, options, command, listener: next)
        return (body, next.text.withLock { $0 })
    }

    /// Receives the place behind a page.
    private final class Place: Listener {
        let text = Locked<String?>(nil)

        func receive(text: String) { self.text.withLock { $0 = text == "null" ? nil : text } }
    }
}

extension AppwriteService {
    /// A list, which is read page by page; `write` writes the parameters of its calls.
    @_spi(SDK) public func items<Page, Item>(
        of operation: String,
        _ pageSize: Int?,
        _ items: KeyPath<Page, [Item]> & Sendable,
        _ write: (inout JSONText) throws -> Void
    ) -> Items<Page, Item> {
        let parameters = Result { try JSONText(write) }
        let call = ListCall(
            client: client, options: options, operation: operation, pageSize: pageSize, parameters: parameters)
        return Items(call: call, items: items)
    }
}

// A trait of Swift Testing. Those that surround a test with something came with Swift 6.1.

#if compiler(>=6.1) && canImport(Testing)
    import Foundation
    import Polywrite
    import Testing

    /// Gives each test a project of its own, `TestProject.current`, and deletes it afterwards:
    ///
    ///     @Test(.project(seed: seed)) func aUserIsListed() async throws {
    ///         let project = try #require(TestProject.current)
    ///     }
    ///
    /// On a suite it does so for each of its tests; each case of a test with arguments gets one, too.
    public struct ProjectTrait: TestTrait, SuiteTrait, TestScoping {
        let seed: JSON?
        let countedIds: Bool
        let now: Date?

        public var isRecursive: Bool { true }

        public func scopeProvider(for test: Test, testCase: Test.Case?) -> Self? {
            testCase == nil ? nil : self
        }

        public func provideScope(
            for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
        ) async throws {
            try await withProject(seed: seed, countedIds: countedIds, now: now) { project in
                try await TestProject.$ofTest.withValue(project) { try await function() }
            }
        }
    }

    extension Trait where Self == ProjectTrait {
        /// A project for each test, with what `Emulator.project` takes.
        ///
        /// - Parameters:
        ///   - seed: What it has from the start.
        ///   - countedIds: Whether the IDs that the server makes up are the same in each run.
        ///   - now: What its clock shows; nil for the time it is.
        public static func project(seed: JSON? = nil, countedIds: Bool = false, now: Date? = nil) -> Self {
            ProjectTrait(seed: seed, countedIds: countedIds, now: now)
        }
    }

    extension TestProject {
        @TaskLocal static var ofTest: TestProject?

        /// The project of the test that runs; nil unless it has the trait `project`.
        public static var current: TestProject? { ofTest }
    }
#endif

#if compiler(>=6.1) && canImport(Testing)
    import Polywrite
    import PolywriteTesting
    import Testing

    private let seed: JSON = ["users": [["userId": "ada", "email": "ada@example.com", "password": "correct horse"]]]

    private actor Left {
        private(set) var project: TestProject?

        func keep(_ project: TestProject) { self.project = project }
    }

    private func users() async throws -> [String] {
        let project = try #require(TestProject.current)
        return try await Users(project.client()).list().users.map(\.email)
    }

    private func addBob() async throws {
        let project = try #require(TestProject.current)
        _ = try await Users(project.client()).create(userId: "bob", email: "bob@example.com")
    }

    @Test(.project(seed: seed)) func aTestHasAProject() async throws {
        #expect(try await users() == ["ada@example.com"])
    }

    @Test func withoutTheTraitThereIsNone() {
        #expect(TestProject.current == nil)
    }

    @Suite(.project(countedIds: true)) struct SuiteOfProjects {
        @Test(arguments: 1...3) func eachCaseHasOne(number: Int) async throws {
            #expect(try await users().isEmpty)
            try await addBob()
            #expect(try await users() == ["bob@example.com"])
        }

        @Test(.project(seed: seed)) func theInnermostCounts() async throws {
            #expect(try await users() == ["ada@example.com"])
        }
    }

    @Test func aProjectEndsWithItsTest() async throws {
        let trait = ProjectTrait.project(seed: seed)
        let test = try #require(Test.current)
        let left = Left()
        try await trait.provideScope(for: test, testCase: Test.Case.current) {
            let project = try #require(TestProject.current)
            await left.keep(project)
            #expect(try await users() == ["ada@example.com"])
        }
        let project = try #require(await left.project)
        await #expect(throws: AppwriteError.self) { _ = try await Users(project.client()).list() }
    }
#endif

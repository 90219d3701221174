// A program that a user would write: one call, to the server that the environment names.
import Polywrite

let users = Users(try Client.fromEnv())
let made = try await users.create(userId: ID.unique(), name: "Ada")
guard made.name == "Ada" else { fatalError("the response is wrong") }
print("called with Swift")

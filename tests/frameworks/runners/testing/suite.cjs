// Tests of a program for node-appwrite, with projects of a local Appwrite; in each of two files.

const { appendFileSync } = require("node:fs");

exports.suite = ({ Account, Client, Users }, { emulator }) => {
    const seed = { users: [{ userId: "ada", email: "ada@example.com", password: "correct horse" }] };
    const guestOf = ({ endpoint, projectId }) => new Client().setEndpoint(endpoint).setProject(projectId);
    const adminOf = (project) => guestOf(project).setKey(project.key);

    for (const name of ["bob", "eve"]) {
        test(`what ${name} does happens in a project of its own`, async () => {
            const project = await emulator.project({ seed });
            const users = new Users(adminOf(project));
            await users.create({ userId: "next", name });
            const { total, users: all } = await users.list();
            expect([total, all.map((user) => user.name)]).toEqual([2, ["", name]]);
            await project.delete();
        });
    }

    test("a mail has the secret that its reader sends", async () => {
        const project = await emulator.project({ seed });
        const account = new Account(guestOf(project));
        await account.createRecovery({ email: "ada@example.com", url: "http://localhost/reset" });
        const { userId, secret } = await project.nextMail({ to: "ada@example.com" });
        await account.updateRecovery({ userId, secret, password: "battery staple" });
        const session = await new Users(adminOf(project)).createSession({ userId });
        const signedIn = new Account(guestOf(project).setSession(session.secret));
        expect((await signedIn.get()).email).toBe("ada@example.com");
        await project.advance(400 * 86_400);
        await expect(signedIn.get()).rejects.toMatchObject({ code: 401 });
    });

    test("the emulator is noted", async () => {
        appendFileSync(process.env.NOTED, `${(await emulator.shared()).url}\n`);
    });
};

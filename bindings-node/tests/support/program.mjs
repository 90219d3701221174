// A program written for node-appwrite: the tests run it with both packages and compare the results.

/** Uses a server as programs do, and returns the results without IDs and times. */
export async function program(
    { Client, Users, TablesDB, Storage, Account, Query, ID, Permission, Role, AppwriteException, ExecutionMethod },
    { InputFile },
    server,
) {
    const seen = [];
    const keep = (what, value) => seen.push([what, value]);
    const plain = ({ $id, $createdAt, $updatedAt, $sequence, $databaseId, ...rest }) => rest;

    const client = new Client()
        .setEndpoint(server.endpoint)
        .setProject(server.project)
        .setKey(server.key)
        .addHeader("X-Trace", "1");
    keep("headers", [client.getHeaders()["X-Appwrite-Key"] === server.key, client.getHeaders()["x-trace"]]);
    keep("ping", await client.ping());
    keep("enum", ExecutionMethod.GET);

    const users = new Users(client);
    const userId = "ada";
    const email = `${userId}@example.com`;
    const user = await users.create(userId, email, undefined, "password-1", "Ada");
    keep("user", [user.name, user.email === email, user.status, user.prefs]);
    keep("prefs", await users.updatePrefs({ userId, prefs: { theme: "dark" } }));
    keep("labels", (await users.updateLabels(userId, ["vip"])).labels);

    const tables = new TablesDB(client);
    const databaseId = ID.unique();
    await tables.create({ databaseId, name: "Twin" });
    await tables.createTable(databaseId, "t", "Table", [Permission.read(Role.any())]);
    await tables.createStringColumn({ databaseId, tableId: "t", key: "title", size: 50, required: true });
    await tables.createIntegerColumn(databaseId, "t", "count", false);
    for (;;) {
        const { columns } = await tables.listColumns({ databaseId, tableId: "t" });
        if (columns.every((column) => column.status === "available")) break;
    }
    keep(
        "row",
        plain(
            await tables.createRow({
                databaseId,
                tableId: "t",
                rowId: "r1",
                data: { title: "Momo", count: 9223372036854775807n },
            }),
        ),
    );
    await tables.createRow(databaseId, "t", "r2", { title: "Jim" }, [Permission.update(Role.user(userId))]);
    const list = await tables.listRows({
        databaseId,
        tableId: "t",
        queries: [Query.orderDesc("title"), Query.limit(5)],
    });
    keep("list", [list.total, list.rows.map(plain)]);
    keep("text", JSON.parse(String(await tables.getRow(databaseId, "t", "r2"))).title);
    keep("update", plain(await tables.updateRow({ databaseId, tableId: "t", rowId: "r2", data: { count: 3 } })));

    const storage = new Storage(client);
    const bucketId = ID.unique();
    await storage.createBucket(bucketId, "Files");
    const progress = [];
    const bytes = Buffer.alloc(6 * 2 ** 20, 7);
    const file = await storage.createFile({
        bucketId,
        fileId: "f",
        file: InputFile.fromBuffer(bytes, "seven.bin"),
        onProgress: (it) => progress.push(it.progress),
    });
    keep("file", [file.name, file.sizeOriginal, progress.length, progress.at(-1)]);
    const download = await storage.getFileDownload(bucketId, "f");
    keep("download", [download instanceof ArrayBuffer, bytes.equals(Buffer.from(download))]);

    const session = await new Account(client).createEmailPasswordSession(email, "password-1");
    const visitor = new Client().setEndpoint(server.endpoint).setProject(server.project).setSession(session.secret);
    keep("visitor", (await new Account(visitor).get()).name);

    for (const failing of [
        () => users.get("missing"),
        () => users.get({}),
        () => tables.getRow(databaseId, "t", "none"),
    ]) {
        try {
            await failing();
        } catch (error) {
            keep("error", [
                error instanceof AppwriteException,
                error instanceof Error,
                error.name,
                error.code,
                error.type,
            ]);
        }
    }
    await tables.delete(databaseId);
    keep("deleted", typeof (await users.delete(userId)));
    return seen;
}

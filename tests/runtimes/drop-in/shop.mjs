// A program as people have written it for node-appwrite. Its result is the same every time.

import { AppwriteException, Client, ID, Permission, Query, Role, Storage, Users } from "node-appwrite";
import { InputFile } from "node-appwrite/file";

export async function shop({ APPWRITE_ENDPOINT, APPWRITE_PROJECT_ID, APPWRITE_API_KEY }) {
    const client = new Client().setEndpoint(APPWRITE_ENDPOINT).setProject(APPWRITE_PROJECT_ID).setKey(APPWRITE_API_KEY);
    const users = new Users(client);
    const storage = new Storage(client);

    const ada = await users.create(ID.custom("ada"), "ada@example.com", undefined, "correct horse", "Ada");
    const found = await users.list({ queries: [Query.equal("name", "Ada"), Query.limit(5)] });
    const missing = await users.get("missing").catch((error) => error);

    const bucket = await storage.createBucket("pictures", "Pictures", [Permission.read(Role.any())]);
    const file = await storage.createFile({
        bucketId: bucket.$id,
        fileId: "hello",
        file: InputFile.fromPlainText("hello", "hello.txt"),
        permissions: [Permission.read(Role.user(ada.$id))],
    });
    const bytes = await storage.getFileDownload(bucket.$id, file.$id);

    return JSON.stringify({
        ada: [ada.$id, ada.name, ada.email],
        found: [found.total, found.users.map((user) => user.name)],
        missing: [missing instanceof AppwriteException, missing.code, missing.type],
        file: [file.name, file.sizeOriginal, file.$permissions],
        bytes: [bytes instanceof ArrayBuffer, new TextDecoder().decode(bytes)],
    });
}

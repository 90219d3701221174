// What a runtime other than Node must be able to do: prints a line for each thing done, and ends by itself.

import { Buffer } from "node:buffer";
import { readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { AppwriteException, Client, ID, NotFoundException, Storage, Users } from "polywrite";
import { InputFile } from "polywrite/file";

const { endpoint, project, key } = JSON.parse(process.env.SERVER);
const client = new Client({ endpoint, project, key });
const [users, storage] = [new Users(client), new Storage(client)];

const { $id: userId } = await users.create({ userId: ID.unique(), name: "Ada" });
console.log("call", (await users.get(userId)).name);
const many = await Promise.all(Array.from({ length: 64 }, () => users.get({ userId })));
console.log(
    "64 at once",
    many.every((user) => user.$id === userId),
);
console.log("error", await users.get("missing").catch((error) => error instanceof NotFoundException && error.type));
console.log("failed", await users.get("..").catch((error) => error instanceof AppwriteException && error.kind));
const aborting = new AbortController();
const call = users.get({ userId }, { signal: aborting.signal });
aborting.abort(new Error("enough"));
console.log("abort", await call.catch((error) => error.message));

const bytes = new Uint8Array(6 * 2 ** 20).map((_, index) => index % 251);
const same = (other) => other.length === bytes.length && other.every((byte, index) => byte === bytes[index]);
const { $id: bucketId } = await storage.createBucket({ bucketId: ID.unique(), name: "Files" });
for (const [what, file] of [
    ["bytes", InputFile.fromBuffer(bytes, "a.bin")],
    ["stream", InputFile.fromStream(new Blob([bytes]).stream(), "a.bin", bytes.length)],
    ["file", new File([bytes], "a.bin")],
]) {
    let percent = 0;
    const onProgress = ({ progress }) => (percent = progress);
    const { $id: fileId } = await storage.createFile({ bucketId, fileId: ID.unique(), file, onProgress });
    const whole = await storage.getFileDownload({ bucketId, fileId });
    const parts = [];
    for await (const part of await storage.getFileDownload({ bucketId, fileId }, { as: "stream" })) parts.push(part);
    const to = join(tmpdir(), `polywrite-smoke-${process.pid}`);
    await storage.getFileDownload({ bucketId, fileId }, { to });
    console.log(what, percent, same(new Uint8Array(whole)), same(Buffer.concat(parts)), same(readFileSync(to)));
    rmSync(to);
}
console.log("left", String(client), JSON.stringify(client).includes(key));
// Not awaited: it is still done before the end.
users.delete(userId).then(() => console.log("deleted"));

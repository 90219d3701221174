// What programs write, for every version of TypeScript. Compiled, never run.

import { Client, ID, type DownloadStream, Models, NotFoundException, Query, Storage, TablesDB, Users } from "polywrite";
import { InputFile } from "polywrite/file";
import { emulator, type Mail, type Seed } from "polywrite/testing";

interface Film extends Models.Row {
    title: string;
    year: number;
}

const client = new Client({ endpoint: "https://appwrite.example.com/v1", project: "p", key: "k", retries: { max: 1 } });
const storage = new Storage(client);
const place = { bucketId: "b", fileId: "f" };

export async function copy(): Promise<number> {
    let size = 0;
    for await (const part of await storage.getFileDownload(place, { as: "stream" })) size += part.length;
    const stream: DownloadStream = await storage.getFileView(place, { as: "stream" });
    const reader = stream.getReader();
    const { value } = await reader.read();
    const web: ReadableStream<Uint8Array> = await storage.getFileDownload(place, { as: "stream" });
    new Response(web);
    await storage.createFile({ bucketId: "b", fileId: ID.unique(), file: InputFile.fromStream(stream, "copy") });
    await storage.createFile({ bucketId: "b", fileId: ID.unique(), file: new Blob(["x"]) });
    const whole: ArrayBuffer = await storage.getFileDownload(place);
    await storage.getFileDownload(place, { to: "copy" });
    return size + whole.byteLength + (value?.length ?? 0);
}

export async function titles(): Promise<string[]> {
    const { rows } = await new TablesDB(client).listRows<Film>({
        databaseId: "d",
        tableId: "t",
        queries: [Query.equal("year", 1999)],
    });
    return rows.map((film) => film.title);
}

export async function name(userId: string): Promise<string | null> {
    try {
        const user: Models.User = await new Users(client).get({ userId }, { signal: AbortSignal.timeout(5) });
        return user.name;
    } catch (error) {
        if (error instanceof NotFoundException) return error.hint ?? null;
        throw error;
    }
}

const seed: Seed = { users: [{ userId: "ada", email: "ada@example.com" }] };

export async function tested(): Promise<Mail> {
    const project = await emulator.project({ seed, ids: "counted", now: new Date(0) });
    await project.faults([{ operation: "users.list", status: 503, times: 1 }]);
    await new Users(project.client).list();
    await project[Symbol.asyncDispose]();
    return project.nextMail({ to: "ada@example.com", seconds: 1 });
}

// What programs for node-appwrite write in TypeScript, and what this package adds. Compiled, never run.

import {
    Account,
    AppwriteException,
    Client,
    DatabaseStatus,
    Databases,
    ExecutionMethod,
    Functions,
    ID,
    Models,
    NotFoundException,
    Permission,
    Query,
    Realtime,
    Role,
    Runtime,
    Storage,
    TablesDB,
    Teams,
    Users,
    Webhook,
    type BulkFailure,
    type BulkProgress,
    type BulkReport,
    type List,
    type TransactionOptions,
    type UploadProgress,
} from "node-appwrite";
import { InputFile } from "node-appwrite/file";

interface Movie extends Models.Row {
    title: string;
    year: number;
}
interface Preferences extends Models.Preferences {
    theme: string;
}

const client: Client = new Client().setEndpoint("https://x/v1").setProject("p").setKey("k").setSelfSigned(true);
const headers: { [name: string]: string } = client.getHeaders();
const tables = new TablesDB(client);
const same: Client = tables.client;

export async function rows(): Promise<string> {
    const list: Models.RowList<Movie> = await tables.listRows<Movie>({
        databaseId: "d",
        tableId: "t",
        queries: [Query.equal("year", [1999])],
    });
    const title: string = list.rows[0]!.title;
    const untyped: Models.DefaultRow = await tables.getRow("d", "t", "r");
    const anything: number = untyped.whatever;
    await tables.createRow<Movie>({ databaseId: "d", tableId: "t", rowId: ID.unique(), data: { title: "x", year: 1 } });
    await tables.updateRow<Movie>({ databaseId: "d", tableId: "t", rowId: "r", data: { year: 2 } });
    // @ts-expect-error: the year is missing
    await tables.createRow<Movie>({ databaseId: "d", tableId: "t", rowId: "r", data: { title: "x" } });
    await tables.createRow("d", "t", "r", { anything: true }, [Permission.read(Role.any())]);
    await tables.updateStringColumn({
        databaseId: "d",
        tableId: "t",
        key: "k",
        required: false,
        xdefault: null as never,
    });
    const big: Models.ColumnBigint = await tables.createBigIntColumn({
        databaseId: "d",
        tableId: "t",
        key: "k",
        required: true,
        max: 9007199254740993n,
    });
    const max: number | bigint | undefined = big.max;
    return title + anything + max;
}

export async function generic<T extends Models.Document>(databases: Databases): Promise<Models.DocumentList<T>> {
    return databases.listDocuments<T>("d", "c");
}

export async function people(): Promise<string> {
    const user: Models.User<Preferences> = await new Users(client).get<Preferences>({ userId: "u" });
    const team: Models.Team<Preferences> = await new Teams(client).get<Preferences>("t");
    const prefs: Preferences = await new Account(client).getPrefs<Preferences>();
    return user.prefs.theme + team.prefs.theme + prefs.theme;
}

export async function enums(): Promise<Runtime> {
    const runtime: Runtime = Runtime.Node22;
    const fn: Models.Function = await new Functions(client).create({
        functionId: "f",
        name: "n",
        runtime,
        execute: ["any"],
    });
    await new Functions(client).create({ functionId: "f", name: "n", runtime: "node-22" } as never);
    await new Functions(client).createExecution("f", "{}", false, "/", ExecutionMethod.GET, {});
    const status: DatabaseStatus = DatabaseStatus.Ready;
    return (fn.runtime as Runtime) ?? status;
}

export async function files(storage: Storage): Promise<ArrayBuffer> {
    const onProgress = (progress: UploadProgress): void =>
        console.log(progress.$id, progress.progress, progress.chunksUploaded);
    const file: Models.File = await storage.createFile({
        bucketId: "b",
        fileId: "f",
        file: InputFile.fromPath("x", "y"),
        onProgress,
    });
    await storage.createFile("b", file.$id, new File(["x"], "x"), undefined, onProgress);
    const stream: ReadableStream<Uint8Array> = await storage.getFileDownload(
        { bucketId: "b", fileId: "f" },
        { as: "stream" },
    );
    for await (const part of stream) console.log(part.length);
    await storage.getFileDownload({ bucketId: "b", fileId: "f" }, { to: "path", signal: AbortSignal.timeout(5) });
    return storage.getFileDownload("b", "f");
}

export function errors(error: unknown): [string, number, string, string] | null {
    if (error instanceof NotFoundException) return null;
    if (error instanceof AppwriteException) return [error.message, error.code, error.type, error.response];
    throw new AppwriteException("text", 404, "type", "response");
}

export async function lists(): Promise<Models.RowList<Movie>> {
    const list: List<Models.RowList<Movie>, "rows"> = tables.iterateRows<Movie>({ databaseId: "d", tableId: "t" });
    for await (const movie of list) console.log(movie.title, movie.year + 1);
    // @ts-expect-error: a wait needs its key
    await tables.waitForColumn({ databaseId: "d", tableId: "t" });
    for await (const page of list.pages()) return page;
    throw new Error("no pages");
}

export async function bulk(file: AsyncIterable<Omit<Movie, keyof Models.Row>>): Promise<BulkFailure | undefined> {
    const onProgress = ({ taken, written, failed }: BulkProgress): void => console.log(taken - written - failed);
    const options = { onProgress, limit: 500, concurrency: 2, stopOnError: true, signal: AbortSignal.timeout(5) };
    const report: BulkReport = await tables.bulkCreateRows({ databaseId: "d", tableId: "t", rows: file }, options);
    await tables.bulkDeleteRows({ databaseId: "d", tableId: "t", ids: new Set(["a"]) });
    // @ts-expect-error: rows are not texts
    await tables.bulkUpsertRows({ databaseId: "d", tableId: "t", rows: ["a"] });
    // @ts-expect-error: the change is missing
    await tables.bulkUpdateRows({ databaseId: "d", tableId: "t", ids: ["a"] });
    return report.failures[0];
}

export async function transaction(options: TransactionOptions): Promise<number> {
    const year: number = await tables.transaction(async (tx: TablesDB) => {
        const movie = await tx.getRow<Movie>({ databaseId: "d", tableId: "t", rowId: "r" });
        return movie.year;
    }, options);
    // @ts-expect-error: the work is a function
    await tables.transaction(options);
    return year;
}

export const used = [headers, same, client.call("get", new URL("https://x/v1/y"), {}, {}, "arrayBuffer")];

const event = Webhook.parse<{ title: string }>({ headers: new Headers(), body: "", url: undefined, secret: "s" });
if (event.model === "Row") {
    const title: string = event.payload.title;
    const rowId: string = event.payload.$id;
    console.log(title, rowId);
} else if (event.model === "User") {
    const email: string = event.payload.email;
    console.log(email, event.userId satisfies string | null);
} else if (event.model === null) console.log(event.events satisfies readonly string[]);

for await (const message of new Realtime(client).subscribe<{ title: string }>("rows", { buffer: 10 })) {
    if (message.type === "gap") console.log(message.dropped satisfies number | null);
    else if (message.model === "Row") console.log(message.payload.title satisfies string, message.timestamp);
}

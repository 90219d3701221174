// Types that `polywrite types` writes, and the tables that they have: what compiles, what does not, and what rows say.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { buildSync } from "esbuild";
import { Client, DecodeException, ID, TablesDB } from "polywrite";
import { emulator } from "polywrite/testing";
import prettier from "prettier";
import "./support/emulator.mjs";
import { startServer } from "./support/server.mjs";

const types = fileURLToPath(new URL("../../tests/types/", import.meta.url));
// Beside this package, which is what the programs import.
const folder = mkdtempSync(fileURLToPath(new URL("types-", import.meta.url)));
cpSync(join(types, "written/cinema.ts"), join(folder, "cinema.ts"));
cpSync(join(types, "programs/right.ts"), join(folder, "right.ts"));
cpSync(join(types, "programs/wrong.ts"), join(folder, "wrong.ts"));
cpSync(join(types, "written/long.ts"), join(folder, "long.ts"));

const server = await startServer();
after(() => {
    rmSync(folder, { recursive: true });
    server.close?.();
});

const script = join(folder, "cinema.mjs");
buildSync({ entryPoints: [join(folder, "cinema.ts")], outfile: script, format: "esm", logLevel: "error" });
const { Cinema } = await import(pathToFileURL(script));
const client = new Client({ endpoint: server.endpoint, project: "p", key: "KEY", retries: { max: 0 } });
const cinema = new Cinema(client);
const json = (name) => JSON.parse(readFileSync(join(types, name), "utf8"));
const recorded = json("rows.json");

/** Has the server respond with JSON, and returns what it was asked. */
function respond(body) {
    server.take();
    server.respond = (_request, response) => {
        response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
    };
}

test("the files are formatted as prettier does it", async () => {
    const written = readdirSync(join(types, "written")).filter((name) => name.endsWith(".ts"));
    assert.equal(written.length, 2);
    for (const name of written) {
        const text = readFileSync(join(types, "written", name), "utf8");
        assert.equal(await prettier.format(text, { parser: "typescript" }), text);
    }
});

test("programs compile, and mistakes are errors where they are", () => {
    const tsc = createRequire(import.meta.url)
        .resolve("typescript/package.json")
        .replace("package.json", "bin/tsc");
    const compilerOptions = {
        strict: true,
        exactOptionalPropertyTypes: true,
        noUncheckedIndexedAccess: true,
        noEmit: true,
        target: "es2022",
        module: "preserve",
        moduleResolution: "bundler",
        types: ["node"],
    };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["*.ts"] }));
    const { stdout } = spawnSync(process.execPath, [tsc, "-p", folder, "--pretty", "false"], {
        cwd: folder,
        encoding: "utf8",
    });
    const lines = readFileSync(join(folder, "wrong.ts"), "utf8").split("\n");
    const expected = lines.flatMap((line, place) => {
        const [, says] = /\/\/ error: (.*)/.exec(line) ?? [];
        return says === undefined ? [] : [[place + 2, says]];
    });
    const errors = [...stdout.matchAll(/^(\S+)\((\d+),\d+\): error TS\d+: (.*(?:\n .*)*)/gm)];
    assert.deepEqual(
        errors.map(([, file, line]) => [file, Number(line)]),
        expected.map(([line]) => ["wrong.ts", line]),
        stdout,
    );
    errors.forEach(([, , line, says], place) => assert.ok(says.includes(expected[place][1]), `${line}: ${says}`));
});

test("rows of a real server fit their types", async () => {
    respond({ total: 3, rows: Object.values(recorded.movies) });
    const { rows } = await cinema.movies.listRows();
    assert.deepEqual(
        [rows[0].title, rows[0].location, rows[1].year, rows[1].tags],
        ["The First", [12.5, 41.9], 1999, []],
    );
    for (const [name, row] of Object.entries(recorded.authors)) {
        respond(row);
        const author = await cinema.authors.getRow({ rowId: "a1" });
        assert.equal(author.movies?.length, name === "row-create-relationship" ? 2 : undefined);
    }
});

for (const { column, value, says } of json("misfits.json")) {
    test(`a row that does not fit: ${says}`, async () => {
        const rows = [recorded.movies["row-create-minimal"], { ...recorded.movies["row-get"], [column]: value }];
        respond({ total: 2, rows });
        const error = await cinema.movies.listRows().catch((error) => error);
        assert.ok(error instanceof DecodeException);
        assert.equal(error.message, `the row \`m1\` does not fit its type: ${says}`);
        assert.deepEqual([error.kind, error.operation], ["decode", "tablesDB.listRows"]);
        assert.match(String(error), /^AppwriteException: tablesDB\.listRows: the row `m1` .*polywrite types/);
    });
}

test("what is not selected may be missing, and what is selected may not", async () => {
    respond({ $id: "m1", title: "The First", author: { $id: "a1", name: "Ada" } });
    const { query } = cinema.movies;
    const row = await cinema.movies.getRow({ rowId: "m1", select: ["title", "author.name"] });
    assert.equal(row.author.name, "Ada");
    const [{ url }] = server.take();
    assert.deepEqual(new URL(url, server.endpoint).searchParams.getAll("queries[0]"), [
        '{"method":"select","values":["title","author.name"]}',
    ]);
    await assert.rejects(cinema.movies.getRow({ rowId: "m1", select: ["year"] }), /the column `year` is missing/);
    respond({ total: 1, rows: [{ $id: "m1" }] });
    const list = cinema.movies.iterateRows({ select: ["title"], queries: [query.limit(1)] });
    await assert.rejects(Array.fromAsync?.(list) ?? first(list), /the column `title` is missing/);
});

async function first(list) {
    for await (const row of list) return row;
}

test("tables work with the emulator: all columns, transactions, bulk", async () => {
    const project = await emulator.project({ seed: json("seed.json") });
    const cinema = new Cinema(project.client);
    const { movies, authors, halls, empty } = cinema;
    const service = new TablesDB(project.client);
    for (const tableId of ["movies", "halls"]) await service.waitForTable({ databaseId: "cinema", tableId });
    const ada = await authors.createRow({ data: { name: "Ada" } });
    const released = new Date("1984-06-01");
    const made = await movies.createRow({
        data: { title: "New", big: 9007199254740993n, released, location: [1, 2], author: ada.$id },
    });
    assert.deepEqual([made.year, made.seen, made.big, made.tags], [2000, false, 9007199254740993n, []]);
    assert.equal(made.released, "1984-06-01T00:00:00.000+00:00");
    const { query, operator } = movies;
    await movies.updateRow({
        rowId: made.$id,
        data: { year: operator.increment(2), tags: operator.arrayAppend(["a"]) },
    });
    const { rows } = await movies.listRows({ queries: [query.equal("year", 2002)], select: ["*", "author.*"] });
    assert.deepEqual([rows[0].tags, rows[0].author.name], [["a"], "Ada"]);
    const hall = {
        note: "n",
        count: 1,
        ratio: 2,
        "is-open": true,
        class: "second class",
        opened: "2026-01-01",
        moods: ["sad"],
        route: [
            [1, 2],
            [3, 4],
        ],
    };
    await halls.upsertRow({ rowId: "h1", data: { ...hall, favourite: made.$id } });
    assert.equal((await halls.getRow({ rowId: "h1", select: ["*", "favourite.*"] })).favourite.title, "New");
    await assert.rejects(
        cinema.transaction(async (staged) => {
            await staged.halls.deleteRow({ rowId: "h1" });
            throw new Error("no");
        }),
        /no/,
    );
    assert.equal((await halls.listRows([halls.query.limit(1)])).total, 1);
    const report = await empty.bulkCreateRows({ rows: [{}, { $id: ID.unique() }] });
    assert.equal(report.written, 2);
    const ids = [];
    for await (const row of empty.iterateRows({ pageSize: 1 })) ids.push(row.$id);
    assert.equal(ids.length, 2);
    await empty.bulkDeleteRows({ ids });
    assert.equal((await service.listRows({ databaseId: "cinema", tableId: "empty" })).total, 0);
});

// The schema of a project as a file, against the emulator.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { after, test } from "node:test";
import { AppwriteException, ArgumentException, Schema, TablesDB } from "polywrite";
import { emulator } from "polywrite/testing";
import "./support/emulator.mjs";
import { runScript } from "./support/script.mjs";

const folder = mkdtempSync(join(tmpdir(), "polywrite-schema-"));
after(() => rmSync(folder, { recursive: true }));
const path = join(folder, "polywrite.toml");
const write = (columns) => writeFileSync(path, `[databases.main.tables.films.columns]\n${columns}\n`);

test("a schema is compared with a server and pushed to it", async () => {
    const { client } = await emulator.project();
    write("title = { type = 'varchar', size = 64, required = true }\nyeer = { type = 'integer' }");
    const schema = new Schema(client, path);
    const plan = await schema.plan();
    assert.equal(plan.equal, false);
    assert.deepEqual(plan.steps[2].target, { kind: "column", place: "main.films.title" });
    const steps = [];
    const done = await schema.push({ onStep: ({ action, target }) => steps.push(`${action} ${target.place}`) });
    assert.equal(done.steps.length, 4);
    assert.deepEqual(steps, ["make main", "make main.films", "make main.films.title", "make main.films.yeer"]);
    assert.deepEqual(await schema.plan(), { equal: true, steps: [], unnamed: [], hints: [] });
    const tables = new TablesDB(client);
    const table = { databaseId: "main", tableId: "films" };
    await tables.createRow({ ...table, rowId: "f", data: { title: "Alien", yeer: 1979 } });

    write("title = { type = 'varchar', size = 64, required = true }\nyear = { type = 'integer' }");
    const refused = await schema.push().catch((error) => error);
    assert.ok(refused instanceof ArgumentException, refused);
    assert.match(refused.message, /this would lose what these hold: column main\.films\.yeer/);
    assert.equal(refused.operation, "schema.push");
    assert.match(refused.hint, /allowDestroy/);
    const renamed = await schema.push({ rename: ["films.yeer=year"] });
    assert.deepEqual(renamed.steps[0].changes, [{ field: "key", from: "yeer", to: "year" }]);
    assert.equal((await tables.getRow({ ...table, rowId: "f" })).year, 1979);
    write("title = { type = 'text' }");
    assert.equal((await schema.push({ allowDestroy: true, timeout: 10_000 })).steps.length, 2);
});

test("what is wrong is an error", async () => {
    const { client } = await emulator.project();
    write("year = { type = 'integer', size = 3 }");
    const wrong = await new Schema(client, path).plan().catch((error) => error);
    assert.ok(wrong instanceof ArgumentException, wrong);
    assert.match(wrong.message, /main\.films\.year: a column of the type `integer` has no `size`/);
    const missing = await new Schema(client, join(folder, "none.toml")).plan().catch((error) => error);
    assert.ok(missing instanceof AppwriteException, missing);
    assert.match(missing.message, /none\.toml/);
    write("year = { type = 'integer' }");
    const late = await new Schema(client, path).push({ timeout: "soon" }).catch((error) => error);
    assert.match(late.message, /timeout/);
    assert.throws(() => new Schema(client), /must be a text/);
    const reason = new Error("enough");
    const ended = await new Schema(client, path).push({ signal: AbortSignal.abort(reason) }).catch((error) => error);
    assert.equal(ended, reason);
});

test("without a native library an error says what to do", async () => {
    const withoutLibrary = fileURLToPath(new URL("../../tests/runtimes/without-library.cjs", import.meta.url));
    const program = `
        import { Client, Schema } from "polywrite";
        const client = new Client({ endpoint: "http://127.0.0.1:1/v1", project: "p" });
        const error = await new Schema(client, "polywrite.toml").plan().catch((error) => error);
        console.log(error.kind, error.operation, error.message, error.hint);`;
    const NODE_OPTIONS = `--require ${withoutLibrary} --disable-warning=AppwriteWarning`;
    const { output } = await runScript(program, { NODE_OPTIONS });
    assert.equal(
        output,
        "argument schema.plan cannot read polywrite.toml: this runtime has no files " +
            "push with the program `polywrite`, or where the native library runs",
    );
});

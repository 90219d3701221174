// What benches/harness does not measure, for Node: node --expose-gc own.mjs SCENARIO ENDPOINT [PACKAGE [by-hand]], in a folder that has
// the package.
//
//   file      downloads 256 MiB to a file
//   parallel  downloads 128 MiB to a file over four connections of 32 MiB/s each; by hand over one
//   memory    120,000 calls, 64 at a time; the memory after the first 20,000 and at the end
//   iterate   reads 100,000 rows; by hand with the same calls
//   bulk      creates 100,000 rows; by hand in batches of 100
//   hooks     20,000 calls, one after the other, of a client with hooks that do nothing; by hand without hooks

import { readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

const require = createRequire(`${process.cwd()}/`);
const [scenario, endpoint, name = "polywrite", byHand] = process.argv.slice(2);
const { Client, Query, Storage, TablesDB, Users } = require(name);
const client = new Client().setEndpoint(endpoint).setProject("bench").setKey("secret");
const users = new Users(client);
const userId = "67a1b2c3d4e5f6071829";

const status = (name) =>
  Number(new RegExp(`${name}:\\s+(\\d+)`).exec(readFileSync("/proc/self/status", "utf8"))[1]) / 1024;

async function calls(left) {
  const work = async () => {
    while (left-- > 0) await users.get({ userId });
  };
  await Promise.all(Array.from({ length: 64 }, work));
  globalThis.gc?.();
}

const tables = new TablesDB(client);
const databaseId = "bench";
const ROWS = 100_000;

/** What a program does without `iterateRows`. */
async function* pages(tableId) {
  let queries = [Query.limit(100)];
  for (;;) {
    const { rows } = await tables.listRows({ databaseId, tableId, queries });
    if (rows.length === 0) return;
    yield* rows;
    queries = [Query.limit(100), Query.cursorAfter(rows.at(-1).$id)];
  }
}

async function read(count) {
  const tableId = `all${count}`;
  let seen = 0;
  for await (const _row of byHand ? pages(tableId) : tables.iterateRows({ databaseId, tableId })) seen += 1;
  if (seen !== count) throw new Error(`${seen} rows`);
}

function* products(count) {
  for (let number = 0; number < count; number += 1) {
    const given = { price: 12.5, quantity: 7, active: true, tags: ["a", "b"] };
    yield { $id: `row${number}`, title: `A new row ${number}`, ...given };
  }
}

async function write(count) {
  const target = { databaseId, tableId: "rows" };
  let written = 0;
  if (byHand) {
    let rows = [];
    for (const row of products(count)) {
      rows.push(row);
      if (rows.length < 100) continue;
      written += (await tables.createRows({ ...target, rows })).rows.length;
      rows = [];
    }
  } else {
    ({ written } = await tables.bulkCreateRows({ ...target, rows: products(count) }));
  }
  if (written !== count) throw new Error(`${written} rows`);
}

/** Runs work once to warm up, then measures it. */
async function measured(work) {
  await work(5_000);
  globalThis.gc?.();
  const rssBeforeMiB = status("VmRSS");
  const start = process.cpuUsage();
  await work(ROWS);
  const { user, system } = process.cpuUsage(start);
  return { rssBeforeMiB, cpuSeconds: (user + system) / 1e6 };
}

const scenarios = {
  iterate: () => measured(read),
  bulk: () => measured(write),
  async hooks() {
    const hook = () => {};
    if (!byHand) client.setHooks({ beforeAttempt: hook, afterAttempt: hook, beforeRetry: hook });
    const work = async (left) => {
      while (left-- > 0) await users.get({ userId });
    };
    await work(2_000);
    const start = process.cpuUsage();
    await work(20_000);
    const { user, system } = process.cpuUsage(start);
    return { cpuMicros: (user + system) / 20_000 };
  },
  async file() {
    const to = join(tmpdir(), `polywrite-bench-${process.pid}`);
    await users.get({ userId });
    const rssBeforeMiB = status("VmRSS");
    await new Storage(client).getFileDownload({ bucketId: "bench", fileId: "256" }, { to });
    rmSync(to);
    return { rssBeforeMiB };
  },
  async parallel() {
    const to = join(tmpdir(), `polywrite-bench-${process.pid}`);
    await users.get({ userId });
    const start = performance.now();
    const options = { to, parallel: byHand ? 1 : 4 };
    await new Storage(client).getFileDownload({ bucketId: "at32", fileId: "128" }, options);
    const seconds = (performance.now() - start) / 1000;
    rmSync(to);
    return { seconds };
  },
  async memory() {
    await calls(20_000);
    const rssBeforeMiB = status("VmRSS");
    await calls(100_000);
    return { rssBeforeMiB, rssAfterMiB: status("VmRSS") };
  },
};
const start = process.cpuUsage();
const result = await scenarios[scenario]();
const { user, system } = process.cpuUsage(start);
console.log(JSON.stringify({ cpuSeconds: (user + system) / 1e6, ...result, rssPeakMiB: status("VmHWM") }));
process.exit(0);

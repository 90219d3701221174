// What benches/harness does not measure, for Node: node --expose-gc own.mjs SCENARIO ENDPOINT, in a folder that has polywrite.
//
//   file      downloads 256 MiB to a file
//   memory    120,000 calls, 64 at a time; the memory after the first 20,000 and at the end

import { readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

const require = createRequire(`${process.cwd()}/`);
const { Client, Storage, Users } = require("polywrite");
const [scenario, endpoint] = process.argv.slice(2);
const client = new Client({ endpoint, project: "bench", key: "secret" });
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

const scenarios = {
  async file() {
    const to = join(tmpdir(), `polywrite-bench-${process.pid}`);
    await users.get({ userId });
    const rssBeforeMiB = status("VmRSS");
    await new Storage(client).getFileDownload({ bucketId: "bench", fileId: "256" }, { to });
    rmSync(to);
    return { rssBeforeMiB };
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
console.log(JSON.stringify({ ...result, cpuSeconds: (user + system) / 1e6, rssPeakMiB: status("VmHWM") }));
process.exit(0);

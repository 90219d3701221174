// 10,000 events of realtime, whose rows the program reads: node realtime.mjs ENDPOINT polywrite|ws, in a folder that has the
// package. `ws` is what a program does without ours: a WebSocket, JSON.parse.

import { createRequire } from "node:module";

const require = createRequire(`${process.cwd()}/`);
const [endpoint, name] = process.argv.slice(2);
const library = require(name);
const EVENTS = 10_000;
// The table's name says how many events come.
const channel = (count) => `tablesdb.bench.tables.${count}.rows`;
let seen = 0;

function read(row) {
  if (row.title.length > 0 && row.price > 0) seen += 1;
}

const subjects = {
  polywrite() {
    const { Client, Realtime } = library;
    const client = new Client({ endpoint, project: "bench", session: "secret" });
    const realtime = new Realtime(client);
    return async (count) => {
      let left = count;
      for await (const message of realtime.subscribe(channel(count), { buffer: count })) {
        if (message.type === "gap") throw new Error(`${message.dropped} events are missing`);
        read(message.payload);
        if (--left === 0) return;
      }
    };
  },
  async ws() {
    const headers = { "x-appwrite-session": "secret" };
    const socket = new library(`${endpoint.replace("http", "ws")}/realtime?project=bench`, { headers });
    let heard;
    await new Promise((resolve) => socket.once("message", resolve));
    socket.on("message", (data) => heard(JSON.parse(data)));
    return (count) =>
      new Promise((resolve) => {
        let left = count;
        heard = ({ type, data }) => {
          if (type !== "event") return;
          read(data.payload);
          if (--left === 0) resolve();
        };
        const data = [{ subscriptionId: `s${count}`, channels: [channel(count)] }];
        socket.send(JSON.stringify({ type: "subscribe", data }));
      });
  },
};
const hear = await subjects[name]();
await hear(EVENTS / 5);
const start = process.cpuUsage();
await hear(EVENTS);
const { user, system } = process.cpuUsage(start);
if (seen !== EVENTS + EVENTS / 5) throw new Error(`${seen} events`);
console.log(JSON.stringify({ cpuSeconds: (user + system) / 1e6, cpuMicros: (user + system) / EVENTS }));
process.exit(0);

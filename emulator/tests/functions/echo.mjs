// Says what it was given, and does what the path asks for.

import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";

export default async ({ req, res, log, error }) => {
    log("called with", { query: req.query });
    console.log("printed");
    if (req.headers["x-appwrite-event"]) log(req.headers["x-appwrite-event"], req.body.$id);
    if (req.path === "/fail") throw new Error("on purpose");
    if (req.path === "/end") process.exit(3);
    if (req.path === "/nothing") return undefined;
    if (req.path === "/wait") return new Promise(() => setInterval(() => {}, 1000));
    if (req.path === "/busy") {
        // The program does not notice that its input closes.
        writeFileSync("busy", String(process.pid));
        for (;;);
    }
    if (req.path === "/talk") {
        for (let line = 0; line < 200; line++) log("x".repeat(8000));
        log("the end");
        return res.empty();
    }
    if (req.path.startsWith("/start")) {
        const child = spawn("sleep", ["900"], { stdio: "inherit", detached: req.path === "/start-daemon" });
        return res.text(String(child.pid));
    }
    if (req.path === "/row") {
        // What the key of the execution may do is a matter of the function's scopes.
        const { APPWRITE_FUNCTION_API_ENDPOINT: endpoint, APPWRITE_FUNCTION_PROJECT_ID: project } = process.env;
        const response = await fetch(`${endpoint}/tablesdb`, {
            headers: { "x-appwrite-project": project, "x-appwrite-key": req.headers["x-appwrite-key"] },
        });
        return res.json({ status: response.status, answer: await response.json() });
    }
    error("not an error");
    const { method, path, url, body, headers } = req;
    const secret = process.env.SECRET ?? null;
    return res.json({ method, path, url, body, headers, secret }, 201, { "X-Echo": "yes" });
};

// Performs the tasks of a plan that a server hands out, one after the other; see ../vectors.mjs.

import * as polywrite from "polywrite";
import * as files from "polywrite/file";
import { write } from "../runners/json.mjs";
import { performer } from "../runners/perform.mjs";
import { Sdk } from "../runners/sdk.mjs";

const warnings = [];
const { warn } = console;
console.warn = (text) => warnings.push(text);
globalThis.process?.on?.("warning", ({ name, message }) => name === "AppwriteWarning" && warnings.push(message));

export default async function follow(origin) {
    const { endpoint } = await (await fetch(`${origin}/begin`)).json();
    const perform = performer(new Sdk("polywrite", polywrite, files), endpoint, warnings);
    let done = 0;
    for (let result = "{}"; ; done++) {
        const response = await fetch(`${origin}/next`, { method: "POST", body: result });
        if (response.status === 204) break;
        result = write(await perform(await response.json()));
    }
    console.warn = warn;
    return `${done} done`;
}

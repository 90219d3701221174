// Performs the vectors of helpers and enums, which the package has in every runtime. Returns what went wrong, as JSON.

import * as polywrite from "polywrite";
import * as files from "polywrite/file";
import { performer } from "../runners/perform.mjs";
import { Sdk } from "../runners/sdk.mjs";

export default async function run(origin) {
    const { helpers, enums } = await (await fetch(origin)).json();
    const perform = performer(new Sdk("polywrite", polywrite, files));
    const wrong = [];
    for (const { helper, arguments: given, text, texts, refused, matches } of helpers) {
        const { made, refused: isRefused } = perform({ do: "helper", helper, arguments: given });
        const isRight = matches
            ? new RegExp(matches).test(made)
            : isRefused === refused && JSON.stringify(made) === JSON.stringify(texts ?? text);
        if (!isRight) wrong.push(`${helper} made ${made}`);
    }
    for (const [name, members] of Object.entries(enums)) {
        const { values } = perform({ do: "enum", enum: name });
        if (members.some((member) => !values.includes(member))) wrong.push(`${name} has ${values}`);
    }
    return JSON.stringify(wrong);
}

// A program in TypeScript that uses everything in the declarations of node-appwrite: a function for each way to call each
// method, each field of each model and each member of each enum.

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

const onlyTypes = ["Models", "Payload", "UploadProgress", "QueryTypes", "QueryTypesList"];

/** The program as text. `folder` has the declarations. */
export function twin(folder) {
    const read = (file) => readFileSync(join(folder, file), "utf8").replace(/\/\*\*.*?\*\//gs, "");
    const all = readdirSync(folder, { recursive: true }).filter((file) => file.endsWith(".d.ts"));
    const text = all.map(read).join("\n");
    const exported = all
        .filter((file) => file === "index.d.ts")
        .flatMap((file) => [...read(file).matchAll(/^export \{([^}]*)\}/gm)])
        .flatMap(([, list]) => list.split(",").map((name) => name.trim()));
    return [
        `import { ${exported.join(", ")} } from "node-appwrite";`,
        `import { InputFile } from "node-appwrite/file";`,
        `export const values = { ${exported.filter((name) => !onlyTypes.includes(name)).join(", ")} };`,
        // Types that their declarations name without exporting them.
        ...[...text.matchAll(/^(?:declare )?type (\w+) =[^;{]*(?:\{[^}]*\})?[^;{]*;/gm)]
            .filter(([, name]) => !exported.includes(name))
            .map(([declaration]) => declaration.replace("declare ", "")),
        ...[...text.matchAll(/^declare class (\w+)[^{]*\{(.*?)^\}/gms)].flatMap(([, name, body]) =>
            ofClass(name, body),
        ),
        ...[...text.matchAll(/^declare enum (\w+) \{(.*?)^\}/gms)].flatMap(([, name, body]) => ofEnum(name, body)),
        ...ofModels(read("models.d.ts")),
        "",
    ].join("\n");
}

/** The methods of the services that take positional arguments: `{ service, method, types }`, the types as texts. */
export function positionalMethods(folder) {
    const files = readdirSync(join(folder, "services")).filter((file) => file.endsWith(".d.ts"));
    return files.flatMap((file) => {
        const text = readFileSync(join(folder, "services", file), "utf8").replace(/\/\*\*.*?\*\//gs, "");
        const [, service, body] = /^declare class (\w+)[^{]*\{(.*?)^\}/ms.exec(text);
        const methods = new Map();
        for (const member of split(body, ";").filter((it) => /^\w+[<(]/.test(it) && !it.startsWith("constructor"))) {
            const start = member.indexOf("(");
            const parameters = split(member.slice(start + 1, closing(member, start) - 1), ",");
            const types = parameters.map((parameter) => parameter.slice(parameter.indexOf(":") + 1).trim());
            // The positional signature comes last.
            methods.set(/^\w+/.exec(member)[0], { service, method: /^\w+/.exec(member)[0], types });
        }
        return [...methods.values()];
    });
}

function ofClass(name, body) {
    const uses = split(body, ";").filter((member) => !/^(private|#)/.test(member));
    return uses.map((member, index) => {
        if (member.startsWith("constructor")) return use(name, index, "", member.slice(11), `: ${name}`, `new ${name}`);
        const [, isStatic, method, rest] = /^(static )?(\w+)(.*)$/s.exec(member);
        const [owner, self] = isStatic ? [name, ""] : ["self", `self: ${name}`];
        if (rest.startsWith(":")) {
            const [, parameters, result] = /^: (\(.*\)) =>(.*)$/s.exec(rest) ?? [];
            if (parameters) return use(name, index, self, parameters, `: ${result}`, `${owner}.${method}`);
            return `export const ${name}_${index} = (${self})${rest} => ${owner}.${method};`;
        }
        const end = closing(rest, rest.indexOf("("));
        return use(name, index, self, rest.slice(0, end), rest.slice(end).replace("this", name), `${owner}.${method}`);
    });
}

/** A function that passes its parameters, written `<T>(a: A, b?: B)`, on to a method. */
function use(name, index, self, signature, result, method) {
    const start = signature.indexOf("(");
    const generics = signature.slice(0, start);
    const parameters = split(signature.slice(start + 1, closing(signature, start) - 1), ",");
    const types = [...generics.matchAll(/(\w+) extends/g)].map(([, type]) => type);
    const passed = parameters.map((parameter) => /^\w+/.exec(parameter)[0]);
    const accepted = [self, ...parameters].filter(Boolean).join(", ");
    const args = types.length > 0 ? `<${types.join(", ")}>` : "";
    return `export const ${name}_${index} = ${generics}(${accepted})${result} => ${method}${args}(${passed.join(", ")});`;
}

function ofEnum(name, body) {
    const members = [...body.matchAll(/^\s*(\w+) =/gm)].map(([, member]) => member);
    return members.map((member) => {
        return `export const ${name}_${member}: ${name} = ${name}.${member} satisfies ${name}.${member};`;
    });
}

function ofModels(text) {
    const models = [...text.matchAll(/^ {4}(?:export )?type (\w+)(<[^\n]*>)? = (.*?)(?=^ {4}\w|^\})/gms)];
    return models.flatMap(([, name, generics = "", body]) => {
        const types = [...generics.matchAll(/(\w+) extends/g)].map(([, type]) => type);
        const model = `Models.${name}${types.length > 0 ? `<${types.join(", ")}>` : ""}`;
        const fields = body.startsWith("{") ? split(body.slice(1, body.indexOf("\n    }")), ";") : [];
        const uses = fields.map((field) => {
            const [, key, optional, type] = /^("[^"]+"|[\w$]+)(\?)?: (.*)$/s.exec(field) ?? [];
            if (key === undefined) return "";
            const place = key.startsWith('"') ? `[${key}]` : `.${key}`;
            return `    ((): ${inModels(type, text)}${optional ? " | undefined" : ""} => it${place})();`;
        });
        return [`export function the${name}${generics}(it: ${model}): void {`, "    void it;", ...uses, "}"];
    });
}

/** A type with the models in it under their whole names. */
function inModels(type, text) {
    return type.replace(/(?<![.\w])[A-Z]\w*/g, (name) =>
        new RegExp(`^ {4}(?:export )?type ${name}\\b`, "m").test(text) ? `Models.${name}` : name,
    );
}

/** The position after the bracket that closes the one at `start`. */
function closing(text, start) {
    let depth = 0;
    for (let index = start; index < text.length; index++) {
        if ("([{<".includes(text[index])) depth++;
        if (")]}".includes(text[index]) || (text[index] === ">" && text[index - 1] !== "=")) depth--;
        if (depth === 0) return index + 1;
    }
    throw new Error(`nothing closes in ${text}`);
}

/** Splits at the separators outside of brackets. */
function split(text, separator) {
    const parts = [""];
    for (let index = 0; index < text.length;) {
        const end = "([{<".includes(text[index]) ? closing(text, index) : index + 1;
        if (text[index] === separator) parts.push("");
        else parts[parts.length - 1] += text.slice(index, end);
        index = end;
    }
    return parts.map((part) => part.trim()).filter(Boolean);
}

// The names of Appwrite's own package, which ours shares: one runner serves both.
import { bytesOf, exact } from "./json.mjs";

/** What a parameter is called where its wire name is reserved. */
const RENAMED = { default: "xdefault", path: "xpath" };

const argumentName = (wire) => RENAMED[wire] ?? wire.replace(/_(\w)/g, (_, letter) => letter.toUpperCase());

/** A package of this shape. */
export class Sdk {
    #package;
    #files;

    /** `modules` and `files` are what imports of the package and of its `file` bring. */
    constructor(name, modules, files) {
        this.name = name;
        this.#package = modules;
        this.#files = files;
    }

    /** A class of the package. */
    named(name) {
        return this.#package[name];
    }

    /** A client of the recorder's project. */
    client(endpoint) {
        const client = new this.#package.Client();
        client.setEndpoint(endpoint).setProject("demo").setKey("secret");
        // An error response is not retried.
        return client.configure?.({ retries: { max: 0 } }) ?? client;
    }

    /** The method of a call, bound to its service; none where the package lacks it. */
    method(client, call) {
        const [service, name] = call.operation.split(".");
        // The client's own methods have no arguments, and return texts as a message.
        if (service === "client") return client[name] && (async () => (await client[name]()).message);
        const target = this.#service(client, call.class);
        return target?.[name]?.bind(target);
    }

    #service(client, name) {
        return this.#package[name] && new this.#package[name](client);
    }

    /** Arguments under the names of the package. */
    arguments(call) {
        return Object.fromEntries(
            Object.entries(call.arguments).map(([wire, value]) => [argumentName(wire), this.#value(value)]),
        );
    }

    #value(value) {
        if (value === null || typeof value !== "object" || !("@file" in value)) return exact(value);
        const { name, base64 } = value["@file"];
        return this.#files.InputFile.fromBuffer(bytesOf(base64), name);
    }

    /** What a helper makes of arguments in their order; `undefined` where the package lacks it. */
    helper(name, given) {
        const [group, method] = name.split(".");
        // Conditions of a join replace its columns.
        const values = "on" in given ? [given.table, given.on, given.alias] : Object.values(given);
        return this.#package[group]?.[method]?.(...values.map(exact));
    }

    hasHelper(name) {
        const [group, method] = name.split(".");
        return typeof this.#package[group]?.[method] === "function";
    }

    /** The wire values of an enum. */
    members(name) {
        return Object.values(this.#package[name] ?? {}).filter((value) => typeof value === "string");
    }
}

// Emulators that run: their process, how it begins, and that it ends with this one.

import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { Client } from "../client";
import { ConfigurationException } from "../generated/exceptions";
import { type Project, makeProject } from "./project";
import type { ProjectOptions, StartOptions } from "./options";
import { program } from "./program";

/** What is asked of the emulator itself, below `/_emulator`. */
export type Ask = (method: string, path: string, params?: object) => Promise<any>;

/** A local Appwrite that runs. */
export class Emulator {
    /** Where its page is, such as `http://127.0.0.1:49152`. */
    readonly url: string;
    /** The endpoint for clients, such as `http://127.0.0.1:49152/v1`. */
    readonly endpoint: string;
    /** The certificate to trust, as PEM. Undefined without `tls`. */
    readonly certificate: string | undefined;
    readonly #child: ChildProcess | undefined;
    readonly #ask: Ask;

    /** For this package only. */
    constructor(url: string, certificate?: string, child?: ChildProcess) {
        this.url = url.replace(/\/(v1\/?)?$/, "");
        this.endpoint = `${this.url}/v1`;
        this.certificate = certificate;
        this.#child = child;
        const own = `${this.url}/_emulator`;
        const client = new Client({ endpoint: own, ...(certificate && { caCertificates: certificate }) });
        this.#ask = (method, path, params) => client.call(method, new URL(`${own}/${path}`), {}, params as {});
    }

    /**
     * Makes a project: an Appwrite of its own, with other IDs, users and rows than every other one. It takes a millisecond,
     * and goes with `delete()`, with the block of an `await using`, or with the emulator.
     */
    async project(options: ProjectOptions = {}): Promise<Project> {
        return makeProject(this, this.#ask, options);
    }

    /** Ends its process, if it is one of this emulator. */
    async stop(): Promise<void> {
        const child = this.#child;
        if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
        await new Promise((resolve) => {
            child.ref();
            child.once("exit", resolve);
            child.stdin?.end();
        });
    }

    /** Ends it with the block of an `await using`. */
    [Symbol.asyncDispose](): Promise<void> {
        return this.stop();
    }
}

/** Starts an emulator, which ends with this process, however that ends. */
export async function start(options: StartOptions = {}): Promise<Emulator> {
    const child = spawn(program(), ["emulator", ...argumentsOf(options)], { stdio: ["pipe", "pipe", "inherit"] });
    const line = await new Promise<string>((resolve, reject) => {
        const failed = (why: string) =>
            reject(new ConfigurationException(`polywrite/testing: the local Appwrite did not start: ${why}`));
        child.once("error", (error) => failed(error.message));
        child.once("exit", (code, signal) => failed(`${child.spawnfile} ended with ${signal ?? code}`));
        createInterface({ input: child.stdout }).once("line", resolve);
    });
    child.removeAllListeners("exit");
    // It keeps no process alive, and closes its standard input when it ends.
    child.stdout.resume();
    for (const each of [child, child.stdin, child.stdout] as { unref?(): void }[]) each.unref?.();
    const { endpoint, caCertificate } = JSON.parse(line);
    return new Emulator(endpoint, caCertificate ?? undefined, child);
}

function argumentsOf({ like, tls, rateLimits, functions, data }: StartOptions): string[] {
    return [
        ...["--port", "0", "--json", "--end-with-stdin"],
        ...(like === undefined ? [] : ["--like", like]),
        ...(functions === undefined ? [] : ["--functions", functions]),
        ...(data === undefined ? [] : ["--data", data]),
        ...(tls ? ["--tls"] : []),
        ...(rateLimits ? [] : ["--no-rate-limits"]),
    ];
}

const shared: unique symbol = Symbol.for("polywrite.emulator") as never;

/**
 * What all copies of this module in a process share. Jest loads one for each file of tests, in a realm of its own; the
 * modules of Node are the same in all of them.
 */
const ofProcess: { [shared]?: Promise<Emulator> } = require("node:child_process");

/** Those that the environment has named. */
const emulators: Record<string, Emulator> = {};

/** The emulator of this test run: the one that POLYWRITE_EMULATOR names, or one that this process starts, once. */
export function running(): Promise<Emulator> {
    const named = process.env.POLYWRITE_EMULATOR;
    if (named) return Promise.resolve((emulators[named] ??= new Emulator(named)));
    const started = (ofProcess[shared] ??= start());
    started.catch(() => delete ofProcess[shared]);
    return started;
}

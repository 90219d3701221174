import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";
import * as module from "polywrite";
import * as fileModule from "polywrite/file";

const require = createRequire(import.meta.url);
const official = require("node-appwrite");
const ours = require("polywrite");

test("every export of node-appwrite is there", () => {
    assert.deepEqual(
        Object.keys(official).filter((name) => !(name in ours)),
        [],
    );
});

test("enums have the same members and values", () => {
    const enums = Object.entries(official).filter(([, value]) => typeof value === "object");
    assert.equal(enums.length, 61);
    for (const [name, members] of enums) {
        for (const [member, value] of Object.entries(members))
            assert.equal(ours[name][member], value, `${name}.${member}`);
    }
});

test("classes have the same methods", () => {
    const { InputFile } = require("node-appwrite/file");
    for (const [name, value] of Object.entries({ ...official, InputFile })) {
        if (typeof value !== "function") continue;
        const our = ours[name] ?? fileModule[name];
        const missing = (names, owner) => names.filter((each) => !(each in owner) && each !== "toUint8Array");
        assert.deepEqual(missing(Object.getOwnPropertyNames(value.prototype), our.prototype), [], name);
        assert.deepEqual(missing(Object.getOwnPropertyNames(value), our), [], name);
    }
});

test("import and require give the same classes", () => {
    assert.deepEqual(
        Object.keys(module)
            .filter((name) => name !== "default")
            .sort(),
        Object.keys(ours).sort(),
    );
    assert.equal(module.Client, ours.Client);
    assert.equal(fileModule.InputFile, ours.InputFile);
    assert.equal(require("polywrite/file").InputFile, ours.InputFile);
});

test("helpers write the same as the official ones", () => {
    const { Query, Operator, Permission, Role } = ours;
    const samples = [
        [
            Query,
            official.Query,
            [
                ["equal", "a", ["x", 1, true]],
                ["notEqual", "a", "x"],
                ["between", "a", 1, 2n],
                ["isNull", "a"],
                ["select", ["a", "b"]],
                ["orderRandom"],
                ["limit", 5],
                ["contains", "a", "x"],
                ["containsAll", "a", [1]],
                ["createdAfter", "2026-01-01"],
                ["updatedBetween", "a", "b"],
                ["exists", ["a"]],
                ["distanceLessThan", "a", [1, 2], 3],
                ["distanceEqual", "a", [1, 2], 3, false],
                ["intersects", "a", [[1, 2]]],
                ["vectorDot", "a", [0.5, 1]],
                ["cursorAfter", "id"],
                ["equal", "a", 9007199254740993n],
                ["equal", "a", undefined],
                ["equal", "a", null],
                ["limit", undefined],
                ["cursorAfter", undefined],
            ],
        ],
        [
            Operator,
            official.Operator,
            [
                ["increment"],
                ["increment", 2, 10],
                ["decrement", 3],
                ["arrayAppend", [1]],
                ["arrayFilter", "isNull"],
                ["arrayInsert", 0, "x"],
                ["stringReplace", "a", "b"],
                ["toggle"],
                ["dateAddDays", 2],
                ["arrayUnique"],
            ],
        ],
        [
            Permission,
            official.Permission,
            [
                ["read", "any"],
                ["delete", "user:1"],
            ],
        ],
        [
            Role,
            official.Role,
            [
                ["user", "1"],
                ["user", "1", "verified"],
                ["users", "unverified"],
                ["team", "t", "r"],
                ["label", "l"],
            ],
        ],
    ];
    for (const [our, their, calls] of samples) {
        for (const [name, ...args] of calls) assert.equal(our[name](...args), their[name](...args), name);
    }
    const nested = [Query.equal("a", 9007199254740993n), Query.limit(1)];
    assert.equal(Query.or(nested), official.Query.or(nested));
    assert.equal(String(new Query("equal", "a", 1)), String(new official.Query("equal", "a", 1)));
    assert.equal(String(new Operator("x")), String(new official.Operator("x")));
});

test("helpers reject impossible arguments", () => {
    assert.throws(() => ours.Operator.divide(0), ours.ArgumentException);
    assert.throws(() => ours.Operator.increment(Infinity), /finite/);
    assert.throws(() => ours.Query.page(0), /at least 1/);
    assert.throws(() => ours.Topic.path("a", ""), /level/);
    assert.equal(String(ours.Topic.path("home", "kitchen").path("light")), "home/kitchen/light");
});

test("IDs are unique, in order, and of the requested length", () => {
    const ids = Array.from({ length: 20_000 }, () => ours.ID.unique());
    assert.equal(new Set(ids).size, ids.length);
    assert.deepEqual(
        ids.map((id) => id.slice(0, 13)),
        ids.map((id) => id.slice(0, 13)).sort(),
    );
    assert.match(ids[0], /^[0-9a-f]{20}$/);
    assert.equal(ours.ID.unique(0).length, 13);
    assert.equal(ours.ID.custom("mine"), "mine");
    assert.throws(() => ours.ID.unique(24), ours.AppwriteException);
});

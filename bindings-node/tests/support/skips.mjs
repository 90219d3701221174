// A reporter for `node --test` with which a skipped test is a failure, for CI.

export default async function* skips(events) {
    const names = [];
    for await (const { type, data } of events) {
        if (type === "test:pass" && data.skip !== undefined) names.push(`${data.name} (${data.skip || "no reason"})`);
    }
    if (names.length === 0) return;
    process.exitCode = 1;
    yield `skipped, which is a failure with CI=true:\n${names.map((name) => `    ${name}\n`).join("")}`;
}

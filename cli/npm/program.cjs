// Where the program is, in the package for this platform.

const { platform, arch, report } = process;
const libc = platform === "linux" && (report.getReport().header.glibcVersionRuntime ? "-gnu" : "-musl");

/** The package for this platform. */
exports.name = `@polywrite/cli-${platform}-${arch}${libc || ""}`;

/** The path of its program. */
exports.program = () => {
    try {
        return require.resolve(`${exports.name}/${platform === "win32" ? "polywrite.exe" : "polywrite"}`);
    } catch {
        const { name } = exports;
        throw new Error(`polywrite-cli needs the package ${name}, which is not installed; run: npm install ${name}`);
    }
};

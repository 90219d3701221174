// Without the second line both bundlers of Next.js stop at the native library: they cannot put it into a bundle.
export default {
    output: "standalone",
    serverExternalPackages: ["polywrite", "node-appwrite"],
};

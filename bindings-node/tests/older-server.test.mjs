// All transfers again, with a server before 1.9.5, which has no lock for the chunks of a file.

process.env.POLYWRITE_LIKE = "1.8";
await import("./transfer.test.mjs");

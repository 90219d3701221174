// Uploads a file with a progress bar: node upload.mjs BUCKET_ID PATH
//
// Needs APPWRITE_ENDPOINT, APPWRITE_PROJECT_ID and APPWRITE_API_KEY. Ctrl-C cancels the upload.

import { Client, ID, Storage } from "polywrite";
import { InputFile } from "polywrite/file";

const [bucketId, path] = process.argv.slice(2);
const stop = new AbortController();
process.once("SIGINT", () => stop.abort(new Error("cancelled")));

const file = await new Storage(Client.fromEnv()).createFile(
  {
    bucketId,
    fileId: ID.unique(),
    file: InputFile.fromPath(path),
    onProgress: ({ progress, chunksUploaded, chunksTotal }) => {
      const bar = "#".repeat(progress / 2.5).padEnd(40, ".");
      process.stderr.write(
        `\r${bar} ${progress} % (${chunksUploaded} of ${chunksTotal})`,
      );
    },
  },
  { signal: stop.signal },
);
process.stderr.write("\n");
console.log(`${file.name}: ${file.sizeOriginal} bytes as ${file.$id}`);

// Uploads a large file in chunks and downloads it.

import assert from "node:assert/strict";
import { createHash, randomFillSync } from "node:crypto";
import { createReadStream, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ID, Storage } from "polywrite";
import { InputFile } from "polywrite/file";
import { progressBar } from "./progress-bar.mjs";
import { later, NAME } from "./tidy.mjs";

const MIB = 1024 * 1024;
const SIZE = 64 * MIB;

/** Uploads 64 MiB, or what the server allows, with a progress bar and downloads them to a file with the same hash. */
export async function roundTrip(server) {
  const folder = mkdtempSync(join(tmpdir(), "polywrite-demo-"));
  try {
    const [original, copy] = [
      join(folder, "film.bin"),
      join(folder, "copy.bin"),
    ];
    const storage = new Storage(server);
    const bucketId = ID.unique();
    later(() => storage.deleteBucket({ bucketId }));
    const bucket = await storage.createBucket({ bucketId, name: NAME });
    const size = Math.min(SIZE, bucket.maximumFileSize);
    if (size < SIZE) console.log(`  this server takes ${size} bytes at most`);
    writeFileSync(original, randomFillSync(new Uint8Array(size)));

    const file = await storage.createFile({
      bucketId,
      fileId: ID.unique(),
      file: InputFile.fromPath(original),
      onProgress: progressBar("uploading", size),
    });
    console.log(
      `  uploaded ${Math.round(file.sizeOriginal / MIB)} MiB in ${file.chunksTotal} chunks`,
    );

    await storage.getFileDownload({ bucketId, fileId: file.$id }, { to: copy });
    const [sent, received] = [await hash(original), await hash(copy)];
    assert.equal(sent, received, "the copy differs");
    console.log(
      `  downloaded to a file; SHA-256 of both: ${received.slice(0, 16)}…`,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function hash(path) {
  const hasher = createHash("sha256");
  for await (const part of createReadStream(path)) hasher.update(part);
  return hasher.digest("hex");
}

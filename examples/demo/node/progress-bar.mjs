// A progress bar for the terminal; elsewhere it prints nothing.

const WIDTH = 40;

/** A listener for uploads that draws their progress. */
export function progressBar(what, size) {
  return ({ progress, sizeUploaded }) => {
    if (!process.stdout.isTTY) return;
    const done = Math.round((progress / 100) * WIDTH);
    const bar = "█".repeat(done) + "░".repeat(WIDTH - done);
    process.stdout.write(
      `\r  ${what} ${bar} ${sizeUploaded >> 20}/${size >> 20} MiB${progress === 100 ? "\n" : ""}`,
    );
  };
}

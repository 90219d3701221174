export { type BlobLike, type ByteStream, type FileSource, InputFile } from "./input-file";

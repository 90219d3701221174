// What makes calls: clients, services and what they take and return.

export * from "./generated/services";
export type * as Models from "./generated/models";
export type { BulkFailure, BulkOptions, BulkProgress, BulkReport } from "./bulk";
export { Client } from "./client";
export type { IncomingCookies, IncomingHeaders } from "./incoming";
export { type BlobLike, type ByteStream, type FileSource, InputFile } from "./input-file";
export type { CallOptions, DownloadOptions, DownloadStream, SaveOptions, StreamOptions, WaitOptions } from "./options";
export type { DownloadProgress, UploadProgress } from "./progress";
export type { List } from "./list";
export type { RawParams as Payload } from "./raw-call";
export {
    Realtime,
    type RealtimeEvent,
    type RealtimeGap,
    type RealtimeMessage,
    type SubscribeOptions,
    type Subscription,
} from "./realtime";
export type { RetrySettings } from "./generated/settings";
export type { ClientSettings } from "./settings";
export {
    Schema,
    type SchemaChange,
    type SchemaOptions,
    type SchemaPlan,
    type SchemaPushOptions,
    type SchemaStep,
    type SchemaTarget,
} from "./schema";
export * from "./tables";
export type { TransactionOptions } from "./transaction";
export {
    type FileDownload,
    type FileUpload,
    type Transferred,
    Transfers,
    type TransfersOptions,
    type TransfersProgress,
} from "./transfers";
export type { CallPromise, RateLimit, ResponseInfo, WithResponse } from "./with-response";
export type { CallEvent, Hooks, LogLevel, Logger } from "./watch";
export { UploadSession } from "./upload-session";
export { Webhook, type WebhookEvent, type WebhookRequest } from "./webhook";

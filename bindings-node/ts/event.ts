// What webhooks and realtime have in common: the payload of an event, typed by its model.

import type { EventPayloads } from "./generated/events";
import { hideSecretsOf } from "./secrets";

/** Data of rows and documents that nothing is known of. */
export type AnyData = { [key: string]: any };

/** The payload of each model; `model` says which it is. */
export type Payload<Data extends object> =
    | {
          [Model in keyof EventPayloads<Data>]: {
              readonly model: Model;
              readonly payload: EventPayloads<Data>[Model];
          };
      }[keyof EventPayloads<Data>]
    | { readonly model: null; readonly payload: any };

/** Has the payload of an event hide its secrets when it is printed. */
export function hidePayload({ model, payload }: { model: string | null; payload: unknown }): void {
    if (model !== null) hideSecretsOf(model, payload);
}

// What programs write into calls, and the values that they compare: it works in every runtime, and loads nothing else.

export * from "./generated/enums";
export * from "./generated/error-types";
export * from "./generated/exceptions";
export { ID } from "./generated/id";
export * from "./generated/operator";
export * from "./generated/permission";
export * from "./generated/query";
export * from "./generated/role";
export * from "./generated/channel";
export { AppwriteException, type Attempt } from "./exception";
export { Topic } from "./topic";

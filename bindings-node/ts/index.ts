export * from "./calling";
export * from "./texts";
